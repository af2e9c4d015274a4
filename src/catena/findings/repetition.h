// What repeats with every stride, by distance: relative to the runner's own recordings. No damage,
// no wear, no probability of injury.
#pragma once

#include <optional>
#include <vector>

#include "catena/findings/answer.h"

namespace catena {

/// loads     slowest first; the first is what the others are set against
/// exam      none, or without kilometres: nothing by session and week
Repetition repetition_of(const std::vector<RecordingLoad>& loads,
                         const std::optional<Examination>& exam);

}  // namespace catena
