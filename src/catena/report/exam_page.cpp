#include "catena/report/exam_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include "catena/core/units.h"
#include "catena/exam/exam_tests.h"
#include "catena/report/answer_wording.h"
#include "catena/report/csv_report.h"
#include "catena/report/html_page.h"
#include "catena/report/html_tables.h"
#include "catena/report/number_text.h"

namespace catena {
namespace {

struct AskedOfPain {
  Answered Symptoms::* said;
  const char* words;
};
constexpr std::array<AskedOfPain, 11> kAskedOfPain = {
    {{&Symptoms::during_run, "during running"},
     {&Symptoms::after_run, "after running"},
     {&Symptoms::next_morning, "on the morning after"},
     {&Symptoms::in_daily_life, "in daily life without having run"},
     {&Symptoms::at_rest_or_night, "at rest or at night"},
     {&Symptoms::by_extension, "on bending backward"},
     {&Symptoms::by_flexion, "on bending forward"},
     {&Symptoms::by_sitting, "on sitting"},
     {&Symptoms::by_speed, "on running faster"},
     {&Symptoms::eased_by_sitting_or_flexion, "eased by sitting or bending forward"},
     {&Symptoms::training_rose, "training rose in the weeks before it began"}}};

std::string with_commas(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return text;
}

// One line for what was said, for what was denied, and for what nobody asked.
std::vector<std::string> pain_lines(const Symptoms& symptoms) {
  std::vector<std::string> yes;
  std::vector<std::string> no;
  std::vector<std::string> open;
  for (const AskedOfPain& asked : kAskedOfPain) {
    const Answered& said = symptoms.*asked.said;
    (!said ? open : *said ? yes : no).emplace_back(asked.words);
  }
  std::vector<std::string> lines;
  const auto add = [&lines](const char* head, const std::vector<std::string>& items) {
    if (!items.empty()) lines.push_back(fmt::format("{}: {}.", head, with_commas(items)));
  };
  std::vector<std::string> places;
  for (const PainPlace place : symptoms.places) places.push_back(place_words(place));
  if (symptoms.side && !places.empty())
    places.back() += fmt::format(" ({})", kSideNames.at(*symptoms.side));
  add("Where, the worst first", places);
  add("Yes", yes);
  add("No", no);
  add("Not asked", open);
  if (std::isfinite(symptoms.worst_0_10)) {
    lines.push_back(
        fmt::format("Worst of the last week: {} of 10.", plain_number(symptoms.worst_0_10, 0)));
  }
  if (std::isfinite(symptoms.duration_weeks)) {
    lines.push_back(fmt::format("For {} weeks.", plain_number(symptoms.duration_weeks, 0)));
  }
  return lines;
}

std::string how_text(const ExamValue& said) {
  std::vector<std::string> items;
  if (!said.method.empty()) items.push_back(said.method);
  if (said.pelvis_controlled) {
    items.emplace_back(*said.pelvis_controlled ? "pelvis held" : "pelvis not held");
  }
  if (said.provokes_pain && *said.provokes_pain) items.emplace_back("brings the known pain on");
  return items.empty() ? "not said" : with_commas(items);
}

const CapacityAndUse* find_row(const Answer& answer, const ExamValue& said) {
  const auto found = std::find_if(
      answer.capacity_and_use.begin(), answer.capacity_and_use.end(),
      [&](const CapacityAndUse& row) { return row.test == said.test && said.side == row.side; });
  return found == answer.capacity_and_use.end() ? nullptr : &*found;
}

void append_number(std::string& csv, double value) {
  csv += ',';
  if (std::isfinite(value)) fmt::format_to(std::back_inserter(csv), "{:.6g}", value);
}

void append_answered(std::string& csv, const Answered& said) {
  csv += !said ? "," : *said ? ",1" : ",0";
}

}  // namespace

std::vector<ShownExamValue> shown_values(const Examination& exam) {
  std::vector<ShownExamValue> shown;
  for (const ExamValue& said : exam.values) {
    const ExamTest* test = find_test(said.test);
    const ExamUnit unit = test != nullptr ? test->unit : ExamUnit::kDeg;
    shown.push_back({&said, test_words(said.test), std::string(name_of(unit)),
                     from_si(unit, said.value), from_si(unit, said.sem)});
  }
  return shown;
}

std::string value_text(const ShownExamValue& shown) {
  if (shown.unit == "finding") return shown.value > 0.5 ? "positive" : "negative";
  const bool is_count = shown.unit == "count";
  const std::string unit = is_count ? "" : shown.unit == "deg" ? "\u00b0" : " " + shown.unit;
  const std::string value = plain_number(shown.value, is_count ? 0 : 1) + unit;
  if (is_count) return value;
  return std::isfinite(shown.sem) ? fmt::format("{} \u00b1 {}", value, plain_number(shown.sem, 1))
                                  : value + " (error not known)";
}

void write_examination(Markup& html, const Results& results) {
  if (!results.examination) return;
  const Examination& exam = *results.examination;
  HtmlTable table;
  table.caption = "The tests, \u00b1 standard error of the measurement";
  table.columns = {"Test", "Side", "Value", "How"};
  for (const ShownExamValue& shown : shown_values(exam)) {
    table.rows.push_back({capital(shown.name), side_words(shown.said->side), value_text(shown),
                          how_text(*shown.said)});
  }
  if (!table.rows.empty()) write_html_table(html, table);
  const std::vector<std::string> pain = pain_lines(exam.symptoms);
  html.element("h3", "The pain");
  if (exam.symptoms.has_pain && !*exam.symptoms.has_pain) {
    html.element("p", "No pain is reported.");
  } else {
    write_bullets(html, pain);
  }
  std::vector<std::string> training;
  const auto add = [&training](const char* words, double value) {
    if (std::isfinite(value)) {
      training.push_back(fmt::format("{}: {}", words, plain_number(value, 0)));
    }
  };
  add("km a week", exam.training.km_per_week);
  add("km a session", exam.training.km_per_session);
  add("change over the last four weeks in percent", exam.training.change_percent);
  if (!training.empty()) {
    html.element("p", fmt::format("Training: {}.", with_commas(training)));
  }
  if (!exam.notes.empty()) {
    html.element("p", "Of the examination could not be used, or was assumed:");
    write_bullets(html, exam.notes);
  }
}

std::string render_exam_csv(const Results& results) {
  std::string csv =
      "test,name,side,value,sem,unit,method,pelvis_controlled,provokes_pain,capacity_deg,use_deg,"
      "left_deg,left_low_deg,left_high_deg,verdict\n";
  if (!results.examination) return csv;
  for (const ShownExamValue& shown : shown_values(*results.examination)) {
    const ExamValue& said = *shown.said;
    csv += csv_field(said.test) + ',' + csv_field(shown.name) + ',' +
           (said.side ? kSideNames.at(*said.side) : "");
    append_number(csv, shown.value);
    append_number(csv, shown.sem);
    csv += ',' + shown.unit + ',' + csv_field(said.method);
    append_answered(csv, said.pelvis_controlled);
    append_answered(csv, said.provokes_pain);
    const CapacityAndUse* row = find_row(results.answer, said);
    const CapacityAndUse none;
    for (const double angle_rad :
         {(row ? *row : none).capacity_rad.value, (row ? *row : none).use_rad.value,
          (row ? *row : none).left_rad.value, (row ? *row : none).left_rad.low,
          (row ? *row : none).left_rad.high}) {
      append_number(csv, angle_rad * kDegPerRad);
    }
    csv += ',' + (row ? verdict_words(row->verdict) : "") + '\n';
  }
  return csv;
}

}  // namespace catena
