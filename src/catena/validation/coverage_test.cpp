#include "catena/validation/coverage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace catena {
namespace {

CoverageCell few_speeds(double deviation_sd_deg) {
  return {"3 speeds", {2.5, 3.5, 4.5}, {}, deviation_sd_deg};
}

TEST(Coverage, PlantedSharesComeBackFromPerfectMarkers) {
  // Nothing but the planted line, seen without any error: what is left is that budgets count the
  // whole three-dimensional turn, while the line is planted in the angles seen from the side: with
  // 6 degrees of pelvic rotation the shares differ by 0.002 to 0.010 in a dozen runners.
  for (const std::uint64_t seed : {1, 2, 3}) {
    RunnerOptions options = coverage_runner(few_speeds(0.0), {}, seed);
    options.artefact.on = false;
    options.rate_hz = 250.0;
    options.marker_noise_mm = options.model_error = 0.0;
    options.thigh_sd_deg = options.pelvis_sd_deg = options.lean_sd_deg = 0.0;
    const Result<SyntheticSession> session = make_session(options);
    ASSERT_TRUE(session.has_value()) << to_sentence(session.error());
    const auto take_up = take_up_of_session(*session);
    ASSERT_TRUE(take_up.has_value()) << to_sentence(take_up.error());
    for (std::size_t side = 0; side < 2; ++side) {
      const SagittalShares& planted = session->truth.lines.at(side).shares;
      EXPECT_NEAR(take_up->at(side).hip.pooled_slope, planted.hip, 0.015);
      EXPECT_NEAR(take_up->at(side).low_back.pooled_slope, planted.low_back, 0.015);
      EXPECT_NEAR(take_up->at(side).lean.pooled_slope, planted.lean, 0.015);
      EXPECT_EQ(take_up->at(side).n_demands, 3);
    }
  }
}

TEST(Coverage, SkinMotionAndWrongModelsMoveTheSlopesByAFewHundredthsAndNotOneWay) {
  // The SD stands behind TakeUpPrior's artefact; a mean would be a bias that no interval shows.
  CoverageOptions options;
  options.sessions = 30;
  const CoverageRow row = run_coverage({"ramp", {}, SpeedRamp{2.5, 4.5, 30.0}, 0.0}, options);
  EXPECT_TRUE(row.failures.empty());
  double sum = 0.0;
  double squares = 0.0;
  for (const CoverageLeg& leg : row.legs) {
    const double error = leg.slope_found[0] - leg.slope_planted[0];
    sum += error;
    squares += error * error;
  }
  const auto n = static_cast<double>(row.legs.size());
  ASSERT_EQ(n, 60.0);
  const double rms = std::sqrt(squares / n);
  EXPECT_GT(rms, 0.03);
  EXPECT_LT(rms, 0.13);
  EXPECT_LT(std::abs(sum / n), 4.0 * rms / std::sqrt(n / 2.0));
}

TEST(Coverage, IsTheSameForAnyNumberOfThreads) {
  CoverageOptions options;
  options.sessions = 3;
  options.strides = 4;
  options.threads = 1;
  const CoverageRow one = run_coverage(few_speeds(0.7), options);
  options.threads = 3;
  const CoverageRow three = run_coverage(few_speeds(0.7), options);
  EXPECT_EQ(one.legs.size(), 6u);
  EXPECT_EQ(to_markdown(one), to_markdown(three));
}

TEST(Coverage, ARunnerDoesNotDependOnTheCellsDeviation) {
  const RunnerOptions still = coverage_runner(few_speeds(0.0), {}, 7);
  const RunnerOptions moving = coverage_runner(few_speeds(1.5), {}, 7);
  EXPECT_EQ(still.shares[1].hip, moving.shares[1].hip);
  EXPECT_EQ(moving.deviation_sd_deg, 1.5);
  EXPECT_NE(coverage_runner(few_speeds(0.0), {}, 8).shares[1].hip, still.shares[1].hip);
}

TEST(Coverage, CountsIntervalsThatHoldTheTruth) {
  CoverageRow row;
  row.n_sessions = 2;
  CoverageLeg leg;
  leg.given = true;
  leg.planted = {0.5, 0.3, 0.2, 0.5};
  leg.found[0] = {.value = 0.6, .low = 0.5, .high = 0.7, .level = 0.9, .source = ""};
  row.legs.push_back(leg);
  leg.found[0] = {.value = 0.3, .low = 0.2, .high = 0.49, .level = 0.9, .source = ""};
  row.legs.push_back(leg);
  leg.given = false;
  leg.found[0] = {};
  row.legs.push_back(leg);
  row.legs.push_back(leg);
  const CoverageSummary s = summarize(row, 0);
  EXPECT_EQ(s.n_legs, 4);
  EXPECT_EQ(s.n_given, 2);
  EXPECT_DOUBLE_EQ(s.coverage, 0.5);
  EXPECT_NEAR(s.bias, -0.05, 1e-12);
  EXPECT_NEAR(s.rms_error, std::sqrt((0.01 + 0.04) / 2.0), 1e-12);
  EXPECT_NEAR(s.mean_width, 0.245, 1e-12);
  EXPECT_DOUBLE_EQ(s.coverage_error, 0.5);
}

TEST(Coverage, ListsEveryQuantityOfEveryCell) {
  EXPECT_EQ(coverage_cells().size(), 9u);
  const auto lines = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(lines(coverage_table_head()), 2);
  for (const CoverageCell& cell : coverage_cells()) {
    EXPECT_EQ(lines(to_markdown(CoverageRow{cell, 0, {}, {}})), 4);
  }
}

}  // namespace
}  // namespace catena
