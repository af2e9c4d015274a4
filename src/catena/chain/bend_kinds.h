// What a drawn curve is: straight, a hip at its stop, a hip that gives less by nature, or one that
// gives more.
#pragma once

#include <array>

#include "catena/chain/take_up_draws.h"
#include "catena/chain/take_up_prior.h"
#include "catena/math/random_stream.h"

namespace catena {

/// Draws of both legs' curves with their kinds told, as many as before; right and left at the same
/// place belong together. The draws of the shares hold bends of any size, evenly either way. What a
/// bend is hangs on how much the hip gives beyond it: at its stop hardly anything, while a hip that
/// bends by nature keeps a good part. Each draw counts by the odds of what it can be (TakeUpPrior)
/// over those it was drawn with, and is taken as often as it counts.
///
/// depends    the same draws and stream give the same
/// source     importance resampling: Rubin 1988, Bayesian Statistics 3:395; docs/methods/take-up.md
std::array<TakeUpDraws, 2> tell_bends(const std::array<TakeUpDraws, 2>& draws,
                                      const TakeUpPrior& prior, RandomStream stream);

}  // namespace catena
