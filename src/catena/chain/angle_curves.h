// Absolute angles of one leg's chain over time.
#pragma once

#include <Eigen/Core>

#include "catena/gait/segment_motion.h"

namespace catena {

/// Absolute angles of one leg's chain at every frame, as in StrideResult: counted from the upright
/// chain, thigh = hip + low_back + lean. (n_frames) each, NaN where no pose is known; low_back and
/// lean NaN without a thorax. Empty vectors: not worked out.
struct AngleCurves {
  Eigen::VectorXd thigh_rad, hip_rad, pelvis_rad, low_back_rad, lean_rad;
};

AngleCurves absolute_angles(const SegmentMotion& motion, Side side);

/// The same counted from the mean of the runner's own standing trial, in which offsets of marker
/// places and of the bones' shape cancel.
AngleCurves from_standing(const AngleCurves& absolute, const AngleCurves& standing);

}  // namespace catena
