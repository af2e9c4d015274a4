#include "catena/report/json_report.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/core/units.h"

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
  return {
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
  json["left_out"] = Json::array();
  for (const LeftOut& item : share.left_out) {
    json["left_out"].push_back({{"demand", item.demand}, {"share", number(item.share)}});
  }
  if (!std::isfinite(share.estimate.value)) {
    json["why"] = share.why.empty() ? "no reason was given" : share.why;
  }
  return json;
}

Json take_up_json(const TakeUp& take_up) {
  return {{"hip", share_json(take_up.hip)},
          {"low_back", share_json(take_up.low_back)},
          {"lean", share_json(take_up.lean)},
          {"pelvis", share_json(take_up.pelvis)},
          {"n_demands", take_up.n_demands},
          {"thigh_spread_deg", degrees(take_up.thigh_spread_rad)},
          {"demand_deviation_deg",
           {{"low", degrees(take_up.deviation_low_rad)},
            {"high", degrees(take_up.deviation_high_rad)}}},
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
  json["assumptions"] = results.assumptions;
  json["warnings"] = results.warnings;
  json["provenance"] = provenance_json(results.provenance);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace catena
