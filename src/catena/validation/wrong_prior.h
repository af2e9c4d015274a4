// The estimator's prior, wrong by a factor, while the planted world stays as it is.
#pragma once

#include "catena/chain/take_up_prior.h"

namespace catena {

/// Every size of an error that the prior states, times the factor: the departures' limits, the
/// strides' scatter, the error that grows with the demand, the drift's times; the odds of no
/// departure divided by it. What decides whether a share is given stays.
TakeUpPrior wrong_prior(const TakeUpPrior& prior, double factor);

}  // namespace catena
