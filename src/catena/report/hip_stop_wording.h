// The hip stop in plain sentences: what was found, how probable it is, and what would tell more.
// They keep to the claims policy as those of wording.h do.
#pragma once

#include <string>

#include "catena/report/number_text.h"
#include "catena/report/results.h"

namespace catena {

/// The hip bends the other way: it gives more of each degree, not less, as the thigh goes on.
bool bends_other_way(const HipStop& stop);

/// The verdict in a few words, with its probability: "Hip stop: not reached within the range
/// recorded (probability 2 %)".
std::string stop_headline(const TakeUp& take_up, Script script);

/// The verdict in one to three sentences. Empty without strides.
std::string stop_sentence(const Results& results, Side side);

/// The four probabilities; empty when nothing could be tested.
std::string linearity_sentence(const HipStop& stop);

/// What they count before anything is recorded.
std::string beforehand_sentence();

/// A ramp is seen as blocks: its demand's label, or an empty one when the leg has none.
std::string ramp_of(const TakeUp& take_up);

}  // namespace catena
