// What a plan would tell, as text for a terminal and as JSON.
#pragma once

#include <string>

#include "catena/chain/recording_plan.h"

namespace catena {

/// A table of three runners, what would tell more, and where the numbers come from.
std::string render_plan(const PlanOutlook& outlook, const PlanTable& table = plan_table());

/// One JSON object on one line.
std::string render_plan_json(const PlanOutlook& outlook, const PlanTable& table = plan_table());

}  // namespace catena
