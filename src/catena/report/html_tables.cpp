#include "catena/report/html_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "catena/core/units.h"
#include "catena/report/html_page.h"
#include "catena/report/number_text.h"
#include "catena/report/parts.h"

namespace catena {
namespace {

constexpr Script kScript = Script::kTypographic;

// More demands than this do not fit beside each other on paper.
constexpr std::size_t kMostLeftOutColumns = 6;

// Cells longer than this may break into lines; numbers with intervals are shorter and never do.
constexpr std::size_t kLongCell = 30;

std::vector<std::string> budget_row(const std::string& name, const BudgetSummary& budget,
                                    bool has_thorax) {
  std::vector<std::string> row = {name, degrees_text(budget.thigh_deg, kScript)};
  for (const PartStyle& part : chain_parts(has_thorax)) {
    row.push_back(degrees_text(budget.*part.budget_deg, kScript));
  }
  row.push_back(std::to_string(budget.n_strides));
  return row;
}

// "0.45 (without ramp, 31 to 36 s) to 0.59 (without ramp, 54 to 60 s)"
std::string left_out_range(const std::vector<LeftOut>& left_out) {
  const auto by_share = [](const LeftOut& a, const LeftOut& b) { return a.share < b.share; };
  const auto [least, most] = std::minmax_element(left_out.begin(), left_out.end(), by_share);
  if (least == left_out.end()) return "not known";
  return fmt::format("{} (without {}) to {} (without {})", plain_number(least->share, 2),
                     least->demand, plain_number(most->share, 2), most->demand);
}

}  // namespace

void write_html_table(Markup& html, const HtmlTable& table) {
  // A table that is wider than the screen is scrolled by keys as well.
  html.open("div", {{"class", "scroll"}, {"tabindex", "0"}});
  html.open("table", {{"class", table.name.empty() ? "stack" : "stack " + table.name}});
  if (!table.caption.empty()) html.element("caption", table.caption);
  html.open("thead");
  html.open("tr");
  for (const std::string& column : table.columns) {
    html.element("th", column, {{"scope", "col"}});
  }
  html.close();
  html.close();
  html.open("tbody");
  for (const std::vector<std::string>& row : table.rows) {
    html.open("tr");
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == 0) {
        html.element("th", row[i], {{"scope", "row"}});
      } else {
        // The word stands in an element of its own, so that a phone can set it apart.
        html.open("td", {{"data-label", table.columns[i]},
                         {"class", row[i].size() > kLongCell ? "wrap" : ""}});
        html.element("span", row[i]);
        html.close();
      }
    }
    html.close();
  }
  html.close();
  html.close();
  html.close();
}

HtmlTable share_table(const Results& results, Side side) {
  const TakeUp& take_up = results.legs[side].take_up;
  HtmlTable table;
  table.caption =
      fmt::format("{} leg: share of each further degree, over {} demand{}",
                  capital(kSideNames[side]), take_up.n_demands, take_up.n_demands == 1 ? "" : "s");
  if (take_up.thigh_spread_rad > 0.0) {
    table.caption += fmt::format(", thigh peaks {}\u00b0 apart",
                                 plain_number(take_up.thigh_spread_rad * kDegPerRad, 1));
  }
  table.columns = {"Part", "Share (interval)", "By rotation and drop", "Pooled slope"};
  const bool one_column_each = take_up.hip.left_out.size() <= kMostLeftOutColumns;
  if (one_column_each) {
    for (const LeftOut& item : take_up.hip.left_out) {
      table.columns.push_back("Without " + item.demand);
    }
  } else {
    table.columns.emplace_back("Least and most with one left out");
  }
  std::vector<PartStyle> parts = chain_parts(take_up.has_thorax);
  if (take_up.has_thorax) parts.push_back(pelvis_part());
  for (const PartStyle& part : parts) {
    const Share& share = take_up.*part.share;
    std::vector<std::string> row = {capital(part.name), share_text(share.estimate, kScript),
                                    share_text(share.rest, kScript),
                                    plain_number(share.pooled_slope, 2)};
    if (one_column_each) {
      for (std::size_t i = 0; i < take_up.hip.left_out.size(); ++i) {
        const bool has = i < share.left_out.size();
        row.push_back(has ? plain_number(share.left_out[i].share, 2) : "not known");
      }
    } else {
      row.push_back(left_out_range(share.left_out));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

HtmlTable stop_table(const Results& results, Side side) {
  const HipStop& stop = results.legs[side].take_up.hip_stop;
  HtmlTable table;
  table.caption = fmt::format("{} leg: does the hip come to a stop?", capital(kSideNames[side]));
  table.columns = {"Curve", "Probability"};
  table.rows = {{"Straight line", probability_text(stop.line)},
                {"A stop", probability_text(stop.towards_stop)},
                {"A gentle bend", probability_text(stop.gently)},
                {"Bend the other way", probability_text(stop.other_way)}};
  if (stop.verdict != StopVerdict::kReached) return table;

  // Where it bends, and what the hip gives on either side.
  const std::pair<const char*, std::string> places[] = {
      {"Hip at the bend", angle_text(stop.hip_rad, kScript, "\u00b0")},
      {"Thigh at the bend", angle_text(stop.thigh_rad, kScript, "\u00b0")},
      {"Hip's share before", share_text(stop.share_before, kScript)},
      {"Hip's share beyond", share_text(stop.share_beyond, kScript)}};
  for (const auto& [column, words] : places) {
    table.columns.emplace_back(column);
    for (std::vector<std::string>& row : table.rows) row.emplace_back("-");
    table.rows[1].back() = words;
  }
  return table;
}

HtmlTable budget_table(const Results& results, Side side) {
  const LegResult& leg = results.legs[side];
  HtmlTable table;
  table.caption = fmt::format(
      "{} leg: budget in degrees; at the peak from {}, gained from the "
      "vertical thigh",
      capital(kSideNames[side]), results.has_standing ? "standing" : "the upright");
  table.columns = {"Budget", "Thigh"};
  for (const PartStyle& part : chain_parts(results.has_thorax)) {
    table.columns.push_back(capital(part.name));
  }
  table.columns.emplace_back("Strides");
  table.rows.push_back(budget_row("At the peak", leg.at_peak, results.has_thorax));
  table.rows.push_back(budget_row("Gained", leg.gained, results.has_thorax));
  if (leg.by_demand.size() > 1) {
    for (const DemandBudget& demand : leg.by_demand) {
      table.rows.push_back(
          budget_row("Peak at " + demand.demand, demand.at_peak, results.has_thorax));
    }
  }
  return table;
}

HtmlTable marker_fit_table(const Results& results) {
  HtmlTable table;
  table.columns = {"Recording",       "Demand",       "Frames",        "Strides, right and left",
                   "Marker fit, RMS", "Worst marker", "Frames solved", "Marker positions missing"};
  for (const RecordingResult& recording : results.recordings) {
    const auto millimetres = [](double value_m) { return plain_number(1e3 * value_m, 1) + " mm"; };
    const auto percent = [](double fraction) { return plain_number(1e2 * fraction, 1) + " %"; };
    table.rows.push_back(
        {recording.name, recording.demand,
         fmt::format("{} at {} Hz", recording.frames, plain_number(recording.rate_hz, 0)),
         fmt::format("{} and {}", recording.n_strides[kRight], recording.n_strides[kLeft]),
         millimetres(recording.marker_rms_m),
         recording.worst_marker + ", " + millimetres(recording.worst_marker_rms_m),
         percent(recording.converged_fraction), percent(recording.missing_fraction)});
  }
  return table;
}

}  // namespace catena
