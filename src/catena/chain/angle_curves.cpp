#include "catena/chain/angle_curves.h"

#include "catena/chain/budget.h"

namespace catena {

AngleCurves absolute_angles(const SegmentMotion& motion, Side side) {
  const auto n_frames = static_cast<Eigen::Index>(motion.pelvis.size());
  AngleCurves curves;
  for (Eigen::VectorXd* curve : {&curves.thigh_rad, &curves.hip_rad, &curves.pelvis_rad,
                                 &curves.low_back_rad, &curves.lean_rad}) {
    curve->resize(n_frames);
  }

  const ChainPosture upright = upright_posture(motion.has_thorax);
  for (Eigen::Index k = 0; k < n_frames; ++k) {
    const Budget budget = budget_between(upright, posture_at(motion, side, static_cast<int>(k)));
    curves.thigh_rad(k) = budget.thigh_rad;
    curves.hip_rad(k) = budget.hip.total_rad;
    curves.pelvis_rad(k) = budget.pelvis.total_rad;
    curves.low_back_rad(k) = budget.low_back.total_rad;
    curves.lean_rad(k) = budget.lean.total_rad;
  }
  return curves;
}

AngleCurves from_standing(const AngleCurves& absolute, const AngleCurves& standing) {
  const auto shifted = [](const Eigen::VectorXd& curve, const Eigen::VectorXd& zero) {
    const auto known = !zero.array().isNaN();
    const double mean = known.select(zero.array(), 0.0).sum() / static_cast<double>(known.count());
    return Eigen::VectorXd(curve.array() - mean);
  };
  return {shifted(absolute.thigh_rad, standing.thigh_rad),
          shifted(absolute.hip_rad, standing.hip_rad),
          shifted(absolute.pelvis_rad, standing.pelvis_rad),
          shifted(absolute.low_back_rad, standing.low_back_rad),
          shifted(absolute.lean_rad, standing.lean_rad)};
}

}  // namespace catena
