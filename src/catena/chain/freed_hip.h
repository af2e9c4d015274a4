// What the draws of a leg's curve say of a hip whose stop were taken away.
#pragma once

#include <Eigen/Core>

namespace catena {

struct TakeUpDraws;
struct TakeUpPrior;

/// One entry for each draw of a leg's curve; those of right and left at the same place belong
/// together, since both legs are drawn jointly. Empty when the leg is not fitted. Angles are
/// counted from the runner's own standing, as the parts are.
///
/// A stop had probability `stop_prior` before the points were seen, and the draws hold it with its
/// probability afterwards. Who starts from other odds weighs the draws that stop by their own odds
/// over stop_prior / (1 - stop_prior), the others by one.
struct FreedHip {
  Eigen::VectorXd stop_hip_rad;      // hip extension at the stop; NaN: this draw has none
  Eigen::VectorXd hip_farthest_rad;  // hip extension at the farthest demand
  // By how much less the low back would extend at the farthest demand had the hip gone on giving as
  // before the bend, the thigh unchanged: the bend's own part of the low back. Positive: the freed
  // hip relieves it; negative where the lean takes up more than the hip gave up; zero without a
  // stop. Without a thorax it is the pelvis's part.
  Eigen::VectorXd low_back_rad;
  double stop_prior = 0.0;  // TakeUpPrior::stop_probability
};

/// draws      their kinds told (bend_kinds.h)
/// source     docs/methods/take-up.md: with h = hip and m = (low back - lean) / 2 the low back is
///            (thigh - h) / 2 + m, so that a bend of (b_h, b_m) at c adds (b_m - b_h / 2) (x - c)
FreedHip free_hip(const TakeUpDraws& draws, const TakeUpPrior& prior);

}  // namespace catena
