#include "catena/analysis/analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "catena/analysis/belonging.h"
#include "catena/analysis/body_setup.h"
#include "catena/analysis/cleaning.h"
#include "catena/analysis/demands.h"
#include "catena/analysis/runner_recordings.h"
#include "catena/analysis/stick_figure.h"
#include "catena/chain/summary.h"
#include "catena/core/version.h"

namespace catena {
namespace {

RecordingResult describe(const FittedRun& run, const BodySetup& body, const DemandOfRun& demand) {
  RecordingResult out;
  out.name = run.name;
  out.file = run.file;
  out.demand = demand.label;
  out.demand_source = demand.source;
  out.axes = to_text(run.ground);
  out.turned = !run.ground.ground_from_lab.isIdentity(0.0);
  out.speed_m_s = run.segments.speed_m_s;
  out.frames = static_cast<int>(run.fit.motion.time_s.size());
  out.rate_hz = run.trajectories.rate_hz;
  const Eigen::ArrayXXd squared = run.fit.residual_m.array().square();
  const auto rms = [](const auto& values) {
    const Eigen::Index seen = (!values.isNaN()).count();
    return std::sqrt(values.isNaN().select(0.0, values).sum() / static_cast<double>(seen));
  };
  out.marker_rms_m = rms(squared);
  for (Eigen::Index m = 0; m < squared.cols(); ++m) {
    const double of_marker = rms(squared.col(m));
    if (!(of_marker > out.worst_marker_rms_m)) continue;
    out.worst_marker_rms_m = of_marker;
    const int index = run.fit.marker_index[static_cast<std::size_t>(m)];
    out.worst_marker = body.model.markers[static_cast<std::size_t>(index)].name;
  }
  out.converged_fraction =
      static_cast<double>(std::count(run.fit.converged.begin(), run.fit.converged.end(), true)) /
      std::max(1, out.frames);
  out.missing_fraction = static_cast<double>(squared.isNaN().count()) /
                         static_cast<double>(std::max<Eigen::Index>(1, squared.size()));
  out.repairs = run.repairs;
  out.motion = run.fit.motion;
  for (const Side side : kSides) out.curves[side] = absolute_angles(run.segments, side);
  return out;
}

/// The strides of one leg in each demand of the series, in the order in which these first appear.
std::vector<DemandStrides> strides_by_demand(const std::vector<StrideResult>& strides,
                                             const std::vector<DemandOfRun>& demands) {
  std::vector<DemandStrides> groups;
  std::map<std::string, std::vector<const StrideResult*>> members;
  for (const DemandOfRun& demand : demands) {
    if (members.contains(demand.label) || !demand.in_series) continue;
    members[demand.label] = {};
    groups.push_back({demand.label, demand.is_ramp, {}, {}});
  }
  for (const StrideResult& stride : strides) {
    const DemandOfRun& demand = demands[static_cast<std::size_t>(stride.recording)];
    if (demand.in_series) members[demand.label].push_back(&stride);
  }
  for (DemandStrides& group : groups) {
    const std::vector<const StrideResult*>& of = members[group.label];
    const auto n = static_cast<Eigen::Index>(of.size());
    const bool has_thorax = n == 0 || of.front()->at_peak.has_thorax;
    group.time_s.resize(n);
    group.parts_rad.resize(n, has_thorax ? 3 : 2);
    for (Eigen::Index i = 0; i < n; ++i) {
      const Budget& budget = of[static_cast<std::size_t>(i)]->at_peak;
      group.time_s[i] = of[static_cast<std::size_t>(i)]->peak_time_s;
      group.parts_rad(i, 0) = budget.hip.total_rad;
      group.parts_rad(i, 1) = has_thorax ? budget.low_back.total_rad : budget.pelvis.total_rad;
      if (has_thorax) group.parts_rad(i, 2) = budget.lean.total_rad;
    }
  }
  std::erase_if(groups, [](const DemandStrides& g) { return g.time_s.size() == 0; });
  return groups;
}

LegResult analyze_leg(Side side, const std::vector<FittedRun>& runs,
                      const std::optional<FittedRun>& standing, const Demands& demands) {
  std::optional<ChainPosture> zero;
  if (standing) zero = mean_posture(standing->segments, side);
  LegResult leg;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::vector<StrideResult> strides =
        find_strides(runs[i].segments, side, zero, static_cast<int>(i));
    leg.strides.insert(leg.strides.end(), strides.begin(), strides.end());
  }
  std::vector<std::string> labels;
  for (const DemandOfRun& demand : demands.of_runs) labels.push_back(demand.label);
  leg.at_peak = summarize_at_peak(leg.strides);
  leg.gained = summarize_gained(leg.strides);
  leg.by_demand = summarize_by_demand(leg.strides, labels);
  leg.take_up = estimate_take_up(strides_by_demand(leg.strides, demands.of_runs));
  return leg;
}

/// What should be looked at before the result is believed.
std::vector<std::string> warnings_of(const std::vector<FittedRun>& runs,
                                     const std::optional<FittedRun>& standing,
                                     const std::vector<RecordingResult>& recordings,
                                     bool has_thorax) {
  std::vector<std::string> out;
  if (standing) out = standing->warnings;
  if (!has_thorax) {
    out.emplace_back(
        "Some recording shows fewer than three markers on the thorax, or hides them most of the "
        "time: low back and forward lean cannot be told apart, only their sum, the pelvis, is "
        "given.");
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    out.insert(out.end(), runs[i].warnings.begin(), runs[i].warnings.end());
    if (recordings[i].n_strides[kRight] + recordings[i].n_strides[kLeft] > 0) continue;
    out.push_back(fmt::format("{}: No stride was found, so it adds nothing.", runs[i].file));
  }
  return out;
}

void list_assumptions(const BodySetup& body, const std::vector<FittedRun>& runs,
                      const std::optional<FittedRun>& standing, Results& results) {
  std::vector<std::string>& out = results.assumptions;
  out.insert(out.end(), body.assumptions.begin(), body.assumptions.end());
  const auto add_once = [&](const std::string& note) {
    if (std::find(out.begin(), out.end(), note) == out.end()) out.push_back(note);
  };
  for (const std::string& warning : results.warnings) add_once(warning);
  if (standing) {
    for (const std::string& note : standing->notes) add_once(note);
  } else {
    add_once("No standing trial was given: posture is counted from the model's upright pose.");
  }
  for (const FittedRun& run : runs) {
    for (const std::string& note : run.notes) add_once(note);
  }
  for (const RecordingResult& recording : results.recordings) {
    if (recording.demand_source != "given") {
      add_once(fmt::format("{}: demand \"{}\", {}.", recording.file, recording.demand,
                           recording.demand_source));
    }
  }
}

/// What the reader needs to make the same result again.
Provenance provenance_of(const AnalysisInputs& inputs, const BodySetup& body,
                         const std::vector<FittedRun>& runs,
                         const std::optional<FittedRun>& standing) {
  Provenance out;
  out.version = kVersion;
  out.command = inputs.command;
  out.model_file = body.model_file;
  out.model_sha256 = body.model_sha256;
  out.inputs = body.inputs;
  if (standing) out.inputs.emplace_back(standing->file, standing->sha256);
  for (const FittedRun& run : runs) out.inputs.emplace_back(run.file, run.sha256);
  return out;
}

/// Fits the body to all recordings, which must be of one runner.
Result<void> fit_all(const AnalysisInputs& inputs, const BodySetup& body,
                     std::optional<FittedRun>& standing, std::vector<FittedRun>& runs) {
  std::vector<FittedRun*> all;
  if (standing) all.push_back(&*standing);
  for (FittedRun& run : runs) all.push_back(&run);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto progress = [&](double fraction) {
      if (!inputs.progress) return;
      inputs.progress("fitting " + all[i]->file,
                      (static_cast<double>(i) + fraction) / static_cast<double>(all.size()));
    };
    if (i > 0) {
      CATENA_CHECK(check_same_runner(*all.front(), *all[i], body));
    }
    CATENA_CHECK(fit_run(*all[i], body, progress));
  }
  return {};
}

