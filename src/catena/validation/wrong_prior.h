// The estimator's prior, wrong by a factor, while the planted world stays as it is.
#pragma once

#include "catena/chain/take_up_prior.h"

namespace catena {

/// Every size that the prior states, times the factor: the departures' limits, the strides'
/// scatter, the error that grows with the demand, the bends, the drift's times; the odds of a
/// departure and of a bend as well. The rules stay: what decides whether a share is given, and the
/// probabilities from which on a stop is shown or excluded.
TakeUpPrior wrong_prior(const TakeUpPrior& prior, double factor);

}  // namespace catena
