// One recording as the report shows it.
#pragma once

#include <optional>

#include "catena/analysis/body_setup.h"
#include "catena/analysis/demands.h"
#include "catena/report/results.h"

namespace catena {

/// How well the body fits the recording, and the chain's angles over time.
///
/// standing   angles are also counted from it
RecordingResult describe(const FittedRun& run, const std::optional<FittedRun>& standing,
                         const BodySetup& body, const DemandOfRun& demand);

}  // namespace catena
