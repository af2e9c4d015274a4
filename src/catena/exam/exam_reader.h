// Reads values out of an exam file's tree: what cannot be used becomes a note with its place.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/exam/exam_keys.h"
#include "catena/exam/exam_tests.h"
#include "catena/exam/exam_tree.h"

namespace catena {

class ExamReader {
 public:
  explicit ExamReader(std::vector<std::string>& notes) : notes_(notes) {}

  /// "exam.toml:7:12: this cannot be; what to do"
  void note(const TreeValue& at, const std::string& what, std::string_view advice = "");

  /// Entries that are not known, with what was probably meant.
  void check_keys(const TreeValue& table, std::span<const std::string_view> known,
                  std::string_view name);

  // Empty where the key is not there, or not of its type, which is noted.
  std::string text(const TreeValue& table, std::string_view key);
  Answered yes_or_no(const TreeValue& table, std::string_view key);
  std::optional<double> number(const TreeValue& table, const ExamQuantity& quantity);
  /// "right", "left" or "both"
  std::string side(const TreeValue& table);
  /// The table of this key, or null.
  const TreeValue* table(const TreeValue& top, std::string_view key);

 private:
  std::vector<std::string>& notes_;
};

/// A result in SI.
///
/// unit       of what was given; a length may be in cm or mm
/// errors     kBadFormat: it cannot be, or looks like radians
Result<double> usable_result(const ExamTest& test, ExamUnit unit, double given);

/// The tests under [[test]], with the error of each.
std::vector<ExamValue> read_exam_values(const TreeValue& top, ExamReader& reader);

}  // namespace catena
