#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/report/inspection_text.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kGravity_m_s2 = 9.80665;  // NOLINT(readability-identifier-naming)

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

const char* name_of(FileKind kind) {
  switch (kind) {
    case FileKind::kRecording:
      return "recording";
    case FileKind::kTable:
      return "table";
    case FileKind::kModel:
      return "model";
    case FileKind::kIkSetup:
      return "ik_setup";
    case FileKind::kMarkerSet:
      return "marker_set";
    case FileKind::kSession:
      return "session";
    case FileKind::kLabelMap:
      return "label_map";
    case FileKind::kOtherXml:
      return "other";
  }
  return "other";
}

/// One line, whatever bytes the names have.
std::string line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json plates_json(const Inspection& found) {
  Json plates = Json::array();
  for (const PlateFinding& plate : found.plates) {
    plates.push_back({{"type", plate.type > 0 ? Json(plate.type) : Json(nullptr)},
                      {"name", text_or_null(plate.name)},
                      {"mean_vertical_force_n", number(plate.mean_vertical_force_n)},
                      {"mean_vertical_force_body_weights",
                       number(plate.mean_vertical_force_n / (found.mass_kg * kGravity_m_s2))}});
  }
  return plates;
}

void add_data(Json& json, const Inspection& found) {
  json["frames"] = found.n_frames;
  json["rate_hz"] = number(found.rate_hz);
  json["first_s"] = number(found.first_s);
  json["last_s"] = number(found.last_s);
  const bool table = found.kind == FileKind::kTable;
  json["markers"] = table ? Json::array() : Json(found.labels);
  if (table) json["columns"] = found.labels;
  json["missing_fraction"] = number(found.missing_fraction);
  json["gaps"] = Json::array();
  for (const Loss& loss : found.losses) {
    json["gaps"].push_back({{"marker", loss.label},
                            {"fraction", number(loss.fraction)},
                            {"longest_s", number(loss.longest_s)}});
  }
  json["outputs"] = found.n_outputs;
  json["analog_channels"] = found.analog_channels;
  json["analog_rate_hz"] = number(found.analog_rate_hz);
  json["plates"] = plates_json(found);
  json["events"] = Json::array();
  for (const EventFinding& event : found.events) {
    json["events"].push_back(
        {{"side", event.side}, {"label", event.label}, {"time_s", number(event.time_s)}});
  }
  json["contacts"] = {{"right", found.contacts.right},
                      {"left", found.contacts.left},
                      {"untold", found.contacts.untold}};
  json["axes"] = nullptr;
  if (found.axes.known) {
    json["axes"] = {{"up", found.axes.up},
                    {"forward", found.axes.forward},
                    {"treadmill", found.axes.treadmill},
                    {"speed_m_s", number(found.axes.speed_m_s)},
                    {"found", found.axes.sentence}};
  }
  json["quality"] = {{"noise_mm", number(1e3 * found.quality.noise_m)},
                     {"noisiest", text_or_null(found.quality.noisiest)},
                     {"noisiest_mm", number(1e3 * found.quality.noisiest_m)},
                     {"jumps", found.quality.n_jumps},
                     {"twins", found.quality.twins}};
}

}  // namespace

std::string render_inspection_json(const Inspection& found) {
  Json json;
  json["file"] = found.file;
  json["kind"] = name_of(found.kind);
  json["format"] = found.format;
  json["maker"] = text_or_null(found.maker);
  json["subject"] = text_or_null(found.subject);
  if (found.kind == FileKind::kRecording || found.kind == FileKind::kTable) {
    add_data(json, found);
  } else if (!found.labels.empty()) {
    json["markers"] = found.labels;
  }
  json["marker_set"] = text_or_null(found.marker_set.name);
  json["marker_set_matched"] = found.marker_set.n_matched;
  json["marker_set_missing"] = found.marker_set.missing;
  json["marker_set_unknown"] = found.marker_set.unknown;
  json["facts"] = found.facts;
  json["can_tell"] = found.can;
  json["cannot_tell"] = found.cannot;
  json["problems"] = found.problems;
  json["notes"] = found.notes;
  return line(json);
}

std::string render_inspection_json(const std::string& file, const Error& error) {
  Json json;
  json["file"] = file;
  json["kind"] = nullptr;
  json["format"] = nullptr;
  json["error"] = to_sentence(error);
  json["problems"] = {to_sentence(error)};
  return line(json);
}

}  // namespace catena
