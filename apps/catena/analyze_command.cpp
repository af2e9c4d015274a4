#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "catena/analysis/exam_trials.h"
#include "catena/analysis/session.h"
#include "catena/core/file.h"
#include "catena/report/language.h"
#include "catena/report/render_files.h"
#include "catena/report/text_report.h"
#include "commands.h"
#include "outcome.h"
#include "pdf.h"
#include "progress_line.h"
#include "today.h"
#include "words.h"

namespace catena {
namespace {

constexpr const char* kAnalyzeHelp =
    R"(Reads recorded runs and a scaled model; says, for each leg, who puts it behind the body
(hip, low back, forward lean) and who takes up the next degree; with an examination, whether the
pattern and the pain fit together. Writes report.html (with --pdf report.pdf), result.json, tables
(.csv) and one _ik.mot per run. Without a model, a body is fitted to the recordings first.

Give the recordings and a model, or a folder: a session.toml in it says what is what (see
docs/session.md); without one, folders of OpenCap, Pose2Sim, or plain TRC and C3D files are
understood, and what was guessed is printed.

Examples:
  catena analyze run35.trc run50.trc run70.trc --model runner.osim --standing static.trc -o out
  catena analyze visit -o out)";

struct AnalyzeCommand {
  std::vector<std::filesystem::path> runs;  // recordings; or one folder or session.toml
  std::vector<std::string> demands;         // none, or one per run
  std::filesystem::path model;
  std::filesystem::path generic;  // model to be fitted
  std::filesystem::path standing;
  std::filesystem::path ik_setup;
  std::filesystem::path marker_set;
  std::filesystem::path labels;
  std::filesystem::path reference;
  std::filesystem::path exam;
  std::vector<std::filesystem::path> exam_trials;
  std::filesystem::path out;
  std::string events = "auto";
  std::string language = "en";  // of the report
  std::string pdf = "no";  // "no", "yes", "auto": where there is a Chromium; checked while parsing
  PersonWords person;
  AxisWords axes;
  int threads = 0;
  std::string command_line;
};

Result<AnalysisInputs> find_inputs(const AnalyzeCommand& command) {
  CATENA_TRY(of_session, is_session(command.runs));
  if (!of_session) {
    AnalysisInputs inputs;
    for (const std::filesystem::path& run : command.runs) inputs.runs.push_back(run_input(run));
    if (!command.model.empty()) inputs.model = command.model;
    if (!command.standing.empty()) inputs.standing = command.standing;
    return inputs;
  }
  SessionOptions options;
  if (!command.model.empty()) options.model = command.model;
  if (!command.standing.empty()) options.standing = command.standing;
  options.look_for_model = command.generic.empty();
  CATENA_TRY(session, find_session(command.runs.front(), options));
  for (const std::string& guess : session.guesses) fmt::print(stderr, "note: {}\n", guess);
  return inputs_of(session);
}

/// The session's or the command line's files, and whatever else the command line says.
Result<AnalysisInputs> make_inputs(const AnalyzeCommand& command) {
  CATENA_TRY(inputs, find_inputs(command));
  if (!command.demands.empty() && command.demands.size() != inputs.runs.size()) {
    return fail(Errc::kBadOption,
                fmt::format("there are {} runs and {} --demand", inputs.runs.size(),
                            command.demands.size()),
                "", "give one for each of the runs, or none");
  }
  for (std::size_t i = 0; i < command.demands.size(); ++i) {
    inputs.runs[i].demand = command.demands[i];
    inputs.runs[i].source.clear();
  }
  if (!command.generic.empty()) {
    if (!command.model.empty()) {
      return fail(Errc::kBadOption, "--model and --fit exclude each other", "",
                  "give the runner's own model with --model, or a generic one with --fit");
    }
    inputs.generic = command.generic;
    inputs.model.reset();
  }
  set_person(command.person, inputs.person);
  if (!command.ik_setup.empty()) inputs.ik_setup = command.ik_setup;
  if (!command.marker_set.empty()) inputs.marker_set = command.marker_set;
  if (!command.labels.empty()) inputs.labels = command.labels;
  if (!command.reference.empty()) inputs.reference = command.reference;
  if (!command.exam.empty()) inputs.exam = command.exam;
  inputs.today = today();
  for (const std::filesystem::path& file : command.exam_trials) {
    CATENA_TRY(trial, exam_trial_named(file));
    inputs.exam_trials.push_back(trial);
  }
  inputs.events = event_choice(command.events);
  set_axes(command.axes, inputs.axes);
  inputs.threads = command.threads;
  inputs.command = command.command_line;
  return inputs;
}

/// report.pdf, where it is asked for. A report without it is whole, so nothing here is an error.
void make_pdf(const AnalyzeCommand& command) {
  const std::filesystem::path html = command.out / "report.html";
  const std::filesystem::path pdf = command.out / "report.pdf";
  const auto stale = [&] {
    std::error_code ignored;
    if (!std::filesystem::exists(pdf, ignored)) return;
    fmt::print(stderr, "note: {} is of an earlier analysis\n", pdf.string());
  };
  if (command.pdf == "no") return stale();
  const auto chromium = find_chromium();
  if (!chromium) {
    if (command.pdf == "yes") {
      fmt::print(stderr,
                 "note: no report.pdf was made, as there is no Chromium: install one, name it with "
                 "CATENA_CHROMIUM, or print {} by hand\n",
                 html.string());
    }
    return stale();
  }
  if (auto printed = print_pdf(*chromium, html, pdf); !printed) {
    fmt::print(stderr, "note: no report.pdf was made: {}\n", to_sentence(printed.error()));
    return stale();
  }
  fmt::print("paper:  {}\n", pdf.string());
}

int run_analyze(const AnalyzeCommand& command) {
  Result<AnalysisInputs> made = make_inputs(command);
  if (!made) return report_error(made.error());
  AnalysisInputs& inputs = *made;
  Result<Results> results = [&] {
    ProgressLine line;
    inputs.progress = [&](const std::string& what, double fraction) { line.show(what, fraction); };
    return analyze(inputs);
  }();
  if (!results) return report_error(results.error());
  results->language = command.language;
  if (auto written = write_files(command.out, render_files(*results)); !written) {
    return report_error(written.error());
  }
  for (const RecordingResult& recording : results->recordings) {
    if (!recording.turned) continue;
    fmt::print(stderr, "note: {}: Turned to ground: {}.\n", recording.file, recording.axes);
  }
  if (results->examination) {
    for (const std::string& note : results->examination->notes) {
      fmt::print(stderr, "note: {}\n", note);
    }
  }
  for (const std::string& warning : results->warnings) fmt::print(stderr, "note: {}\n", warning);
  for (const RecordingResult& recording : results->recordings) {
    const std::string repairs = in_few_words(of_paths(recording.repairs));
    if (!repairs.empty()) fmt::print(stderr, "note: {}: {}\n", recording.file, repairs);
  }
  fmt::print("{}", render_text(*results));
  fmt::print("\nreport: {}\n", (command.out / "report.html").string());
  make_pdf(command);

  const bool converged = std::all_of(
      results->recordings.begin(), results->recordings.end(),
      [](const RecordingResult& recording) { return recording.converged_fraction >= 0.99; });
  if (converged) return kDone;
  for (const RecordingResult& recording : results->recordings) {
    if (recording.converged_fraction >= 0.99) continue;
    fmt::print(stderr,
               "catena: {}: {:.0f} % of the frames showed too few markers or could not be fitted; "
               "look at the report's marker fit before you use the result\n",
               recording.file, std::ceil(100.0 * (1.0 - recording.converged_fraction)));
  }
  return kNotConverged;
}

}  // namespace

