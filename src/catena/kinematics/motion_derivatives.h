// Velocities and accelerations of a motion's coordinates.
#pragma once

#include <Eigen/Core>

#include "catena/core/error.h"
#include "catena/kinematics/motion.h"
#include "catena/trajectories/clean.h"

namespace catena {

struct MotionDerivativeOptions {
  // Half of the power is left at this frequency. 10 Hz is what Fukuchi, Fukuchi & Duarte 2017
  // smooth running markers with; authors go from 6 to 15 Hz, and higher in sprinting. At or above
  // half the rate nothing is smoothed. Impacts are faster: accelerations around contact are rounded
  // by it.
  double cutoff_hz = kRunningCutoff_hz;
};

/// Each (n_frames, n_coordinates) in rad or m and s; NaN where no pose is known, and in pieces of
/// one or two frames, whose speed nothing says.
struct MotionDerivatives {
  Eigen::MatrixXd q;  // smoothed with the same spline: these three belong together
  Eigen::MatrixXd velocity;
  Eigen::MatrixXd acceleration;
};

/// By natural quintic smoothing splines (math/smoothing_spline), each piece between gaps alone.
///
/// errors     kBadOption: a cutoff that is not positive; kMissingData: the motion has no rate
Result<MotionDerivatives> differentiate(const Motion& motion,
                                        const MotionDerivativeOptions& options = {});

}  // namespace catena
