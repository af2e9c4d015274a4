#include "catena/exam/exam_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "catena/core/error.h"
#include "catena/core/spelling.h"
#include "catena/core/text.h"

namespace catena {

using Kind = TreeValue::Kind;

void ExamReader::note(const TreeValue& at, const std::string& what, std::string_view advice) {
  notes_.push_back(to_sentence({Errc::kBadFormat, what, at.where, std::string(advice)}));
}

void ExamReader::check_keys(const TreeValue& table, std::span<const std::string_view> known,
                            std::string_view name) {
  for (const auto& [key, value] : table.entries) {
    if (std::ranges::find(known, key) != known.end()) continue;
    const std::string meant = nearest_word(key, known);
    note(value, fmt::format("there is no key '{}' {}; it is not used", excerpt(key), name),
         meant.empty() ? "" : "did you mean " + meant + "?");
  }
}

std::string ExamReader::text(const TreeValue& table, std::string_view key) {
  const TreeValue* value = table.find(key);
  if (!value) return "";
  if (value->kind == Kind::kText || value->kind == Kind::kDate) {
    return printable(trim(value->text));
  }
  note(*value, fmt::format("{} is no text; it is not used", key), "put it in quotes");
  return "";
}

Answered ExamReader::yes_or_no(const TreeValue& table, std::string_view key) {
  const TreeValue* value = table.find(key);
  if (!value) return std::nullopt;
  if (value->kind == Kind::kTruth) return value->truth;
  const std::string word = value->kind == Kind::kText ? to_lower(trim(value->text)) : "";
  if (word == "yes" || word == "true") return true;
  if (word == "no" || word == "false") return false;
  note(*value, fmt::format("{} is neither true nor false; it is not used", key),
       "write true or false, or leave it out when it was not asked");
  return std::nullopt;
}

std::optional<double> ExamReader::number(const TreeValue& table, const ExamQuantity& quantity) {
  const TreeValue* value = table.find(quantity.key);
  if (!value) return std::nullopt;
  if (value->kind != Kind::kNumber) {
    note(*value, fmt::format("{} is no number; it is not used", quantity.key), quantity.advice);
    return std::nullopt;
  }
  if (!(value->number >= quantity.low && value->number <= quantity.high)) {
    note(*value,
         fmt::format("{} = {} cannot be; it is not used", quantity.key, in_words(value->number)),
         quantity.advice);
    return std::nullopt;
  }
  return value->number;
}

std::string ExamReader::side(const TreeValue& table) {
  const std::string given = text(table, "side");
  const std::string word = to_lower(given);
  if (word.empty() || word == "right" || word == "left" || word == "both") return word;
  if (word == "r" || word == "l") return word == "r" ? "right" : "left";
  note(*table.find("side"), fmt::format("side is '{}'; it is not used", excerpt(given)),
       "write \"right\", \"left\" or \"both\"");
  return "";
}

const TreeValue* ExamReader::table(const TreeValue& top, std::string_view key) {
  const TreeValue* value = top.find(key);
  if (!value || value->kind == Kind::kTable) return value;
  note(*value, fmt::format("{} is no table; it is not used", key),
       fmt::format("write [{}] above what is known", key));
  return nullptr;
}

}  // namespace catena
