// The model with its weights, ready to be fitted to recordings; and a recording fitted.
#pragma once

#include <string>
#include <vector>

#include "catena/analysis/analysis.h"
#include "catena/gait/segment_motion.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/model/chain_map.h"
#include "catena/model/model.h"
#include "catena/recording/plate_forces.h"
#include "catena/recording/recording.h"
#include "catena/trajectories/ground_frame.h"
#include "catena/trajectories/identify_labels.h"
#include "catena/trajectories/match_labels.h"
#include "catena/trajectories/repair.h"

namespace catena {

/// A model, its links and the weights of its markers.
struct BodySetup {
  Model model;
  ChainMap chain;
  InverseKinematicsOptions ik_options;
  LabelMap labels;
  std::vector<std::string> assumptions;
  std::string model_file;  // without folder; of a fitted body, what was fitted
  std::string model_sha256;
  std::vector<std::pair<std::string, std::string>> inputs;  // further files read: name, sha256
};

/// The model that was given.
Result<BodySetup> load_body(const AnalysisInputs& inputs);

/// One recording, read, then repaired, then with the body fitted to it.
struct FittedRun {
  std::string name;  // no two runs of an analysis have the same
  std::string path;  // as given, for errors
  std::string file;  // without folder
  std::string sha256;
  GroundFrame ground;
  IdentifiedLabels meaning;  // of the labels as recorded
  Trajectories trajectories;
  RecordedForces forces;              // turned into ground
  std::vector<RecordedEvent> events;  // as the file has them
  std::vector<Repair> repairs;        // of the trajectories, see analysis/cleaning
  InverseKinematics fit;
  SegmentMotion segments;
  std::vector<std::string> notes;
  std::vector<std::string> warnings;  // to be looked at before the result is believed
};

/// Reads one recording: trajectories in ground, under the labels as recorded, and what these mean.
///
/// map        renames labels before they are asked for their meaning
/// errors     those of the readers
Result<FittedRun> read_run(const std::filesystem::path& file, const GroundFrameOptions& axes,
                           const LabelMap& map = {});

/// Puts a recording under the labels of a model's markers, as far as it is clear which is meant.
void name_as_the_model(FittedRun& run, const Model& model, const LabelMap& map);

/// Fits the body to a recording's trajectories.
///
/// errors     kMissingData: pelvis or thigh carries no marker seen; kMismatch: the upward axis is
///            not this recording's, or no pose of the model resembles it
Result<void> fit_run(FittedRun& run, const BodySetup& body,
                     const std::function<void(double)>& progress);

}  // namespace catena
