#include "catena/gait/stride_curves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include "catena/core/units.h"
#include "catena/gait/stride_outliers.h"
#include "catena/gait/stride_sampling.h"
#include "catena/gait/test_strides.h"
#include "catena/math/random_stream.h"

namespace catena {
namespace {

using testing::HasSubstr;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
using test::knee_deg;
using test::kRate_hz;
using test::kTurn;
using test::strides_of;
using test::times;

AngleChannel channel_of(const std::string& name, const Eigen::VectorXd& angle_rad,
                        Side side = kRight) {
  AngleChannel channel;
  channel.angle.name = name;
  channel.angle.label = name;
  channel.side = side;
  channel.angle_rad = angle_rad;
  return channel;
}

/// A recording whose strides are the given curves one after another, at places between frames.
AngleChannel recording_of(const std::string& name, const Eigen::MatrixXd& curves_rad,
                          double stride_s, const Eigen::VectorXd& time_s) {
  const Eigen::MatrixXd by_stride = curves_rad.transpose();
  Eigen::VectorXd angle_rad(time_s.size());
  for (Eigen::Index k = 0; k < time_s.size(); ++k) {
    const double stride =
        std::clamp(time_s[k] / stride_s - 0.5, 0.0, static_cast<double>(by_stride.cols()) - 1e-9);
    const auto column = static_cast<Eigen::Index>(stride);
    angle_rad[k] =
        value_between(by_stride.col(column), 100.0 * (stride - static_cast<double>(column)));
  }
  return channel_of(name, angle_rad);
}

TEST(StrideCurves, AreThePlantedOnesOfTheirOwnSide) {
  const double stride_s = 0.71;
  const Eigen::VectorXd time_s = times(1500);
  Eigen::VectorXd knee(1500);
  for (Eigen::Index k = 0; k < 1500; ++k) knee[k] = kRadPerDeg * knee_deg(time_s[k] / stride_s);
  std::vector<Stride> strides = strides_of(12, 0.3 * stride_s, stride_s);
  for (const Stride& left : strides_of(12, 0.8 * stride_s, stride_s, kLeft))
    strides.push_back(left);
  for (const Side side : kSides) {
    const StrideCurves curves =
        stride_curves(std::vector{channel_of("knee_flexion", knee, side)}, time_s, strides);
    ASSERT_EQ(curves.strides.size(), 12U);
    const StrideCurve* found = find_curve(curves, "knee_flexion");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->kept.n_strides, 12);
    for (int percent = 0; percent < kStridePercents; ++percent) {
      const double truth = kRadPerDeg * knee_deg((side == kRight ? 0.3 : 0.8) + percent / 100.0);
      EXPECT_NEAR(found->kept.mean_rad[percent], truth, 1e-4) << percent;
    }
    EXPECT_NEAR(curves.mean_toe_off_percent, 38.0, 1e-9);
    EXPECT_TRUE(curves.notes.empty());
  }
}

TEST(StrideCurves, CountFromStandingWhereThatIsKnown) {
  const Eigen::VectorXd time_s = times(600);
  const Eigen::VectorXd angle = (kTurn * time_s.array()).sin() + 0.4;
  Eigen::VectorXd standing = Eigen::VectorXd::Constant(50, 0.1);
  standing.head(20).setConstant(kNan);
  const StrideCurves curves = stride_curves(
      std::vector{channel_of("hip_flexion", angle), channel_of("knee_flexion", angle)}, time_s,
      strides_of(3, 0.1, 1.0), std::vector{channel_of("hip_flexion", standing)});
  EXPECT_NEAR(curves.curves[0].standing_rad, 0.1, 1e-12);
  EXPECT_TRUE(std::isnan(curves.curves[1].standing_rad));
  const Eigen::MatrixXd relative = kept_strides(curves, curves.curves[0], true);
  const Eigen::MatrixXd absolute = kept_strides(curves, curves.curves[0], false);
  EXPECT_NEAR((absolute - relative).minCoeff(), 0.1, 1e-12);
  EXPECT_EQ(kept_strides(curves, curves.curves[1], true),
            kept_strides(curves, curves.curves[1], false));
}

TEST(StrideCurves, WithLostFramesArePartlyLostAndSaySo) {
  const Eigen::VectorXd time_s = times(1100);
  Eigen::VectorXd angle = (kTurn * time_s.array()).sin();
  angle.segment(180, 15).setConstant(kNan);  // within the second stride
  const StrideCurves curves = stride_curves(
      std::vector{channel_of("hip_flexion", angle), channel_of("knee_flexion", time_s)}, time_s,
      strides_of(7, 0.1, 1.0));
  const StrideCurve& hip = curves.curves[0];
  EXPECT_TRUE(std::isnan(hip.strides_rad(1, 15)));
  EXPECT_FALSE(std::isnan(hip.strides_rad(1, 60)));
  EXPECT_NEAR(hip.kept.mean_rad[15], std::sin(kTurn * 0.25), 1e-6);  // the other strides' mean
  EXPECT_EQ(hip.kept.n_strides, 7);
  ASSERT_EQ(curves.notes.size(), 1U);
  EXPECT_THAT(curves.notes[0], HasSubstr("1 of 7 strides of the right leg"));
  EXPECT_THAT(curves.notes[0], HasSubstr("1.10 s (1 of 2 angles)"));
  // Its peak may lie in what is lost.
  EXPECT_TRUE(std::isnan(hip.values[0].value_rad[1]));
  EXPECT_THAT(hip.values[0].mean_rad.source, HasSubstr("6 strides"));
}

TEST(StrideCurves, OfNoStrideAndOfOneAreNotMadeUp) {
  const Eigen::VectorXd time_s = times(300);
  const std::vector<AngleChannel> channels = {channel_of("hip_flexion", time_s)};
  const StrideCurves none = stride_curves(channels, time_s, {});
  ASSERT_EQ(none.curves.size(), 1U);
  EXPECT_EQ(none.curves[0].strides_rad.rows(), 0);
  EXPECT_TRUE(none.curves[0].kept.mean_rad.array().isNaN().all());
  const StrideCurves one = stride_curves(channels, time_s, strides_of(1, 0.1, 1.0));
  EXPECT_TRUE(one.curves[0].kept.mean_rad.allFinite());
  EXPECT_TRUE(one.curves[0].kept.sd_rad.array().isNaN().all());
  EXPECT_TRUE(one.curves[0].kept.whole_half_rad.array().isNaN().all());
  EXPECT_TRUE(std::isnan(one.curves[0].values[0].mean_rad.low));
}

enum class Scatter { kWaves, kOffset, kOffsetAndWaves, kRagged };

/// Strides that differ by chance, with an SD of some degrees, more in swing, as at every knee.
Eigen::MatrixXd alike_strides(int n, RandomStream& random, Scatter scatter = Scatter::kWaves,
                              double sd_deg = 2.0) {
  const bool waves = scatter == Scatter::kWaves || scatter == Scatter::kRagged;
  const std::size_t n_waves = scatter == Scatter::kRagged ? 12 : 4;
  const double of_wave = scatter == Scatter::kOffset           ? 0.05
                         : scatter == Scatter::kOffsetAndWaves ? 0.25
                                                               : 0.8;
  Eigen::MatrixXd curves(n, kStridePercents);
  for (int i = 0; i < n; ++i) {
    std::array<double, 25> part{};
    for (double& p : part) p = random.normal();
    for (int k = 0; k < kStridePercents; ++k) {
      const double p = kTurn * k / 100.0;
      double sum = (waves ? 0.5 : 1.0) * part[0];
      for (std::size_t h = 1; h <= n_waves; ++h) {
        const auto harmonic = static_cast<double>(h);
        const double size = scatter == Scatter::kWaves ? of_wave / harmonic : of_wave;
        sum += size *
               (part[2 * h - 1] * std::cos(harmonic * p) + part[2 * h] * std::sin(harmonic * p));
      }
      curves(i, k) = kRadPerDeg * (knee_deg(k / 100.0) + sd_deg * (k > 40 ? 1.5 : 0.7) * sum);
    }
  }
  return curves;
}

std::vector<Stride> strides_for(int n) { return strides_of(n, 0.5 * 0.7, 0.7); }

/// Curves of strides made directly: no recording in between.
StrideCurves curves_of(const std::vector<Eigen::MatrixXd>& channels,
                       const StrideCurveOptions& options = {}) {
  const auto n = static_cast<int>(channels[0].rows());
  const Eigen::VectorXd time_s = times(static_cast<Eigen::Index>((n + 1) * 0.7 * kRate_hz) + 2);
  std::vector<AngleChannel> recorded;
  for (std::size_t c = 0; c < channels.size(); ++c) {
    recorded.push_back(recording_of("angle" + std::to_string(c), channels[c], 0.7, time_s));
  }
  return stride_curves(recorded, time_s, strides_for(n), {}, options);
}

// The stated 95 %, for few strides and for many: the pointwise band at each percent, the other for
// the curve as a whole.
TEST(StrideCurves, BandsOfTheMeanHoldAsOftenAsTheySay) {
  RandomStream random(11);
  Eigen::RowVectorXd truth(kStridePercents);
  for (int k = 0; k < kStridePercents; ++k) truth[k] = kRadPerDeg * knee_deg(k / 100.0);
  for (const int n : {8, 15, 40}) {
    constexpr int kTrials = 600;
    int whole = 0;
    int pointwise_everywhere = 0;
    double pointwise = 0.0;
    for (int trial = 0; trial < kTrials; ++trial) {
      const StrideCurves curves = curves_of({alike_strides(n, random)});
      const CurveSummary& all = curves.curves[0].all;
      const Eigen::ArrayXd off = (all.mean_rad - truth.transpose()).array().abs();
      whole += (off <= all.whole_half_rad.array()).all() ? 1 : 0;
      pointwise_everywhere += (off <= all.pointwise_half_rad.array()).all() ? 1 : 0;
      pointwise += static_cast<double>((off <= all.pointwise_half_rad.array()).count()) /
                   (kTrials * kStridePercents);
    }
    const double covered = whole / static_cast<double>(kTrials);
    RecordProperty("whole_n" + std::to_string(n), std::to_string(covered));
    RecordProperty("pointwise_n" + std::to_string(n), std::to_string(pointwise));
    EXPECT_GE(pointwise, 0.935) << n;
    EXPECT_LE(pointwise, 0.975) << n;
    EXPECT_GE(covered, 0.92) << n;
    EXPECT_LE(covered, 0.99) << n;
    EXPECT_LT(pointwise_everywhere, 0.85 * kTrials) << n;  // why there are two bands
  }
}

// Strides that drift know less of their mean than their number says.
TEST(StrideCurves, BandsOfTheMeanHoldAlsoForStridesThatResembleTheirNeighbours) {
  RandomStream random(27);
  constexpr int kTrials = 300;
  constexpr int kStrides = 40;
  int whole = 0;
  double correlation = 0.0;
  for (int trial = 0; trial < kTrials; ++trial) {
    Eigen::MatrixXd curves = alike_strides(kStrides, random);
    Eigen::RowVectorXd truth(kStridePercents);
    for (int k = 0; k < kStridePercents; ++k) truth[k] = kRadPerDeg * knee_deg(k / 100.0);
    curves.rowwise() -= truth;
    for (int i = 1; i < kStrides; ++i) {
      curves.row(i) = 0.5 * curves.row(i - 1) + std::sqrt(0.75) * curves.row(i);
    }
    curves.rowwise() += truth;
    const StrideCurves found = curves_of({curves});
    const CurveSummary& all = found.curves[0].all;
    const Eigen::ArrayXd off = (all.mean_rad - truth.transpose()).array().abs();
    whole += (off <= all.whole_half_rad.array()).all() ? 1 : 0;
    correlation += all.neighbour_correlation / kTrials;
  }
  RecordProperty("whole", std::to_string(whole / static_cast<double>(kTrials)));
  EXPECT_NEAR(correlation, 0.5, 0.08);
  EXPECT_GE(whole, 0.88 * kTrials);
}

// Whatever the number of strides and however they scatter, recordings of strides that are all alike
// show an outlier in no more than 5 %.
TEST(StrideOutliers, OfNormalStridesAreNoMoreOftenThanStated) {
  RandomStream random(12);
  const std::array<const char*, 4> names = {"waves", "offset", "offset_and_waves", "ragged"};
  for (const int kind : {0, 1, 2, 3}) {
    for (const int n : {8, 15, 40}) {
      constexpr int kTrials = 200;
      int called = 0;
      for (int trial = 0; trial < kTrials; ++trial) {
        std::vector<Eigen::MatrixXd> channels;
        for (int c = 0; c < 2; ++c) {
          channels.push_back(alike_strides(n, random, static_cast<Scatter>(kind)));
        }
        called += curves_of(channels, {.bootstrap_draws = 0}).outliers.empty() ? 0 : 1;
      }
      const double rate = called / static_cast<double>(kTrials);
      const std::string name = names[static_cast<std::size_t>(kind)];
      RecordProperty(name + "_n" + std::to_string(n), std::to_string(rate));
      // 5 % and two standard errors.
      EXPECT_LE(rate, 0.05 + 2.0 * std::sqrt(0.05 * 0.95 / kTrials)) << name << " " << n;
    }
  }
}

TEST(StrideOutliers, OfNormalValuesAreNearlyAsOftenAsStated) {
  RandomStream random(13);
  for (const int n : {10, 30, 45}) {
    constexpr int kTrials = 4000;
    OutlierRule rule(0.05);
    int called = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      Eigen::VectorXd values(n);
      for (double& value : values) value = random.normal();
      called += rule.find(values).empty() ? 0 : 1;
    }
    const double rate = called / static_cast<double>(kTrials);
    RecordProperty("rate_n" + std::to_string(n), std::to_string(rate));
    EXPECT_LE(rate, 0.05) << n;
    EXPECT_GE(rate, 0.02) << n;
  }
}

