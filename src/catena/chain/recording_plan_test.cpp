#include "catena/chain/recording_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "catena/chain/plan_table_file.h"

namespace catena {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

using Rule = std::function<Outlook(const PlanCell&)>;

/// A table whose every cell follows a rule.
PlanTable table_of(const Rule& rule) {
  PlanTable table;
  table.stop_deg = 4.0;
  table.sessions = 10;
  for (const double spread_deg : {3.0, 6.0, 12.0, 24.0}) {
    for (const double n : {2.0, 3.0, 5.0, 8.0}) {
      for (const double strides : {5.0, 10.0, 40.0}) {
        table.cells.push_back({false, n, strides, spread_deg, {}});
      }
    }
    for (const double seconds : {60.0, 75.0, 120.0}) {
      table.cells.push_back({true, seconds, 0.0, spread_deg, {}});
    }
  }
  for (PlanCell& cell : table.cells) cell.outlook = rule(cell);
  return table;
}

Outlook at(const PlanTable& table, const PlanCell& plan) {
  const auto found = look_up(table, plan);
  EXPECT_TRUE(found.has_value());
  return found.value_or(Outlook());
}

RecordingPlan speeds(std::vector<double> speeds_m_s, double strides = 10.0) {
  RecordingPlan plan;
  plan.speeds_m_s = std::move(speeds_m_s);
  plan.strides = strides;
  return plan;
}
RecordingPlan ramp(double from_m_s, double to_m_s, double seconds) {
  RecordingPlan plan;
  plan.ramp_from_m_s = from_m_s;
  plan.ramp_to_m_s = to_m_s;
  plan.ramp_s = seconds;
  return plan;
}

std::string refusal(const RecordingPlan& plan) {
  const auto outlook =
      outlook_of(plan, table_of([](const PlanCell&) { return Outlook{1.0, 0.5, 0.5, 0.0}; }));
  EXPECT_FALSE(outlook);
  return outlook ? "" : to_sentence(outlook.error());
}

TEST(PlanTable, TheOneInTheProgramReadsAndNamesTheCommandThatMadeIt) {
  const auto table = parse_plan_table(plan_table_file(), "plan_table.json");
  ASSERT_TRUE(table) << to_sentence(table.error());
  EXPECT_THAT(table->command, StartsWith("catena-validate plan-table"));
  EXPECT_GE(table->sessions, 20);
  for (const PlanCell& cell : table->cells) {
    // Who is given no share has no interval; who is given some has one.
    EXPECT_EQ(std::isnan(cell.outlook.width), cell.outlook.given == 0.0);
    EXPECT_EQ(std::isnan(cell.outlook.error), cell.outlook.given == 0.0);
    // Two demands show nothing of how far demands stray.
    if (!cell.is_ramp && cell.size == 2.0) {
      EXPECT_EQ(cell.outlook.given, 0.0);
    }
  }
}

TEST(PlanTable, RefusesCellsThatAreNoFullGrid) {
  std::string text(plan_table_file());
  const std::size_t from = text.find("    {\"speeds\": 5");
  ASSERT_NE(from, std::string::npos);
  text.erase(from, text.find('\n', from) - from + 1);
  const auto table = parse_plan_table(text, "t.json");
  ASSERT_FALSE(table);
  EXPECT_THAT(to_sentence(table.error()), HasSubstr("not a full grid"));
}

TEST(PlanTable, IsExactAtItsCellsAndForWhatIsLinearBetweenThem) {
  // Linear in the size, in one over the strides and in one over the spread.
  const Rule rule = [](const PlanCell& cell) {
    const double of_strides = cell.is_ramp ? 0.0 : 1.0 / cell.strides;
    const double value = 2.0 + 0.1 * cell.size + 3.0 * of_strides + 5.0 / cell.spread_deg;
    return Outlook{1.0, value, 0.1 * value, 0.01 * value};
  };
  const PlanTable table = table_of(rule);
  for (PlanCell plan : {PlanCell{false, 3, 10, 12, {}}, PlanCell{false, 4, 7, 17, {}},
                        PlanCell{false, 8, 40, 24, {}}, PlanCell{true, 90, 0, 4, {}}}) {
    const Outlook expected = rule(plan);
    EXPECT_NEAR(at(table, plan).width, expected.width, 1e-12);
    EXPECT_NEAR(at(table, plan).power, expected.power, 1e-12);
    EXPECT_NEAR(at(table, plan).given, 1.0, 1e-12);
  }
}

TEST(PlanTable, SaysNothingOutsideOfItself) {
  const PlanTable table = table_of([](const PlanCell&) { return Outlook{1, 1, 1, 0}; });
  EXPECT_FALSE(look_up(table, {false, 9, 10, 12, {}}));
  EXPECT_FALSE(look_up(table, {false, 5, 4, 12, {}}));
  EXPECT_FALSE(look_up(table, {false, 5, 10, 30, {}}));
  EXPECT_FALSE(look_up(table, {true, 130, 0, 12, {}}));
}

TEST(PlanTable, WhereACellBesideIsNotKnownTheValueBetweenIsNotKnown) {
  const PlanTable table = table_of([](const PlanCell& cell) {
    return Outlook{1.0, cell.size < 3 ? kNan : 0.5, cell.spread_deg < 6 ? kNan : 0.7, 0.0};
  });
  EXPECT_TRUE(std::isnan(at(table, {false, 2, 10, 12, {}}).width));
  EXPECT_NEAR(at(table, {false, 3, 10, 12, {}}).width, 0.5, 1e-12);
  EXPECT_TRUE(std::isnan(at(table, {false, 3, 10, 4, {}}).power));
  EXPECT_NEAR(at(table, {false, 3, 10, 6, {}}).power, 0.7, 1e-12);
}

TEST(RecordingPlan, TheThighsSpreadIsThePublishedOne) {
  const ThighSpread public_runners = expected_spread(2.5, 4.5);
  EXPECT_NEAR(public_runners.least_deg, 5.0, 1e-9);
  EXPECT_NEAR(public_runners.middle_deg, 12.0, 1e-9);
  EXPECT_NEAR(public_runners.most_deg, 16.0, 1e-9);
  EXPECT_NEAR(expected_spread(2.5, 9.0).middle_deg, 25.0, 1e-9);
  EXPECT_NEAR(expected_spread(3.5, 7.0).middle_deg, 13.0, 1e-9);
  EXPECT_NEAR(expected_spread(2.0, 2.5).middle_deg, 3.0, 1e-9);
}

TEST(RecordingPlan, LooksUpThreeRunnersAndSaysWhatItLooksAt) {
  const PlanTable table = table_of([](const PlanCell& cell) {
    return Outlook{1.0, 6.0 / cell.spread_deg, cell.spread_deg / 48.0, 0.01};
  });
  const auto outlook = outlook_of(speeds({4.5, 2.5, 3.5}), table);
  ASSERT_TRUE(outlook) << to_sentence(outlook.error());
  EXPECT_NEAR(outlook->least->width, 6.0 / 5.0, 1e-9);
  EXPECT_NEAR(outlook->middle->width, 0.5, 1e-9);
  EXPECT_NEAR(outlook->most->width, 6.0 / 16.0, 1e-9);
  EXPECT_EQ(name_of(outlook->plan),
            "3 speeds from 2.5 to 4.5 m/s (9.0 to 16.2 km/h), 10 strides of each leg at each");
  EXPECT_TRUE(outlook->notes.empty());
  EXPECT_EQ(name_of(ramp(2.5, 4.5, 75)), "a ramp of 75 s from 2.5 to 4.5 m/s (9.0 to 16.2 km/h)");
}

TEST(RecordingPlan, ARunnerWhoseThighHardlyMovesMayLieOutsideTheTable) {
  const PlanTable table = table_of([](const PlanCell&) { return Outlook{1, 0.5, 0.5, 0}; });
  const auto outlook = outlook_of(speeds({2.5, 3.0, 3.5}), table);
  ASSERT_TRUE(outlook) << to_sentence(outlook.error());
  EXPECT_FALSE(outlook->least);
  EXPECT_TRUE(outlook->middle);
}

TEST(RecordingPlan, AdvisesARampOnlyWhereTheTableSaysThatItTellsMore) {
  const auto advice = [](double of_ramp, double of_five) {
    const PlanTable table = table_of([&](const PlanCell& cell) {
      const double width = cell.is_ramp ? of_ramp : cell.size >= 5 ? of_five : 0.8;
      return Outlook{1.0, width, 0.3, 0.0};
    });
    return outlook_of(speeds({2.5, 3.5, 4.5}), table).value().advice;
  };
  EXPECT_THAT(advice(0.4, 0.7),
              StartsWith("With a ramp of 75 s from 2.5 to 4.5 m/s (9.0 to 16.2 km/h), the hip's "
                         "share would be known to within 0.20 instead of 0.40"));
  EXPECT_THAT(advice(0.9, 0.3), AllOf(StartsWith("With 5 speeds"), Not(HasSubstr("ramp"))));
  EXPECT_THAT(advice(0.9, 0.6),
              AllOf(StartsWith("No plan that was simulated would halve the error"),
                    HasSubstr("5 speeds"), Not(HasSubstr("ramp"))));
  EXPECT_EQ(advice(0.9, 0.79), "No other plan that was simulated would tell clearly more.");
}

// With few demands the interval is narrow because nothing shows how far they stray.
TEST(RecordingPlan, AnIntervalThatPromisesTooMuchIsNoReasonToRecordLess) {
  const PlanTable table = table_of([](const PlanCell& cell) {
    const bool few = !cell.is_ramp && cell.size < 5;
    return Outlook{1.0, few ? 0.2 : 0.4, 0.3, 0.0, few ? 0.5 : 0.2};
  });
  EXPECT_NEAR(known_within(*outlook_of(speeds({2.5, 3.5, 4.5}), table).value().middle), 0.5, 1e-12);
  EXPECT_THAT(outlook_of(speeds({2.5, 3.5, 4.5}), table).value().advice,
              HasSubstr("known to within 0.20 instead of 0.50"));
  EXPECT_EQ(outlook_of(ramp(2.5, 4.5, 75), table).value().advice,
            "No other plan that was simulated would tell clearly more.");
}

TEST(RecordingPlan, AdvisesWhatGivesAStopAFairChance) {
  const PlanTable table = table_of([](const PlanCell& cell) {
    return Outlook{1.0, 0.5, cell.size >= 8 && !cell.is_ramp ? 0.85 : 0.4, 0.0};
  });
  EXPECT_THAT(outlook_of(ramp(2.5, 4.5, 75), table).value().advice,
              AllOf(StartsWith("With 8 speeds from 2.5 to 4.5"),
                    HasSubstr("a hip stop 4 deg inside the range would be found in 85 % instead of "
                              "40 %")));
}

TEST(RecordingPlan, WhatWasNotSimulatedIsRefusedWithASentence) {
  EXPECT_THAT(refusal(speeds({2.5, 3.5, 14})), HasSubstr("nothing is known of 14 m/s"));
  EXPECT_THAT(refusal(speeds({3.5})), HasSubstr("one speed shows no change"));
  EXPECT_THAT(refusal(speeds({3.5, 3.6, 4.5})), HasSubstr("within 5 %"));
  EXPECT_THAT(refusal(speeds({2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6})), HasSubstr("more than 8"));
  EXPECT_THAT(refusal(speeds({2.5, 3.5}, 2)), HasSubstr("plan 5 to 40"));
  EXPECT_THAT(refusal(speeds({2.5, 3.5}, kNan)), HasSubstr("were not simulated"));
  EXPECT_THAT(refusal(speeds({2.5, 2.8})), HasSubstr("1.8 deg further behind"));
  EXPECT_THAT(refusal(ramp(2.5, 4.5, 30)), HasSubstr("plan one of 60 to 120 s"));
  EXPECT_THAT(refusal(ramp(2.5, 2.5, 75)), HasSubstr("within 5 %"));
  EXPECT_THAT(refusal(ramp(2.5, kNan, 75)), HasSubstr("nothing is known"));
}

TEST(RecordingPlan, SaysThatSpeedsAreNotEvenlySpread) {
  const PlanTable table = table_of([](const PlanCell&) { return Outlook{1, 0.5, 0.5, 0}; });
  const auto outlook = outlook_of(speeds({2.5, 2.8, 4.5}), table);
  ASSERT_TRUE(outlook);
  ASSERT_EQ(outlook->notes.size(), 1U);
  EXPECT_THAT(outlook->notes[0], HasSubstr("not evenly spread"));
}

}  // namespace
}  // namespace catena
