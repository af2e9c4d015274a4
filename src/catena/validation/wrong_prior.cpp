#include "catena/validation/wrong_prior.h"

namespace catena {
namespace {

/// A probability whose odds are so many times as high.
double with_odds_times(double probability, double factor) {
  const double odds = factor * probability / (1.0 - probability);
  return odds / (1.0 + odds);
}

}  // namespace

TakeUpPrior wrong_prior(const TakeUpPrior& prior, double factor) {
  TakeUpPrior wrong = prior;
  wrong.on_line_probability = with_odds_times(prior.on_line_probability, 1.0 / factor);
  wrong.deviation_min_rad *= factor;
  wrong.deviation_max_rad *= factor;
  wrong.bend_probability = with_odds_times(prior.bend_probability, factor);
  wrong.hip_bend_sd *= factor;
  wrong.back_bend_sd *= factor;
  wrong.stride_sd_rad *= factor;
  for (double& time_s : wrong.drift_times_s) time_s *= factor;
  wrong.artefact_thigh_rad *= factor;
  wrong.artefact_pelvis_rad *= factor;
  wrong.artefact_thorax_rad *= factor;
  return wrong;
}

}  // namespace catena
