// What is measured of a single stride: times, distances, speed. One table names them all.
#pragma once

#include <array>
#include <limits>
#include <vector>

#include "catena/gait/gait_event.h"
#include "catena/gait/gait_points.h"

namespace catena {

/// Indices into the arrays below. Definitions and sources: docs/methods/strides.md.
enum StrideMeasure {
  kStrideTime,
  kStepTime,
  kCadence,
  kContactTime,
  kFlightTime,
  kDoubleSupport,
  kDutyFactor,
  kStrideLength,
  kStepLength,
  kStepWidth,
  kVerticalOscillation,
  kOverstride,
  kSpeed,
  kMeasureCount
};

struct MeasureInfo {
  const char* name;     // in files: "contact_time"
  const char* unit;     // of the values: "s", "m", "1", "steps/min", "m/s"
  const char* label;    // for people
  const char* meaning;  // for people, completes the label
  // For people: value times `shown_per_unit` in `shown_unit`, with so many decimals.
  const char* shown_unit;
  double shown_per_unit;
  int decimals;
  // False where right and left are of one rhythm and one way: their strides overlap, and over
  // many strides they cannot differ.
  bool compares_sides;
  bool in_percent;   // zero means none of it, so that a difference in percent makes sense
  bool is_distance;  // rests on the scale of the points
};

inline constexpr std::array<MeasureInfo, kMeasureCount> kMeasures = {{
    {"stride_time", "s", "stride time", "contact to the next contact of the same foot", "ms", 1e3,
     0, false, true, false},
    {"step_time", "s", "step time", "contact of the other foot to contact of this one", "ms", 1e3,
     0, true, true, false},
    {"cadence", "steps/min", "cadence", "two steps a stride", "steps/min", 1.0, 1, false, true,
     false},
    {"contact_time", "s", "contact time", "contact to toe-off", "ms", 1e3, 0, true, true, false},
    {"flight_time", "s", "flight time", "toe-off to contact of the other foot", "ms", 1e3, 0, true,
     true, false},
    {"double_support", "s", "double support", "both feet on the ground, in one stride", "ms", 1e3,
     0, false, true, false},
    {"duty_factor", "1", "duty factor", "contact time of the stride time", "%", 1e2, 1, true, true,
     false},
    {"stride_length", "m", "stride length", "from a place of this foot to its next", "m", 1.0, 3,
     false, true, true},
    {"step_length", "m", "step length", "from the other foot's place to this one's, along the way",
     "m", 1.0, 3, true, true, true},
    {"step_width", "m", "step width", "the feet apart across the way; below 0: crossed over", "cm",
     1e2, 1, false, false, true},
    {"vertical_oscillation", "m", "vertical oscillation", "of the pelvis, contact to next contact",
     "cm", 1e2, 1, true, true, true},
    {"overstride", "m", "overstride", "the heel ahead of its hip at contact", "cm", 1e2, 1, true,
     false, true},
    {"speed", "m/s", "speed", "over what the feet stand on", "m/s", 1.0, 2, false, true, true},
}};

/// Whether a gait has it: flight is running's, double support walking's.
bool applies(StrideMeasure measure, Gait gait);

struct StrideValues {
  Stride stride;
  std::array<double, kMeasureCount> value{};  // in kMeasures' units; NaN: not known
  // SD of errors that all strides share, so that their scatter does not show them and more strides
  // do not lessen them: of the events, which err in each foot's own way; of belt speed and scale,
  // which are one for both feet.
  std::array<double, kMeasureCount> side_sd{}, common_sd{};
};

/// How fast a treadmill's belt goes backwards; zero over the ground.
struct BeltSpeed {
  double speed_m_s = 0.0;
  double sd_m_s = 0.0;     // beside what an error of the points' scale does to it
  bool by_points = true;   // found from the points: it rests on their scale
  double rise_m_s2 = 0.0;  // of a ramp
  double at_s = 0.0;       // when it has speed_m_s

  /// How far the belt has gone since at_s.
  [[nodiscard]] double way_m(double time_s) const {
    const double since_s = time_s - at_s;
    return (speed_m_s + 0.5 * rise_m_s2 * since_s) * since_s;
  }
};

/// Every measure of every stride.
///
/// strides    times on the clock of the points
/// belt       NaN: lengths along the way and speed are not known
/// returns    in the order of the strides
std::vector<StrideValues> measure_strides(const GaitStrides& strides, const GaitPoints& points,
                                          const BeltSpeed& belt);

/// The belt's speed as the standing feet show it: the slope of the foot's front over the middle of
/// each contact, the median of strides; where it surely rises or falls by more than a twentieth
/// over the recording, the line through them. NaN when fewer than three strides show it.
BeltSpeed belt_speed_of_feet(const GaitStrides& strides, const GaitPoints& points);

}  // namespace catena
