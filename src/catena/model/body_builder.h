// Bodies on joints, one after the other. Private to built_in_body.cpp and low_back.cpp.
#pragma once

#include <string>
#include <vector>

#include "catena/model/model.h"
#include "catena/model/segment_masses.h"

namespace catena {

/// One angle of a joint: its coordinate, the axis that it turns about, and its range.
struct Angle {
  std::string name;
  Eigen::Vector3d axis;
  double min_deg = -90.0;
  double max_deg = 90.0;
  bool locked = false;
};

/// Hangs a body on its parent by a joint that turns about up to three axes, in their order; by none
/// it is welded.
void add_body(Model& model, const std::string& body, const MassProperties& mass,
              const std::string& joint, const std::string& parent,
              const Eigen::Vector3d& place_in_parent_m, const std::vector<Angle>& angles);

}  // namespace catena
