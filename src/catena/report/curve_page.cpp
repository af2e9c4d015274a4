#include "catena/report/curve_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/core/units.h"
#include "catena/report/number_text.h"
#include "catena/report/palette.h"
#include "catena/report/svg.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kWidth = 760.0;
constexpr double kCellWidth = kWidth / 3.0;
constexpr double kCellHeight = 148.0;
constexpr double kTop = 30.0;
constexpr double kBottom = 34.0;
// Within a cell.
constexpr double kPlotLeft = 34.0;
constexpr double kPlotRight = kCellWidth - 10.0;
constexpr double kPlotTop = 36.0;
constexpr double kPlotBottom = kCellHeight - 10.0;
// A curve that hardly moves shall look so.
constexpr double kLeastSpanDeg = 20.0;

// Of the two legs: dark and whole, light and dashed, so that print without colours tells them too.
constexpr std::array<const char*, 2> kSideColors = {kInk, "#2f9bd8"};
constexpr std::array<const char*, 2> kSideDashes = {"", "5 2.5"};
constexpr const char* kBehindColor = "#ecd9a8";
constexpr const char* kOutlierColor = "#d55e00";

constexpr std::array<const char*, 3> kColumnNames = {"side view", "front view", "from above"};

/// Place of an angle in the grid; the segments' own angles share the last row.
struct Cell {
  int row = 0, column = 0;
};

Cell cell_of(const AngleMeaning& angle) {
  switch (angle.part) {
    case AnglePart::kTrunk:
      return {0, static_cast<int>(angle.plane)};
    case AnglePart::kLowBack:
      return {1, static_cast<int>(angle.plane)};
    case AnglePart::kPelvis:
      return {2, static_cast<int>(angle.plane)};
    case AnglePart::kHip:
      return {3, static_cast<int>(angle.plane)};
    case AnglePart::kKnee:
      return {4, static_cast<int>(angle.plane)};
    case AnglePart::kAnkle:
      return {5, static_cast<int>(angle.plane)};
    case AnglePart::kThigh:
      return {6, 0};
    case AnglePart::kShank:
      return {6, 1};
    case AnglePart::kFoot:
      return {6, 2};
    case AnglePart::kModel:
      break;
  }
  return {-1, 0};
}

double zero_of(const StrideCurve& curve, bool from_standing) {
  return from_standing && std::isfinite(curve.standing_rad) ? curve.standing_rad : 0.0;
}

/// What is drawn in one cell, deg.
struct Plot {
  AngleMeaning angle;
  std::array<const StrideCurve*, 2> curve = {nullptr, nullptr};
  Axis x, y;
};

void open_to(Range& range, const Eigen::ArrayXd& values_deg) {
  for (const double value : values_deg) {
    if (!std::isfinite(value)) continue;
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
  }
}

Range opened(Range range) {
  if (range.high < range.low) range = {0.0, 0.0};
  const double missing = kLeastSpanDeg - (range.high - range.low);
  if (missing > 0.0) range = {range.low - missing / 2, range.high + missing / 2};
  return round_range(range.low, range.high, 5);
}

class Grid {
 public:
  Grid(const std::array<const StrideCurves*, 2>& legs, const CurvePageOptions& options,
       bool every_stride) {
    std::array<bool, 7> used{};
    for (const StrideCurves* leg : legs) {
      if (leg == nullptr) continue;
      for (const StrideCurve& curve : leg->curves) {
        if (cell_of(curve.angle).row < 0) continue;
        used.at(static_cast<std::size_t>(cell_of(curve.angle).row)) = true;
        plot_of(curve.angle).curve.at(leg->side) = &curve;
      }
    }
    // Rows without an angle take no place.
    std::array<int, 7> place{};
    for (std::size_t row = 0; row < used.size(); ++row) {
      place.at(row) = n_rows_;
      if (used.at(row)) ++n_rows_;
    }
    for (Plot& plot : plots_) {
      const Cell cell = cell_of(plot.angle);
      const double left = kCellWidth * cell.column;
      const double top = kTop + kCellHeight * place.at(static_cast<std::size_t>(cell.row));
      const Range range = range_of(plot, options, every_stride);
      plot.x = {0.0, 100.0, left + kPlotLeft, left + kPlotRight};
      plot.y = {range.low, range.high, top + kPlotBottom, top + kPlotTop};
    }
  }

