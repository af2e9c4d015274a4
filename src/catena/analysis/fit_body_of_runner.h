// A body for a runner: recordings in, the fitted model and how well it fits out.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catena/analysis/body_setup.h"
#include "catena/analysis/shared_labels.h"
#include "catena/core/error.h"
#include "catena/kinematics/body_fit.h"
#include "catena/recording/session_file.h"
#include "catena/report/fit_summary.h"
#include "catena/trajectories/ground_frame.h"

namespace catena {

struct FitInputs {
  std::vector<std::filesystem::path> runs;  // none are needed where there is a standing trial
  std::optional<std::filesystem::path> standing;
  // A generic model to be sized to the runner, and markers to put on it; none: the built-in body.
  std::optional<std::filesystem::path> model, marker_set;
  std::optional<std::filesystem::path> labels;  // mapping of labels (.toml), see match_labels.h
  GroundFrameOptions axes;                      // what is not said is found in each recording
  // Of each run, where its file's up is the normal of a belt that rises; empty: of none.
  std::vector<double> belt_rise_rad;
  Person person;
  std::vector<std::string> guesses;  // how the inputs were found: sentences for the reader
  int threads = 0;                   // 0: as many as the machine has
  std::string command;               // for the provenance
  std::function<void(const std::string& what, double fraction)> progress;
};

/// The recordings of one runner: read, under common labels, repaired.
struct CleanRecordings {
  std::optional<FittedRun> standing;
  std::vector<FittedRun> runs;
  std::optional<Model> generic;  // what is to be sized, with markers under the recordings' labels
  SharedLabels shared;           // of the built-in body's recordings
  Provenance provenance;
  std::vector<std::string> notes;
};

/// Reads and repairs the recordings, under the generic model's labels, else under their own.
///
/// errors     those of the readers; kBadOption: no recording; kMismatch: one recording twice
Result<CleanRecordings> clean_recordings_for_fit(const FitInputs& inputs);

/// A body and what was believed of it before.
struct BodyForRecordings {
  BodyPrior prior;
  BodyFit fit;
};

/// The body that is most likely for recordings that were read and repaired.
///
/// errors     those of runner_prior and of fit_body; kMismatch: the recordings are of several
///            runners
Result<BodyForRecordings> fit_to_recordings(const CleanRecordings& recordings,
                                            const FitInputs& inputs);

struct FittedBody {
  BodyFit fit;
  FitSummary summary;
};

/// Fits the built-in body, or sizes a generic model, to a runner's recordings.
///
/// errors     those of the readers, of runner_prior and of fit_body; kMismatch: the recordings are
///            of several runners, nobody stands in the standing trial, no pose of the fitted body
///            resembles a recording
Result<FittedBody> fit_body_of_runner(const FitInputs& inputs);

}  // namespace catena
