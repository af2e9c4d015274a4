// The model with its weights, ready to be fitted to recordings; and a recording fitted.
#pragma once

#include <string>
#include <vector>

#include "catena/analysis/analysis.h"
#include "catena/gait/segment_motion.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/model/chain_map.h"
#include "catena/model/model.h"

namespace catena {

/// A model, its links and the weights of its markers.
struct BodySetup {
  Model model;
  ChainMap chain;
  InverseKinematicsOptions ik_options;
  std::vector<std::string> assumptions;
  std::string model_sha256;
  std::vector<std::pair<std::string, std::string>> inputs;  // further files read: name, sha256
};

Result<BodySetup> load_body(const AnalysisInputs& inputs);

/// One recording with the body fitted to it.
struct FittedRun {
  std::string name;
  std::string file;
  std::string sha256;
  Trajectories trajectories;
  InverseKinematics fit;
  SegmentMotion segments;
  std::vector<std::string> notes;
};

/// Reads one recording and fits the body to it.
///
/// errors     kMissingData: pelvis or thigh carries no marker seen
Result<FittedRun> fit_run(const std::filesystem::path& file, const BodySetup& body,
                          const AnalysisInputs& inputs,
                          const std::function<void(double)>& progress);

/// Whether enough markers were seen on the thorax itself to know how it stands.
bool thorax_is_seen(const FittedRun& run, const BodySetup& body);

/// Whether the distances between markers of one segment agree between two recordings.
///
/// errors     kMismatch: they do not, so these are different runners or marker placements
Result<void> check_same_runner(const FittedRun& first, const FittedRun& other,
                               const BodySetup& body);

}  // namespace catena
