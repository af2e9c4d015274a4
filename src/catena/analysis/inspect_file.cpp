#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/analysis/inspect.h"
#include "catena/analysis/session.h"
#include "catena/core/file.h"
#include "catena/core/text.h"
#include "catena/kinematics/ik_setup.h"
#include "catena/model/chain_map.h"
#include "catena/model/osim_reader.h"
#include "catena/recording/read_recording.h"
#include "catena/recording/table_file.h"
#include "catena/trajectories/identify_labels.h"
#include "catena/trajectories/match_labels.h"

namespace catena {
namespace fs = std::filesystem;

namespace {

/// The name of the first element that opens at or after a place, past declarations and comments;
/// the place moves behind it. Empty when there is none.
std::string_view next_element(std::string_view xml, std::size_t& at) {
  while ((at = xml.find('<', at)) != std::string_view::npos) {
    if (xml.substr(at, 4) == "<!--") {
      at = xml.find("-->", at);
      continue;
    }
    const std::size_t begin = ++at;
    if (begin < xml.size() && std::string_view("?!/").find(xml[begin]) != std::string_view::npos) {
      continue;
    }
    at = std::min(xml.find_first_of(" \t\r\n/>", begin), xml.size());
    return xml.substr(begin, at - begin);
  }
  return {};
}

/// What an OpenSim document is about: "Model", "InverseKinematicsTool", "MarkerSet", ...
std::string_view xml_subject(std::string_view xml) {
  std::size_t at = 0;
  const std::string_view root = next_element(xml, at);
  return root == "OpenSimDocument" ? next_element(xml, at) : root;
}

Result<Inspection> inspect_model(std::string_view bytes, const std::string& source) {
  CATENA_TRY(model, parse_osim(bytes, source));
  Inspection result;
  result.kind = FileKind::kModel;
  result.format = "OpenSim model";
  double mass_kg = 0.0;
  for (const Body& body : model.bodies) mass_kg += body.mass_kg;
  result.facts.push_back(
      fmt::format("\"{}\": {} bodies, {} coordinates, {} couplers, {} markers, mass {:.1f} kg",
                  printable(model.name), model.bodies.size() - 1, model.coordinates.size(),
                  model.couplers.size(), model.markers.size(), mass_kg));
  for (const ModelMarker& marker : model.markers) result.labels.push_back(marker.name);
  if (model.markers.empty()) {
    result.problems.emplace_back("The model has no markers: it needs a marker set (--marker-set).");
  } else {
    const IdentifiedLabels labels = identify_labels(result.labels);
    result.marker_set = {labels.set_name, labels.n_matched, labels.missing, labels.unknown, {}};
  }
  const auto chain = find_chain(model);
  if (!chain) {
    result.problems.push_back(to_sentence(chain.error()));
  } else if (chain->thorax == kNone) {
    result.can.emplace_back("Hip against pelvis in the leg-behind budget.");
    result.cannot.emplace_back(
        "Low back and forward lean cannot be told apart: the model has no thorax.");
  } else {
    result.can.emplace_back("The leg-behind budget: it has thorax, pelvis and both thighs.");
  }
  result.notes = model.assumptions;
  return result;
}

Result<Inspection> inspect_setup(std::string_view bytes, const fs::path& path) {
  CATENA_TRY(setup, parse_ik_setup_with_tasks(bytes, path));
  Inspection result;
  result.kind = FileKind::kIkSetup;
  result.format = "OpenSim inverse kinematics set-up";
  double low = std::numeric_limits<double>::infinity();
  double high = 0.0;
  int n_used = 0;
  for (const MarkerTask& task : setup.marker_tasks) {
    result.labels.push_back(task.marker);
    if (!(task.weight > 0.0)) continue;
    ++n_used;
    low = std::min(low, task.weight);
    high = std::max(high, task.weight);
  }
  result.facts.push_back(
      n_used == 0 ? fmt::format("{} markers, none with a weight above 0", setup.marker_tasks.size())
                  : fmt::format("{} markers, {} of them with weights from {} to {}",
                                setup.marker_tasks.size(), n_used, in_words(low), in_words(high)));
  if (!setup.coordinate_tasks.empty()) {
    result.facts.push_back(fmt::format("{} coordinates", setup.coordinate_tasks.size()));
  }
  if (!setup.task_file.empty()) result.facts.push_back("tasks from " + setup.task_file);
  if (setup.time_range_s) {
    result.facts.push_back(fmt::format("time range {} to {} s", in_words((*setup.time_range_s)[0]),
                                       in_words((*setup.time_range_s)[1])));
  }
  result.can.emplace_back("Weights of the markers: give it to analyze or ik as --ik-setup.");
  result.notes = setup.notes;
  return result;
}

/// Where a marker set's own errors would need the model that it is for, its markers are counted.
Inspection inspect_marker_set(std::string_view bytes) {
  Inspection result;
  result.kind = FileKind::kMarkerSet;
  result.format = "OpenSim marker set";
  std::size_t at = 0;
  for (std::string_view name = next_element(bytes, at); !name.empty();
       name = next_element(bytes, at)) {
    if (name != "Marker") continue;
    const std::size_t end = std::min(bytes.find('>', at), bytes.size());
    const std::string_view tag = bytes.substr(at, end - at);
    const std::size_t quote = tag.find("name=\"");
    if (quote == std::string_view::npos) continue;
    const std::string_view rest = tag.substr(quote + 6);
    result.labels.emplace_back(rest.substr(0, std::min(rest.find('"'), rest.size())));
  }
  result.facts.push_back(fmt::format("{} markers", result.labels.size()));
  const IdentifiedLabels labels = identify_labels(result.labels);
  result.marker_set = {labels.set_name, labels.n_matched, labels.missing, labels.unknown, {}};
  result.can.emplace_back("Markers for a model: give it to analyze or ik as --marker-set.");
  return result;
}

Result<Inspection> inspect_xml(std::string_view bytes, const fs::path& path) {
  const std::string_view subject = xml_subject(bytes);
  if (subject == "InverseKinematicsTool" || subject == "IKTool" || subject == "IKTaskSet") {
    return inspect_setup(bytes, path);
  }
  if (subject == "MarkerSet") return inspect_marker_set(bytes);
  // Set-ups of OpenSim's other tools; everything else is for the reader of models to explain.
  for (const std::string_view end : {"Tool", "Set", "Loads", "Study"}) {
    if (subject.size() < end.size() || subject.substr(subject.size() - end.size()) != end) continue;
    Inspection result;
    result.kind = FileKind::kOtherXml;
    result.format = "OpenSim document";
    result.facts.push_back(fmt::format("<{}>", excerpt(subject)));
    result.cannot.emplace_back("Anything: it is neither model, IK set-up nor marker set.");
    return result;
  }
  return inspect_model(bytes, path.string());
}

Result<Inspection> inspect_toml(std::string_view bytes, const fs::path& path) {
  Inspection result;
  if (bytes.find("[labels]") != std::string_view::npos) {
    CATENA_TRY(map, parse_label_map(bytes, path.string()));
    result.kind = FileKind::kLabelMap;
    result.format = "mapping of labels";
    result.facts.push_back(fmt::format("{} labels renamed", map.renames.size()));
    result.can.emplace_back("Names of the model for a recording's labels.");
    return result;
  }
  CATENA_TRY(session, find_session(path));
  result.kind = FileKind::kSession;
  result.format = "session";
  result.facts.push_back(fmt::format("{} run{}; every file that it names is there",
                                     session.runs.size(), session.runs.size() == 1 ? "" : "s"));
  const auto name = [&](const char* what, const std::optional<fs::path>& file) {
    if (file) result.facts.push_back(fmt::format("{}: {}", what, printable(file->string())));
  };
  name("standing trial", session.standing);
  name("model", session.model);
  name("labels", session.labels);
  name("set-up", session.ik_setup);
  name("marker set", session.marker_set);
  if (session.person.mass_kg) {
    result.facts.push_back(fmt::format("mass {} kg", in_words(*session.person.mass_kg)));
  }
  result.can.emplace_back("An analysis: give it, or its folder, to analyze.");
  result.notes = session.guesses;
  return result;
}

Result<Inspection> inspect_bytes(std::string_view bytes, const fs::path& path,
                                 const InspectOptions& options) {
  const std::string source = path.string();
  if (looks_like_c3d(bytes)) {
    CATENA_TRY(recording, parse_recording(bytes, source));
    return inspect(recording, options);
  }
  if (to_lower(path.extension().string()) == ".toml") return inspect_toml(bytes, path);
  LineReader lines(bytes);
  const std::string_view first = lines.next_filled() ? trim(lines.line()) : std::string_view();
  if (!first.empty() && first.front() == '<') return inspect_xml(bytes, path);
  if (looks_like_json(bytes)) {
    CATENA_TRY(pose, parse_pose_json(bytes, source));
    return inspect(pose);
  }
  if (auto done = check_is_text(bytes, source, "a recording, a table, a model or a set-up");
      !done) {
    return tl::make_unexpected(done.error());
  }
  if (looks_like_trc(bytes)) {
    CATENA_TRY(recording, parse_recording(bytes, source));
    return inspect(recording, options);
  }
  CATENA_TRY(table, parse_table(bytes, source));
  return inspect(table, options);
}

}  // namespace

Result<Inspection> inspect_file(const fs::path& path, const InspectOptions& options) {
  CATENA_TRY(bytes, read_file(path));
  CATENA_TRY(result, inspect_bytes(bytes, path, options));
  result.file = path.string();
  return result;
}

}  // namespace catena
