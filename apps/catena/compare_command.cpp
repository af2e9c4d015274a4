#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "catena/analysis/findings_of_run.h"
#include "catena/analysis/gait_of_run.h"
#include "catena/analysis/reference_build.h"
#include "catena/analysis/session.h"
#include "catena/core/file.h"
#include "catena/findings/visit_change.h"
#include "catena/report/comparison_text.h"
#include "commands.h"
#include "outcome.h"
#include "progress_line.h"
#include "words.h"

namespace catena {
namespace {

constexpr const char* kCompareHelp =
    R"(Sets two visits of one runner against each other (two session folders), or two recordings:
where in the stride angles differ, times and lengths, and what of it cannot be told from the
measurement's error. Recordings of one demand are paired. Of two folders with an exam.toml each: what
changed of the tests and the shares, and whether the pain changed with it.

Examples:
  catena compare visit1 visit2 -o out
  catena compare old_shoes.c3d new_shoes.c3d --standing standing.c3d --same-markers)";

struct CompareCommand {
  std::filesystem::path before, after;  // two sessions, or two recordings
  std::filesystem::path standing;       // of two recordings, as is the model
  std::filesystem::path model;
  std::filesystem::path out;  // folder; empty: nothing is written
  PersonWords person;
  AxisWords axes;
  bool same_markers = false;
  int threads = 0;
};

using Profiles = std::vector<GaitProfile>;

/// What is compared.
struct Compared {
  Profiles before, after;
  std::optional<VisitChanges> changes;  // of two sessions: answers, examinations, pain
};

Visit visit_of(const Results& results) {
  return {findings_of_run(results), results.examination, results.answer};
}

/// Two recordings of one runner, solved with one body.
Result<Compared> profiles_of_files(const CompareCommand& command, ProgressLine& line) {
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
  return Compared{{profiles[0]}, {profiles[1]}, std::nullopt};
}

Result<Compared> find_profiles(const CompareCommand& command) {
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
  CATENA_TRY(before, results_of_session(command.before, command.threads, notes, show));
  CATENA_TRY(after, results_of_session(command.after, command.threads, notes, show));
  for (const std::string& note : notes) fmt::print(stderr, "note: {}\n", note);
  return Compared{profiles_of_session(before, command.before),
                  profiles_of_session(after, command.after),
                  compare_answers(visit_of(before), visit_of(after))};
}

int run_compare(const CompareCommand& command) {
  const auto compared = find_profiles(command);
  if (!compared) return report_error(compared.error());
  CurveComparisonOptions options;
  options.same_markers = command.same_markers;
  const auto comparison = compare_visits(compared->before, compared->after, options);
  if (!comparison) return report_error(comparison.error());
  const VisitChanges* changes = compared->changes ? &*compared->changes : nullptr;
  if (!command.out.empty()) {
    const FileSet files = {{"comparison.json", render_comparison_json(*comparison, changes)}};
    if (auto written = write_files(command.out, files); !written) {
      return report_error(written.error());
    }
  }
  if (changes != nullptr) fmt::print("{}\n", render_changes(*changes));
  fmt::print("{}", render_comparison(*comparison));
  if (!command.out.empty()) {
    fmt::print("numbers: {}\n", (command.out / "comparison.json").string());
  }
  return kDone;
}

}  // namespace

Command add_compare(CLI::App& app) {
  const auto c = std::make_shared<CompareCommand>();
  CLI::App* sub = app.add_subcommand("compare", kCompareHelp);
  sub->add_option("before", c->before, "a session folder, or a recording")->required();
  sub->add_option("after", c->after, "the same of the other visit")->required();
  sub->add_option("--standing", c->standing, "standing trial of both recordings");
  sub->add_option("--model", c->model, "the runner's scaled model (.osim) for both recordings");
  sub->add_flag("--same-markers", c->same_markers, "the markers stayed on in between");
  add_person(*sub, c->person);
  add_axes(*sub, c->axes);
  add_threads(*sub, c->threads);
  sub->add_option("-o,--out", c->out, "folder for comparison.json")->check(not_empty);
  return {sub, [c](const std::string&) { return run_compare(*c); }};
}

}  // namespace catena
