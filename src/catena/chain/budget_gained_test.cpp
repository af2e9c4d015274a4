#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "catena/chain/budget.h"
#include "catena/chain/stride_result.h"
#include "catena/core/rotation.h"
#include "catena/core/units.h"
#include "catena/gait/test_runner.h"

namespace catena {
namespace {

using test::make_test_runner;
using test::motion_of;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Eigen::Matrix3d tipped(double angle_rad) { return rotation_from_vector({0, 0, -angle_rad}); }

// Every part turns at a steady rate in the plane of progression; thigh = start + rate * t.
SegmentMotion steady_swing(int n_frames, double rate_hz, double start_rad) {
  SegmentMotion motion;
  motion.rate_hz = rate_hz;
  motion.has_thorax = true;
  motion.time_s = Eigen::VectorXd::LinSpaced(n_frames, 0.0, (n_frames - 1) / rate_hz);
  for (int k = 0; k < n_frames; ++k) {
    const double t_s = k / rate_hz;
    const double lean_rad = 0.1 + 0.2 * t_s;
    const double low_back_rad = -0.2 + 0.7 * t_s;
    const double thigh_rad = start_rad + 5.0 * t_s;
    motion.thorax.push_back(tipped(lean_rad));
    motion.pelvis.push_back(tipped(lean_rad + low_back_rad));
    motion.thigh[kRight].push_back(tipped(thigh_rad));
  }
  motion.thigh[kLeft] = motion.thigh[kRight];
  return motion;
}

SegmentMotion lively_segments(unsigned seed, bool thorax_rooted = false,
                              const std::array<int, 3>& order = {2, 0, 1}) {
  const test::TestRunner runner = make_test_runner(thorax_rooted, order);
  const auto segments = segment_motion(
      runner.model, runner.chain, motion_of(runner, test::lively_run(450, 150.0, seed), 150.0));
  EXPECT_TRUE(segments.has_value());
  return *segments;
}

void expect_same(const Contribution& a, const Contribution& b, double tolerance_rad) {
  EXPECT_NEAR(a.total_rad, b.total_rad, tolerance_rad);
  EXPECT_NEAR(a.sagittal_rad, b.sagittal_rad, tolerance_rad);
  EXPECT_NEAR(a.rest_rad, b.rest_rad, tolerance_rad);
}

void expect_same(const Budget& a, const Budget& b, double tolerance_rad) {
  expect_same(a.hip, b.hip, tolerance_rad);
  expect_same(a.low_back, b.low_back, tolerance_rad);
  expect_same(a.lean, b.lean, tolerance_rad);
  expect_same(a.pelvis, b.pelvis, tolerance_rad);
  EXPECT_NEAR(a.thigh_rad, b.thigh_rad, tolerance_rad);
}

TEST(BudgetGained, StartsAtTheInstantBetweenFramesAtWhichTheThighIsVertical) {
  // At 5 rad/s from -0.333 rad the thigh is vertical at 66.6 ms: 9.99 frames of 150 Hz.
  const SegmentMotion motion = steady_swing(40, 150.0, -0.333);
  const double since_vertical_s = 30.0 / 150.0 - 0.0666;
  const auto budget = budget_gained(motion, kRight, 30, 0);
  ASSERT_TRUE(budget.has_value());
  EXPECT_NEAR(budget->thigh_rad, 5.0 * since_vertical_s, 1e-12);
  EXPECT_NEAR(budget->lean.total_rad, 0.2 * since_vertical_s, 1e-12);
  EXPECT_NEAR(budget->low_back.total_rad, 0.7 * since_vertical_s, 1e-12);
  EXPECT_NEAR(budget->hip.total_rad, 4.1 * since_vertical_s, 1e-12);
}

TEST(BudgetGained, MayStartExactlyAtAFrame) {
  SegmentMotion motion = steady_swing(40, 150.0, -10.0 / 30.0);
  motion.thigh[kRight][10] = tipped(0.0);
  const auto budget = budget_gained(motion, kRight, 30, 0);
  ASSERT_TRUE(budget.has_value());
  EXPECT_NEAR(budget->thigh_rad, 20.0 / 30.0, 1e-12);
}

TEST(BudgetGained, TakesTheLastCrossingOfSeveral) {
  // In front, behind, in front again, then behind to the peak.
  SegmentMotion motion = steady_swing(40, 150.0, -0.333);
  for (std::size_t k = 0; k < 40; ++k) {
    const double in_rad = k < 15 ? (k % 2 == 0 ? 0.1 : -0.1) : -0.05 + 0.02 * (double(k) - 15.0);
    motion.thigh[kRight][k] = tipped(in_rad);
  }
  const auto budget = budget_gained(motion, kRight, 30, 0);
  ASSERT_TRUE(budget.has_value());
  EXPECT_NEAR(budget->thigh_rad, 0.25, 1e-12);
  EXPECT_NEAR(budget->lean.total_rad, 0.2 * (30 - 17.5) / 150.0, 1e-12);
}

TEST(BudgetGained, IsNoneWhereTheThighWasNotSeenVertical) {
  const SegmentMotion motion = steady_swing(40, 150.0, -0.333);
  EXPECT_FALSE(budget_gained(motion, kRight, 30, 12).has_value());  // behind since first_frame
  EXPECT_FALSE(budget_gained(motion, kRight, 5, 0).has_value());    // in front at the "peak"
  SegmentMotion with_gap = motion;
  with_gap.thigh[kRight][20].setConstant(kNan);
  EXPECT_FALSE(budget_gained(with_gap, kRight, 30, 0).has_value());
  SegmentMotion without_pelvis = motion;
  without_pelvis.pelvis[9].setConstant(kNan);
  EXPECT_FALSE(budget_gained(without_pelvis, kRight, 30, 0).has_value());
}

TEST(BudgetGained, SumsToTheAngleAtThePeakOnLivelyRuns) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const SegmentMotion motion = lively_segments(seed);
    for (const Side side : kSides) {
      for (const StrideResult& stride : find_strides(motion, side, std::nullopt, 0)) {
        if (!stride.gained) continue;
        const Budget& b = *stride.gained;
        EXPECT_NEAR(b.hip.total_rad + b.low_back.total_rad + b.lean.total_rad, b.thigh_rad, 1e-12);
        const Eigen::Matrix3d& thigh =
            motion.thigh[side][static_cast<std::size_t>(stride.peak_frame)];
        EXPECT_NEAR(b.thigh_rad, thigh_extension_rad(thigh), 1e-12);
        EXPECT_GT(std::abs(b.low_back.rest_rad), 1e-6);  // these runs are not planar
      }
    }
  }
}

