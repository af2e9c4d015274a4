// The model with its weights, ready to be fitted to recordings; and a recording fitted.
#pragma once

#include <string>
#include <vector>

#include "catena/analysis/analysis.h"
#include "catena/gait/segment_motion.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/model/chain_map.h"
#include "catena/model/model.h"
#include "catena/trajectories/ground_frame.h"
#include "catena/trajectories/match_labels.h"

namespace catena {

/// A model, its links and the weights of its markers.
struct BodySetup {
  Model model;
  ChainMap chain;
  InverseKinematicsOptions ik_options;
  LabelMap labels;
  std::vector<std::string> assumptions;
  std::string model_sha256;
  std::vector<std::pair<std::string, std::string>> inputs;  // further files read: name, sha256
};

Result<BodySetup> load_body(const AnalysisInputs& inputs);

/// One recording with the body fitted to it.
struct FittedRun {
  std::string name;  // no two runs of an analysis have the same
  std::string path;  // as given, for errors
  std::string file;  // without folder
  std::string sha256;
  GroundFrame ground;
  Trajectories trajectories;
  InverseKinematics fit;
  SegmentMotion segments;
  std::vector<std::string> notes;
  std::vector<std::string> warnings;  // to be looked at before the result is believed
};

/// Reads one recording and fits the body to it.
///
/// errors     kMissingData: pelvis or thigh carries no marker seen; kMismatch: the model or the
///            upward axis is not this recording's
Result<FittedRun> fit_run(const std::filesystem::path& file, const BodySetup& body,
                          const AnalysisInputs& inputs,
                          const std::function<void(double)>& progress);

}  // namespace catena
