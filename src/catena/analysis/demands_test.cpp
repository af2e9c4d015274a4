#include "catena/analysis/demands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace catena {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

RunInput asked(std::optional<double> speed_m_s, std::optional<double> incline = {},
               std::optional<double> cadence = {}, const std::string& condition = "") {
  return {"x", "", {speed_m_s, incline, cadence, {}, condition, false}, ""};
}
RunInput asked_stride(double speed_m_s, double stride_length_m) {
  return {"x", "", {speed_m_s, {}, {}, stride_length_m, "", false}, ""};
}
RunInput written(const std::string& demand) { return run_input("x", demand); }

Demands of(const std::vector<RunInput>& runs, std::vector<double> speeds_m_s = {}) {
  speeds_m_s.resize(runs.size(), kNan);
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= runs.size(); ++i) names.push_back("run" + std::to_string(i));
  std::vector<SeenSpeed> seen;
  for (const double speed_m_s : speeds_m_s) seen.push_back({.speed_m_s = speed_m_s});
  return find_demands(runs, names, seen);
}

TEST(Demands, TakeABeltsSpeedFromTheStandingFeetAndSaySo) {
  const Demands demands =
      find_demands({run_input("x"), written("3 m/s")}, {"a", "b"},
                   {{.speed_m_s = 2.5, .of_belt = true}, {.speed_m_s = 3.1, .of_belt = true}});
  EXPECT_EQ(demands.of_runs[0].label, "2.5 m/s");
  EXPECT_THAT(demands.of_runs[0].source, HasSubstr("found from the standing feet"));
  EXPECT_EQ(demands.of_runs[1].label, "3 m/s");
  EXPECT_EQ(demands.of_runs[1].source, "given");
}

std::vector<std::string> labels_of(const Demands& demands) {
  std::vector<std::string> labels;
  for (const DemandOfRun& run : demands.of_runs) labels.push_back(run.label);
  return labels;
}

std::vector<bool> in_series(const Demands& demands) {
  std::vector<bool> in;
  for (const DemandOfRun& run : demands.of_runs) in.push_back(run.in_series);
  return in;
}