  [[nodiscard]] const std::vector<Plot>& plots() const { return plots_; }
  [[nodiscard]] double height() const { return kTop + kCellHeight * n_rows_ + kBottom; }

 private:
  Plot& plot_of(const AngleMeaning& angle) {
    for (Plot& plot : plots_) {
      if (plot.angle.name == angle.name) return plot;
    }
    plots_.push_back({});
    plots_.back().angle = angle;
    return plots_.back();
  }

  static Range range_of(const Plot& plot, const CurvePageOptions& options, bool every_stride) {
    Range range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (const StrideCurve* curve : plot.curve) {
      if (curve == nullptr) continue;
      const double zero = zero_of(*curve, options.from_standing);
      if (every_stride) {
        open_to(range, (curve->strides_rad.array() - zero).reshaped() * kDegPerRad);
        continue;
      }
      const Eigen::ArrayXd mean = curve->kept.mean_rad.array() - zero;
      const Eigen::ArrayXd sd = curve->kept.sd_rad.array().isNaN().select(0.0, curve->kept.sd_rad);
      open_to(range, (mean - sd) * kDegPerRad);
      open_to(range, (mean + sd) * kDegPerRad);
    }
    for (const BandBehind& band : options.behind) {
      if (band.channel != plot.angle.name) continue;
      open_to(range, band.low_rad.array() * kDegPerRad);
      open_to(range, band.high_rad.array() * kDegPerRad);
    }
    return opened(range);
  }

  std::vector<Plot> plots_;
  int n_rows_ = 0;
};

/// A line over the stride, broken where a percent is lost.
void draw_curve(Svg& svg, const Plot& plot, const Eigen::VectorXd& curve_deg, int step,
                const Pen& pen) {
  std::vector<SvgPoint> points;
  const auto last = static_cast<int>(curve_deg.size()) - 1;
  for (int k = 0; k <= last; k = k < last ? std::min(k + step, last) : last + 1) {
    if (std::isfinite(curve_deg[k])) {
      points.emplace_back(plot.x.at(k), plot.y.at(curve_deg[k]));
      continue;
    }
    if (points.size() > 1) svg.polyline(points, pen);
    points.clear();
  }
  if (points.size() > 1) svg.polyline(points, pen);
}

