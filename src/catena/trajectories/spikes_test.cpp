#include "catena/trajectories/spikes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "catena/trajectories/test_segments.h"

namespace catena {
namespace {

TEST(Spikes, OfOneToThreeFramesAreLostAndNothingElseIs) {
  const SwingingLeg leg = swinging_leg(600, 150.0);
  for (const Eigen::Index width : {1, 2, 3}) {
    Eigen::MatrixXd points = leg.running.points_m;
    const double size_m = width == 1 ? 0.02 : 0.06;
    for (Eigen::Index f = 250; f < 250 + width; ++f) points(f, 3 * 13 + 1) += size_m;
    const auto found = lose_spikes(points, 150.0);
    ASSERT_EQ(found.size(), 1U) << width;
    EXPECT_EQ(found[0].point, 13);
    EXPECT_EQ(found[0].first_frame, 250);
    EXPECT_EQ(found[0].last_frame, 250 + width - 1);
    EXPECT_NEAR(found[0].size_m, size_m, 0.01);
    for (Eigen::Index f = 0; f < 600; ++f) {
      const bool lost = f >= 250 && f < 250 + width;
      EXPECT_EQ(std::isnan(points(f, 3 * 13)), lost);
    }
    EXPECT_EQ(points.array().isNaN().count(), 3 * width);
  }
}

TEST(Spikes, SmallerThanSkinMotionAreLeft) {
  const SwingingLeg leg = swinging_leg(600, 150.0);
  Eigen::MatrixXd points = leg.running.points_m;
  points(250, 40) += 0.008;
  EXPECT_TRUE(lose_spikes(points, 150.0).empty());
}

TEST(Spikes, InNoisyPathsMustStandOutOfTheNoise) {
  const SwingingLeg leg = swinging_leg(600, 150.0, 0.004);
  Eigen::MatrixXd points = leg.running.points_m;
  EXPECT_TRUE(lose_spikes(points, 150.0).empty());
}

/// The height of a foot that hits the ground after a second: 400 m/s2 for 20 ms.
Eigen::MatrixXd path_of_a_contact(double rate_hz, double shift) {
  constexpr int kSteps = 10;  // of integration a frame
  Eigen::MatrixXd points = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(2.0 * rate_hz), 3);
  double velocity = -4.0;
  double height = 4.0;
  for (Eigen::Index step = 0; step < kSteps * points.rows(); ++step) {
    const double t = (static_cast<double>(step) / kSteps + shift) / rate_hz - 1.0;
    const double pulse = t > 0.0 && t < 0.02 ? std::sin(3.14159 * t / 0.02) : 0.0;
    velocity += 400.0 * pulse / (kSteps * rate_hz);
    height += velocity / (kSteps * rate_hz);
    points(step / kSteps, 1) = height;
  }
  return points;
}

TEST(Spikes, AreNotSeenInTheContactOfASprinter) {
  for (const double rate_hz : {60.0, 100.0, 150.0, 200.0, 250.0, 500.0, 1000.0}) {
    for (double shift = 0.0; shift < 1.0; shift += 0.1) {
      Eigen::MatrixXd points = path_of_a_contact(rate_hz, shift);
      EXPECT_TRUE(lose_spikes(points, rate_hz).empty()) << rate_hz << " Hz, " << shift;
      EXPECT_TRUE(find_breaks(points, rate_hz).empty()) << rate_hz << " Hz, " << shift;
    }
  }
}

TEST(Spikes, BesideALostFrameOrAtTheEndsAreLeft) {
  const SwingingLeg leg = swinging_leg(100, 150.0);
  Eigen::MatrixXd points = leg.running.points_m;
  points(0, 4) += 0.1;
  points(99, 4) += 0.1;
  points(40, 7) += 0.1;
  lose_points(points, 2, 41, 42);
  EXPECT_TRUE(lose_spikes(points, 150.0).empty());
}

TEST(Breaks, ArePathsThatGoOnElsewhere) {
  const SwingingLeg leg = swinging_leg(600, 150.0);
  Eigen::MatrixXd points = leg.running.points_m;
  EXPECT_TRUE(find_breaks(points, 150.0).empty());
  points.block(300, 3 * 6, 300, 1).array() += 0.05;
  const auto found = find_breaks(points, 150.0);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].point, 6);
  EXPECT_LE(found[0].first_frame, 299);
  EXPECT_GE(found[0].last_frame, 300);
  EXPECT_NEAR(found[0].size_m, 0.05, 0.005);
  Eigen::MatrixXd kept = points;
  EXPECT_TRUE(lose_spikes(kept, 150.0).empty());
}

}  // namespace
}  // namespace catena
