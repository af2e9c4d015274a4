// What a measurement would tell of the mechanical pattern, before it is made.
#pragma once

#include "catena/findings/pattern.h"
#include "catena/findings/rules.h"

namespace catena {

struct Expected {
  double bits = 0.0;  // mutual information of the reading and the pattern
  // The probability that would be stated after the tenth of readings that are lowest, highest.
  double if_low_probability = 0.0;
  double if_high_probability = 0.0;
};

/// Of where a hip ends: low is early.
///
/// end        its extension is not used
Expected expect_hip_end(const Pattern& pattern, Side side, const HipEnd& end,
                        const PatternAssumptions& assumptions);

/// Of the relief that the freed hip would bring, of the leg in which it is more.
///
/// sd_rad     by which the reading errs
/// speaks     probability that it errs by no more than that
Expected expect_relief(const Pattern& pattern, double sd_rad, double speaks,
                       const PatternAssumptions& assumptions);

/// Of the low back's part of the pelvis's; nothing where the thorax was seen.
Expected expect_low_back_part(const Pattern& pattern, const PatternAssumptions& assumptions);

}  // namespace catena
