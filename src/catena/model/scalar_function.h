// Functions of one variable, as joints, couplers and prescribed coordinates use them.
#pragma once

#include <Eigen/Core>
#include <type_traits>
#include <utility>
#include <variant>

namespace catena {

struct ConstantFunction {
  double value = 0.0;
};

/// slope * x + intercept
struct LinearFunction {
  double slope = 1.0;
  double intercept = 0.0;
};

/// Highest power first, as in .osim.
struct PolynomialFunction {
  Eigen::VectorXd coefficients;
};

/// Cubic spline through (x, y); see make_simm_spline for the end conditions. Linear outside.
struct SimmSpline {
  Eigen::VectorXd x, y;     // n knots, x strictly increasing
  Eigen::VectorXd b, c, d;  // y + b h + c h^2 + d h^3 with h = x - x[i]
};

/// Straight lines between the points; the end slopes go on outside.
struct PiecewiseLinearFunction {
  Eigen::VectorXd x, y;
};

using FunctionShape = std::variant<ConstantFunction, LinearFunction, PolynomialFunction, SimmSpline,
                                   PiecewiseLinearFunction>;

/// scale * shape(x): an .osim MultiplierFunction is folded into the scale.
struct ScalarFunction {
  ScalarFunction() = default;
  template <class Shape>
    requires std::is_constructible_v<FunctionShape, Shape>
  ScalarFunction(Shape s, double k = 1.0) : shape(std::move(s)), scale(k) {}  // NOLINT

  FunctionShape shape = ConstantFunction{0.0};
  double scale = 1.0;
};

/// The spline that OpenSim calls SimmSpline (NaturalCubicSpline in files before version 3).
///
/// x, y       n >= 2 knots, x increasing; knots nearer than 1e-7 count as 1e-7 apart
SimmSpline make_simm_spline(const Eigen::VectorXd& x, const Eigen::VectorXd& y);

struct ValueAndSlope {
  double value = 0.0;
  double slope = 0.0;
};

ValueAndSlope evaluate(const ScalarFunction& function, double x);

}  // namespace catena
