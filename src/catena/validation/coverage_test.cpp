#include "catena/validation/coverage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "catena/core/units.h"
#include "catena/synthetic/runner_style.h"

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
    RunnerOptions options = coverage_runner(few_speeds(0.0), seed);
    options.artefact.on = false;
    options.rate_hz = 250.0;
    options.marker_noise_mm = options.model_error = 0.0;
    options.thigh_sd_deg = options.pelvis_sd_deg = options.lean_sd_deg = 0.0;
    const Result<SyntheticSession> session = make_session(options);
    ASSERT_TRUE(session.has_value()) << to_sentence(session.error());
    const auto demands = demands_of_session(*session);
    ASSERT_TRUE(demands.has_value()) << to_sentence(demands.error());
    const std::array<TakeUp, 2> take_up = estimate_take_up(*demands);
    for (std::size_t side = 0; side < 2; ++side) {
      const SagittalShares& planted = session->truth.lines.at(side).shares;
      EXPECT_NEAR(take_up.at(side).hip.pooled_slope, planted.hip, 0.015);
      EXPECT_NEAR(take_up.at(side).low_back.pooled_slope, planted.low_back, 0.015);
      EXPECT_NEAR(take_up.at(side).lean.pooled_slope, planted.lean, 0.015);
      EXPECT_EQ(take_up.at(side).n_demands, 3);
    }
  }
}

TEST(Coverage, SkinMotionAndWrongModelsMoveTheSlopesByAFewHundredthsAndNotOneWay) {
  // The SD stands behind TakeUpPrior's artefact; a mean would be a bias that no interval shows.
  CoverageOptions options;
  options.sessions = 30;
  const CoverageRow row = run_coverage({"ramp", {}, SpeedRamp{2.5, 4.5, 30.0}, 0.0}, options).at(0);
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
  options.prior_factors = {1.0, 3.0};
  options.threads = 1;
  CoverageCell cell = few_speeds(0.7);
  cell.stop_inside_deg = 4.0;
  const std::vector<CoverageRow> one = run_coverage(cell, options);
  options.threads = 3;
  const std::vector<CoverageRow> three = run_coverage(cell, options);
  ASSERT_EQ(one.size(), 2u);
  EXPECT_EQ(one[0].legs.size(), 6u);
  EXPECT_EQ(coverage_shares_table(one), coverage_shares_table(three));
  EXPECT_EQ(coverage_stops_table(one), coverage_stops_table(three));
}

TEST(Coverage, ARunnerDoesNotDependOnTheCellsDeviationStopAndSkin) {
  CoverageCell cell = few_speeds(0.0);
  const RunnerOptions still = coverage_runner(cell, 7);
  cell.deviation_sd_deg = 1.5;
  cell.artefact = false;
  const RunnerOptions moving = coverage_runner(cell, 7);
  EXPECT_EQ(still.shares[1].hip, moving.shares[1].hip);
  EXPECT_EQ(moving.deviation_sd_deg, 1.5);
  EXPECT_FALSE(moving.artefact.on);
  EXPECT_NE(coverage_runner(cell, 8).shares[1].hip, still.shares[1].hip);
}

TEST(Coverage, HipsStopSoFarInsideTheRange) {
  CoverageCell cell = few_speeds(0.0);
  const auto free = make_coverage_session(cell, 7);
  cell.stop_inside_deg = 4.0;
  const auto stopped = make_coverage_session(cell, 7);
  ASSERT_TRUE(free && stopped);
  for (std::size_t side = 0; side < 2; ++side) {
    const SyntheticTruth& truth = stopped->truth;
    EXPECT_TRUE(truth.lines.at(side).stop_reached);
    const double farthest_rad = peak_thigh_extension_rad(truth.options, 4.5, side);
    const double least_rad = peak_thigh_extension_rad(truth.options, 2.5, side);
    const PlantedTakeUp planted = planted_take_up(truth, side);
    EXPECT_NEAR(planted.stop_thigh_rad, farthest_rad - 4.0 * kRadPerDeg - truth.standing.thigh(),
                1e-9);
    // The hip's chord lacks what it would have given beyond the stop; strides' scatter moves the
    // ends of the range by some tenths of a degree.
    const double spread_rad = farthest_rad - least_rad;
    const PlantedTakeUp line = planted_take_up(free->truth, side);
    EXPECT_NEAR(line.shares[0], truth.options.shares.at(side).hip, 1e-9);
    EXPECT_NEAR(planted.shares[0], line.shares[0] * (1.0 - 4.0 * kRadPerDeg / spread_rad), 0.03);
    EXPECT_NEAR(planted.shares[2], line.shares[2], 1e-9);
    EXPECT_NEAR(planted.shares[0] + planted.shares[3], 1.0, 1e-9);
    EXPECT_TRUE(std::isnan(line.stop_thigh_rad));
  }
}

TEST(Coverage, ListsEveryQuantityOfEveryCell) {
  std::vector<CoverageRow> rows;
  for (const CoverageCell& cell : coverage_cells(true)) rows.push_back({cell, 1.0, 0, {}, {}});
  EXPECT_EQ(rows.size(), 18u);
  const auto lines = [](const std::string& text) { return std::ranges::count(text, '\n'); };
  EXPECT_EQ(lines(coverage_shares_table(rows)), 2 + 18);
  EXPECT_EQ(lines(coverage_stops_table(rows)), 2 + 18);
}

}  // namespace
}  // namespace catena
