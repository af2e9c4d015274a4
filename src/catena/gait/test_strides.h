// For tests only: a knee in closed form, and strides end to end.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <numbers>
#include <vector>

#include "catena/gait/gait_event.h"

namespace catena::test {

inline constexpr double kRate_hz = 150.0;
inline constexpr double kTurn = 2.0 * std::numbers::pi;

inline Eigen::VectorXd times(Eigen::Index n) {
  return Eigen::VectorXd::LinSpaced(n, 0.0, static_cast<double>(n - 1) / kRate_hz);
}

/// A knee over the stride, deg: the harmonics of a runner's, two bends of 40 and 90 degrees.
inline double knee_deg(double phase) {
  const double p = kTurn * phase;
  return 40.0 - 14.0 * std::cos(p) - 24.0 * std::sin(p) - 16.0 * std::cos(2 * p) +
         17.0 * std::sin(2 * p) + 3.0 * std::cos(3 * p) + 5.0 * std::sin(3 * p) +
         1.0 * std::cos(4 * p);
}

/// Strides of one leg, end to end.
inline std::vector<Stride> strides_of(int n, double from_s, double stride_s, Side side = kRight) {
  std::vector<Stride> strides;
  for (int i = 0; i < n; ++i) {
    Stride stride;
    stride.side = side;
    stride.from_s = from_s + i * stride_s;
    stride.to_s = stride.from_s + stride_s;
    stride.toe_off_s = stride.from_s + 0.38 * stride_s;
    strides.push_back(stride);
  }
  return strides;
}

}  // namespace catena::test
