// A synthetic session as files: what a laboratory would hand over, and the truth beside it.
#pragma once

#include <string>

#include "catena/core/file.h"
#include "catena/synthetic/runner.h"

namespace catena {

/// `runner.osim` (the laboratory's scaled model), `true_body.osim`, `standing.trc`, one .trc per
/// run, and `truth.json`.
FileSet session_files(const SyntheticSession& session);

/// The planted truth: every knob, the lines and shares, the runs, the peaks, the faults. Angles in
/// degrees, lengths in metres.
std::string truth_json(const SyntheticTruth& truth);

}  // namespace catena
