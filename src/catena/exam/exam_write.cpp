#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/exam/exam_file.h"
#include "catena/exam/exam_keys.h"
#include "catena/exam/exam_tests.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

void put(Json& json, std::string_view key, const std::string& text) {
  if (!text.empty()) json[std::string(key)] = text;
}

void put(Json& json, std::string_view key, Answered answer) {
  if (answer) json[std::string(key)] = *answer;
}

/// As people write numbers: what comes of the way through radians is rounded off.
void put(Json& json, std::string_view key, double value) {
  if (std::isnan(value)) return;
  const double rounded = std::round(value * 1e6) / 1e6;
  if (rounded == std::floor(rounded)) {
    json[std::string(key)] = static_cast<long long>(rounded);
  } else {
    json[std::string(key)] = rounded;
  }
}

Json test_json(const ExamValue& value) {
  Json json;
  json["name"] = value.test;
  if (value.side) json["side"] = kSideNames[*value.side];
  const ExamTest* test = find_test(value.test);
  const ExamUnit unit = test ? test->unit : ExamUnit::kDeg;
  if (unit == ExamUnit::kFinding) {
    json["positive"] = value.value > 0.5;
  } else if (unit == ExamUnit::kCount) {
    put(json, "count", value.value);
  } else {
    put(json, "value_" + std::string(name_of(unit)), from_si(unit, value.value));
  }
  put(json, "method", value.method);
  put(json, "pelvis_controlled", value.pelvis_controlled);
  put(json, "provokes_pain", value.provokes_pain);
  put(json, "examiner", value.examiner);
  return json;
}

Json symptoms_json(const Symptoms& symptoms) {
  Json json = Json::object();
  put(json, "has_pain", symptoms.has_pain);
  for (const PainPlace place : symptoms.places) {
    json["places"].push_back(std::string(kPainPlaceNames[static_cast<std::size_t>(place)]));
  }
  if (symptoms.side) json["side"] = kSideNames[*symptoms.side];
  for (const SymptomKey& known : kSymptomKeys) put(json, known.key, symptoms.*known.member);
  put(json, kDurationWeeks.key, symptoms.duration_weeks);
  put(json, kWorst.key, symptoms.worst_0_10);
  return json;
}

Json exam_json(const Examination& exam) {
  Json json = Json::object();
  put(json, "date", exam.date);
  put(json, "examiner", exam.examiner);
  Json person = Json::object();
  put(person, "name", exam.name);
  put(person, "id", exam.id);
  put(person, kAgeYears.key, exam.age_years.value_or(std::nan("")));
  if (!person.empty()) json["person"] = person;
  Json red_flags = Json::object();
  for (const auto& [id, answer] : exam.red_flags) put(red_flags, id, answer);
  if (!red_flags.empty()) json["red_flags"] = red_flags;
  const Json symptoms = symptoms_json(exam.symptoms);
  if (!symptoms.empty()) json["symptoms"] = symptoms;
  Json training = Json::object();
  for (const TrainingKey& known : kTrainingKeys) {
    put(training, known.quantity.key, exam.training.*known.member);
  }
  if (!training.empty()) json["training"] = training;
  for (const ExamValue& value : exam.values) json["test"].push_back(test_json(value));
  return json;
}

/// Texts as in JSON, which are TOML's too; but TOML has no escape for DEL and no invalid bytes.
std::string in_toml(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string lines_of(const Json& table) {
  std::string lines;
  for (const auto& [key, value] : table.items()) {
    if (value.is_object() || (value.is_array() && key == "test")) continue;
    lines += fmt::format("{} = {}\n", key, in_toml(value));
  }
  return lines;
}

}  // namespace

std::string write_exam_json(const Examination& exam) {
  return exam_json(exam).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string write_exam_toml(const Examination& exam) {
  const Json json = exam_json(exam);
  std::string toml =
      "# The examination of one runner on one day, for catena analyze; docs/exam.md says what may\n"
      "# stand here. What was not asked is left out.\n" +
      lines_of(json);
  for (const auto& [key, value] : json.items()) {
    if (value.is_object()) toml += fmt::format("\n[{}]\n{}", key, lines_of(value));
    if (key != "test") continue;
    for (const Json& item : value) toml += "\n[[test]]\n" + lines_of(item);
  }
  return toml;
}

}  // namespace catena
