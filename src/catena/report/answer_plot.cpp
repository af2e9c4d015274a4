#include "catena/report/answer_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/core/normal_estimate.h"
#include "catena/core/units.h"
#include "catena/report/answer_wording.h"
#include "catena/report/number_text.h"
#include "catena/report/palette.h"
#include "catena/report/svg.h"

namespace catena {
namespace {

constexpr double kWidth = 360.0;
// Deeper than the hip's blue is no other part's colour: the exam is drawn in grey.
constexpr const char* kExamColor = "#8794a1";

bool is_drawable(const CapacityAndUse& row) {
  return std::isfinite(row.capacity_rad.value) && std::isfinite(row.use_rad.value);
}

double offset_half_deg(const CapacityAndUse& row) {
  return std::isfinite(row.offset_sd_rad) ? kNormal90 * row.offset_sd_rad * kDegPerRad : 0.0;
}

std::string color_of(const std::string& joint) {
  if (joint == "hip") return kHipColor;
  return joint == "low_back" ? kLowBackColor : "#4a5866";
}

// A bar from zero with its interval as a line with ends.
void draw_bar(Svg& svg, const Axis& x, double middle, const Estimate& estimate_rad,
              const std::string& color) {
  constexpr double kHalf = 6.0;
  const double end = x.at(estimate_rad.value * kDegPerRad);
  const double start = x.at(0.0);
  svg.rect({std::min(start, end), middle - kHalf}, {std::abs(end - start), 2.0 * kHalf},
           {.fill = color});
  const Pen pen{.stroke = kInk, .width = 1.4};
  const double low = x.at(estimate_rad.low * kDegPerRad);
  const double high = x.at(estimate_rad.high * kDegPerRad);
  svg.line({low, middle}, {high, middle}, pen);
  for (const double edge : {low, high}) svg.line({edge, middle - 3.5}, {edge, middle + 3.5}, pen);
}

}  // namespace

std::string draw_probability(double probability) {
  if (!std::isfinite(probability)) return "";
  constexpr double kHeight = 34.0;
  constexpr double kBar = 12.0;
  Svg svg(kWidth, kHeight, "");
  const Axis x{0.0, 1.0, 8.0, kWidth - 8.0};
  svg.rect({x.at(0.0), 1.0}, {x.at(1.0) - x.at(0.0), kBar}, {.fill = kRule});
  const double end = std::clamp(probability, 0.0, 1.0);
  svg.rect({x.at(0.0), 1.0}, {x.at(end) - x.at(0.0), kBar}, {.fill = kInk});
  for (const double tick : {0.0, 0.5, 1.0}) {
    svg.line({x.at(tick), kBar + 1.0}, {x.at(tick), kBar + 6.0}, {.stroke = kMuted, .width = 1.0});
    const Anchor anchor = tick == 0.0   ? Anchor::kStart
                          : tick == 1.0 ? Anchor::kEnd
                                        : Anchor::kMiddle;
    svg.text({tick == 0.0   ? x.at(0.0) - 4.0
              : tick == 1.0 ? x.at(1.0) + 4.0
                            : x.at(tick),
              kBar + 19.0},
             plain_number(100.0 * tick, 0) + " %",
             {.size = 11.0, .fill = kMuted, .anchor = anchor});
  }
  return std::move(svg).finish();
}

CapacityScale capacity_scale(const std::vector<CapacityAndUse>& rows) {
  CapacityScale scale{0.0, 10.0};
  for (const CapacityAndUse& row : rows) {
    if (!is_drawable(row)) continue;
    const double offset_deg = offset_half_deg(row);
    for (const double value_deg :
         {row.capacity_rad.low * kDegPerRad, row.capacity_rad.high * kDegPerRad,
          (row.capacity_rad.value + row.offset_rad) * kDegPerRad - offset_deg,
          (row.capacity_rad.value + row.offset_rad) * kDegPerRad + offset_deg,
          row.use_rad.low * kDegPerRad, row.use_rad.high * kDegPerRad}) {
      if (!std::isfinite(value_deg)) continue;
      scale.low_deg = std::min(scale.low_deg, value_deg);
      scale.high_deg = std::max(scale.high_deg, value_deg);
    }
  }
  const Range range = round_range(scale.low_deg, scale.high_deg, 6);
  return {range.low, range.high};
}

std::string draw_capacity(const CapacityAndUse& row, const CapacityScale& scale) {
  if (!is_drawable(row)) return "";
  constexpr double kTop = 8.0;
  constexpr double kRow = 24.0;
  constexpr double kBottom = kTop + 2.0 * kRow;
  Svg svg(kWidth, kBottom + 22.0,
          fmt::format("{} {} {}: by the exam {}, in the run {} degrees", kSideNames.at(row.side),
                      with_spaces(row.joint), with_spaces(row.direction),
                      angle_text(row.capacity_rad, Script::kTypographic),
                      angle_text(row.use_rad, Script::kTypographic)));
  const Axis x{scale.low_deg, scale.high_deg, 62.0, kWidth - 12.0};
  const Axis y{0.0, 1.0, kBottom, kTop};
  draw_axes(svg, x, y, {.most_x_ticks = 6, .most_y_ticks = 0});

  // The two zeros: the whole band is where the capacity may end on the run's zero.
  const double capacity_deg = (row.capacity_rad.value + row.offset_rad) * kDegPerRad;
  const double offset_deg = offset_half_deg(row);
  if (offset_deg > 0.0) {
    const double from = x.at(capacity_deg - offset_deg);
    svg.rect({from, kTop}, {x.at(capacity_deg + offset_deg) - from, 2.0 * kRow},
             {.fill = "#f0d9a8", .opacity = 0.75});
  }
  const auto name = [&](const char* words, double middle) {
    svg.text({54.0, middle + 4.0}, words, {.size = 11.5, .anchor = Anchor::kEnd});
  };
  name("can", kTop + 0.5 * kRow);
  name("uses", kTop + 1.5 * kRow);
  draw_bar(svg, x, kTop + 0.5 * kRow, row.capacity_rad, kExamColor);
  draw_bar(svg, x, kTop + 1.5 * kRow, row.use_rad, color_of(row.joint));
  return std::move(svg).finish();
}

}  // namespace catena
