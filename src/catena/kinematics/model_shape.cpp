#include "catena/kinematics/model_shape.h"

#include <Eigen/Geometry>
#include <array>
#include <cmath>

namespace catena {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using Vector6d = Eigen::Matrix<double, 6, 1>;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

Matrix3d turn(const Vector3d& rotation_rad) {
  const double angle_rad = rotation_rad.norm();
  if (angle_rad == 0.0) return Matrix3d::Identity();
  return axis_rotation(rotation_rad / angle_rad, angle_rad);
}

}  // namespace

Model reshaped(const Model& model, const std::vector<ShapeParameter>& shape,
               const Eigen::Ref<const Eigen::VectorXd>& values) {
  Model out = model;
  // Turns of one joint's axes add up before they are applied, so that their order does not count.
  std::vector<Vector3d> turns_rad(model.joints.size(), Vector3d::Zero());
  std::vector<Vector3d> scales(model.joints.size(), Vector3d::Ones());
  for (std::size_t i = 0; i < shape.size(); ++i) {
    for (const ShapeEffect& effect : shape[i].effects) {
      const Vector3d change = values[static_cast<Eigen::Index>(i)] * effect.change;
      switch (effect.kind) {
        case ShapeEffect::Kind::kJointInParent:
          out.joints[at(effect.index)].parent_from_frame.translation += change;
          break;
        case ShapeEffect::Kind::kJointInChild:
          out.joints[at(effect.index)].child_from_frame.translation += change;
          break;
        case ShapeEffect::Kind::kAxesTurn:
          turns_rad[at(effect.index)] += change;
          break;
        case ShapeEffect::Kind::kTranslationsScale:
          scales[at(effect.index)] += change;
          break;
        case ShapeEffect::Kind::kMarkerInBody:
          out.markers[at(effect.index)].position_in_body_m += change;
          break;
      }
    }
  }
  for (std::size_t k = 0; k < out.joints.size(); ++k) {
    Joint& joint = out.joints[k];
    if (!turns_rad[k].isZero(0.0)) {
      // Each rotation from the turn itself: products of products would lose what makes them
      // rotations over many small steps.
      const Vector3d in_child_rad = joint.child_from_frame.rotation *
                                    (joint.parent_from_frame.rotation.transpose() * turns_rad[k]);
      joint.parent_from_frame.rotation = turn(turns_rad[k]) * joint.parent_from_frame.rotation;
      joint.child_from_frame.rotation = turn(in_child_rad) * joint.child_from_frame.rotation;
    }
    for (std::size_t axis = 0; axis < 3; ++axis) {
      joint.axes[3 + axis].function.scale *= scales[k][static_cast<Eigen::Index>(axis)];
    }
  }
  return out;
}

Vector6d effect_twist(const Model& model, const ShapeEffect& effect, const JointMotion& motion,
                      const Pose& pose, const Eigen::Ref<const Eigen::VectorXd>& q) {
  const Joint& joint = model.joints[at(effect.index)];
  const Matrix3d& ground_from_parent = pose[at(joint.parent)].rotation;
  const Matrix3d& ground_from_child = motion.ground_from_child.rotation;
  Vector6d twist = Vector6d::Zero();
  switch (effect.kind) {
    case ShapeEffect::Kind::kJointInParent:
      twist.tail<3>() = ground_from_parent * effect.change;
      break;
    case ShapeEffect::Kind::kJointInChild:
      twist.tail<3>() = -(ground_from_child * effect.change);
      break;
    case ShapeEffect::Kind::kAxesTurn: {
      // The parent's frame carries joint and child along; the child's turns the child back.
      const Matrix3d child_from_parent =
          joint.child_from_frame.rotation * joint.parent_from_frame.rotation.transpose();
      const Vector3d forth = ground_from_parent * effect.change;
      const Vector3d back = ground_from_child * (child_from_parent * effect.change);
      const Vector3d frame = pose[at(joint.parent)] * joint.parent_from_frame.translation;
      twist.head<3>() = forth - back;
      twist.tail<3>() = frame.cross(forth) - motion.center_in_ground.cross(back);
      break;
    }
    case ShapeEffect::Kind::kTranslationsScale:
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const TransformAxis& a = joint.axes[3 + axis];
        const double x = a.coordinate == kNone ? 0.0 : q[a.coordinate];
        const double scale = a.function.scale;
        if (scale == 0.0) continue;
        // The functions' values at the scale of before any change would be slightly others; the
        // difference is of second order.
        twist.tail<3>() += effect.change[static_cast<Eigen::Index>(axis)] *
                           evaluate(a.function, x).value * motion.axis_in_ground[3 + axis];
      }
      break;
    case ShapeEffect::Kind::kMarkerInBody:
      break;
  }
  return twist;
}

}  // namespace catena
