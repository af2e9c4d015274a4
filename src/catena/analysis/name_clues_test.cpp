#include "catena/analysis/name_clues.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace catena {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(NameClues, KnowsTheStandingTrialByItsName) {
  for (const char* name : {"static", "RBDS014static", "Standing_01", "neutral", "SprintCalib",
                           "static_run", "subject3_cal", "Cal 02", "P04Stat", "stat1"}) {
    EXPECT_TRUE(is_standing_name(name)) << name;
  }
  for (const char* name : {"run0350cms", "vertical_jump", "calf_raise", "status", "walk", "",
                           "statistics_run", "local2"}) {
    EXPECT_FALSE(is_standing_name(name)) << name;
  }
}

TEST(NameClues, ReadsSpeedsWithTheirUnits) {
  EXPECT_THAT(speeds_from_names({"run0350cms", "run0900cms"}),
              ElementsAre(DoubleEq(3.5), DoubleEq(9.0)));
  EXPECT_THAT(speeds_from_names({"run_3.5ms", "run_3.5ms_02"}),
              ElementsAre(DoubleEq(3.5), DoubleEq(3.5)));
  EXPECT_THAT(speeds_from_names({"S1 12kmh", "S1 14,4 km_h"}),
              ElementsAre(DoubleEq(12 / 3.6), DoubleEq(4.0)));
  EXPECT_THAT(speeds_from_names({"run_4mps"}), ElementsAre(DoubleEq(4.0)));
}

TEST(NameClues, ReadsTreadmillTrialsInTenths) {
  EXPECT_THAT(speeds_from_names({"RBDS014runT25", "RBDS014runT35", "RBDS014runT45"}),
              ElementsAre(DoubleEq(2.5), DoubleEq(3.5), DoubleEq(4.5)));
}

TEST(NameClues, DoesNotTakeTrialNumbersForSpeeds) {
  EXPECT_THAT(speeds_from_names({"run01", "run02", "run03"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({"S00_T01", "S00_T02"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({"runT31", "runT32", "runT33"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({"runT25"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({"T2500", "T3500"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({"runSET25", "runSET35"}), IsEmpty());
}

TEST(NameClues, IsSilentUnlessEveryNameTellsTheSameWay) {
  EXPECT_THAT(speeds_from_names({"run0350cms", "run_fast"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({"run_3.5ms", "run_14kmh"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({"from_2ms_to_4ms"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({"run_3_5ms"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({"window_350ms"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({"run_0ms"}), IsEmpty());
  EXPECT_THAT(speeds_from_names({}), IsEmpty());
}

}  // namespace
}  // namespace catena
