// catena-validate body-fit: planted bodies against fitted ones.
#pragma once

#include "catena/validation/body_fit_study.h"

namespace catena {

/// Prints the table; the exit code.
int run_body_fit_study(const BodyFitStudyOptions& options);

}  // namespace catena
