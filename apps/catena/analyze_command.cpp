#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "catena/analysis/analysis.h"
#include "catena/core/file.h"
#include "catena/report/render_files.h"
#include "catena/report/text_report.h"
#include "commands.h"
#include "progress_line.h"

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

int run_analyze(const AnalyzeCommand& command) {
  AnalysisInputs inputs;
  for (std::size_t i = 0; i < command.runs.size(); ++i) {
    inputs.runs.push_back({command.runs[i], command.demands.empty() ? "" : command.demands[i]});
  }
  inputs.model = command.model;
  if (!command.standing.empty()) inputs.standing = command.standing;
  if (!command.ik_setup.empty()) inputs.ik_setup = command.ik_setup;
  if (!command.marker_set.empty()) inputs.marker_set = command.marker_set;
  inputs.axes = options_of(command.axes);
  inputs.threads = command.threads;
  inputs.command = command.command_line;

  Result<Results> results = [&] {
    ProgressLine line;
    inputs.progress = [&](const std::string& what, double fraction) { line.show(what, fraction); };
    return analyze(inputs);
  }();
  if (!results) return report_error(results.error());
  if (auto written = write_files(command.out, render_files(*results)); !written) {
    return report_error(written.error());
  }
  for (const std::string& warning : results->warnings) fmt::print(stderr, "note: {}\n", warning);
  fmt::print("{}", render_text(*results));
  fmt::print("\nreport: {}\n", (command.out / "report.html").string());

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
