#include "catena/report/runner_page.h"

#include <fmt/format.h>

#include <cmath>

#include "catena/exam/red_flags.h"
#include "catena/report/answer_plot.h"
#include "catena/report/answer_wording.h"
#include "catena/report/html_page.h"
#include "catena/report/parts.h"
#include "catena/report/stick_figure_plot.h"
#include "catena/report/wording.h"

namespace catena {
namespace {

std::string count_of(std::size_t n, const std::string& thing) {
  return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

// Whose page it is, and what it rests on.
void write_title(Markup& html, const Results& results) {
  html.element("p", "Catena", {{"class", "brand"}});
  html.element("h1", question());
  if (results.examination) {
    const Examination& exam = *results.examination;
    std::string of_exam = exam.name;
    if (!exam.date.empty()) {
      of_exam += (of_exam.empty() ? "" : ", ") + fmt::format("examined on {}", exam.date);
    }
    if (!exam.examiner.empty()) {
      of_exam += fmt::format("{}by {}", exam.date.empty() ? ", examined " : " ", exam.examiner);
    }
    if (!of_exam.empty()) html.element("p", capital(of_exam) + ".", {{"class", "meta"}});
  }
  const auto& legs = results.legs;
  html.element(
      "p",
      fmt::format("{}, {}; {} of the right and {} of the left leg.",
                  count_of(results.recordings.size(), "recording"),
                  count_of(demand_order(results).size(), "demand"),
                  count_of(legs[kRight].strides.size(), "stride"), legs[kLeft].strides.size()),
      {{"class", "meta last"}});
}

std::string safety_title(Urgency urgency) {
  // Urgency without a word of its own: a flag is a flag.
  return fmt::format("First: be seen by a clinician {}",
                     urgency == Urgency::kNotUrgent ? "before the next run" : name_of(urgency));
}

// Where to go and how soon, before anything else.
void write_red_flags(Markup& html, const Safety& safety) {
  html.open("section", {{"class", "safety"}});
  html.element("h2", safety_title(safety.urgency));
  write_paragraph(html, safety.sentence);
  html.open("ul");
  for (const RedFlag& flag : safety.present) {
    html.open("li");
    html.element("strong", sentence(flag.sentence));
    html.text(" ");
    html.element("span", sentence(flag.where_to));
    html.close();
  }
  html.close();
  html.close();
  html.open("section", {{"class", "answer"}});
  html.element("h2", "The answer is held back");
  html.element(
      "p",
      "What was reported comes before any question about hips. Once a clinician has looked "
      "at it, the same recordings can be judged again.",
      {{"class", "lead"}});
  html.element("p",
               "What was measured stands on the next pages, for whoever examines you: please take "
               "them with you.");
  html.close();
}

// No red flag is known: what was asked, and what would still be one.
void write_no_red_flag(Markup& html, const Results& results) {
  const Safety& safety = results.safety;
  const bool all_asked =
      results.examination && safety.n_questions > 0 && safety.n_asked >= safety.n_questions;
  if (all_asked && safety.sentence.empty()) return;
  html.open("div", {{"class", "flags"}});
  write_paragraph(html, safety.sentence);
  if (!all_asked) html.element("p", red_flag_sentence());
  html.close();
}

void write_answer(Markup& html, const Answer& answer) {
  html.open("section", {{"class", "answer"}});
  // The sentence begins with the class.
  html.element(
      "h2", sentence(answer.for_runner.empty() ? name_of(answer.answer_class) : answer.for_runner));
  const std::string bar = draw_probability(answer.probability);
  if (!bar.empty()) {
    html.open("div", {{"class", "probability"}});
    html.element("p", probability_sentence(answer), {{"class", "strong"}});
    html.raw(bar);
    html.element("p",
                 "Present means: with freer hips your low back would extend less in running, by at "
                 "least what can be measured.",
                 {{"class", "note"}});
    if (!answer.probability_note.empty()) {
      html.element("p", sentence(answer.probability_note), {{"class", "note"}});
    }
    html.close();
  }
  html.close();
}

void write_own_figure(Markup& html, const Results& results) {
  const Side side = side_to_show(results);
  const StickFigure& figure = results.legs.at(side).figure;
  const std::string svg = draw_stick_figure(figure, side, results.has_thorax);
  if (svg.empty()) return;
  html.open("figure", {{"class", "own-figure"}});
  html.element("h2", fmt::format("You at push-off, {}", leg_name(side)));
  html.raw(svg);
  html.element("figcaption",
               fmt::format("Your thigh at its farthest behind you: one stride of the recording {}.",
                           figure.recording));
  html.close();
}

void write_next_step(Markup& html, const Answer& answer) {
  html.element("h2", "What to do next");
  if (answer.next.empty()) {
    html.element("p", "Nothing that is still open would change this answer much.");
    return;
  }
  const NextMeasurement& next = answer.next.front();
  const std::string minutes = minutes_words(next.minutes);
  html.element(
      "p",
      minutes.empty() ? sentence(next.name) : fmt::format("{} ({}).", capital(next.name), minutes),
      {{"class", "strong"}});
  if (!next.could_change.empty()) html.element("p", sentence(next.could_change));
}

}  // namespace

void write_runner_page(Markup& html, const Results& results) {
  html.open("div", {{"class", "sheet"}});
  write_title(html, results);
  if (is_held_back(results)) {
    write_red_flags(html, results.safety);
  } else {
    write_no_red_flag(html, results);
    write_answer(html, results.answer);
    html.open("div", {{"class", "pair uneven"}});
    write_own_figure(html, results);
    html.open("section");
    if (!results.answer.reasons.empty()) {
      html.element("h2", "Why");
      write_bullets(html, results.answer.reasons);
    }
    write_next_step(html, results.answer);
    html.close();
    html.close();
  }
  if (!results.warnings.empty()) {
    html.element(
        "p",
        results.warnings.size() == 1
            ? "One thing about the recordings should be looked at before this is believed: "
              "it stands at the head of the next page."
            : fmt::format("{} things about the recordings should be looked at before this "
                          "is believed: they stand at the head of the next page.",
                          results.warnings.size()),
        {{"class", "strong first-look"}});
  }
  html.element("p",
               "This page informs and educates. It is not a diagnosis, and it does not replace an "
               "examination.",
               {{"class", "disclaimer"}});
  html.close();
}

}  // namespace catena
