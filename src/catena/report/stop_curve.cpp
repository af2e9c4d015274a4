#include "catena/report/stop_curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "catena/core/normal_estimate.h"
#include "catena/core/units.h"
#include "catena/report/number_text.h"
#include "catena/report/palette.h"

namespace catena {
namespace {

int place_of(const std::vector<std::string>& demands, const std::string& demand) {
  return static_cast<int>(std::find(demands.begin(), demands.end(), demand) - demands.begin());
}

std::string with_degrees(const std::string& name, double value_deg, double error_deg) {
  return fmt::format("{} {} \u00b1 {}\u00b0", name, plain_number(value_deg, 1),
                     plain_number(error_deg, 1));
}

std::vector<StopCurve::Point> collect_points(const TakeUp& take_up,
                                             const std::vector<std::string>& demands,
                                             const std::vector<PartStyle>& parts) {
  std::map<int, int> n_blocks;  // of each demand
  for (const DemandPoint& of : take_up.points) ++n_blocks[place_of(demands, of.demand)];
  std::map<int, int> n_seen;
  std::vector<StopCurve::Point> points;
  int before = -1;
  for (const DemandPoint& of : take_up.points) {
    StopCurve::Point point;
    const int demand = place_of(demands, of.demand);
    const int blocks = n_blocks[demand];
    point.thigh_deg = of.parts_rad.sum() * kDegPerRad;
    point.thigh_error_deg = kNormal90 * of.thigh_sd_rad * kDegPerRad;
    point.shape = demand_shape(demand);
    // Blocks of a ramp darken as time goes by, as demands do one after the other.
    point.color = blocks > 1 ? demand_color(n_seen[demand]++, blocks)
                             : demand_color(demand, static_cast<int>(demands.size()));
    point.follows = blocks > 1 && demand == before;
    point.tooltip = fmt::format("mean of {}, {} stride{}, with 90 % error: {}", of.label,
                                of.n_strides, of.n_strides == 1 ? "" : "s",
                                with_degrees("thigh", point.thigh_deg, point.thigh_error_deg));
    for (std::size_t k = 0; k < parts.size(); ++k) {
      const auto row = static_cast<Eigen::Index>(k);
      if (row >= of.parts_rad.size()) break;
      point.part_deg.push_back(of.parts_rad(row) * kDegPerRad);
      point.part_error_deg.push_back(
          row < of.sd_rad.size() ? kNormal90 * of.sd_rad(row) * kDegPerRad : 0.0);
      point.tooltip +=
          ", " + with_degrees(parts[k].name, point.part_deg[k], point.part_error_deg[k]);
    }
    before = demand;
    if (point.part_deg.size() == parts.size()) points.push_back(std::move(point));
  }
  return points;
}

std::vector<StopCurve::Dot> collect_dots(const Results& results, const LegResult& leg,
                                         const std::vector<PartStyle>& parts) {
  const std::vector<std::string> demands = demand_order(results);
  const int n_demands = static_cast<int>(demands.size());
  std::map<int, int> n_blocks;
  for (const DemandPoint& of : leg.take_up.points) ++n_blocks[place_of(demands, of.demand)];
  std::map<int, int> n_strides;
  const auto demand_of_stride = [&](const StrideResult& stride) {
    return place_of(demands, results.recordings[static_cast<std::size_t>(stride.recording)].demand);
  };
  for (const StrideResult& stride : leg.strides) ++n_strides[demand_of_stride(stride)];

  std::map<int, int> n_seen;
  std::vector<StopCurve::Dot> dots;
  for (const StrideResult& stride : leg.strides) {
    const RecordingResult& recording =
        results.recordings[static_cast<std::size_t>(stride.recording)];
    const int demand = demand_of_stride(stride);
    StopCurve::Dot dot;
    dot.thigh_deg = stride.at_peak.thigh_rad * kDegPerRad;
    dot.shape = demand_shape(demand);
    // Strides of the only demand, and of a ramp, darken as time goes by.
    const bool by_time = n_demands == 1 || n_blocks[demand] > 1;
    dot.color = by_time ? demand_color(n_seen[demand]++, n_strides[demand])
                        : demand_color(demand, n_demands);
    dot.tooltip = fmt::format("{}, {:.2f} s: thigh {}\u00b0", recording.name, stride.peak_time_s,
                              plain_number(dot.thigh_deg, 1));
    for (const PartStyle& part : parts) {
      const double value_deg = (stride.at_peak.*part.contribution).total_rad * kDegPerRad;
      dot.part_deg.push_back(value_deg);
      dot.tooltip += fmt::format(", {} {}\u00b0", part.name, plain_number(value_deg, 1));
    }
    dots.push_back(std::move(dot));
  }
  return dots;
}

// Opened by every value that is finite.
struct Span {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  bool is_empty() const { return high < low; }
  void hold(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

void choose_ranges(StopCurve& curve) {
  Span thigh;
  for (const StopCurve::Dot& dot : curve.dots) thigh.hold(dot.thigh_deg);
  // At least ten degrees wide, so that the scatter of one demand does not look like a trend.
  const double width = thigh.is_empty() ? 0.0 : thigh.high - thigh.low;
  const double margin = std::max({1.0, 0.06 * width, 5.0 - 0.5 * width});
  curve.thigh_deg = thigh.is_empty() ? Range{} : Range{thigh.low - margin, thigh.high + margin};
  curve.half_span_deg = 3.0;
  for (std::size_t k = 0; k < curve.parts.size(); ++k) {
    Span part;
    for (const StopCurve::Dot& dot : curve.dots) part.hold(dot.part_deg[k]);
    for (const StopCurve::Point& point : curve.points) {
      part.hold(point.part_deg[k] - point.part_error_deg[k]);
      part.hold(point.part_deg[k] + point.part_error_deg[k]);
    }
    curve.middle_deg.push_back(part.is_empty() ? 0.0 : (part.low + part.high) / 2.0);
    if (!part.is_empty()) {
      curve.half_span_deg = std::max(curve.half_span_deg, 0.5 * (part.high - part.low) + 2.0);
    }
  }
}

}  // namespace

StopCurve collect_stop_curve(const Results& results, Side side) {
  const LegResult& leg = results.legs[side];
  StopCurve curve;
  curve.parts = chain_parts(results.has_thorax);
  curve.dots = collect_dots(results, leg, curve.parts);
  curve.points = collect_points(leg.take_up, demand_order(results), curve.parts);
  choose_ranges(curve);
  return curve;
}

}  // namespace catena