// How large a departure must be to be seen: the rate is bought with this.
TEST(StrideOutliers, OfTwelveSdsAreFoundAmongTwentyStridesNearlyAlways) {
  RandomStream random(19);
  OutlierRule rule(0.05 / (22 * kStrideParts));
  int found_twelve = 0;
  int found_six = 0;
  for (int trial = 0; trial < 500; ++trial) {
    Eigen::VectorXd values(20);
    for (double& value : values) value = random.normal();
    values[7] = 12.0;
    found_twelve += rule.find(values).size() == 1 ? 1 : 0;
    values[7] = 6.0;
    found_six += rule.find(values).size() == 1 ? 1 : 0;
  }
  RecordProperty("of_6_sd", std::to_string(found_six / 500.0));
  EXPECT_GE(found_twelve, 490);
  EXPECT_GE(found_six, 50);
}

TEST(StrideOutliers, DoNotHideEachOther) {
  RandomStream random(14);
  Eigen::VectorXd values(30);
  for (double& value : values) value = random.normal();
  values[4] = 9.0;
  values[17] = 9.2;
  values[23] = 8.8;
  OutlierRule rule(0.01);
  const auto outliers = rule.find(values);
  ASSERT_EQ(outliers.size(), 3U);
  EXPECT_EQ(outliers[0].index, 17);
  EXPECT_EQ(outliers[1].index, 4);
  EXPECT_EQ(outliers[2].index, 23);
  EXPECT_NEAR(outliers[0].from_others, 9.2, 0.6);  // counted from the others alone
  EXPECT_GT(outliers[0].in_sd, 6.0);
  values[9] = kNan;
  EXPECT_EQ(rule.find(values).size(), 3U);
}

