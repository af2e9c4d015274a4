#include "catena/chain/freed_hip.h"

#include <limits>

#include "catena/chain/take_up_draws.h"

namespace catena {

FreedHip free_hip(const TakeUpDraws& draws, const TakeUpPrior& prior) {
  const LegAxis& axis = draws.axis;
  const auto n = static_cast<Eigen::Index>(draws.curves.size());
  FreedHip freed;
  freed.stop_prior = prior.stop_probability;
  freed.stop_hip_rad = Eigen::VectorXd::Constant(n, std::numeric_limits<double>::quiet_NaN());
  freed.hip_farthest_rad.resize(n);
  freed.low_back_rad = Eigen::VectorXd::Zero(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const DrawnCurve& curve = draws.curves[static_cast<std::size_t>(i)];
    freed.hip_farthest_rad[i] =
        axis.mean_contrasts_rad[0] + contrasts_at(axis, curve, axis.high_rad)[0];
    if (draws.kinds[static_cast<std::size_t>(i)] != BendKind::kStop) continue;
    freed.stop_hip_rad[i] = bend_of_draw(draws, static_cast<std::size_t>(i)).hip_rad;
    // The bend's part of (hip, low back, lean) or (hip, pelvis) where the thigh stays. The artefact
    // grows evenly with the thigh's angle and so has no part in a bend.
    const Eigen::Vector2d beyond =
        corrected_slope(axis, curve.slope + curve.bend_slope) - corrected_slope(axis, curve.slope);
    const double past_rad = axis.high_rad - axis.bend_rad[curve.bend];
    freed.low_back_rad[i] = parts_from_contrasts(draws.has_thorax, 0.0, past_rad * beyond)[1];
  }
  return freed;
}

}  // namespace catena
