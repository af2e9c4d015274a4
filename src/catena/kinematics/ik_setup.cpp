#include "catena/kinematics/ik_setup.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <pugixml.hpp>
#include <sstream>

#include "catena/core/file.h"
#include "catena/core/units.h"

namespace catena {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string place(std::string_view source, std::string_view bytes, std::ptrdiff_t offset) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < static_cast<std::size_t>(offset) && i < bytes.size(); ++i) {
    line += bytes[i] == '\n';
  }
  return std::string(source) + ":" + std::to_string(line);
}

struct Reader {
  std::string_view bytes;
  std::string_view source;

  Result<double> number(const pugi::xml_node& node, const char* child, double otherwise) const {
    const std::string text = trimmed(node.child(child).text().get());
    if (text.empty()) return otherwise;
    if (text == "Infinity" || text == "inf" || text == "Inf") {
      return std::numeric_limits<double>::infinity();
    }
    double value = 0.0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size() || std::isnan(value)) {
      return fail(Errc::kBadFormat, "\"" + text + "\" is not a number for <" + child + ">",
                  place(source, bytes, node.offset_debug()), "write a number there");
    }
    return value;
  }

  bool applies(const pugi::xml_node& task) const {
    const std::string apply = trimmed(task.child("apply").text().get());
    return apply.empty() || apply == "true" || apply == "True" || apply == "1";
  }

  Result<void> read_tasks(const pugi::xml_node& set, IkSetup& setup) const {
    for (const pugi::xml_node& task : set.child("objects").children()) {
      const std::string kind = task.name();
      const std::string name = task.attribute("name").value();
      if (kind != "IKMarkerTask" && kind != "IKCoordinateTask") continue;
      CATENA_TRY(weight, number(task, "weight", kind == "IKMarkerTask" ? 1.0 : 0.0));
      if (weight < 0.0 || !std::isfinite(weight)) {
        return fail(Errc::kBadFormat, "the weight of " + name + " is negative or not finite",
                    place(source, bytes, task.offset_debug()), "use a weight of 0 or more");
      }
      const double used = applies(task) ? weight : 0.0;
      if (kind == "IKMarkerTask") {
        setup.marker_tasks.push_back({name, used});
        continue;
      }
      const std::string from = trimmed(task.child("value_type").text().get());
      if (from == "from_file" && used > 0.0) {
        return fail(Errc::kUnsupported,
                    "coordinate " + name + " is to follow a file, which is not built yet",
                    place(source, bytes, task.offset_debug()),
                    "use default_value or manual_value, or set its weight to 0");
      }
      CATENA_TRY(value, number(task, "value", 0.0));
      const bool manual = from == "manual_value";
      setup.coordinate_tasks.push_back(
          {name, used, manual ? value : std::numeric_limits<double>::quiet_NaN()});
    }
    return {};
  }
};

/// A set-up for another model gives its weights to markers that this one has not.
Result<void> check_markers_are_the_models(const IkSetup& setup, const Model& model) {
  int n_weighted = 0;
  std::vector<std::string> absent;
  for (const MarkerTask& task : setup.marker_tasks) {
    if (!(task.weight > 0.0)) continue;
    ++n_weighted;
    const bool known =
        std::any_of(model.markers.begin(), model.markers.end(),
                    [&](const ModelMarker& marker) { return marker.name == task.marker; });
    if (!known) absent.push_back(task.marker);
  }
  if (setup.marker_tasks.empty()) return {};
  if (n_weighted == 0) {
    return fail(Errc::kMissingData, "the set-up gives no marker a weight above 0", "",
                "give the markers weights, or leave the set-up out");
  }
  const auto n_absent = static_cast<int>(absent.size());
  if (2 * n_absent <= n_weighted) return {};
  return fail(Errc::kMismatch,
              "of the " + std::to_string(n_weighted) + " markers that the set-up weights, the " +
                  "model lacks " + std::to_string(n_absent) + " (" + absent.front() +
                  (n_absent > 1 ? ", ...)" : ")"),
              "", "use the set-up that belongs to this model");
}

