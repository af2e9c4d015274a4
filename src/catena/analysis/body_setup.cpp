#include "catena/analysis/body_setup.h"

#include <fmt/format.h>

#include "catena/analysis/belonging.h"
#include "catena/core/file.h"
#include "catena/core/sha256.h"
#include "catena/kinematics/ik_setup.h"
#include "catena/model/osim_reader.h"
#include "catena/recording/read_recording.h"
#include "catena/trajectories/from_recording.h"

namespace catena {
namespace {

std::string file_name(const std::filesystem::path& path) { return path.filename().string(); }

void add_notes(const FittedRun& run, const std::vector<std::string>& notes,
               std::vector<std::string>& to) {
  for (const std::string& text : notes) to.push_back(run.file + ": " + text);
}

}  // namespace

Result<BodySetup> load_body(const AnalysisInputs& inputs) {
  const std::filesystem::path& path = *inputs.model;
  CATENA_TRY(bytes, read_file(path));
  CATENA_TRY(model, parse_osim(bytes, path.string()));
  BodySetup body;
  body.model_file = file_name(path);
  body.model_sha256 = sha256_hex(bytes);
  if (inputs.marker_set) {
    CATENA_TRY(set_bytes, read_file(*inputs.marker_set));
    if (auto done = apply_marker_set(model, set_bytes, inputs.marker_set->string()); !done) {
      return tl::make_unexpected(done.error());
    }
    body.inputs.emplace_back(file_name(*inputs.marker_set), sha256_hex(set_bytes));
  }
  if (inputs.labels) {
    CATENA_TRY(map_bytes, read_file(*inputs.labels));
    CATENA_TRY(map, parse_label_map(map_bytes, inputs.labels->string()));
    body.labels = map;
    body.inputs.emplace_back(file_name(*inputs.labels), sha256_hex(map_bytes));
  }
  if (model.markers.empty()) {
    return fail(Errc::kMissingData, "the model has no markers", path.string(),
                "give a model with its markers, or a marker set with --marker-set");
  }
  CATENA_TRY(chain, find_chain(model).map_error(placed_in(path.string())));
  body.chain = chain;
  if (inputs.ik_setup) {
    CATENA_TRY(setup_bytes, read_file(*inputs.ik_setup));
    CATENA_TRY(setup, parse_ik_setup_with_tasks(setup_bytes, *inputs.ik_setup));
    CATENA_TRY(options,
               options_from_setup(setup, model).map_error(placed_in(inputs.ik_setup->string())));
    body.ik_options = options;
    body.inputs.emplace_back(file_name(*inputs.ik_setup), sha256_hex(setup_bytes));
    body.assumptions = setup.notes;
    if (setup.marker_tasks.empty()) {
      body.assumptions.emplace_back(
          "The set-up names no marker: every marker that model and recording share has weight 1.");
    }
    if (setup.time_range_s) {
      body.assumptions.emplace_back(
          "The set-up's time range is not used: whole recordings are analysed.");
    }
  } else {
    body.assumptions.emplace_back(
        "No inverse kinematics set-up was given: every marker that model "
        "and recording share has weight 1.");
  }
  for (const std::string& assumption : model.assumptions) {
    body.assumptions.push_back("Model: " + assumption);
  }
  body.model = std::move(model);
  body.ik_options.threads = inputs.threads;
  return body;
}

Result<FittedRun> read_run(const std::filesystem::path& file, const GroundFrameOptions& axes,
                           const LabelMap& map) {
  FittedRun run;
  run.path = file.string();
  run.file = file_name(file);
  const auto in_this_file = placed_in(run.path);
  CATENA_TRY(bytes, read_file(file));
  run.sha256 = sha256_hex(bytes);
  CATENA_TRY(recording, parse_recording(bytes, run.path));
  if (!map.renames.empty()) {
    MatchedLabels mapped = match_labels(recording.points.labels, {}, map);
    recording.points.labels = std::move(mapped.labels);
    add_notes(run, mapped.notes, run.notes);
  }
  run.meaning = identify_labels(recording.points.labels);
  CATENA_TRY(ground,
             find_ground_frame(recording, body_points(run.meaning), axes).map_error(in_this_file));
  run.ground = ground;
  CATENA_TRY(trajectories,
             make_trajectories(recording.points, {.ground = ground}).map_error(in_this_file));
  run.name = trajectories.name;
  run.forces = turned(recorded_forces(recording), ground.ground_from_lab);
  run.events = std::move(recording.events);
  add_notes(run, trajectories.notes, run.warnings);
  add_notes(run, trajectories.asides, run.notes);
  run.trajectories = std::move(trajectories);
  return run;
}

void name_as_the_model(FittedRun& run, const Model& model, const LabelMap& map) {
  std::vector<std::string> wanted;
  for (const ModelMarker& marker : model.markers) wanted.push_back(marker.name);
  MatchedLabels matched = match_labels(run.trajectories.labels, wanted, map);
  run.trajectories.labels = std::move(matched.labels);
  add_notes(run, matched.notes, run.notes);
  add_notes(run, near_miss_sentences(run.meaning), run.warnings);
}

Result<void> fit_run(FittedRun& run, const BodySetup& body,
                     const std::function<void(double)>& progress) {
  const auto in_this_file = placed_in(run.path);
  InverseKinematicsOptions options = body.ik_options;
  options.progress = progress;
  CATENA_TRY(
      fit,
      inverse_kinematics(body.model, run.trajectories, options).map_error([&](const Error& error) {
        // What the recording lacks; the rest are the model's faults.
        return error.code == Errc::kMissingData ? in_this_file(error) : error;
      }));
  add_notes(run, fit.assumptions, run.notes);
  run.fit = std::move(fit);
  CATENA_CHECK(check_links_are_seen(run, body));
  CATENA_TRY(
      segments,
      segment_motion(body.model, body.chain, run.fit.motion).map_error([&](const Error& error) {
        return explain_posture(error, run.ground, run.path);
      }));
  run.segments = std::move(segments);
  return check_fit(run);
}

}  // namespace catena
