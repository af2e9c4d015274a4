// Rigid transforms named so that equal letters meet: x_in_a = a_from_b * x_in_b.
#pragma once

#include <Eigen/Core>

namespace catena {

struct RigidTransform {
  Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
  Eigen::Vector3d translation = Eigen::Vector3d::Zero();
};

/// a_from_c = a_from_b * b_from_c
inline RigidTransform operator*(const RigidTransform& a_from_b, const RigidTransform& b_from_c) {
  return {a_from_b.rotation * b_from_c.rotation,
          a_from_b.rotation * b_from_c.translation + a_from_b.translation};
}

/// x_in_a = a_from_b * x_in_b
inline Eigen::Vector3d operator*(const RigidTransform& a_from_b, const Eigen::Vector3d& x_in_b) {
  return a_from_b.rotation * x_in_b + a_from_b.translation;
}

/// b_from_a
inline RigidTransform inverse(const RigidTransform& a_from_b) {
  return {a_from_b.rotation.transpose(), -(a_from_b.rotation.transpose() * a_from_b.translation)};
}

}  // namespace catena
