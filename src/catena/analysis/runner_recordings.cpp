#include "catena/analysis/runner_recordings.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "catena/analysis/belonging.h"
#include "catena/analysis/cleaning.h"
#include "catena/analysis/demands.h"
#include "catena/analysis/fit_body_of_runner.h"

namespace catena {
namespace {

/// The runs' names: that of the file, with its folder where two files are called alike.
std::vector<std::string> name_runs(const std::vector<RunInput>& runs) {
  std::vector<std::string> names;
  for (const RunInput& run : runs) names.push_back(run.file.stem().string());
  const std::vector<std::string> stems = names;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::count(stems.begin(), stems.end(), stems[i]) == 1) continue;
    const std::filesystem::path folder = runs[i].file.parent_path().filename();
    if (!folder.empty()) names[i] = folder.string() + "/" + stems[i];
    for (int k = 2;
         std::count(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) > 0;
         ++k) {
      names[i] = fmt::format("{} ({})", stems[i], k);
    }
  }
  return names;
}

/// One recording twice would count every stride twice.
Result<void> check_is_new(const FittedRun& run, const std::vector<FittedRun>& runs,
                          const std::optional<FittedRun>& standing) {
  if (standing && standing->sha256 == run.sha256) {
    return fail(Errc::kMismatch, "this recording was given as the standing trial as well", run.path,
                "leave it out of the runs, or give a trial of quiet standing");
  }
  for (const FittedRun& other : runs) {
    if (other.sha256 != run.sha256) continue;
    return fail(Errc::kMismatch, fmt::format("this is the same recording as {}", other.path),
                run.path, "give each recording once");
  }
  return {};
}

/// The standing trial, if any, and every run, read and repaired.
Result<std::vector<FittedRun>> read_all(const AnalysisInputs& inputs, const BodySetup& body,
                                        std::optional<FittedRun>& standing) {
  if (inputs.standing) {
    CATENA_TRY(run, read_run(*inputs.standing, inputs.axes));
    name_as_the_model(run, body.model, body.labels);
    CATENA_CHECK(check_size(run, body));
    standing = std::move(run);
  }
  std::vector<FittedRun> runs;
  const std::vector<std::string> names = name_runs(inputs.runs);
  for (std::size_t i = 0; i < inputs.runs.size(); ++i) {
    GroundFrameOptions axes = inputs.axes;
    axes.belt_rise_rad = belt_rise_rad(inputs.runs[i].asked);
    CATENA_TRY(run, read_run(inputs.runs[i].file, axes));
    name_as_the_model(run, body.model, body.labels);
    CATENA_CHECK(check_size(run, body));
    run.name = names[i];
    CATENA_CHECK(check_is_new(run, runs, standing));
    runs.push_back(std::move(run));
  }
  CATENA_CHECK(clean_recordings(body, standing, runs));
  return runs;
}

Result<RunnerRecordings> read_for_model(const AnalysisInputs& inputs) {
  RunnerRecordings out;
  CATENA_TRY(body, load_body(inputs));
  out.body = std::move(body);
  CATENA_TRY(runs, read_all(inputs, out.body, out.standing));
  out.runs = std::move(runs);
  return out;
}

/// What is known of the person and which files there are, for the fit.
FitInputs fit_inputs_of(const AnalysisInputs& inputs) {
  FitInputs out;
  for (const RunInput& run : inputs.runs) {
    out.runs.push_back(run.file);
    out.belt_rise_rad.push_back(belt_rise_rad(run.asked));
  }
  out.standing = inputs.standing;
  out.model = inputs.generic;
  out.marker_set = inputs.marker_set;
  out.labels = inputs.labels;
  out.axes = inputs.axes;
  out.person = inputs.person;
  out.threads = inputs.threads;
  out.progress = inputs.progress;
  return out;
}

/// The fitted body, its markers weighed as the fit found them to stray.
Result<BodySetup> body_of(const CleanRecordings& recordings, const BodyForRecordings& fitted,
                          const AnalysisInputs& inputs) {
  BodySetup body;
  body.model = fitted.fit.model;
  CATENA_TRY(chain, find_chain(body.model));
  body.chain = chain;
  body.ik_options.marker_tasks = fitted.fit.weights;
  body.ik_options.threads = inputs.threads;
  body.model_file = (inputs.generic ? inputs.generic->filename().string() : "the built-in body") +
                    ", fitted to these recordings";
  body.model.name = body.model_file;
  body.model_sha256 = recordings.provenance.model_sha256;
  // The recordings themselves are listed with the runs.
  for (const auto& [file, sha256] : recordings.provenance.inputs) {
    const auto is_this = [&hash = sha256](const FittedRun& run) { return run.sha256 == hash; };
    const bool is_recording =
        std::any_of(recordings.runs.begin(), recordings.runs.end(), is_this) ||
        (recordings.standing && is_this(*recordings.standing));
    if (!is_recording) body.inputs.emplace_back(file, sha256);
  }
  body.assumptions.push_back(fmt::format(
      "Model: {}: {} frames, marker RMS {:.1f} mm{}. Markers count by how little they stray from "
      "the bone.",
      body.model_file, fitted.fit.frames, 1e3 * fitted.fit.rms_m,
      fitted.fit.converged ? "" : "; the fit did not converge"));
  for (const std::string& note : recordings.notes) body.assumptions.push_back(note);
  for (const std::string& note : fitted.fit.assumptions) body.assumptions.push_back(note);
  return body;
}

Result<RunnerRecordings> read_and_fit(const AnalysisInputs& inputs) {
  if (inputs.ik_setup) {
    return fail(Errc::kBadOption, "--ik-setup belongs to a model that is given", "",
                "add --model, or leave it out: a fitted body brings its own weights");
  }
  const FitInputs fit_inputs = fit_inputs_of(inputs);
  CATENA_TRY(recordings, clean_recordings_for_fit(fit_inputs));
  CATENA_TRY(fitted, fit_to_recordings(recordings, fit_inputs));
  RunnerRecordings out;
  CATENA_TRY(body, body_of(recordings, fitted, inputs));
  out.body = std::move(body);
  out.standing = std::move(recordings.standing);
  out.runs = std::move(recordings.runs);
  const std::vector<std::string> names = name_runs(inputs.runs);
  for (std::size_t i = 0; i < names.size(); ++i) out.runs[i].name = names[i];
  if (!fitted.fit.converged) {
    out.runs.front().warnings.push_back(
        fmt::format("The fit of the body did not converge after {} iterations; look at the marker "
                    "fit before you use the result.",
                    fitted.fit.iterations));
  }
  return out;
}

}  // namespace

Result<RunnerRecordings> read_runner(const AnalysisInputs& inputs) {
  return inputs.model ? read_for_model(inputs) : read_and_fit(inputs);
}

}  // namespace catena
