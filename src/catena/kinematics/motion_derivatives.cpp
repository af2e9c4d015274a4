#include "catena/kinematics/motion_derivatives.h"

#include <cmath>

#include "catena/math/smoothing_spline.h"

namespace catena {

Result<MotionDerivatives> differentiate(const Motion& motion,
                                        const MotionDerivativeOptions& options) {
  if (!(options.cutoff_hz > 0.0) || !std::isfinite(options.cutoff_hz)) {
    return fail(Errc::kBadOption, "the cutoff for velocities is not a positive number of hertz",
                motion.name, "give between 6 and 15 for running");
  }
  if (!(motion.rate_hz > 0.0) || !std::isfinite(motion.rate_hz)) {
    return fail(Errc::kMissingData, "this motion has no frame rate", motion.name,
                "velocities need frames that are evenly apart");
  }
  SplineDerivatives spline = smoothing_spline(motion.q, motion.rate_hz, options.cutoff_hz);
  return MotionDerivatives{std::move(spline.value), std::move(spline.first),
                           std::move(spline.second)};
}

}  // namespace catena
