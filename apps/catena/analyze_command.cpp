#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "catena/analysis/exam_trials.h"
#include "catena/analysis/session.h"
#include "catena/core/file.h"
#include "catena/report/render_files.h"
#include "catena/report/text_report.h"
#include "commands.h"
#include "pdf.h"
#include "progress_line.h"
#include "today.h"

namespace catena {

int report_error(const Error& error) {
  fmt::print(stderr, "catena: {}\n", to_sentence(error));
  return error.code == Errc::kNotConverged ? kNotConverged
         : error.code == Errc::kBadOption  ? kBadUsage
                                           : kBadInput;
}

GroundFrameOptions options_of(const AxisWords& words) {
  GroundFrameOptions options;
  options.up = words.up == "file" ? LabAxis::kPlusY : axis_named(words.up);
  options.forward = axis_named(words.forward);
  options.keep_forward = words.forward == "file";
  if (words.treadmill || words.overground) options.treadmill = words.treadmill;
  return options;
}

void set_axes(const AxisWords& words, GroundFrameOptions& axes) {
  const GroundFrameOptions said = options_of(words);
  if (said.up) axes.up = said.up;
  if (said.forward) axes.forward = said.forward;
  if (said.treadmill) axes.treadmill = said.treadmill;
  axes.keep_forward = said.keep_forward;
}

void set_person(const PersonWords& words, Person& person) {
  if (std::isfinite(words.height_m)) person.height_m = words.height_m;
  if (std::isfinite(words.mass_kg)) person.mass_kg = words.mass_kg;
  if (!words.sex.empty()) person.sex = words.sex.front() == 'f' ? Sex::kFemale : Sex::kMale;
}

EventChoice event_choice(const std::string& word) {
  const auto found = std::find(kEventWords.begin(), kEventWords.end(), word);
  return static_cast<EventChoice>(found - kEventWords.begin());
}

Result<bool> is_session(const std::vector<std::filesystem::path>& files) {
  for (const std::filesystem::path& file : files) {
    std::error_code ignored;
    const bool is_folder = std::filesystem::is_directory(file, ignored);
    if (!is_folder && file.extension() != ".toml") continue;
    if (files.size() == 1) return true;
    return fail(Errc::kBadOption,
                is_folder ? "this is a folder, not a file" : "this is a session, not a recording",
                file.string(), "give one folder, or one session.toml, or the recordings alone");
  }
  return false;
}

namespace {

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

}  // namespace

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

}  // namespace catena
