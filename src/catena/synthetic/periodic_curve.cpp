#include "catena/synthetic/periodic_curve.h"

#include <Eigen/LU>
#include <algorithm>
#include <cassert>
#include <cmath>

namespace catena {
namespace {

/// Index of the interval [x[i], x[i + 1]] that holds `at`, the end intervals for what lies beyond.
Eigen::Index interval_of(const Eigen::VectorXd& x, double at) {
  const double* after = std::upper_bound(x.data(), x.data() + x.size(), at);
  return std::clamp<Eigen::Index>(after - x.data() - 1, 0, x.size() - 2);
}

/// A cubic by its values y and second derivatives m at both ends of an interval.
double cubic(const Eigen::VectorXd& x, const Eigen::VectorXd& y, const Eigen::VectorXd& m,
             double at) {
  const Eigen::Index i = interval_of(x, at);
  const double h = x[i + 1] - x[i];
  const double b = (at - x[i]) / h;
  const double a = 1.0 - b;
  return a * y[i] + b * y[i + 1] +
         h * h / 6.0 * ((a * a * a - a) * m[i] + (b * b * b - b) * m[i + 1]);
}

}  // namespace

PeriodicCurve::PeriodicCurve(const Eigen::VectorXd& phase, const Eigen::VectorXd& value) {
  const Eigen::Index n = phase.size();
  assert(n >= 3 && value.size() == n);
  phase_.resize(n + 1);
  value_.resize(n + 1);
  bend_.resize(n + 1);
  phase_ << phase, phase[0] + 1.0;
  value_ << value, value[0];
  // Continuity of the slope at every knot, cyclic.
  Eigen::MatrixXd system = Eigen::MatrixXd::Zero(n, n);
  Eigen::VectorXd right(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const Eigen::Index before = (i + n - 1) % n;
    const double h0 = phase_[before + 1] - phase_[before];
    const double h1 = phase_[i + 1] - phase_[i];
    system(i, before) += h0 / 6.0;
    system(i, i) += (h0 + h1) / 3.0;
    system(i, (i + 1) % n) += h1 / 6.0;
    right[i] = (value_[i + 1] - value_[i]) / h1 - (value_[i] - value_[before]) / h0;
  }
  bend_.head(n) = system.partialPivLu().solve(right);
  bend_[n] = bend_[0];
}

double PeriodicCurve::operator()(double phase) const {
  const double within = phase - phase_[0];
  return cubic(phase_, value_, bend_, phase_[0] + within - std::floor(within));
}

KnotCurve::KnotCurve(const Eigen::VectorXd& x, const Eigen::VectorXd& y)
    : x_(x), y_(y), bend_(Eigen::VectorXd::Zero(x.size())) {
  const Eigen::Index n = x.size();
  assert(n >= 2 && y.size() == n);
  // Thomas's algorithm for the inner knots; the ends stay unbent.
  Eigen::VectorXd upper = Eigen::VectorXd::Zero(n);
  for (Eigen::Index i = 1; i + 1 < n; ++i) {
    const double h0 = x[i] - x[i - 1];
    const double h1 = x[i + 1] - x[i];
    const double pivot = 2.0 * (h0 + h1) - h0 * upper[i - 1];
    upper[i] = h1 / pivot;
    const double right = 6.0 * ((y[i + 1] - y[i]) / h1 - (y[i] - y[i - 1]) / h0);
    bend_[i] = (right - h0 * bend_[i - 1]) / pivot;
  }
  for (Eigen::Index i = n - 2; i > 0; --i) bend_[i] -= upper[i] * bend_[i + 1];
}

double KnotCurve::operator()(double x) const {
  const Eigen::Index last = x_.size() - 1;
  if (x < x_[0] || x > x_[last]) {
    // The end's own slope; its bend is zero.
    const Eigen::Index i = x < x_[0] ? 0 : last - 1;
    const double h = x_[i + 1] - x_[i];
    const double chord = (y_[i + 1] - y_[i]) / h;
    const bool left = x < x_[0];
    const double slope = left ? chord - h * bend_[1] / 6.0 : chord + h * bend_[last - 1] / 6.0;
    return left ? y_[0] + slope * (x - x_[0]) : y_[last] + slope * (x - x_[last]);
  }
  return cubic(x_, y_, bend_, x);
}

double smooth_step(double x) {
  const double t = std::clamp(x, 0.0, 1.0);
  return t * t * t * (10.0 + t * (-15.0 + 6.0 * t));
}

double interpolate_level(const Eigen::VectorXd& x, const Eigen::VectorXd& y, double at) {
  const Eigen::Index last = x.size() - 1;
  if (at <= x[0]) return y[0];
  if (at >= x[last]) return y[last];
  const Eigen::Index i = interval_of(x, at);
  return y[i] + (y[i + 1] - y[i]) * (at - x[i]) / (x[i + 1] - x[i]);
}

}  // namespace catena
