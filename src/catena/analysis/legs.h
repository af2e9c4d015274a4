// The legs over all recordings: their strides, budgets, and who takes up the next degree.
#pragma once

#include <array>
#include "catena/analysis/demands.h"
#include "catena/analysis/runner_recordings.h"
#include "catena/report/results.h"

namespace catena {

/// recordings   with poses
/// returns      right, left
std::array<LegResult, 2> analyze_legs(const RunnerRecordings& recordings, const Demands& demands);

}  // namespace catena