Result<void> read_tool(const Reader& reader, const pugi::xml_node& tool, IkSetup& setup) {
  CATENA_TRY(weight,
             reader.number(tool, "constraint_weight", std::numeric_limits<double>::infinity()));
  if (weight < 0.0) {
    return fail(Errc::kBadFormat, "the constraint weight is negative",
                place(reader.source, reader.bytes, tool.offset_debug()), "use 0 or more");
  }
  setup.coupler_weight = weight;
  const std::string range = trimmed(tool.child("time_range").text().get());
  if (!range.empty()) {
    std::array<double, 2> seconds = {0.0, 0.0};
    const char* end = range.data() + range.size();
    const auto first = std::from_chars(range.data(), end, seconds[0]);
    const char* rest = first.ptr;
    while (rest != end && (*rest == ' ' || *rest == '\t' || *rest == '\n' || *rest == '\r')) ++rest;
    if (first.ec == std::errc() && std::from_chars(rest, end, seconds[1]).ec == std::errc()) {
      setup.time_range_s = seconds;
    } else {
      setup.notes.push_back("The set-up's time range \"" + range + "\" was not understood.");
    }
  }
  const pugi::xml_node tasks = tool.child("IKTaskSet");
  setup.task_file = trimmed(tasks.attribute("file").value());
  return reader.read_tasks(tasks, setup);
}

}  // namespace

Result<IkSetup> parse_ik_setup(std::string_view bytes, std::string_view source) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(bytes.data(), bytes.size());
  if (parsed.status == pugi::status_no_document_element) {
    return fail(Errc::kBadFormat, "there is no XML in this file", std::string(source),
                "give an inverse kinematics set-up saved by OpenSim");
  }
  if (!parsed) {
    return fail(Errc::kBadFormat, std::string("not well-formed XML: ") + parsed.description(),
                place(source, bytes, parsed.offset), "export the set-up again from OpenSim");
  }
  pugi::xml_node root = document.document_element();
  if (std::string_view(root.name()) == "OpenSimDocument") root = root.first_child();
  const Reader reader{bytes, source};
  IkSetup setup;
  const std::string_view kind = root.name();
  // Files before OpenSim 2.4 carry the misspelt name.
  if (kind == "InverseKinematicsTool" || kind == "InverseKinemtaticsTool") {
    if (auto done = read_tool(reader, root, setup); !done) {
      return tl::make_unexpected(done.error());
    }
  } else if (kind == "IKTaskSet") {
    if (auto done = reader.read_tasks(root, setup); !done) {
      return tl::make_unexpected(done.error());
    }
  } else {
    return fail(Errc::kBadFormat,
                "this is <" + std::string(kind) + ">, not an inverse kinematics set-up",
                place(source, bytes, root.offset_debug()),
                "give a file with an InverseKinematicsTool or an IKTaskSet");
  }
  return setup;
}

Result<IkSetup> parse_ik_setup_with_tasks(std::string_view bytes,
                                          const std::filesystem::path& path) {
  CATENA_TRY(setup, parse_ik_setup(bytes, path.string()));
  if (setup.task_file.empty()) return setup;
  const std::filesystem::path beside = path.parent_path() / setup.task_file;
  CATENA_TRY(task_bytes, read_file(beside));
  CATENA_TRY(tasks, parse_ik_setup(task_bytes, beside.string()));
  setup.marker_tasks = tasks.marker_tasks;
  setup.coordinate_tasks = tasks.coordinate_tasks;
  return setup;
}

Result<IkSetup> read_ik_setup(const std::filesystem::path& path) {
  CATENA_TRY(bytes, read_file(path));
  return parse_ik_setup_with_tasks(bytes, path);
}

Result<InverseKinematicsOptions> options_from_setup(const IkSetup& setup, const Model& model) {
  CATENA_CHECK(check_markers_are_the_models(setup, model));
  InverseKinematicsOptions options;
  options.marker_tasks = setup.marker_tasks;
  options.default_marker_weight = setup.marker_tasks.empty() ? 1.0 : 0.0;
  options.coupler_weight = setup.coupler_weight;
  for (CoordinateTask task : setup.coordinate_tasks) {
    const int c = find_coordinate(model, task.coordinate);
    if (c == kNone) {
      return fail(Errc::kMismatch,
                  "a task names the coordinate " + task.coordinate + ", which the model has not",
                  "", "use the set-up that belongs to this model");
    }
    const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
    if (std::isnan(task.value)) {
      task.value = coordinate.default_value;
    } else if (coordinate.kind == CoordinateKind::kRotation) {
      task.value *= kRadPerDeg;  // set-ups give manual values of rotations in degrees
    }
    options.coordinate_tasks.push_back(task);
  }
  return options;
}

std::string write_ik_tasks(const std::vector<MarkerTask>& tasks) {
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("OpenSimDocument");
  root.append_attribute("Version") = "40000";
  pugi::xml_node set = root.append_child("IKTaskSet");
  set.append_attribute("name") = "tasks";
  pugi::xml_node objects = set.append_child("objects");
  for (const MarkerTask& task : tasks) {
    pugi::xml_node node = objects.append_child("IKMarkerTask");
    node.append_attribute("name") = task.marker.c_str();
    node.append_child("apply").text() = task.weight > 0.0;
    node.append_child("weight").text() = fmt::format("{}", task.weight).c_str();
  }
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

}  // namespace catena
