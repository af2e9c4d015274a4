#include "catena/gait/coordination.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include "catena/gait/circular_strides.h"
#include "catena/math/random_stream.h"
#include "catena/math/smoothing_spline.h"

namespace catena {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kPi = std::numbers::pi;
constexpr double kTurn = 2.0 * kPi;
constexpr double kRate_hz = 150.0;
constexpr double kStride_s = 0.7;

using Wave = std::function<double(double phase, int stride)>;  // deg

struct Recorded {
  Eigen::VectorXd time_s;
  std::vector<AngleChannel> channels;
  std::vector<Stride> strides;
};

/// Strides on end, some beyond either end so that no filter's end is seen.
Recorded record(int n_strides, const std::vector<std::pair<std::string, Wave>>& waves) {
  Recorded out;
  const auto n = static_cast<Eigen::Index>((n_strides + 4) * kStride_s * kRate_hz);
  out.time_s = Eigen::VectorXd::LinSpaced(n, 0.0, static_cast<double>(n - 1) / kRate_hz);
  for (const auto& [name, wave] : waves) {
    AngleChannel channel;
    channel.angle.name = name;
    channel.angle_rad.resize(n);
    for (Eigen::Index k = 0; k < n; ++k) {
      const double phase = out.time_s[k] / kStride_s;
      channel.angle_rad[k] =
          kRadPerDeg * wave(phase - std::floor(phase), static_cast<int>(std::floor(phase)));
    }
    out.channels.push_back(channel);
  }
  for (int i = 0; i < n_strides; ++i) {
    Stride stride;
    stride.from_s = (i + 2) * kStride_s;
    stride.to_s = stride.from_s + kStride_s;
    stride.toe_off_s = stride.from_s + 0.4 * kStride_s;
    out.strides.push_back(stride);
  }
  return out;
}

std::vector<Coupling> couplings_of(const Recorded& recorded,
                                   const CoordinationOptions& options = {}) {
  const StrideCurves curves = stride_curves(recorded.channels, recorded.time_s, recorded.strides,
                                            {}, {.bootstrap_draws = 0});
  return coordination(recorded.channels, recorded.time_s, curves, options);
}

Coupling thigh_and_shank(const Wave& thigh, const Wave& shank, int n_strides = 20) {
  const auto all =
      couplings_of(record(n_strides, {{"thigh_extension", thigh}, {"shank_angle", shank}}));
  EXPECT_EQ(all.size(), 1U);
  return all.empty() ? Coupling{} : all[0];
}

Wave sine(double amplitude_deg, double lag = 0.0, double cycles = 1.0) {
  return
      [=](double phase, int) { return amplitude_deg * std::sin(kTurn * (cycles * phase - lag)); };
}

double worst_off(const Eigen::VectorXd& angle_rad, double truth_rad) {
  double worst = 0.0;
  for (const double angle : angle_rad) {
    worst = std::max(worst, std::abs(std::remainder(angle - truth_rad, kTurn)));
  }
  return worst;
}

TEST(CouplingPattern, HasTheBinsOfChang) {
  const auto at = [](double deg) { return coupling_pattern(deg * kRadPerDeg); };
  for (const double deg : {0.0, 22.4, 157.6, 180.0, 202.4, 337.6, 359.9, -10.0}) {
    EXPECT_EQ(at(deg), CouplingPattern::kProximal) << deg;
  }
  for (const double deg : {22.6, 45.0, 67.4, 202.6, 247.4}) {
    EXPECT_EQ(at(deg), CouplingPattern::kInPhase) << deg;
  }
  for (const double deg : {67.6, 90.0, 112.4, 247.6, 292.4}) {
    EXPECT_EQ(at(deg), CouplingPattern::kDistal) << deg;
  }
  for (const double deg : {112.6, 135.0, 157.4, 292.6, 337.4}) {
    EXPECT_EQ(at(deg), CouplingPattern::kAntiPhase) << deg;
  }
}

TEST(Coordination, InPhaseIsInPhase) {
  const Coupling c = thigh_and_shank(sine(30.0), sine(30.0));
  EXPECT_EQ(c.pattern_of_stride[0], 1.0);
  EXPECT_EQ(c.pattern_of_stance[0], 1.0);
  EXPECT_EQ(c.pattern_of_swing[0], 1.0);
  // 45 degrees while they go forward, 225 while they go back; not where they stand still.
  EXPECT_NEAR(c.coupling_angle_rad[0], kPi / 4, 1e-6);
  EXPECT_NEAR(c.coupling_angle_rad[50], kPi * 5 / 4, 1e-6);
  EXPECT_LT(worst_off(c.relative_phase_rad, 0.0), 1e-6);
  EXPECT_NEAR(c.mean_absolute_phase_rad.value, 0.0, 1e-6);
  EXPECT_TRUE(c.phase_is_steady);
}

TEST(Coordination, AntiPhaseIsAntiPhase) {
  const Coupling c = thigh_and_shank(sine(30.0), sine(-30.0));
  EXPECT_EQ(c.pattern_of_stride[1], 1.0);
  EXPECT_NEAR(c.coupling_angle_rad[0], kPi * 7 / 4, 1e-6);
  EXPECT_LT(worst_off(c.relative_phase_rad, kPi), 1e-6);
  EXPECT_NEAR(c.mean_absolute_phase_rad.value, kPi, 1e-6);
}

TEST(Coordination, AQuarterBehindIsAQuarter) {
  const Coupling c = thigh_and_shank(sine(30.0), sine(30.0, 0.25));
  // The proximal is ahead.
  EXPECT_LT(worst_off(c.relative_phase_rad, kPi / 2), 1e-3);
  // Speeds cos and sin: the coupling angle goes round once, an eighth in each of eight bins.
  for (const double share : c.pattern_of_stride) EXPECT_NEAR(share, 0.25, 0.02);
  for (int percent = 0; percent < kStridePercents; ++percent) {
    EXPECT_NEAR(std::remainder(c.coupling_angle_rad[percent] - kTurn * percent / 100.0, kTurn), 0.0,
                0.01);
  }
}

TEST(Coordination, OneThatStandsStillLeavesTheOther) {
  const Coupling distal = thigh_and_shank(sine(0.001), sine(30.0));
  EXPECT_GT(distal.pattern_of_stride[3], 0.98);
  const Coupling proximal = thigh_and_shank(sine(30.0), sine(0.001));
  EXPECT_GT(proximal.pattern_of_stride[2], 0.98);
}

/// A made-up thigh and shank with the harmonics of runners.
double thigh_deg(double phase) {
  return 30.0 * std::sin(kTurn * phase) + 6.0 * std::cos(2 * kTurn * phase);
}
double shank_deg(double phase) {
  return 45.0 * std::sin(kTurn * (phase - 0.12)) + 12.0 * std::sin(2 * kTurn * (phase - 0.3));
}

TEST(Coordination, DoesNotDependOnOffsetsNorPhaseOnSizes) {
  const auto scaled = [](double thigh_size, double shank_size, double offset) {
    return thigh_and_shank(
        [=](double phase, int) { return thigh_size * thigh_deg(phase) + offset; },
        [=](double phase, int) { return shank_size * shank_deg(phase) - 3 * offset; });
  };
  const Coupling one = scaled(1.0, 1.0, 0.0);
  const Coupling both = scaled(0.5, 0.5, 20.0);
  EXPECT_LT((one.coupling_angle_rad - both.coupling_angle_rad).cwiseAbs().maxCoeff(), 1e-6);
  const Coupling other = scaled(1.0, 0.2, 0.0);
  EXPECT_LT(worst_off(one.relative_phase_rad - other.relative_phase_rad, 0.0), 1e-6);
  EXPECT_GT((one.coupling_angle_rad - other.coupling_angle_rad).cwiseAbs().maxCoeff(), 0.1);
}

TEST(Coordination, MeasuresTheVariabilityThatWasPlantedWhateverTheNumberOfStrides) {
  // The shank's swing differs from stride to stride, at the mid of each, where strides are cut, by
  // nothing.
  RandomStream random(21);
  std::vector<double> size(4000);
  for (double& s : size) s = random.normal(1.0, 0.25);
  const auto variability = [&](int n, int first) {
    const Coupling c =
        thigh_and_shank([](double phase, int) { return 20.0 * std::cos(kTurn * phase); },
                        [&, first](double phase, int stride) {
                          const double s = size[static_cast<std::size_t>(first + stride)];
                          return s * 20.0 * (std::cos(kTurn * phase) - 1.0);
                        },
                        n);
    return c.coupling_variability_rad;
  };
  const double truth = variability(2000, 0).value;
  EXPECT_GT(truth, 3.0 * kRadPerDeg);
  double mean_of_few = 0.0;
  int covered = 0;
  constexpr int kTrials = 150;
  for (int trial = 0; trial < kTrials; ++trial) {
    mean_of_few += variability(6, 20 * trial).value / kTrials;
    const Estimate of_twenty = variability(16, 20 * trial);
    covered += of_twenty.low <= truth && truth <= of_twenty.high ? 1 : 0;
  }
  RecordProperty("covered_of_16_strides", std::to_string(covered / static_cast<double>(kTrials)));
  EXPECT_NEAR(mean_of_few / truth, 1.0, 0.10);
  EXPECT_GE(covered, 0.82 * kTrials);
  EXPECT_LE(covered, 0.97 * kTrials);
}

TEST(FrameNoise, IsMeasuredUnderARunnersMotion) {
  RandomStream random(22);
  Eigen::VectorXd angle(2000);
  for (Eigen::Index k = 0; k < 2000; ++k) {
    angle[k] = shank_deg(static_cast<double>(k) / kRate_hz / kStride_s);
  }
  EXPECT_LT(frame_noise_sd(angle), 0.02);  // what the motion itself looks like
  for (double& a : angle) a += random.normal(0.0, 0.3);
  EXPECT_NEAR(frame_noise_sd(angle), 0.3, 0.03);
  angle.segment(300, 500).setConstant(kNan);
  EXPECT_NEAR(frame_noise_sd(angle), 0.3, 0.03);
  EXPECT_TRUE(std::isnan(frame_noise_sd(angle.head(4))));
}

TEST(SplineSpeedNoise, IsThatOfWhiteNoise) {
  RandomStream random(23);
  for (const double cutoff_hz : {6.0, 12.0}) {
    Eigen::VectorXd noise(6000);
    for (double& x : noise) x = random.normal();
    const Eigen::VectorXd speed =
        smoothing_spline(noise, kRate_hz, cutoff_hz).first.col(0).segment(100, 5800);
    const double found = std::sqrt(speed.squaredNorm() / 5800.0);
    EXPECT_NEAR(found / spline_speed_noise(kRate_hz, cutoff_hz), 1.0, 0.05) << cutoff_hz;
  }
}

// Strides that are all alike but for noise: their variability is foretold.
TEST(Coordination, KnowsHowMuchVariabilityNoiseAloneMakes) {
  RandomStream random(24);
  const auto noisy = [&](const Wave& wave) {
    return [&random, wave](double phase, int stride) {
      return wave(phase, stride) + random.normal(0.0, 0.4);
    };
  };
  const auto pelvis = [](double p, int) { return 4.0 * std::sin(kTurn * p); };
  const auto thigh = [](double p, int) { return 6.0 * std::cos(kTurn * p); };
  const auto all =
      couplings_of(record(60, {{"pelvis_tilt", noisy(pelvis)}, {"thigh_extension", noisy(thigh)}}));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_NEAR(all[0].proximal_noise_rad, 0.4 * kRadPerDeg, 0.04 * kRadPerDeg);
  EXPECT_NEAR(all[0].noise_variability_rad / all[0].coupling_variability_rad.value, 1.0, 0.15);
  EXPECT_THAT(all[0].warnings, Contains(HasSubstr("noise alone would make")));
}

TEST(Coordination, WarnsOfASegmentThatHardlyMovesAndOnlyThen) {
  RandomStream random(25);
  const auto recorded = [&](double size_deg) {
    return record(20, {{"pelvis_tilt",
                        [&random, size_deg](double p, int) {
                          return size_deg * std::sin(kTurn * p) + random.normal(0.0, 0.2);
                        }},
                       {"low_back_extension", [&random, size_deg](double p, int) {
                          return size_deg * std::sin(kTurn * (p - 0.1)) + random.normal(0.0, 0.2);
                        }}});
  };
  EXPECT_THAT(couplings_of(recorded(0.5))[0].warnings, Contains(HasSubstr("deg only")));
  EXPECT_THAT(couplings_of(recorded(10.0))[0].warnings, Not(Contains(HasSubstr("deg only"))));
}

TEST(Coordination, SaysWhenStridesAreTooFew) {
  EXPECT_THAT(thigh_and_shank(sine(30.0), sine(20.0, 0.1), 9).warnings,
              Contains(HasSubstr("9 strides; a mean pattern needs 10")));
  EXPECT_THAT(thigh_and_shank(sine(30.0), sine(20.0, 0.1), 12).warnings,
              Contains(HasSubstr("12 strides; variability needs 15")));
  EXPECT_THAT(thigh_and_shank(sine(30.0), sine(20.0, 0.1), 15).warnings,
              Not(Contains(HasSubstr("15 strides;"))));
}

TEST(Coordination, SaysWhenTheTwoDoNotTurnEquallyOften) {
  const auto all = couplings_of(
      record(20, {{"pelvis_tilt", sine(4.0, 0.0, 2.0)}, {"thigh_extension", sine(30.0)}}));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].proximal_cycles, 2);
  EXPECT_EQ(all[0].distal_cycles, 1);
  EXPECT_FALSE(all[0].phase_is_steady);
  EXPECT_THAT(all[0].warnings,
              Contains(HasSubstr("pelvis tilt goes back and forth 2 times a stride")));
}

