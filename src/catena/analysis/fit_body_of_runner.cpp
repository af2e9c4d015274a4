#include "catena/analysis/fit_body_of_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "catena/analysis/belonging.h"
#include "catena/analysis/cleaning.h"
#include "catena/analysis/fit_summary.h"
#include "catena/core/file.h"
#include "catena/core/sha256.h"
#include "catena/core/version.h"
#include "catena/kinematics/runner_prior.h"
#include "catena/model/osim_reader.h"
#include "catena/trajectories/match_labels.h"

namespace catena {
namespace {

std::string file_name(const std::filesystem::path& path) { return path.filename().string(); }

Result<LabelMap> read_map(const FitInputs& inputs, Provenance& provenance) {
  if (!inputs.labels) return LabelMap{};
  CATENA_TRY(bytes, read_file(*inputs.labels));
  provenance.inputs.emplace_back(file_name(*inputs.labels), sha256_hex(bytes));
  return parse_label_map(bytes, inputs.labels->string());
}

Result<std::optional<Model>> read_generic(const FitInputs& inputs, Provenance& provenance) {
  if (!inputs.model) {
    if (inputs.marker_set) {
      return fail(Errc::kBadOption, "--marker-set is for a model that is given", "",
                  "add --model, or leave it out: the built-in body finds markers by their labels");
    }
    return std::optional<Model>();
  }
  CATENA_TRY(bytes, read_file(*inputs.model));
  CATENA_TRY(model, parse_osim(bytes, inputs.model->string()));
  provenance.model_file = file_name(*inputs.model);
  provenance.model_sha256 = sha256_hex(bytes);
  if (inputs.marker_set) {
    CATENA_TRY(set_bytes, read_file(*inputs.marker_set));
    CATENA_CHECK(apply_marker_set(model, set_bytes, inputs.marker_set->string()));
    provenance.inputs.emplace_back(file_name(*inputs.marker_set), sha256_hex(set_bytes));
  }
  CATENA_CHECK(find_chain(model).map_error(placed_in(inputs.model->string())));
  return std::optional<Model>(std::move(model));
}

/// The standing trial first. Run is FittedRun, const or not as the recordings are.
template <class Run, class Recordings>
std::vector<Run*> all_of(Recordings& recordings) {
  std::vector<Run*> all;
  if (recordings.standing) all.push_back(&*recordings.standing);
  for (Run& run : recordings.runs) all.push_back(&run);
  return all;
}

Result<void> check_each_once(const std::vector<FittedRun*>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (all[i]->sha256 != all[k]->sha256) continue;
      return fail(Errc::kMismatch, fmt::format("this is the same recording as {}", all[k]->path),
                  all[i]->path, "give each recording once");
    }
  }
  return {};
}

/// Markers of the model that no recording shows tell nothing of the runner.
void keep_recorded_markers(const std::vector<FittedRun*>& all, Model& model) {
  std::erase_if(model.markers, [&](const ModelMarker& marker) {
    return std::none_of(all.begin(), all.end(), [&](const FittedRun* run) {
      const auto& labels = run->trajectories.labels;
      return std::find(labels.begin(), labels.end(), marker.name) != labels.end();
    });
  });
}

RunnerFacts facts_of(const Person& person) {
  RunnerFacts facts;
  facts.height_m = person.height_m;
  facts.mass_kg = person.mass_kg;
  if (person.sex && *person.sex != Sex::kOther) facts.female = *person.sex == Sex::kFemale;
  return facts;
}

Result<BodyPrior> prior_of(const CleanRecordings& recordings,
                           const std::vector<const FittedRun*>& all, const Person& person) {
  if (recordings.generic) return generic_prior(*recordings.generic, facts_of(person));
  std::vector<LabelledTrial> trials;
  for (const FittedRun* run : all) {
    const bool stands = recordings.standing && run == all.front();
    trials.push_back({&run->trajectories, &run->meaning, stands});
  }
  return runner_prior(trials, facts_of(person));
}

