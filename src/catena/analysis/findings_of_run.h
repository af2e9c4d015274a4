// From the results of a run to what the rules of the answer read of them.
#pragma once

#include "catena/findings/run_findings.h"
#include "catena/report/results.h"

namespace catena {

RunFindings findings_of_run(const Results& results);

}  // namespace catena
