#include "catena/report/json_report.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/core/units.h"
#include "catena/report/answer_json.h"
#include "catena/report/fit_report.h"
#include "catena/report/gait_json.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json degrees(double value_rad) { return number(value_rad * kDegPerRad); }

Json estimate_json(const Estimate& estimate) {
  return {{"value", number(estimate.value)},
          {"low", number(estimate.low)},
          {"high", number(estimate.high)},
          {"level", number(estimate.level)},
          {"source", estimate.source}};
}

Json repairs_json(const std::vector<Repair>& repairs) {
  Json json = Json::array();
  for (const Repair& repair : repairs) {
    json.push_back({{"kind", name_of(repair.kind)},
                    {"markers", repair.markers},
                    {"first_frame", repair.first_frame},
                    {"last_frame", repair.last_frame},
                    {"n_frames", repair.n_frames},
                    {"first_s", number(repair.first_s)},
                    {"last_s", number(repair.last_s)},
                    {"size_m", number(repair.size_m)}});
  }
  return json;
}

Json recording_json(const RecordingResult& recording) {
  Json json = {
      {"name", recording.name},
      {"file", recording.file},
      {"demand", recording.demand},
      {"demand_source", recording.demand_source},
      {"axes", recording.axes},
      {"speed_m_s", number(recording.speed_m_s)},
      {"frames", recording.frames},
      {"rate_hz", number(recording.rate_hz)},
      {"marker_rms_m", number(recording.marker_rms_m)},
      {"worst_marker", recording.worst_marker},
      {"worst_marker_rms_m", number(recording.worst_marker_rms_m)},
      {"converged_fraction", number(recording.converged_fraction)},
      {"missing_fraction", number(recording.missing_fraction)},
      {"n_strides", {{"right", recording.n_strides[kRight]}, {"left", recording.n_strides[kLeft]}}},
      {"repairs", repairs_json(recording.repairs)}};
  json.update(Json::parse(gait_json(recording.gait)));
  return json;
}

void add_angles(Json& json, const Budget& budget) {
  json["thigh_deg"] = degrees(budget.thigh_rad);
  json["hip_deg"] = degrees(budget.hip.total_rad);
  json["pelvis_deg"] = degrees(budget.pelvis.total_rad);
  json["low_back_deg"] = degrees(budget.low_back.total_rad);
  json["lean_deg"] = degrees(budget.lean.total_rad);
}

Json stride_json(const Results& results, const StrideResult& stride) {
  Json json;
  json["recording"] = results.recordings[static_cast<std::size_t>(stride.recording)].name;
  json["peak_time_s"] = number(stride.peak_time_s);
  json["peak_frame"] = stride.peak_frame;
  add_angles(json, stride.absolute);
  json["relative_to_standing"] = nullptr;
  if (results.has_standing) {
    json["relative_to_standing"] = Json::object();
    add_angles(json["relative_to_standing"], stride.at_peak);
  }
  json["gained"] = nullptr;
  if (stride.gained) {
    json["gained"] = Json::object();
    add_angles(json["gained"], *stride.gained);
  }
  return json;
}

Json budget_json(const BudgetSummary& budget, const char* reference) {
  return {{"hip_deg", estimate_json(budget.hip_deg)},
          {"low_back_deg", estimate_json(budget.low_back_deg)},
          {"lean_deg", estimate_json(budget.lean_deg)},
          {"other_deg", estimate_json(budget.other_deg)},
          {"thigh_deg", estimate_json(budget.thigh_deg)},
          {"hip_rest_deg", estimate_json(budget.hip_rest_deg)},
          {"low_back_rest_deg", estimate_json(budget.low_back_rest_deg)},
          {"lean_rest_deg", estimate_json(budget.lean_rest_deg)},
          {"n_strides", budget.n_strides},
          {"reference", reference}};
}

Json share_json(const Share& share) {
  Json json = estimate_json(share.estimate);
  json["pooled_slope"] = number(share.pooled_slope);
  json["rest"] = estimate_json(share.rest);
  json["left_out"] = Json::array();
  for (const LeftOut& item : share.left_out) {
    json["left_out"].push_back({{"demand", item.demand}, {"share", number(item.share)}});
  }
  if (!std::isfinite(share.estimate.value)) {
    json["why"] = share.why.empty() ? "no reason was given" : share.why;
  }
  return json;
}

const char* name_of(StopVerdict verdict) {
  switch (verdict) {
    case StopVerdict::kCannotBeTested:
      return "cannot be tested";
    case StopVerdict::kUndecided:
      return "undecided";
    case StopVerdict::kNotReached:
      return "not reached";
    case StopVerdict::kReached:
      return "reached";
  }
  return "cannot be tested";
}

Json angle_json(Estimate estimate_rad) {
  for (double* value : {&estimate_rad.value, &estimate_rad.low, &estimate_rad.high}) {
    *value *= kDegPerRad;
  }
  return estimate_json(estimate_rad);
}

