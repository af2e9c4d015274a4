// Joints and coordinates of an .osim file. Private to osim_*.cpp.
#pragma once

#include <vector>

#include "catena/model/model.h"
#include "catena/model/osim_xml.h"

namespace catena {

/// A joint's own motion. Coordinates are counted from 0 within the joint; the bodies that it
/// connects, and their frames, are filled in by the caller.
struct JointDraft {
  Joint joint;
  std::vector<Coordinate> coordinates;
  std::vector<std::string> assumptions;
};

bool is_joint(const pugi::xml_node& node);

/// errors     kUnsupported: a kind of joint, of function or a reversed joint that Catena cannot
///            honour, named; kBadFormat: numbers, names or axes that make no sense
Result<JointDraft> read_joint(const OsimSource& source, const pugi::xml_node& node,
                              const std::string& fallback_name);

}  // namespace catena
