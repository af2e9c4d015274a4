#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "catena/analysis/demands.h"
#include "catena/analysis/fit_body_of_runner.h"
#include "catena/analysis/session.h"
#include "catena/core/file.h"
#include "catena/report/fit_report.h"
#include "commands.h"
#include "outcome.h"
#include "progress_line.h"
#include "words.h"

namespace catena {
namespace {

constexpr const char* kFitHelp =
    R"(Fits a body to a runner's own recordings: segment lengths, joint centres, where markers sit.
Writes runner.osim and ik_tasks.xml (for `catena analyze --model ... --ik-setup ...`, and OpenSim),
fit.html, fit.json, and body.svg, a picture of body and markers from three sides.

Give a standing trial, runs, or best both; or a folder or session.toml as for analyze. Without
--model the built-in body is fitted, to markers of known sets (docs/labels.md); with it, a generic
OpenSim model with markers is sized to the runner.

Examples:
  catena fit run35.trc run50.trc --standing static.trc --height 1.78 --sex m -o body
  catena fit visit -o body
  catena fit run35.trc --standing static.trc --model gait2354.osim -o body)";

struct FitCommand {
  std::vector<std::filesystem::path> runs;  // recordings; or one folder or session.toml
  std::filesystem::path model;
  std::filesystem::path standing;
  std::filesystem::path marker_set;
  std::filesystem::path labels;
  std::filesystem::path out;
  PersonWords person;
  AxisWords axes;
  int threads = 0;
  std::string command_line;
};

/// The recordings and the person, from a session or as they were named.
Result<FitInputs> find_inputs(const FitCommand& command) {
  FitInputs inputs;
  CATENA_TRY(of_session, is_session(command.runs));
  if (!of_session) {
    inputs.runs = command.runs;
    if (!command.standing.empty()) inputs.standing = command.standing;
    return inputs;
  }
  SessionOptions options;
  options.look_for_model = false;
  if (!command.standing.empty()) options.standing = command.standing;
  CATENA_TRY(session, find_session(command.runs.front(), options));
  for (const std::string& guess : session.guesses) fmt::print(stderr, "note: {}\n", guess);
  for (const SessionRun& run : session.runs) {
    inputs.runs.push_back(run.file);
    inputs.belt_rise_rad.push_back(belt_rise_rad(run.demand));
  }
  inputs.standing = session.standing;
  inputs.labels = session.labels;
  inputs.axes = session.axes;
  inputs.person = session.person;
  inputs.guesses = session.guesses;
  return inputs;
}

/// What the command line says goes before what the session says.
Result<FitInputs> make_inputs(const FitCommand& command) {
  CATENA_TRY(inputs, find_inputs(command));
  if (!command.model.empty()) inputs.model = command.model;
  if (!command.marker_set.empty()) inputs.marker_set = command.marker_set;
  if (!command.labels.empty()) inputs.labels = command.labels;
  set_person(command.person, inputs.person);
  set_axes(command.axes, inputs.axes);
  inputs.threads = command.threads;
  inputs.command = command.command_line;
  return inputs;
}

int run_fit(const FitCommand& command) {
  Result<FitInputs> made = make_inputs(command);
  if (!made) return report_error(made.error());
  FitInputs& inputs = *made;
  const Result<FittedBody> fitted = [&] {
    ProgressLine line;
    inputs.progress = [&](const std::string& what, double fraction) { line.show(what, fraction); };
    return fit_body_of_runner(inputs);
  }();
  if (!fitted) return report_error(fitted.error());
  const FitSummary& summary = fitted->summary;
  const FileSet files = render_fit_files(summary, fitted->fit.model, fitted->fit.weights);
  if (auto written = write_files(command.out, files); !written) {
    return report_error(written.error());
  }
  fmt::print("{}", render_fit_text(summary));
  fmt::print("\npage: {}\nto analyse with this body: --model {} --ik-setup {}\n",
             (command.out / "fit.html").string(), (command.out / "runner.osim").string(),
             (command.out / "ik_tasks.xml").string());
  if (summary.converged) return kDone;
  fmt::print(stderr,
             "catena: the fit did not converge after {} iterations; look at the page before you "
             "use the model\n",
             summary.iterations);
  return kNotConverged;
}

}  // namespace

Command add_fit(CLI::App& app) {
  const auto c = std::make_shared<FitCommand>();
  CLI::App* sub = app.add_subcommand("fit", kFitHelp);
  sub->add_option("runs", c->runs,
                  "recordings of running (.trc, .c3d); or a folder; or a session.toml");
  sub->add_option("--standing", c->standing, "standing trial");
  sub->add_option("--model,--fit", c->model,
                  "generic model (.osim) to be sized; else the built-in body");
  sub->add_option("--marker-set", c->marker_set, "marker-set file (.xml) to put on the model");
  add_labels(*sub, c->labels);
  add_person(*sub, c->person);
  add_axes(*sub, c->axes);
  add_threads(*sub, c->threads);
  sub->add_option("-o,--out", c->out, "folder for the model and the page")
      ->required()
      ->check(not_empty);
  return {sub, [c](const std::string& command_line) {
            c->command_line = command_line;
            return run_fit(*c);
          }};
}

}  // namespace catena
