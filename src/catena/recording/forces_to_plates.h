// Ground forces of an OpenSim .mot beside markers of a TRC file, as C3D has both: force plates and
// their channels.
#pragma once

#include "catena/core/error.h"
#include "catena/recording/grf_file.h"
#include "catena/recording/recording.h"

namespace catena {

/// Adds each force as a plate of type 2 with six channels.
///
/// A plate lies level at the median height of its centres of pressure, just large enough for them,
/// in whole millimetres. Force and moment come back as they were; a centre of pressure at another
/// height, or a free moment about a horizontal axis, comes back as the place on the plate's plane
/// that has the same effect, and a note says so.
///
/// recording  markers in ground (y up), without analog channels; notes go to its points
/// errors     kMismatch: channels are there already, the forces' clock is uneven, is no whole
///            multiple of the points' rate, or does not overlap them
Result<void> add_force_plates(const GroundForces& forces, Recording& recording);

}  // namespace catena
