// Constraints of an .osim file. Private to osim_*.cpp.
#pragma once

#include <vector>

#include "catena/model/osim_tree.h"
#include "catena/model/osim_xml.h"

namespace catena {

/// Adds the enforced couplers to the draft, and what is not enforced to its assumptions.
///
/// errors     kUnsupported: an enforced constraint of another kind, or a coupler of several
///            coordinates; kMissingData: a coordinate that is not there
Result<void> read_constraints(const OsimSource& source, const std::vector<pugi::xml_node>& nodes,
                              ModelDraft& draft);

}  // namespace catena