TEST(StrideCurves, ListAStumbleWithTimeChannelAndReason) {
  RandomStream random(15);
  Eigen::MatrixXd knee = alike_strides(25, random);
  const Eigen::MatrixXd hip = alike_strides(25, random);
  for (int k = 50; k < 90; ++k) {
    knee(6, k) += 25.0 * kRadPerDeg * std::pow(std::sin(kTurn * (k - 50) / 80.0), 2);
  }
  const StrideCurves curves = curves_of({hip, knee});
  ASSERT_EQ(curves.outliers.size(), 1U);
  const StrideOutlier& outlier = curves.outliers[0];
  EXPECT_EQ(outlier.stride, 6);
  EXPECT_NEAR(outlier.from_s, (0.5 + 6) * 0.7, 1e-9);
  EXPECT_EQ(outlier.channel, "angle1");
  EXPECT_THAT(outlier.reason, HasSubstr("angle1 is "));
  EXPECT_THAT(outlier.reason, HasSubstr("deg above the other strides' mean at "));
  EXPECT_THAT(outlier.reason, HasSubstr(" % of the stride"));
  EXPECT_TRUE(curves.left_out[6]);
  // With and without: the mean of all still has it.
  const StrideCurve& curve = curves.curves[1];
  EXPECT_EQ(curve.all.n_strides, 25);
  EXPECT_EQ(curve.kept.n_strides, 24);
  EXPECT_GT(curve.all.mean_rad[70] - curve.kept.mean_rad[70], 0.6 * kRadPerDeg);
  EXPECT_EQ(curve.strides_rad.rows(), 25);
  EXPECT_EQ(kept_strides(curves, curve, false).rows(), 24);
}

