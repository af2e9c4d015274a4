// Do the intervals hold what they promise, all the way from markers? Hundreds of synthetic runners
// of other bodies, skins and habits go through the same functions as a real recording: markers,
// inverse kinematics, segments, thigh peaks, budgets, take-up shares.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/core/error.h"
#include "catena/synthetic/runner.h"

namespace catena {

/// What is recorded, and how far demands stray from the line.
struct CoverageCell {
  std::string design;  // "3 speeds"
  std::vector<double> speeds_m_s;
  std::optional<SpeedRamp> ramp;
  double deviation_sd_deg = 0.0;
};

struct CoverageOptions {
  int sessions = 400;  // per cell, each with two legs
  std::uint64_t seed = 1;
  int threads = 0;  // 0: as many as the machine has
  double rate_hz = 100.0;
  int strides = 9;  // per speed
  bool artefact = true;
  TakeUpOptions take_up;
  std::function<void(double fraction)> progress;  // called from the working threads
};

/// One leg of one session. Order: hip, low back, lean, pelvis.
struct CoverageLeg {
  std::array<double, 4> planted = {};
  std::array<Estimate, 4> found;
  bool given = false;  // else "cannot tell"
  // Ordinary slopes over all strides: from the recording, and from the planted peaks.
  std::array<double, 4> slope_found = {};
  std::array<double, 4> slope_planted = {};
};

/// What came of a cell; both legs of every session.
struct CoverageRow {
  CoverageCell cell;
  int n_sessions = 0;
  std::vector<CoverageLeg> legs;
  std::vector<std::string> failures;  // sentences; a session that failed has no legs
};

/// Coverage of the intervals given, and their size.
struct CoverageSummary {
  int n_legs = 0;
  int n_given = 0;
  double coverage = 0.0;
  double coverage_error = 0.0;  // its standard error, both legs of a session taken as one
  double bias = 0.0;            // mean of found - planted
  double rms_error = 0.0;
  double mean_width = 0.0;
  double median_width = 0.0;
};

/// Three speeds, five speeds and a ramp, each at deviations of 0, 0.7 and 1.5 degrees.
std::vector<CoverageCell> coverage_cells();

/// A runner of the cell: body, skin, habits and shares drawn as runners differ.
///
/// source     shares: pelvis as in 26 public runners (median 0.35, quartiles 0.20 to 0.46, sides
///            apart by 0.11); spread of the thigh's peak 5 to 16 deg (Fukuchi et al. 2017)
RunnerOptions coverage_runner(const CoverageCell& cell, const CoverageOptions& options,
                              std::uint64_t seed);

/// Take-up of both legs as an analysis finds it from the session's markers and user model alone.
Result<std::array<TakeUp, 2>> take_up_of_session(const SyntheticSession& session,
                                                 const TakeUpOptions& options = {});

/// depends    the same seed gives the same row for any number of threads
CoverageRow run_coverage(const CoverageCell& cell, const CoverageOptions& options = {});

/// quantity   0 hip, 1 low back, 2 lean, 3 pelvis
CoverageSummary summarize(const CoverageRow& row, std::size_t quantity);

/// The table's head, and its lines for one row: every quantity, none selected. Markdown.
std::string coverage_table_head();
std::string to_markdown(const CoverageRow& row);

}  // namespace catena
