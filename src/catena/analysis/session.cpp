#include "catena/analysis/session.h"

#include <fmt/format.h>

#include "catena/analysis/session_files.h"
#include "catena/analysis/session_guess.h"
#include "catena/core/file.h"

namespace catena {
namespace fs = std::filesystem;

namespace {

constexpr const char* kSessionName = "session.toml";
constexpr const char* kExamName = "exam.toml";

/// A named file's path, seen from the session's folder.
///
/// errors     kCannotRead: it is not there
Result<std::optional<fs::path>> file_of(const NamedFile& named, const fs::path& folder) {
  if (named.path.empty()) return std::optional<fs::path>();
  const fs::path path = folder / fs::path(named.path);  // an absolute path stays as it is
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return fail(Errc::kCannotRead, fmt::format("there is no file {}", path.string()), named.where,
                "write the path as it is seen from the folder of session.toml");
  }
  return std::optional<fs::path>(path);
}

Result<Session> read_session(const fs::path& path, const SessionOptions& options) {
  CATENA_TRY(bytes, read_file(path, std::size_t{1} << 20));
  CATENA_TRY(file, parse_session(bytes, path.string()));
  Session session;
  session.folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  session.person = file.person;
  session.axes.up = axis_named(file.up);
  session.axes.forward = axis_named(file.forward);
  session.axes.treadmill = file.treadmill;
  for (const auto& [member, named] :
       {std::pair{&Session::standing, &file.standing}, std::pair{&Session::model, &file.model},
        std::pair{&Session::labels, &file.labels}, std::pair{&Session::ik_setup, &file.ik_setup},
        std::pair{&Session::marker_set, &file.marker_set}, std::pair{&Session::exam, &file.exam}}) {
    CATENA_TRY(found, file_of(*named, session.folder));
    session.*member = found;
  }
  for (const SessionFileRun& run : file.runs) {
    CATENA_TRY(found, file_of(run.file, session.folder));
    session.runs.push_back({*found, run.demand, run.demand.is_empty() ? "" : "given"});
  }
  if (options.standing) session.standing = options.standing;
  if (!options.look_for_model) session.model.reset();
  if (options.model || !session.model) {
    CATENA_CHECK(choose_model(files_in(session.folder, {".osim"}), options, session));
  }
  return session;
}

}  // namespace

namespace {

Result<Session> find_recordings(const fs::path& path, const SessionOptions& options) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return read_session(path, options);
  if (fs::exists(path / kSessionName, ignored)) return read_session(path / kSessionName, options);
  // Someone who stands inside a program's folder means the session around it.
  const fs::path above = (path / "..").lexically_normal();
  const fs::path whole = fs::absolute(path, ignored).lexically_normal();
  const fs::path last = whole.has_filename() ? whole.filename() : whole.parent_path().filename();
  const std::string name = last.string();
  if (name == "MarkerData") return guess_opencap(above, options);
  if (name == "pose-3d") return guess_pose2sim(above, options);
  if (fs::is_directory(path / "MarkerData", ignored)) return guess_opencap(path, options);
  if (is_pose2sim(path)) return guess_pose2sim(path, options);
  return guess_plain(path, options);
}

}  // namespace

Result<Session> find_session(const fs::path& path, const SessionOptions& options) {
  CATENA_TRY(session, find_recordings(path, options));
  std::error_code ignored;
  const fs::path exam = session.folder / kExamName;
  if (!session.exam && fs::exists(exam, ignored)) {
    session.exam = exam;
    session.guesses.push_back(fmt::format("The examination is {}.", exam.filename().string()));
  }
  return session;
}

AnalysisInputs inputs_of(const Session& session) {
  AnalysisInputs inputs;
  for (const SessionRun& run : session.runs) {
    inputs.runs.push_back({run.file, "", run.demand, run.demand_source});
  }
  inputs.model = session.model;
  inputs.person = session.person;
  inputs.standing = session.standing;
  inputs.ik_setup = session.ik_setup;
  inputs.marker_set = session.marker_set;
  inputs.labels = session.labels;
  inputs.exam = session.exam;
  inputs.axes = session.axes;
  inputs.guesses = session.guesses;
  return inputs;
}

}  // namespace catena
