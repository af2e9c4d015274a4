// What a session has recorded, as a plan: what can be expected of it, before a body is fitted.
#pragma once

#include <string>
#include <vector>

#include "catena/analysis/session.h"
#include "catena/chain/recording_plan.h"
#include "catena/core/error.h"

namespace catena {

struct RecordedPlan {
  RecordingPlan plan;
  std::vector<std::string> notes;  // one sentence each
};

/// Speeds, strides and ramps of a session's runs, from what was said and from the feet.
///
/// table      more strides than it holds count as its most
/// errors     those of the readers; kBadOption: demands that are no speeds, or of unknown speed
Result<RecordedPlan> plan_of_session(const Session& session, const PlanTable& table = plan_table());

}  // namespace catena
