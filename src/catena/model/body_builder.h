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

/// A joint that turns about up to three axes, in their order; by none it is welded.
struct NewJoint {
  std::string name;
  std::string parent;  // a body
  Eigen::Vector3d place_in_parent_m;
  std::vector<Angle> angles;
};

/// Hangs a body on its parent.
void add_body(Model& model, const std::string& name, const MassProperties& mass,
              const NewJoint& hung_by);

}  // namespace catena
