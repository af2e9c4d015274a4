// exam.toml, or the same as JSON: the examination of one runner on one day.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "catena/core/error.h"
#include "catena/exam/examination.h"

namespace catena {

struct ExamOptions {
  std::string today;  // "2026-03-14": later dates are refused; empty: no date is
};

/// Reads an exam file; docs/exam.md tells what may stand in it. What cannot be used (a value that
/// cannot be, a side or unit that is missing or wrong, a test that is not known or there twice,
/// answers that contradict each other) becomes a note with its place, and the rest is used.
///
/// source     the file's path, for places
/// errors     kBadFormat: neither TOML nor JSON
Result<Examination> parse_exam(std::string_view bytes, std::string_view source,
                               const ExamOptions& options = {});

/// The same file, written: parse_exam of it gives the same examination but for its notes.
std::string write_exam_toml(const Examination& exam);
std::string write_exam_json(const Examination& exam);

/// The sentence to say where the examination is another person's than the session; ids decide where
/// both have one, else names.
std::optional<std::string> note_of_person(const Examination& exam, std::string_view name,
                                          std::string_view id);

/// Whether this is a day of the calendar, written as 2026-03-14.
bool is_date(std::string_view text);

}  // namespace catena
