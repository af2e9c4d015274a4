// How large a synthetic body is: published proportions, and each body's own departure from them.
#pragma once

#include <cstdint>

#include "catena/math/random_stream.h"
#include "catena/model/body_dimensions.h"

namespace catena {

struct SyntheticBodyOptions {
  double height_m = 1.75;
  double mass_kg = 68.0;
  bool female = false;  // which of de Leva's two columns
  // How far this body departs from the published proportions, in units of their published error.
  // 0: exactly the proportions; the same body for every seed.
  double variation = 1.0;
  bool arms = true;
  bool feet = true;      // false: the shank ends at the ankle, and carries no foot markers
  bool subtalar = true;  // false: the coordinate is there, but locked
  bool mtp = false;      // false: the coordinate is there, but locked
  std::uint64_t seed = 1;
};

/// The proportions of one body: those of proportional_dimensions, and departures. Its pelvis frame
/// is not the one by ASIS and PSIS but level in standing: the line from PSIS to ASIS drops by 10
/// degrees, and by more or less as the bone is shaped.
///
/// source     leave-one-out errors of the hip centre, 5.2, 3.6, 3.2 mm: Harrington et al. 2007,
///            J Biomech 40:595; bony pelvis shape SD 5 degrees: Preece et al. 2008
BodyDimensions body_dimensions(const SyntheticBodyOptions& options);

/// What a laboratory that scales a model to this body would believe its dimensions to be.
///
/// error_scale  1: joint centres wrong by their published errors; 0: no error
BodyDimensions believed_dimensions(const BodyDimensions& truth, double error_scale,
                                   RandomStream stream);

}  // namespace catena