Command add_analyze(CLI::App& app) {
  const auto c = std::make_shared<AnalyzeCommand>();
  CLI::App* sub = app.add_subcommand("analyze", kAnalyzeHelp);
  sub->add_option("runs", c->runs,
                  "recordings of running (.trc, .c3d); or a folder; or a session.toml")
      ->required();
  sub->add_option(
      "--model", c->model,
      "the runner's scaled model (.osim); a folder's own needs no naming; without one a body is "
      "fitted to the recordings");
  sub->add_option("--fit", c->generic,
                  "generic model (.osim) to be fitted; else the built-in body");
  sub->add_option("--standing", c->standing, "standing trial: the runner's own zero");
  sub->add_option("--ik-setup", c->ik_setup, "OpenSim IK set-up or task file (.xml) for weights");
  sub->add_option("--marker-set", c->marker_set, "marker-set file (.xml) to put on the model");
  add_labels(*sub, c->labels);
  sub->add_option("--exam", c->exam,
                  "the examination (exam.toml or JSON, made by catena exam); a folder's own "
                  "exam.toml needs no naming");
  sub->add_option("--exam-trial", c->exam_trials,
                  "the examined position itself, recorded with the run's markers: thomas_r.c3d, "
                  "prone_l.trc; removes the offset between the zeros of examination and run")
      ->expected(1)
      ->take_all();
  sub->add_option("--reference", c->reference,
                  "other runners to set these recordings beside (a file by catena reference)");
  add_events(*sub, c->events);
  std::vector<std::string> languages = language_codes();
  languages.insert(languages.begin(), "en");
  sub->add_option("--language", c->language, "of the report: en, de")
      ->check(CLI::IsMember(languages))
      ->capture_default_str();
  sub->add_option("--demand", c->demands,
                  "what each run asks, in the order of the runs: \"3.5 m/s\", \"+5 % incline\"; "
                  "\"ramp\" for rising speed. Without it the speed over the ground decides")
      ->expected(1)
      ->take_all();
  add_person(*sub, c->person);
  add_axes(*sub, c->axes);
  add_threads(*sub, c->threads);
  sub->add_flag("--pdf{yes}", c->pdf,
                "report.pdf as well, by a Chromium that is installed; --pdf=auto: only where there "
                "is one, else nothing is said; CATENA_CHROMIUM names another")
      ->check(CLI::IsMember({"yes", "no", "auto"}));
  sub->add_option("-o,--out", c->out, "folder for the report and files")
      ->required()
      ->check(not_empty);
  return {sub, [c](const std::string& command_line) {
            c->command_line = command_line;
            return run_analyze(*c);
          }};
}

}  // namespace catena
