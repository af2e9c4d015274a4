#include "catena/report/html_sections.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "catena/chain/hip_stop.h"
#include "catena/core/units.h"
#include "catena/report/budget_plot.h"
#include "catena/report/hip_stop_wording.h"
#include "catena/report/html_page.h"
#include "catena/report/html_tables.h"
#include "catena/report/number_text.h"
#include "catena/report/palette.h"
#include "catena/report/parts.h"
#include "catena/report/share_plot.h"
#include "catena/report/share_reference_plot.h"
#include "catena/report/stick_figure_plot.h"
#include "catena/report/stop_curve_plot.h"
#include "catena/report/stop_glyph.h"
#include "catena/report/wording.h"

namespace catena {
namespace {

// A drawing with the leg's name above it.
void leg_figure(Markup& html, Side side, const std::string& svg, const std::string& missing) {
  html.open("figure");
  html.element("h3", capital(leg_name(side)));
  if (svg.empty()) {
    html.element("p", missing, {{"class", "note"}});
  } else {
    html.raw(svg);
  }
}

void colored_term(Markup& html, const std::string& style, const std::string& name,
                  double angle_deg) {
  html.element("b", name + " " + plain_number(angle_deg, 0) + "\u00b0", {{"class", style}});
}

// "thigh 34 = hip 29 + pelvis 5", in the colours of the drawing.
void angle_sums(Markup& html, const StickFigure& figure, bool has_thorax) {
  html.open("p", {{"class", "sum"}});
  colored_term(html, "", "thigh", figure.thigh_deg);
  html.text(" = ");
  colored_term(html, "hip", "hip", figure.hip_deg);
  html.text(" + ");
  colored_term(html, "pelvis", "pelvis", figure.pelvis_deg);
  html.close();
  if (!has_thorax) return;
  html.open("p", {{"class", "sum"}});
  colored_term(html, "pelvis", "pelvis", figure.pelvis_deg);
  html.text(" = ");
  colored_term(html, "low-back", "low back", figure.low_back_deg);
  html.text(" + ");
  colored_term(html, "lean", "lean", figure.lean_deg);
  html.close();
}

void demand_key(Markup& html, const Results& results) {
  const std::vector<std::string> demands = demand_order(results);
  if (demands.size() < 2) return;
  html.open("ul", {{"class", "key"}});
  for (std::size_t i = 0; i < demands.size(); ++i) {
    html.open("li");
    html.raw(draw_demand_mark(static_cast<int>(i), static_cast<int>(demands.size())));
    html.element("span", demands[i]);
    html.close();
  }
  html.close();
}

// The verdict on the hip stop, seen and in words.
void stop_verdict(Markup& html, const LegResult& leg) {
  if (leg.strides.empty()) return;
  html.open("p", {{"class", "verdict"}});
  html.raw(draw_stop_glyph(may_be_stopped_throughout(leg.take_up) ? StopVerdict::kUndecided
                                                                  : leg.take_up.hip_stop.verdict));
  html.element("span", stop_headline(leg.take_up, Script::kTypographic));
  html.close();
}

// The pelvis's share beside that of other runners, or why it is not.
void write_pelvis_reference(Markup& html, const Results& results) {
  html.element("h3", "The pelvis beside other runners", {{"class", "after"}});
  const std::string strip = draw_share_reference(results);
  if (!strip.empty()) {
    html.open("figure", {{"class", "reference"}});
    html.raw(strip);
    html.close();
  }
  const ShareGroup* others = nullptr;
  std::string said;
  for (const Side side : kSides) {
    const ShareReference& reference = results.legs[side].pelvis_reference;
    if (reference.others != nullptr) others = reference.others;
    if (reference.sentence.empty() || reference.sentence == said) continue;
    said = reference.sentence;
    html.element("p", (reference.others != nullptr ? capital(leg_name(side)) + ": " : "") + said);
  }
  html.element("p",
               (others == nullptr ? ""
                                  : fmt::format("Compared by: {}. Source: {}. {} ",
                                                others->estimator, others->source, others->note)) +
                   std::string(kNoReferenceForLowBackAndLean),
               {{"class", "note"}});
}

// What the marks and curves of the stop curves are.
std::string curve_legend(const Results& results) {
  std::string legend = "All panels have one scale, so steepness is the share. ";
  bool has_points = false;
  bool has_blocks = false;
  for (const LegResult& leg : results.legs) {
    has_points |= leg.take_up.points.size() > 1;
    has_blocks |= !ramp_of(leg.take_up).empty();
  }
  if (has_points) {
    legend += "Large marks are means of demands with their 90 % error, small ones single strides. ";
  } else {
    legend += "One mark is one stride. ";
  }
  if (has_blocks) {
    legend += "Of a ramp a mark is a block of strides, joined in time; ";
  }
  if (has_blocks || demand_order(results).size() < 2) {
    legend += has_blocks ? "light is early, dark is late. " : "Light is early, dark is late. ";
  }
  return legend +
         "A band holds a curve with 90 %; a bend is drawn where its probability is at least one in "
         "ten.";
}

}  // namespace

void write_findings(Markup& html, const Results& results, int& number) {
  write_heading(html, ++number, "Who puts the leg behind the body");
  html.open("div", {{"class", "pair"}});
  for (const Side side : kSides) {
    const TakeUp& take_up = results.legs[side].take_up;
    html.open("section", {{"class", "found"}});
    html.element("h3", capital(leg_name(side)));
    const std::string shares = draw_shares(take_up, side);
    if (shares.empty()) {
      write_paragraph(html, take_up_sentence(results, side));
      write_paragraph(html, peak_sentence(results, side));
    } else {
      write_paragraph(html, consistency_sentence(results, side));
      html.open("figure");
      html.raw(shares);
      html.close();
    }
    stop_verdict(html, results.legs[side]);
    html.close();
  }
  html.close();
  const std::string sides = sides_sentence(results);
  if (!sides.empty()) html.element("p", sides, {{"class", "note beneath"}});
}

void write_figures(Markup& html, const Results& results, int& number) {
  html.open("section", {{"class", "block figures"}});
  write_heading(html, ++number, "The farthest the leg gets behind");
  write_paragraph(
      html, results.has_thorax
                ? "The runner from the side at the peak of thigh extension. What the thigh has "
                  "behind the vertical is shared by the hip and the pelvis, and what the pelvis "
                  "has is shared by the low back and a forward lean."
                : "The runner from the side at the peak of thigh extension. What the thigh has "
                  "behind the vertical is shared by the hip and the pelvis. There were no thorax "
                  "markers, so low back and lean are not drawn.");
  html.open("div", {{"class", "pair"}});
  for (const Side side : kSides) {
    const StickFigure& figure = results.legs[side].figure;
    leg_figure(html, side, draw_stick_figure(figure, side, results.has_thorax),
               "No figure: no stride of this leg was seen from peak to peak.");
    if (figure.known) {
      angle_sums(html, figure, results.has_thorax);
      html.element("figcaption",
                   fmt::format("One stride: {}, {:.2f} s.", figure.recording, figure.time_s));
    }
    html.close();
  }
  html.close();
  html.close();
}

void write_budgets(Markup& html, const Results& results, int& number) {
  html.open("section", {{"class", "block budgets"}});
  write_heading(html, ++number, "Where the angle comes from");
  write_paragraph(
      html,
      "Each bar adds up what the parts put in; a part that works the other way goes to the "
      "left of zero. The diamond is the thigh, the sum of all. The thin lines beneath are the "
      "spread over strides of all demands, about the end of each part.");
  html.open("div", {{"class", "pair"}});
  const BudgetScale scale = budget_scale(results);
  for (const Side side : kSides) {
    const LegResult& leg = results.legs[side];
    leg_figure(html, side, leg.strides.empty() ? "" : draw_budget(results, side, scale),
               "No budget: no stride of this leg was seen from peak to peak.");
    const std::string peak = peak_sentence(results, side);
    if (!peak.empty()) html.element("figcaption", peak);
    html.close();
  }
  html.close();
  html.close();
}

void write_stop_curves(Markup& html, const Results& results, int& number) {
  html.open("section", {{"class", "block curves"}});
  write_heading(html, ++number, "When the leg has to go further");
  write_paragraph(
      html,
      "From left to right the thigh goes further behind. A straight line means that every part "
      "goes on giving its share. A hip that bends flat while another part grows steeper is what a "
      "stop of the hip looks like.");
  demand_key(html, results);
  html.open("div", {{"class", "pair"}});
  for (const Side side : kSides) {
    html.open("figure");
    html.element("h3", capital(leg_name(side)));
    stop_verdict(html, results.legs[side]);
    const std::string curve = draw_stop_curve(results, side);
    if (curve.empty()) {
      html.element("p", "No curve: no stride of this leg was seen from peak to peak.",
                   {{"class", "note"}});
    } else {
      html.raw(curve);
      html.element("figcaption", stop_sentence(results, side));
    }
    html.close();
  }
  html.close();
  html.element("p", curve_legend(results), {{"class", "note beneath"}});
  html.close();
  write_pelvis_reference(html, results);
}

void write_numbers(Markup& html, const Results& results, int& number) {
  write_heading(html, ++number, "The numbers");
  for (const Side side : kSides) {
    const LegResult& leg = results.legs[side];
    write_html_table(html, share_table(results, side));
    // Why what is not known is not, what the estimator has to say, how the intervals were made.
    std::string notes;
    std::set<std::string> reasons;
    for (const PartStyle& part : chain_parts(results.has_thorax)) {
      const std::string& why = (leg.take_up.*part.share).why;
      if (!why.empty() && reasons.insert(why).second) notes += sentence("Not known: " + why) + " ";
    }
    const std::string rest = rest_sentence(results, side);
    if (!rest.empty()) notes += rest + " ";
    for (const std::string& remark : leg.take_up.remarks) notes += sentence(remark) + " ";
    const std::string& share_source = leg.take_up.hip.estimate.source;
    if (!share_source.empty()) notes += sentence("Intervals of the shares: " + share_source) + " ";
    const std::string& budget_source = leg.at_peak.hip_deg.source;
    if (!budget_source.empty()) notes += sentence("Intervals of the budget: " + budget_source);
    const std::string linearity = linearity_sentence(leg.take_up.hip_stop);
    if (!linearity.empty()) write_html_table(html, stop_table(results, side));
    write_html_table(html, budget_table(results, side));
    if (!notes.empty()) html.element("p", notes, {{"class", "note"}});
  }
  html.element(
      "p",
      "Pooled slope: the ordinary slope over all strides, as other authors print it; it "
      "has no interval, because strides of one demand are no independent evidence. "
      "\"Without\": the share when that demand is left out. \"By rotation and drop\": what "
      "of the share comes by turning and dropping of the pelvis and not in the plane in "
      "which the runner goes. " +
          beforehand_sentence(),
      {{"class", "note"}});
}

void write_marker_fit(Markup& html, const Results& results, int& number) {
  write_heading(html, ++number, "How well the body fits the markers");
  write_html_table(html, marker_fit_table(results));
  html.element("h3", "Repairs of the markers");
  std::vector<std::string> lines;
  const auto add = [&](const std::string& name, const std::vector<Repair>& repairs) {
    const std::string words = in_few_words(repairs);
    if (!words.empty()) lines.push_back(name + ": " + words + ".");
  };
  add("Standing trial", results.standing_repairs);
  for (const RecordingResult& recording : results.recordings) {
    add(recording.name, recording.repairs);
  }
  if (lines.empty()) {
    write_paragraph(html, "None: labels, paths and gaps needed nothing.");
  } else {
    write_bullets(html, lines);
  }
}

void write_assumptions(Markup& html, const Results& results, int& number) {
  write_heading(html, ++number, "What this rests on, and what it cannot tell");
  html.element("h3", "What this cannot tell");
  write_bullets(html, limits(results));
  html.element("h3", "Conventions and signs");
  write_bullets(html, conventions(results));
  html.element("h3", "What was assumed");
  if (results.assumptions.empty()) {
    write_paragraph(html, "Nothing beyond the conventions above.");
  } else {
    write_bullets(html, results.assumptions);
  }
  write_provenance(html, results.provenance);
}

}  // namespace catena
