#include "catena/model/joint_roles.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

#include "catena/core/units.h"
#include "catena/model/joint_roles_file.h"

namespace catena {
namespace {

constexpr std::size_t kColumns = 9;
constexpr std::array<std::string_view, kColumns> kHeading = {"joint",  "direction", "coordinate",
                                                             "sign",   "role",      "capacity_deg",
                                                             "sd_deg", "grade",     "source"};
enum Column { kJoint, kName, kCoordinate, kSign, kRole, kCapacity, kSd, kGrade, kSource };
constexpr std::array<std::string_view, 2> kRoles = {"mobile", "stable"};
constexpr std::array<std::string_view, 3> kSigns = {"-", "both", "+"};
constexpr std::array<std::string_view, 3> kGrades = {"A", "B", "C"};
constexpr std::size_t kLargestFile_bytes = 64 << 10;

/// The start of a text, fit to be printed.
std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::string result = "'" + std::string(text.substr(0, kMost));
  for (char& c : result) c = c >= ' ' && c <= '~' ? c : '?';
  return result + (text.size() > kMost ? "...'" : "'");
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// One line of the table on its way in.
class Line {
 public:
  Line(std::string_view text, std::string_view source, int number)
      : text_(text), where_(std::string(source) + ":" + std::to_string(number)) {}

  /// Cuts at commas outside double quotes; "" inside quotes is one quote.
  Result<void> split() {
    bool inside = false;
    std::string field;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '"' && inside && i + 1 < text_.size() && text_[i + 1] == '"') {
        field += c;
        ++i;
      } else if (c == '"') {
        inside = !inside;
      } else if (c == ',' && !inside) {
        fields_.emplace_back(trimmed(field));
        field.clear();
      } else {
        field += c;
      }
    }
    fields_.emplace_back(trimmed(field));
    if (inside) return bad("a double quote is not closed", "close it on the same line");
    if (fields_.size() != kColumns) {
      return bad("this line has " + std::to_string(fields_.size()) + " fields; it needs " +
                     std::to_string(kColumns),
                 "write text with commas in double quotes");
    }
    return {};
  }

  Result<void> check_heading() const {
    for (std::size_t k = 0; k < kColumns; ++k) {
      if (fields_[k] == kHeading[k]) continue;
      return bad("column " + std::to_string(k + 1) + " is called " + quoted(fields_[k]) +
                     ", not '" + std::string(kHeading[k]) + "'",
                 "begin with the heading that the program's own table has");
    }
    return {};
  }

  Result<JointDirection> read() const {
    JointDirection d;
    for (const Column needed : {kJoint, kName, kCoordinate}) {
      if (at(needed).empty()) return bad("the " + heading(needed) + " is missing", "name it");
    }
    d.joint = at(kJoint);
    d.direction = at(kName);
    d.coordinate = at(kCoordinate);
    CATENA_TRY(sign, choice(kSign, kSigns));
    CATENA_TRY(role, choice(kRole, kRoles));
    d.sign = static_cast<int>(sign) - 1;
    d.role = static_cast<JointRole>(role);
    if (at(kCapacity).empty()) {
      if (at(kSd).empty() && at(kGrade).empty()) return d;
      return bad("there is an SD or a grade but no capacity", "give capacity_deg as well");
    }
    PublishedCapacity capacity;
    CATENA_TRY(value_deg, angle(kCapacity));
    CATENA_TRY(grade, choice(kGrade, kGrades));
    capacity.value_rad = value_deg * kRadPerDeg;
    capacity.grade = static_cast<Grade>(grade);
    capacity.source = at(kSource);
    if (!at(kSd).empty()) {
      CATENA_TRY(sd_deg, angle(kSd));
      capacity.sd_rad = sd_deg * kRadPerDeg;
    }
    if (capacity.source.empty()) return bad("the capacity has no source", "say where it is from");
    d.capacity = capacity;
    return d;
  }

  [[nodiscard]] tl::unexpected<Error> bad(std::string what, std::string hint) const {
    return fail(Errc::kBadFormat, std::move(what), where_, std::move(hint));
  }

 private:
  const std::string& at(Column column) const { return fields_[column]; }
  static std::string heading(Column column) { return std::string(kHeading.at(column)); }

  template <std::size_t n>
  Result<std::size_t> choice(Column column, const std::array<std::string_view, n>& known) const {
    const auto found = std::find(known.begin(), known.end(), at(column));
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    std::string all;
    for (const std::string_view word : known) all += (all.empty() ? "" : ", ") + std::string(word);
    return bad("the " + heading(column) + " is " + quoted(at(column)), "give one of " + all);
  }

  Result<double> angle(Column column) const {
    const std::string& text = at(column);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (whole && value >= 0.0 && value <= 180.0) return value;
    return bad("the " + heading(column) + " is " + quoted(text),
               "give degrees between 0 and 180, such as 12.5");
  }

  std::string_view text_;
  std::string where_;
  std::vector<std::string> fields_;
};

bool same_direction(const JointDirection& a, const JointDirection& b) {
  return a.joint == b.joint && a.direction == b.direction;
}

}  // namespace

std::optional<double> threshold_rad(const JointDirection& direction) {
  if (!direction.capacity || direction.capacity->grade == Grade::kC) return std::nullopt;
  return direction.capacity->value_rad;
}

Result<std::vector<JointDirection>> parse_joint_roles(std::string_view bytes,
                                                      std::string_view source) {
  if (bytes.size() > kLargestFile_bytes) {
    return fail(Errc::kBadFormat, "this is longer than a table of joints may be (64 kB)",
                std::string(source), "leave out what the program's own table says already");
  }
  std::vector<JointDirection> roles;
  bool heading_seen = false;
  for (int number = 1; !bytes.empty(); ++number) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view text = trimmed(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (text.empty() || text.front() == '#') continue;
    Line line(text, source, number);
    CATENA_CHECK(line.split());
    if (!heading_seen) {
      CATENA_CHECK(line.check_heading());
      heading_seen = true;
      continue;
    }
    CATENA_TRY(direction, line.read());
    for (const JointDirection& earlier : roles) {
      if (same_direction(earlier, direction)) {
        return line.bad(quoted(direction.joint + " " + direction.direction) + " is there twice",
                        "keep one line of the two");
      }
    }
    roles.push_back(direction);
  }
  if (!heading_seen) {
    return fail(Errc::kBadFormat, "there is no table in this file", std::string(source),
                "begin with the heading that the program's own table has");
  }
  return roles;
}

const std::vector<JointDirection>& known_joint_roles() {
  static const std::vector<JointDirection> kKnown = [] {
    Result<std::vector<JointDirection>> roles =
        parse_joint_roles(joint_roles_file(), "joint_roles.csv");
    assert(roles);
    return *std::move(roles);
  }();
  return kKnown;
}

std::vector<JointDirection> with_overrides(std::vector<JointDirection> roles,
                                           const std::vector<JointDirection>& own) {
  for (const JointDirection& line : own) {
    const auto place = std::find_if(roles.begin(), roles.end(), [&](const JointDirection& known) {
      return same_direction(known, line);
    });
    if (place == roles.end()) {
      roles.push_back(line);
    } else {
      *place = line;
    }
  }
  return roles;
}

const JointDirection* find_direction(const std::vector<JointDirection>& roles,
                                     std::string_view joint, std::string_view direction) {
  const auto found = std::find_if(roles.begin(), roles.end(), [&](const JointDirection& line) {
    return line.joint == joint && line.direction == direction;
  });
  return found == roles.end() ? nullptr : &*found;
}

}  // namespace catena
