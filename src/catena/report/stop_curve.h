// What the stop curve of one leg shows, in degrees: strides, demands with their errors, ranges.
#pragma once

#include <string>
#include <vector>

#include "catena/model/chain_map.h"
#include "catena/report/parts.h"
#include "catena/report/results.h"
#include "catena/report/svg.h"

namespace catena {

struct StopCurve {
  /// One stride.
  struct Dot {
    double thigh_deg = 0.0;
    std::vector<double> part_deg;  // per part
    MarkerShape shape = MarkerShape::kCircle;
    std::string color, tooltip;
  };
  /// One demand, or one block of a ramp, with the half widths of its 90 % error.
  struct Point {
    double thigh_deg = 0.0, thigh_error_deg = 0.0;
    std::vector<double> part_deg, part_error_deg;  // per part
    MarkerShape shape = MarkerShape::kCircle;
    bool follows = false;  // the block of the same ramp that comes after the point before
    std::string color, tooltip;
  };
  std::vector<PartStyle> parts;
  std::vector<Dot> dots;
  std::vector<Point> points;
  Range thigh_deg;
  std::vector<double> middle_deg;  // centre of each panel
  double half_span_deg = 1.0;      // the same for all panels: a degree is as high in each
};

/// No dots: the leg has no strides.
StopCurve collect_stop_curve(const Results& results, Side side);

}  // namespace catena
