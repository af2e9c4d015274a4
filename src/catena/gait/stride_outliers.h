// Strides that are not like the others of the same recording.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace catena {

/// Tells which values of a sample stand out from the others, to either side, by the generalized
/// extreme studentized deviate: up to a quarter of the sample, which do not hide each other.
///
/// source     Rosner 1983, Technometrics 25:165
class OutlierRule {
 public:
  /// rate       chance that a normal sample shows any
  explicit OutlierRule(double rate) : rate_(rate) {}

  struct Outlier {
    int index = 0;
    double from_others = 0.0;  // less the mean of those that do not stand out
    double in_sd = 0.0;        // the same in their SDs
  };

  /// values     NaN is passed over; of fewer than 8 known ones none stands out
  /// returns    the most extreme first
  std::vector<Outlier> find(const Eigen::Ref<const Eigen::VectorXd>& values);

 private:
  double critical_value(int n);

  double rate_;
  std::vector<double> critical_values_;  // by n, NaN where not asked for yet
};

/// Means over the parts of a stride in which strides are compared: (n, 20) of (n, 101), each over
/// 5 %, the last with its end. Of a curve that is normal they are normal, whatever its covariance.
/// NaN where a percent is lost.
inline constexpr int kStrideParts = 20;
Eigen::MatrixXd means_of_parts(const Eigen::MatrixXd& curves);

}  // namespace catena
