// Changes between two visits as JSON, for comparison.json.
#pragma once

#include <string>

#include "catena/findings/visit_change.h"

namespace catena {

/// One object; docs/comparison.schema.json says what is in it.
std::string changes_json(const VisitChanges& changes);

}  // namespace catena
