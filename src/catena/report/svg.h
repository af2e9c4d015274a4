// A small SVG drawing: shapes with a pen, escaped lettering, and axes with round ticks.
#pragma once

#include <Eigen/Core>
#include <span>
#include <string>
#include <vector>

#include "catena/report/markup.h"

namespace catena {

/// In units of the drawing's view box, x to the right and y down.
using SvgPoint = Eigen::Vector2d;

/// How a shape is drawn. Colours as "#rrggbb" or "none".
struct Pen {
  std::string stroke = "none";
  double width = 1.0;
  std::string dash = {};  // "4 3"; empty: solid
  std::string fill = "none";
  double opacity = 1.0;
};

enum class Anchor { kStart, kMiddle, kEnd };

struct Lettering {
  double size = 11.0;
  std::string fill = "#1f2933";
  Anchor anchor = Anchor::kStart;
  bool bold = false;
  bool halo = false;          // a white rim, for words on top of lines
  double rotation_deg = 0.0;  // clockwise about the anchor
};

enum class MarkerShape { kCircle, kTriangle, kSquare, kDiamond, kDownTriangle, kPentagon };
inline constexpr int kMarkerShapes = 6;

/// A shape with a coordinate that is not finite is left out, so a drawing never holds "nan".
class Svg {
 public:
  /// label      what a screen reader says instead of the picture; empty: it passes it over, as the
  ///            words beside the picture say the same
  Svg(double width, double height, const std::string& label);

  /// What a screen reader can read out beyond the label; to be said before anything is drawn.
  void describe(const std::string& words);

  void line(const SvgPoint& from, const SvgPoint& to, const Pen& pen);
  void polyline(std::span<const SvgPoint> points, const Pen& pen);
  void polygon(std::span<const SvgPoint> points, const Pen& pen);

  /// tooltip    shown when a pointer rests on the shape; empty: none
  void rect(const SvgPoint& corner, const SvgPoint& size, const Pen& pen,
            const std::string& tooltip = "");
  void circle(const SvgPoint& center, double radius, const Pen& pen);

  /// Part of a circle; angles clockwise from the right, as y points down.
  void arc(const SvgPoint& center, double radius, double from_rad, double to_rad, const Pen& pen);

  /// A data point; `radius` is that of a circle with about the same weight.
  void marker(MarkerShape shape, const SvgPoint& center, double radius, const Pen& pen,
              const std::string& tooltip = "");

  void text(const SvgPoint& at, const std::string& words, const Lettering& lettering = {});

  /// What is drawn until end_clip() shows only inside the box. `id` must be unique on the page.
  void begin_clip(const std::string& id, const SvgPoint& corner, const SvgPoint& size);
  void end_clip();

  /// The whole <svg> element.
  std::string finish() &&;

 private:
  void shape(std::string_view tag, Attributes geometry, const Pen& pen, const std::string& tooltip);

  Markup markup_;
};

/// A straight map from data to drawing units.
struct Axis {
  double low = 0.0, high = 1.0;   // data
  double start = 0.0, end = 1.0;  // drawing units at low and high

  double at(double value) const { return start + (value - low) / (high - low) * (end - start); }
};

/// Round numbers (1, 2, 5 times a power of ten) inside [low, high], at most `most` of them.
std::vector<double> round_ticks(double low, double high, int most);

/// [low, high] opened to the next round tick on both sides; a flat or unknown range becomes one
/// unit wide.
struct Range {
  double low = 0.0, high = 1.0;
};
Range round_range(double low, double high, int most_ticks);

struct AxesStyle {
  std::string x_label = {}, y_label = {};  // with unit: "hip extension (deg)"
  bool x_tick_labels = true;
  int most_x_ticks = 7;
  int most_y_ticks = 5;
};

/// Grid lines, tick labels, axis labels and zero lines of a plot whose corners the axes give.
void draw_axes(Svg& svg, const Axis& x, const Axis& y, const AxesStyle& style);

}  // namespace catena
