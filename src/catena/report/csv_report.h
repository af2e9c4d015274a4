// The angles of every frame as one tidy table.
#pragma once

#include <string>

#include "catena/report/results.h"

namespace catena {

/// One row a frame and side: recording, demand, side, frame, time_s, the absolute angles in
/// degrees, and is_peak (1 at a peak of thigh extension). Empty cells where no angle is known.
std::string render_curves_csv(const Results& results);

}  // namespace catena
