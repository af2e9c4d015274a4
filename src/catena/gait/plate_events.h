// Contact and toe-off from force plates.
#pragma once

#include <vector>

#include "catena/core/error.h"
#include "catena/gait/gait_event.h"
#include "catena/recording/plate_forces.h"
#include "catena/trajectories/body_points.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

struct PlateEventOptions {
  // The vertical force passes through this at contact and toe-off: the usual choice of running
  // studies; an unloaded plate under a belt swings by less once it is filtered.
  double threshold_n = 20.0;
  // Zero-lag low-pass of the force before. 50 Hz leaves the rise of an impact.
  double cutoff_hz = 50.0;
};

/// Contacts and toe-offs of what presses on the plates, told apart into feet as by foot_forces.
///
/// A contact whose foot cannot be told, or that begins or ends outside the recording, gives no
/// event there; notes say how many. A foot that steps off a plate's edge onto the floor makes an
/// event that is none: events at which the foot's markers show it still on the ground are for the
/// combination to judge (gait_events).
///
/// plates     turned into ground (y up)
/// errors     those of foot_forces
Result<GaitEvents> plate_events(const std::vector<PlateForces>& plates, const Trajectories& points,
                                const BodyPoints& body, const PlateEventOptions& options = {});

}  // namespace catena
