// Synthetic runners for the end-to-end study: what is recorded of whom, and what is true of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/synthetic/runner.h"
#include "catena/validation/take_up_score.h"

namespace catena {

/// What is recorded, how far demands stray from the line, and whether a hip stops.
struct CoverageCell {
  std::string design;  // "3 speeds"
  std::vector<double> speeds_m_s;
  std::optional<SpeedRamp> ramp;
  double deviation_sd_deg = 0.0;
  double stop_inside_deg = 0.0;  // the thigh goes so far beyond either hip's stop; 0: no stop
  bool artefact = true;          // else markers stay on the bone
};

/// Three speeds, five speeds and a ramp, each at deviations of 0, 0.7 and 1.5 degrees, without a
/// stop and with one 4 degrees inside the range.
std::vector<CoverageCell> coverage_cells(bool artefact);

/// A runner of the cell: body, skin, habits and shares drawn as runners differ, nearly as cheap to
/// analyse as a runner can be; not yet with a stop.
///
/// source     shares: pelvis as in 26 public runners (median 0.35, quartiles 0.20 to 0.46, sides
///            apart by 0.11); spread of the thigh's peak 5 to 16 deg (Fukuchi et al. 2017)
RunnerOptions coverage_runner(const CoverageCell& cell, std::uint64_t seed);

/// The same runner's visit, with hips that stop where the cell says.
Result<SyntheticSession> make_coverage_session(const CoverageCell& cell, std::uint64_t seed);

/// The chord of the planted curve between the mean thigh peaks of the least and the farthest
/// demand (of a ramp: of its first and last tenth), and where the hip stops, from standing.
PlantedTakeUp planted_take_up(const SyntheticTruth& truth, std::size_t side);

}  // namespace catena
