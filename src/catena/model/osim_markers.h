// Markers of an .osim file or of a marker-set file. Private to osim_*.cpp.
#pragma once

#include <vector>

#include "catena/model/model.h"
#include "catena/model/osim_frames.h"
#include "catena/model/osim_xml.h"

namespace catena {

/// errors     kMissingData: a marker on a body that is not there; kBadFormat: two of one name
Result<std::vector<ModelMarker>> read_markers(const OsimSource& source,
                                              const std::vector<pugi::xml_node>& nodes,
                                              const FrameTable& frames);

}  // namespace catena
