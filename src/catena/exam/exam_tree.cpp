#include "catena/exam/exam_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "catena/core/json_node.h"
#include "catena/core/text.h"
#include "catena/core/toml.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;
using Kind = TreeValue::Kind;

constexpr std::size_t kLargestFile_bytes = 64 << 10;
constexpr int kDeepest = 16;  // an exam needs three
constexpr std::string_view kAdvice =
    "write lines such as date = \"2026-03-14\", or let catena exam ask and write";

/// The text with a replacement character for every byte that is no UTF-8, as a writer needs it.
std::string valid_utf8(const std::string& text) {
  return Json::parse(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace))
      .get<std::string>();
}

class TomlTree {
 public:
  TomlTree(std::string_view bytes, std::string_view source) : bytes_(bytes), source_(source) {}

  TreeValue read(const toml::node& node, int depth) const {
    TreeValue value;
    value.where = where(node.source());
    if (const auto* text = node.as_string()) {
      value.kind = Kind::kText;
      value.text = valid_utf8(from_ascii_toml(text->get()));
    } else if (const auto* truth = node.as_boolean()) {
      value.kind = Kind::kTruth;
      value.truth = truth->get();
    } else if (node.is_number()) {
      value.kind = Kind::kNumber;
      value.number = node.value<double>().value_or(0.0);
    } else if (const auto* date = node.as_date()) {
      value.kind = Kind::kDate;
      value.text =
          fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
    } else if (depth >= kDeepest) {
      value.kind = Kind::kNothing;
    } else if (const toml::table* table = node.as_table()) {
      value.kind = Kind::kTable;
      for (const auto& [key, entry] : *table) {
        value.entries.emplace_back(from_ascii_toml(key.str()), read(entry, depth + 1));
      }
    } else if (const toml::array* list = node.as_array()) {
      value.kind = Kind::kList;
      for (const toml::node& item : *list) value.items.push_back(read(item, depth + 1));
    }
    return value;
  }

 private:
  std::string where(const toml::source_region& region) const {
    return place_in_toml(bytes_, source_, region.begin.line, region.begin.column);
  }

  std::string_view bytes_, source_;
};

Result<TreeValue> read_toml(std::string_view bytes, std::string_view source) {
  CATENA_TRY(top, parse_toml(bytes, source, kAdvice));
  return TomlTree(bytes, source).read(top, 0);
}

TreeValue read_json(const Json& json, const std::string& source, const std::string& path) {
  TreeValue value;
  value.where = path.empty() ? source : source + ": " + path;
  if (json.is_string()) {
    value.kind = Kind::kText;
    value.text = json.get<std::string>();
  } else if (json.is_boolean()) {
    value.kind = Kind::kTruth;
    value.truth = json.get<bool>();
  } else if (json.is_number()) {
    value.kind = Kind::kNumber;
    value.number = json.get<double>();
  } else if (json.is_object()) {
    value.kind = Kind::kTable;
    for (const auto& [key, entry] : json.items()) {
      const std::string name = excerpt(key);
      value.entries.emplace_back(key,
                                 read_json(entry, source, path.empty() ? name : path + "." + name));
    }
  } else if (json.is_array()) {
    value.kind = Kind::kList;
    for (std::size_t i = 0; i < json.size(); ++i) {
      value.items.push_back(read_json(json[i], source, fmt::format("{}[{}]", path, i)));
    }
  }
  return value;
}

Result<TreeValue> parse_json(std::string_view bytes, std::string_view source) {
  if (bytes.size() > kLargestFile_bytes) {
    return fail(Errc::kBadFormat, "this is longer than an exam may be (64 kB)", std::string(source),
                "take the exam's own file");
  }
  const Json json =
      is_too_deep_json(bytes) ? Json(Json::value_t::discarded) : Json::parse(bytes, nullptr, false);
  if (!json.is_object()) {
    return fail(Errc::kBadFormat, "this begins as JSON does and is no JSON object",
                std::string(source), "let catena exam --json ask and write");
  }
  return read_json(json, std::string(source), "");
}

}  // namespace

const TreeValue* TreeValue::find(std::string_view key) const {
  const auto at = std::ranges::find(entries, key, [](const auto& entry) { return entry.first; });
  return at == entries.end() ? nullptr : &at->second;
}

Result<TreeValue> parse_exam_tree(std::string_view bytes, std::string_view source) {
  std::string_view start = bytes;
  if (start.substr(0, 3) == "\xef\xbb\xbf") start.remove_prefix(3);
  start = trim(start);
  if (start.starts_with('{') || to_lower(source).ends_with(".json")) {
    return parse_json(start, source);
  }
  return read_toml(bytes, source);
}

}  // namespace catena
