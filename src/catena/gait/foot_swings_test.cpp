#include "catena/gait/foot_swings.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace catena {
namespace {

constexpr double stride_frames = 108.3;

// Farthest ahead at phase 0, 0.4 m to either side of the pelvis.
Eigen::VectorXd foot_ahead(double first_phase, int n_frames) {
  Eigen::VectorXd ahead_m(n_frames);
  for (int k = 0; k < n_frames; ++k) {
    ahead_m(k) = 0.4 * std::cos(2.0 * std::numbers::pi * (first_phase + k / stride_frames));
  }
  return ahead_m;
}

TEST(BackSwings, LieBetweenFarthestAheadAndFarthestBehind) {
  const auto swings = back_swings(foot_ahead(0.7, 500), 0.25);
  ASSERT_EQ(swings.size(), 5U);  // phases 1.0 to 5.0; the last is cut
  for (std::size_t k = 0; k < swings.size(); ++k) {
    const double front = (0.3 + static_cast<double>(k)) * stride_frames;
    EXPECT_NEAR(swings[k].front_frame, front, 0.01);
    EXPECT_TRUE(swings[k].front_seen);
    const bool whole = front + 0.5 * stride_frames < 499.0;
    EXPECT_EQ(swings[k].rear_seen, whole);
    if (!whole) continue;
    EXPECT_NEAR(swings[k].rear_frame, front + 0.5 * stride_frames, 0.01);
  }
}

TEST(BackSwings, ThoseThatTheEndsCutAreToldApart) {
  const auto swings = back_swings(foot_ahead(0.2, 200), 0.25);
  ASSERT_EQ(swings.size(), 3U);
  EXPECT_FALSE(swings[0].front_seen);
  EXPECT_TRUE(swings[0].rear_seen);
  EXPECT_NEAR(swings[0].rear_frame, 0.3 * stride_frames, 0.01);
  EXPECT_TRUE(swings[1].front_seen);
}

TEST(BackSwings, ALongGapCutsASwing) {
  Eigen::VectorXd ahead_m = foot_ahead(0.7, 500);
  ahead_m.segment(155, 20).setConstant(std::numeric_limits<double>::quiet_NaN());
  const auto swings = back_swings(ahead_m, 0.25);
  ASSERT_EQ(swings.size(), 6U);
  EXPECT_FALSE(swings[1].rear_seen);
  EXPECT_FALSE(swings[2].front_seen);
  EXPECT_TRUE(swings[2].rear_seen);
}

TEST(BackSwings, WobblesAndShiftsAreNone) {
  EXPECT_TRUE(back_swings(0.2 * foot_ahead(0.0, 500), 0.25).empty());
  EXPECT_TRUE(back_swings(Eigen::VectorXd::Zero(100), 0.25).empty());
  EXPECT_TRUE(back_swings({}, 0.25).empty());
  // Ripples on the way back make no swing of their own.
  Eigen::VectorXd rippled_m = foot_ahead(0.7, 500);
  for (int k = 0; k < 500; ++k) rippled_m(k) += 0.05 * std::sin(0.5 * k);
  EXPECT_EQ(back_swings(rippled_m, 0.25).size(), 5U);
}

}  // namespace
}  // namespace catena
