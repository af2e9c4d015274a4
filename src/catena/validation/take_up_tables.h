// Counts of many legs as lines of tables in Markdown, alike in both halves of the coverage study.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "catena/validation/take_up_score.h"

namespace catena {

/// "right", "x 3", "/ 3"
std::string prior_words(double factor);

/// Cannot tell; of hip, low back, lean and pelvis coverage of the 90 % intervals, median width and
/// mean error.
std::string shares_head();
std::string shares_rule();
std::string shares_cells(std::span<const ScoredLeg> legs);

/// Of the legs that stop, or of those that do not: how many, the verdicts on them, and the interval
/// of the stop. Empty when there is no such leg.
std::string stops_head();
std::string stops_rule();
std::string stops_cells(std::span<const ScoredLeg> legs, bool that_stop);

/// How many of the shares' coverages lie between 85 and 95 %, below and above, the farthest of
/// each; and how many hips without a stop were accused at most.
std::string count_words(std::span<const std::vector<ScoredLeg>> rows);

}  // namespace catena