Json hip_stop_json(const HipStop& stop) {
  const bool is_tested = stop.verdict != StopVerdict::kCannotBeTested;
  const auto probability = [is_tested](double value) {
    return is_tested ? number(value) : Json(nullptr);
  };
  Json json = {{"verdict", name_of(stop.verdict)},
               {"probabilities",
                {{"line", probability(stop.line)},
                 {"towards_stop", probability(stop.towards_stop)},
                 {"gently", probability(stop.gently)},
                 {"other_way", probability(stop.other_way)}}},
               {"hip_deg", angle_json(stop.hip_rad)},
               {"thigh_deg", angle_json(stop.thigh_rad)},
               {"share_before", estimate_json(stop.share_before)},
               {"share_beyond", estimate_json(stop.share_beyond)}};
  if (!stop.why.empty()) json["why"] = stop.why;
  if (!is_tested && stop.why.empty()) json["why"] = "no reason was given";
  return json;
}

// The column of each part in `parts_rad` and in bands, -1: not known.
struct PartColumn {
  const char* name;
  Eigen::Index column;
};
std::array<PartColumn, 4> part_columns(bool has_thorax) {
  if (has_thorax)
    return {{{"hip_deg", 0}, {"low_back_deg", 1}, {"lean_deg", 2}, {"pelvis_deg", -1}}};
  return {{{"hip_deg", 0}, {"low_back_deg", -1}, {"lean_deg", -1}, {"pelvis_deg", 1}}};
}

Json point_json(const DemandPoint& point, bool has_thorax) {
  const auto mean_and_sd = [](double mean_rad, double sd_rad) {
    return Json{{"mean", degrees(mean_rad)}, {"sd", degrees(sd_rad)}};
  };
  Json json = {{"demand", point.label},
               {"n_strides", point.n_strides},
               {"thigh_deg", mean_and_sd(point.parts_rad.sum(), point.thigh_sd_rad)}};
  for (const auto& [name, column] : part_columns(has_thorax)) {
    const bool known = column >= 0 && column < point.parts_rad.size();
    json[name] = known ? mean_and_sd(point.parts_rad(column), point.sd_rad(column))
                       : mean_and_sd(std::nan(""), std::nan(""));
  }
  return json;
}

Json band_json(const TakeUpBand& band, bool has_thorax) {
  const auto list = [](const Eigen::VectorXd& angles_rad) {
    Json json = Json::array();
    for (const double angle_rad : angles_rad) json.push_back(degrees(angle_rad));
    return json;
  };
  Json json = {{"thigh_deg", list(band.thigh_rad)}};
  for (const auto& [name, column] : part_columns(has_thorax)) {
    const auto of_part = [&, column = column](const Eigen::MatrixXd& part_rad) {
      const bool known = column >= 0 && column < part_rad.cols();
      return known ? list(part_rad.col(column)) : Json::array();
    };
    json[name] = {{"low", of_part(band.low_rad)},
                  {"middle", of_part(band.middle_rad)},
                  {"high", of_part(band.high_rad)}};
  }
  return json;
}

Json reference_json(const ShareReference& reference) {
  Json json = {{"value", number(reference.value)},
               {"place", reference.place},
               {"sentence", reference.sentence},
               {"others", nullptr}};
  if (reference.others == nullptr) return json;
  const ShareGroup& others = *reference.others;
  Json quantiles = Json::array();
  for (const ShareQuantile& quantile : others.quantiles) {
    quantiles.push_back({{"part", quantile.part}, {"share", quantile.share}});
  }
  json["others"] = {{"n_runners", others.n_runners},
                    {"n_sides", others.n_sides},
                    {"speeds_m_s", others.speeds_m_s},
                    {"treadmill", others.treadmill},
                    {"strides_per_speed", others.strides_per_speed},
                    {"quantiles", quantiles},
                    {"estimator", others.estimator},
                    {"source", others.source},
                    {"note", others.note}};
  return json;
}

Json take_up_json(const TakeUp& take_up) {
  Json points = Json::array();
  for (const DemandPoint& point : take_up.points) {
    points.push_back(point_json(point, take_up.has_thorax));
  }
  return {{"hip", share_json(take_up.hip)},
          {"low_back", share_json(take_up.low_back)},
          {"lean", share_json(take_up.lean)},
          {"pelvis", share_json(take_up.pelvis)},
          {"hip_stop", hip_stop_json(take_up.hip_stop)},
          {"n_demands", take_up.n_demands},
          {"thigh_spread_deg", degrees(take_up.thigh_spread_rad)},
          {"demand_deviation_deg",
           {{"low", degrees(take_up.deviation_low_rad)},
            {"high", degrees(take_up.deviation_high_rad)}}},
          {"points", points},
          {"bands",
           {{"line", band_json(take_up.line, take_up.has_thorax)},
            {"bend", band_json(take_up.bend, take_up.has_thorax)}}},
          {"remarks", take_up.remarks}};
}

