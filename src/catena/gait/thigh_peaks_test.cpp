#include "catena/gait/thigh_peaks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "catena/core/units.h"

namespace catena {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Eigen::VectorXd times(int n, double rate_hz) {
  return Eigen::VectorXd::LinSpaced(n, 0.0, (n - 1) / rate_hz);
}

// A thigh as in running: 26 degrees behind to about 40 in front, sharper at the back than at the
// front, with a ripple after contact. Its own top lies at phase 0 of each stride.
double running_thigh_deg(double phase_rad) {
  return -7.0 + 32.0 * std::cos(phase_rad) + 3.0 * std::cos(2 * phase_rad) -
         1.0 * std::cos(3 * phase_rad);
}

struct Swing {
  Eigen::VectorXd thigh_rad, time_s;
  std::vector<double> true_peaks_s;
};

Swing make_swing(double duration_s, double rate_hz, double strides_hz, double first_peak_s) {
  Swing swing;
  const int n = static_cast<int>(duration_s * rate_hz);
  swing.time_s = times(n, rate_hz);
  swing.thigh_rad.resize(n);
  for (int k = 0; k < n; ++k) {
    swing.thigh_rad(k) =
        running_thigh_deg(2 * kPi * strides_hz * (swing.time_s(k) - first_peak_s)) * kRadPerDeg;
  }
  for (double t = first_peak_s; t < swing.time_s(n - 1); t += 1.0 / strides_hz) {
    swing.true_peaks_s.push_back(t);
  }
  return swing;
}

TEST(ThighPeaks, NeitherMissesNorDoublesAStrideAt165StepsAMinuteInNoise) {
  std::mt19937 random(11);
  for (int trial = 0; trial < 40; ++trial) {
    Swing swing = make_swing(60.2, 150.0, 165.0 / 120.0, 0.3);
    std::normal_distribution<double> noise(0.0, 2.0 * kRadPerDeg);
    for (double& angle : swing.thigh_rad) angle += noise(random);
    const auto peaks = find_thigh_peaks(swing.thigh_rad, swing.time_s, 150.0);
    ASSERT_EQ(peaks.size(), swing.true_peaks_s.size()) << "trial " << trial;
    for (std::size_t k = 0; k < peaks.size(); ++k) {
      EXPECT_NEAR(peaks[k].time_s, swing.true_peaks_s[k], 0.06) << "trial " << trial;
    }
  }
}

TEST(ThighPeaks, FindsTheInstantBetweenFramesWithoutNoise) {
  const Swing swing = make_swing(10.0, 150.0, 165.0 / 120.0, 0.3);
  const auto peaks = find_thigh_peaks(swing.thigh_rad, swing.time_s, 150.0);
  ASSERT_EQ(peaks.size(), swing.true_peaks_s.size());
  for (std::size_t k = 0; k < peaks.size(); ++k) {
    EXPECT_NEAR(peaks[k].time_s, swing.true_peaks_s[k], 5e-4);
    EXPECT_LE(std::abs(swing.time_s(peaks[k].frame) - peaks[k].time_s), 0.5 / 150.0 + 1e-9);
  }
}

TEST(ThighPeaks, FindsTheInstantAtASprintWhereTheFilterAloneWouldBeLate) {
  // 2.15 strides a second, slow to rise and quick to fall, as at 9 m/s.
  const double rate_hz = 250.0;
  const auto thigh_rad = [](double phase_rad) {
    return (42 * std::cos(phase_rad) - 10 * std::sin(2 * phase_rad) + 6 * std::sin(4 * phase_rad)) *
           kRadPerDeg;
  };
  double true_phase = 0.0;
  for (double phase = -kPi; phase < kPi; phase += 1e-5) {
    if (thigh_rad(phase) > thigh_rad(true_phase)) true_phase = phase;
  }
  Eigen::VectorXd curve_rad(750);
  for (int k = 0; k < 750; ++k) curve_rad(k) = thigh_rad(2 * kPi * 2.15 * k / rate_hz - kPi);
  const auto peaks = find_thigh_peaks(curve_rad, times(750, rate_hz), rate_hz);
  ASSERT_EQ(peaks.size(), 6U);
  for (std::size_t k = 0; k < peaks.size(); ++k) {
    const double true_s = ((true_phase + kPi) / (2 * kPi) + static_cast<double>(k)) / 2.15;
    EXPECT_NEAR(peaks[k].time_s, true_s, 1e-3);
    EXPECT_GT(curve_rad(peaks[k].frame), thigh_rad(true_phase) - 0.1 * kRadPerDeg);
  }
}

TEST(ThighPeaks, CountsAStrideWhoseOtherSideTheRecordingCutsOff) {
  // From 40 ms before one peak to 40 ms after another: both have moved by more than 3 degrees.
  const Swing swing = make_swing(1.44, 250.0, 1.25, 0.32);
  const int first = static_cast<int>(0.26 * 250.0);
  const int last = static_cast<int>(1.18 * 250.0);
  const auto peaks = find_thigh_peaks(swing.thigh_rad.segment(first, last - first),
                                      swing.time_s.segment(first, last - first), 250.0);
  ASSERT_EQ(peaks.size(), 2U);
  EXPECT_NEAR(peaks[0].time_s, 0.32, 0.01);
  EXPECT_NEAR(peaks[1].time_s, 1.12, 0.01);
  // 30 ms from an end the filter guesses as much as it knows, however much the curve has moved.
  const int near_first = static_cast<int>(0.29 * 250.0);
  EXPECT_EQ(find_thigh_peaks(3.0 * swing.thigh_rad.segment(near_first, last - near_first),
                             swing.time_s.segment(near_first, last - near_first), 250.0)
                .size(),
            1U);
  // With 10 ms only, nobody knows whether it was the top.
  const int late = static_cast<int>(0.31 * 250.0);
  const int early = static_cast<int>(1.13 * 250.0);
  EXPECT_TRUE(find_thigh_peaks(swing.thigh_rad.segment(late, early - late),
                               swing.time_s.segment(late, early - late), 250.0)
                  .empty());
}

TEST(ThighPeaks, DoesNotTakeARippleAtTheEndForAStride) {
  // Rises out of the front by 25 degrees, falls by 4, and there the recording ends.
  Swing swing = make_swing(3.0, 250.0, 1.25, 0.4);
  const int end = static_cast<int>(2.62 * 250.0);
  for (int k = end - 10; k < end; ++k) {
    swing.thigh_rad(k) = swing.thigh_rad(end - 11) - (k - end + 11) * 0.4 * kRadPerDeg;
  }
  const auto peaks = find_thigh_peaks(swing.thigh_rad.head(end), swing.time_s.head(end), 250.0);
  ASSERT_EQ(peaks.size(), 3U);
  EXPECT_NEAR(peaks.back().time_s, 2.0, 0.01);
}

TEST(ThighPeaks, LeavesOutAPeakInAGapAndKeepsItsNeighbours) {
  Swing swing = make_swing(6.0, 150.0, 1.25, 0.4);
  const int lost = static_cast<int>(2.0 * 150.0);  // the third peak
  swing.thigh_rad.segment(lost - 2, 5).setConstant(kNan);
  const auto peaks = find_thigh_peaks(swing.thigh_rad, swing.time_s, 150.0);
  ASSERT_EQ(peaks.size(), swing.true_peaks_s.size() - 1);
  for (const ThighPeak& peak : peaks) EXPECT_GT(std::abs(peak.time_s - 2.0), 0.5);
}

TEST(ThighPeaks, KeepsAPeakNextToAShortGapThatItHasClearlyLeft) {
  Swing swing = make_swing(6.0, 150.0, 1.25, 0.4);
  swing.thigh_rad.segment(static_cast<int>(2.10 * 150.0), 4).setConstant(kNan);
  const auto peaks = find_thigh_peaks(swing.thigh_rad, swing.time_s, 150.0);
  EXPECT_EQ(peaks.size(), swing.true_peaks_s.size());
}

TEST(ThighPeaks, TakesTheMiddleOfAFlatTop) {
  // 10 Hz sampling, so that the filter (cutoff above half the rate) leaves the curve as it is.
  Eigen::VectorXd thigh_rad(13);
  thigh_rad << -0.5, -0.2, 0.1, 0.4, 0.4, 0.4, 0.1, -0.2, -0.5, -0.2, 0.4, 0.0, -0.5;
  const auto peaks = find_thigh_peaks(thigh_rad, times(13, 10.0), 10.0);
  ASSERT_EQ(peaks.size(), 2U);
  EXPECT_EQ(peaks[0].frame, 4);
  EXPECT_NEAR(peaks[0].time_s, 0.4, 1e-12);
  EXPECT_EQ(peaks[1].frame, 10);
}

TEST(ThighPeaks, OfTwoTooNearTheHigherStaysAndOfEqualOnesTheFirst) {
  Eigen::VectorXd thigh_rad(9);
  thigh_rad << -0.5, 0.3, -0.2, 0.4, -0.5, -0.5, -0.5, -0.5, -0.5;
  auto peaks = find_thigh_peaks(thigh_rad, times(9, 10.0), 10.0);
  ASSERT_EQ(peaks.size(), 1U);
  EXPECT_EQ(peaks[0].frame, 3);
  thigh_rad(3) = 0.3;
  peaks = find_thigh_peaks(thigh_rad, times(9, 10.0), 10.0);
  ASSERT_EQ(peaks.size(), 1U);
  EXPECT_EQ(peaks[0].frame, 1);
}

TEST(ThighPeaks, FindsNoneInStandingInNothingAndInLostData) {
  std::mt19937 random(2);
  std::normal_distribution<double> noise(0.0, 1.0 * kRadPerDeg);
  Eigen::VectorXd standing(600);
  for (double& angle : standing) angle = noise(random);
  EXPECT_TRUE(find_thigh_peaks(standing, times(600, 150.0), 150.0).empty());
  EXPECT_TRUE(find_thigh_peaks(Eigen::VectorXd(0), Eigen::VectorXd(0), 150.0).empty());
  EXPECT_TRUE(
      find_thigh_peaks(Eigen::VectorXd::Constant(50, kNan), times(50, 150.0), 150.0).empty());
  EXPECT_TRUE(
      find_thigh_peaks(Eigen::VectorXd::Constant(50, 0.3), times(50, 150.0), 150.0).empty());
  EXPECT_TRUE(find_thigh_peaks(Eigen::VectorXd::Constant(1, 0.3), times(1, 150.0), 150.0).empty());
}

TEST(ThighPeaks, ARecordingRunBackwardsHasTheSamePeaks) {
  const Swing swing = make_swing(8.0, 150.0, 1.4, 0.33);
  const auto forward = find_thigh_peaks(swing.thigh_rad, swing.time_s, 150.0);
  const auto backward = find_thigh_peaks(swing.thigh_rad.reverse(), swing.time_s, 150.0);
  ASSERT_EQ(forward.size(), backward.size());
  const double end_s = swing.time_s(swing.time_s.size() - 1);
  for (std::size_t k = 0; k < forward.size(); ++k) {
    EXPECT_NEAR(forward[k].time_s, end_s - backward[forward.size() - 1 - k].time_s, 1e-4);
  }
}

}  // namespace
}  // namespace catena
