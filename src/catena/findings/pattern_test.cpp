#include "catena/findings/pattern.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "catena/core/units.h"
#include "catena/findings/findings_fixture.h"
#include "catena/math/random_stream.h"

namespace catena {
namespace {

PlantedLeg stopping(double probability) {
  PlantedLeg leg;
  leg.known = true;
  leg.stop_probability = probability;
  leg.stop_at_deg = 12.0;
  leg.stop_sd_deg = 1.0;
  leg.relief_deg = 6.0;
  leg.relief_sd_deg = 1.0;
  leg.use_deg = 15.0;
  leg.hip = {0.4, 0.3, 0.5};
  return leg;
}

RunFindings run_of(double right, double left, bool has_thorax = true) {
  RunFindings run;
  run.has_run = true;
  run.has_thorax = has_thorax;
  run.legs[kRight] = plant_leg(stopping(right), has_thorax, 1);
  run.legs[kLeft] = plant_leg(stopping(left), has_thorax, 2);
  return run;
}

/// The rules' own, without recalibration, which the laws below do not know.
PatternAssumptions plain() {
  PatternAssumptions assumptions = answer_rules().pattern;
  assumptions.shift = 0.0;
  assumptions.slope = 1.0;
  return assumptions;
}

TEST(Pattern, OneHipsProbabilityIsThatOfItsStopWhereEveryStopRelieves) {
  PatternAssumptions assumptions = plain();
  assumptions.stop_prior = 0.25;  // as stops are told
  for (const double told : {0.1, 0.5, 0.9}) {
    const Pattern pattern = pattern_of_run(run_of(told, 0.001), assumptions);
    EXPECT_NEAR(pattern_probability(pattern, assumptions, kRight), told, 0.05) << told;
  }
}

TEST(Pattern, EitherHipIsEnough) {
  PatternAssumptions assumptions = plain();
  assumptions.stop_prior = 0.25;
  const Pattern pattern = pattern_of_run(run_of(0.5, 0.5), assumptions);
  EXPECT_NEAR(pattern_probability(pattern, assumptions), 0.75, 0.05);
}

TEST(Pattern, ReliefBelowTheSmallestDetectableChangeIsNone) {
  PatternAssumptions assumptions = plain();
  assumptions.smallest_change_rad = 10.0 * kRadPerDeg;
  const Pattern pattern = pattern_of_run(run_of(0.99, 0.99), assumptions);
  EXPECT_LT(pattern_probability(pattern, assumptions), 0.01);
}

TEST(Pattern, MoreOddsBeforehandGiveMoreAfterwards) {
  PatternAssumptions low = plain();
  PatternAssumptions high = plain();
  low.stop_prior = 0.05;
  high.stop_prior = 0.5;
  const RunFindings run = run_of(0.5, 0.01);
  EXPECT_LT(pattern_probability(pattern_of_run(run, low), low),
            pattern_probability(pattern_of_run(run, high), high) - 0.2);
}

TEST(Pattern, AHipThatEndsAtItsStopSpeaksForAndOneThatGoesOnAgainst) {
  const PatternAssumptions assumptions = plain();
  const Pattern before = pattern_of_run(run_of(0.5, 0.01), assumptions);
  const double p = pattern_probability(before, assumptions, kRight);
  const HipEnd early = {12.0 * kRadPerDeg, 2.5 * kRadPerDeg, 1.0};
  const HipEnd late = {28.0 * kRadPerDeg, 2.5 * kRadPerDeg, 1.0};
  EXPECT_GT(pattern_probability(with_hip_end(before, kRight, early, assumptions), assumptions), p);
  EXPECT_LT(pattern_probability(with_hip_end(before, kRight, late, assumptions), assumptions),
            0.1 * p);
}

TEST(Pattern, AnExaminationThatSaysNothingOfRunningMovesNothing) {
  const PatternAssumptions assumptions = plain();
  const Pattern before = pattern_of_run(run_of(0.5, 0.01), assumptions);
  const HipEnd end = {12.0 * kRadPerDeg, 2.5 * kRadPerDeg, 0.0};
  EXPECT_DOUBLE_EQ(pattern_probability(with_hip_end(before, kRight, end, assumptions), assumptions),
                   pattern_probability(before, assumptions));
}

TEST(Pattern, WithoutAThoraxTheLowBackHasAPartOfThePelvis) {
  PatternAssumptions assumptions = plain();
  assumptions.smallest_change_rad = 4.2 * kRadPerDeg;  // of 6 deg: a part of 0.7
  const double seen =
      pattern_probability(pattern_of_run(run_of(0.9, 0.001), assumptions), assumptions);
  const double unseen =
      pattern_probability(pattern_of_run(run_of(0.9, 0.001, false), assumptions), assumptions);
  EXPECT_NEAR(unseen / seen, 0.5, 0.1);
}

TEST(Pattern, WithoutARunThereIsNoProbability) {
  const PatternAssumptions assumptions = plain();
  EXPECT_TRUE(std::isnan(pattern_probability(pattern_of_run({}, assumptions), assumptions)));
}

}  // namespace
}  // namespace catena
