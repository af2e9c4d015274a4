// A session: one runner's recordings, standing trial and model, found in a folder or named by a
// session.toml.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "catena/analysis/analysis.h"
#include "catena/core/error.h"
#include "catena/recording/session_file.h"

namespace catena {

struct SessionRun {
  std::filesystem::path file;
  RunDemand demand;
  std::string demand_source;  // "given", "from the file's name"; empty where nothing is known
};

struct Session {
  std::filesystem::path folder;
  Person person;
  std::vector<SessionRun> runs;  // one or more
  std::optional<std::filesystem::path> model, standing, labels, ik_setup, marker_set, exam;
  GroundFrameOptions axes;           // as far as session.toml says
  std::vector<std::string> guesses;  // what was found and how: one sentence each, for the reader
};

/// What the person has said already, so that it is not guessed.
struct SessionOptions {
  std::optional<std::filesystem::path> model, standing;
  bool look_for_model = true;  // false: models that lie in the folder are of no interest
};

/// Finds out what lies in a folder, or reads a session.toml.
///
/// A folder with a session.toml is what that says. Otherwise it is taken for an OpenCap session
/// (MarkerData, OpenSimData, sessionMetadata.yaml), a Pose2Sim project (pose-3d, kinematics,
/// Config.toml; or a folder of such trials), or a plain folder of TRC and C3D files. The standing
/// trial is told by its name, else by nobody moving in it; speeds by the names of all runs.
///
/// path       a folder, or the session.toml itself
/// errors     kMissingData: nothing to analyse; kMismatch: two models, standing trials or sets of
///            markers, of which the person must name one; kCannotRead: a file that session.toml
///            names is not there; those of parse_session
Result<Session> find_session(const std::filesystem::path& path, const SessionOptions& options = {});

/// The inputs of the analysis.
AnalysisInputs inputs_of(const Session& session);

}  // namespace catena
