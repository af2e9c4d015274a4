// Estimates whose error is normally distributed.
#pragma once

#include <string>
#include <utility>

#include "catena/core/estimate.h"

namespace catena {

// So many standard deviations to either side of the mean hold 90 or 95 % of a normal distribution.
inline constexpr double kNormal90 = 1.6448536269514722;
inline constexpr double kNormal95 = 1.9599639845400545;

/// A value with its 90 % interval.
inline Estimate normal_estimate(double value, double sd, std::string source) {
  return {value, value - kNormal90 * sd, value + kNormal90 * sd, 0.90, std::move(source)};
}

/// The standard deviation by a 90 % interval; NaN where there is no interval.
inline double sd_of(const Estimate& estimate) {
  return (estimate.high - estimate.low) / (2.0 * kNormal90);
}

}  // namespace catena
