// Contact and toe-off from the paths of feet and pelvis alone.
#pragma once

#include "catena/gait/gait_event.h"
#include "catena/gait/gait_points.h"
#include "catena/gait/marker_methods.h"

namespace catena {

struct MarkerEventOptions {
  // Low-pass of paths and speeds. The speed thresholds belong to it.
  double path_cutoff_hz = 20.0;
  // Low-pass for accelerations at contact: an impact rises in 10 to 20 ms.
  double impact_cutoff_hz = 30.0;
  // A foot swings at least this far past the pelvis, from before it to behind it. Standing,
  // shifting and turning move it less; slow walking about 0.5 m.
  double shortest_swing_m = 0.25;
  // What each method is off by.
  MethodErrors errors = measured_errors();
};

/// Contacts and toe-offs of both feet, each the mean of several methods weighed by their errors.
///
/// How often a foot swings from the front to the back of the pelvis says how many contacts there
/// are; each method then says when, within its swing. What a method is late by on the mean is taken
/// off; these means, and what is left of scatter, were measured on instrumented treadmills and
/// plates (docs/methods/events.md, with each method's source). A method that is lost (a gap, a low
/// rate, no pelvis) is left out and the uncertainty grows. Events whose foot is not seen for long
/// enough before and after are left out.
///
/// returns    in order of time; sd_s of the error against a plate's 20 N, from the methods'
///            errors, their disagreement, and the time between two frames
GaitEvents marker_events(const GaitPoints& points, const MarkerEventOptions& options = {});

}  // namespace catena
