#include "catena/gait/stride_sampling.h"
#include "catena/gait/test_strides.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
using test::knee_deg;
using test::kRate_hz;
using test::kTurn;
using test::strides_of;
using test::times;

TEST(ValueBetween, IsExactOnCubicsAndOnSamples) {
  Eigen::VectorXd x(12);
  const auto cubic = [](double t) { return 2.0 - 3.0 * t + 0.7 * t * t - 0.11 * t * t * t; };
  for (Eigen::Index k = 0; k < 12; ++k) x[k] = cubic(static_cast<double>(k));
  for (double t = 1.0; t <= 10.0; t += 0.37) EXPECT_NEAR(value_between(x, t), cubic(t), 1e-12);
  EXPECT_EQ(value_between(x, 0.0), x[0]);
  EXPECT_EQ(value_between(x, 11.0), x[11]);
  EXPECT_TRUE(std::isnan(value_between(x, -0.01)));
  EXPECT_TRUE(std::isnan(value_between(x, 11.01)));
}

TEST(ValueBetween, BesideLostSamplesIsAParabolaThenALine) {
  Eigen::VectorXd x(6);
  for (Eigen::Index k = 0; k < 6; ++k) x[k] = static_cast<double>(k * k);
  x[3] = kNan;
  EXPECT_NEAR(value_between(x, 1.5), 2.25, 1e-12);
  EXPECT_TRUE(std::isnan(value_between(x, 2.5)));
  EXPECT_NEAR(value_between(x, 4.5), 20.5, 1e-12);  // both outer ones are missing
  EXPECT_EQ(value_between(x, 2.0), 4.0);
}

// Why a cubic: at 150 Hz and three strides in two seconds straight lines cut the knee's bends.
TEST(StrideSampler, DoesNotSmearACurveThatIsKnown) {
  const double stride_s = 0.6713;
  const Eigen::VectorXd time_s = times(400);
  Eigen::VectorXd knee(400);
  for (Eigen::Index k = 0; k < 400; ++k) knee[k] = knee_deg(time_s[k] / stride_s);
  const StrideSampler sampler(time_s, strides_of(2, 0.2 * stride_s, stride_s));
  const Eigen::MatrixXd sampled = sampler.sample(knee);
  double worst_deg = 0.0;
  double worst_line_deg = 0.0;
  for (int percent = 0; percent < kStridePercents; ++percent) {
    const double at_s = (0.2 + percent / 100.0) * stride_s;
    const double truth = knee_deg(at_s / stride_s);
    worst_deg = std::max(worst_deg, std::abs(sampled(0, percent) - truth));
    const auto frame = static_cast<Eigen::Index>(at_s * kRate_hz);
    const double part = at_s * kRate_hz - static_cast<double>(frame);
    const double line = (1 - part) * knee[frame] + part * knee[frame + 1];
    worst_line_deg = std::max(worst_line_deg, std::abs(line - truth));
  }
  RecordProperty("cubic_deg", std::to_string(worst_deg));
  RecordProperty("straight_lines_deg", std::to_string(worst_line_deg));
  EXPECT_LT(worst_deg, 0.002);
  EXPECT_GT(worst_line_deg, 20 * worst_deg);
}

TEST(StrideSampler, OutsideTheRecordingThereIsNothing) {
  const Eigen::VectorXd time_s = times(151);
  const StrideSampler sampler(time_s, strides_of(2, 0.2, 0.5));
  const Eigen::MatrixXd sampled = sampler.sample(time_s);
  EXPECT_NEAR(sampled(0, 0), 0.2, 1e-12);
  EXPECT_NEAR(sampled(0, 100), 0.7, 1e-12);
  EXPECT_NEAR(sampled(1, 60), 1.0, 1e-12);  // the last frame
  EXPECT_TRUE(std::isnan(sampled(1, 61)));
}

TEST(Highest, FindsThePeakBetweenPercents) {
  Eigen::RowVectorXd curve(kStridePercents);
  for (int k = 0; k < kStridePercents; ++k) {
    curve[k] = 30.0 * std::cos(kTurn * (static_cast<double>(k) - 41.37) / 100.0);
  }
  const CurvePeak peak = highest(curve, 0, 100);
  EXPECT_NEAR(peak.value, 30.0, 1e-5);
  EXPECT_NEAR(peak.percent, 41.37, 1e-2);
  EXPECT_NEAR(lowest(curve, 0, 100).percent, 91.37, 1e-2);
  EXPECT_EQ(highest(curve, 0, 20).percent, 20.0);  // still rising at the end
  curve[3] = kNan;
  EXPECT_TRUE(std::isnan(highest(curve, 0, 100).value));
  EXPECT_FALSE(std::isnan(highest(curve, 10, 100).value));
}

}  // namespace
}  // namespace catena
