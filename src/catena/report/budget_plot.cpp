#include "catena/report/budget_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "catena/model/chain_map.h"
#include "catena/report/number_text.h"
#include "catena/report/palette.h"
#include "catena/report/parts.h"
#include "catena/report/svg.h"

namespace catena {
namespace {

constexpr double kWidth = 360.0;
constexpr double kPlotLeft = 82.0;  // row labels end here
constexpr double kPlotRight = 346.0;
constexpr double kBarHeight = 20.0;
constexpr double kLane = 6.5;  // of a whisker under its bar
constexpr double kThinBarHeight = 11.0;
constexpr double kThinRow = 21.0;
constexpr std::size_t kLongestLabel = 12;

// A part's place in a stack: positive parts pile up to the right of zero, negative to the left.
struct Segment {
  PartStyle part;
  Estimate estimate_deg;
  double start_deg = 0.0, end_deg = 0.0;
};

std::vector<Segment> stack(const BudgetSummary& budget, bool has_thorax) {
  std::vector<Segment> segments;
  double right_deg = 0.0;
  double left_deg = 0.0;
  for (const PartStyle& part : chain_parts(has_thorax)) {
    const Estimate& estimate = budget.*part.budget_deg;
    if (!std::isfinite(estimate.value)) continue;
    double& edge = estimate.value < 0.0 ? left_deg : right_deg;
    segments.push_back({part, estimate, edge, edge + estimate.value});
    edge += estimate.value;
  }
  return segments;
}

void widen(BudgetScale& scale, const BudgetSummary& budget, bool has_thorax) {
  const auto include = [&scale](double value_deg) {
    if (!std::isfinite(value_deg)) return;
    scale.low_deg = std::min(scale.low_deg, value_deg);
    scale.high_deg = std::max(scale.high_deg, value_deg);
  };
  for (const Segment& segment : stack(budget, has_thorax)) {
    include(segment.end_deg);
    include(segment.start_deg + segment.estimate_deg.low);
    include(segment.start_deg + segment.estimate_deg.high);
  }
  include(budget.thigh_deg.value);
}

std::string shorten(const std::string& text) {
  if (text.size() <= kLongestLabel) return text;
  return text.substr(0, kLongestLabel - 1) + "\u2026";
}

// The bar itself, and a diamond where the parts sum up to.
void draw_bar(Svg& svg, const Axis& x, const std::vector<Segment>& segments, double top,
              double height) {
  for (const Segment& segment : segments) {
    const double from = x.at(std::min(segment.start_deg, segment.end_deg));
    const double to = x.at(std::max(segment.start_deg, segment.end_deg));
    svg.rect({from, top}, {to - from, height},
             {.stroke = kPaper, .width = 1.0, .fill = segment.part.color},
             segment.part.name + " " +
                 degrees_text(segment.estimate_deg, Script::kTypographic, "\u00b0"));
  }
}

void draw_sum(Svg& svg, const Axis& x, const Estimate& thigh_deg, double middle, double radius) {
  if (!std::isfinite(thigh_deg.value)) return;
  svg.marker(MarkerShape::kDiamond, {x.at(thigh_deg.value), middle}, radius,
             {.stroke = kPaper, .width = 1.5, .fill = kInk},
             "thigh extension " + degrees_text(thigh_deg, Script::kTypographic, "\u00b0"));
}

// The spread over strides: under the bar one thin line a part, about the outer end of its segment,
// and one for the thigh.
void draw_whiskers(Svg& svg, const Axis& x, const std::vector<Segment>& segments,
                   const Estimate& thigh_deg, double top) {
  double y = top;
  const auto whisker = [&](double start_deg, const Estimate& estimate_deg,
                           const std::string& color) {
    y += kLane;
    const SvgPoint from(x.at(start_deg + estimate_deg.low), y);
    const SvgPoint to(x.at(start_deg + estimate_deg.high), y);
    const Pen pen{.stroke = color, .width = 1.6};
    svg.line(from, to, pen);
    for (const SvgPoint& end : {from, to}) {
      svg.line(end - SvgPoint(0.0, 2.0), end + SvgPoint(0.0, 2.0), pen);
    }
    svg.circle({x.at(start_deg + estimate_deg.value), y}, 2.0, {.fill = color});
  };
  for (const Segment& segment : segments) {
    whisker(segment.start_deg, segment.estimate_deg, segment.part.color);
  }
  whisker(0.0, thigh_deg, kInk);
}

// Beneath a bar: each part's colour, name and number with its interval.
void draw_key(Svg& svg, const BudgetSummary& budget, bool has_thorax, double top) {
  constexpr double kKeyLeft = 8.0;
  constexpr double kColumn = 160.0;
  constexpr double kLine = 16.0;
  double y = top;
  int place = 0;
  const auto entry = [&](const std::string& color, const std::string& text, bool diamond) {
    const double left = kKeyLeft + kColumn * (place % 2);
    if (place > 0 && place % 2 == 0) y += kLine;
    if (diamond) {
      svg.marker(MarkerShape::kDiamond, {left + 4.5, y - 4.0}, 4.5, {.fill = color});
    } else {
      svg.rect({left, y - 8.5}, {9.0, 9.0}, {.fill = color});
    }
    svg.text({left + 14.0, y}, text, {.size = 10.0});
    ++place;
  };
  for (const PartStyle& part : chain_parts(has_thorax)) {
    const std::string name = part.name == "forward lean" ? "lean" : part.name;
    entry(part.color, name + " " + degrees_text(budget.*part.budget_deg, Script::kTypographic),
          false);
  }
  entry(kInk, "thigh " + degrees_text(budget.thigh_deg, Script::kTypographic), true);
}

void draw_row_label(Svg& svg, double middle, const std::string& first, const std::string& second) {
  const double shift = second.empty() ? 4.0 : -2.0;
  svg.text({kPlotLeft - 10.0, middle + shift}, first, {.size = 11.0, .anchor = Anchor::kEnd});
  if (second.empty()) return;
  svg.text({kPlotLeft - 10.0, middle + 11.0}, second,
           {.size = 9.5, .fill = kMuted, .anchor = Anchor::kEnd});
}

}  // namespace

BudgetScale budget_scale(const Results& results) {
  BudgetScale scale{0.0, 1.0};
  for (const LegResult& leg : results.legs) {
    widen(scale, leg.at_peak, results.has_thorax);
    widen(scale, leg.gained, results.has_thorax);
    for (const DemandBudget& demand : leg.by_demand) {
      widen(scale, demand.at_peak, results.has_thorax);
    }
  }
  const Range range = round_range(scale.low_deg, scale.high_deg, 7);
  return {range.low, range.high};
}

std::string draw_budget(const Results& results, Side side, const BudgetScale& scale) {
  const LegResult& leg = results.legs[side];
  const bool by_demand = leg.by_demand.size() > 1;
  const double lanes =
      4.0 + kLane * (static_cast<double>(chain_parts(results.has_thorax).size()) + 1.0);
  const double block_height = kBarHeight + lanes + 50.0;
  const double demands_top = 10.0 + 2.0 * block_height + 14.0;
  const double plot_bottom =
      by_demand ? demands_top + kThinRow * static_cast<double>(leg.by_demand.size()) + 2.0
                : 10.0 + 2.0 * block_height - 4.0;
  const double height = plot_bottom + 54.0;

  Svg svg(kWidth, height,
          fmt::format("Leg-behind budget of the {} leg: bars of hip, low back and lean in degrees",
                      kSideNames[side]));
  const Axis x{scale.low_deg, scale.high_deg, kPlotLeft, kPlotRight};
  const Axis y{0.0, 1.0, plot_bottom, 6.0};
  draw_axes(svg, x, y, {.x_label = "degrees", .most_x_ticks = 7, .most_y_ticks = 0});
  svg.text({(kPlotLeft + kPlotRight) / 2.0, plot_bottom + 46.0},
           results.has_thorax ? "+: hip and low back extend, trunk leans forward"
                              : "+: hip extends, pelvis tips forward",
           {.size = 9.5, .fill = kMuted, .anchor = Anchor::kMiddle});

  // The two budgets, each with its numbers beneath.
  const auto block = [&](const BudgetSummary& budget, double top, const std::string& name,
                         const std::string& reference) {
    draw_row_label(svg, top + kBarHeight / 2.0, name, reference);
    const std::vector<Segment> segments = stack(budget, results.has_thorax);
    if (segments.empty()) {
      svg.text({kPlotLeft + 8.0, top + kBarHeight / 2.0 + 4.0}, "not known in these recordings",
               {.size = 10.5, .fill = kMuted, .halo = true});
      return;
    }
    draw_bar(svg, x, segments, top, kBarHeight);
    draw_whiskers(svg, x, segments, budget.thigh_deg, top + kBarHeight);
    draw_sum(svg, x, budget.thigh_deg, top + kBarHeight / 2.0, 5.5);
    svg.rect({0.0, top + kBarHeight + lanes}, {kWidth, 38.0}, {.fill = kPaper});
    draw_key(svg, budget, results.has_thorax, top + kBarHeight + lanes + 13.0);
  };
  block(leg.at_peak, 10.0, "at the peak", results.has_standing ? "from standing" : "from upright");
  block(leg.gained, 10.0 + block_height, "gained", "from vertical");
  if (!by_demand) return std::move(svg).finish();

  // The same at the peak, demand by demand.
  svg.text({14.0, demands_top - 9.0}, "at the peak, by demand",
           {.size = 9.5, .fill = kMuted, .halo = true});
  double top = demands_top;
  for (const DemandBudget& demand : leg.by_demand) {
    draw_row_label(svg, top + kThinBarHeight / 2.0, shorten(demand.demand), "");
    draw_bar(svg, x, stack(demand.at_peak, results.has_thorax), top, kThinBarHeight);
    draw_sum(svg, x, demand.at_peak.thigh_deg, top + kThinBarHeight / 2.0, 4.5);
    top += kThinRow;
  }
  return std::move(svg).finish();
}

}  // namespace catena
