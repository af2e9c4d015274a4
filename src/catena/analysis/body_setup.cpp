#include "catena/analysis/body_setup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/core/file.h"
#include "catena/core/sha256.h"
#include "catena/kinematics/ik_setup.h"
#include "catena/model/osim_reader.h"
#include "catena/recording/trc.h"

namespace catena {
namespace {

std::string file_name(const std::filesystem::path& path) { return path.filename().string(); }

int markers_used_on(const InverseKinematics& fit, const Model& model, int body) {
  int count = 0;
  for (std::size_t m = 0; m < fit.marker_index.size(); ++m) {
    const ModelMarker& marker = model.markers[static_cast<std::size_t>(fit.marker_index[m])];
    const auto column = fit.residual_m.col(static_cast<Eigen::Index>(m)).array();
    if (marker.body == body && !column.isNaN().all()) ++count;
  }
  return count;
}

std::string markers_of_body(const Model& model, int body) {
  std::string names;
  for (const ModelMarker& marker : model.markers) {
    if (marker.body == body) names += (names.empty() ? "" : ", ") + marker.name;
  }
  return names.empty() ? "none" : names;
}

Result<void> check_links_are_seen(const FittedRun& run, const BodySetup& body) {
  for (const int link : {body.chain.pelvis, body.chain.thigh[kRight], body.chain.thigh[kLeft]}) {
    if (markers_used_on(run.fit, body.model, link) > 0) continue;
    return fail(Errc::kMissingData,
                fmt::format("no marker of {} was seen, so the budget cannot be known (the model's "
                            "markers there: {})",
                            body.model.bodies[static_cast<std::size_t>(link)].name,
                            markers_of_body(body.model, link)),
                run.file, "record with these markers, or rename the labels");
  }
  return {};
}

/// Median distance between two points over the frames that show both; NaN when none does.
double median_distance_m(const Trajectories& t, Eigen::Index a, Eigen::Index b) {
  std::vector<double> distances;
  for (Eigen::Index f = 0; f < t.points_m.rows(); ++f) {
    const double d = (t.points_m.block<1, 3>(f, 3 * a) - t.points_m.block<1, 3>(f, 3 * b)).norm();
    if (!std::isnan(d)) distances.push_back(d);
  }
  if (distances.empty()) return std::nan("");
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::nth_element(distances.begin(), middle, distances.end());
  return *middle;
}

}  // namespace

Result<BodySetup> load_body(const AnalysisInputs& inputs) {
  CATENA_TRY(bytes, read_file(inputs.model));
  CATENA_TRY(model, parse_osim(bytes, inputs.model.string()));
  BodySetup body;
  body.model_sha256 = sha256_hex(bytes);
  if (inputs.marker_set) {
    CATENA_TRY(set_bytes, read_file(*inputs.marker_set));
    if (auto done = apply_marker_set(model, set_bytes, inputs.marker_set->string()); !done) {
      return tl::make_unexpected(done.error());
    }
    body.inputs.emplace_back(file_name(*inputs.marker_set), sha256_hex(set_bytes));
  }
  CATENA_TRY(chain, find_chain(model));
  body.chain = chain;
  if (inputs.ik_setup) {
    CATENA_TRY(setup, read_ik_setup(*inputs.ik_setup));
    CATENA_TRY(options, options_from_setup(setup, model));
    body.ik_options = options;
    CATENA_TRY(setup_bytes, read_file(*inputs.ik_setup));
    body.inputs.emplace_back(file_name(*inputs.ik_setup), sha256_hex(setup_bytes));
    body.assumptions = setup.notes;
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

Result<FittedRun> fit_run(const std::filesystem::path& file, const BodySetup& body,
                          const AnalysisInputs& inputs,
                          const std::function<void(double)>& progress) {
  FittedRun run;
  run.file = file_name(file);
  CATENA_TRY(bytes, read_file(file));
  run.sha256 = sha256_hex(bytes);
  CATENA_TRY(recording, parse_trc(bytes, file.string()));
  TrajectoryOptions upright;
  upright.up_axis = inputs.up_axis;
  CATENA_TRY(trajectories, make_trajectories(recording, upright));
  run.name = trajectories.name;
  for (const std::string& note : recording.notes) run.notes.push_back(run.file + ": " + note);
  for (const std::string& note : trajectories.notes) run.notes.push_back(run.file + ": " + note);

  InverseKinematicsOptions options = body.ik_options;
  options.progress = progress;
  CATENA_TRY(fit, inverse_kinematics(body.model, trajectories, options));
  for (const std::string& note : fit.assumptions) run.notes.push_back(run.file + ": " + note);
  run.fit = std::move(fit);
  run.trajectories = std::move(trajectories);
  if (auto seen = check_links_are_seen(run, body); !seen) {
    return tl::make_unexpected(seen.error());
  }
  CATENA_TRY(segments, segment_motion(body.model, body.chain, run.fit.motion));
  run.segments = std::move(segments);
  return run;
}

bool thorax_is_seen(const FittedRun& run, const BodySetup& body) {
  return body.chain.thorax != kNone && markers_used_on(run.fit, body.model, body.chain.thorax) >= 3;
}

Result<void> check_same_runner(const FittedRun& first, const FittedRun& other,
                               const BodySetup& body) {
  // Skin carries markers by a tenth of a segment's size at most; runners differ by more, and so
  // do markers that were taken off and put on elsewhere.
  constexpr double kLargestChange = 0.12;
  std::vector<double> changes;
  const auto point = [](const Trajectories& t, const std::string& name) {
    const auto at = std::find(t.labels.begin(), t.labels.end(), name);
    return at == t.labels.end() ? Eigen::Index{-1} : at - t.labels.begin();
  };
  const std::vector<ModelMarker>& markers = body.model.markers;
  for (std::size_t i = 0; i < markers.size(); ++i) {
    for (std::size_t j = i + 1; j < markers.size(); ++j) {
      if (markers[i].body != markers[j].body) continue;
      const Eigen::Index a = point(first.trajectories, markers[i].name);
      const Eigen::Index b = point(first.trajectories, markers[j].name);
      const Eigen::Index c = point(other.trajectories, markers[i].name);
      const Eigen::Index d = point(other.trajectories, markers[j].name);
      if (a < 0 || b < 0 || c < 0 || d < 0) continue;
      const double before = median_distance_m(first.trajectories, a, b);
      const double after = median_distance_m(other.trajectories, c, d);
      if (before > 0.03 && !std::isnan(after)) changes.push_back(std::abs(after / before - 1.0));
    }
  }
  if (changes.empty()) return {};
  const auto middle = changes.begin() + static_cast<std::ptrdiff_t>(changes.size() / 2);
  std::nth_element(changes.begin(), middle, changes.end());
  if (*middle <= kLargestChange) return {};
  return fail(Errc::kMismatch,
              fmt::format("the distances between markers of one segment differ by {:.0f} % "
                          "(median) from those in {}: another runner, or markers placed anew",
                          100.0 * *middle, first.file),
              other.file, "analyse one runner and one marker placement at a time");
}

}  // namespace catena