void draw_band(Svg& svg, const Plot& plot, const Eigen::ArrayXd& low_deg,
               const Eigen::ArrayXd& high_deg, const Pen& pen) {
  std::vector<SvgPoint> points;
  for (Eigen::Index k = 0; k < high_deg.size(); ++k) {
    if (!std::isfinite(high_deg[k])) continue;
    points.emplace_back(plot.x.at(static_cast<double>(k)), plot.y.at(high_deg[k]));
  }
  for (Eigen::Index k = low_deg.size() - 1; k >= 0; --k) {
    if (!std::isfinite(low_deg[k])) continue;
    points.emplace_back(plot.x.at(static_cast<double>(k)), plot.y.at(low_deg[k]));
  }
  if (points.size() > 2) svg.polygon(points, pen);
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

/// Without what stands in brackets: the row says it.
std::string short_label(const std::string& label) { return label.substr(0, label.find(" (")); }

void draw_frame(Svg& svg, const Plot& plot, const std::array<double, 2>& toe_off_percent) {
  const double left = plot.x.start - kPlotLeft + 4.0;
  // Thigh, shank and foot stand side by side, under the names of other views.
  const AnglePart part = plot.angle.part;
  const bool out_of_column = part == AnglePart::kShank || part == AnglePart::kFoot;
  svg.text({left, plot.y.end - 20.0},
           capital(short_label(plot.angle.label)) + (out_of_column ? ", side view" : ""),
           {.size = 11.5, .bold = true});
  svg.text({left, plot.y.end - 7.5}, "+ " + plot.angle.plus, {.size = 9.0, .fill = kMuted});
  draw_axes(svg, plot.x, plot.y, {.x_tick_labels = false, .most_x_ticks = 5, .most_y_ticks = 5});
  for (const Side side : kSides) {
    const double percent = toe_off_percent.at(side);
    if (!(percent > 0.0 && percent < 100.0)) continue;
    svg.line({plot.x.at(percent), plot.y.start}, {plot.x.at(percent), plot.y.end},
             {.stroke = kSideColors.at(side),
              .width = 0.9,
              .dash = kSideDashes.at(side),
              .opacity = 0.65});
  }
}

void draw_column_names(Svg& svg, const Grid& grid) {
  for (std::size_t column = 0; column < kColumnNames.size(); ++column) {
    svg.text({kCellWidth * static_cast<double>(column) + 4.0, 15.0}, kColumnNames.at(column),
             {.size = 11.0, .fill = kMuted});
    const double left = kCellWidth * static_cast<double>(column);
    const double bottom = grid.height() - kBottom;
    for (const int percent : {0, 50, 100}) {
      const double x = left + kPlotLeft + (kPlotRight - kPlotLeft) * percent / 100.0;
      svg.text({percent == 100 ? x + 8.0 : x, bottom + 6.0}, fmt::format("{} %", percent),
               {.size = 10.0,
                .fill = kMuted,
                .anchor = percent == 100 ? Anchor::kEnd : Anchor::kMiddle});
    }
  }
}

struct KeyEntry {
  std::string words;
  Pen pen;
};

void draw_key(Svg& svg, double y, const std::vector<KeyEntry>& entries) {
  double x = 4.0;
  for (const KeyEntry& entry : entries) {
    if (entry.pen.fill != "none") {
      svg.rect({x, y - 8.0}, {20.0, 8.0}, entry.pen);
    } else {
      svg.line({x, y - 4.0}, {x + 20.0, y - 4.0}, entry.pen);
    }
    svg.text({x + 26.0, y}, entry.words, {.size = 10.5, .fill = kMuted});
    x += 40.0 + 5.4 * static_cast<double>(entry.words.size());
  }
}

/// Whether a stride is called for this angle; one called for its duration alone, for every angle.
bool stands_out_in(const StrideOutlier& outlier, const std::string& channel) {
  if (outlier.channel == channel) return true;
  if (outlier.other_channels.empty()) return outlier.channel == "stride_time";
  return std::find(outlier.other_channels.begin(), outlier.other_channels.end(), channel) !=
         outlier.other_channels.end();
}

Pen side_pen(Side side, double width) {
  return {.stroke = kSideColors.at(side), .width = width, .dash = kSideDashes.at(side)};
}

}  // namespace

std::string draw_curve_page(const std::array<StrideCurves, 2>& curves,
                            const CurvePageOptions& options) {
  const Grid grid({&curves[kRight], &curves[kLeft]}, options, false);
  if (grid.plots().empty()) return "";
  Svg svg(kWidth, grid.height(), "Every angle over the stride, right and left leg");
  draw_column_names(svg, grid);
  for (const Plot& plot : grid.plots()) {
    draw_frame(svg, plot,
               {curves[kRight].mean_toe_off_percent, curves[kLeft].mean_toe_off_percent});
    for (const BandBehind& band : options.behind) {
      if (band.channel != plot.angle.name) continue;
      draw_band(svg, plot, band.low_rad.array() * kDegPerRad, band.high_rad.array() * kDegPerRad,
                {.fill = kBehindColor, .opacity = 0.55});
    }
    for (const Side side : kSides) {
      const StrideCurve* curve = plot.curve.at(side);
      if (curve == nullptr) continue;
      const double zero = zero_of(*curve, options.from_standing);
      const Eigen::ArrayXd mean_deg = (curve->kept.mean_rad.array() - zero) * kDegPerRad;
      const Eigen::ArrayXd sd_deg = curve->kept.sd_rad.array() * kDegPerRad;
      draw_band(svg, plot, mean_deg - sd_deg, mean_deg + sd_deg,
                {.fill = kSideColors.at(side), .opacity = 0.16});
      draw_curve(svg, plot, mean_deg, 1, side_pen(side, 1.7));
    }
  }
  std::vector<KeyEntry> key = {{"right, mean of its strides", side_pen(kRight, 1.7)},
                               {"left", side_pen(kLeft, 1.7)},
                               {"one SD of strides", {.fill = kInk, .opacity = 0.16}}};
  if (!options.behind.empty()) {
    key.push_back({"other runners", {.fill = kBehindColor, .opacity = 0.55}});
  }
  key.push_back({"vertical: the foot leaves the ground", side_pen(kRight, 0.9)});
  draw_key(svg, grid.height() - 6.0, key);
  return std::move(svg).finish();
}

