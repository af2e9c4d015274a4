#include <fmt/format.h>

#include <cmath>

#include "catena/report/body_plot.h"
#include "catena/report/fit_report.h"
#include "catena/report/html_page.h"
#include "catena/report/html_tables.h"
#include "catena/report/markup.h"
#include "catena/report/number_text.h"

namespace catena {
namespace {

constexpr Script kScript = Script::kTypographic;

// More trials than this do not fit beside each other on paper.
constexpr std::size_t kMostTrialColumns = 6;

std::string count_of(std::size_t n, const std::string& thing) {
  return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

std::string millimetres(double value_m) {
  if (!std::isfinite(value_m)) return "not seen";
  return plain_number(1e3 * value_m, 1) + " mm";
}

std::string worst(const std::string& marker, double rms_m) {
  return marker.empty() ? "none" : marker + ", " + millimetres(rms_m);
}

void write_top(Markup& html, const FitSummary& fit) {
  std::size_t used = 0;
  for (const FitMarker& marker : fit.markers) used += marker.used ? 1 : 0;
  html.element("p", "Catena", {{"class", "brand"}});
  html.element("h1", "A body for this runner");
  html.element(
      "p",
      fmt::format("{}{}: {} fitted to {} in {}; marker RMS {}. {} after {}{}.", fit.model_name,
                  fit.marker_set.empty() ? "" : " (" + fit.marker_set + ")",
                  fit.body.empty() ? "a body" : fit.body, count_of(used, "marker"),
                  count_of(fit.trials.size(), "recording"), millimetres(fit.marker_rms_m),
                  fit.converged ? "Converged" : "Did not converge",
                  count_of(static_cast<std::size_t>(std::max(0, fit.iterations)), "iteration"),
                  std::isfinite(fit.solve_s) ? ", " + plain_number(fit.solve_s, 2) + " s" : ""),
      {{"class", "meta"}});
  html.open("div", {{"class", "flags"}});
  html.element("p",
               "This page says how well a model of bones and joints fits recorded markers. It "
               "informs; it is not a diagnosis and no measurement of anatomy.");
  html.close();
  std::vector<std::string> warnings = fit.warnings;
  if (!fit.converged) {
    warnings.insert(warnings.begin(),
                    "The fit did not converge: lengths and centres are where it stopped.");
  }
  write_warnings(html, warnings, "in section 6");
}

void write_picture(Markup& html, const FitSummary& fit) {
  html.open("section", {{"class", "block"}});
  write_heading(html, 1, "Body and markers");
  const std::string svg = draw_body_picture(fit.picture);
  if (svg.empty()) {
    write_paragraph(html, "No picture: no frame shows body and markers together.");
  } else {
    html.open("figure", {{"class", "wide"}});
    html.raw(svg);
    html.element("figcaption",
                 "Where a cross lies off its circle, the model's marker is not where the measured "
                 "one is. Flesh is drawn, not measured; white lines go from joint centre to joint "
                 "centre.");
    html.close();
  }
  html.close();
}

void write_segments(Markup& html, const FitSummary& fit) {
  write_heading(html, 2, "Segments");
  HtmlTable table;
  table.columns = {"Segment",  "Length, cm",           "From where to where",
                   "Known by", "Marker RMS (markers)", "Worst marker"};
  for (const FitSegment& segment : fit.segments) {
    const bool has_length = std::isfinite(segment.length_m.value);
    table.rows.push_back(
        {capital(segment.name), has_length ? centimetres_text(segment.length_m, kScript) : "none",
         segment.measured.empty() ? "none" : segment.measured,
         has_length ? measured_words(segment.measured_share) : "",
         segment.n_markers == 0
             ? "no marker"
             : fmt::format("{} ({})", millimetres(segment.marker_rms_m), segment.n_markers),
         worst(segment.worst_marker, segment.worst_marker_rms_m)});
  }
  write_html_table(html, table);
  html.element("p",
               "In brackets: 90 % intervals. \"Known by\": the per cent are how much of the "
               "uncertainty before the "
               "fit these recordings have taken away; what they have not comes from the "
               "proportions of people of this height and sex.",
               {{"class", "note"}});
}

void write_joints(Markup& html, const FitSummary& fit) {
  write_heading(html, 3, "Joint centres");
  HtmlTable table;
  table.columns = {"Joint", "Forward, mm", "Up, mm", "Right, mm", "In the axes of", "Known by"};
  for (const FitJoint& joint : fit.joints) {
    table.rows.push_back({capital(joint.name), millimetres_text(joint.center_m[0], kScript),
                          millimetres_text(joint.center_m[1], kScript),
                          millimetres_text(joint.center_m[2], kScript), joint.frame,
                          measured_words(joint.measured_share)});
  }
  write_html_table(html, table);
}

// RMS of one marker: a column a trial, or least and most of many.
std::vector<std::string> marker_row(const FitMarker& marker, bool one_column_each,
                                    const std::vector<FitRecording>& trials) {
  std::vector<std::string> row = {marker.label, marker.segment.empty() ? "none" : marker.segment};
  if (!marker.used) {
    row.push_back("not used" + (marker.why_not.empty() ? "" : ": " + marker.why_not));
    row.resize(2 + (one_column_each ? std::max<std::size_t>(1, trials.size()) : 1));
    return row;
  }
  if (one_column_each) {
    for (std::size_t k = 0; k < trials.size(); ++k) {
      row.push_back(millimetres(k < marker.rms_m.size() ? marker.rms_m[k] : kNotKnown));
    }
    return row;
  }
  double least = kNotKnown, most = kNotKnown;
  std::string trial;
  for (std::size_t k = 0; k < std::min(marker.rms_m.size(), trials.size()); ++k) {
    const double rms_m = marker.rms_m[k];
    if (!std::isfinite(rms_m)) continue;
    if (!(rms_m >= least)) least = rms_m;
    if (rms_m <= most) continue;
    most = rms_m;
    trial = trials[k].name;
  }
  row.push_back(trial.empty() ? "not seen"
                              : fmt::format("{} to {} (in {})", plain_number(1e3 * least, 1),
                                            millimetres(most), trial));
  return row;
}

void write_markers(Markup& html, const FitSummary& fit) {
  write_heading(html, 4, "Markers");
  const bool one_column_each = fit.trials.size() <= kMostTrialColumns;
  HtmlTable table;
  table.caption = "Distance from the model's, RMS over the frames looked at";
  table.columns = {"Marker", "Segment"};
  if (one_column_each) {
    for (const FitRecording& trial : fit.trials) table.columns.push_back(trial.name);
    if (fit.trials.empty()) table.columns.emplace_back("RMS");
  } else {
    table.columns.emplace_back("Least and most of all recordings");
  }
  for (const FitMarker& marker : fit.markers) {
    table.rows.push_back(marker_row(marker, one_column_each, fit.trials));
  }
  write_html_table(html, table);
}

void write_trials(Markup& html, const FitSummary& fit) {
  write_heading(html, 5, "Recordings");
  HtmlTable table;
  table.columns = {"Recording", "Kind", "Frames used", "Marker RMS", "Worst marker", "Axes"};
  std::vector<std::string> repairs;
  for (const FitRecording& trial : fit.trials) {
    table.rows.push_back({trial.name, trial.is_standing ? "standing" : "running",
                          fmt::format("{} of {} at {} Hz", trial.frames_used, trial.frames,
                                      plain_number(trial.rate_hz, 0)),
                          millimetres(trial.marker_rms_m),
                          worst(trial.worst_marker, trial.worst_marker_rms_m), trial.axes});
    const std::string words = in_few_words(trial.repairs);
    if (!words.empty()) repairs.push_back(trial.name + ": " + words + ".");
  }
  write_html_table(html, table);
  html.element("h3", "Repairs of the markers");
  if (repairs.empty()) {
    write_paragraph(html, "None: labels, paths and gaps needed nothing.");
  } else {
    write_bullets(html, repairs);
  }
}

std::vector<std::string> limits_of_fit(const FitSummary& fit) {
  std::vector<std::string> items = {
      "Where the bones are. Markers ride on skin, which moves 10 to 20 mm over the thigh; a small "
      "marker RMS says that the model follows the markers, not that its joints are the runner's.",
      "Absolute angles of hip and pelvis: they hang on where pelvis markers were put. Differences "
      "within the runner do not."};
  if (!fit.has_thorax) {
    items.emplace_back(
        "The thorax: it carries fewer than three markers, so low back and lean cannot be told "
        "apart.");
  }
  return items;
}

std::vector<std::string> conventions_of_fit(const FitSummary& fit) {
  std::vector<std::string> items = {
      "Axes: x forward, y up, z to the right, of ground and of every segment as the model stands "
      "upright (ISB); metres and radians in runner.osim, OpenSim's signs."};
  if (std::isfinite(fit.height_m.value)) {
    items.push_back(fmt::format("Height {} cm ({}).", plain_number(1e2 * fit.height_m.value, 0),
                                fit.height_m.source));
  }
  if (std::isfinite(fit.mass_kg.value)) {
    items.push_back(
        fmt::format("Mass {} kg ({}).", plain_number(fit.mass_kg.value, 1), fit.mass_kg.source));
  }
  return items;
}

void write_rests_on(Markup& html, const FitSummary& fit) {
  write_heading(html, 6, "What this rests on, and what it cannot tell");
  html.element("h3", "What this cannot tell");
  write_bullets(html, limits_of_fit(fit));
  html.element("h3", "Conventions");
  write_bullets(html, conventions_of_fit(fit));
  html.element("h3", "What was assumed");
  if (fit.assumptions.empty()) {
    write_paragraph(html, "Nothing beyond the conventions above.");
  } else {
    write_bullets(html, fit.assumptions);
  }
  write_provenance(html, fit.provenance);
}

}  // namespace

std::string measured_words(double measured_share) {
  if (!std::isfinite(measured_share)) return "not known";
  if (measured_share <= 0.0) return "proportion alone";
  const std::string percent = plain_number(1e2 * measured_share, 0) + " %";
  if (measured_share >= 0.75) return "measured (" + percent + ")";
  if (measured_share >= 0.25) return "partly measured (" + percent + ")";
  return "mostly prior (" + percent + ")";
}

std::string render_fit_html(const FitSummary& fit) {
  Markup html;
  html.raw("<!DOCTYPE html>\n");
  html.open("html", {{"lang", "en"}});
  write_page_head(html, "Catena: a body for " +
                            (fit.model_name.empty() ? std::string("a runner") : fit.model_name));
  html.open("body");
  html.open("main");
  write_top(html, fit);
  write_picture(html, fit);
  write_segments(html, fit);
  write_joints(html, fit);
  write_markers(html, fit);
  write_trials(html, fit);
  write_rests_on(html, fit);
  html.close();
  html.close();
  html.close();
  return std::move(html).finish();
}

}  // namespace catena
