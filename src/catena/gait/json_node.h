// JSON files as they are read in this layer: included by .cpp files only.
#pragma once

#include <fmt/format.h>

#include <Eigen/Core>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostJsonEntries = 10000;  // of a list: more than can be
constexpr int kDeepestJson = 16;

/// A value of the file and where it stands.
struct JsonNode {
  const Json* json = nullptr;
  std::string path;  // "conditions[0].curves[2]"
  std::string_view source;
  std::string_view hint;  // what a person can do about a bad file

  [[nodiscard]] tl::unexpected<Error> wrong(const std::string& what) const {
    return fail(Errc::kBadFormat, what,
                path.empty() ? std::string(source) : fmt::format("{}: {}", source, path),
                std::string(hint));
  }
  [[nodiscard]] Result<JsonNode> at(const char* key) const {
    if (!json->is_object()) return wrong("an object is needed");
    const auto found = json->find(key);
    if (found == json->end()) return wrong(fmt::format("'{}' is missing", key));
    return JsonNode{&*found, path.empty() ? key : path + "." + key, source, hint};
  }
  [[nodiscard]] Result<std::vector<JsonNode>> items(const char* key) const {
    CATENA_TRY(list, at(key));
    if (!list.json->is_array() || list.json->size() > kMostJsonEntries) {
      return list.wrong("a list is needed");
    }
    std::vector<JsonNode> nodes;
    for (std::size_t i = 0; i < list.json->size(); ++i) {
      nodes.push_back({&(*list.json)[i], fmt::format("{}[{}]", list.path, i), source, hint});
    }
    return nodes;
  }
  [[nodiscard]] Result<std::string> text(const char* key) const {
    CATENA_TRY(node, at(key));
    if (!node.json->is_string()) return node.wrong("a text is needed");
    return node.json->get<std::string>();
  }
  [[nodiscard]] Result<bool> truth(const char* key) const {
    CATENA_TRY(node, at(key));
    if (!node.json->is_boolean()) return node.wrong("true or false is needed");
    return node.json->get<bool>();
  }
  [[nodiscard]] Result<double> number(const char* key, double low, double high) const {
    CATENA_TRY(node, at(key));
    const double value = node.json->is_number() ? node.json->get<double>() : NAN;
    if (!(value >= low && value <= high)) {
      return node.wrong(fmt::format("a number from {:g} to {:g} is needed", low, high));
    }
    return value;
  }
  [[nodiscard]] Result<int> count(const char* key, int low = 0) const {
    CATENA_TRY(value, number(key, low, static_cast<double>(kMostJsonEntries)));
    if (value != std::floor(value)) return at(key)->wrong("a whole number is needed");
    return static_cast<int>(value);
  }
  template <std::size_t n>
  [[nodiscard]] Result<std::size_t> word(const char* key,
                                         const std::array<const char*, n>& words) const {
    CATENA_TRY(given, text(key));
    for (std::size_t i = 0; i < n; ++i) {
      if (given == words[i]) return i;
    }
    return at(key)->wrong("a word that is not known");
  }
  /// size       0: any from one on
  [[nodiscard]] Result<Eigen::VectorXd> values(std::size_t size) const {
    if (!json->is_array() || json->empty() || json->size() > kMostJsonEntries ||
        (size > 0 && json->size() != size)) {
      return wrong(size > 0 ? fmt::format("{} numbers are needed", size) : "numbers are needed");
    }
    Eigen::VectorXd vector(static_cast<Eigen::Index>(json->size()));
    for (std::size_t i = 0; i < json->size(); ++i) {
      const Json& item = (*json)[i];
      const double value = item.is_number() ? item.get<double>() : NAN;
      if (!(std::abs(value) <= 1e9)) return wrong(fmt::format("item {} is no number", i));
      vector[static_cast<Eigen::Index>(i)] = value;
    }
    return vector;
  }
};

/// Brackets within brackets, as far as they go; those in texts count too, which does no harm.
inline bool is_too_deep(std::string_view bytes) {
  int depth = 0;
  for (const char c : bytes) {
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (depth > kDeepestJson) return true;
  }
  return false;
}

/// Discarded where the bytes are no JSON.
inline Json parse_json(std::string_view bytes) {
  return is_too_deep(bytes) ? Json(Json::value_t::discarded) : Json::parse(bytes, nullptr, false);
}

}  // namespace catena
