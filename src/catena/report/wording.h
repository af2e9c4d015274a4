// What was found, in plain sentences that keep to the claims policy: a pattern is or is not
// consistent with something, a number is or is not distinguishable from measurement error, and
// everything is relative to the runner's own recordings. Never a diagnosis, damage or blame.
#pragma once

#include <string>
#include <vector>

#include "catena/report/results.h"

namespace catena {

/// "right leg"
std::string leg_name(Side side);

/// The posture at the peak of thigh extension, with intervals; empty without strides.
std::string peak_sentence(const Results& results, Side side);

/// Who takes up the next degree, with intervals; or why that is not known.
std::string take_up_sentence(const Results& results, Side side);

/// Which of the shares can be told from none; empty when no share is known.
std::string consistency_sentence(const Results& results, Side side);

/// What of hip's and pelvis's share comes by pelvic rotation and drop; empty where that is not
/// known.
std::string rest_sentence(const Results& results, Side side);

/// The shares of the right leg beside those of the left; empty where a leg has none.
std::string sides_sentence(const Results& results);

/// When to see a clinician, whatever the analysis shows.
std::string red_flag_sentence();

/// What this report cannot tell, one item each.
std::vector<std::string> limits(const Results& results);

/// Signs, frames and what the angles are, one item each.
std::vector<std::string> conventions(const Results& results);

}  // namespace catena
