#include "catena/kinematics/joint_motion.h"

#include <cmath>

namespace catena {

Eigen::Matrix3d axis_rotation(const Eigen::Vector3d& axis, double angle_rad) {
  const double c = std::cos(angle_rad);
  const double s = std::sin(angle_rad);
  const double t = 1.0 - c;
  const double x = axis.x();
  const double y = axis.y();
  const double z = axis.z();
  Eigen::Matrix3d R;
  R << t * x * x + c, t * x * y - s * z, t * x * z + s * y,  //
      t * x * y + s * z, t * y * y + c, t * y * z - s * x,   //
      t * x * z - s * y, t * y * z + s * x, t * z * z + c;
  return R;
}

JointMotion evaluate_joint(const Joint& joint, const RigidTransform& ground_from_parent,
                           const double* q) {
  JointMotion motion;
  std::array<double, 6> value = {};
  for (std::size_t k = 0; k < 6; ++k) {
    const TransformAxis& axis = joint.axes[k];
    const double x = axis.coordinate == kNone ? 0.0 : q[axis.coordinate];
    const ValueAndSlope at = evaluate(axis.function, x);
    value[k] = at.value;
    motion.slope[k] = axis.coordinate == kNone ? 0.0 : at.slope;
  }

  const RigidTransform ground_from_frame = ground_from_parent * joint.parent_from_frame;

  // Translations come first: they lie along axes fixed in the parent's joint frame.
  motion.center_in_ground = ground_from_frame.translation;
  for (std::size_t k = 3; k < 6; ++k) {
    motion.axis_in_ground[k] = ground_from_frame.rotation * joint.axes[k].axis;
    motion.center_in_ground += value[k] * motion.axis_in_ground[k];
  }

  // Each rotation turns about an axis that the rotations before it have carried along.
  Eigen::Matrix3d rotation = ground_from_frame.rotation;
  for (std::size_t k = 0; k < 3; ++k) {
    motion.axis_in_ground[k] = rotation * joint.axes[k].axis;
    if (value[k] != 0.0) rotation = rotation * axis_rotation(joint.axes[k].axis, value[k]);
  }

  motion.ground_from_child =
      RigidTransform{rotation, motion.center_in_ground} * inverse(joint.child_from_frame);
  return motion;
}

}  // namespace catena
