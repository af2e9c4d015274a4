#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/report/strides_text.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

const char* name_of(Gait gait) { return kGaitNames.at(static_cast<std::size_t>(gait)); }

/// Whatever bytes the names have.
std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json estimate_json(const Estimate& estimate) {
  if (!std::isfinite(estimate.value)) return nullptr;
  return {{"value", estimate.value},
          {"low", number(estimate.low)},
          {"high", number(estimate.high)},
          {"level", estimate.level},
          {"source", estimate.source}};
}

template <class Number>
Json by_side(const std::array<Number, 2>& values) {
  return {{"right", values[0]}, {"left", values[1]}};
}

Json measure_json(const MeasureInfo& info, const MeasureSummary& summary) {
  Json json;
  json["unit"] = info.unit;
  json["right"] = estimate_json(summary.side[0]);
  json["left"] = estimate_json(summary.side[1]);
  json["both"] = estimate_json(summary.both);
  json["stride_sd"] = {{"right", number(summary.stride_sd[0])},
                       {"left", number(summary.stride_sd[1])}};
  json["n"] = by_side(summary.n);
  json["n_lost"] = by_side(summary.n_lost);
  json["asymmetry"] = estimate_json(summary.asymmetry);
  if (!json["asymmetry"].is_null()) {
    json["asymmetry"]["percent"] = number(summary.asymmetry_percent);
    json["asymmetry"]["smallest_detectable"] = number(summary.smallest_detectable);
    json["asymmetry"]["distinguishable"] = summary.distinguishable;
  }
  json["trend_per_min"] = estimate_json(summary.trend_per_min);
  json["drifts"] = summary.drifts;
  json["why"] = text_or_null(summary.why);
  return json;
}

Json stride_json(const StrideValues& values) {
  const Stride& s = values.stride;
  Json json = {{"side", kSideNames.at(s.side)},
               {"gait", name_of(s.gait)},
               {"from_s", s.from_s},
               {"to_s", s.to_s},
               {"toe_off_s", number(s.toe_off_s)},
               {"other_toe_off_s", number(s.other_toe_off_s)},
               {"other_contact_s", number(s.other_contact_s)}};
  for (std::size_t k = 0; k < kMeasureCount; ++k) {
    json[kMeasures.at(k).name] = number(values.value.at(k));
  }
  return json;
}

Json spatiotemporal_object(const Spatiotemporal& s) {
  Json json;
  json["gait"] = name_of(s.gait);
  json["belt_speed_m_s"] = s.belt_by.empty() ? Json(nullptr) : number(s.belt.speed_m_s);
  json["belt_speed_sd_m_s"] = s.belt_by.empty() ? Json(nullptr) : number(s.belt.sd_m_s);
  json["belt_speed_by"] = text_or_null(s.belt_by);
  json["scaled"] = s.is_scaled;
  json["planar"] = s.is_planar;
  json["measures"] = Json::object();
  for (std::size_t k = 0; k < kMeasureCount; ++k) {
    json["measures"][kMeasures.at(k).name] = measure_json(kMeasures.at(k), s.measures.at(k));
  }
  json["strides"] = Json::array();
  for (const StrideValues& stride : s.strides) json["strides"].push_back(stride_json(stride));
  json["notes"] = s.notes;
  return json;
}

Json events_list(const GaitEvents& events) {
  Json json = Json::array();
  for (const GaitEvent& event : events.events) {
    json.push_back({{"side", kSideNames.at(event.side)},
                    {"kind", event.kind == GaitEventKind::kContact ? "contact" : "toe_off"},
                    {"time_s", number(event.time_s)},
                    {"sd_s", number(event.sd_s)},
                    {"source", event.source}});
  }
  return json;
}

}  // namespace

std::string events_json(const GaitEvents& events) { return dumped(events_list(events)); }

std::string spatiotemporal_json(const Spatiotemporal& spatiotemporal) {
  return dumped(spatiotemporal_object(spatiotemporal));
}

std::string render_strides_json(const RecordingStrides& strides) {
  Json json;
  json["file"] = strides.file;
  json["format"] = strides.format;
  json["marker_set"] = text_or_null(strides.marker_set);
  json["frames"] = strides.n_frames;
  json["rate_hz"] = number(strides.rate_hz);
  json["first_s"] = number(strides.first_s);
  json["last_s"] = number(strides.last_s);
  json["axes"] = text_or_null(strides.axes);
  json["treadmill"] = strides.treadmill;
  json["events"] = events_list(strides.events);
  json["incomplete_strides"] = by_side(strides.strides.n_incomplete);
  json["spatiotemporal"] = spatiotemporal_object(strides.spatiotemporal);
  std::vector<std::string> notes = strides.notes;
  notes.insert(notes.end(), strides.events.notes.begin(), strides.events.notes.end());
  notes.insert(notes.end(), strides.strides.notes.begin(), strides.strides.notes.end());
  json["notes"] = notes;
  return dumped(json) + "\n";
}

std::string render_strides_json(const std::string& file, const Error& error) {
  Json json;
  json["file"] = file;
  json["error"] = to_sentence(error);
  return dumped(json) + "\n";
}

}  // namespace catena
