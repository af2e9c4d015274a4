#include "catena/kinematics/forward_kinematics.h"

#include <Eigen/Geometry>
#include <cassert>

#include "catena/kinematics/joint_motion.h"

namespace catena {
namespace {

/// Poses of all bodies, and how each joint moves there.
struct Swept {
  Pose pose;
  std::vector<JointMotion> joints;
};

Swept sweep(const Model& model, const Eigen::Ref<const Eigen::VectorXd>& q) {
  assert(q.size() == static_cast<Eigen::Index>(model.coordinates.size()));
  Swept swept;
  swept.pose.resize(model.bodies.size());
  swept.joints.reserve(model.joints.size());
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    const Joint& joint = model.joints[k];
    const auto parent = static_cast<std::size_t>(joint.parent);
    swept.joints.push_back(evaluate_joint(joint, swept.pose[parent], q.data()));
    swept.pose[k + 1] = swept.joints.back().ground_from_child;
  }
  return swept;
}

/// Calls visit(coordinate, angular velocity, velocity of the ground's origin) for every axis that
/// moves the body, per unit speed of the coordinate.
template <class Visit>
void for_each_twist(const Model& model, const Swept& swept, int body, Visit visit) {
  for (int b = body; b != kGround; b = model.joints[static_cast<std::size_t>(b - 1)].parent) {
    const Joint& joint = model.joints[static_cast<std::size_t>(b - 1)];
    const JointMotion& motion = swept.joints[static_cast<std::size_t>(b - 1)];
    for (std::size_t k = 0; k < 6; ++k) {
      if (joint.axes[k].coordinate == kNone) continue;
      const Eigen::Vector3d axis = motion.slope[k] * motion.axis_in_ground[k];
      if (k < 3) {
        visit(joint.axes[k].coordinate, axis, motion.center_in_ground.cross(axis).eval());
      } else {
        visit(joint.axes[k].coordinate, Eigen::Vector3d::Zero().eval(), axis);
      }
    }
  }
}

}  // namespace

Pose forward_kinematics(const Model& model, const Eigen::Ref<const Eigen::VectorXd>& q) {
  Pose pose;
  forward_kinematics(model, q, pose);
  return pose;
}

void forward_kinematics(const Model& model, const Eigen::Ref<const Eigen::VectorXd>& q,
                        Pose& pose) {
  assert(q.size() == static_cast<Eigen::Index>(model.coordinates.size()));
  pose.resize(model.bodies.size());
  pose[0] = RigidTransform{};
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    const Joint& joint = model.joints[k];
    pose[k + 1] = evaluate_joint(joint, pose[static_cast<std::size_t>(joint.parent)], q.data())
                      .ground_from_child;
  }
}

void apply_couplers(const Model& model, Eigen::Ref<Eigen::VectorXd> q) {
  for (const CoordinateCoupler& coupler : model.couplers) {
    q[coupler.dependent] = evaluate(coupler.function, q[coupler.independent]).value;
  }
}

Eigen::VectorXd default_pose(const Model& model) {
  Eigen::VectorXd q(static_cast<Eigen::Index>(model.coordinates.size()));
  for (std::size_t i = 0; i < model.coordinates.size(); ++i) {
    q[static_cast<Eigen::Index>(i)] = model.coordinates[i].default_value;
  }
  apply_couplers(model, q);
  return q;
}

Eigen::VectorXd marker_positions(const Model& model, const Pose& pose) {
  Eigen::VectorXd positions(3 * static_cast<Eigen::Index>(model.markers.size()));
  Eigen::Index row = 0;
  for (const ModelMarker& marker : model.markers) {
    positions.segment<3>(row) =
        pose[static_cast<std::size_t>(marker.body)] * marker.position_in_body_m;
    row += 3;
  }
  return positions;
}

Eigen::MatrixXd marker_jacobian(const Model& model, const Eigen::Ref<const Eigen::VectorXd>& q) {
  const Swept swept = sweep(model, q);
  Eigen::MatrixXd J = Eigen::MatrixXd::Zero(3 * static_cast<Eigen::Index>(model.markers.size()),
                                            static_cast<Eigen::Index>(model.coordinates.size()));
  Eigen::Index row = 0;
  for (const ModelMarker& marker : model.markers) {
    const Eigen::Vector3d x =
        swept.pose[static_cast<std::size_t>(marker.body)] * marker.position_in_body_m;
    for_each_twist(model, swept, marker.body,
                   [&](int coordinate, const Eigen::Vector3d& w, const Eigen::Vector3d& v) {
                     J.block<3, 1>(row, coordinate) += w.cross(x) + v;
                   });
    row += 3;
  }
  return J;
}

Eigen::MatrixXd angular_jacobian(const Model& model, const Eigen::Ref<const Eigen::VectorXd>& q) {
  const Swept swept = sweep(model, q);
  Eigen::MatrixXd J = Eigen::MatrixXd::Zero(3 * static_cast<Eigen::Index>(model.bodies.size()),
                                            static_cast<Eigen::Index>(model.coordinates.size()));
  for (std::size_t b = 1; b < model.bodies.size(); ++b) {
    for_each_twist(model, swept, static_cast<int>(b),
                   [&](int coordinate, const Eigen::Vector3d& w, const Eigen::Vector3d&) {
                     J.block<3, 1>(3 * static_cast<Eigen::Index>(b), coordinate) += w;
                   });
  }
  return J;
}

}  // namespace catena
