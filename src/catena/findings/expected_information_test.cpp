#include "catena/findings/expected_information.h"

#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/units.h"
#include "catena/findings/findings_fixture.h"
#include "catena/math/random_stream.h"

namespace catena {
namespace {

/// The right hip stops with this probability and would relieve the low back by 6 deg, give or take
/// 1; the left hardly ever stops.
RunFindings run_of(double right, bool has_thorax = true) {
  PlantedLeg leg;
  leg.known = true;
  leg.stop_at_deg = 12.0;
  leg.stop_sd_deg = 1.0;
  leg.relief_deg = 6.0;
  leg.relief_sd_deg = 1.0;
  leg.use_deg = 15.0;
  leg.hip = {0.4, 0.3, 0.5};
  RunFindings run;
  run.has_run = true;
  run.has_thorax = has_thorax;
  leg.stop_probability = right;
  run.legs[kRight] = plant_leg(leg, has_thorax, 1);
  leg.stop_probability = 0.001;
  run.legs[kLeft] = plant_leg(leg, has_thorax, 2);
  return run;
}

/// The rules' own, without recalibration, which the laws below do not know.
PatternAssumptions plain() {
  PatternAssumptions assumptions = answer_rules().pattern;
  assumptions.shift = 0.0;
  assumptions.slope = 1.0;
  return assumptions;
}

TEST(ExpectedInformation, WhatAReadingIsExpectedToTellIsWhatReadingsTellOnAverage) {
  // Readings drawn from the draws themselves: the mean of log odds' entropy falls by `bits`.
  const PatternAssumptions assumptions = plain();
  const Pattern before = pattern_of_run(run_of(0.5), assumptions);
  const HipEnd recorded = {0.0, 2.5 * kRadPerDeg, 0.8};
  const Expected expected = expect_hip_end(before, kRight, recorded, assumptions);
  const auto entropy = [](double p) { return -p * std::log2(p) - (1.0 - p) * std::log2(1.0 - p); };
  RandomStream stream(3);
  double told = 0.0;
  constexpr int kReadings = 1500;
  const double p0 = pattern_probability(before, assumptions);
  for (int k = 0; k < kReadings; ++k) {
    // One draw by its weight, and what would be read of it; or a reading of another hip.
    const auto draw_by_weight = [&] {
      double left = stream.uniform();
      Eigen::Index i = 0;
      while (i + 1 < before.weight.size() && left > before.weight[i]) left -= before.weight[i++];
      return i;
    };
    const Eigen::Index i = draw_by_weight();
    const double stop = before.stop_rad(i, kRight);
    const double end =
        std::isfinite(stop)
            ? stop
            : before.use_rad(i, kRight) + std::abs(stream.normal()) * assumptions.spare_sd_rad;
    HipEnd read = recorded;
    read.extension_rad = end + recorded.sd_rad * stream.normal();
    const double p =
        pattern_probability(with_hip_end(before, kRight, read, assumptions), assumptions);
    told += entropy(p0) - entropy(p);
  }
  EXPECT_NEAR(told / kReadings, expected.bits, 0.03);
  EXPECT_GT(expected.bits, 0.1);
  EXPECT_GT(expected.if_low_probability, expected.if_high_probability);
}

TEST(ExpectedInformation, AnExactReadingOfTheReliefTellsAllThatIsNotKnown) {
  const PatternAssumptions assumptions = plain();
  const Pattern pattern = pattern_of_run(run_of(0.5), assumptions);
  const Expected exact = expect_relief(pattern, 0.2 * kRadPerDeg, 1.0, assumptions);
  EXPECT_NEAR(exact.bits, 1.0, 0.1);
  EXPECT_LT(exact.if_low_probability, 0.02);
  EXPECT_GT(exact.if_high_probability, 0.98);
  const Expected vague = expect_relief(pattern, 40.0 * kRadPerDeg, 1.0, assumptions);
  EXPECT_LT(vague.bits, 0.02);
  EXPECT_NEAR(vague.if_low_probability, vague.if_high_probability, 0.2);
}

TEST(ExpectedInformation, TheWorseTheReadingTheLessItTells) {
  const PatternAssumptions assumptions = plain();
  const Pattern pattern = pattern_of_run(run_of(0.3), assumptions);
  double before = 1.0;
  for (const double sd_deg : {0.5, 1.0, 2.0, 4.0, 8.0}) {
    const double bits = expect_relief(pattern, sd_deg * kRadPerDeg, 1.0, assumptions).bits;
    EXPECT_LT(bits, before) << sd_deg;
    before = bits;
  }
}

TEST(ExpectedInformation, AReadingThatMayNotSpeakTellsLess) {
  const PatternAssumptions assumptions = plain();
  const Pattern pattern = pattern_of_run(run_of(0.4), assumptions);
  const double sure = expect_relief(pattern, 1.0 * kRadPerDeg, 1.0, assumptions).bits;
  const double perhaps = expect_relief(pattern, 1.0 * kRadPerDeg, 0.7, assumptions).bits;
  EXPECT_LT(perhaps, 0.7 * sure);
  EXPECT_NEAR(expect_relief(pattern, 1.0 * kRadPerDeg, 0.0, assumptions).bits, 0.0, 1e-9);
}

TEST(ExpectedInformation, OfARunnerWhoseAnswerIsKnownNothingTellsMuch) {
  const PatternAssumptions assumptions = plain();
  const Pattern pattern = pattern_of_run(run_of(0.001), assumptions);
  EXPECT_LT(expect_relief(pattern, 1.0 * kRadPerDeg, 1.0, assumptions).bits, 0.05);
}

TEST(ExpectedInformation, TheLowBacksPartOfThePelvisTellsWhereItDecides) {
  PatternAssumptions assumptions = plain();
  assumptions.smallest_change_rad = 4.2 * kRadPerDeg;  // of 6 deg: a part of 0.7 decides
  const Pattern without = pattern_of_run(run_of(0.999, false), assumptions);
  EXPECT_GT(expect_low_back_part(without, assumptions).bits, 0.3);
  assumptions.smallest_change_rad = 0.5 * kRadPerDeg;  // any part is enough
  EXPECT_LT(expect_low_back_part(without, assumptions).bits, 0.05);
  const Pattern with = pattern_of_run(run_of(0.999), assumptions);
  EXPECT_EQ(expect_low_back_part(with, assumptions).bits, 0.0);
}

TEST(ExpectedInformation, BeforeAnyRunTheDrawsHaveTheOddsOfTheRules) {
  const PatternAssumptions assumptions = plain();
  const Pattern pattern = pattern_before_run(assumptions);
  EXPECT_NEAR(pattern_probability(pattern, assumptions, kRight), assumptions.hip_pattern_prior,
              0.03);
  EXPECT_GT(expect_relief(pattern, 1.0 * kRadPerDeg, 1.0, assumptions).bits, 0.2);
}

}  // namespace
}  // namespace catena
