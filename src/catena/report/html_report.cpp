#include "catena/report/html_report.h"

#include "catena/report/gait_sections.h"
#include "catena/report/html_page.h"
#include "catena/report/html_sections.h"
#include "catena/report/language.h"
#include "catena/report/markup.h"
#include "catena/report/runner_page.h"
#include "catena/report/therapist_page.h"

namespace catena {

Language::Names names_in(const Results& results) {
  Language::Names names;
  const auto add = [&](const std::string& name) {
    if (!name.empty()) names.insert(name);
  };
  for (const RecordingResult& recording : results.recordings) {
    add(recording.name);
    add(recording.file);
    add(recording.demand);
    add(recording.worst_marker);
  }
  // A body that was fitted has no name of its own but says what it is.
  if (!results.model_name.ends_with("fitted to these recordings")) add(results.model_name);
  add(results.reference_source);
  if (results.examination) {
    add(results.examination->name);
    add(results.examination->examiner);
  }
  return names;
}

std::string render_html(const Results& results) {
  Markup html;
  html.raw("<!DOCTYPE html>\n");
  html.open("html", {{"lang", "en"}});
  write_page_head(html, "Catena: are your hips to blame for your low back pain?");
  html.open("body");
  html.open("main");
  write_runner_page(html, results);
  int number = 0;
  write_therapist_head(html, results);
  write_evidence(html, results, number);
  write_exam_beside_run(html, results, number);
  write_next_measurements(html, results, number);
  write_findings(html, results, number);
  write_budgets(html, results, number);
  write_stop_curves(html, results, number);
  write_repetition(html, results, number);
  write_what_ifs(html, number);
  write_answer_assumptions(html, results, number);
  write_figures(html, results, number);
  write_strides(html, results, number);
  write_angle_curves(html, results, number);
  write_consistency(html, results, number);
  write_coordination(html, results, number);
  write_numbers(html, results, number);
  write_marker_fit(html, results, number);
  write_assumptions(html, results, number);
  html.close();
  html.close();
  html.close();
  std::string page = std::move(html).finish();
  const Language* language = find_language(results.language);
  return language ? translate_page(page, *language, names_in(results)).html : page;
}

}  // namespace catena
