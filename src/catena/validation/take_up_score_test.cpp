#include "catena/validation/take_up_score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "catena/core/units.h"
#include "catena/validation/take_up_tables.h"

namespace catena {
namespace {

using testing::HasSubstr;

Estimate between(double low, double high) {
  return {.value = 0.5 * (low + high), .low = low, .high = high, .level = 0.9, .source = ""};
}

ScoredLeg given(double low, double high) {
  ScoredLeg leg;
  leg.given = true;
  leg.planted.shares = {0.5, 0.3, 0.2, 0.5};
  leg.found = {between(low, high), between(0.2, 0.4), between(0.1, 0.3), between(0.4, 0.6)};
  return leg;
}

ScoredLeg judged(StopVerdict verdict, double planted_deg, double low_deg, double high_deg) {
  ScoredLeg leg;
  leg.planted.stop_thigh_rad = planted_deg * kRadPerDeg;
  leg.verdict = verdict;
  leg.stop_thigh_rad = between(low_deg * kRadPerDeg, high_deg * kRadPerDeg);
  return leg;
}

TEST(TakeUpScore, CountsIntervalsThatHoldTheTruth) {
  const std::vector<ScoredLeg> legs = {given(0.5, 0.7), given(0.2, 0.49), {}, {}};
  const ShareCounts counts = count_shares(legs, 0);
  EXPECT_EQ(counts.n_legs, 4);
  EXPECT_EQ(counts.n_given, 2);
  EXPECT_DOUBLE_EQ(counts.coverage, 0.5);
  EXPECT_DOUBLE_EQ(counts.coverage_error, 0.5);
  EXPECT_NEAR(counts.bias, (0.1 - 0.155) / 2.0, 1e-12);
  EXPECT_NEAR(counts.rms_error, std::sqrt((0.01 + 0.155 * 0.155) / 2.0), 1e-12);
  EXPECT_NEAR(counts.mean_width, 0.245, 1e-12);
}

TEST(TakeUpScore, AccusationsAreCountedApartFromStopsThatWereFound) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const std::vector<ScoredLeg> legs = {judged(StopVerdict::kReached, 20.0, 18.0, 21.0),
                                       judged(StopVerdict::kReached, 20.0, 21.0, 26.0),
                                       judged(StopVerdict::kUndecided, 20.0, kNone, kNone),
                                       judged(StopVerdict::kCannotBeTested, 20.0, kNone, kNone),
                                       judged(StopVerdict::kReached, kNone, 10.0, 12.0),
                                       judged(StopVerdict::kNotReached, kNone, kNone, kNone)};
  const StopCounts found = count_verdicts(legs, true);
  EXPECT_EQ(found.n_legs, 4);
  EXPECT_DOUBLE_EQ(found.reached, 0.5);
  EXPECT_DOUBLE_EQ(found.undecided, 0.25);
  EXPECT_DOUBLE_EQ(found.cannot_be_tested, 0.25);
  EXPECT_EQ(found.n_located, 2);
  EXPECT_DOUBLE_EQ(found.coverage, 0.5);
  EXPECT_NEAR(found.median_width_rad * kDegPerRad, 4.0, 1e-9);
  const StopCounts accused = count_verdicts(legs, false);
  EXPECT_EQ(accused.n_legs, 2);
  EXPECT_DOUBLE_EQ(accused.reached, 0.5);
  EXPECT_DOUBLE_EQ(accused.not_reached, 0.5);
  EXPECT_EQ(accused.n_located, 0);
}

TEST(TakeUpScore, TheTablesHaveEveryQuantity) {
  std::vector<ScoredLeg> legs = {given(0.5, 0.7), given(0.2, 0.49), {}, {}};
  EXPECT_THAT(shares_cells(legs), HasSubstr(" 4 | 50.0 % | 50.0 % | 100.0 % | 100.0 % | 100.0 % | "
                                            "50.0 % |"));
  EXPECT_EQ(stops_cells(legs, true), "");
  EXPECT_THAT(stops_cells(legs, false), HasSubstr(" 4 | do not stop | 0.0 % |"));
  legs[0].verdict = StopVerdict::kReached;
  EXPECT_THAT(count_words(std::vector<std::vector<ScoredLeg>>{legs}),
              HasSubstr("Of 4 coverages 0 lie from 85 to 95 %, 1 below (least 50.0 %), 3 above "
                        "(most 100.0 %). Of 1 rows with hips that do not stop 1 accuse more than 5 "
                        "% (most 25.0 %)."));
}

}  // namespace
}  // namespace catena
