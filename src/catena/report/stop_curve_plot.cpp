#include "catena/report/stop_curve_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "catena/core/units.h"
#include "catena/report/number_text.h"
#include "catena/report/palette.h"
#include "catena/report/parts.h"
#include "catena/report/svg.h"

namespace catena {
namespace {

constexpr double kWidth = 360.0;
constexpr double kPlotLeft = 48.0;
constexpr double kPlotRight = 348.0;
constexpr double kPanelGap = 26.0;

// One stride as the panels draw it.
struct Dot {
  double thigh_deg = 0.0;
  std::vector<double> part_deg;  // per part
  int demand = 0;
  std::string tooltip;
};

struct StopCurve {
  std::vector<PartStyle> parts;
  std::vector<std::string> demands;
  std::vector<Dot> dots;
  Range thigh_deg;
  std::vector<double> middle_deg;  // centre of each panel
  double half_span_deg = 1.0;      // the same for all panels
};

std::vector<Dot> collect_dots(const Results& results, const LegResult& leg,
                              const StopCurve& curve) {
  std::vector<Dot> dots;
  for (const StrideResult& stride : leg.strides) {
    const RecordingResult& recording =
        results.recordings[static_cast<std::size_t>(stride.recording)];
    Dot dot;
    dot.thigh_deg = stride.at_peak.thigh_rad * kDegPerRad;
    dot.tooltip = fmt::format("{}, {:.2f} s: thigh {}\u00b0", recording.name, stride.peak_time_s,
                              plain_number(dot.thigh_deg, 1));
    for (const PartStyle& part : curve.parts) {
      const double value_deg = (stride.at_peak.*part.contribution).total_rad * kDegPerRad;
      dot.part_deg.push_back(value_deg);
      dot.tooltip += fmt::format(", {} {}\u00b0", part.name, plain_number(value_deg, 1));
    }
    const auto place = std::find(curve.demands.begin(), curve.demands.end(), recording.demand);
    dot.demand = static_cast<int>(place - curve.demands.begin());
    dots.push_back(std::move(dot));
  }
  return dots;
}

// The panels share one span, so that one degree is as high in each as in the others.
void choose_ranges(StopCurve& curve) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  double low = kInfinity;
  double high = -kInfinity;
  for (const Dot& dot : curve.dots) {
    if (!std::isfinite(dot.thigh_deg)) continue;
    low = std::min(low, dot.thigh_deg);
    high = std::max(high, dot.thigh_deg);
  }
  // At least ten degrees wide, so that the scatter of one demand does not look like a trend.
  const double margin = std::max({1.0, 0.06 * (high - low), 5.0 - 0.5 * (high - low)});
  curve.thigh_deg = {low - margin, high + margin};
  curve.half_span_deg = 3.0;
  for (std::size_t k = 0; k < curve.parts.size(); ++k) {
    double part_low = kInfinity;
    double part_high = -kInfinity;
    for (const Dot& dot : curve.dots) {
      if (!std::isfinite(dot.part_deg[k])) continue;
      part_low = std::min(part_low, dot.part_deg[k]);
      part_high = std::max(part_high, dot.part_deg[k]);
    }
    curve.middle_deg.push_back(part_high < part_low ? 0.0 : (part_low + part_high) / 2.0);
    if (part_high > part_low) {
      curve.half_span_deg = std::max(curve.half_span_deg, 0.5 * (part_high - part_low) + 2.0);
    }
  }
}

// The value at quantile `p` of a list, linear between neighbours.
double quantile(std::vector<double> values, double p) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double place = p * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  const double part = place - static_cast<double>(below);
  return values[below] + part * (values[above] - values[below]);
}

std::vector<double> draws_of(const TakeUp& take_up, std::size_t part) {
  std::vector<double> draws;
  if (static_cast<Eigen::Index>(part) >= take_up.draws.cols()) return draws;
  for (Eigen::Index i = 0; i < take_up.draws.rows(); ++i) {
    draws.push_back(take_up.draws(i, static_cast<Eigen::Index>(part)));
  }
  return draws;
}

// The line through the centre with the median share as slope, and the band of slopes around it.
void draw_fit(Svg& svg, const Axis& x, const Axis& y, const TakeUp& take_up, std::size_t part,
              const std::string& color) {
  const std::vector<double> draws = draws_of(take_up, part);
  if (draws.empty() || static_cast<Eigen::Index>(part) >= take_up.center_rad.size()) return;
  const double level = take_up.hip.estimate.level;
  const double low = quantile(draws, 0.5 - level / 2.0);
  const double middle = quantile(draws, 0.5);
  const double high = quantile(draws, 0.5 + level / 2.0);
  const double center_x_deg = take_up.center_rad.sum() * kDegPerRad;
  const double center_y_deg = take_up.center_rad(static_cast<Eigen::Index>(part)) * kDegPerRad;

  const auto on_line = [&](double slope, double x_deg) {
    const double y_deg = center_y_deg + slope * (x_deg - center_x_deg);
    return SvgPoint(x.at(x_deg), y.at(y_deg));
  };
  const double from_deg = x.low;
  const double to_deg = x.high;
  svg.polygon(std::vector<SvgPoint>{on_line(low, from_deg), on_line(low, center_x_deg),
                                    on_line(low, to_deg), on_line(high, to_deg),
                                    on_line(high, center_x_deg), on_line(high, from_deg)},
              {.fill = color, .opacity = 0.14});
  svg.line(on_line(middle, from_deg), on_line(middle, to_deg), {.stroke = color, .width = 2.0});
}

