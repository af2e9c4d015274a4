// What an exam file holds, whether written in TOML or JSON: values, each with its place.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catena/core/error.h"

namespace catena {

struct TreeValue {
  enum class Kind { kText, kNumber, kTruth, kDate, kTable, kList, kNothing };
  Kind kind = Kind::kNothing;
  std::string text;     // of a text; "2026-03-14" of a date
  double number = 0.0;  // of a number; may be infinite or NaN
  bool truth = false;
  std::vector<std::pair<std::string, TreeValue>> entries;  // of a table, by key
  std::vector<TreeValue> items;                            // of a list
  std::string where;  // "exam.toml:3:9", or "exam.json: test[0].side"

  /// The entry of this key, or null.
  [[nodiscard]] const TreeValue* find(std::string_view key) const;
};

/// Reads the whole file. What begins with a brace or is called .json is JSON, the rest TOML.
///
/// errors     kBadFormat: neither of the two, longer than 64 kB, nested deeper than 16
Result<TreeValue> parse_exam_tree(std::string_view bytes, std::string_view source);

}  // namespace catena
