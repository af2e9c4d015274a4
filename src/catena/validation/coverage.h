// Do the intervals hold what they promise, all the way from markers? Hundreds of synthetic runners
// of other bodies, skins and habits go through the same functions as a real recording: markers,
// inverse kinematics, segments, thigh peaks, budgets, take-up shares.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/core/error.h"
#include "catena/synthetic/runner.h"
#include "catena/validation/coverage_runner.h"
#include "catena/validation/take_up_score.h"

namespace catena {

struct CoverageOptions {
  int sessions = 400;  // per cell, each with two legs
  std::uint64_t seed = 1;
  int threads = 0;                            // 0: as many as the machine has
  std::vector<double> prior_factors = {1.0};  // wrong_prior.h; a row each, of the same recordings
  TakeUpOptions take_up;
  std::function<void(double fraction)> progress;  // called from the working threads
};

/// One leg of one session.
struct CoverageLeg {
  ScoredLeg scored;
  // Ordinary slopes over all strides: from the recording, and from the planted peaks. Hip, low
  // back, lean, pelvis.
  std::array<double, 4> slope_found = {};
  std::array<double, 4> slope_planted = {};
};

/// What came of a cell with one prior; both legs of every session.
struct CoverageRow {
  CoverageCell cell;
  double prior_factor = 1.0;
  int n_sessions = 0;
  std::vector<CoverageLeg> legs;
  std::vector<std::string> failures;  // sentences; a session that failed has no legs
};

/// Strides of both legs as an analysis finds them from the session's markers and user model alone.
Result<std::array<std::vector<DemandStrides>, 2>> demands_of_session(
    const SyntheticSession& session);

/// returns    a row for each prior
/// depends    the same seed gives the same rows for any number of threads
std::vector<CoverageRow> run_coverage(const CoverageCell& cell,
                                      const CoverageOptions& options = {});

std::vector<ScoredLeg> scored_legs(const CoverageRow& row);

/// Every quantity of every row, none selected, in Markdown.
std::string coverage_shares_table(std::span<const CoverageRow> rows);
std::string coverage_stops_table(std::span<const CoverageRow> rows);

}  // namespace catena
