#include "catena/report/stop_curve_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "catena/core/units.h"
#include "catena/report/hip_stop_wording.h"
#include "catena/report/number_text.h"
#include "catena/report/palette.h"
#include "catena/report/parts.h"
#include "catena/report/stop_curve.h"
#include "catena/report/svg.h"

namespace catena {
namespace {

constexpr double kWidth = 360.0;
constexpr double kPlotLeft = 48.0;
constexpr double kPlotRight = 348.0;
constexpr double kPanelGap = 26.0;
constexpr double kKeyRow = 16.0;

// A curve is drawn where its probability is at least one in ten.
constexpr double kWorthDrawing = 0.10;

bool draws_line(const TakeUp& take_up) {
  const HipStop& stop = take_up.hip_stop;
  return take_up.line.thigh_rad.size() > 0 &&
         !(stop.verdict == StopVerdict::kReached && stop.line < kWorthDrawing);
}

bool draws_bend(const TakeUp& take_up) {
  const HipStop& stop = take_up.hip_stop;
  const bool open =
      stop.verdict == StopVerdict::kReached || stop.verdict == StopVerdict::kUndecided;
  return take_up.bend.thigh_rad.size() > 0 && open && stop.towards_stop >= kWorthDrawing;
}

// The likelier of two curves in the part's colour and drawn through; the other grey and dashed.
struct CurveStyle {
  Pen band, middle;
};

CurveStyle curve_style(bool is_likelier, const std::string& color) {
  if (is_likelier) {
    return {{.fill = color, .opacity = 0.18}, {.stroke = color, .width = 2.2}};
  }
  return {{.fill = kMuted, .opacity = 0.16}, {.stroke = kMuted, .width = 1.6, .dash = "5 4"}};
}

bool bend_is_likelier(const HipStop& stop) { return stop.towards_stop > stop.line; }

struct Panel {
  const StopCurve& curve;
  std::size_t part = 0;
  Axis x, y;
};

void draw_band(Svg& svg, const Panel& panel, const TakeUpBand& band, const CurveStyle& style) {
  const auto part = static_cast<Eigen::Index>(panel.part);
  if (part >= band.middle_rad.cols()) return;
  const auto at = [&](Eigen::Index i, const Eigen::MatrixXd& part_rad) {
    return SvgPoint(panel.x.at(band.thigh_rad(i) * kDegPerRad),
                    panel.y.at(part_rad(i, part) * kDegPerRad));
  };
  std::vector<SvgPoint> middle;
  std::vector<SvgPoint> rim;
  const Eigen::Index n = band.thigh_rad.size();
  for (Eigen::Index i = 0; i < n; ++i) middle.push_back(at(i, band.middle_rad));
  for (Eigen::Index i = 0; i < n; ++i) rim.push_back(at(i, band.low_rad));
  for (Eigen::Index i = n; i-- > 0;) rim.push_back(at(i, band.high_rad));
  svg.polygon(rim, style.band);
  svg.polyline(middle, style.middle);
}

void draw_curves(Svg& svg, const Panel& panel, const TakeUp& take_up) {
  const std::string& color = panel.curve.parts[panel.part].color;
  const bool bend_leads = draws_bend(take_up) && bend_is_likelier(take_up.hip_stop);
  // The likelier one on top.
  for (const bool leading : {false, true}) {
    if (draws_line(take_up) && leading == !bend_leads) {
      draw_band(svg, panel, take_up.line, curve_style(leading, color));
    }
    if (draws_bend(take_up) && leading == bend_leads) {
      draw_band(svg, panel, take_up.bend, curve_style(leading, color));
    }
  }
}

// Strides are faint where demands stand above them, large where there are few.
void draw_dots(Svg& svg, const Panel& panel) {
  const StopCurve& curve = panel.curve;
  const double radius = curve.dots.size() > 60 ? 2.0 : 2.6;
  const double opacity = curve.points.size() > 1 ? 0.45 : 1.0;
  for (const StopCurve::Dot& dot : curve.dots) {
    svg.marker(dot.shape, {panel.x.at(dot.thigh_deg), panel.y.at(dot.part_deg[panel.part])}, radius,
               {.fill = dot.color, .opacity = opacity}, dot.tooltip);
  }
}

// The means of the demands; those of a ramp are joined in their order in time.
void draw_points(Svg& svg, const Panel& panel) {
  const std::vector<StopCurve::Point>& points = panel.curve.points;
  if (points.size() < 2) return;
  const auto at = [&panel](const StopCurve::Point& point, double thigh_off, double part_off) {
    return SvgPoint(
        panel.x.at(point.thigh_deg + thigh_off * point.thigh_error_deg),
        panel.y.at(point.part_deg[panel.part] + part_off * point.part_error_deg[panel.part]));
  };
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (!points[i].follows) continue;
    svg.line(at(points[i - 1], 0, 0), at(points[i], 0, 0), {.stroke = kMuted, .width = 0.8});
  }
  const Pen error{.stroke = kInk, .width = 1.3};
  for (const StopCurve::Point& point : points) {
    svg.line(at(point, -1, 0), at(point, 1, 0), error);
    svg.line(at(point, 0, -1), at(point, 0, 1), error);
    svg.marker(point.shape, at(point, 0, 0), points.size() > 8 ? 3.8 : 5.0,
               {.stroke = kPaper, .width = 1.2, .fill = point.color}, point.tooltip);
  }
}

Range in_degrees(const Estimate& estimate_rad) {
  return {estimate_rad.low * kDegPerRad, estimate_rad.high * kDegPerRad};
}

std::string degrees_of(const Estimate& estimate_rad) {
  return angle_text(estimate_rad, Script::kTypographic, "\u00b0");
}

// Where the bend is: a strip over the thigh's axis and, for the hip, one over the hip's.
void draw_stop_strips(Svg& svg, const Panel& panel, const HipStop& stop) {
  if (stop.verdict != StopVerdict::kReached) return;
  const Range thigh_deg = in_degrees(stop.thigh_rad);
  const double left = std::max(panel.x.at(thigh_deg.low), panel.x.start);
  const double right = std::min(panel.x.at(thigh_deg.high), panel.x.end);
  const Pen wash{.fill = kInk, .opacity = 0.07};
  const Pen dashed{.stroke = kInk, .width = 1.1, .dash = "3 3"};
  svg.rect({left, panel.y.end}, {std::max(right - left, 0.0), panel.y.start - panel.y.end}, wash);
  const double at_x = panel.x.at(stop.thigh_rad.value * kDegPerRad);
  svg.line({at_x, panel.y.start}, {at_x, panel.y.end}, dashed);
  if (panel.part != 0) return;
  const Range hip_deg = in_degrees(stop.hip_rad);
  const double top = std::max(panel.y.at(hip_deg.high), panel.y.end);
  const double bottom = std::min(panel.y.at(hip_deg.low), panel.y.start);
  svg.rect({panel.x.start, top}, {std::max(at_x - panel.x.start, 0.0), std::max(bottom - top, 0.0)},
           wash);
  const double at_y = panel.y.at(stop.hip_rad.value * kDegPerRad);
  svg.line({panel.x.start, at_y}, {at_x, at_y}, dashed);
}

// The bend's place in words: in the hip's panel above the level, in the last above the axis.
void write_stop_labels(Svg& svg, const Panel& panel, const HipStop& stop) {
  if (stop.verdict != StopVerdict::kReached) return;
  Lettering label{.size = 11.0, .bold = true, .halo = true};
  if (panel.part == 0) {
    const double top = panel.y.at(in_degrees(stop.hip_rad).high);
    svg.text({panel.x.start + 6.0, std::max(top - 5.0, panel.y.end + 12.0)},
             "stop near hip " + degrees_of(stop.hip_rad), label);
  }
  if (panel.part + 1 != panel.curve.parts.size()) return;
  const Range thigh_deg = in_degrees(stop.thigh_rad);
  const double at_x = panel.x.at(stop.thigh_rad.value * kDegPerRad);
  svg.line({std::max(panel.x.at(thigh_deg.low), panel.x.start), panel.y.start},
           {std::min(panel.x.at(thigh_deg.high), panel.x.end), panel.y.start},
           {.stroke = kInk, .width = 3.2});
  svg.marker(MarkerShape::kDiamond, {at_x, panel.y.start}, 4.6,
             {.stroke = kPaper, .width = 1.0, .fill = kInk});
  label.anchor = Anchor::kMiddle;
  constexpr double kHalfLabel = 90.0;
  const double label_x = std::clamp(at_x, panel.x.start + kHalfLabel, panel.x.end - kHalfLabel);
  svg.text({label_x, panel.y.start - 9.0}, "bend at thigh " + degrees_of(stop.thigh_rad), label);
}

// Which curve is which, and how probable: a row each, down from `y`.
void write_curve_key(Svg& svg, const TakeUp& take_up, double y) {
  const HipStop& stop = take_up.hip_stop;
  const bool bend_leads = draws_bend(take_up) && bend_is_likelier(stop);
  const auto entry = [&](bool leading, const std::string& name, double probability) {
    const CurveStyle style = curve_style(leading, kHipColor);
    svg.rect({kPlotLeft, y - 9.0}, {24.0, 10.0}, style.band);
    svg.line({kPlotLeft, y - 4.0}, {kPlotLeft + 24.0, y - 4.0}, style.middle);
    const bool is_tested = stop.verdict != StopVerdict::kCannotBeTested;
    svg.text(
        {kPlotLeft + 30.0, y},
        is_tested ? fmt::format("{} (probability {})", name, probability_text(probability)) : name,
        {.size = 10.5});
    y += kKeyRow;
  };
  if (draws_line(take_up)) entry(!bend_leads, "straight line", stop.line);
  if (draws_bend(take_up)) entry(bend_leads, "a stop", stop.towards_stop);
}

std::string clip_id(Side side, std::size_t part) {
  return fmt::format("stop-curve-{}-{}", kSideNames[side], part);
}

std::string panel_title(const PartStyle& part, const TakeUp& take_up) {
  const Share& share = take_up.*part.share;
  if (!std::isfinite(share.estimate.value)) return part.name;
  return part.name + ": share " + share_text(share.estimate, Script::kTypographic);
}

// What the picture shows, for those who cannot see it.
std::string description(const StopCurve& curve, const TakeUp& take_up) {
  std::string words = stop_headline(take_up, Script::kTypographic) + ".";
  for (const PartStyle& part : curve.parts) words += " " + panel_title(part, take_up) + ".";
  for (const StopCurve::Point& point : curve.points) words += " " + point.tooltip + ".";
  return words;
}

}  // namespace

