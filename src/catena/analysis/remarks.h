// What the reader must know beside the numbers: warnings, assumptions, and how to get them again.
#pragma once

#include <string>
#include <vector>

#include "catena/analysis/demands.h"
#include "catena/analysis/runner_recordings.h"
#include "catena/report/results.h"

namespace catena {

/// What should be looked at before the result is believed.
std::vector<std::string> warnings_of(const RunnerRecordings& recordings, const Demands& demands,
                                     const Results& results);

/// Everything that was taken for granted, the warnings too.
std::vector<std::string> assumptions_of(const AnalysisInputs& inputs,
                                        const RunnerRecordings& recordings, const Results& results);

/// What the reader needs to make the same result again.
Provenance provenance_of(const AnalysisInputs& inputs, const RunnerRecordings& recordings);

}  // namespace catena