// Mean of one demand's dots; NaN with fewer than two.
SvgPoint demand_mean(const StopCurve& curve, int demand, std::size_t part) {
  SvgPoint sum = SvgPoint::Zero();
  double count = 0.0;
  for (const Dot& dot : curve.dots) {
    const SvgPoint at(dot.thigh_deg, dot.part_deg[part]);
    if (dot.demand != demand || !at.allFinite()) continue;
    sum += at;
    count += 1.0;
  }
  return count < 2.0 ? SvgPoint::Constant(std::nan("")) : SvgPoint(sum / count);
}

void draw_dots(Svg& svg, const Axis& x, const Axis& y, const StopCurve& curve, std::size_t part) {
  const int n_demands = static_cast<int>(curve.demands.size());
  // Means of the demands as large open shapes, beneath the strides; one demand has no trend.
  for (int demand = 0; n_demands > 1 && demand < n_demands; ++demand) {
    const SvgPoint mean = demand_mean(curve, demand, part);
    svg.marker(demand_shape(demand), {x.at(mean.x()), y.at(mean.y())}, 8.0,
               {.stroke = demand_color(demand, n_demands), .width = 1.4, .fill = kPaper},
               "mean of " + curve.demands[static_cast<std::size_t>(demand)]);
  }
  // Few strides are drawn large, many small. Strides of one demand darken as time goes by.
  const double radius = curve.dots.size() > 60 ? 2.2 : 3.2;
  const int n_dots = static_cast<int>(curve.dots.size());
  for (int i = 0; i < n_dots; ++i) {
    const Dot& dot = curve.dots[static_cast<std::size_t>(i)];
    const std::string color =
        n_demands > 1 ? demand_color(dot.demand, n_demands) : demand_color(i, n_dots);
    svg.marker(demand_shape(dot.demand), {x.at(dot.thigh_deg), y.at(dot.part_deg[part])}, radius,
               {.stroke = kPaper, .width = 0.6, .fill = color}, dot.tooltip);
  }
}

std::string clip_id(Side side, std::size_t part) {
  return fmt::format("stop-curve-{}-{}", kSideNames[side], part);
}

std::string panel_title(const PartStyle& part, const TakeUp& take_up) {
  const Share& share = take_up.*part.share;
  if (!std::isfinite(share.estimate.value)) return part.name;
  return part.name + ": share " + share_text(share.estimate, Script::kTypographic);
}

}  // namespace

std::string draw_stop_curve(const Results& results, Side side) {
  const LegResult& leg = results.legs[side];
  StopCurve curve;
  curve.parts = chain_parts(results.has_thorax);
  curve.demands = demand_order(results);
  curve.dots = collect_dots(results, leg, curve);
  if (curve.dots.empty()) return "";
  choose_ranges(curve);

  // One degree is as long upwards as sideways where that leaves panels of a sensible height.
  const double px_per_deg = (kPlotRight - kPlotLeft) / (curve.thigh_deg.high - curve.thigh_deg.low);
  const double panel = std::clamp(2.0 * curve.half_span_deg * px_per_deg, 96.0, 142.0);
  const double step = panel + kPanelGap;
  const double height = 22.0 + step * static_cast<double>(curve.parts.size()) + 38.0;
  Svg svg(kWidth, height,
          fmt::format("Stop curve of the {} leg: {} strides, parts of the chain over thigh "
                      "extension in degrees",
                      kSideNames[side], curve.dots.size()));
  const Axis x{curve.thigh_deg.low, curve.thigh_deg.high, kPlotLeft, kPlotRight};
  for (std::size_t k = 0; k < curve.parts.size(); ++k) {
    const double top = 20.0 + step * static_cast<double>(k);
    const Axis y{curve.middle_deg[k] - curve.half_span_deg,
                 curve.middle_deg[k] + curve.half_span_deg, top + panel, top};
    const bool last = k + 1 == curve.parts.size();
    draw_axes(svg, x, y,
              {.x_label = last ? "thigh extension (deg, + behind)" : "",
               .y_label = "deg",
               .x_tick_labels = last});
    svg.text({kPlotLeft, top - 6.0}, panel_title(curve.parts[k], leg.take_up),
             {.size = 11.5, .fill = curve.parts[k].color, .bold = true});
    svg.begin_clip(clip_id(side, k), {kPlotLeft, top}, {kPlotRight - kPlotLeft, panel});
    draw_fit(svg, x, y, leg.take_up, k, curve.parts[k].color);
    svg.end_clip();
    draw_dots(svg, x, y, curve, k);
  }
  svg.text({(kPlotLeft + kPlotRight) / 2.0, height - 4.0},
           results.has_thorax ? "+: hip and low back extend, trunk leans forward"
                              : "+: hip extends, pelvis tips forward",
           {.size = 9.5, .fill = kMuted, .anchor = Anchor::kMiddle});
  return std::move(svg).finish();
}

std::string draw_demand_mark(int index, int count) {
  Svg svg(14.0, 14.0, "");
  svg.marker(demand_shape(index), {7.0, 7.0}, 5.0, {.fill = demand_color(index, count)});
  return std::move(svg).finish();
}

}  // namespace catena