TEST(BudgetGained, ChangesByNoMoreThan1e9WhenSubStepsAreDoubled) {
  const SegmentMotion motion = lively_segments(3);
  int n_strides = 0;
  for (const StrideResult& stride : find_strides(motion, kRight, std::nullopt, 0)) {
    if (!stride.gained) continue;
    const auto twice = budget_gained(motion, kRight, stride.peak_frame, 0, {2});
    ASSERT_TRUE(twice.has_value());
    expect_same(*twice, *stride.gained, 1e-13);
    ++n_strides;
  }
  EXPECT_GE(n_strides, 2);
}

TEST(Strides, AreTheSameUnderAnotherEulerSequenceAndAnotherRoot) {
  const SegmentMotion reference = lively_segments(7);
  const ChainPosture standing = posture_at(reference, kLeft, 17);
  const auto strides = find_strides(reference, kLeft, standing, 0);
  ASSERT_GE(strides.size(), 3U);
  for (const bool thorax_rooted : {false, true}) {
    for (const std::array<int, 3>& order :
         {std::array<int, 3>{0, 1, 2}, std::array<int, 3>{1, 2, 0}, std::array<int, 3>{1, 0, 1}}) {
      const SegmentMotion other = lively_segments(7, thorax_rooted, order);
      const auto others = find_strides(other, kLeft, posture_at(other, kLeft, 17), 0);
      ASSERT_EQ(others.size(), strides.size());
      for (std::size_t k = 0; k < strides.size(); ++k) {
        ASSERT_EQ(others[k].peak_frame, strides[k].peak_frame);
        expect_same(others[k].absolute, strides[k].absolute, 1e-9);
        expect_same(others[k].at_peak, strides[k].at_peak, 1e-9);
        ASSERT_EQ(others[k].gained.has_value(), strides[k].gained.has_value());
        if (strides[k].gained) expect_same(*others[k].gained, *strides[k].gained, 1e-9);
      }
    }
  }
}

