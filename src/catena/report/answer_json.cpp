#include "catena/report/answer_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/core/units.h"
#include "catena/exam/exam_keys.h"
#include "catena/exam/red_flags.h"
#include "catena/report/answer_wording.h"
#include "catena/report/exam_page.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json words(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json side_json(const std::optional<Side>& side) {
  return side ? Json(kSideNames.at(*side)) : Json(nullptr);
}

Json answered(const Answered& said) { return said ? Json(*said) : Json(nullptr); }

Json estimate_json(const Estimate& estimate, double scale = 1.0) {
  return {{"value", number(estimate.value * scale)},
          {"low", number(estimate.low * scale)},
          {"high", number(estimate.high * scale)},
          {"level", number(estimate.level)},
          {"source", estimate.source}};
}

Json degrees_json(const Estimate& estimate_rad) { return estimate_json(estimate_rad, kDegPerRad); }

template <class List, class Make>
Json list_json(const List& list, Make make) {
  Json json = Json::array();
  for (const auto& item : list) json.push_back(make(item));
  return json;
}

Json evidence_json(const Evidence& evidence) {
  return {{"rule", evidence.rule},
          {"side", side_json(evidence.side)},
          {"log_odds", number(evidence.log_odds)},
          {"pain_points", evidence.pain_points},
          {"value", std::isfinite(evidence.value.value) ? estimate_json(evidence.value) : Json()},
          {"unit", evidence.unit},
          {"for_runner", evidence.for_runner},
          {"for_clinician", evidence.for_clinician},
          {"source", evidence.source},
          {"grade", evidence.grade}};
}

Json capacity_json(const CapacityAndUse& row) {
  return {{"joint", row.joint},
          {"direction", row.direction},
          {"side", kSideNames.at(row.side)},
          {"test", row.test},
          {"capacity_deg", degrees_json(row.capacity_rad)},
          {"use_deg", degrees_json(row.use_rad)},
          {"left_deg", degrees_json(row.left_rad)},
          {"offset_deg", number(row.offset_rad * kDegPerRad)},
          {"offset_sd_deg", number(row.offset_sd_rad * kDegPerRad)},
          {"verdict", verdict_words(row.verdict)},
          {"sentence", row.sentence}};
}

Json next_json(const NextMeasurement& next) {
  return {{"id", next.id},
          {"name", next.name},
          {"minutes", number(next.minutes)},
          {"expected_bits", number(next.expected_bits)},
          {"could_change", next.could_change}};
}

Json repetition_json(const Repetition& repetition) {
  return {{"sentence", repetition.sentence},
          {"demands", list_json(repetition.demands, [](const RepetitionOfDemand& of_demand) {
             return Json{
                 {"recording", of_demand.recording},
                 {"demand", of_demand.demand},
                 {"strides_per_km", estimate_json(of_demand.strides_per_km)},
                 {"excursion_deg_per_stride", estimate_json(of_demand.excursion_deg_per_stride)},
                 {"excursion_deg_per_km", estimate_json(of_demand.excursion_deg_per_km)},
                 {"relative_per_km", estimate_json(of_demand.relative_per_km)},
                 {"strides_per_session", estimate_json(of_demand.strides_per_session)},
                 {"strides_per_week", estimate_json(of_demand.strides_per_week)},
                 {"excursion_deg_per_week", estimate_json(of_demand.excursion_deg_per_week)}};
           })}};
}

Json safety_json(const Safety& safety) {
  return {{"urgency", name_of(safety.urgency)},
          {"sentence", safety.sentence},
          {"n_asked", safety.n_asked},
          {"n_questions", safety.n_questions},
          {"present", list_json(safety.present, [](const RedFlag& flag) {
             return Json{{"id", flag.id},
                         {"urgency", name_of(flag.urgency)},
                         {"sentence", flag.sentence},
                         {"where_to", flag.where_to},
                         {"source", flag.source}};
           })}};
}

Json value_json(const ShownExamValue& shown) {
  const ExamValue& said = *shown.said;
  const bool is_finding = shown.unit == "finding";
  return {{"test", said.test},
          {"name", shown.name},
          {"side", side_json(said.side)},
          {"value", is_finding ? Json(shown.value > 0.5) : number(shown.value)},
          {"sem", number(shown.sem)},
          {"unit", shown.unit},
          {"method", words(said.method)},
          {"pelvis_controlled", answered(said.pelvis_controlled)},
          {"provokes_pain", answered(said.provokes_pain)},
          {"examiner", words(said.examiner)}};
}

