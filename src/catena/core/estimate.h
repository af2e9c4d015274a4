// A number that a person will read: never bare, always with its interval and where it comes from.
#pragma once

#include <limits>
#include <string>

namespace catena {

struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  double level = 0.90;  // probability that [low, high] is meant to hold
  std::string source;   // how the interval was made: "5th to 95th percentile over 14 strides"
};

}  // namespace catena
