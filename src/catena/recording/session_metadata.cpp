#include "catena/recording/session_metadata.h"

#include <fmt/format.h>

#include "catena/core/text.h"
#include "catena/core/toml.h"

namespace catena {
namespace {

// The file has some twenty lines.
constexpr std::size_t kLargestFile_bytes = 64 << 10;

bool is_height(double value) { return value >= 0.5 && value <= 2.6; }
bool is_mass(double value) { return value >= 10.0 && value <= 350.0; }

void take_height(double value_m, SessionMetadata& out) {
  if (is_height(value_m)) {
    out.person.height_m = value_m;
  } else {
    out.notes.push_back(fmt::format("A height of {} m is passed over.", in_words(value_m)));
  }
}

void take_mass(double value_kg, SessionMetadata& out) {
  if (is_mass(value_kg)) {
    out.person.mass_kg = value_kg;
  } else {
    out.notes.push_back(fmt::format("A mass of {} kg is passed over.", in_words(value_kg)));
  }
}

/// The value of "key: value # comment", without quotes.
std::string_view yaml_value(std::string_view text) {
  const std::size_t comment = text.find(" #");
  if (comment != std::string_view::npos) text = text.substr(0, comment);
  text = trim(text);
  if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') &&
      text.back() == text.front()) {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

/// The number that stands there, or alone in a list.
std::optional<double> one_number(const toml::node* node) {
  if (!node) return std::nullopt;
  if (const toml::array* list = node->as_array(); list && list->size() == 1) node = list->get(0);
  return node->is_number() ? node->value<double>() : std::nullopt;
}

}  // namespace

SessionMetadata parse_opencap_metadata(std::string_view bytes) {
  SessionMetadata out;
  if (bytes.size() > kLargestFile_bytes) return out;
  LineReader lines(bytes);
  while (lines.next()) {
    const std::string_view line = lines.line();
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.front() == ' ' || line.front() == '\t') continue;
    const std::string_view key = trim(line.substr(0, colon));
    const std::string_view value = yaml_value(line.substr(colon + 1));
    double number = 0.0;
    const bool is_number = parse_number(value, number) == NumberKind::kNumber;
    if (key == "height_m" && is_number) take_height(number, out);
    if (key == "mass_kg" && is_number) take_mass(number, out);
    if (key == "gender_mf" && value == "m") out.person.sex = Sex::kMale;
    if (key == "gender_mf" && value == "f") out.person.sex = Sex::kFemale;
    if (key == "subjectID") out.person.id = value;
    if (key == "openSimModel") out.model = value;
  }
  return out;
}

SessionMetadata parse_pose2sim_config(std::string_view bytes) {
  SessionMetadata out;
  const Result<std::string> ascii = to_ascii_toml(bytes, "");
  if (!ascii) return out;
  const toml::parse_result parsed = toml::parse(std::string_view(*ascii));
  if (!parsed) {
    out.notes.emplace_back("It is not well-formed TOML and was passed over.");
    return out;
  }
  for (const char* name : {"project", "markerAugmentation"}) {
    const toml::table* table = parsed.table()[name].as_table();
    if (!table) continue;
    const auto height = one_number(table->get("participant_height"));
    const auto mass = one_number(table->get("participant_mass"));
    if (height && !out.person.height_m) take_height(*height, out);
    if (mass && !out.person.mass_kg) take_mass(*mass, out);
  }
  return out;
}

}  // namespace catena
