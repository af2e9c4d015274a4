// The six axes of a custom joint. Private to osim_*.cpp.
#pragma once

#include <array>

#include "catena/model/osim_joints.h"

namespace catena {

/// x y z rotations, then x y z translations, all at zero.
std::array<TransformAxis, 6> unmoved_axes();

/// Reads <SpatialTransform>, or <TransformAxisSet> of files before version 1.09.
///
/// draft     its coordinates are read already; those that only the axes name are added
/// errors     kUnsupported: an axis driven by several coordinates; kBadFormat: collinear axes, an
///            axis that names a coordinate of another joint, a function of no coordinate
Result<void> read_custom_axes(const OsimSource& source, const pugi::xml_node& node,
                              JointDraft& draft);

}  // namespace catena