TEST(Coordination, ReadsThePhaseOfTwoThatBothTurnTwice) {
  const auto all = couplings_of(record(
      20, {{"pelvis_tilt", sine(4.0, 0.0, 2.0)}, {"thigh_extension", sine(9.0, 0.25, 2.0)}}));
  EXPECT_TRUE(all[0].phase_is_steady);
  EXPECT_LT(worst_off(all[0].relative_phase_rad, kPi / 2), 0.05);
}

TEST(Coordination, DoesNotReadThePhaseOfWhatHardlyMoves) {
  const Coupling c = thigh_and_shank(sine(30.0), sine(0.2, 0.1));
  EXPECT_FALSE(c.phase_is_steady);
  EXPECT_THAT(c.warnings, Contains(HasSubstr("shank angle moves by 0.4 deg only")));
}

TEST(Coordination, UsesTheStridesThatAreThere) {
  Recorded recorded =
      record(20, {{"thigh_extension", sine(30.0)}, {"shank_angle", sine(40.0, 0.1)}});
  recorded.channels[0].angle_rad.segment(500, 10).setConstant(kNan);
  const auto all = couplings_of(recorded);
  ASSERT_EQ(all.size(), 1U);  // no pelvis, no trunk
  EXPECT_EQ(all[0].n_strides, 19);
  EXPECT_TRUE(all[0].coupling_angle_rad.allFinite());
  recorded.channels[0].angle_rad.setConstant(kNan);
  const auto none = couplings_of(recorded);
  ASSERT_EQ(none.size(), 1U);
  EXPECT_EQ(none[0].n_strides, 0);
  EXPECT_THAT(none[0].warnings, Contains(HasSubstr("0 strides")));
}

