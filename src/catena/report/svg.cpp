#include "catena/report/svg.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "catena/report/number_text.h"
#include "catena/report/palette.h"

namespace catena {
namespace {

constexpr double kPi = std::numbers::pi;

// Two decimals of a drawing unit are finer than any printer; no trailing zeros.
std::string number(double value) {
  std::string text = fmt::format("{:.2f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

bool all_finite(std::span<const SvgPoint> points) {
  for (const SvgPoint& point : points) {
    if (!point.allFinite()) return false;
  }
  return true;
}

std::string point_list(std::span<const SvgPoint> points) {
  std::string list;
  for (const SvgPoint& point : points) {
    if (!list.empty()) list += ' ';
    list += number(point.x()) + ',' + number(point.y());
  }
  return list;
}

SvgPoint on_circle(const SvgPoint& center, double radius, double angle_rad) {
  return center + radius * SvgPoint(std::cos(angle_rad), std::sin(angle_rad));
}

// Corners of a regular polygon, the first one at `first_rad`.
std::vector<SvgPoint> regular_polygon(const SvgPoint& center, double radius, int corners,
                                      double first_rad) {
  std::vector<SvgPoint> points;
  points.reserve(static_cast<std::size_t>(corners));
  for (int i = 0; i < corners; ++i) {
    points.push_back(on_circle(center, radius, first_rad + 2.0 * kPi * i / corners));
  }
  return points;
}

std::string anchor_name(Anchor anchor) {
  switch (anchor) {
    case Anchor::kStart:
      return "start";
    case Anchor::kMiddle:
      return "middle";
    case Anchor::kEnd:
      return "end";
  }
  return "start";
}

}  // namespace

Svg::Svg(double width, double height, const std::string& label) {
  markup_.open("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                       {"viewBox", fmt::format("0 0 {} {}", number(width), number(height))},
                       {"role", label.empty() ? "" : "img"},
                       {"aria-label", label},
                       {"aria-hidden", label.empty() ? "true" : ""},
                       {"font-family", kFontFamily}});
}

void Svg::describe(const std::string& words) { markup_.element("desc", words); }

void Svg::shape(std::string_view tag, Attributes geometry, const Pen& pen,
                const std::string& tooltip) {
  // One group holds the pen, so that each shape lists only its own geometry.
  markup_.open("g", {{"stroke", pen.stroke},
                     {"stroke-width", number(pen.width)},
                     {"stroke-dasharray", pen.dash},
                     {"stroke-linecap", pen.dash.empty() ? "round" : "butt"},
                     {"stroke-linejoin", "round"},
                     {"fill", pen.fill},
                     {"opacity", number(pen.opacity)}});
  if (!tooltip.empty()) markup_.element("title", tooltip);
  markup_.empty_element(tag, geometry);
  markup_.close();
}

void Svg::line(const SvgPoint& from, const SvgPoint& to, const Pen& pen) {
  if (!from.allFinite() || !to.allFinite()) return;
  shape("line",
        {{"x1", number(from.x())},
         {"y1", number(from.y())},
         {"x2", number(to.x())},
         {"y2", number(to.y())}},
        pen, "");
}

void Svg::polyline(std::span<const SvgPoint> points, const Pen& pen) {
  if (!all_finite(points)) return;
  shape("polyline", {{"points", point_list(points)}}, pen, "");
}

void Svg::polygon(std::span<const SvgPoint> points, const Pen& pen) {
  if (!all_finite(points)) return;
  shape("polygon", {{"points", point_list(points)}}, pen, "");
}

void Svg::rect(const SvgPoint& corner, const SvgPoint& size, const Pen& pen,
               const std::string& tooltip) {
  if (!corner.allFinite() || !size.allFinite()) return;
  shape("rect",
        {{"x", number(corner.x())},
         {"y", number(corner.y())},
         {"width", number(size.x())},
         {"height", number(size.y())}},
        pen, tooltip);
}

void Svg::circle(const SvgPoint& center, double radius, const Pen& pen) {
  if (!center.allFinite() || !std::isfinite(radius)) return;
  shape("circle", {{"cx", number(center.x())}, {"cy", number(center.y())}, {"r", number(radius)}},
        pen, "");
}

void Svg::arc(const SvgPoint& center, double radius, double from_rad, double to_rad,
              const Pen& pen) {
  if (!center.allFinite() || !std::isfinite(radius + from_rad + to_rad)) return;
  const SvgPoint from = on_circle(center, radius, from_rad);
  const SvgPoint to = on_circle(center, radius, to_rad);
  const int large = std::abs(to_rad - from_rad) > kPi ? 1 : 0;
  const int clockwise = to_rad > from_rad ? 1 : 0;
  shape("path",
        {{"d", fmt::format("M{} {}A{} {} 0 {} {} {} {}", number(from.x()), number(from.y()),
                           number(radius), number(radius), large, clockwise, number(to.x()),
                           number(to.y()))}},
        pen, "");
}

void Svg::marker(MarkerShape marker_shape, const SvgPoint& center, double radius, const Pen& pen,
                 const std::string& tooltip) {
  if (!center.allFinite()) return;
  // Factors that give every shape about the area of the circle.
  const auto polygon_of = [&](int corners, double factor, double first_rad) {
    const auto points = regular_polygon(center, factor * radius, corners, first_rad);
    shape("polygon", {{"points", point_list(points)}}, pen, tooltip);
  };
  switch (marker_shape) {
    case MarkerShape::kCircle:
      shape("circle",
            {{"cx", number(center.x())}, {"cy", number(center.y())}, {"r", number(radius)}}, pen,
            tooltip);
      break;
    case MarkerShape::kTriangle:
      polygon_of(3, 1.4, -kPi / 2.0);
      break;
    case MarkerShape::kSquare:
      polygon_of(4, 1.25, kPi / 4.0);
      break;
    case MarkerShape::kDiamond:
      polygon_of(4, 1.3, 0.0);
      break;
    case MarkerShape::kDownTriangle:
      polygon_of(3, 1.4, kPi / 2.0);
      break;
    case MarkerShape::kPentagon:
      polygon_of(5, 1.15, -kPi / 2.0);
      break;
  }
}

void Svg::text(const SvgPoint& at, const std::string& words, const Lettering& lettering) {
  if (!at.allFinite()) return;
  const std::string turn = fmt::format("rotate({} {} {})", number(lettering.rotation_deg),
                                       number(at.x()), number(at.y()));
  markup_.element("text", words,
                  {{"x", number(at.x())},
                   {"y", number(at.y())},
                   {"font-size", number(lettering.size)},
                   {"font-weight", lettering.bold ? "600" : "400"},
                   {"text-anchor", anchor_name(lettering.anchor)},
                   {"fill", lettering.fill},
                   {"stroke", lettering.halo ? kPaper : ""},
                   {"stroke-width", lettering.halo ? "3.5" : ""},
                   {"stroke-linejoin", lettering.halo ? "round" : ""},
                   {"paint-order", lettering.halo ? "stroke" : ""},
                   {"transform", lettering.rotation_deg == 0.0 ? "" : turn}});
}

void Svg::begin_clip(const std::string& id, const SvgPoint& corner, const SvgPoint& size) {
  markup_.open("clipPath", {{"id", id}});
  markup_.empty_element("rect", {{"x", number(corner.x())},
                                 {"y", number(corner.y())},
                                 {"width", number(size.x())},
                                 {"height", number(size.y())}});
  markup_.close();
  markup_.open("g", {{"clip-path", "url(#" + id + ")"}});
}

void Svg::end_clip() { markup_.close(); }

std::string Svg::finish() && {
  markup_.close();
  return std::move(markup_).finish();
}

std::vector<double> round_ticks(double low, double high, int most) {
  std::vector<double> ticks;
  if (!std::isfinite(low) || !std::isfinite(high) || high <= low || most < 1) return ticks;
  // The smallest round step with no more than `most` ticks.
  double step = std::pow(10.0, std::floor(std::log10((high - low) / most)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    const double count =
        std::floor(high / (step * factor) + 1e-9) - std::ceil(low / (step * factor) - 1e-9) + 1.0;
    if (count <= most || factor == 10.0) {
      step *= factor;
      break;
    }
  }
  const double first = std::ceil(low / step - 1e-9);
  const int count = static_cast<int>(std::floor(high / step + 1e-9) - first) + 1;
  for (int k = 0; k < count; ++k) ticks.push_back((first + k) * step);
  return ticks;
}

Range round_range(double low, double high, int most_ticks) {
  if (!std::isfinite(low) || !std::isfinite(high)) return {0.0, 1.0};
  if (high - low < 1e-9) return {low - 0.5, low + 0.5};
  const std::vector<double> ticks = round_ticks(low, high, most_ticks);
  if (ticks.size() < 2) return {low, high};
  const double step = ticks[1] - ticks[0];
  return {step * std::floor(low / step + 1e-9), step * std::ceil(high / step - 1e-9)};
}

void draw_axes(Svg& svg, const Axis& x, const Axis& y, const AxesStyle& style) {
  const auto decimals_of = [](const std::vector<double>& ticks) {
    if (ticks.size() < 2) return 1;
    const double step = ticks[1] - ticks[0];
    return step >= 0.999 ? 0 : step >= 0.0999 ? 1 : 2;
  };
  const Pen grid{.stroke = kRule, .width = 0.8};
  const Pen zero{.stroke = kMuted, .width = 1.0};
  const Lettering small{.size = 10.0, .fill = kMuted};

  // Horizontal grid with its labels to the left.
  const std::vector<double> y_ticks = round_ticks(y.low, y.high, style.most_y_ticks);
  for (const double tick : y_ticks) {
    const double at = y.at(tick);
    svg.line({x.start, at}, {x.end, at}, std::abs(tick) < 1e-9 ? zero : grid);
    Lettering lettering = small;
    lettering.anchor = Anchor::kEnd;
    svg.text({x.start - 6.0, at + 3.5}, plain_number(tick, decimals_of(y_ticks)), lettering);
  }

  // Vertical grid with its labels beneath.
  const std::vector<double> x_ticks = round_ticks(x.low, x.high, style.most_x_ticks);
  for (const double tick : x_ticks) {
    const double at = x.at(tick);
    svg.line({at, y.start}, {at, y.end}, std::abs(tick) < 1e-9 ? zero : grid);
    if (!style.x_tick_labels) continue;
    Lettering lettering = small;
    lettering.anchor = Anchor::kMiddle;
    svg.text({at, y.start + 14.0}, plain_number(tick, decimals_of(x_ticks)), lettering);
  }

  // What the axes are.
  const Lettering label{.size = 11.0, .fill = kInk, .anchor = Anchor::kMiddle};
  if (!style.x_label.empty()) {
    svg.text({(x.start + x.end) / 2.0, y.start + 30.0}, style.x_label, label);
  }
  if (!style.y_label.empty()) {
    Lettering upright = label;
    upright.rotation_deg = -90.0;
    svg.text({x.start - 34.0, (y.start + y.end) / 2.0}, style.y_label, upright);
  }
}

}  // namespace catena
