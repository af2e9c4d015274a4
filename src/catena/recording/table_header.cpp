#include "catena/recording/table_header.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace catena {
namespace {

struct KeyValue {
  std::string key;
  std::string_view value;
};

// "nRows=12", or "datarows 12" where the key is one of SIMM's.
KeyValue split_key(std::string_view line) {
  line = trim(line);
  const std::size_t equals = line.find('=');
  if (equals != std::string_view::npos) {
    return {to_lower(trim(line.substr(0, equals))), trim(line.substr(equals + 1))};
  }
  const std::size_t blank = line.find_first_of(" \t");
  const std::string key = to_lower(line.substr(0, blank));
  for (const char* known : {"name", "datacolumns", "datarows", "range", "otherdata"}) {
    if (key != known) continue;
    return {key, blank == std::string_view::npos ? std::string_view() : trim(line.substr(blank))};
  }
  return {};
}

// How many numbers a column of this type holds; 0 where it is not known.
int elements_of(std::string_view type) {
  static constexpr std::pair<std::string_view, int> kTypes[] = {
      {"double", 1}, {"", 1},           {"Vec2", 2}, {"Vec3", 3},      {"UnitVec3", 3},
      {"Vec4", 4},   {"Quaternion", 4}, {"Vec6", 6}, {"SpatialVec", 6}};
  for (const auto& [name, elements] : kTypes) {
    if (equal_ignoring_case(type, name)) return elements;
  }
  return 0;
}

Result<void> take_key(const KeyValue& entry, const std::string& where, TableHeader& header) {
  const auto& [key, value] = entry;
  if (key == "nrows" || key == "datarows") {
    parse_number(value, header.claimed_rows);
  } else if (key == "ncolumns" || key == "datacolumns") {
    parse_number(value, header.claimed_columns);
  } else if (key == "name") {
    header.name = value;
  } else if (key == "indegrees") {
    const std::string answer = to_lower(value);
    header.says_in_degrees = true;
    header.in_degrees = answer == "yes" || answer == "true" || answer == "1" || answer == "y";
  } else if (key == "range") {
    const std::vector<std::string_view> ends = split_at_blanks(value);
    if (ends.size() == 2) {
      parse_number(ends[0], header.range_from_s);
      parse_number(ends[1], header.range_to_s);
    }
  } else if (key == "datatype") {
    header.elements = elements_of(value);
    if (header.elements == 0) {
      return fail(Errc::kUnsupported, "the data type '" + excerpt(value) + "' is not known", where,
                  "save the table with DataType=double");
    }
  }
  return {};
}

// Everything up to the line "endheader".
Result<void> read_keys(LineReader& lines, const std::string& source, TableHeader& header) {
  bool is_first = true;
  while (lines.next_filled()) {
    const std::string_view line = trim(lines.line());
    if (is_first && to_lower(line.substr(0, 12)) == "pathfiletype") {
      return fail(Errc::kBadFormat, "this is a TRC file, not a MOT or STO table", source,
                  "name the MOT or STO file");
    }
    if (equal_ignoring_case(line, "endheader")) return {};
    const KeyValue entry = split_key(line);
    if (is_first && entry.key.empty()) header.name = line;
    is_first = false;
    auto done = take_key(entry, place(source, lines.number()), header);
    if (!done) return done;
    // Before inDegrees there was this sentence.
    if (line.find("Angles are in degrees") != std::string_view::npos) {
      header.says_in_degrees = header.in_degrees = true;
    } else if (line.find("Angles are in radians") != std::string_view::npos) {
      header.says_in_degrees = true;
    }
  }
  return fail(Errc::kBadFormat, "this is not a MOT or STO file: no line says endheader",
              place(source, std::max(1, lines.number())),
              "name a MOT or STO file, or export the table again");
}

// Fields of the row of labels, between tabs; between blanks where that is what the header counts.
std::vector<std::string_view> label_fields(std::string_view line, double claimed_columns) {
  std::vector<std::string_view> fields = split_fields(line);
  while (!fields.empty() && fields.back().empty()) fields.pop_back();
  if (static_cast<double>(fields.size()) != claimed_columns) {
    std::vector<std::string_view> words = split_at_blanks(line);
    if (static_cast<double>(words.size()) == claimed_columns) return words;
  }
  return fields;
}

// A label that stands before gets a number, "ground_force_vx (2)": OpenSim itself writes tables in
// which two force plates share their labels.
void read_labels(std::string_view line, TableHeader& header) {
  const std::vector<std::string_view> fields = label_fields(line, header.claimed_columns);
  std::unordered_set<std::string> taken;
  std::unordered_map<std::string, int> last_number;  // so that many equal labels stay quick
  std::string renamed;
  int n_renamed = 0;
  header.time_column = -1;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (header.time_column < 0 && equal_ignoring_case(fields[i], "time")) {
      header.time_column = static_cast<int>(i);
    }
    const std::string field = fields[i].empty() ? "unlabelled" : std::string(fields[i]);
    std::string label = field;
    int& number = last_number.try_emplace(field, 1).first->second;
    while (!taken.insert(label).second) label = field + " (" + std::to_string(++number) + ")";
    if (label != fields[i] && ++n_renamed <= 3) renamed += (renamed.empty() ? "" : ", ") + label;
    header.labels.push_back(std::move(label));
  }
  if (n_renamed > 0) {
    header.notes.push_back(std::to_string(n_renamed) +
                           " columns without a label of their own were named " + renamed +
                           (n_renamed > 3 ? ", ..." : "."));
  }
}

}  // namespace

Result<TableHeader> read_table_header(LineReader& lines, const std::string& source) {
  TableHeader header;
  if (auto done = read_keys(lines, source, header); !done) {
    return tl::make_unexpected(done.error());
  }
  if (!lines.next_filled()) {
    return fail(Errc::kMissingData, "the file ends before the row of labels",
                place(source, lines.number()), "export the table again");
  }
  read_labels(lines.line(), header);
  // False for NaN; 1e9 s are thirty years.
  const bool has_range = std::abs(header.range_from_s) <= 1e9 && std::abs(header.range_to_s) <= 1e9;
  if (header.time_column < 0 && !has_range) {
    return fail(Errc::kMissingData, "no column is called time", place(source, lines.number()),
                "name the column that holds the time");
  }
  if (header.labels.size() == (header.time_column < 0 ? 0U : 1U)) {
    return fail(Errc::kMissingData, "there is no column beside time", place(source, lines.number()),
                "export the table again");
  }
  const auto n_labels = static_cast<double>(header.labels.size());
  if (!std::isnan(header.claimed_columns) && header.claimed_columns != n_labels) {
    header.notes.push_back("The header says " + in_words(header.claimed_columns) +
                           " columns, the row of labels names " + in_words(n_labels) +
                           "; the labels were taken.");
  }
  if (!header.says_in_degrees) {
    header.notes.emplace_back("The header does not say inDegrees; rotations are taken as radians.");
  }
  return header;
}

}  // namespace catena
