#include "catena/recording/trc_header.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "catena/recording/frame_times.h"

namespace catena {
namespace {

constexpr std::string_view kWanted = "a TRC file";

// The header's second and third line: names, and the values below them.
struct HeaderValues {
  std::vector<std::string_view> names, values;
  int line = 0;

  std::string_view get(std::string_view name) const {
    for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
      if (equal_ignoring_case(names[i], name)) return values[i];
    }
    return {};
  }
  int column(std::string_view name) const {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (equal_ignoring_case(names[i], name)) return static_cast<int>(i) + 1;
    }
    return 0;
  }
};

Result<void> read_rate(const HeaderValues& values, std::string_view source, TrcHeader& header) {
  const std::string_view field = values.get("DataRate");
  const std::string where = place(source, values.line, values.column("DataRate"));
  const char* hint = "write the frames per second below DataRate";
  if (field.empty()) {
    return fail(Errc::kBadFormat, "the header does not give DataRate", where, hint);
  }
  if (parse_number(field, header.rate_hz) == NumberKind::kNoNumber) {
    return fail(Errc::kBadFormat, "DataRate '" + excerpt(field) + "' is not a number", where, hint);
  }
  // Negated, so that NaN is refused too.
  if (!(header.rate_hz >= kLowestRate_hz && header.rate_hz <= kHighestRate_hz)) {
    return fail(Errc::kBadFormat, "DataRate '" + excerpt(field) + "' is no frame rate", where,
                hint);
  }
  return {};
}

Result<void> read_unit(const HeaderValues& values, std::string_view source, TrcHeader& header) {
  const std::string unit = to_lower(values.get("Units"));
  const std::string where = place(source, values.line, values.column("Units"));
  static constexpr std::pair<std::string_view, double> kUnits[] = {
      {"mm", 1000.0}, {"millimeters", 1000.0}, {"millimetres", 1000.0},
      {"cm", 100.0},  {"centimeters", 100.0},  {"centimetres", 100.0},
      {"m", 1.0},     {"meters", 1.0},         {"metres", 1.0}};
  for (const auto& [name, per_metre] : kUnits) {
    if (unit == name) {
      header.units_per_metre = per_metre;
      return {};
    }
  }
  if (unit.empty()) {
    return fail(Errc::kBadFormat, "the header does not give Units", where,
                "write mm, cm or m below Units");
  }
  return fail(Errc::kUnsupported, "the unit '" + excerpt(unit) + "' is not known", where,
              "use mm, cm or m");
}

// Lines 1 to 3.
Result<void> read_preamble(LineReader& lines, std::string_view source, TrcHeader& header) {
  lines.next_filled();
  if (to_lower(trim(lines.line()).substr(0, 12)) != "pathfiletype") {
    return fail(Errc::kBadFormat,
                "this is not " + std::string(kWanted) + ": it begins with '" +
                    excerpt(lines.line().substr(0, 30)) + "', not with PathFileType",
                place(source, lines.number()), "name a TRC file, or export the recording as TRC");
  }
  HeaderValues values;
  if (!lines.next_filled()) {
    return fail(Errc::kBadFormat, "the file ends after its first line", place(source, 1),
                "export the recording again");
  }
  values.names = split_fields(lines.line());
  values.line = lines.number();
  if (!lines.next_filled()) {
    return fail(Errc::kBadFormat, "the file ends inside its header", place(source, values.line),
                "export the recording again");
  }
  values.values = split_fields(lines.line());
  values.line = lines.number();
  if (auto done = read_rate(values, source, header); !done) return done;
  if (auto done = read_unit(values, source, header); !done) return done;
  parse_number(values.get("NumFrames"), header.claimed_frames);
  parse_number(values.get("NumMarkers"), header.claimed_markers);
  return {};
}

