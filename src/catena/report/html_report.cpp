#include "catena/report/html_report.h"

#include <fmt/format.h>

#include "catena/report/gait_sections.h"
#include "catena/report/html_page.h"
#include "catena/report/html_sections.h"
#include "catena/report/markup.h"
#include "catena/report/parts.h"
#include "catena/report/wording.h"

namespace catena {
namespace {

std::string count_of(std::size_t n, const std::string& thing) {
  return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

// What it is, what it rests on, and what comes before any analysis.
void write_top(Markup& html, const Results& results) {
  html.element("p", "Catena", {{"class", "brand"}});
  html.element("h1", "Who puts the leg behind the body?");
  const auto& legs = results.legs;
  html.element(
      "p",
      fmt::format("{}, {}; {} of the right and {} of the left leg. Model: {}. {}.",
                  count_of(results.recordings.size(), "recording"),
                  count_of(demand_order(results).size(), "demand"),
                  count_of(legs[kRight].strides.size(), "stride"), legs[kLeft].strides.size(),
                  results.model_name.empty() ? "without a name" : results.model_name,
                  results.has_standing ? "With a standing trial" : "Without a standing trial"),
      {{"class", "meta"}});
  html.open("div", {{"class", "flags"}});
  html.element("p", red_flag_sentence());
  html.element("p",
               "This page informs and educates. It is not a diagnosis, and it does not replace an "
               "examination.");
  html.close();
  write_warnings(html, results.warnings, "in section 10");
}

}  // namespace

std::string render_html(const Results& results) {
  Markup html;
  html.raw("<!DOCTYPE html>\n");
  html.open("html", {{"lang", "en"}});
  write_page_head(html, "Catena: who puts the leg behind the body");
  html.open("body");
  html.open("main");
  write_top(html, results);
  write_findings(html, results);
  write_figures(html, results);
  write_budgets(html, results);
  write_stop_curves(html, results);
  write_strides(html, results, 4);
  write_angle_curves(html, results, 5);
  write_consistency(html, results, 6);
  write_coordination(html, results, 7);
  write_numbers(html, results);
  write_marker_fit(html, results);
  write_assumptions(html, results);
  html.close();
  html.close();
  html.close();
  return std::move(html).finish();
}

}  // namespace catena
