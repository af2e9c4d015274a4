#include "catena/report/share_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "catena/report/number_text.h"
#include "catena/report/palette.h"
#include "catena/report/parts.h"
#include "catena/report/svg.h"

namespace catena {
namespace {

constexpr double kWidth = 360.0;
constexpr double kPlotLeft = 86.0;
constexpr double kPlotRight = 212.0;
constexpr double kRow = 25.0;
constexpr double kTop = 6.0;

struct Row {
  PartStyle part;
  const Share* share = nullptr;
  bool is_half_of_pelvis = false;
};

std::vector<Row> share_rows(const TakeUp& take_up) {
  std::vector<Row> rows;
  for (const PartStyle& part : chain_parts(take_up.has_thorax)) {
    const bool half = part.share == &TakeUp::low_back || part.share == &TakeUp::lean;
    rows.push_back({part, &(take_up.*part.share), half});
  }
  if (take_up.has_thorax) rows.insert(rows.begin() + 1, {pelvis_part(), &take_up.pelvis, false});
  std::erase_if(rows, [](const Row& row) { return !std::isfinite(row.share->estimate.value); });
  return rows;
}

Range share_range(const std::vector<Row>& rows) {
  double low = 0.0;
  double high = 1.0;
  for (const Row& row : rows) {
    const Estimate& share = row.share->estimate;
    for (const double value : {share.value, share.low, share.high}) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  return round_range(low, high, 5);
}

void draw_row(Svg& svg, const Axis& x, const Row& row, double middle) {
  const Estimate& share = row.share->estimate;
  const double weight = row.is_half_of_pelvis ? 0.8 : 1.0;
  svg.text({kPlotLeft - 10.0, middle + 4.0}, row.part.name,
           {.size = row.is_half_of_pelvis ? 10.5 : 12.0,
            .fill = row.part.color,
            .anchor = Anchor::kEnd,
            .bold = !row.is_half_of_pelvis});
  svg.line({x.at(share.low), middle}, {x.at(share.high), middle},
           {.stroke = row.part.color, .width = 5.5 * weight, .opacity = 0.35});
  svg.marker(MarkerShape::kCircle, {x.at(share.value), middle}, 5.2 * weight,
             {.stroke = kPaper, .width = 1.5, .fill = row.part.color});
  svg.text({kPlotRight + 12.0, middle + 4.0}, share_text(share, Script::kTypographic),
           {.size = row.is_half_of_pelvis ? 10.5 : 11.0});
}

}  // namespace

std::string draw_shares(const TakeUp& take_up, Side side) {
  const std::vector<Row> rows = share_rows(take_up);
  if (rows.empty()) return "";
  const double bottom = kTop + kRow * static_cast<double>(rows.size());
  Svg svg(kWidth, bottom + 34.0,
          fmt::format("Take-up shares of the {} leg with their intervals", kSideNames[side]));
  const Range range = share_range(rows);
  const Axis x{range.low, range.high, kPlotLeft, kPlotRight};
  const Axis y{0.0, 1.0, bottom, kTop};
  draw_axes(svg, x, y, {.most_x_ticks = 5, .most_y_ticks = 0});
  for (std::size_t k = 0; k < rows.size(); ++k) {
    draw_row(svg, x, rows[k], kTop + kRow * (static_cast<double>(k) + 0.5));
  }
  svg.text({kPlotLeft - 10.0, bottom + 30.0},
           fmt::format("share of each further degree, {:.0f} % interval; 1 is all of it",
                       100.0 * rows[0].share->estimate.level),
           {.size = 10.0, .fill = kMuted});
  return std::move(svg).finish();
}

}  // namespace catena
