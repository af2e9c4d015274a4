// Everything that a rule may look at, by name: numbers with their intervals, and yes or no.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catena/core/estimate.h"
#include "catena/findings/answer.h"
#include "catena/findings/pattern.h"

namespace catena {

/// A name ends in its unit: "_deg", "_mm", "_percent"; "_probability" and "_share" are parts of
/// one. Yes is 1 and no is 0. What is not known is not in the map.
using Quantities = std::map<std::string, Estimate>;

struct AllQuantities {
  Quantities of_runner;
  std::array<Quantities, 2> of_side;  // right, left
};

/// Looks on the side first, then on the runner; null when it is not known.
const Estimate* find_quantity(const AllQuantities& all, const std::string& name,
                              std::optional<Side> side);

/// "deg" of "left_deg"; empty for yes or no.
std::string unit_of(const std::string& name);

AllQuantities collect_quantities(const RunFindings& run, const std::optional<Examination>& exam,
                                 const std::vector<CapacityAndUse>& capacities,
                                 const Pattern& pattern);

/// Fills "{side}", "{name}" (the value) and "{name:interval}" ("4.2 (90 % 1.0 to 7.5)") into a
/// sentence; what is not known becomes "not known".
std::string fill_in(const std::string& sentence, const AllQuantities& all,
                    std::optional<Side> side);

}  // namespace catena