Json leg_json(const Results& results, const LegResult& leg) {
  const char* reference = results.has_standing ? "standing" : "upright";
  Json json;
  json["strides"] = Json::array();
  for (const StrideResult& stride : leg.strides) {
    json["strides"].push_back(stride_json(results, stride));
  }
  json["budget_at_peak"] = budget_json(leg.at_peak, reference);
  json["budget_gained"] = budget_json(leg.gained, "thigh vertical");
  json["by_demand"] = Json::array();
  for (const DemandBudget& demand : leg.by_demand) {
    json["by_demand"].push_back(
        {{"demand", demand.demand}, {"budget_at_peak", budget_json(demand.at_peak, reference)}});
  }
  json["take_up"] = take_up_json(leg.take_up);
  json["pelvis_reference"] = reference_json(leg.pelvis_reference);
  return json;
}

Json provenance_json(const Provenance& provenance) {
  Json inputs = Json::array();
  for (const auto& [file, sha256] : provenance.inputs) {
    inputs.push_back({{"file", file}, {"sha256", sha256}});
  }
  return {{"version", provenance.version},
          {"command", provenance.command},
          {"model_file", provenance.model_file},
          {"model_sha256", provenance.model_sha256},
          {"inputs", inputs}};
}

Json segment_json(const FitSegment& segment) {
  return {{"name", segment.name},
          {"body", segment.body},
          {"measured", segment.measured},
          {"length_m", estimate_json(segment.length_m)},
          {"measured_share", number(segment.measured_share)},
          {"n_markers", segment.n_markers},
          {"marker_rms_m", number(segment.marker_rms_m)},
          {"worst_marker", segment.worst_marker},
          {"worst_marker_rms_m", number(segment.worst_marker_rms_m)}};
}

Json joint_json(const FitJoint& joint) {
  Json center = Json::array();
  for (const Estimate& estimate : joint.center_m) center.push_back(estimate_json(estimate));
  return {{"name", joint.name},
          {"frame", joint.frame},
          {"center_m", center},
          {"measured_share", number(joint.measured_share)}};
}

Json marker_json(const FitMarker& marker) {
  Json rms = Json::array();
  for (const double value_m : marker.rms_m) rms.push_back(number(value_m));
  Json json = {
      {"label", marker.label}, {"segment", marker.segment}, {"used", marker.used}, {"rms_m", rms}};
  if (!marker.used) json["why"] = marker.why_not.empty() ? "no reason was given" : marker.why_not;
  return json;
}

Json trial_json(const FitRecording& trial) {
  return {{"name", trial.name},
          {"file", trial.file},
          {"kind", trial.is_standing ? "standing" : "running"},
          {"axes", trial.axes},
          {"frames", trial.frames},
          {"frames_used", trial.frames_used},
          {"rate_hz", number(trial.rate_hz)},
          {"marker_rms_m", number(trial.marker_rms_m)},
          {"worst_marker", trial.worst_marker},
          {"worst_marker_rms_m", number(trial.worst_marker_rms_m)},
          {"repairs", repairs_json(trial.repairs)}};
}

template <class List, class Make>
Json list_json(const List& list, Make make) {
  Json json = Json::array();
  for (const auto& item : list) json.push_back(make(item));
  return json;
}

}  // namespace

std::string render_json(const Results& results) {
  Json json;
  json["schema_version"] = kResultSchemaVersion;
  json["model"] = results.model_name;
  json["has_thorax"] = results.has_thorax;
  json["has_standing"] = results.has_standing;
  json["recordings"] = Json::array();
  for (const RecordingResult& recording : results.recordings) {
    json["recordings"].push_back(recording_json(recording));
  }
  json["standing_repairs"] = repairs_json(results.standing_repairs);
  for (const Side side : kSides) {
    json["legs"][kSideNames[side]] = leg_json(results, results.legs[side]);
  }
  json.update(Json::parse(answer_json(results)));
  json["assumptions"] = results.assumptions;
  json["warnings"] = results.warnings;
  json["provenance"] = provenance_json(results.provenance);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string render_fit_json(const FitSummary& fit) {
  Json json;
  json["schema_version"] = kFitSchemaVersion;
  json["model"] = fit.model_name;
  json["body"] = fit.body;
  json["marker_set"] = fit.marker_set.empty() ? Json(nullptr) : Json(fit.marker_set);
  json["has_thorax"] = fit.has_thorax;
  json["height_m"] = estimate_json(fit.height_m);
  json["mass_kg"] = estimate_json(fit.mass_kg);
  json["marker_rms_m"] = number(fit.marker_rms_m);
  json["converged"] = fit.converged;
  json["iterations"] = fit.iterations;
  json["solve_s"] = number(fit.solve_s);
  json["trials"] = list_json(fit.trials, trial_json);
  json["segments"] = list_json(fit.segments, segment_json);
  json["joints"] = list_json(fit.joints, joint_json);
  json["markers"] = list_json(fit.markers, marker_json);
  json["assumptions"] = fit.assumptions;
  json["warnings"] = fit.warnings;
  json["provenance"] = provenance_json(fit.provenance);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace catena
