#include "catena/validation/wrong_prior.h"

namespace catena {

TakeUpPrior wrong_prior(const TakeUpPrior& prior, double factor) {
  TakeUpPrior wrong = prior;
  const double odds = prior.on_line_probability / (1.0 - prior.on_line_probability) / factor;
  wrong.on_line_probability = odds / (1.0 + odds);
  wrong.deviation_min_rad *= factor;
  wrong.deviation_max_rad *= factor;
  wrong.stride_sd_rad *= factor;
  for (double& time_s : wrong.drift_times_s) time_s *= factor;
  wrong.artefact_thigh_rad *= factor;
  wrong.artefact_pelvis_rad *= factor;
  wrong.artefact_thorax_rad *= factor;
  return wrong;
}

}  // namespace catena
