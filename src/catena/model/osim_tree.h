// Puts the bodies and couplers of an .osim file in the order that a Model promises. Private to
// osim_*.cpp.
#pragma once

#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/model/model.h"

namespace catena {

/// What a file says, before it is put in order.
struct ModelDraft {
  Model model;                              // bodies and joints in the file's order
  std::vector<int> child;                   // (n_joints) body that each joint carries
  std::vector<std::string> joint_places;    // (n_joints)
  std::vector<std::string> body_places;     // (n_bodies)
  std::vector<std::string> coupler_places;  // (n_couplers)
};

/// Orders bodies so that parents stand before children and joint k carries body k + 1; the
/// file's order is kept where it may be. Indices of joints, coordinates and markers follow.
///
/// errors     kBadFormat: bodies that hang on each other in a circle; kMissingData: a body without
///            a joint; kUnsupported: a loop, or a joint that carries ground
Result<void> order_bodies(ModelDraft& draft);

/// Orders couplers so that none depends on a later one.
///
/// errors     kBadFormat: a coordinate that two couplers set, or couplers in a circle
Result<void> order_couplers(ModelDraft& draft);

}  // namespace catena
