// How one joint moves: its six axes evaluated at a pose.
#pragma once

#include <Eigen/Core>
#include <array>

#include "catena/core/rigid_transform.h"
#include "catena/model/model.h"

namespace catena {

/// A joint at a pose. A twist (w, v) moves a point x by w x x + v: a rotation axis a through
/// the joint's centre o has the twist (a, o x a), a translation axis t the twist (0, t).
struct JointMotion {
  RigidTransform ground_from_child;
  Eigen::Vector3d center_in_ground = Eigen::Vector3d::Zero();  // origin of the moving joint frame
  std::array<Eigen::Vector3d, 6> axis_in_ground;               // 3 rotations, then 3 translations
  std::array<double, 6> slope = {};  // of each axis function by its coordinate; 0 when constant
};

JointMotion evaluate_joint(const Joint& joint, const RigidTransform& ground_from_parent,
                           const double* q);

/// Rotation by `angle_rad` about the unit vector `axis`.
Eigen::Matrix3d axis_rotation(const Eigen::Vector3d& axis, double angle_rad);

}  // namespace catena
