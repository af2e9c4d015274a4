#include "catena/model/scalar_function.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace catena {
namespace {

// Knots that stand closer than this are treated as this far apart, as OpenSim does.
constexpr double kSmallestSpacing = 1e-7;

double spacing(const Eigen::VectorXd& x, Eigen::Index from, Eigen::Index to) {
  return std::max(kSmallestSpacing, x[to] - x[from]);
}

/// Third derivative of the cubic through four neighbouring knots, divided by 6.
double third_difference(const Eigen::VectorXd& x, const Eigen::VectorXd& chord,
                        Eigen::Index first) {
  const double right = (chord[first + 2] - chord[first + 1]) / spacing(x, first + 1, first + 3);
  const double left = (chord[first + 1] - chord[first]) / spacing(x, first, first + 2);
  return (right - left) / spacing(x, first, first + 3);
}

/// Index of the knot at or before x; x lies within the knots.
Eigen::Index interval_of(const Eigen::VectorXd& knots, double x) {
  const double* const above = std::upper_bound(knots.data(), knots.data() + knots.size(), x);
  const Eigen::Index index = std::distance(knots.data(), above) - 1;
  return std::clamp<Eigen::Index>(index, 0, knots.size() - 2);
}

ValueAndSlope evaluate_shape(const ConstantFunction& f, double) { return {f.value, 0.0}; }

ValueAndSlope evaluate_shape(const LinearFunction& f, double x) {
  return {f.slope * x + f.intercept, f.slope};
}

ValueAndSlope evaluate_shape(const PolynomialFunction& f, double x) {
  ValueAndSlope result;
  for (const double coefficient : f.coefficients) {
    result.slope = result.slope * x + result.value;
    result.value = result.value * x + coefficient;
  }
  return result;
}

ValueAndSlope evaluate_shape(const SimmSpline& f, double x) {
  const Eigen::Index last = f.x.size() - 1;
  if (x < f.x[0]) return {f.y[0] + (x - f.x[0]) * f.b[0], f.b[0]};
  if (x >= f.x[last]) return {f.y[last] + (x - f.x[last]) * f.b[last], f.b[last]};
  const Eigen::Index i = interval_of(f.x, x);
  const double h = x - f.x[i];
  return {f.y[i] + h * (f.b[i] + h * (f.c[i] + h * f.d[i])),
          f.b[i] + h * (2.0 * f.c[i] + 3.0 * h * f.d[i])};
}

ValueAndSlope evaluate_shape(const PiecewiseLinearFunction& f, double x) {
  const Eigen::Index i = interval_of(f.x, x);
  const double slope = (f.y[i + 1] - f.y[i]) / spacing(f.x, i, i + 1);
  // Beyond the last point the line goes on from that point, not from the one before it.
  const Eigen::Index last = f.x.size() - 1;
  const Eigen::Index from = x > f.x[last] ? last : i;
  return {f.y[from] + (x - f.x[from]) * slope, slope};
}

}  // namespace

// Forsythe, Malcolm & Moler 1977, Computer Methods for Mathematical Computations, chapter 4: a
// C2 cubic whose third derivative at each end is that of the cubic through the four end knots.
// The unknowns s are a sixth of the second derivatives at the knots.
SimmSpline make_simm_spline(const Eigen::VectorXd& x, const Eigen::VectorXd& y) {
  assert(x.size() >= 2 && x.size() == y.size());
  const Eigen::Index n = x.size();
  SimmSpline spline{x, y, Eigen::VectorXd::Zero(n), Eigen::VectorXd::Zero(n),
                    Eigen::VectorXd::Zero(n)};
  Eigen::VectorXd h(n - 1), chord(n - 1);
  for (Eigen::Index i = 0; i + 1 < n; ++i) {
    h[i] = spacing(x, i, i + 1);
    chord[i] = (y[i + 1] - y[i]) / h[i];
  }
  if (n == 2) {
    spline.b.setConstant(chord[0]);
    return spline;
  }

  // Symmetric tridiagonal system: diagonal, off-diagonal h, right-hand side.
  Eigen::VectorXd diagonal(n), right = Eigen::VectorXd::Zero(n);
  diagonal[0] = -h[0];
  diagonal[n - 1] = -h[n - 2];
  for (Eigen::Index i = 1; i + 1 < n; ++i) {
    diagonal[i] = 2.0 * (h[i - 1] + h[i]);
    right[i] = chord[i] - chord[i - 1];
  }
  if (n > 3) {
    right[0] = h[0] * h[0] * third_difference(x, chord, 0);
    right[n - 1] = -h[n - 2] * h[n - 2] * third_difference(x, chord, n - 4);
  }

  for (Eigen::Index i = 1; i < n; ++i) {
    const double factor = h[i - 1] / diagonal[i - 1];
    diagonal[i] -= factor * h[i - 1];
    right[i] -= factor * right[i - 1];
  }
  Eigen::VectorXd s(n);
  s[n - 1] = right[n - 1] / diagonal[n - 1];
  for (Eigen::Index i = n - 2; i >= 0; --i) s[i] = (right[i] - h[i] * s[i + 1]) / diagonal[i];

  for (Eigen::Index i = 0; i + 1 < n; ++i) {
    spline.b[i] = chord[i] - h[i] * (s[i + 1] + 2.0 * s[i]);
    spline.c[i] = 3.0 * s[i];
    spline.d[i] = (s[i + 1] - s[i]) / h[i];
  }
  spline.b[n - 1] = chord[n - 2] + h[n - 2] * (s[n - 2] + 2.0 * s[n - 1]);
  spline.c[n - 1] = 3.0 * s[n - 1];
  spline.d[n - 1] = spline.d[n - 2];
  return spline;
}

ValueAndSlope evaluate(const ScalarFunction& function, double x) {
  ValueAndSlope result =
      std::visit([x](const auto& shape) { return evaluate_shape(shape, x); }, function.shape);
  result.value *= function.scale;
  result.slope *= function.scale;
  return result;
}

}  // namespace catena
