#include "catena/report/share_reference_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "catena/report/number_text.h"
#include "catena/report/palette.h"
#include "catena/report/svg.h"

namespace catena {
namespace {

constexpr double kWidth = 460.0;
constexpr double kPlotLeft = 14.0;
constexpr double kPlotRight = 446.0;
constexpr double kStripTop = 42.0;
constexpr double kStripBottom = 62.0;

// The strip: nine of ten light, the middle half darker, the median as a line.
void draw_others(Svg& svg, const Axis& x, const std::vector<ShareQuantile>& quantiles) {
  const double middle = 0.5 * (kStripTop + kStripBottom);
  const auto bar = [&](std::size_t from, std::size_t to, double half_height, double opacity) {
    const double left = x.at(quantiles[from].share);
    svg.rect({left, middle - half_height}, {x.at(quantiles[to].share) - left, 2.0 * half_height},
             {.fill = kPelvisColor, .opacity = opacity});
  };
  bar(0, 4, 5.0, 0.20);
  bar(1, 3, 10.0, 0.35);
  const double median = x.at(quantiles[2].share);
  svg.line({median, kStripTop}, {median, kStripBottom}, {.stroke = kPelvisColor, .width = 2.4});
}

void draw_leg(Svg& svg, const Axis& x, Side side, double value) {
  const bool right = side == kRight;
  // Right above the strip, left beneath it; the name says which.
  const double y = right ? kStripTop - 7.0 : kStripBottom + 7.0;
  svg.marker(right ? MarkerShape::kDownTriangle : MarkerShape::kTriangle, {x.at(value), y}, 5.2,
             {.fill = kInk});
  svg.text(
      {std::clamp(x.at(value), kPlotLeft + 26.0, kPlotRight - 26.0), right ? y - 9.0 : y + 17.0},
      fmt::format("{} {}", kSideNames[side], plain_number(value, 2)),
      {.size = 11.5, .anchor = Anchor::kMiddle, .bold = true, .halo = true});
}

}  // namespace

std::string draw_share_reference(const Results& results) {
  const ShareGroup* others = nullptr;
  for (const LegResult& leg : results.legs) {
    if (leg.pelvis_reference.others != nullptr) others = leg.pelvis_reference.others;
  }
  if (others == nullptr || others->quantiles.size() != 5) return "";
  double low = std::min(0.0, others->quantiles.front().share);
  double high = std::max(1.0, others->quantiles.back().share);
  std::string label =
      fmt::format("Pelvis's slope beside {} sides of {} runners, median {}", others->n_sides,
                  others->n_runners, plain_number(others->quantiles[2].share, 2));
  for (const Side side : kSides) {
    const ShareReference& reference = results.legs[side].pelvis_reference;
    if (reference.others == nullptr) continue;
    low = std::min(low, reference.value);
    high = std::max(high, reference.value);
    label += fmt::format(", {} {}", kSideNames[side], plain_number(reference.value, 2));
  }
  Svg svg(kWidth, 142.0, label);
  const Range range = round_range(low, high, 6);
  const Axis x{range.low, range.high, kPlotLeft, kPlotRight};
  draw_axes(svg, x, {0.0, 1.0, kStripBottom + 32.0, kStripTop - 10.0},
            {.most_x_ticks = 6, .most_y_ticks = 0});
  draw_others(svg, x, others->quantiles);
  for (const Side side : kSides) {
    const ShareReference& reference = results.legs[side].pelvis_reference;
    if (reference.others != nullptr) draw_leg(svg, x, side, reference.value);
  }
  svg.text({kPlotLeft, 134.0},
           fmt::format("slope of the pelvis on the thigh; {} sides of {} runners: median, middle "
                       "half, nine of ten",
                       others->n_sides, others->n_runners),
           {.size = 10.0, .fill = kMuted});
  return std::move(svg).finish();
}

}  // namespace catena
