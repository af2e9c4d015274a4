// How far a joint can go by the examination, and how far the run asks it to go.
#pragma once

#include <optional>
#include <vector>

#include "catena/findings/answer.h"
#include "catena/findings/pattern.h"
#include "catena/findings/rules.h"

namespace catena {

/// Every joint direction that was both examined and used. The exam's zero and the run's differ by
/// an amount that nobody knows, so most are not distinguishable; where the exam position was itself
/// recorded, only its own error is left.
std::vector<CapacityAndUse> capacity_and_use(const RunFindings& run,
                                             const std::optional<Examination>& exam,
                                             const std::vector<RecordedCapacity>& recorded,
                                             const Rules& rules);

/// Where a hip's extension ends by all tests of it together, weighed by their errors; a recorded
/// position stands alone. None: not examined, or not distinguishable from use.
std::optional<HipEnd> hip_end(const std::vector<CapacityAndUse>& rows, Side side,
                              const PatternAssumptions& assumptions);

}  // namespace catena
