#include "catena/model/scalar_function.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace catena {
namespace {

using Eigen::VectorXd;

VectorXd vector(std::initializer_list<double> values) {
  VectorXd result(static_cast<Eigen::Index>(values.size()));
  Eigen::Index i = 0;
  for (const double value : values) result[i++] = value;
  return result;
}

double value(const ScalarFunction& function, double x) { return evaluate(function, x).value; }
double slope(const ScalarFunction& function, double x) { return evaluate(function, x).slope; }

// Uneven knots of the knee of a gait model, and values that no cubic passes through.
const VectorXd& knots() {
  static const VectorXd all = vector({-2.0944, -1.74533, -1.39626, -1.0472, -0.698132, -0.349066,
                                      -0.174533, 0.197344, 0.337395, 0.490178, 1.52146, 2.0944});
  return all;
}
const VectorXd& heights() {
  static const VectorXd all = vector({-0.0032, 0.00179, 0.00411, 0.0041, 0.00212, -0.001, -0.0031,
                                      -0.005227, -0.005435, -0.005574, -0.005435, -0.00525});
  return all;
}

/// Third divided difference of four points times 6: third derivative of the cubic through them.
double third_derivative(const VectorXd& x, const VectorXd& y) {
  std::vector<double> difference(y.begin(), y.end());
  for (Eigen::Index order = 1; order < 4; ++order) {
    for (Eigen::Index i = 0; i + order < 4; ++i) {
      const auto k = static_cast<std::size_t>(i);
      difference[k] = (difference[k + 1] - difference[k]) / (x[i + order] - x[i]);
    }
  }
  return 6.0 * difference[0];
}

TEST(ScalarFunction, ConstantIsFlat) {
  EXPECT_EQ(value(ConstantFunction{0.3}, 7.0), 0.3);
  EXPECT_EQ(slope(ConstantFunction{0.3}, 7.0), 0.0);
}

TEST(ScalarFunction, LinearHasSlopeThenIntercept) {
  EXPECT_DOUBLE_EQ(value(LinearFunction{2.0, -1.0}, 3.0), 5.0);
  EXPECT_EQ(slope(LinearFunction{2.0, -1.0}, 3.0), 2.0);
}

TEST(ScalarFunction, PolynomialTakesTheHighestPowerFirst) {
  const PolynomialFunction cubic{vector({2.0, -3.0, 0.5, 7.0})};
  EXPECT_DOUBLE_EQ(value(cubic, 2.0), 16.0 - 12.0 + 1.0 + 7.0);
  EXPECT_DOUBLE_EQ(slope(cubic, 2.0), 24.0 - 12.0 + 0.5);
}

TEST(ScalarFunction, PolynomialOfOneCoefficientIsConstant) {
  EXPECT_EQ(value(PolynomialFunction{vector({4.0})}, 9.0), 4.0);
  EXPECT_EQ(slope(PolynomialFunction{vector({4.0})}, 9.0), 0.0);
}

TEST(ScalarFunction, ScaleMultipliesValueAndSlope) {
  const ScalarFunction scaled(LinearFunction{2.0, -1.0}, -3.0);
  EXPECT_DOUBLE_EQ(value(scaled, 3.0), -15.0);
  EXPECT_DOUBLE_EQ(slope(scaled, 3.0), -6.0);
}

TEST(SimmSpline, PassesThroughItsKnots) {
  const ScalarFunction spline(make_simm_spline(knots(), heights()));
  for (Eigen::Index i = 0; i < knots().size(); ++i) {
    EXPECT_NEAR(value(spline, knots()[i]), heights()[i], 1e-17);
  }
}

TEST(SimmSpline, IsSmoothToTheSecondDerivative) {
  const SimmSpline s = make_simm_spline(knots(), heights());
  for (Eigen::Index i = 0; i + 1 < knots().size(); ++i) {
    const double h = knots()[i + 1] - knots()[i];
    EXPECT_NEAR(s.y[i] + h * (s.b[i] + h * (s.c[i] + h * s.d[i])), s.y[i + 1], 1e-16);
    EXPECT_NEAR(s.b[i] + h * (2.0 * s.c[i] + 3.0 * h * s.d[i]), s.b[i + 1], 1e-15);
    EXPECT_NEAR(2.0 * s.c[i] + 6.0 * h * s.d[i], 2.0 * s.c[i + 1], 1e-14);
  }
}

// With smoothness and the knots this fixes every coefficient: the spline is the one of Forsythe,
// Malcolm & Moler, not the "natural" one with flat ends that its old name promises.
TEST(SimmSpline, BendsAtTheEndsLikeTheCubicThroughFourKnots) {
  const SimmSpline s = make_simm_spline(knots(), heights());
  EXPECT_NEAR(6.0 * s.d[0], third_derivative(knots().head(4), heights().head(4)), 1e-13);
  EXPECT_NEAR(6.0 * s.d[knots().size() - 2], third_derivative(knots().tail(4), heights().tail(4)),
              1e-13);
  EXPECT_GT(std::abs(s.c[0]), 1e-3);
}

TEST(SimmSpline, ReproducesACubicExactly) {
  const PolynomialFunction cubic{vector({0.7, -1.2, 0.4, 2.0})};
  VectorXd y(knots().size());
  for (Eigen::Index i = 0; i < y.size(); ++i) y[i] = value(cubic, knots()[i]);
  const ScalarFunction spline(make_simm_spline(knots(), y));
  for (double x = -2.09; x < 2.09; x += 0.013) {
    EXPECT_NEAR(value(spline, x), value(cubic, x), 1e-13);
    EXPECT_NEAR(slope(spline, x), slope(cubic, x), 1e-12);
  }
}

TEST(SimmSpline, OfThreeKnotsIsTheParabola) {
  const ScalarFunction spline(make_simm_spline(vector({0.0, 1.0, 3.0}), vector({1.0, 2.0, 10.0})));
  for (const double x : {0.0, 0.5, 1.7, 3.0}) {
    EXPECT_NEAR(value(spline, x), 1.0 + x * x, 1e-14);
    EXPECT_NEAR(slope(spline, x), 2.0 * x, 1e-14);
  }
}

TEST(SimmSpline, OfTwoKnotsIsTheLine) {
  const ScalarFunction spline(make_simm_spline(vector({1.0, 3.0}), vector({5.0, 9.0})));
  for (const double x : {0.0, 1.0, 2.5, 3.0, 7.0}) {
    EXPECT_DOUBLE_EQ(value(spline, x), 3.0 + 2.0 * x);
    EXPECT_DOUBLE_EQ(slope(spline, x), 2.0);
  }
}

TEST(SimmSpline, GoesOnStraightOutsideItsKnots) {
  const SimmSpline s = make_simm_spline(knots(), heights());
  const Eigen::Index last = knots().size() - 1;
  EXPECT_DOUBLE_EQ(value(s, -3.0), s.y[0] + (-3.0 - s.x[0]) * s.b[0]);
  EXPECT_EQ(slope(s, -3.0), s.b[0]);
  EXPECT_DOUBLE_EQ(value(s, 3.0), s.y[last] + (3.0 - s.x[last]) * s.b[last]);
  EXPECT_EQ(slope(s, 3.0), s.b[last]);
}

TEST(SimmSpline, StaysFiniteWhereKnotsCoincide) {
  const ScalarFunction spline(
      make_simm_spline(vector({0.0, 1.0, 1.0, 2.0, 3.0}), vector({0.0, 1.0, 1.0, 2.0, 3.0})));
  for (const double x : {-1.0, 0.5, 1.0, 1.5, 4.0}) {
    EXPECT_TRUE(std::isfinite(value(spline, x)));
    EXPECT_TRUE(std::isfinite(slope(spline, x)));
  }
}

TEST(PiecewiseLinear, RunsStraightBetweenPointsAndBeyond) {
  const PiecewiseLinearFunction f{vector({0.0, 1.0, 3.0}), vector({0.0, 2.0, 1.0})};
  EXPECT_DOUBLE_EQ(value(f, 0.25), 0.5);
  EXPECT_DOUBLE_EQ(value(f, 1.0), 2.0);
  EXPECT_DOUBLE_EQ(value(f, 2.0), 1.5);
  EXPECT_DOUBLE_EQ(value(f, -1.0), -2.0);
  EXPECT_DOUBLE_EQ(value(f, 5.0), 0.0);
  EXPECT_DOUBLE_EQ(slope(f, -1.0), 2.0);
  EXPECT_DOUBLE_EQ(slope(f, 2.0), -0.5);
  EXPECT_DOUBLE_EQ(slope(f, 5.0), -0.5);
}

TEST(ScalarFunction, SlopesAgreeWithCentralDifferences) {
  const std::vector<ScalarFunction> functions = {
      ScalarFunction(LinearFunction{1.3, 0.2}, 0.7),
      ScalarFunction(PolynomialFunction{vector({0.3, -0.2, 0.9, 0.1, 4.0})}, 1.5),
      ScalarFunction(make_simm_spline(knots(), heights()), 1.1),
      ScalarFunction(PiecewiseLinearFunction{knots(), heights()}, 2.0),
  };
  const double step = 1e-5;
  for (const ScalarFunction& function : functions) {
    for (double x = -2.6; x < 2.6; x += 0.1037) {
      const double difference =
          (value(function, x + step) - value(function, x - step)) / (2.0 * step);
      EXPECT_NEAR(slope(function, x), difference, 1e-8);
    }
  }
}

TEST(ScalarFunction, GivesNanForNan) {
  EXPECT_TRUE(std::isnan(value(LinearFunction{1.0, 0.0}, std::nan(""))));
  EXPECT_TRUE(std::isnan(value(make_simm_spline(knots(), heights()), std::nan(""))));
  EXPECT_TRUE(std::isnan(value(PiecewiseLinearFunction{knots(), heights()}, std::nan(""))));
}

}  // namespace
}  // namespace catena
