#include "catena/report/therapist_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "catena/core/units.h"
#include "catena/findings/rules.h"
#include "catena/report/answer_plot.h"
#include "catena/report/answer_wording.h"
#include "catena/report/exam_page.h"
#include "catena/report/html_page.h"
#include "catena/report/html_tables.h"
#include "catena/report/number_text.h"

namespace catena {
namespace {

constexpr Script kScript = Script::kTypographic;

HtmlTable evidence_table(const std::string& caption, const std::vector<Evidence>& list) {
  HtmlTable table;
  table.name = "evidence";
  table.caption = caption;
  table.columns = {"Finding", "Side", "Value (interval)", "Adds", "Source", "Grade"};
  for (const Evidence& evidence : list) {
    table.rows.push_back({evidence.for_clinician, side_words(evidence.side),
                          evidence_value(evidence, kScript), evidence_adds(evidence, kScript),
                          evidence.source, evidence.grade});
  }
  return table;
}

void write_evidence_table(Markup& html, const std::string& name, const std::string& none,
                          const std::vector<Evidence>& list) {
  if (list.empty()) {
    html.element("p", none);
  } else {
    write_html_table(html, evidence_table(name, list));
  }
}

// "0.91", "14.2", "5760": to three figures, as no interval here is narrower.
std::string three_figures(double value, double of_size) {
  const double size = std::abs(of_size);
  if (size < 10.0) return plain_number(value, 2);
  if (size < 100.0) return plain_number(value, 1);
  const double step = std::pow(10.0, std::floor(std::log10(size)) - 2.0);
  return plain_number(std::round(value / step) * step, 0);
}

// "5760 (5360 to 6170)"
std::string count_text(const Estimate& estimate) {
  if (!std::isfinite(estimate.value)) return "not known";
  const auto shown = [&](double value) { return three_figures(value, estimate.value); };
  if (!std::isfinite(estimate.low) || !std::isfinite(estimate.high)) {
    return shown(estimate.value) + " (no interval)";
  }
  return fmt::format("{} ({} to {})", shown(estimate.value), shown(estimate.low),
                     shown(estimate.high));
}

std::string capacity_title(const CapacityAndUse& row) {
  return fmt::format("{} {}, {}: {}", capital(kSideNames.at(row.side)), with_spaces(row.joint),
                     with_spaces(row.direction), verdict_words(row.verdict));
}

void write_capacity(Markup& html, const CapacityAndUse& row, const CapacityScale& scale) {
  html.open("figure");
  html.element("h3", capacity_title(row));
  html.raw(draw_capacity(row, scale));
  html.open("figcaption");
  html.element("p", sentence(row.sentence));
  html.element(
      "p", fmt::format("By the exam ({}): {}; in the run: {}; left: {}; {}.", test_words(row.test),
                       angle_text(row.capacity_rad, kScript, "\u00b0"),
                       angle_text(row.use_rad, kScript, "\u00b0"),
                       angle_text(row.left_rad, kScript, "\u00b0"),
                       row.offset_sd_rad > 0.0
                           ? fmt::format("between the two zeros: SD {}\u00b0",
                                         plain_number(row.offset_sd_rad * kDegPerRad, 0))
                           : "both on one zero"));
  html.close();
  html.close();
}

// Right and left of one joint and direction beside each other.
std::vector<CapacityAndUse> sides_together(const std::vector<CapacityAndUse>& rows) {
  std::vector<CapacityAndUse> sorted;
  for (const CapacityAndUse& row : rows) {
    const auto is_alike = [&](const CapacityAndUse& other) {
      return other.joint == row.joint && other.direction == row.direction && other.test == row.test;
    };
    if (std::any_of(sorted.begin(), sorted.end(), is_alike)) continue;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(sorted), is_alike);
  }
  return sorted;
}

}  // namespace

void write_therapist_head(Markup& html, const Results& results) {
  html.element("h2", "For the therapist", {{"class", "page-title"}});
  if (!is_held_back(results) && !results.answer.for_clinician.empty()) {
    html.element("p", sentence(results.answer.for_clinician), {{"class", "lead"}});
  }
  html.element(
      "p",
      fmt::format("Model: {}.", results.model_name.empty() ? "without a name" : results.model_name),
      {{"class", "meta"}});
  html.element("p",
               results.has_standing
                   ? "With a standing trial, from which the angles at the peak are counted."
                   : "Without a standing trial.",
               {{"class", "meta"}});
  write_warnings(html, results.warnings, "among what was assumed, at the end");
}

