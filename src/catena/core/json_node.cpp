#include "catena/core/json_node.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostEntries = 10000;  // of a list: more than can be
constexpr int kDeepest = 16;

const Json& json_of(const void* json) { return *static_cast<const Json*>(json); }

}  // namespace

bool is_too_deep_json(std::string_view bytes) {
  int depth = 0;
  for (const char c : bytes) {
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (depth > kDeepest) return true;
  }
  return false;
}

struct JsonNode::File {
  Json json;
  std::string source, hint;
};

Result<JsonNode> JsonNode::parse(std::string_view bytes, std::string_view source,
                                 std::string_view hint) {
  const auto file = std::make_shared<File>();
  file->source = source;
  file->hint = hint;
  file->json =
      is_too_deep_json(bytes) ? Json(Json::value_t::discarded) : Json::parse(bytes, nullptr, false);
  JsonNode root(file, &file->json, "");
  if (!file->json.is_object()) return root.wrong("this is no JSON object");
  return root;
}

tl::unexpected<Error> JsonNode::wrong(const std::string& what) const {
  return fail(Errc::kBadFormat, what,
              path_.empty() ? file_->source : fmt::format("{}: {}", file_->source, path_),
              file_->hint);
}

bool JsonNode::has(const char* key) const {
  return json_of(json_).is_object() && json_of(json_).contains(key);
}

bool JsonNode::is_null() const { return json_of(json_).is_null(); }

bool JsonNode::is_truth() const { return json_of(json_).is_boolean(); }

Result<JsonNode> JsonNode::at(const char* key) const {
  const Json& json = json_of(json_);
  if (!json.is_object()) return wrong("an object is needed");
  const auto found = json.find(key);
  if (found == json.end()) return wrong(fmt::format("'{}' is missing", key));
  return JsonNode(file_, &*found, path_.empty() ? key : path_ + "." + key);
}

Result<std::vector<JsonNode>> JsonNode::items(const char* key) const {
  CATENA_TRY(list, at(key));
  const Json& json = json_of(list.json_);
  if (!json.is_array() || json.size() > kMostEntries) return list.wrong("a list is needed");
  std::vector<JsonNode> nodes;
  for (std::size_t i = 0; i < json.size(); ++i) {
    nodes.push_back(JsonNode(file_, &json[i], fmt::format("{}[{}]", list.path_, i)));
  }
  return nodes;
}

Result<std::string> JsonNode::text() const {
  if (!json_of(json_).is_string()) return wrong("a text is needed");
  return json_of(json_).get<std::string>();
}

Result<std::string> JsonNode::text(const char* key) const {
  CATENA_TRY(node, at(key));
  return node.text();
}

Result<bool> JsonNode::truth(const char* key) const {
  CATENA_TRY(node, at(key));
  if (!node.is_truth()) return node.wrong("true or false is needed");
  return json_of(node.json_).get<bool>();
}

Result<double> JsonNode::number(const char* key, double low, double high) const {
  CATENA_TRY(node, at(key));
  const Json& json = json_of(node.json_);
  const double value = json.is_number() ? json.get<double>() : NAN;
  if (!(value >= low && value <= high)) {
    return node.wrong(fmt::format("a number from {:g} to {:g} is needed", low, high));
  }
  return value;
}

Result<double> JsonNode::number_or_nan(const char* key, double low, double high) const {
  if (!has(key) || at(key)->is_null()) return NAN;
  return number(key, low, high);
}

Result<std::string> JsonNode::text_or_empty(const char* key) const {
  return has(key) ? text(key) : std::string();
}

Result<int> JsonNode::count(const char* key, int low) const {
  CATENA_TRY(value, number(key, low, static_cast<double>(kMostEntries)));
  if (value != std::floor(value)) return at(key)->wrong("a whole number is needed");
  return static_cast<int>(value);
}

Result<std::uint64_t> JsonNode::unsigned_number(const char* key) const {
  CATENA_TRY(node, at(key));
  const Json& json = json_of(node.json_);
  if (!json.is_number_unsigned()) return node.wrong("a whole number is needed");
  return json.get<std::uint64_t>();
}

Result<std::size_t> JsonNode::word(const char* key, std::span<const char* const> words) const {
  CATENA_TRY(given, text(key));
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (given == words[i]) return i;
  }
  return at(key)->wrong("a word that is not known");
}

Result<Eigen::VectorXd> JsonNode::values(const char* key, std::size_t size) const {
  CATENA_TRY(node, at(key));
  return node.values(size);
}

Result<Eigen::VectorXd> JsonNode::values(std::size_t size) const {
  const Json& json = json_of(json_);
  if (!json.is_array() || json.empty() || json.size() > kMostEntries ||
      (size > 0 && json.size() != size)) {
    return wrong(size > 0 ? fmt::format("{} numbers are needed", size) : "numbers are needed");
  }
  Eigen::VectorXd vector(static_cast<Eigen::Index>(json.size()));
  for (std::size_t i = 0; i < json.size(); ++i) {
    const double value = json[i].is_number() ? json[i].get<double>() : NAN;
    if (!(std::abs(value) <= 1e9)) return wrong(fmt::format("item {} is no number", i));
    vector[static_cast<Eigen::Index>(i)] = value;
  }
  return vector;
}

}  // namespace catena
