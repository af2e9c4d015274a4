#include "catena/synthetic/periodic_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace catena {
namespace {

TEST(PeriodicCurve, GoesThroughItsPointsInEveryPeriod) {
  const Eigen::VectorXd phase = Eigen::VectorXd{{0.1, 0.3, 0.35, 0.9}};
  const Eigen::VectorXd value = Eigen::VectorXd{{1.0, -2.0, 0.5, 3.0}};
  const PeriodicCurve curve(phase, value);
  for (Eigen::Index i = 0; i < 4; ++i) {
    for (const double period : {-3.0, 0.0, 1.0, 17.0}) {
      EXPECT_NEAR(curve(phase[i] + period), value[i], 1e-11);
    }
  }
}

TEST(PeriodicCurve, FollowsASineBetweenItsPoints) {
  const Eigen::VectorXd phase = Eigen::VectorXd::LinSpaced(17, 0.0, 1.0).head(16);
  const double turn = 2.0 * std::numbers::pi;
  const PeriodicCurve curve(phase, (turn * phase).array().sin());
  double worst = 0.0;
  for (int k = 0; k < 1000; ++k) {
    worst = std::max(worst, std::abs(curve(k / 1000.0) - std::sin(turn * k / 1000.0)));
  }
  // 5/384 h^4 of the fourth derivative, (2 pi)^4.
  EXPECT_LT(worst, 5.0 / 384.0 * std::pow(turn / 16.0, 4) * 1.5);
}

TEST(PeriodicCurve, HasNoCornerWhereThePeriodsMeet) {
  const Eigen::VectorXd phase = Eigen::VectorXd{{0.0, 0.2, 0.5, 0.7}};
  const Eigen::VectorXd value = Eigen::VectorXd{{1.0, -2.0, 0.5, 3.0}};
  const PeriodicCurve curve(phase, value);
  const double h = 1e-4;
  const auto slope = [&](double x) { return (curve(x + h) - curve(x - h)) / (2.0 * h); };
  const auto bend = [&](double x) {
    return (curve(x + h) - 2.0 * curve(x) + curve(x - h)) / (h * h);
  };
  EXPECT_NEAR(slope(1.0 - 2.0 * h), slope(2.0 * h), 0.5);
  EXPECT_NEAR(bend(1.0 - 2.0 * h), bend(2.0 * h), 2.0);
  EXPECT_GT(std::abs(bend(0.0)), 10.0) << "the test needs a bend";
}

TEST(KnotCurve, IsALineThroughPointsOnALineAndBeyond) {
  const Eigen::VectorXd x = Eigen::VectorXd{{0.0, 0.3, 1.0, 1.2}};
  const KnotCurve curve(x, 2.0 * x.array() - 1.0);
  for (const double at : {-1.0, 0.0, 0.1, 0.3, 0.7, 1.2, 5.0}) {
    EXPECT_NEAR(curve(at), 2.0 * at - 1.0, 1e-12);
  }
}

TEST(KnotCurve, GoesThroughItsPointsWithoutCorners) {
  const Eigen::VectorXd x = Eigen::VectorXd{{0.0, 0.9, 2.1, 3.0, 4.1}};
  const Eigen::VectorXd y = Eigen::VectorXd{{0.0, 1.0, 2.0, 3.0, 4.0}};
  const KnotCurve curve(x, y);
  const double h = 1e-6;
  for (Eigen::Index i = 0; i < 5; ++i) {
    EXPECT_NEAR(curve(x[i]), y[i], 1e-12);
    const double before = (curve(x[i]) - curve(x[i] - h)) / h;
    const double after = (curve(x[i] + h) - curve(x[i])) / h;
    EXPECT_NEAR(before, after, 1e-4);
  }
}

TEST(SmoothStep, HoldsItsEndsWithoutSlope) {
  EXPECT_EQ(smooth_step(-1.0), 0.0);
  EXPECT_EQ(smooth_step(2.0), 1.0);
  EXPECT_NEAR(smooth_step(0.5), 0.5, 1e-15);
  EXPECT_LT(smooth_step(1e-3), 1.1e-8);
  EXPECT_GT(smooth_step(1.0 - 1e-3), 1.0 - 1.1e-8);
}

}  // namespace
}  // namespace catena