void write_evidence(Markup& html, const Results& results, int& number) {
  write_heading(html, ++number, "The evidence");
  if (is_held_back(results)) {
    html.element("p",
                 "The evidence for and against is held back with the answer, as a red flag is "
                 "present.");
    return;
  }
  const Answer& answer = results.answer;
  write_evidence_table(html, "For", "For: nothing was found.", answer.evidence_for);
  write_evidence_table(html, "Against", "Against: nothing was found.", answer.evidence_against);
  write_evidence_table(html, "Context", "Context: nothing was found.", answer.context);
  html.element(
      "p",
      fmt::format("Before anything is recorded each hip is taken to show the pattern in "
                  "{:.0f} of 100 runners. Log odds add to that: 0.7 doubles the odds, "
                  "\u22120.7 halves them. Pain points count how well the pain fits running "
                  "with such a hip.",
                  100.0 * answer_rules().pattern.hip_pattern_prior),
      {{"class", "note"}});
  html.element("p",
               "Grades: A, paper and number are certain; B, the paper is certain and the number "
               "approximate; judgement, our own and stated as such.",
               {{"class", "note"}});
  for (const Side side : kSides) {
    const double probability = answer.probability_of_hip.at(side);
    if (!std::isfinite(probability)) continue;
    html.element(
        "p",
        fmt::format("Probability that with the {} hip free the low back would extend measurably "
                    "less: {}.",
                    kSideNames.at(side), probability_text(probability)));
  }
}

void write_exam_beside_run(Markup& html, const Results& results, int& number) {
  write_heading(html, ++number, "The exam beside the run");
  const std::vector<CapacityAndUse> rows = sides_together(results.answer.capacity_and_use);
  if (rows.empty()) {
    write_examination(html, results);
    html.element("p", results.examination
                          ? "No joint direction was both examined and seen in the run."
                          : "There was no examination, so what the joints can do is not known.");
    return;
  }
  html.element("p",
               "What a joint can do by the exam, and what the run asks of it; black lines are "
               "intervals, degrees are counted from each measurement's own zero.",
               {{"class", "intro"}});
  html.element(
      "p",
      "The pale band is how far the exam's zero may lie from the run's (90 %); what is left "
      "counts that in.",
      {{"class", "intro"}});
  const CapacityScale scale = capacity_scale(rows);
  html.open("div", {{"class", "pair capacities"}});
  for (const CapacityAndUse& row : rows) write_capacity(html, row, scale);
  html.close();
  write_examination(html, results);
}

void write_next_measurements(Markup& html, const Results& results, int& number) {
  if (is_held_back(results)) return;
  write_heading(html, ++number, "What to measure next");
  HtmlTable table;
  table.columns = {"Measurement", "Minutes", "Expected bits", "What it could change"};
  for (const NextMeasurement& next : results.answer.next) {
    table.rows.push_back(
        {capital(next.name), plain_number(next.minutes, 0),
         std::isfinite(next.expected_bits) ? plain_number(next.expected_bits, 2) : "not counted",
         next.could_change});
  }
  if (table.rows.empty()) {
    html.element("p", "No measurement that is still open is expected to tell more.");
    return;
  }
  write_html_table(html, table);
  html.element("p",
               "Expected bits: how much of what is not known about the pattern it would take away; "
               "1 goes from even odds to certain.",
               {{"class", "note"}});
}

void write_repetition(Markup& html, const Results& results, int& number) {
  const Repetition& repetition = results.answer.repetition;
  if (repetition.demands.empty() && repetition.sentence.empty()) return;
  write_heading(html, ++number, "Repetition");
  write_paragraph(html, repetition.sentence);
  if (repetition.demands.empty()) return;
  HtmlTable table;
  table.name = "repetition";
  table.columns = {"Recording",
                   "Strides per km, one leg",
                   "Low back, \u00b0 per stride",
                   "Low back, \u00b0 per km",
                   "Relative to the first",
                   "Strides per session",
                   "Strides per week",
                   "Low back, \u00b0 per week"};
  for (const RepetitionOfDemand& row : repetition.demands) {
    table.rows.push_back(
        {row.recording == row.demand ? row.recording : row.recording + ", " + row.demand,
         count_text(row.strides_per_km), count_text(row.excursion_deg_per_stride),
         count_text(row.excursion_deg_per_km), count_text(row.relative_per_km),
         count_text(row.strides_per_session), count_text(row.strides_per_week),
         count_text(row.excursion_deg_per_week)});
  }
  write_html_table(html, table);
  html.element("p",
               "Low back: the way that it goes back and forth, added up; it says how often and how "
               "far, not what that does.",
               {{"class", "note"}});
}

void write_what_ifs(Markup& html, int& number) {
  write_heading(html, ++number, "What if a hip were freer?");
  html.element("p",
               "Not built yet: what-ifs, in which one joint is changed and the whole stride is "
               "solved again, will stand here.");
}

void write_answer_assumptions(Markup& html, const Results& results, int& number) {
  if (results.answer.assumed.empty()) return;
  write_heading(html, ++number, "What the answer assumes");
  write_bullets(html, results.answer.assumed);
}

}  // namespace catena
