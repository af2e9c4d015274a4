#include "catena/findings/next_measurement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catena/findings/findings_fixture.h"

namespace catena {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::Not;

PlantedLeg leg_of(double stop_probability) {
  PlantedLeg leg;
  leg.known = true;
  leg.stop_probability = stop_probability;
  leg.stop_at_deg = 12.0;
  leg.stop_sd_deg = 1.0;
  leg.relief_deg = 5.0;
  leg.relief_sd_deg = 1.0;
  leg.use_deg = 15.0;
  leg.hip = {0.4, 0.3, 0.5};
  return leg;
}

RunFindings run_of(double stop_probability, double straying_deg, int n_demands = 3) {
  RunFindings run;
  run.has_run = run.has_thorax = true;
  run.n_demands = n_demands;
  for (const Side side : kSides) {
    run.legs[side] = plant_leg(leg_of(stop_probability), true, 1 + side);
    TakeUp& take_up = run.legs[side].take_up;
    take_up.deviation_low_rad = take_up.deviation_high_rad = straying_deg * kRadPerDeg;
  }
  return run;
}

Examination examined() {
  Examination exam;
  exam.symptoms.has_pain = true;
  return exam;
}

std::vector<NextMeasurement> open_for(const RunFindings& run,
                                      const std::vector<RecordedCapacity>& recorded = {}) {
  const Rules& rules = answer_rules();
  const std::optional<Examination> exam = examined();
  const Pattern pattern = pattern_of_run(run, rules.pattern);
  return open_measurements({run, exam, recorded, pattern}, rules);
}

auto named(const char* id) { return Field(&NextMeasurement::id, id); }

double bits_of(const std::vector<NextMeasurement>& open, const char* id) {
  for (const NextMeasurement& next : open) {
    if (next.id == id) return next.expected_bits;
  }
  return 0.0;
}

TEST(NextMeasurement, TheBestStandsFirst) {
  const std::vector<NextMeasurement> open = open_for(run_of(0.4, 0.5));
  ASSERT_GE(open.size(), 2);
  for (std::size_t i = 1; i < open.size(); ++i) {
    EXPECT_GE(open[i - 1].expected_bits, open[i].expected_bits);
  }
}

TEST(NextMeasurement, FiveSpeedsAreTrustedMoreThanARampAndAskedForOnce) {
  const std::vector<NextMeasurement> open = open_for(run_of(0.4, 0.5));
  EXPECT_EQ(open.front().id, "five_speeds");
  EXPECT_GT(bits_of(open, "five_speeds"), bits_of(open, "ramp"));
  EXPECT_GT(bits_of(open, "ramp"), 0.0);
  EXPECT_THAT(open_for(run_of(0.4, 0.5, 5)), Not(Contains(named("five_speeds"))));
}

TEST(NextMeasurement, WhereDemandsStrayFarMoreRunsTellLessAndTheRecordedHipIsAskedForFirst) {
  const std::vector<NextMeasurement> calm = open_for(run_of(0.4, 0.3));
  const std::vector<NextMeasurement> rough = open_for(run_of(0.4, 4.0));
  EXPECT_LT(bits_of(rough, "ramp"), 0.5 * bits_of(calm, "ramp"));
  EXPECT_EQ(calm.front().id, "five_speeds");
  EXPECT_EQ(rough.front().id, "modified_thomas_recorded");
}

TEST(NextMeasurement, WhatWouldHardlyMoveTheAnswerIsNotAsked) {
  EXPECT_TRUE(open_for(run_of(0.0005, 3.0)).empty());
}

TEST(NextMeasurement, TheQuestionsAboutPainAndRedFlagsAreAlwaysWorthTheirMinutes) {
  const Rules& rules = answer_rules();
  const Pattern pattern = pattern_of_run(run_of(0.0005, 3.0), rules.pattern);
  const std::vector<NextMeasurement> open =
      open_measurements({run_of(0.0005, 3.0), std::nullopt, {}, pattern}, rules);
  ASSERT_EQ(open.size(), 1);
  EXPECT_EQ(open[0].id, "symptoms");
}

TEST(NextMeasurement, TheQuestionsComeFirstAndHaveNoBitsOfThePattern) {
  const Rules& rules = answer_rules();
  const RunFindings run = run_of(0.4, 0.5);
  const Pattern pattern = pattern_of_run(run, rules.pattern);
  const std::vector<NextMeasurement> open =
      open_measurements({run, std::nullopt, {}, pattern}, rules);
  ASSERT_GE(open.size(), 2);
  EXPECT_EQ(open[0].id, "symptoms");
  EXPECT_TRUE(std::isnan(open[0].expected_bits));
  EXPECT_EQ(open[1].id, "five_speeds");
}

TEST(NextMeasurement, ARecordedHipIsNotAskedForAgain) {
  const Estimate end = {0.3, 0.3, 0.3, 0.90, "planted"};
  const std::vector<RecordedCapacity> both = {{"modified_thomas", kRight, end, "r.c3d"},
                                              {"modified_thomas", kLeft, end, "l.c3d"}};
  EXPECT_THAT(open_for(run_of(0.4, 0.5), both), Not(Contains(named("modified_thomas_recorded"))));
}

TEST(NextMeasurement, WithoutARunARunIsAskedFor) {
  const std::vector<NextMeasurement> open = open_for(RunFindings{});
  ASSERT_FALSE(open.empty());
  EXPECT_EQ(open.front().id, "five_speeds");
}

}  // namespace
}  // namespace catena