Json symptoms_json(const Symptoms& symptoms) {
  return {{"has_pain", answered(symptoms.has_pain)},
          {"places", list_json(symptoms.places,
                               [](PainPlace place) {
                                 return std::string(
                                     kPainPlaceNames.at(static_cast<std::size_t>(place)));
                               })},
          {"side", side_json(symptoms.side)},
          {"during_run", answered(symptoms.during_run)},
          {"after_run", answered(symptoms.after_run)},
          {"next_morning", answered(symptoms.next_morning)},
          {"in_daily_life", answered(symptoms.in_daily_life)},
          {"at_rest_or_night", answered(symptoms.at_rest_or_night)},
          {"by_extension", answered(symptoms.by_extension)},
          {"by_flexion", answered(symptoms.by_flexion)},
          {"by_sitting", answered(symptoms.by_sitting)},
          {"by_speed", answered(symptoms.by_speed)},
          {"eased_by_sitting_or_flexion", answered(symptoms.eased_by_sitting_or_flexion)},
          {"duration_weeks", number(symptoms.duration_weeks)},
          {"worst_0_10", number(symptoms.worst_0_10)},
          {"training_rose", answered(symptoms.training_rose)}};
}

Json examination_json(const Examination& exam) {
  Json flags = Json::object();
  for (const auto& [id, said] : exam.red_flags) flags[id] = answered(said);
  return {{"name", words(exam.name)},
          {"id", words(exam.id)},
          {"date", words(exam.date)},
          {"examiner", words(exam.examiner)},
          {"age_years", exam.age_years ? number(*exam.age_years) : Json(nullptr)},
          {"values", list_json(shown_values(exam), value_json)},
          {"symptoms", symptoms_json(exam.symptoms)},
          {"training",
           {{"km_per_week", number(exam.training.km_per_week)},
            {"km_per_session", number(exam.training.km_per_session)},
            {"change_percent", number(exam.training.change_percent)}}},
          {"red_flags", flags},
          {"notes", exam.notes}};
}

// What is not said, and why: a red flag, or nothing to say it from.
std::string why_no_class(const Results& results) {
  return is_held_back(results) ? "held back: a red flag is present, see safety" : "";
}

std::string why_no_probability(const Results& results) {
  if (is_held_back(results)) return why_no_class(results);
  return std::isfinite(results.answer.probability) ? "" : "no run could be judged";
}

Json class_json(const Results& results) {
  const Answer& answer = results.answer;
  const bool held_back = is_held_back(results);
  const auto probability = [&](double value) { return held_back ? Json() : number(value); };
  return {{"class", held_back ? Json() : Json(name_of(answer.answer_class))},
          {"why_no_class", words(why_no_class(results))},
          {"held_back", held_back},
          {"probability", probability(answer.probability)},
          {"why_no_probability", words(why_no_probability(results))},
          {"probability_of_hip",
           {{"right", probability(answer.probability_of_hip[kRight])},
            {"left", probability(answer.probability_of_hip[kLeft])}}},
          {"probability_note", answer.probability_note}};
}

Json answer_object(const Results& results) {
  const Answer& answer = results.answer;
  Json json = class_json(results);
  // A pattern claimed in words would be the answer again.
  const Answer nothing_said;
  const Answer& said = is_held_back(results) ? nothing_said : answer;
  json["for_runner"] = said.for_runner;
  json["for_clinician"] = said.for_clinician;
  json["reasons"] = said.reasons;
  json["for"] = list_json(said.evidence_for, evidence_json);
  json["against"] = list_json(said.evidence_against, evidence_json);
  json["context"] = list_json(said.context, evidence_json);
  json["assumed"] = answer.assumed;
  json["next"] = list_json(said.next, next_json);
  json["capacity_and_use"] = list_json(answer.capacity_and_use, capacity_json);
  json["repetition"] = repetition_json(answer.repetition);
  return json;
}

}  // namespace

std::string answer_json(const Results& results) {
  Json json;
  json["safety"] = safety_json(results.safety);
  json["examination"] = results.examination ? examination_json(*results.examination) : Json();
  json["answer"] = answer_object(results);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace catena