std::string draw_stop_curve(const Results& results, Side side) {
  const TakeUp& take_up = results.legs[side].take_up;
  const StopCurve curve = collect_stop_curve(results, side);
  if (curve.dots.empty()) return "";

  // One degree is as long upwards as sideways where that leaves panels of a sensible height.
  const double px_per_deg = (kPlotRight - kPlotLeft) / (curve.thigh_deg.high - curve.thigh_deg.low);
  const double panel_height = std::clamp(2.0 * curve.half_span_deg * px_per_deg, 96.0, 142.0);
  const double step = panel_height + kPanelGap;
  const double key_height =
      kKeyRow * ((draws_line(take_up) ? 1 : 0) + (draws_bend(take_up) ? 1 : 0));
  const double height = 22.0 + step * static_cast<double>(curve.parts.size()) + 38.0 + key_height;
  Svg svg(kWidth, height,
          fmt::format("Stop curve of the {} leg: {} strides, parts of the chain over thigh "
                      "extension in degrees",
                      kSideNames[side], curve.dots.size()));
  svg.describe(description(curve, take_up));
  const Axis x{curve.thigh_deg.low, curve.thigh_deg.high, kPlotLeft, kPlotRight};
  for (std::size_t k = 0; k < curve.parts.size(); ++k) {
    const double top = 20.0 + step * static_cast<double>(k);
    const Axis y{curve.middle_deg[k] - curve.half_span_deg,
                 curve.middle_deg[k] + curve.half_span_deg, top + panel_height, top};
    const Panel panel{curve, k, x, y};
    const bool last = k + 1 == curve.parts.size();
    draw_axes(svg, x, y,
              {.x_label = last ? "thigh extension (deg, + behind)" : "",
               .y_label = "deg",
               .x_tick_labels = last});
    svg.text({kPlotLeft, top - 6.0}, panel_title(curve.parts[k], take_up),
             {.size = 11.5, .fill = curve.parts[k].color, .bold = true});
    svg.begin_clip(clip_id(side, k), {kPlotLeft, top}, {kPlotRight - kPlotLeft, panel_height});
    draw_stop_strips(svg, panel, take_up.hip_stop);
    draw_curves(svg, panel, take_up);
    svg.end_clip();
    draw_dots(svg, panel);
    draw_points(svg, panel);
    write_stop_labels(svg, panel, take_up.hip_stop);
  }
  write_curve_key(svg, take_up, height - 6.0 - key_height);
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
