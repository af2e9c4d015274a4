// Values of a recording at instants between its frames, and over strides.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "catena/gait/gait_event.h"
#include "catena/gait/gait_profile.h"

namespace catena {

/// The value at a place between samples by the cubic through the two on either side; where the
/// outer ones are lost or beyond the end, by the parabola or the straight line that are left.
///
/// place      in samples from the first; whole numbers give the sample itself
/// returns    NaN outside the samples and where one of the two neighbours is lost
double value_between(const Eigen::Ref<const Eigen::VectorXd>& values, double place);

/// Where the 101 instants of each stride lie among the frames; made once for all channels.
class StrideSampler {
 public:
  /// time_s     (n_frames) at a steady rate
  StrideSampler(const Eigen::VectorXd& time_s, std::span<const Stride> strides);

  /// (n_strides, 101); NaN outside the recording and beside lost frames.
  [[nodiscard]] Eigen::MatrixXd sample(const Eigen::VectorXd& values) const;

 private:
  struct Place {
    Eigen::Index frame = 0;         // the one before; -1: not in the recording
    double part = 0.0;              // of the way to the next one
    std::array<double, 4> weights;  // of frame - 1 to frame + 2
  };
  Eigen::Index n_strides_ = 0;
  Eigen::Index n_frames_ = 0;
  std::vector<Place> places_;  // by stride, then percent
};

/// The highest value of a curve of 101 points and where, between points by the parabola through
/// the highest and its neighbours. NaN when a point is lost.
struct CurvePeak {
  double value = 0.0;
  double percent = 0.0;
};
CurvePeak highest(const Eigen::Ref<const Eigen::RowVectorXd>& curve, int first_percent,
                  int last_percent);
CurvePeak lowest(const Eigen::Ref<const Eigen::RowVectorXd>& curve, int first_percent,
                 int last_percent);

}  // namespace catena
