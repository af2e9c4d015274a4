// Small pictures of the answer: the probability as a bar, and what a joint can beside what the run
// asks of it.
#pragma once

#include <string>

#include "catena/report/results.h"

namespace catena {

/// A bar from 0 to 100 %; the words beside it say the same, so a screen reader passes it over.
/// Empty for NaN.
std::string draw_probability(double probability);

/// From where to where the bars of all joints go, degrees.
struct CapacityScale {
  double low_deg = 0.0, high_deg = 1.0;
};
CapacityScale capacity_scale(const std::vector<CapacityAndUse>& rows);

/// Two bars from their own zeros, each with its interval, and how far the two zeros may lie apart:
/// the band about the end of the capacity. Empty where either is not known.
std::string draw_capacity(const CapacityAndUse& row, const CapacityScale& scale);

}  // namespace catena
