#include "catena/analysis/point_quality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "catena/math/random_stream.h"

namespace catena {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Three points that swing as a runner's shank does, a stride each 0.7 s.
PointRecording swinging(double noise_m, double rate_hz = 150.0, int n = 900) {
  PointRecording recording;
  recording.rate_hz = rate_hz;
  recording.labels = {"A", "B", "C"};
  recording.time_s = Eigen::VectorXd::LinSpaced(n, 0.0, (n - 1) / rate_hz);
  recording.points_m.resize(n, 9);
  RandomStream random(7);
  for (Eigen::Index i = 0; i < n; ++i) {
    const double phase = 2.0 * std::numbers::pi * recording.time_s[i] / 0.7;
    for (Eigen::Index p = 0; p < 3; ++p) {
      const Eigen::RowVector3d at(0.3 * std::sin(phase), 0.9 + 0.1 * std::cos(2.0 * phase),
                                  0.1 * static_cast<double>(p));
      for (Eigen::Index k = 0; k < 3; ++k) {
        recording.points_m(i, 3 * p + k) = at[k] + noise_m * random.normal();
      }
    }
  }
  return recording;
}

TEST(PointQuality, FindsThePlantedNoise) {
  for (const double noise_m : {0.0003, 0.001, 0.003}) {
    const QualityFinding quality = assess_points(swinging(noise_m));
    EXPECT_NEAR(quality.noise_m / noise_m, 1.0, 0.1) << noise_m;
  }
  EXPECT_LT(assess_points(swinging(0.0)).noise_m, 2e-5);  // what the motion itself leaves
}

TEST(PointQuality, NamesTheNoisiestPoint) {
  PointRecording recording = swinging(0.0003);
  recording.points_m.middleCols<3>(3) = swinging(0.002).points_m.middleCols<3>(3);
  const QualityFinding quality = assess_points(recording);
  EXPECT_EQ(quality.noisiest, "B");
  EXPECT_NEAR(quality.noisiest_m, 0.002, 0.0002);
  EXPECT_NEAR(quality.noise_m, 0.0003, 0.00003);
}

TEST(PointQuality, CountsEachJumpOnceAndNamesTheFarthest) {
  PointRecording recording = swinging(0.0003);
  EXPECT_EQ(assess_points(recording).n_jumps, 0);
  recording.points_m(300, 0) += 0.2;
  recording.points_m.block(500, 3, 20, 1).array() += 0.5;  // away and back: two jumps
  const QualityFinding quality = assess_points(recording);
  EXPECT_EQ(quality.n_jumps, 3);
  EXPECT_THAT(quality.worst_jump, testing::HasSubstr("B, 50"));
}

TEST(PointQuality, ALostPointIsNoJump) {
  PointRecording recording = swinging(0.0003);
  recording.points_m.block(300, 0, 40, 3).setZero();
  recording.points_m.block(400, 3, 40, 3).setConstant(std::nan(""));
  recording.points_m.block(500, 6, 40, 3).setConstant(9999.9);
  EXPECT_EQ(assess_points(recording).n_jumps, 0);
  EXPECT_NEAR(assess_points(recording).noise_m, 0.0003, 0.00003);
}

TEST(PointQuality, FindsTwoLabelsOfOnePoint) {
  PointRecording recording = swinging(0.0003);
  EXPECT_THAT(assess_points(recording).twins, IsEmpty());
  recording.points_m.middleCols<3>(6) = recording.points_m.middleCols<3>(0);
  EXPECT_THAT(assess_points(recording).twins, ElementsAre("A and C"));
  recording.points_m(10, 6) += 0.001;
  EXPECT_THAT(assess_points(recording).twins, IsEmpty());
}

TEST(PointQuality, CountsWhatIsLostWorstFirst) {
  PointRecording recording = swinging(0.0, 100.0, 200);
  recording.points_m.block(50, 3, 10, 3).setZero();
  recording.points_m.block(100, 3, 30, 3).setConstant(std::nan(""));
  recording.points_m.middleCols<3>(6).setZero();
  double all = 0.0;
  const std::vector<Loss> losses = find_losses(recording, all);
  ASSERT_EQ(losses.size(), 2U);
  EXPECT_EQ(losses[0].label, "C");
  EXPECT_EQ(losses[0].fraction, 1.0);
  EXPECT_EQ(losses[1].fraction, 0.2);
  EXPECT_NEAR(losses[1].longest_s, 0.3, 1e-12);
  EXPECT_NEAR(all, 0.4, 1e-12);
}

TEST(PointQuality, NothingAndOneFrameAreNoCrash) {
  PointRecording nothing;
  double all = 1.0;
  EXPECT_THAT(find_losses(nothing, all), IsEmpty());
  EXPECT_EQ(all, 0.0);
  EXPECT_TRUE(std::isnan(assess_points(nothing).noise_m));
  EXPECT_TRUE(std::isnan(assess_points(swinging(0.001, 100.0, 1)).noise_m));
}

}  // namespace
}  // namespace catena
