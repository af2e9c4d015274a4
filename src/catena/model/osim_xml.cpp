#include "catena/model/osim_xml.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <pugixml.hpp>

namespace catena {
namespace {

// Real files nest about 20 deep; recursion below relies on a bound.
constexpr int kDeepestElement = 100;

constexpr const char* kBlanks = " \t\r\n";

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t at = text.find_first_not_of(kBlanks);
  while (at != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = text.find_first_not_of(kBlanks, end);
  }
  return parts;
}

std::optional<double> to_number(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0.0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  // A number too small for a double is zero, not an error.
  if (code == std::errc::result_out_of_range && end == text.data() + text.size() &&
      text.find_first_of("eE") != std::string_view::npos &&
      text.substr(text.find_first_of("eE") + 1).front() == '-') {
    return 0.0;
  }
  if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string shortened(const std::string& text) {
  return text.size() <= 30 ? text : text.substr(0, 27) + "...";
}

bool is_too_deep(const pugi::xml_document& document) {
  int depth = 0;
  pugi::xml_node node = document.first_child();
  while (node) {
    if (depth > kDeepestElement) return true;
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    node = node.next_sibling();
  }
  return false;
}

/// <defaults> stand under the document or, in some files, under the model.
pugi::xml_node default_object(const pugi::xml_node& object) {
  const pugi::xml_node document = first_element(object.root());
  for (const pugi::xml_node& parent : {document, document.child("Model")}) {
    const pugi::xml_node found = parent.child("defaults").child(object.name());
    if (found) return found;
  }
  return {};
}

}  // namespace

OsimSource::OsimSource(std::string_view bytes, std::string_view name) : name_(name) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\n') line_ends_.push_back(i);
  }
}

std::string OsimSource::place(std::size_t offset) const {
  const auto line = std::lower_bound(line_ends_.begin(), line_ends_.end(), offset);
  return name_ + ":" + std::to_string(line - line_ends_.begin() + 1);
}

std::string OsimSource::place(const pugi::xml_node& node) const {
  const std::ptrdiff_t offset = node.offset_debug();
  return offset < 0 ? name_ : place(static_cast<std::size_t>(offset));
}

Result<void> load_xml(pugi::xml_document& document, std::string_view bytes,
                      const OsimSource& source) {
  const pugi::xml_parse_result parsed = document.load_buffer(bytes.data(), bytes.size());
  if (parsed.status == pugi::status_no_document_element || bytes.empty()) {
    return fail(Errc::kBadFormat, "there is no XML in this file", source.name(),
                "give an OpenSim file");
  }
  if (!parsed) {
    std::string reason = parsed.description();
    reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
    return fail(Errc::kBadFormat, "not well-formed XML: " + reason,
                source.place(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, parsed.offset))),
                "mend this line, or open and save the file in OpenSim");
  }
  if (is_too_deep(document)) {
    return fail(Errc::kBadFormat,
                "elements are nested more than " + std::to_string(kDeepestElement) + " deep",
                source.name(), "this is no OpenSim file");
  }
  return {};
}

pugi::xml_node first_element(const pugi::xml_node& parent) {
  for (const pugi::xml_node& child : parent.children()) {
    if (child.type() == pugi::node_element) return child;
  }
  return {};
}

pugi::xml_node property(const pugi::xml_node& object, const char* name) {
  const pugi::xml_node own = object.child(name);
  return own ? own : default_object(object).child(name);
}

std::vector<pugi::xml_node> objects_of(const pugi::xml_node& set) {
  std::vector<pugi::xml_node> objects;
  for (const pugi::xml_node& child : set.child("objects").children()) {
    if (child.type() == pugi::node_element) objects.push_back(child);
  }
  return objects;
}

std::string content(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
      text += ' ';
    }
  }
  return trimmed(text);
}

std::string word(const pugi::xml_node& object, const char* name) {
  return content(property(object, name));
}

std::vector<std::string> words(const pugi::xml_node& object, const char* name) {
  return split(word(object, name));
}

std::string name_of(const pugi::xml_node& object) {
  return trimmed(object.attribute("name").value());
}

std::string describe(const pugi::xml_node& object) {
  const std::string name = name_of(object);
  return std::string(object.name()) + (name.empty() ? "" : " '" + name + "'");
}

Result<Eigen::VectorXd> read_numbers(const OsimSource& source, const pugi::xml_node& object,
                                     const char* name) {
  const pugi::xml_node node = property(object, name);
  const std::vector<std::string> parts = split(content(node));
  Eigen::VectorXd numbers(static_cast<Eigen::Index>(parts.size()));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::optional<double> value = to_number(parts[i]);
    if (!value) {
      return fail(Errc::kBadFormat,
                  "'" + shortened(parts[i]) + "' in <" + name + "> of " + describe(object) +
                      " is not a finite number",
                  source.place(node));
    }
    numbers[static_cast<Eigen::Index>(i)] = *value;
  }
  return numbers;
}

Result<double> read_number(const OsimSource& source, const pugi::xml_node& object, const char* name,
                           double fallback) {
  CATENA_TRY(numbers, read_numbers(source, object, name));
  if (numbers.size() == 0) return fallback;
  if (numbers.size() == 1) return numbers[0];
  return fail(Errc::kBadFormat,
              "<" + std::string(name) + "> of " + describe(object) + " holds " +
                  std::to_string(numbers.size()) + " numbers instead of one",
              source.place(property(object, name)));
}

Result<Eigen::Vector3d> read_vector3(const OsimSource& source, const pugi::xml_node& object,
                                     const char* name, const Eigen::Vector3d& fallback) {
  CATENA_TRY(numbers, read_numbers(source, object, name));
  if (numbers.size() == 0) return fallback;
  if (numbers.size() == 3) return Eigen::Vector3d(numbers);
  return fail(Errc::kBadFormat,
              "<" + std::string(name) + "> of " + describe(object) + " holds " +
                  std::to_string(numbers.size()) + " numbers instead of three",
              source.place(property(object, name)));
}

Result<bool> read_flag(const OsimSource& source, const pugi::xml_node& object, const char* name,
                       bool fallback) {
  std::string text = word(object, name);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (text.empty()) return fallback;
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return fail(Errc::kBadFormat,
              "'" + shortened(text) + "' in <" + name + "> of " + describe(object) +
                  " is neither true nor false",
              source.place(property(object, name)));
}

std::string fit_to_print(const std::string& sentence) {
  constexpr std::size_t kLongest = 400;
  std::string result = sentence.substr(0, kLongest);
  for (char& c : result) {
    if (c < ' ' || c > '~') c = '?';
  }
  if (sentence.size() > kLongest) result += " ...";
  return result;
}

std::string connectee(const pugi::xml_node& component, const std::string& socket) {
  for (const std::string& name : {"socket_" + socket, "socket_" + socket + "_connectee_name",
                                  "connector_" + socket + "_connectee_name"}) {
    const pugi::xml_node node = component.child(name.c_str());
    if (node) return content(node);
  }
  for (const pugi::xml_node& connector : component.child("connectors").children()) {
    if (name_of(connector) == socket) return content(connector.child("connectee_name"));
  }
  return {};
}

}  // namespace catena
