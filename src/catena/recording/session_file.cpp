#include "catena/recording/session_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "catena/core/spelling.h"
#include "catena/core/text.h"
#include "catena/core/toml.h"

namespace catena {
namespace {

constexpr std::array<std::string_view, 11> kTopKeys = {
    "person", "standing",   "run",     "model",    "labels",   "exam",
    "up",     "marker_set", "forward", "ik_setup", "treadmill"};
constexpr std::array<std::string_view, 6> kPersonKeys = {"name",      "id",       "sex",
                                                         "age_years", "height_m", "mass_kg"};
constexpr std::array<std::string_view, 9> kRunKeys = {"file",
                                                      "speed_m_s",
                                                      "speed_km_h",
                                                      "incline_percent",
                                                      "cadence_steps_min",
                                                      "stride_length_m",
                                                      "condition",
                                                      "ramp",
                                                      "up_is_belt_normal"};
constexpr std::array<std::string_view, 6> kAxes = {"x", "y", "z", "-x", "-y", "-z"};

/// A number that a person may give, and what to say when it cannot be.
struct Quantity {
  std::string_view key;
  double low, high;
  std::string_view unit;    // "m"
  std::string_view advice;  // "give metres, such as 1.78"
};

constexpr Quantity kAge = {"age_years", 3, 110, "years", "give years, such as 34"};
constexpr Quantity kHeight = {"height_m", 0.5, 2.6, "m", "give metres, such as 1.78"};
constexpr Quantity kMass = {"mass_kg", 10, 350, "kg", "give kilograms, such as 64"};
// Walking slowly to faster than the fastest sprint.
constexpr Quantity kSpeed = {"speed_m_s", 0.3, 13, "m/s",
                             "give metres per second, such as 3.5, or speed_km_h"};
constexpr Quantity kSpeedKmH = {"speed_km_h", 1, 47, "km/h",
                                "give kilometres per hour, such as 12, or speed_m_s"};
constexpr Quantity kIncline = {"incline_percent", -50, 50, "%",
                               "give the rise in per cent of the way, such as 5"};
constexpr Quantity kCadence = {"cadence_steps_min", 60, 350, "steps a minute",
                               "count the steps of both feet, such as 170"};
// A foot's way in shuffling to that of the longest sprinting strides.
constexpr Quantity kStrideLength = {"stride_length_m", 0.4, 6, "m",
                                    "give metres from a foot's contact to its next, such as 2.4"};

/// One table of the file with the keys that it may have.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string_view bytes, std::string_view source)
      : table_(table), bytes_(bytes), source_(source) {}

  /// errors     kBadFormat: a key that is not known
  Result<void> check_keys(std::span<const std::string_view> known, std::string_view name) const {
    for (const auto& [key, value] : table_) {
      const std::string_view word = key.str();
      if (std::find(known.begin(), known.end(), word) != known.end()) continue;
      if (std::find(kTopKeys.begin(), kTopKeys.end(), word) != kTopKeys.end()) {
        return fail(Errc::kBadFormat, fmt::format("{} does not belong {}", word, name),
                    where(key.source()), "move it to the top, above the first [ ]");
      }
      const std::string meant = nearest_word(word, known);
      std::string all;
      for (const std::string_view k : known) all += (all.empty() ? "" : ", ") + std::string(k);
      return fail(Errc::kBadFormat,
                  fmt::format("there is no key '{}' {}", excerpt(from_ascii_toml(word)), name),
                  where(key.source()),
                  meant.empty() ? "known are " + all : "did you mean " + meant + "?");
    }
    return {};
  }

  /// Empty where the key is not given.
  Result<NamedFile> file(std::string_view key) const {
    const toml::node* node = table_.get(key);
    if (!node) return NamedFile{};
    CATENA_TRY(path, text(key));
    if (trim(path).empty()) return bad(*node, fmt::format("{} is empty", key), "name a file");
    if (path.find('\0') != std::string::npos) {
      return bad(*node, fmt::format("{} holds a zero byte", key), "name a file");
    }
    return NamedFile{path, where(node->source())};
  }

  Result<std::string> text(std::string_view key) const {
    const toml::node* node = table_.get(key);
    if (!node) return std::string();
    if (const auto* string = node->as_string()) return from_ascii_toml(string->get());
    return wrong_type(key, *node, "a text", "put it in quotes");
  }

