// What the analysis starts from: a body and the recordings of one runner under its markers.
#pragma once

#include <optional>
#include <vector>

#include "catena/analysis/analysis.h"
#include "catena/analysis/body_setup.h"

namespace catena {

struct RunnerRecordings {
  BodySetup body;
  std::optional<FittedRun> standing;  // read and repaired; no pose yet
  std::vector<FittedRun> runs;
};

/// Reads and repairs all recordings for the model that was given; without one, fits a body to them.
///
/// errors     those of the readers and of the fit; kMismatch: a recording was given twice
Result<RunnerRecordings> read_runner(const AnalysisInputs& inputs);

}  // namespace catena
