// A reference of runners, each a session solved by our own pipeline, so that conventions match.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/gait/reference.h"
#include "catena/report/results.h"

namespace catena {

struct ReferenceBuildInputs {
  std::vector<std::filesystem::path> sessions;  // a folder or session.toml for each runner
  ReferenceOptions options;
  int threads = 0;  // 0: as many as the machine has
  std::function<void(const std::string& what, double fraction)> progress;
};

struct ReferenceBuild {
  Reference reference;
  std::vector<std::string> notes;  // guesses about each session, for the reader; not in the file
};

/// Analyses every session and makes a reference of what came out. A runner without a name or id in
/// session.toml is called as the folder is.
///
/// errors     those of find_session, analyze and build_reference; kMismatch: a folder given twice
Result<ReferenceBuild> build_reference_of_sessions(const ReferenceBuildInputs& inputs);

/// Everything that an analysis of a session finds.
///
/// path       a folder or session.toml
/// notes      guesses about the session are added
Result<Results> results_of_session(
    const std::filesystem::path& path, int threads, std::vector<std::string>& notes,
    const std::function<void(const std::string& what, double fraction)>& progress = {});

/// What each recording of a session brings to a comparison; `session_path` names the runner where
/// nothing else does.
std::vector<GaitProfile> profiles_of_session(const Results& results,
                                             const std::filesystem::path& session_path);

/// What each recording of a session brings to a comparison.
///
/// path       a folder or session.toml
/// notes      guesses about the session are added
Result<std::vector<GaitProfile>> profiles_of_session(
    const std::filesystem::path& path, int threads, std::vector<std::string>& notes,
    const std::function<void(const std::string& what, double fraction)>& progress = {});

}  // namespace catena