TEST(StrideCurves, AStrideOfTwoStepsTooManyIsListedForItsTime) {
  RandomStream random(16);
  const Eigen::VectorXd time_s = times(4000);
  std::vector<Stride> strides;
  double from_s = 0.2;
  for (int i = 0; i < 20; ++i) {
    const double stride_s = (i == 8 ? 1.4 : 0.7) + random.normal(0.0, 0.01);
    Stride stride;
    stride.from_s = from_s;
    stride.to_s = from_s + stride_s;
    stride.toe_off_s = kNan;
    strides.push_back(stride);
    from_s += stride_s;
  }
  const Eigen::VectorXd still = Eigen::VectorXd::Constant(4000, 0.2);
  const StrideCurves curves =
      stride_curves(std::vector{channel_of("knee_rotation", still)}, time_s, strides);
  ASSERT_EQ(curves.outliers.size(), 1U);
  EXPECT_EQ(curves.outliers[0].stride, 8);
  EXPECT_EQ(curves.outliers[0].channel, "stride_time");
  EXPECT_THAT(curves.outliers[0].reason, HasSubstr("a contact may be wrong"));
  EXPECT_TRUE(std::isnan(curves.mean_toe_off_percent));
}

TEST(StrideCurves, AreTheSameEveryTime) {
  RandomStream random(17);
  const Eigen::MatrixXd knee = alike_strides(15, random);
  const StrideCurves one = curves_of({knee});
  const StrideCurves two = curves_of({knee});
  EXPECT_EQ(one.curves[0].kept.whole_half_rad, two.curves[0].kept.whole_half_rad);
}

TEST(StrideCurves, ReadPeaksWithTheirIntervals) {
  RandomStream random(18);
  const StrideCurves curves = curves_of({alike_strides(30, random)});
  const std::vector<CurveValue>& values = curves.curves[0].values;
  ASSERT_EQ(values.size(), 7U);
  EXPECT_EQ(values[0].name, "maximum");
  EXPECT_NEAR(values[0].mean_at_percent, 69.0, 5.0);
  EXPECT_LT(values[0].mean_rad.low, values[0].mean_rad.value);
  EXPECT_NEAR(values[2].mean_rad.value, values[0].mean_rad.value - values[1].mean_rad.value, 1e-12);
  EXPECT_EQ(values[3].mean_at_percent, 0.0);
  EXPECT_NEAR(values[4].mean_at_percent, 38.0, 1e-9);
  EXPECT_LT(values[5].mean_rad.value, values[0].mean_rad.value);  // stance bends less than swing
  EXPECT_TRUE(std::isnan(values[2].mean_at_percent));
}

}  // namespace
}  // namespace catena
