#include "catena/chain/budget.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "catena/chain/chain_path.h"
#include "catena/core/rotation.h"
#include "catena/core/units.h"

namespace catena {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Eigen::Matrix3d turn(double x_deg, double y_deg, double z_deg) {
  return rotation_from_vector(Eigen::Vector3d(x_deg, y_deg, z_deg) * kRadPerDeg);
}

ChainPosture posture(const Eigen::Matrix3d& thorax, const Eigen::Matrix3d& pelvis_in_thorax,
                     const Eigen::Matrix3d& thigh_in_pelvis) {
  return {thorax, thorax * pelvis_in_thorax, thorax * pelvis_in_thorax * thigh_in_pelvis};
}

// lean, low back and hip in degrees, all in the plane of progression.
ChainPosture planar(double lean_deg, double low_back_deg, double hip_deg) {
  return posture(turn(0, 0, -lean_deg), turn(0, 0, -low_back_deg), turn(0, 0, -hip_deg));
}

ChainPosture random_posture(std::mt19937& random, double largest_rad) {
  std::uniform_real_distribution<double> part(-largest_rad, largest_rad);
  const auto rotation = [&] {
    return rotation_from_vector({part(random), part(random), part(random)});
  };
  return posture(rotation(), rotation(), rotation());
}

void expect_sum_law(const Budget& budget, double tolerance_rad) {
  for (const Contribution& part : {budget.hip, budget.low_back, budget.lean, budget.pelvis}) {
    EXPECT_NEAR(part.total_rad, part.sagittal_rad + part.rest_rad, tolerance_rad);
  }
  EXPECT_NEAR(budget.low_back.total_rad + budget.lean.total_rad, budget.pelvis.total_rad,
              tolerance_rad);
  EXPECT_NEAR(budget.hip.total_rad + budget.low_back.total_rad + budget.lean.total_rad,
              budget.thigh_rad, tolerance_rad);
}

double largest_difference(const Contribution& a, const Contribution& b) {
  return std::max({std::abs(a.total_rad - b.total_rad), std::abs(a.sagittal_rad - b.sagittal_rad),
                   std::abs(a.rest_rad - b.rest_rad)});
}

double largest_difference(const Budget& a, const Budget& b) {
  return std::max({largest_difference(a.hip, b.hip), largest_difference(a.low_back, b.low_back),
                   largest_difference(a.lean, b.lean), largest_difference(a.pelvis, b.pelvis),
                   std::abs(a.thigh_rad - b.thigh_rad)});
}

TEST(BudgetBetween, OfAPlanarMotionGivesThePlanarValues) {
  const Budget budget = budget_between(planar(5, -8, -30), planar(12, 3, 25));
  EXPECT_TRUE(budget.has_thorax);
  EXPECT_NEAR(budget.lean.total_rad, 7 * kRadPerDeg, 1e-14);
  EXPECT_NEAR(budget.low_back.total_rad, 11 * kRadPerDeg, 1e-14);
  EXPECT_NEAR(budget.pelvis.total_rad, 18 * kRadPerDeg, 1e-14);
  EXPECT_NEAR(budget.hip.total_rad, 55 * kRadPerDeg, 1e-14);
  EXPECT_NEAR(budget.thigh_rad, 73 * kRadPerDeg, 1e-14);
  for (const Contribution& part : {budget.hip, budget.low_back, budget.lean, budget.pelvis}) {
    EXPECT_NEAR(part.rest_rad, 0.0, 1e-15);
    EXPECT_NEAR(part.sagittal_rad, part.total_rad, 1e-15);
  }
}

TEST(BudgetBetween, SumsToTheDirectlyComputedAngleOnRandomMotions) {
  std::mt19937 random(1);
  int n_known = 0;
  for (int k = 0; k < 2000; ++k) {
    const ChainPosture from = random_posture(random, k % 2 == 0 ? 0.05 : 0.8);
    const ChainPosture to = random_posture(random, k % 2 == 0 ? 0.05 : 0.8);
    const Budget budget = budget_between(from, to);
    if (std::isnan(budget.thigh_rad)) continue;
    ++n_known;
    expect_sum_law(budget, 1e-9);
    const double change_rad = thigh_extension_rad(to.thigh) - thigh_extension_rad(from.thigh);
    EXPECT_NEAR(std::remainder(budget.thigh_rad - change_rad, 2 * kPi), 0.0, 1e-12);
  }
  EXPECT_GE(n_known, 1990);
}

TEST(BudgetBetween, ChangesByNoMoreThan1e9WhenSubStepsAreDoubled) {
  std::mt19937 random(2);
  double largest = 0.0;
  for (int k = 0; k < 500; ++k) {
    // Up to 80 degrees about each axis of each link: far more than standing to peak.
    const ChainPosture from = random_posture(random, 0.3);
    const ChainPosture to = random_posture(random, 0.8);
    const Budget once = budget_between(from, to, {1});
    if (std::isnan(once.thigh_rad)) continue;
    largest = std::max(largest, largest_difference(once, budget_between(from, to, {2})));
    largest = std::max(largest, largest_difference(once, budget_between(from, to, {16})));
  }
  EXPECT_GT(largest, 0.0);  // the integrals were really taken anew
  EXPECT_LT(largest, 1e-11);
}

TEST(BudgetBetween, IsTheSameInEveryLargeStepAsInManySmallOnesAlongIt) {
  std::mt19937 random(3);
  const ChainPosture from = random_posture(random, 0.4);
  const ChainPosture to = random_posture(random, 0.7);
  const ChainPath path = chain_path(from, to);
  double hip_rad = 0.0;
  double low_back_rad = 0.0;
  for (int k = 0; k < 200; ++k) {
    const Budget step =
        budget_between(posture_on_path(path, k / 200.0), posture_on_path(path, (k + 1) / 200.0));
    hip_rad += step.hip.total_rad;
    low_back_rad += step.low_back.total_rad;
  }
  const Budget whole = budget_between(from, to);
  EXPECT_NEAR(whole.hip.total_rad, hip_rad, 1e-12);
  EXPECT_NEAR(whole.low_back.total_rad, low_back_rad, 1e-12);
}

TEST(BudgetBetween, OfAPurelyAxialPelvicTurnHasItsClosedForm) {
  // Thorax still, thigh fixed in a pelvis that turns about the vertical: all goes to the low back,
  // none of it in the sagittal plane.
  const Eigen::Matrix3d thigh_in_pelvis = turn(12, -7, -25);
  for (const double turn_deg : {-40.0, 10.0, 35.0}) {
    const Eigen::Matrix3d identity = Eigen::Matrix3d::Identity();
    const Budget budget = budget_between(posture(identity, identity, thigh_in_pelvis),
                                         posture(identity, turn(0, turn_deg, 0), thigh_in_pelvis));
    const Eigen::Vector3d u = -thigh_in_pelvis.col(1);
    const double psi = turn_deg * kRadPerDeg;
    const double expected_rad =
        std::atan2(-(u.x() * std::cos(psi) + u.z() * std::sin(psi)), -u.y()) -
        std::atan2(-u.x(), -u.y());
    EXPECT_NEAR(budget.low_back.total_rad, expected_rad, 1e-13);
    EXPECT_NEAR(budget.low_back.rest_rad, expected_rad, 1e-13);
    EXPECT_NEAR(budget.low_back.sagittal_rad, 0.0, 1e-15);
    EXPECT_NEAR(budget.hip.total_rad, 0.0, 1e-15);
    EXPECT_NEAR(budget.lean.total_rad, 0.0, 1e-15);
  }
}

TEST(BudgetBetween, OfAThighHeldStillWhileThePelvisTurnsHasItsClosedForm) {
  // The hip undoes what the pelvis does, so g stays what it is: low back = g . axis * angle.
  const Eigen::Matrix3d thigh = turn(15, 0, -30);
  const Eigen::Vector3d u = -thigh.col(1);
  const double in_plane = u.x() * u.x() + u.y() * u.y();
  const double angle_rad = 20 * kRadPerDeg;
  const auto between = [&](const Eigen::Matrix3d& pelvis) {
    const ChainPosture from = {Eigen::Matrix3d::Identity(), Eigen::Matrix3d::Identity(), thigh};
    return budget_between(from, {Eigen::Matrix3d::Identity(), pelvis, thigh});
  };
  const Budget turned = between(turn(0, 20, 0));
  EXPECT_NEAR(turned.low_back.total_rad, u.y() * u.z() / in_plane * angle_rad, 1e-13);
  EXPECT_NEAR(turned.hip.total_rad, -turned.low_back.total_rad, 1e-13);
  EXPECT_NEAR(turned.thigh_rad, 0.0, 1e-15);
  const Budget dropped = between(turn(20, 0, 0));
  EXPECT_NEAR(dropped.low_back.total_rad, u.x() * u.z() / in_plane * angle_rad, 1e-13);
  EXPECT_NEAR(dropped.low_back.rest_rad, dropped.low_back.total_rad, 1e-15);
  const Budget tipped = between(turn(0, 0, -20));
  EXPECT_NEAR(tipped.low_back.total_rad, angle_rad, 1e-13);
  EXPECT_NEAR(tipped.low_back.rest_rad, 0.0, 1e-15);
}

TEST(BudgetBetween, OfAMirroredMotionIsTheSameForTheOtherSide) {
  const Eigen::Matrix3d mirror = Eigen::Vector3d(1, 1, -1).asDiagonal();
  const auto mirrored = [&](const ChainPosture& p) {
    return ChainPosture{mirror * *p.thorax * mirror, mirror * p.pelvis * mirror,
                        mirror * p.thigh * mirror};
  };
  std::mt19937 random(4);
  for (int k = 0; k < 100; ++k) {
    const ChainPosture from = random_posture(random, 0.6);
    const ChainPosture to = random_posture(random, 0.6);
    EXPECT_LT(
        largest_difference(budget_between(from, to), budget_between(mirrored(from), mirrored(to))),
        1e-12);
  }
}

TEST(BudgetBetween, RunBackwardsInTimeIsItsNegative) {
  std::mt19937 random(5);
  for (int k = 0; k < 100; ++k) {
    const ChainPosture from = random_posture(random, 0.6);
    const ChainPosture to = random_posture(random, 0.6);
    const Budget forth = budget_between(from, to);
    const Budget back = budget_between(to, from);
    EXPECT_NEAR(forth.hip.total_rad, -back.hip.total_rad, 1e-12);
    EXPECT_NEAR(forth.low_back.rest_rad, -back.low_back.rest_rad, 1e-12);
    EXPECT_NEAR(forth.lean.sagittal_rad, -back.lean.sagittal_rad, 1e-12);
  }
}

TEST(BudgetBetween, WithoutAThoraxKnowsThePelvisOnly) {
  const ChainPosture from = without_thorax(planar(5, -8, -30));
  const ChainPosture to = without_thorax(planar(12, 3, 25));
  const Budget budget = budget_between(from, to);
  EXPECT_FALSE(budget.has_thorax);
  EXPECT_TRUE(std::isnan(budget.low_back.total_rad));
  EXPECT_TRUE(std::isnan(budget.lean.total_rad));
  EXPECT_NEAR(budget.pelvis.total_rad, 18 * kRadPerDeg, 1e-14);
  EXPECT_NEAR(budget.hip.total_rad, 55 * kRadPerDeg, 1e-14);
  // One thorax alone is of no use.
  EXPECT_FALSE(budget_between(planar(5, -8, -30), to).has_thorax);

  std::mt19937 random(6);
  for (int k = 0; k < 100; ++k) {
    const Budget b = budget_between(without_thorax(random_posture(random, 0.6)),
                                    without_thorax(random_posture(random, 0.6)));
    EXPECT_NEAR(b.hip.total_rad + b.pelvis.total_rad, b.thigh_rad, 1e-11);
    EXPECT_NEAR(b.pelvis.sagittal_rad + b.pelvis.rest_rad, b.pelvis.total_rad, 1e-12);
  }
}

TEST(BudgetBetween, CountsAChangeBeyondHalfATurnAlongTheWay) {
  // The hip turns by 170 degrees and the low back by another 60: 230 degrees, not -130.
  const Budget budget = budget_between(planar(0, -30, -100), planar(0, 30, 70));
  EXPECT_NEAR(budget.thigh_rad, 230 * kRadPerDeg, 1e-13);
  EXPECT_NEAR(budget.hip.total_rad, 170 * kRadPerDeg, 1e-13);
  // Across +-180 degrees the change is small, though the angle itself jumps.
  const Budget over_the_top = budget_between(planar(0, 0, 179), planar(0, 0, 181));
  EXPECT_NEAR(over_the_top.thigh_rad, 2 * kRadPerDeg, 1e-13);
}

TEST(BudgetBetween, HoldsForAJointThatTurnsByNearlyHalfATurn) {
  for (const double hip_deg : {179.9, 180.0 - 1e-7}) {
    const Budget budget = budget_between(planar(0, 0, 0), planar(0, 0, hip_deg));
    EXPECT_NEAR(budget.hip.total_rad, hip_deg * kRadPerDeg, 1e-12);
    EXPECT_NEAR(budget.thigh_rad, hip_deg * kRadPerDeg, 1e-12);
  }
}

TEST(BudgetBetween, KnowsNothingOfAThighThatPointsStraightSideways) {
  const ChainPosture sideways = posture(turn(0, 0, 0), turn(0, 0, 0), turn(-90, 0, 0));
  for (const ChainPosture& to : {sideways, planar(0, 0, 10)}) {
    const Budget budget = budget_between(sideways, to);
    EXPECT_TRUE(std::isnan(budget.hip.total_rad));
    EXPECT_TRUE(std::isnan(budget.pelvis.rest_rad));
    EXPECT_TRUE(std::isnan(budget.thigh_rad));
  }
  // On the way through: from 60 degrees on one side of straight sideways to 60 on the other.
  const Budget through = budget_between(posture(turn(0, 0, 0), turn(0, 0, 0), turn(-30, 0, 0)),
                                        posture(turn(0, 0, 0), turn(0, 0, 0), turn(-150, 0, 0)));
  EXPECT_TRUE(std::isnan(through.thigh_rad));
  // Half a degree past it is still known, and sums.
  const Budget near = budget_between(posture(turn(0, 0, 0), turn(0, 0, -2), turn(-89.5, 0, 0)),
                                     posture(turn(3, 1, 0), turn(0, 0, 2), turn(-88, 0, 0)));
  expect_sum_law(near, 1e-9);
}

TEST(BudgetBetween, OfALostPostureIsLost) {
  ChainPosture lost = planar(1, 2, 3);
  lost.pelvis.setConstant(kNan);
  EXPECT_TRUE(std::isnan(budget_between(lost, planar(0, 0, 0)).hip.total_rad));
  EXPECT_TRUE(std::isnan(budget_between(planar(0, 0, 0), lost).thigh_rad));
}

TEST(BudgetBetween, OfNoMotionIsNothing) {
  const ChainPosture still = posture(turn(3, 4, 5), turn(-1, 9, 2), turn(8, 8, -40));
  const Budget budget = budget_between(still, still);
  expect_sum_law(budget, 1e-15);
  EXPECT_NEAR(budget.hip.total_rad, 0.0, 1e-15);
  EXPECT_NEAR(budget.thigh_rad, 0.0, 1e-15);
}

TEST(MeanPosture, OfASwayingStandIsItsMiddle) {
  SegmentMotion motion;
  motion.has_thorax = true;
  for (const double sway_deg : {-2.0, -1.0, 0.0, 1.0, 2.0}) {
    const ChainPosture p = planar(3 + sway_deg, -10, 4);
    motion.thorax.push_back(*p.thorax);
    motion.pelvis.push_back(p.pelvis);
    motion.thigh[kRight].push_back(p.thigh);
  }
  const ChainPosture mean = mean_posture(motion, kRight);
  const ChainPosture middle = planar(3, -10, 4);
  EXPECT_LT((*mean.thorax - *middle.thorax).norm(), 1e-14);
  EXPECT_LT((mean.pelvis - middle.pelvis).norm(), 1e-14);
  EXPECT_LT((mean.thigh - middle.thigh).norm(), 1e-14);
}

}  // namespace
}  // namespace catena
