#include <fmt/core.h>

#include <cstdio>

#include "catena/analysis/demands.h"
#include "catena/analysis/fit_body_of_runner.h"
#include "catena/analysis/session.h"
#include "catena/core/file.h"
#include "catena/report/fit_report.h"
#include "commands.h"
#include "progress_line.h"

namespace catena {
namespace {

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

}  // namespace

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

}  // namespace catena
