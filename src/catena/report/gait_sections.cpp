#include "catena/report/gait_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "catena/core/units.h"
#include "catena/report/curve_page.h"
#include "catena/report/html_page.h"
#include "catena/report/number_text.h"

namespace catena {
namespace {

std::string shown(const MeasureInfo& info, double value) {
  return std::isnan(value) ? "not known" : plain_number(value * info.shown_per_unit, info.decimals);
}

std::string both_cell(const MeasureInfo& info, const Estimate& both) {
  if (std::isnan(both.value)) return "not known";
  if (std::isnan(both.low)) return shown(info, both.value) + " (no interval)";
  return fmt::format("{} ({} to {})", shown(info, both.value), shown(info, both.low),
                     shown(info, both.high));
}

/// "10 \u00b1 4", or that it cannot be told from none.
std::string difference_cell(const MeasureInfo& info, const MeasureSummary& summary) {
  if (!info.compares_sides) return "\u2013";
  if (std::isnan(summary.asymmetry.value)) return "not known";
  const std::string size = fmt::format(
      "{} \u00b1 {}", shown(info, summary.asymmetry.value),
      std::isnan(summary.smallest_detectable) ? "?" : shown(info, summary.smallest_detectable));
  return summary.distinguishable ? size : size + ", not distinguishable";
}

const ScalarAgainstReference* of_reference(const RecordingGait& gait, const std::string& name,
                                           Side side) {
  if (!gait.compared) return nullptr;
  for (const ScalarAgainstReference& scalar : gait.compared->scalars) {
    if (scalar.name == name && scalar.side == side) return &scalar;
  }
  return nullptr;
}

// Of fewer runners a quantile says nothing that their range does not.
constexpr int kFewestForQuantile = 20;
// A band that holds a new runner's whole curve is ten and more standard deviations wide for fewer:
// drawn, it would hide the curves.
constexpr int kFewestForBand = 10;

/// Other runners at this speed, right and left: their range, and how many of them lie below.
std::string others_cell(const RecordingGait& gait, const MeasureInfo& info) {
  std::string cell;
  for (const Side side : kSides) {
    const ScalarAgainstReference* others = of_reference(gait, info.name, side);
    if (others == nullptr || std::isnan(others->middle)) continue;
    cell += fmt::format("{}{}: {} to {}", cell.empty() ? "" : "; ", kSideNames.at(side),
                        shown(info, others->low), shown(info, others->high));
    if (others->n < kFewestForQuantile) continue;
    cell += fmt::format(", {} % below", plain_number(100.0 * others->quantile, 0));
  }
  return cell;
}

/// The curve's band of other runners, from where the page counts.
std::vector<BandBehind> bands_behind(const RecordingGait& gait, bool from_standing) {
  std::vector<BandBehind> bands;
  if (!gait.compared || gait.compared->n_runners < kFewestForBand) return bands;
  for (const CurveAgainstReference& curve : gait.compared->curves) {
    if (curve.side == kRight && curve.from_standing == from_standing && curve.low_rad.size() > 0) {
      bands.push_back({curve.name, curve.low_rad, curve.high_rad});
    }
  }
  return bands;
}

std::string band_caption(const RecordingGait& gait, bool is_drawn) {
  if (is_drawn) {
    return fmt::format(
        "Behind the right leg's curves: the band of {} runners at {} m/s, which holds the whole "
        "curve of {} % of new runners.",
        gait.compared->n_runners, plain_number(gait.compared->speed_m_s, 1),
        plain_number(100.0 * gait.compared->curves.front().level, 0));
  }
  if (!gait.compared || !gait.compared->why_no_curves.empty()) {
    return "No band of other runners: there is no reference that matches.";
  }
  return fmt::format(
      "No band of other runners: from {} runners one that holds for whole curves would be wider "
      "than the plots; it is in result.json.",
      gait.compared->n_runners);
}

std::string title_of(const RecordingResult& recording) {
  return recording.name == recording.demand ? recording.name
                                            : recording.name + ", " + recording.demand;
}

void write_figure(Markup& html, const std::string& svg, const std::string& caption) {
  html.open("figure", {{"class", "wide"}});
  html.raw(svg);
  html.element("figcaption", caption);
  html.close();
}

void write_note(Markup& html, const std::string& words) {
  if (!words.empty()) html.element("p", words, {{"class", "note"}});
}

bool has_strides(const RecordingResult& recording) {
  return !recording.gait.strides.strides.empty();
}

/// A figure of papers beside both sides.
struct PublishedRow {
  const PublishedFigure* figure = nullptr;
  std::array<double, 2> value = {NAN, NAN};
  FigurePoint others;
};

std::vector<PublishedRow> published_rows(const RecordingGait& gait) {
  std::vector<PublishedRow> rows;
  for (const PublishedComparison& compared : gait.published) {
    auto row = std::find_if(rows.begin(), rows.end(),
                            [&](const PublishedRow& r) { return r.figure == compared.figure; });
    if (row == rows.end()) {
      rows.push_back({compared.figure, {NAN, NAN}, compared.others});
      row = std::prev(rows.end());
    }
    row->value.at(compared.side) = compared.value;
  }
  return rows;
}

/// Two figures after the point below ten, one above.
std::string figure_text(double value) {
  return std::isnan(value) ? "not known" : plain_number(value, std::abs(value) < 10.0 ? 2 : 1);
}

std::string others_text(const PublishedRow& row) {
  std::string text = figure_text(row.others.mean);
  if (std::isfinite(row.others.sd)) text += " \u00b1 " + figure_text(row.others.sd);
  if (std::isfinite(row.others.low)) {
    text += fmt::format("; {} to {}: {}", figure_text(row.others.low), figure_text(row.others.high),
                        row.figure->interval);
  }
  return text;
}

void write_published(Markup& html, const RecordingResult& recording) {
  HtmlTable table;
  table.caption = title_of(recording) + ": beside what papers say";
  table.columns = {"Figure", "Right", "Left", "Published, mean \u00b1 SD", "Source"};
  for (const PublishedRow& row : published_rows(recording.gait)) {
    const std::string unit = row.figure->unit == "1" ? "" : ", " + row.figure->unit;
    table.rows.push_back({capital(row.figure->name) + unit, figure_text(row.value[kRight]),
                          figure_text(row.value[kLeft]), others_text(row), row.figure->source});
  }
  if (!table.rows.empty()) write_html_table(html, table);
}

/// "Hip flexion: from 69 to 100 % by up to 7.6", right minus left, as in the tables; the comparison
/// counts the other way round. Empty where nothing can be told.
std::string side_difference(const CurveDifference& curve) {
  std::string text;
  for (const DifferenceSpan& span : curve.spans) {
    if (!span.is_detectable) continue;
    text += fmt::format("{} from {} to {} % by up to {}\u00b0", text.empty() ? "" : ",",
                        plain_number(span.from_percent, 0), plain_number(span.to_percent, 0),
                        plain_number(-span.largest_rad * kDegPerRad, 1));
  }
  if (text.empty()) return text;
  std::string name = curve.name;
  std::replace(name.begin(), name.end(), '_', ' ');
  return capital(name) + ":" + text;
}

std::string percent_text(double part) {
  return std::isnan(part) ? "?" : plain_number(100.0 * part, 0);
}

std::string angle_text(double value_rad) {
  return std::isnan(value_rad) ? "?" : plain_number(value_rad * kDegPerRad, 0);
}

/// "35 / 41": of the right and of the left leg.
template <class Read>
std::string both_sides(const std::array<std::vector<Coupling>, 2>& couplings, std::size_t row,
                       Read text_of) {
  std::string cell;
  for (const std::vector<Coupling>& of_side : couplings) {
    if (row < of_side.size()) cell += (cell.empty() ? "" : " / ") + text_of(of_side[row]);
  }
  return cell;
}

HtmlTable coupling_table(const RecordingResult& recording) {
  const auto& couplings = recording.gait.couplings;
  HtmlTable table;
  table.caption = title_of(recording) + ": right / left";
  table.columns = {"Parts",          "In phase, %", "Anti-phase, %",       "First part, %",
                   "Second part, %", "Varies, deg", "Relative phase, deg", "Strides"};
  const std::size_t rows = std::max(couplings[0].size(), couplings[1].size());
  for (std::size_t row = 0; row < rows; ++row) {
    const Coupling& any = row < couplings[0].size() ? couplings[0][row] : couplings[1][row];
    std::vector<std::string> cells = {capital(any.label)};
    const auto add = [&](auto text_of) { cells.push_back(both_sides(couplings, row, text_of)); };
    for (std::size_t pattern = 0; pattern < kCouplingPatternNames.size(); ++pattern) {
      add([&](const Coupling& c) { return percent_text(c.pattern_of_stride.at(pattern)); });
    }
    add([](const Coupling& c) {
      return c.enough_for_variability ? angle_text(c.coupling_variability_rad.value) : "?";
    });
    add([](const Coupling& c) {
      return c.phase_is_steady ? angle_text(c.mean_absolute_phase_rad.value) : "?";
    });
    add([](const Coupling& c) { return std::to_string(c.n_strides); });
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

HtmlTable stride_table(const RecordingResult& recording) {
  const RecordingGait& gait = recording.gait;
  const Spatiotemporal& s = gait.spatiotemporal;
  HtmlTable table;
  const auto n = [&](Side side) {
    return std::count_if(gait.strides.strides.begin(), gait.strides.strides.end(),
                         [&](const Stride& stride) { return stride.side == side; });
  };
  table.caption = fmt::format("{}: {}, {} right and {} left strides", title_of(recording),
                              kGaitNames.at(static_cast<std::size_t>(s.gait)), n(kRight), n(kLeft));
  table.columns = {"Measure", "Right", "Left", "Both (90 %)", "Right \u2212 left (95 %)"};
  const bool has_others = gait.compared && gait.compared->why_no_scalars.empty();
  if (has_others) {
    table.columns.push_back(fmt::format("{} other runners", gait.compared->n_runners));
  }
  for (std::size_t k = 0; k < kMeasureCount; ++k) {
    const MeasureInfo& info = kMeasures.at(k);
    const MeasureSummary& summary = s.measures.at(k);
    if (!applies(static_cast<StrideMeasure>(k), s.gait)) continue;
    std::vector<std::string> row = {fmt::format("{}, {}", capital(info.label), info.shown_unit)};
    if (!summary.why.empty()) {
      row.insert(row.end(), {"not known", "not known", summary.why, "not known"});
    } else {
      row.insert(row.end(), {shown(info, summary.side[0].value), shown(info, summary.side[1].value),
                             both_cell(info, summary.both), difference_cell(info, summary)});
    }
    if (has_others) row.push_back(others_cell(gait, info));
    table.rows.push_back(std::move(row));
  }
  return table;
}

void write_strides(Markup& html, const Results& results, int& number) {
  write_heading(html, ++number, "The strides");
  write_paragraph(html,
                  "Means over the strides of a recording. In brackets how well the mean is known, "
                  "not how single strides differ. Right minus left comes with the smallest "
                  "difference that this recording could tell from none; below it the sides are not "
                  "distinguishable. Both sides have one rhythm and one way: where a dash stands "
                  "they cannot differ.");
  for (const RecordingResult& recording : results.recordings) {
    if (!has_strides(recording)) {
      write_note(html,
                 title_of(recording) + ": no whole stride from contact to contact was found.");
      continue;
    }
    write_html_table(html, stride_table(recording));
    if (recording.gait.compared) {
      write_note(html, recording.gait.compared->why_no_scalars);
      for (const std::string& note : recording.gait.compared->notes) write_note(html, note);
    }
  }
  for (const RecordingResult& recording : results.recordings) write_published(html, recording);
}

namespace {

/// What of right and left could be compared at all comes before what was found.
void write_side_differences(Markup& html, const CurveComparison& sides,
                            const std::vector<std::string>& lines) {
  const auto n = std::count_if(sides.curves.begin(), sides.curves.end(),
                               [](const CurveDifference& curve) { return curve.why.empty(); });
  if (n == 0) {
    write_note(html, "Right and left were not compared: there are too few whole strides.");
    return;
  }
  if (n < std::ssize(sides.curves)) {
    write_note(html, fmt::format("Of {} angles {} could be compared between right and left.",
                                 sides.curves.size(), n));
  }
  if (lines.empty()) {
    write_note(html,
               "Right and left: no difference above the smallest detectable change is shown.");
    return;
  }
  write_note(html,
             "Right minus left, where that is more than the measurement's smallest detectable "
             "change (markers are put on each side anew):");
  write_bullets(html, lines);
}

}  // namespace

void write_angle_curves(Markup& html, const Results& results, int& number) {
  write_heading(html, ++number, "Angles over the stride");
  write_paragraph(
      html,
      std::string("From a contact (0 %) to the next contact of the same foot (100 %). Right "
                  "curves are of right strides, left curves of left ones; lines are means, "
                  "bands one standard deviation of the strides, the upright lines toe-off. ") +
          (results.has_standing ? "Counted from the runner's own standing trial."
                                : "Counted from the model's frames: there was no standing "
                                  "trial, so offsets of 10 to 20\u00b0 may be anatomy."));
  for (const RecordingResult& recording : results.recordings) {
    const RecordingGait& gait = recording.gait;
    CurvePageOptions options;
    options.from_standing = results.has_standing;
    options.behind = bands_behind(gait, results.has_standing);
    const std::string page = draw_curve_page(gait.curves, options);
    if (page.empty()) continue;
    html.element("h3", title_of(recording));
    write_figure(html, page, band_caption(gait, !options.behind.empty()));
    if (gait.compared) write_note(html, gait.compared->why_no_curves);
    std::vector<std::string> lines;
    for (const CurveDifference& curve : gait.sides.curves) {
      const std::string line = side_difference(curve);
      if (!line.empty()) lines.push_back(line);
    }
    write_side_differences(html, gait.sides, lines);
  }
}

void write_consistency(Markup& html, const Results& results, int& number) {
  write_heading(html, ++number, "How alike the strides are");
  write_paragraph(html,
                  "Every stride as a thin line. Strides that are not like the others are drawn "
                  "thick, listed, and left out of the mean curves, not of the tables of strides; "
                  "result.json has the mean curves with them as well.");
  for (const RecordingResult& recording : results.recordings) {
    for (const StrideCurves& curves : recording.gait.curves) {
      CurvePageOptions options;
      options.from_standing = results.has_standing;
      const std::string page = draw_consistency_page(curves, options);
      if (page.empty()) continue;
      // All but the last recording are folded, so that the page stays short.
      const bool is_open = &recording == &results.recordings.back();
      if (is_open) {
        html.open("details", {{"open", "open"}});
      } else {
        html.open("details");
      }
      html.element("summary", title_of(recording) + ": " + kSideNames.at(curves.side) + " leg");
      const std::vector<std::string> lines = outlier_sentences(curves);
      write_figure(html, page,
                   lines.empty()
                       ? fmt::format("{} strides; none stands out.", curves.strides.size())
                       : fmt::format("{} strides, {} of them left out.", curves.strides.size(),
                                     lines.size()));
      if (!lines.empty()) write_bullets(html, lines);
      html.close();
    }
  }
}

void write_coordination(Markup& html, const Results& results, int& number) {
  const bool any = std::any_of(
      results.recordings.begin(), results.recordings.end(), [](const RecordingResult& recording) {
        return !recording.gait.couplings[0].empty() || !recording.gait.couplings[1].empty();
      });
  if (!any) return;
  write_heading(html, ++number, "How the parts turn together");
  write_paragraph(
      html, fmt::format(
                "How much of the stride two parts turn the same way (in phase), against each other "
                "(anti-phase), or only one of them turns (vector coding, Chang et al. 2008). What "
                "varies from stride to stride needs {} strides, the pattern {}. The relative phase "
                "is the mean of its size over the stride: 0\u00b0 together, 180\u00b0 against each "
                "other.",
                kStridesForVariability, kStridesForPattern));
  std::set<std::string> warnings;
  for (const RecordingResult& recording : results.recordings) {
    if (recording.gait.couplings[0].empty() && recording.gait.couplings[1].empty()) continue;
    write_html_table(html, coupling_table(recording));
    for (const std::vector<Coupling>& of_side : recording.gait.couplings) {
      for (const Coupling& coupling : of_side) {
        for (const std::string& warning : coupling.warnings) {
          warnings.insert(capital(warning));
        }
      }
    }
  }
  if (warnings.empty()) return;
  html.element("p", "To be careful with:", {{"class", "note"}});
  write_bullets(html, {warnings.begin(), warnings.end()});
}

}  // namespace catena
