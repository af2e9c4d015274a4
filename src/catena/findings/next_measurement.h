// The next measurement: which examination or recording still open would tell most, by expected
// information gain.
#pragma once

#include <optional>
#include <vector>

#include "catena/findings/answer.h"
#include "catena/findings/pattern.h"
#include "catena/findings/rules.h"

namespace catena {

/// What has been done already, and what is known by it.
struct KnownSoFar {
  const RunFindings& run;
  const std::optional<Examination>& exam;
  const std::vector<RecordedCapacity>& recorded;
  const Pattern& pattern;
};

/// Every measurement still open: the questions about pain and red flags first, if they were not
/// asked, then the one that tells most. Of a measurement of both hips the better known hip is
/// counted once.
std::vector<NextMeasurement> open_measurements(const KnownSoFar& known, const Rules& rules);

}  // namespace catena
