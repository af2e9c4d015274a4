// The result in a few lines, for a terminal.
#pragma once

#include <string>

#include "catena/report/results.h"

namespace catena {

/// ASCII, at most 100 columns where names are short: one line a recording, then budget and shares
/// of each leg with their intervals.
std::string render_text(const Results& results);

}  // namespace catena