TEST(HilbertOf, ACosineTurnsAsItsArgument) {
  Eigen::MatrixXd strides(1, kStridePercents);
  for (int k = 0; k < kStridePercents; ++k) {
    strides(0, k) = 5.0 + 3.0 * std::cos(kTurn * k / 100.0 + 0.4);
  }
  const RoundStrides round = hilbert_of(strides);
  ASSERT_EQ(round.across.cols(), 100);
  for (int k = 0; k < 100; ++k) {
    const double phase = std::atan2(round.across(0, k), round.along(0, k));
    EXPECT_NEAR(std::remainder(phase - kTurn * k / 100.0 - 0.4, kTurn), 0.0, 2e-3) << k;
  }
}

CircularSummary summarize_angles(const Eigen::MatrixXd& angle_rad) {
  return summarize_circular(angle_rad.array().cos(), angle_rad.array().sin(), 0.9);
}

TEST(CircularStrides, HaveTheMeanAcrossTheJumpAndBatschteletsDeviation) {
  Eigen::MatrixXd angle(2, 1);
  angle << 170.0 * kRadPerDeg, -170.0 * kRadPerDeg;
  const CircularSummary two = summarize_angles(angle);
  EXPECT_NEAR(std::abs(two.mean_rad[0]), kPi, 1e-12);
  // Many strides spread normally: the deviation is their SD.
  RandomStream random(26);
  Eigen::MatrixXd many(5000, 1);
  for (Eigen::Index i = 0; i < 5000; ++i) many(i, 0) = random.normal(1.0, 0.1);
  EXPECT_NEAR(summarize_angles(many).deviation_rad[0], 0.1, 0.004);
  // Without any direction: sqrt(2).
  for (Eigen::Index i = 0; i < 5000; ++i) many(i, 0) = random.uniform(0.0, kTurn);
  EXPECT_NEAR(summarize_angles(many).deviation_rad[0], std::sqrt(2.0), 0.03);
}

}  // namespace
}  // namespace catena