TEST(Demands, SpeedsWithin5PercentAreOne) {
  const Demands found = of({asked(3.0), asked(3.6), asked(3.1)});
  EXPECT_THAT(labels_of(found), ElementsAre("3.0 m/s", "3.6 m/s", "3.0 m/s"));
  EXPECT_THAT(in_series(found), ElementsAre(true, true, true));
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST(Demands, SpeedsThatDifferHaveLabelsThatDiffer) {
  EXPECT_THAT(labels_of(of({asked(1.06), asked(1.13)})), ElementsAre("1.06 m/s", "1.13 m/s"));
}

TEST(Demands, TheSpeedMeasuredStandsInForWhatWasNotSaid) {
  const Demands found = of({written(""), written(""), asked(3.5)}, {2.5, 2.55, 3.6});
  EXPECT_THAT(labels_of(found), ElementsAre("2.5 m/s", "2.5 m/s", "3.5 m/s"));
  EXPECT_EQ(found.of_runs[0].source, "speed over the ground 2.50 m/s");
  EXPECT_EQ(found.of_runs[2].source, "given");
}

TEST(Demands, ARunOfWhichNothingIsKnownIsADemandOfItsOwn) {
  const Demands found = of({written(""), written(""), asked(3.5)});
  EXPECT_THAT(labels_of(found), ElementsAre("run1", "run2", "3.5 m/s"));
  EXPECT_THAT(in_series(found), ElementsAre(true, true, true));
}

TEST(Demands, WhatWasWrittenStaysAndOneTextIsOneDemand) {
  const Demands found = of({written("slow"), written("fast"), written("slow")}, {2.5, 3.5, 4.5});
  EXPECT_THAT(labels_of(found), ElementsAre("slow", "fast", "slow"));
  EXPECT_THAT(in_series(found), ElementsAre(true, true, true));
  EXPECT_THAT(labels_of(of({written("12 km/h"), written("2.50 m/s")})),
              ElementsAre("12 km/h", "2.50 m/s"));
}

TEST(Demands, KindsAreNotMixedTheLargerSeriesIsTaken) {
  const Demands speeds = of({asked(2.5), asked(3.0), asked(3.5), asked(3.0, 5.0)});
  EXPECT_EQ(speeds.kind, DemandKind::kSpeed);
  EXPECT_THAT(labels_of(speeds),
              ElementsAre("2.5 m/s", "3.0 m/s", "3.5 m/s", "3.0 m/s, +5 % incline"));
  EXPECT_THAT(in_series(speeds), ElementsAre(true, true, true, false));
  ASSERT_EQ(speeds.notes.size(), 1U);
  EXPECT_THAT(speeds.notes[0], HasSubstr("differ in speed only"));
  EXPECT_THAT(speeds.notes[0], HasSubstr("run4"));

  // The level run belongs to the inclines too.
  const Demands inclines = of({asked(3.0, -5.0), asked(3.0), asked(3.0, 5.0), asked(4.0)});
  EXPECT_EQ(inclines.kind, DemandKind::kIncline);
  EXPECT_THAT(in_series(inclines), ElementsAre(true, true, true, false));
}

TEST(Demands, CadencesAndConditionsAreKindsToo) {
  const Demands cadences =
      of({asked(3.0, {}, 160), asked(3.0, {}, 170), asked(3.0, {}, 180), asked(3.0)});
  EXPECT_EQ(cadences.kind, DemandKind::kCadence);
  EXPECT_EQ(cadences.of_runs[1].label, "3.0 m/s, 170 steps/min");
  const Demands shoes = of({asked(3.0, {}, {}, "barefoot"), asked(3.0, {}, {}, "shoes")});
  EXPECT_EQ(shoes.kind, DemandKind::kCondition);
  EXPECT_THAT(labels_of(shoes), ElementsAre("3.0 m/s, barefoot", "3.0 m/s, shoes"));
}

TEST(Demands, ARampOutweighsSingleInclines) {
  const Demands found =
      of({written("ramp"), asked(3.0, 2.0), asked(3.0, 4.0), asked(3.0, 6.0), asked(3.0)});
  EXPECT_EQ(found.kind, DemandKind::kSpeed);
  EXPECT_TRUE(found.of_runs[0].is_ramp);
  EXPECT_THAT(in_series(found), ElementsAre(true, false, false, false, true));
}

TEST(Demands, StrideLengthsAtOneSpeedAreAKind) {
  const Demands found = of({asked_stride(3.0, 1.9), asked_stride(3.0, 2.1), asked_stride(3.0, 2.12),
                            asked_stride(3.0, 2.4), asked(3.0)});
  EXPECT_EQ(found.kind, DemandKind::kStrideLength);
  EXPECT_THAT(labels_of(found),
              ElementsAre("3.0 m/s, 1.90 m stride", "3.0 m/s, 2.11 m stride",
                          "3.0 m/s, 2.11 m stride", "3.0 m/s, 2.40 m stride", "3.0 m/s"));
}

Demands with_seen(const std::vector<RunInput>& runs, const SeenSpeed& seen) {
  return find_demands(runs, {"run1", "run2"}, {seen, {.speed_m_s = 3.0, .of_belt = true}});
}

TEST(Demands, ARampThatNobodySaidIsSeenAndSaid) {
  const SeenSpeed rising = {.speed_m_s = 3.5, .of_belt = true, .from_m_s = 2.5, .to_m_s = 4.5};
  const Demands found = with_seen({written(""), written("")}, rising);
  EXPECT_TRUE(found.of_runs[0].is_ramp);
  EXPECT_EQ(found.of_runs[0].label, "ramp");
  EXPECT_THAT(found.of_runs[0].source, HasSubstr("from 2.50 to 4.50 m/s"));
  EXPECT_EQ(found.of_runs[0].from_m_s, 2.5);
  EXPECT_EQ(found.of_runs[0].to_m_s, 4.5);
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_THAT(found.notes[0], HasSubstr("run1: The belt's speed changes steadily"));
  EXPECT_EQ(speeds_of_series(found).fastest_m_s, 4.5);
  // Whoever says a speed, or a name, is believed.
  for (const RunInput& run : {asked(3.5), written("warm-up")}) {
    EXPECT_FALSE(with_seen({run, written("")}, rising).of_runs[0].is_ramp);
  }
}

TEST(Demands, ABeltThatChangesByLessThanAFifthIsNoRamp) {
  const SeenSpeed nearly = {.speed_m_s = 3.2, .of_belt = true, .from_m_s = 3.0, .to_m_s = 3.5};
  const Demands found = with_seen({written(""), written("")}, nearly);
  EXPECT_FALSE(found.of_runs[0].is_ramp);
  EXPECT_EQ(found.of_runs[0].label, "3.2 m/s");
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST(Demands, ARampThatIsSaidButNotSeenStaysOneWithANote) {
  const Demands found =
      with_seen({written("ramp"), written("")}, {.speed_m_s = 3.0, .of_belt = true});
  EXPECT_TRUE(found.of_runs[0].is_ramp);
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_THAT(found.notes[0], HasSubstr("run1: A ramp is said, but"));
  EXPECT_TRUE(std::isnan(speeds_of_series(found).slowest_m_s));
}

TEST(Demands, TwoRampsAreTwoDemands) {
  const Demands found = of({written("ramp"), written("ramp")});
  EXPECT_THAT(labels_of(found), ElementsAre("ramp", "ramp (2)"));
  EXPECT_THAT(in_series(found), ElementsAre(true, true));
}

TEST(Demands, SaysWhenTheRecordingShowsAnotherSpeed) {
  const Demands found = of({asked(3.5), asked(2.5)}, {4.5, 2.6});
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_THAT(found.notes[0], HasSubstr("run1: The speed is said to be 3.50 m/s"));
  EXPECT_THAT(labels_of(found), ElementsAre("3.5 m/s", "2.5 m/s"));
}

TEST(Demands, TheSeriesHasARangeOfSpeedsWhereEachIsKnown) {
  const SpeedRange range = speeds_of_series(of({asked(3.5), asked(2.5), written("")}, {3, 2, 4.4}));
  EXPECT_EQ(range.slowest_m_s, 2.5);
  EXPECT_EQ(range.fastest_m_s, 4.4);
  EXPECT_TRUE(range.level);
  EXPECT_FALSE(speeds_of_series(of({asked(2.5, 5), asked(3.5, 5)})).level);
  EXPECT_TRUE(std::isnan(speeds_of_series(of({asked(2.5), written("")})).slowest_m_s));
  EXPECT_TRUE(std::isnan(speeds_of_series(of({asked(3, 0), asked(3, 5)})).slowest_m_s));
}

TEST(Demands, ReadsWhatPeopleWrite) {
  EXPECT_EQ(parse_demand("3.5 m/s").speed_m_s, 3.5);
  EXPECT_DOUBLE_EQ(*parse_demand(" 12 km/h").speed_m_s, 12 / 3.6);
  EXPECT_EQ(parse_demand("+5 % incline").incline_percent, 5.0);
  EXPECT_EQ(parse_demand("-2%").incline_percent, -2.0);
  EXPECT_EQ(parse_demand("172 steps/min").cadence_steps_min, 172.0);
  EXPECT_EQ(parse_demand("1.4 m stride").stride_length_m, 1.4);
  EXPECT_TRUE(parse_demand("Ramp").ramp);
  for (const char* text : {"slow", "-3 m/s", "3.5", "3 apples", "+", ""}) {
    EXPECT_EQ(parse_demand(text).condition, text);
    EXPECT_FALSE(parse_demand(text).speed_m_s);
  }
}

}  // namespace
}  // namespace catena
