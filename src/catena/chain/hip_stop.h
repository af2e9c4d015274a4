// The hip stop: does hip extension stop growing while the thigh goes on?
#pragma once

#include "catena/chain/take_up.h"
#include "catena/chain/take_up_draws.h"

namespace catena {

/// The verdict on one leg that is fitted.
///
/// draws      their kinds told (bend_kinds.h)
/// n_points   demands, or blocks of a ramp
/// level      of the intervals
/// source     docs/methods/take-up.md
HipStop find_hip_stop(const TakeUpDraws& draws, int n_points, const TakeUpPrior& prior,
                      double level);

/// No bend, but a hip that may give nothing: a stop before the range would look the same.
bool may_be_stopped_throughout(const TakeUp& take_up);

}  // namespace catena
