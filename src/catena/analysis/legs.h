// One leg over all recordings: its strides, their budgets, and who takes up the next degree.
#pragma once

#include "catena/analysis/demands.h"
#include "catena/analysis/runner_recordings.h"
#include "catena/report/results.h"

namespace catena {

/// recordings   with poses
LegResult analyze_leg(Side side, const RunnerRecordings& recordings, const Demands& demands);

}  // namespace catena
