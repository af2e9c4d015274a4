// A synthetic session as files: what a laboratory would hand over, and the truth beside it.
#pragma once

#include <string>

#include "catena/core/file.h"
#include "catena/synthetic/runner.h"

namespace catena {

/// `runner.osim` (the laboratory's scaled model), `true_body.osim`, `standing.trc`, one .trc per
/// run, `session.toml` (what is what, as a laboratory would know it) and `truth.json`.
FileSet session_files(const SyntheticSession& session);

/// Files, person and speeds, to be read by parse_session.
std::string session_toml(const SyntheticTruth& truth);

/// The planted truth: every knob, the lines and shares, the runs, the peaks, the faults. Angles in
/// degrees, lengths in metres.
std::string truth_json(const SyntheticTruth& truth);

}  // namespace catena