/// Where the thorax is not seen in every recording, it is left out of all of them.
bool agree_on_thorax(const BodySetup& body, std::vector<FittedRun>& runs,
                     std::optional<FittedRun>& standing) {
  bool seen = !standing || thorax_is_seen(*standing, body);
  for (const FittedRun& run : runs) seen = seen && thorax_is_seen(run, body);
  for (FittedRun& run : runs) {
    run.segments.has_thorax = seen;
    leave_out_hidden(run, body);
  }
  if (standing) {
    standing->segments.has_thorax = seen;
    leave_out_hidden(*standing, body);
  }
  return seen;
}

}  // namespace

Result<Results> analyze(const AnalysisInputs& inputs) {
  if (inputs.runs.empty()) {
    return fail(Errc::kBadOption, "no run was given", "", "name at least one recording");
  }
  // Recordings in, a body and its poses out.
  CATENA_TRY(recordings, read_runner(inputs));
  auto& [body, standing, runs] = recordings;
  CATENA_CHECK(fit_all(inputs, body, standing, runs));

  Results results;
  results.model_name = body.model.name;
  results.has_standing = standing.has_value();
  if (standing) results.standing_repairs = standing->repairs;
  results.has_thorax = agree_on_thorax(body, runs, standing);
  if (standing) {
    CATENA_CHECK(check_stands(*standing));
  }
  for (const Coordinate& coordinate : body.model.coordinates) {
    results.coordinate_names.push_back(coordinate.name);
    results.coordinate_is_rotation.push_back(coordinate.kind == CoordinateKind::kRotation);
  }

  // Poses in, strides and demands out.
  std::vector<std::string> names;
  std::vector<double> speeds_m_s;
  for (const FittedRun& run : runs) {
    names.push_back(run.name);
    speeds_m_s.push_back(run.segments.speed_m_s);
  }
  const Demands demands = find_demands(inputs.runs, names, speeds_m_s);
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    results.recordings.push_back(describe(runs[i], body, demands.of_runs[i]));
    for (const Side side : kSides) {
      if (!standing) continue;
      RecordingResult& recording = results.recordings.back();
      recording.from_standing[side] =
          from_standing(recording.curves[side], absolute_angles(standing->segments, side));
    }
    labels.push_back(demands.of_runs[i].label);
  }

  // Strides in, budgets and shares out, leg by leg.
  for (const Side side : kSides) {
    LegResult& leg = results.legs[side];
    leg = analyze_leg(side, runs, standing, demands);
    leg.figure = draw_stick_figure(body, runs, side, leg, labels);
    for (const StrideResult& stride : leg.strides) {
      ++results.recordings[static_cast<std::size_t>(stride.recording)].n_strides[side];
    }
  }
  if (results.legs[kRight].strides.empty() && results.legs[kLeft].strides.empty()) {
    return fail(Errc::kMissingData, "no stride was found: no peak of thigh extension in any run",
                runs.front().path, "give recordings of running or walking, a stride or longer");
  }
  results.warnings = warnings_of(runs, standing, results.recordings, results.has_thorax);
  results.warnings.insert(results.warnings.end(), demands.notes.begin(), demands.notes.end());
  results.assumptions = inputs.guesses;
  list_assumptions(body, runs, standing, results);
  results.provenance = provenance_of(inputs, body, runs, standing);
  return results;
}

}  // namespace catena
