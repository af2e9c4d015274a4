#include "catena/exam/exam_text.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/exam/exam_file.h"
#include "catena/exam/exam_questions.h"
#include "catena/exam/exam_tests.h"
#include "catena/exam/red_flags.h"
#include "catena/exam/safety.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

std::string result_text(const ExamTest& test, const ExamValue& value) {
  if (test.unit == ExamUnit::kFinding) return value.value > 0.5 ? "positive" : "negative";
  const double shown = from_si(test.unit, value.value);
  if (test.unit == ExamUnit::kCount) return fmt::format("{:g}", shown);
  return fmt::format("{:.1f} {}", shown, name_of(test.unit));
}

std::string error_text(const ExamTest& test, const ExamValue& value) {
  if (test.unit == ExamUnit::kFinding || test.unit == ExamUnit::kCount) return "";
  if (std::isnan(value.sem)) return "no error is known that could be used";
  const double sem = from_si(test.unit, value.sem);
  return fmt::format("SEM {:.1f}, smallest detectable change {:.1f} {}", sem, mdc95(sem),
                     name_of(test.unit));
}

std::string value_line(const ExamValue& value) {
  const ExamTest* test = find_test(value.test);
  if (!test) return "";
  std::string how = value.method;
  if (value.pelvis_controlled) {
    how += (how.empty() ? "" : ", ") +
           std::string(*value.pelvis_controlled ? "pelvis held" : "pelvis not held");
  }
  const std::string name =
      value.side ? fmt::format("{}, {}", test->name, kSideNames[*value.side]) : test->name;
  const std::string error = error_text(*test, value);
  return fmt::format("  {:<52} {:>10}{}{}\n", name, result_text(*test, value),
                     error.empty() ? "" : "   " + error, how.empty() ? "" : " (" + how + ")");
}

Json number_or_null(double value) { return std::isnan(value) ? Json() : Json(value); }

Json value_json(const ExamValue& value) {
  Json json;
  const ExamTest* test = find_test(value.test);
  if (!test) return json;
  json["test"] = value.test;
  json["name"] = test->name;
  json["side"] = value.side ? Json(kSideNames[*value.side]) : Json();
  json["unit"] = std::string(name_of(test->unit));
  json["value"] = from_si(test->unit, value.value);
  const double sem = from_si(test->unit, value.sem);
  json["sem"] = number_or_null(sem);
  json["mdc95"] = number_or_null(mdc95(sem));
  return json;
}

}  // namespace

std::string render_exam(const Examination& exam) {
  std::string who = exam.name.empty() ? exam.id : exam.name;
  if (!exam.date.empty()) who += (who.empty() ? "" : ", ") + exam.date;
  if (!exam.examiner.empty()) who += (who.empty() ? "by " : ", by ") + exam.examiner;
  std::string text = (who.empty() ? "An examination without name and date" : who) + "\n";
  const Safety safety = assess_safety(exam);
  text += safety.sentence + "\n";
  for (const RedFlag& flag : safety.present) {
    text += fmt::format("  {} {}\n", flag.sentence, flag.where_to);
  }
  for (const ExamValue& value : exam.values) text += value_line(value);
  text += fmt::format("{} questions are open.\n", open_questions(exam).size());
  for (const std::string& note : exam.notes) text += "note: " + note + "\n";
  return text;
}

std::string render_exam_json(const Examination& exam) {
  Json json;
  json["exam"] = Json::parse(write_exam_json(exam));
  json["tests"] = Json::array();
  for (const ExamValue& value : exam.values) json["tests"].push_back(value_json(value));
  const Safety safety = assess_safety(exam);
  Json& told = json["safety"];
  told["urgency"] = name_of(safety.urgency);
  told["sentence"] = safety.sentence;
  told["asked"] = safety.n_asked;
  told["questions"] = safety.n_questions;
  told["present"] = Json::array();
  for (const RedFlag& flag : safety.present) {
    told["present"].push_back({{"id", flag.id},
                               {"urgency", name_of(flag.urgency)},
                               {"sentence", flag.sentence},
                               {"where_to", flag.where_to},
                               {"source", flag.source}});
  }
  json["notes"] = exam.notes;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace catena
