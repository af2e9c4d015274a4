// Strides, curves and comparisons of a recording as JSON.
#pragma once

#include <string>

#include "catena/report/results.h"

namespace catena {

/// One object: events, incomplete_strides, spatiotemporal, curves, outlier_strides, coordination,
/// right_against_left, against_reference, gait_notes; docs/result.schema.json names the fields.
std::string gait_json(const RecordingGait& gait);

}  // namespace catena