std::string draw_consistency_page(const StrideCurves& curves, const CurvePageOptions& options) {
  std::array<const StrideCurves*, 2> legs = {nullptr, nullptr};
  legs.at(curves.side) = &curves;
  const Grid grid(legs, options, true);
  if (grid.plots().empty()) return "";
  Svg svg(kWidth, grid.height(),
          fmt::format("Every stride of the {} leg, each angle", kSideNames.at(curves.side)));
  draw_column_names(svg, grid);
  std::array<double, 2> toe_off = {kNan, kNan};
  toe_off.at(curves.side) = curves.mean_toe_off_percent;
  for (const Plot& plot : grid.plots()) {
    draw_frame(svg, plot, toe_off);
    const StrideCurve& curve = *plot.curve.at(curves.side);
    const double zero = zero_of(curve, options.from_standing);
    const auto stride_deg = [&](std::size_t i) {
      return Eigen::VectorXd(
          (curve.strides_rad.row(static_cast<Eigen::Index>(i)).transpose().array() - zero) *
          kDegPerRad);
    };
    for (std::size_t i = 0; i < curves.strides.size(); ++i) {
      if (curves.left_out[i]) continue;
      draw_curve(svg, plot, stride_deg(i), 4,
                 {.stroke = kSideColors.at(curves.side), .width = 0.6, .opacity = 0.45});
    }
    for (const StrideOutlier& outlier : curves.outliers) {
      const Eigen::VectorXd one_deg = stride_deg(static_cast<std::size_t>(outlier.stride));
      draw_curve(svg, plot, one_deg, 2, {.stroke = kOutlierColor, .width = 1.4});
      if (!stands_out_in(outlier, plot.angle.name)) continue;
      // Its number where it is farthest from the mean.
      const Eigen::VectorXd off_deg =
          (one_deg.array() - (curve.kept.mean_rad.array() - zero) * kDegPerRad).abs();
      Eigen::Index at = -1;
      for (Eigen::Index k = 3; k < off_deg.size() - 3; ++k) {
        if (std::isfinite(off_deg[k]) && (at < 0 || off_deg[k] > off_deg[at])) at = k;
      }
      if (at < 0) continue;
      svg.text({plot.x.at(static_cast<double>(at)) + 3.0, plot.y.at(one_deg[at]) - 2.0},
               std::to_string(outlier.stride + 1),
               {.size = 9.5, .fill = kOutlierColor, .bold = true, .halo = true});
    }
  }
  std::vector<KeyEntry> key = {
      {fmt::format("{} strides of the {} leg", curves.strides.size(), kSideNames.at(curves.side)),
       {.stroke = kSideColors.at(curves.side), .width = 0.8}}};
  if (!curves.outliers.empty()) {
    key.push_back(
        {"left out of the mean, with their numbers", {.stroke = kOutlierColor, .width = 1.4}});
  }
  draw_key(svg, grid.height() - 6.0, key);
  return std::move(svg).finish();
}

std::vector<std::string> outlier_sentences(const StrideCurves& curves) {
  std::vector<std::string> sentences;
  for (const StrideOutlier& outlier : curves.outliers) {
    std::string others;
    if (!outlier.other_channels.empty()) {
      others = fmt::format(" {} other angles stand out as well.", outlier.other_channels.size());
      if (outlier.other_channels.size() == 1) others = " One other angle stands out as well.";
    }
    sentences.push_back(fmt::format("Stride {} of the {} leg (at {:.2f} s): {}.{}",
                                    outlier.stride + 1, kSideNames.at(curves.side), outlier.from_s,
                                    outlier.reason, others));
  }
  return sentences;
}

}  // namespace catena
