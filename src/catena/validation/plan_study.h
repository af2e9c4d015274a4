// The table behind `catena plan`: planted sessions of many plans through the estimator.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "catena/chain/plan_table.h"

namespace catena {

/// The plans of the table: 2 to 8 speeds and ramps, a full grid of each.
std::vector<PlanCell> plan_study_cells();

struct PlanStudyOptions {
  int sessions = 200;  // of two legs each, for each cell
  std::uint64_t seed = 1;
  int threads = 0;                                   // 0: as many as the machine has
  std::vector<PlanCell> cells = plan_study_cells();  // what they came to is filled in
  std::function<void(double fraction)> progress;     // called after each cell
};

/// Each plan with runners whose demands depart as runners differ: a session's SD is half-normal, as
/// in 26 public runners (Fukuchi et al. 2017).
///
/// depends    the same seed gives the same table for any number of threads
PlanTable run_plan_study(const PlanStudyOptions& options = {});

/// As parse_plan_table reads it, one line a cell.
std::string to_json(const PlanTable& table);

}  // namespace catena
