// Times, distances and speed over the strides of a recording; what right and left differ by.
#pragma once

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "catena/core/estimate.h"
#include "catena/gait/stride_measures.h"

namespace catena {

struct SpatiotemporalOptions {
  // A treadmill's speed as a person said it; NaN: the standing feet say it.
  double belt_speed_m_s = std::numeric_limits<double>::quiet_NaN();
  // Relative SD of a speed that was said: displays and belts that slow under a foot are off by
  // about a hundredth.
  double said_speed_error = 0.01;
};

/// One measure over the strides of one gait.
struct MeasureSummary {
  // The mean over strides, and how well it is known (90 %): by the scatter of strides, which
  // follow each other, and by the error that they share. Not how single strides differ.
  std::array<Estimate, 2> side;  // right, left
  Estimate both;                 // midway between the sides; of one where the other has no stride
  std::array<double, 2> stride_sd{};  // of single strides; NaN for fewer than two
  std::array<int, 2> n{};             // strides in which it is known
  std::array<int, 2> n_lost{};        // of this gait, in which it is not

  // Right minus left, at 95 %. NaN where sides cannot be compared; without an interval where they
  // are seen from one side.
  Estimate asymmetry;
  double asymmetry_percent = std::numeric_limits<double>::quiet_NaN();  // of the sides' mean
  // A smaller difference cannot be told from none at 95 %: half of that interval.
  double smallest_detectable = std::numeric_limits<double>::quiet_NaN();
  bool distinguishable = false;  // |asymmetry| is above it

  // Change over the recording, per minute, at 95 %; NaN for fewer than eight strides.
  Estimate trend_per_min;
  bool drifts = false;  // zero lies outside of it

  std::string why;  // one sentence where it is not known at all
};

struct Spatiotemporal {
  Gait gait = Gait::kUnknown;         // of most strides, and of all that is summed up
  std::vector<StrideValues> strides;  // all, in order of time
  std::array<MeasureSummary, kMeasureCount> measures;
  BeltSpeed belt;          // as used
  std::string belt_by;     // "given", "found from the standing feet"; empty over the ground
  bool is_scaled = true;   // false: lengths rest on an assumed height
  bool is_planar = false;  // seen from one side
  std::vector<std::string> notes;
};

/// Measures every stride and sums them up by side.
///
/// strides    those of another gait than most are measured but not summed up; a note says so
/// points     lost places make NaN in the measures that need them, counted in n_lost
Spatiotemporal spatiotemporal(const GaitStrides& strides, const GaitPoints& points,
                              const SpatiotemporalOptions& options = {});

}  // namespace catena
