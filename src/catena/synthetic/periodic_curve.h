// Smooth curves over one stride, and smooth passage between values.
#pragma once

#include <Eigen/Core>

namespace catena {

/// A twice continuously differentiable curve of period one through given points.
class PeriodicCurve {
 public:
  /// phase      n >= 3 values in [0, 1), increasing
  PeriodicCurve(const Eigen::VectorXd& phase, const Eigen::VectorXd& value);

  [[nodiscard]] double operator()(double phase) const;

 private:
  Eigen::VectorXd phase_, value_;  // n + 1 knots: the first again, one period later
  Eigen::VectorXd bend_;           // second derivative at the knots
};

/// Natural cubic spline through (x, y), straight beyond its ends.
class KnotCurve {
 public:
  KnotCurve() = default;
  KnotCurve(const Eigen::VectorXd& x, const Eigen::VectorXd& y);

  [[nodiscard]] double operator()(double x) const;

 private:
  Eigen::VectorXd x_, y_, bend_;
};

/// 0 for x <= 0, 1 for x >= 1, and between them a rise whose first and second derivatives vanish
/// at both ends: what passes from one planted value to the next and holds each of them exactly.
double smooth_step(double x);

/// Straight lines through (x, y), level beyond the ends.
double interpolate_level(const Eigen::VectorXd& x, const Eigen::VectorXd& y, double at);

}  // namespace catena
