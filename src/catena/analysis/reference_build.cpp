#include "catena/analysis/reference_build.h"

#include <fmt/format.h>

#include <algorithm>

#include "catena/analysis/gait_of_run.h"
#include "catena/analysis/session.h"

namespace catena {
namespace {

namespace fs = std::filesystem;

/// What a person calls the folder: "RBDS014" of "data/RBDS014/" and of "data/RBDS014/session.toml".
std::string name_of(const fs::path& path) {
  std::error_code ignored;
  fs::path whole = fs::weakly_canonical(path, ignored);
  if (ignored) whole = path.lexically_normal();
  if (whole.has_extension() && whole.extension() == ".toml") whole = whole.parent_path();
  if (!whole.has_filename()) whole = whole.parent_path();
  return whole.filename().string();
}

}  // namespace

Result<Results> results_of_session(
    const fs::path& path, int threads, std::vector<std::string>& notes,
    const std::function<void(const std::string& what, double fraction)>& progress) {
  const std::string name = name_of(path);
  CATENA_TRY(session, find_session(path));
  for (const std::string& guess : session.guesses) notes.push_back(name + ": " + guess);
  AnalysisInputs inputs = inputs_of(session);
  inputs.threads = threads;
  if (progress) {
    inputs.progress = [&](const std::string& what, double fraction) {
      progress(name + ": " + what, fraction);
    };
  }
  return analyze(inputs);
}

std::vector<GaitProfile> profiles_of_session(const Results& results, const fs::path& session_path) {
  std::vector<GaitProfile> profiles = profiles_of(results);
  for (GaitProfile& profile : profiles) {
    if (profile.runner.empty()) profile.runner = name_of(session_path);
  }
  return profiles;
}

Result<std::vector<GaitProfile>> profiles_of_session(
    const fs::path& path, int threads, std::vector<std::string>& notes,
    const std::function<void(const std::string& what, double fraction)>& progress) {
  CATENA_TRY(results, results_of_session(path, threads, notes, progress));
  return profiles_of_session(results, path);
}

Result<ReferenceBuild> build_reference_of_sessions(const ReferenceBuildInputs& inputs) {
  ReferenceBuild build;
  std::vector<std::vector<GaitProfile>> runners;
  const auto n = static_cast<double>(inputs.sessions.size());
  for (std::size_t i = 0; i < inputs.sessions.size(); ++i) {
    const fs::path& path = inputs.sessions[i];
    for (std::size_t j = 0; j < i; ++j) {
      std::error_code ignored;
      if (fs::equivalent(path, inputs.sessions[j], ignored)) {
        return fail(Errc::kMismatch, "this session is given twice", path.string(),
                    "give each runner once");
      }
    }
    const auto progress = [&](const std::string& what, double fraction) {
      if (inputs.progress) inputs.progress(what, (static_cast<double>(i) + fraction) / n);
    };
    CATENA_TRY(profiles, profiles_of_session(path, inputs.threads, build.notes, progress));
    runners.push_back(std::move(profiles));
  }
  CATENA_TRY(reference, build_reference(runners, inputs.options));
  build.reference = std::move(reference);
  return build;
}

}  // namespace catena
