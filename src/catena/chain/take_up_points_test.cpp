#include "catena/chain/take_up_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace catena {
namespace {

using testing::HasSubstr;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

DemandStrides demand(const std::string& label, const Eigen::MatrixXd& parts_rad) {
  return {label, false, Eigen::VectorXd::LinSpaced(parts_rad.rows(), 0.0, 10.0), parts_rad};
}

/// n strides whose parts rise evenly, so that nothing is left about a straight line in time.
DemandStrides straight_ramp(Eigen::Index n) {
  DemandStrides ramp = {"ramp", true,
                        Eigen::VectorXd::LinSpaced(n, 0.0, 0.7 * static_cast<double>(n - 1)),
                        Eigen::MatrixXd(n, 3)};
  ramp.parts_rad << 0.01 * ramp.time_s, 0.002 * ramp.time_s, -0.001 * ramp.time_s;
  return ramp;
}

/// Of one leg whose other is not seen.
TakeUpPoints points_of(const std::vector<DemandStrides>& demands) {
  return take_up_points({demands, {}})[0];
}

TEST(TakeUpPoints, OneDemandIsOnePointAtTheMeanOfItsStrides) {
  Eigen::MatrixXd parts(6, 3);
  parts << 0.40, 0.10, 0.02, 0.42, 0.08, 0.04, 0.41, 0.09, 0.03, 0.43, 0.09, 0.01, 0.39, 0.11, 0.05,
      0.41, 0.07, 0.03;
  const TakeUpPoints points = points_of({demand("3 m/s", parts)});
  ASSERT_EQ(points.points.size(), 1u);
  EXPECT_TRUE(points.has_thorax);
  EXPECT_EQ(points.points[0].n_strides, 6);
  EXPECT_LT((points.points[0].parts_rad - Eigen::Vector3d(0.41, 0.09, 0.03)).norm(), 1e-15);
  EXPECT_DOUBLE_EQ(points.degrees_of_freedom, 5.0);
  EXPECT_NEAR(points.stride_covariance(0, 0), 0.001 / 5.0, 1e-15);
  EXPECT_TRUE(points.remarks.empty());
}

TEST(TakeUpPoints, ScatterIsPooledOverDemandsWithoutTheirDifference) {
  Eigen::MatrixXd slow(5, 2), fast(5, 2);
  slow << 0.1, 0.0, 0.2, 0.0, 0.1, 0.0, 0.2, 0.0, 0.15, 0.0;
  fast = slow.array() + 0.5;
  const TakeUpPoints one = points_of({demand("a", slow)});
  const TakeUpPoints both = points_of({demand("a", slow), demand("b", fast)});
  EXPECT_FALSE(both.has_thorax);
  EXPECT_DOUBLE_EQ(both.degrees_of_freedom, 8.0);
  EXPECT_LT((both.stride_covariance - one.stride_covariance).norm(), 1e-15);
}

TEST(TakeUpPoints, LostStridesArePassedOverAndCounted) {
  Eigen::MatrixXd parts = Eigen::MatrixXd::Constant(6, 3, 0.2);
  parts(1, 0) = kNan;
  parts(4, 2) = kNan;
  const TakeUpPoints points = points_of({demand("9 m/s", parts)});
  ASSERT_EQ(points.points.size(), 1u);
  EXPECT_EQ(points.points[0].n_strides, 4);
  EXPECT_EQ(points.strides_rad.rows(), 4);
  ASSERT_EQ(points.remarks.size(), 2u);
  EXPECT_EQ(points.remarks[0], "2 of 6 strides at 9 m/s were passed over: an angle is lost.");
  EXPECT_EQ(points.remarks[1], "Fewer than five strides at 9 m/s: 4.");
}

TEST(TakeUpPoints, AllStridesLostLeavesNoPoint) {
  const TakeUpPoints points = points_of({demand("x", Eigen::MatrixXd::Constant(7, 3, kNan))});
  EXPECT_TRUE(points.points.empty());
  ASSERT_EQ(points.remarks.size(), 2u);
  EXPECT_EQ(points.remarks[1], "Fewer than five strides at x: none.");
}

TEST(TakeUpPoints, OneDemandWithoutThoraxTakesItFromAll) {
  Eigen::MatrixXd three(5, 3), two(5, 2);
  three.col(0).setConstant(0.3);
  three.col(1).setConstant(0.2);
  three.col(2).setConstant(-0.05);
  two.setConstant(0.4);
  const TakeUpPoints points = points_of({demand("a", three), demand("b", two)});
  EXPECT_FALSE(points.has_thorax);
  EXPECT_LT((points.points[0].parts_rad - Eigen::Vector2d(0.3, 0.15)).norm(), 1e-15);
}

TEST(TakeUpPoints, ARampIsCutIntoBlocksOfEqualStrides) {
  const TakeUpPoints points = points_of({straight_ramp(104)});
  ASSERT_EQ(points.points.size(), 20u);
  int n = 0;
  for (const TakeUpPoint& point : points.points) {
    EXPECT_TRUE(point.in_ramp);
    EXPECT_GE(point.n_strides, 5);
    EXPECT_LE(point.n_strides, 6);
    n += point.n_strides;
  }
  EXPECT_EQ(n, 104);
  EXPECT_THAT(points.points[0].label, HasSubstr("ramp, 0 to 3 s"));
  // The demand moves within a block; that is no scatter.
  EXPECT_LT(points.stride_covariance.norm(), 1e-20);
}

TEST(TakeUpPoints, ARampsStridesMayComeInAnyOrder) {
  const DemandStrides ramp = straight_ramp(60);
  DemandStrides turned = ramp;
  turned.time_s.reverseInPlace();
  turned.parts_rad = ramp.parts_rad.colwise().reverse().eval();
  const TakeUpPoints a = points_of({ramp});
  const TakeUpPoints b = points_of({turned});
  ASSERT_EQ(a.points.size(), b.points.size());
  for (std::size_t i = 0; i < a.points.size(); ++i) {
    EXPECT_LT((a.points[i].parts_rad - b.points[i].parts_rad).norm(), 1e-14);
  }
}

TEST(TakeUpPoints, ARampHasAsManyBlocksOnTheLegThatWasSeenMore) {
  const std::array<TakeUpPoints, 2> legs =
      take_up_points({std::vector{straight_ramp(104)}, std::vector{straight_ramp(61)}});
  EXPECT_EQ(legs[0].points.size(), 12u);
  EXPECT_EQ(legs[1].points.size(), 12u);
}

TEST(TakeUpPoints, AShortRampIsNotUsedAndThatIsSaid) {
  const TakeUpPoints points = points_of({straight_ramp(24)});
  EXPECT_TRUE(points.points.empty());
  ASSERT_EQ(points.remarks.size(), 1u);
  EXPECT_EQ(points.remarks[0],
            "The ramp ramp has 24 strides of the 25 that it needs, so it was not used.");
}

}  // namespace
}  // namespace catena