std::string name_of(const Person& person) {
  if (!person.name.empty()) return person.name;
  return person.id.empty() ? "runner" : person.id;
}

}  // namespace

Result<CleanRecordings> clean_recordings_for_fit(const FitInputs& inputs) {
  if (inputs.runs.empty() && !inputs.standing) {
    return fail(Errc::kBadOption, "no recording was given", "",
                "name a standing trial, a run, or better both");
  }
  CleanRecordings out;
  out.provenance.version = kVersion;
  out.provenance.command = inputs.command;
  CATENA_TRY(map, read_map(inputs, out.provenance));
  CATENA_TRY(generic, read_generic(inputs, out.provenance));
  out.generic = std::move(generic);

  // A generic model's markers have names of their own, to which the mapping leads.
  const LabelMap of_labels = out.generic ? LabelMap{} : map;
  if (inputs.standing) {
    CATENA_TRY(run, read_run(*inputs.standing, inputs.axes, of_labels));
    out.standing = std::move(run);
  }
  for (std::size_t i = 0; i < inputs.runs.size(); ++i) {
    GroundFrameOptions axes = inputs.axes;
    if (i < inputs.belt_rise_rad.size()) axes.belt_rise_rad = inputs.belt_rise_rad[i];
    CATENA_TRY(run, read_run(inputs.runs[i], axes, of_labels));
    out.runs.push_back(std::move(run));
  }
  const std::vector<FittedRun*> all = all_of<FittedRun>(out);
  CATENA_CHECK(check_each_once(all));
  for (const FittedRun* run : all) out.provenance.inputs.emplace_back(run->file, run->sha256);

  if (out.generic) {
    for (FittedRun* run : all) name_as_the_model(*run, *out.generic, map);
    const std::vector<ModelMarker> of_model = out.generic->markers;
    keep_recorded_markers(all, *out.generic);
    if (out.generic->markers.empty() && !of_model.empty()) {
      return fail(Errc::kMissingData,
                  fmt::format("none of the model's markers ({}, ...) is in the recordings",
                              of_model.front().name),
                  inputs.model->string(),
                  "map the labels with --labels, or put the recordings' markers on the model with "
                  "--marker-set");
    }
    CATENA_CHECK(clean_recordings(clusters_of(*out.generic), out.standing, out.runs));
  } else {
    out.shared = share_labels(all);
    out.notes = out.shared.notes;
    CATENA_CHECK(clean_recordings(out.shared.clusters, out.standing, out.runs));
  }
  return out;
}

Result<BodyForRecordings> fit_to_recordings(const CleanRecordings& recordings,
                                            const FitInputs& inputs) {
  const auto all = all_of<const FittedRun>(recordings);
  CATENA_TRY(prior, prior_of(recordings, all, inputs.person));
  BodySetup markers;
  markers.model = prior.model;
  for (const FittedRun* run : all) {
    if (run == all.front()) continue;
    CATENA_CHECK(check_same_runner(*all.front(), *run, markers));
  }
  std::vector<FitTrial> trials;
  for (const FittedRun* run : all) {
    trials.push_back({&run->trajectories, recordings.standing && run == all.front()});
  }
  BodyFitOptions options;
  options.threads = inputs.threads;
  if (inputs.progress) {
    options.progress = [&](double fraction) { inputs.progress("fitting the body", fraction); };
  }
  CATENA_TRY(fit, fit_body(prior, trials, options));
  fit.model.name = name_of(inputs.person);
  return BodyForRecordings{std::move(prior), std::move(fit)};
}

Result<FittedBody> fit_body_of_runner(const FitInputs& inputs) {
  CATENA_TRY(recordings, clean_recordings_for_fit(inputs));
  const auto start = std::chrono::steady_clock::now();
  CATENA_TRY(fitted, fit_to_recordings(recordings, inputs));
  const double solve_s =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  // How well it fits, recording by recording.
  CATENA_TRY(summary, summarize_fit(recordings, inputs, fitted.prior, fitted.fit));
  summary.solve_s = solve_s;
  return FittedBody{std::move(fitted.fit), std::move(summary)};
}

}  // namespace catena
