// Lines, fields and numbers of laboratory text files. Locale plays no part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

/// Walks through the lines of a text, whether they end in LF, CR LF or CR; blank lines included.
class LineReader {
 public:
  /// bytes      a whole file; a UTF-8 byte order mark at its start is passed over
  explicit LineReader(std::string_view bytes);

  /// Steps to the next line; false when there is none left.
  bool next();
  /// Steps to the next line that holds more than blanks; false when there is none left.
  bool next_filled();
  /// Makes the next call of next() return this line again.
  void unread();

  std::string_view line() const { return line_; }
  int number() const { return number_; }                              // from 1
  std::string_view rest() const { return bytes_.substr(position_); }  // after this line

 private:
  std::string_view bytes_;
  std::string_view line_;
  std::size_t position_ = 0;
  std::size_t line_start_ = 0;
  int number_ = 0;
  char ending_ = '\n';
};

/// The text without blanks (space, tab, CR, and other controls) at its ends.
std::string_view trim(std::string_view text);

/// ASCII letters only, so that no locale plays a part.
std::string to_lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// The fields between tabs, trimmed, empty ones too; fields between runs of blanks where the line
/// has no tab.
std::vector<std::string_view> split_fields(std::string_view line);
std::vector<std::string_view> split_at_blanks(std::string_view line);

/// How a number reads.
enum class NumberKind {
  kNumber,    // finite
  kLost,      // blank, NaN in any spelling, or infinite
  kNoNumber,  // something else
};

/// Reads a whole field as a number; value is NaN unless the kind is kNumber.
NumberKind parse_number(std::string_view field, double& value);

/// Shortest decimal text that reads back as the same number; "NaN" for NaN.
void append_number(std::string& text, double value);
/// With that many digits after the point.
void append_fixed(std::string& text, double value, int decimals);

/// A number in a sentence: at most six significant digits.
std::string in_words(double value);

/// "1 frame", "3 frames".
std::string counted(std::size_t n, std::string_view noun);

/// The text with a question mark for every control; bytes beyond ASCII stay.
std::string printable(std::string_view text);

/// The beginning of a text, fit to stand in quotes in an error sentence: printable, not long.
std::string excerpt(std::string_view text);

/// "run.trc:7" or "run.trc:7:3": line and table column, both counted from 1.
std::string place(std::string_view source, int line, int column = 0);

/// File name without folder and ending.
std::string stem_of(std::string_view source);

/// Refuses what cannot be a text table: empty, binary, or one of the formats that people mix up.
///
/// wanted     what the caller reads, "a TRC file"
/// errors     kBadFormat
Result<void> check_is_text(std::string_view bytes, std::string_view source,
                           std::string_view wanted);

}  // namespace catena