TEST(Strides, OfTheMirroredRunAreTheSameOnTheOtherSide) {
  const auto frames = test::lively_run(450, 150.0, 9);
  const Eigen::Matrix3d mirror = Eigen::Vector3d(1, 1, -1).asDiagonal();
  auto mirrored = frames;
  for (std::size_t k = 0; k < frames.size(); ++k) {
    mirrored[k].thorax = mirror * frames[k].thorax * mirror;
    mirrored[k].pelvis = mirror * frames[k].pelvis * mirror;
    for (const Side side : kSides) {
      mirrored[k].thigh[side] = mirror * frames[k].thigh[1 - side] * mirror;
    }
  }
  const test::TestRunner runner = make_test_runner(false, {2, 0, 1});
  const auto motion = segment_motion(runner.model, runner.chain, motion_of(runner, frames, 150.0));
  const auto image = segment_motion(runner.model, runner.chain, motion_of(runner, mirrored, 150.0));
  ASSERT_TRUE(motion.has_value() && image.has_value());
  const auto strides = find_strides(*motion, kRight, std::nullopt, 0);
  const auto image_strides = find_strides(*image, kLeft, std::nullopt, 0);
  ASSERT_GE(strides.size(), 3U);
  ASSERT_EQ(strides.size(), image_strides.size());
  for (std::size_t k = 0; k < strides.size(); ++k) {
    expect_same(strides[k].absolute, image_strides[k].absolute, 1e-11);
    ASSERT_EQ(strides[k].gained.has_value(), image_strides[k].gained.has_value());
    if (strides[k].gained) expect_same(*strides[k].gained, *image_strides[k].gained, 1e-11);
  }
}

TEST(Strides, AtPeakAndAbsoluteDifferByStanding) {
  const SegmentMotion motion = steady_swing(40, 150.0, -0.333);
  SegmentMotion swing = motion;  // forth and back, so that there is a peak
  for (std::size_t k = 0; k < 40; ++k) {
    const double phase = 2 * M_PI * (static_cast<double>(k) - 20.0) / 40.0;
    swing.thigh[kRight][k] = tipped(0.5 * std::cos(phase));
  }
  ChainPosture standing;
  standing.thorax = tipped(0.05);
  standing.pelvis = tipped(-0.1);
  standing.thigh = tipped(0.02);
  const auto strides = find_strides(swing, kRight, standing, 4);
  ASSERT_EQ(strides.size(), 1U);
  const StrideResult& stride = strides[0];
  EXPECT_EQ(stride.recording, 4);
  EXPECT_EQ(stride.peak_frame, 20);
  EXPECT_NEAR(stride.absolute.thigh_rad, 0.5, 1e-12);
  EXPECT_NEAR(stride.at_peak.thigh_rad, 0.48, 1e-12);
  EXPECT_NEAR(stride.absolute.lean.total_rad - stride.at_peak.lean.total_rad, 0.05, 1e-12);
  EXPECT_NEAR(stride.absolute.pelvis.total_rad - stride.at_peak.pelvis.total_rad, -0.1, 1e-12);
}

}  // namespace
}  // namespace catena