// The fields after "Frame#" and "Time", or none where the line is no row of labels.
std::vector<std::string_view> label_fields(std::string_view line) {
  std::vector<std::string_view> fields = split_fields(line);
  if (fields.empty()) return {};
  const std::string first = to_lower(fields[0]);
  if (first.substr(0, 5) != "frame" && first.substr(0, 5) != "field") return {};
  // "Frame# Time" may stand in one field where blanks were used for the tab.
  const bool both = first.find("time") != std::string::npos;
  fields.erase(fields.begin(), fields.begin() + (both || fields.size() == 1 ? 1 : 2));
  return fields;
}

// Label k belongs to the k-th point. Blank fields are only tabs between labels, unless the labels
// keep strictly to every third column with holes: then a hole is a point without a name.
void read_labels(const std::vector<std::string_view>& fields, TrcHeader& header) {
  std::size_t n_filled = 0;
  std::size_t last = 0;
  bool on_grid = true;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].empty()) continue;
    ++n_filled;
    last = i;
    if (i % 3 != 0) on_grid = false;
  }
  const bool holes = on_grid && n_filled > 0 && last / 3 + 1 > n_filled;
  if (!holes) {
    for (const std::string_view field : fields) {
      if (!field.empty()) header.labels.emplace_back(field);
    }
    return;
  }
  int unnamed = 0;
  for (std::size_t i = 0; i <= last; i += 3) {
    if (fields[i].empty()) ++unnamed;
    header.labels.emplace_back(fields[i].empty() ? "unlabelled_" + std::to_string(i / 3 + 1)
                                                 : std::string(fields[i]));
  }
  header.notes.push_back(std::to_string(unnamed) +
                         " points without a label were named unlabelled_<number>.");
}

Result<void> check_labels(const TrcHeader& header, std::string_view source, int line) {
  if (header.labels.empty()) {
    return fail(Errc::kMissingData, "the row of labels names no marker", place(source, line),
                "export the recording with its markers");
  }
  std::unordered_map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < header.labels.size(); ++i) {
    const auto [earlier, is_new] = seen.emplace(header.labels[i], i);
    if (is_new) continue;
    return fail(Errc::kBadFormat,
                "the label '" + excerpt(header.labels[i]) + "' stands twice, for points " +
                    std::to_string(earlier->second + 1) + " and " + std::to_string(i + 1),
                place(source, line, static_cast<int>(3 * i) + 3), "rename one of the two");
  }
  return {};
}

// "X1 Y1 Z1 ...": the first thing in the row is a letter and perhaps digits.
bool is_axis_row(std::string_view line) {
  const std::string_view text = trim(line);
  if (text.empty() || (text[0] != 'X' && text[0] != 'x')) return false;
  return text.size() == 1 || (text[1] >= '0' && text[1] <= '9') || text[1] == '\t' ||
         text[1] == ' ';
}

}  // namespace

Result<TrcHeader> read_trc_header(LineReader& lines, std::string_view source) {
  TrcHeader header;
  if (auto done = read_preamble(lines, source, header); !done) {
    return tl::make_unexpected(done.error());
  }
  if (!lines.next_filled()) {
    return fail(Errc::kBadFormat, "the file ends before the row of marker labels",
                place(source, lines.number()), "export the recording again");
  }
  const std::vector<std::string_view> fields = label_fields(lines.line());
  if (fields.empty() && to_lower(trim(lines.line()).substr(0, 5)) != "frame") {
    return fail(Errc::kBadFormat,
                "expected the row of labels that begins with Frame# and Time, found '" +
                    excerpt(lines.line()) + "'",
                place(source, lines.number()), "export the recording again");
  }
  read_labels(fields, header);
  if (auto done = check_labels(header, source, lines.number()); !done) {
    return tl::make_unexpected(done.error());
  }
  const auto n_labels = static_cast<double>(header.labels.size());
  if (!std::isnan(header.claimed_markers) && header.claimed_markers != n_labels) {
    header.notes.push_back("The header says " + in_words(header.claimed_markers) +
                           " markers, the row of labels names " + in_words(n_labels) +
                           "; the labels were taken.");
  }
  // The row of axis names is there in most files, and so is a blank line after it.
  if (lines.next_filled() && !is_axis_row(lines.line())) lines.unread();
  return header;
}

}  // namespace catena