  Result<std::optional<bool>> yes_or_no(std::string_view key) const {
    const toml::node* node = table_.get(key);
    if (!node) return std::optional<bool>();
    if (const auto* flag = node->as_boolean()) return std::optional<bool>(flag->get());
    return wrong_type(key, *node, "true or false", "write true or false, without quotes");
  }

  Result<std::optional<double>> number(const Quantity& quantity) const {
    const toml::node* node = table_.get(quantity.key);
    if (!node) return std::optional<double>();
    const std::optional<double> value = node->is_number() ? node->value<double>() : std::nullopt;
    if (!value) {
      return wrong_type(quantity.key, *node, "a number",
                        node->is_string() ? "write it without quotes" : quantity.advice);
    }
    if (!(*value >= quantity.low && *value <= quantity.high)) {
      return bad(*node,
                 fmt::format("{} = {}: {} {}? {}", quantity.key, in_words(*value), in_words(*value),
                             quantity.unit, quantity.advice),
                 "");
    }
    return value;
  }

  std::string where(const toml::source_region& region) const {
    return place_in_toml(bytes_, source_, region.begin.line, region.begin.column);
  }

  tl::unexpected<Error> bad(const toml::node& node, std::string what, std::string hint) const {
    return fail(Errc::kBadFormat, std::move(what), where(node.source()), std::move(hint));
  }

  tl::unexpected<Error> wrong_type(std::string_view key, const toml::node& node,
                                   std::string_view wanted, std::string_view hint) const {
    const char* is = node.is_table()     ? "a table"
                     : node.is_array()   ? "a list"
                     : node.is_string()  ? "a text"
                     : node.is_boolean() ? "true or false"
                     : node.is_number()  ? "a number"
                                         : "a date or time";
    return bad(node, fmt::format("{} is {}, not {}", key, is, wanted), std::string(hint));
  }

  const toml::node* get(std::string_view key) const { return table_.get(key); }

  TableReader inside(const toml::table& table) const { return {table, bytes_, source_}; }

