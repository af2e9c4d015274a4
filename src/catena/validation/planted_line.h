// The first family of planted runners: a line through the demands, or a line that bends, and normal
// departures from it; close to what the estimator assumes.
#pragma once

#include <cstdint>

#include "catena/validation/planted_session.h"

namespace catena {

/// Hip 0.2 to 0.9, low back 0 to 0.6, lean -0.1 to 0.4 of the thigh. Beyond a stop the hip's slope
/// falls to `slope_kept` of itself; what the hip leaves the low back takes, lean is held.
PlantedSession plant_on_line(const StrideCell& cell, std::uint64_t seed);

}  // namespace catena
