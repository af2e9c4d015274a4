// Mean curve, scatter and bands over strides.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/gait/stride_curves.h"

namespace catena {

/// As many strides that know nothing of each other as n whose neighbours resemble each other.
inline double free_strides(double n, double neighbour_correlation) {
  return n * (1.0 - neighbour_correlation) / (1.0 + neighbour_correlation);
}

/// Draws the bootstrap's signs once and uses them for every channel of a recording.
class StrideBands {
 public:
  StrideBands(int n_strides, const StrideCurveOptions& options);

  /// strides_rad   (n_strides, 101); NaN where lost
  /// left_out      (n_strides)
  /// returns       whole_half_rad is NaN with fewer than 5 strides: their scatter is not known
  [[nodiscard]] CurveSummary summarize(const Eigen::MatrixXd& strides_rad,
                                       const std::vector<bool>& left_out) const;

 private:
  [[nodiscard]] double whole_factor(const Eigen::MatrixXd& residuals,
                                    const Eigen::ArrayXd& counts) const;

  double level_ = 0.95;
  Eigen::MatrixXf signs_;  // (n_draws, n_strides) of +1 and -1
};

}  // namespace catena
