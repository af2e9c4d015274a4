// What people want to know of a fitted body.
#pragma once

#include "catena/analysis/fit_body_of_runner.h"

namespace catena {

/// Poses of the fitted body over some pieces of each recording, evenly spread, and what they say:
/// residuals by marker, segment and recording; lengths and joint centres; the picture of the
/// standing trial, or of the first run.
///
/// recordings  a warning is added to those that the body does not follow well
/// errors      kMismatch: no pose of the body resembles a recording
Result<FitSummary> summarize_fit(CleanRecordings& recordings, const FitInputs& inputs,
                                 const BodyPrior& prior, const BodyFit& fit);

}  // namespace catena