 private:
  const toml::table& table_;
  std::string_view bytes_;  // of the whole file
  std::string_view source_;
};

Result<Person> read_person(const TableReader& table) {
  CATENA_CHECK(table.check_keys(kPersonKeys, "in [person]"));
  Person person;
  CATENA_TRY(name, table.text("name"));
  CATENA_TRY(id, table.text("id"));
  CATENA_TRY(sex, table.text("sex"));
  CATENA_TRY(age, table.number(kAge));
  CATENA_TRY(height, table.number(kHeight));
  CATENA_TRY(mass, table.number(kMass));
  if (!sex.empty()) {
    const std::string word = to_lower(sex);
    if (word == "female" || word == "f") {
      person.sex = Sex::kFemale;
    } else if (word == "male" || word == "m") {
      person.sex = Sex::kMale;
    } else if (word == "other") {
      person.sex = Sex::kOther;
    } else {
      return table.bad(*table.get("sex"), fmt::format("sex is '{}'", excerpt(sex)),
                       "write \"female\", \"male\" or \"other\", or leave it out");
    }
  }
  person.name = name;
  person.id = id;
  person.age_years = age;
  person.height_m = height;
  person.mass_kg = mass;
  return person;
}

Result<SessionFileRun> read_run(const TableReader& table, const toml::node& node) {
  CATENA_CHECK(table.check_keys(kRunKeys, "in [[run]]"));
  SessionFileRun run;
  CATENA_TRY(file, table.file("file"));
  CATENA_TRY(speed, table.number(kSpeed));
  CATENA_TRY(speed_km_h, table.number(kSpeedKmH));
  CATENA_TRY(incline, table.number(kIncline));
  CATENA_TRY(cadence, table.number(kCadence));
  CATENA_TRY(stride_length, table.number(kStrideLength));
  CATENA_TRY(condition, table.text("condition"));
  CATENA_TRY(ramp, table.yes_or_no("ramp"));
  if (file.path.empty()) {
    return table.bad(node, "this run has no file", "add file = \"NAME\" below [[run]]");
  }
  if (speed && speed_km_h) {
    return table.bad(*table.get("speed_km_h"), "the speed is given twice, in m/s and in km/h",
                     "keep one of the two");
  }
  run.demand.ramp = ramp.value_or(false);
  if (run.demand.ramp && (speed || speed_km_h)) {
    return table.bad(*table.get("ramp"), "a run of rising speed has no one speed",
                     "leave out ramp or the speed");
  }
  CATENA_TRY(up_is_belt_normal, table.yes_or_no("up_is_belt_normal"));
  run.demand.up_is_belt_normal = up_is_belt_normal.value_or(false);
  if (run.demand.up_is_belt_normal && !incline) {
    return table.bad(*table.get("up_is_belt_normal"),
                     "the belt's normal is up, but not by how much the belt rises",
                     "add incline_percent");
  }
  run.file = file;
  run.demand.speed_m_s = speed;
  if (speed_km_h) run.demand.speed_m_s = *speed_km_h / 3.6;
  run.demand.incline_percent = incline;
  run.demand.cadence_steps_min = cadence;
  run.demand.stride_length_m = stride_length;
  run.demand.condition = trim(condition);
  return run;
}

Result<std::vector<SessionFileRun>> read_runs(const TableReader& top, std::string_view source) {
  std::vector<SessionFileRun> runs;
  const toml::node* node = top.get("run");
  const toml::array* list = node ? node->as_array() : nullptr;
  if (node && !list && !node->is_table()) {
    return top.wrong_type("run", *node, "a list of tables", "write [[run]] above each run");
  }
  if (node && node->is_table()) {
    return top.bad(*node, "a run is one of a list", "write [[run]] with two brackets");
  }
  if (!list || list->empty()) {
    return fail(Errc::kMissingData, "no run is named", std::string(source),
                "add [[run]] and below it file = \"NAME\" for each recording");
  }
  for (const toml::node& item : *list) {
    const toml::table* table = item.as_table();
    if (!table) {
      return top.wrong_type("run", item, "a table", "write [[run]] above each run");
    }
    CATENA_TRY(run, read_run(top.inside(*table), item));
    runs.push_back(run);
  }
  return runs;
}

/// "y" or "-y"; empty where the key is not given.
Result<std::string> read_axis(const TableReader& table, std::string_view key) {
  CATENA_TRY(text, table.text(key));
  const toml::node* node = table.get(key);
  if (!node) return std::string();
  std::string axis = to_lower(trim(text));
  if (!axis.empty() && axis.front() == '+') axis.erase(0, 1);
  if (std::find(kAxes.begin(), kAxes.end(), axis) == kAxes.end()) {
    return table.bad(*node, fmt::format("{} is '{}', which is no axis", key, excerpt(text)),
                     "write x, y or z, or with a minus sign, such as \"-z\"");
  }
  return axis;
}

}  // namespace

Result<SessionFile> parse_session(std::string_view bytes, std::string_view source) {
  CATENA_TRY(table, parse_toml(bytes, source,
                               "write lines such as mass_kg = 64 and model = \"runner.osim\""));
  const TableReader top(table, bytes, source);
  CATENA_CHECK(top.check_keys(kTopKeys, "at the top"));
  SessionFile session;
  if (const toml::node* node = top.get("person")) {
    if (!node->is_table()) {
      return top.wrong_type("person", *node, "a table", "write [person] above what is known");
    }
    CATENA_TRY(person, read_person(top.inside(*node->as_table())));
    session.person = person;
  }
  for (const auto& [key, member] :
       {std::pair{"standing", &SessionFile::standing}, std::pair{"model", &SessionFile::model},
        std::pair{"labels", &SessionFile::labels}, std::pair{"ik_setup", &SessionFile::ik_setup},
        std::pair{"marker_set", &SessionFile::marker_set}, std::pair{"exam", &SessionFile::exam}}) {
    CATENA_TRY(file, top.file(key));
    session.*member = file;
  }
  CATENA_TRY(up, read_axis(top, "up"));
  CATENA_TRY(forward, read_axis(top, "forward"));
  CATENA_TRY(treadmill, top.yes_or_no("treadmill"));
  if (!up.empty() && !forward.empty() && up.back() == forward.back()) {
    return top.bad(*top.get("forward"), "up and forward are one and the same axis",
                   "name the axis along which the runner goes");
  }
  session.up = up;
  session.forward = forward;
  session.treadmill = treadmill;
  CATENA_TRY(runs, read_runs(top, source));
  session.runs = runs;
  return session;
}

}  // namespace catena
