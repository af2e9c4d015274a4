// How the program ends, and what it says when something went wrong.
#pragma once

#include "catena/core/error.h"

namespace catena {

enum ExitCode { kDone = 0, kBadInput = 1, kBadUsage = 2, kNotConverged = 3 };

/// "catena: run.trc:7: 3 columns are missing; export the file again" on stderr; the exit code that
/// goes with it.
int report_error(const Error& error);

}  // namespace catena
