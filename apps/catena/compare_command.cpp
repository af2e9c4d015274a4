#include <fmt/core.h>

#include "catena/analysis/gait_of_run.h"
#include "catena/analysis/reference_build.h"
#include "catena/analysis/session.h"
#include "catena/core/file.h"
#include "catena/report/comparison_text.h"
#include "commands.h"
#include "progress_line.h"

namespace catena {
namespace {

using Profiles = std::vector<GaitProfile>;

/// Two recordings of one runner, solved with one body.
Result<std::pair<Profiles, Profiles>> profiles_of_files(const CompareCommand& command,
                                                        ProgressLine& line) {
  AnalysisInputs inputs;
  inputs.runs = {run_input(command.before), run_input(command.after)};
  if (!command.standing.empty()) inputs.standing = command.standing;
  if (!command.model.empty()) inputs.model = command.model;
  set_person(command.person, inputs.person);
  set_axes(command.axes, inputs.axes);
  inputs.threads = command.threads;
  inputs.progress = [&](const std::string& what, double fraction) { line.show(what, fraction); };
  CATENA_TRY(results, analyze(inputs));
  Profiles profiles = profiles_of(results);
  return std::pair<Profiles, Profiles>({profiles[0]}, {profiles[1]});
}

Result<std::pair<Profiles, Profiles>> find_profiles(const CompareCommand& command) {
  ProgressLine line;
  CATENA_TRY(before_is_session, is_session({command.before}));
  CATENA_TRY(after_is_session, is_session({command.after}));
  if (before_is_session != after_is_session) {
    return fail(Errc::kBadOption, "one is a session and one a recording", "",
                "give two folders, or two recordings of one runner");
  }
  if (!before_is_session) return profiles_of_files(command, line);
  if (!command.standing.empty() || !command.model.empty()) {
    return fail(Errc::kBadOption, "--standing and --model belong to two recordings", "",
                "name them in each folder's session.toml");
  }
  std::vector<std::string> notes;
  const auto show = [&](const std::string& what, double fraction) { line.show(what, fraction); };
  CATENA_TRY(before, profiles_of_session(command.before, command.threads, notes, show));
  CATENA_TRY(after, profiles_of_session(command.after, command.threads, notes, show));
  for (const std::string& note : notes) fmt::print(stderr, "note: {}\n", note);
  return std::pair<Profiles, Profiles>(before, after);
}

}  // namespace

int run_compare(const CompareCommand& command) {
  const auto profiles = find_profiles(command);
  if (!profiles) return report_error(profiles.error());
  CurveComparisonOptions options;
  options.same_markers = command.same_markers;
  const auto comparison = compare_visits(profiles->first, profiles->second, options);
  if (!comparison) return report_error(comparison.error());
  if (!command.out.empty()) {
    const FileSet files = {{"comparison.json", render_comparison_json(*comparison)}};
    if (auto written = write_files(command.out, files); !written) {
      return report_error(written.error());
    }
  }
  fmt::print("{}", render_comparison(*comparison));
  if (!command.out.empty()) {
    fmt::print("numbers: {}\n", (command.out / "comparison.json").string());
  }
  return kDone;
}

}  // namespace catena
