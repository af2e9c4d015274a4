// A motion as the file that OpenSim opens.
#pragma once

#include <string>
#include <vector>

#include "catena/kinematics/motion.h"

namespace catena {

/// The bytes of a .mot file: rotations in degrees, translations in metres, OpenSim's own signs.
/// Values that are not known are NaN.
///
/// coordinate_names   n_coordinates, the columns of motion.q
/// is_rotation        n_coordinates; which of them turn rather than slide
std::string render_motion(const Motion& motion, const std::vector<std::string>& coordinate_names,
                          const std::vector<bool>& is_rotation);

}  // namespace catena
