#include "catena/core/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

// NaN, -nan, nan(ind), 1.#QNAN, -1.#IND, NA, inf, 1.#INF and their like.
bool is_lost_word(std::string_view field) {
  if (field.front() == '+' || field.front() == '-') field.remove_prefix(1);
  if (starts_with_ignoring_case(field, "nan")) {
    const std::string_view rest = trim(field.substr(3));
    return rest.empty() || (rest.front() == '(' && rest.back() == ')');
  }
  if (field.size() >= 4 && field.substr(1, 2) == ".#") return field[0] == '1';
  return equal_ignoring_case(field, "na") || equal_ignoring_case(field, "n/a") ||
         equal_ignoring_case(field, "inf") || equal_ignoring_case(field, "infinity");
}

// What the first bytes say that the file really is; empty when they say nothing.
std::string_view other_format(std::string_view bytes) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Pair, 8> kMagic = {{{"\xff\xfe", "text in UTF-16"},
                                           {"\xfe\xff", "text in UTF-16"},
                                           {"PK\x03\x04", "a ZIP archive or a spreadsheet"},
                                           {"\x1f\x8b", "compressed (gzip)"},
                                           {"%PDF", "a PDF"},
                                           {"\x89PNG", "a picture"},
                                           {"SQLite format 3", "a database"},
                                           {"MATLAB ", "a MATLAB file"}}};
  for (const Pair& magic : kMagic) {
    if (bytes.substr(0, magic.first.size()) == magic.first) return magic.second;
  }
  if (bytes.size() >= 512 && bytes[1] == 'P' && bytes[0] < ' ') return "a C3D file";
  return {};
}

}  // namespace

LineReader::LineReader(std::string_view bytes) : bytes_(bytes) {
  if (bytes_.substr(0, 3) == "\xef\xbb\xbf") bytes_.remove_prefix(3);
  // Only a file without any LF is taken as one with old Macintosh line ends.
  if (bytes_.find('\n') == std::string_view::npos) ending_ = '\r';
}

bool LineReader::next() {
  if (position_ >= bytes_.size()) return false;
  line_start_ = position_;
  const void* found = std::memchr(bytes_.data() + position_, ending_, bytes_.size() - position_);
  const std::size_t end =
      found == nullptr ? bytes_.size()
                       : static_cast<std::size_t>(static_cast<const char*>(found) - bytes_.data());
  line_ = bytes_.substr(position_, end - position_);
  if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
  position_ = std::min(end + 1, bytes_.size());
  ++number_;
  return true;
}

bool LineReader::next_filled() {
  while (next()) {
    if (!trim(line_).empty()) return true;
  }
  return false;
}

void LineReader::unread() {
  if (number_ == 0) return;
  position_ = line_start_;
  --number_;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string to_lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string_view> split_fields(std::string_view line) {
  if (line.find('\t') == std::string_view::npos) return split_at_blanks(line);
  std::vector<std::string_view> fields;
  std::size_t start = 0;
  while (true) {
    const std::size_t tab = line.find('\t', start);
    fields.push_back(trim(line.substr(start, tab - start)));
    if (tab == std::string_view::npos) return fields;
    start = tab + 1;
  }
}

std::vector<std::string_view> split_at_blanks(std::string_view line) {
  std::vector<std::string_view> fields;
  std::size_t i = 0;
  while (true) {
    while (i < line.size() && is_blank(line[i])) ++i;
    if (i == line.size()) return fields;
    const std::size_t start = i;
    while (i < line.size() && !is_blank(line[i])) ++i;
    fields.push_back(line.substr(start, i - start));
  }
}

NumberKind parse_number(std::string_view field, double& value) {
  value = kNaN;
  field = trim(field);
  if (field.empty()) return NumberKind::kLost;
  if (is_lost_word(field)) return NumberKind::kLost;
  // from_chars takes no leading plus, and would take "+-1" if the plus alone were dropped.
  std::string_view digits = field;
  if (digits.front() == '+') digits.remove_prefix(1);
  if (digits.empty() || (field.front() == '+' && digits.front() == '-'))
    return NumberKind::kNoNumber;
  double number = 0.0;
  const char* const begin = digits.data();
  const char* const end = begin + digits.size();
  const auto [stop, code] = std::from_chars(begin, end, number);
  if (stop != end) return NumberKind::kNoNumber;
  if (code == std::errc::result_out_of_range) {
    // 1e-400 is zero for us; 1e400 is no place and no angle.
    const std::size_t exponent = to_lower(digits).find('e');
    const bool tiny = exponent != std::string::npos && digits[exponent + 1] == '-';
    if (!tiny) return NumberKind::kLost;
    value = 0.0;
    return NumberKind::kNumber;
  }
  if (code != std::errc{}) return NumberKind::kNoNumber;
  if (!std::isfinite(number)) return NumberKind::kLost;
  value = number;
  return NumberKind::kNumber;
}

void append_number(std::string& text, double value) {
  if (std::isnan(value)) {
    text += "NaN";
    return;
  }
  std::array<char, 40> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  text.append(buffer.data(), result.ptr);
}

void append_fixed(std::string& text, double value, int decimals) {
  if (std::isnan(value)) {
    text += "NaN";
    return;
  }
  // The largest double has 309 digits before the point.
  std::array<char, 400> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                    std::chars_format::fixed, std::clamp(decimals, 0, 17));
  text.append(buffer.data(), result.ptr);
}

std::string in_words(double value) {
  std::array<char, 40> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                    std::chars_format::general, 6);
  return {buffer.data(), result.ptr};
}

std::string counted(std::size_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

std::string printable(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  }
  return result;
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  text = trim(text);
  std::string result;
  for (const char c : text.substr(0, kLongest)) {
    result += c >= ' ' && c <= '~' ? c : '?';
  }
  if (text.size() > kLongest) result += "...";
  return result;
}

std::string place(std::string_view source, int line, int column) {
  std::string result(source);
  result += ":" + std::to_string(line);
  if (column > 0) result += ":" + std::to_string(column);
  return result;
}

std::string stem_of(std::string_view source) {
  const std::size_t slash = source.find_last_of("/\\");
  if (slash != std::string_view::npos) source.remove_prefix(slash + 1);
  const std::size_t dot = source.find_last_of('.');
  if (dot != std::string_view::npos && dot > 0) source = source.substr(0, dot);
  return std::string(source);
}

Result<void> check_is_text(std::string_view bytes, std::string_view source,
                           std::string_view wanted) {
  const std::string where(source);
  const std::string expected(wanted);
  if (bytes.empty()) {
    return fail(Errc::kBadFormat, "the file is empty", where, "export the recording again");
  }
  if (const std::string_view other = other_format(bytes); !other.empty()) {
    return fail(Errc::kBadFormat, "this is " + std::string(other) + ", not " + expected, where,
                "export the recording as " + expected + " in plain text");
  }
  if (bytes.find('\0') != std::string_view::npos) {
    return fail(Errc::kBadFormat, "this is binary, not " + expected, where,
                "export the recording as " + expected + " in plain text");
  }
  if (LineReader lines(bytes); !lines.next_filled()) {
    return fail(Errc::kBadFormat, "the file holds nothing but blanks", where,
                "export the recording again");
  } else if (const char first = trim(lines.line()).front(); first == '<' || first == '{') {
    return fail(Errc::kBadFormat,
                std::string("this is ") + (first == '<' ? "XML" : "JSON") + ", not " + expected,
                where, "name the recording itself");
  }
  return {};
}

}  // namespace catena
