// The first page of the report, for the runner: at most one sheet of A4.
#pragma once

#include "catena/report/markup.h"
#include "catena/report/results.h"

namespace catena {

/// Safety first; the answer with its probability; the runner's own figure; why; what to do next.
/// Where a red flag is present: where to go, and no answer.
void write_runner_page(Markup& html, const Results& results);

}  // namespace catena
