#include "catena/kinematics/model_shape.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <random>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/test_models.h"

namespace catena {
namespace {

using Eigen::Vector3d;
using Eigen::VectorXd;
using Kind = ShapeEffect::Kind;

/// One parameter of each kind at a joint in the middle of the tree, whose frames are turned.
std::vector<ShapeParameter> every_kind(const Model& model) {
  const int knee = find_body(model, "tibia_r") - 1;
  const int hip = find_body(model, "femur_l") - 1;
  return {
      {"place in parent", 1.0, {{Kind::kJointInParent, hip, {0.3, -1.0, 0.2}}}},
      {"place in child", 1.0, {{Kind::kJointInChild, knee, {-0.4, 0.5, 1.0}}}},
      {"axes", 1.0, {{Kind::kAxesTurn, knee, {1.0, 0.3, -0.2}}}},
      {"translations", 1.0, {{Kind::kTranslationsScale, knee, {1.0, 0.7, 0.0}}}},
      {"marker", 1.0, {{Kind::kMarkerInBody, 2, {0.1, 0.2, 0.3}}}},
      {"several",
       1.0,
       {{Kind::kJointInParent, hip, {0.0, 1.0, 0.0}}, {Kind::kAxesTurn, hip, {0.0, 0.4, 0.0}}}}};
}

Model turned_frames() {
  Model model = test::two_legs();
  for (Joint& joint : model.joints) {
    if (joint.parent == kGround) continue;
    joint.parent_from_frame.rotation = axis_rotation(Vector3d(1, 2, 3).normalized(), 0.3);
    joint.child_from_frame.rotation = axis_rotation(Vector3d(-1, 1, 2).normalized(), 0.4);
  }
  return model;
}

TEST(ModelShape, ZeroIsTheModelItself) {
  const Model model = turned_frames();
  const auto shape = every_kind(model);
  std::mt19937 random(3);
  const VectorXd q = test::random_pose(model, random);
  const Model same = reshaped(model, shape, VectorXd::Zero(6));
  EXPECT_LT((marker_positions(same, forward_kinematics(same, q)) -
             marker_positions(model, forward_kinematics(model, q)))
                .norm(),
            1e-15);
}

TEST(ModelShape, TurningTheAxesLeavesTheNeutralPose) {
  const Model model = turned_frames();
  const std::vector<ShapeParameter> shape = {every_kind(model)[2]};
  VectorXd neutral = VectorXd::Zero(static_cast<Eigen::Index>(model.coordinates.size()));
  const Model turned = reshaped(model, shape, VectorXd::Constant(1, 0.2));
  const Pose before = forward_kinematics(model, neutral);
  const Pose after = forward_kinematics(turned, neutral);
  // The knee's spline has moved the joint's origin, about which nothing turns at neutral.
  for (std::size_t b = 0; b < before.size(); ++b) {
    EXPECT_LT((before[b].rotation - after[b].rotation).norm(), 1e-12) << model.bodies[b].name;
  }
}

TEST(ModelShape, ManySmallStepsLeaveRotationsRotations) {
  Model model = turned_frames();
  const auto shape = every_kind(model);
  for (int step = 0; step < 60; ++step) {
    model = reshaped(model, shape, VectorXd::Constant(6, 0.003));
  }
  for (const Joint& joint : model.joints) {
    for (const RigidTransform* frame : {&joint.parent_from_frame, &joint.child_from_frame}) {
      EXPECT_LT(
          (frame->rotation * frame->rotation.transpose() - Eigen::Matrix3d::Identity()).norm(),
          1e-13)
          << joint.name;
    }
  }
}

TEST(ModelShape, TwistsAreTheDerivativesOfEveryMarker) {
  const Model model = turned_frames();
  const auto shape = every_kind(model);
  std::mt19937 random(7);
  for (int trial = 0; trial < 5; ++trial) {
    VectorXd q = test::random_pose(model, random);
    apply_couplers(model, q);
    const Pose pose = forward_kinematics(model, q);
    for (std::size_t i = 0; i < shape.size(); ++i) {
      constexpr double kStep = 1e-6;
      const auto at = [&](double value) {
        VectorXd values = VectorXd::Zero(6);
        values[static_cast<Eigen::Index>(i)] = value;
        const Model moved = reshaped(model, shape, values);
        return marker_positions(moved, forward_kinematics(moved, q));
      };
      const VectorXd slope = (at(kStep) - at(-kStep)) / (2.0 * kStep);
      for (std::size_t m = 0; m < model.markers.size(); ++m) {
        Vector3d expected = Vector3d::Zero();
        const int of_marker = model.markers[m].body;
        const Vector3d x =
            pose[static_cast<std::size_t>(of_marker)] * model.markers[m].position_in_body_m;
        for (const ShapeEffect& effect : shape[i].effects) {
          if (effect.kind == Kind::kMarkerInBody) {
            if (effect.index != static_cast<int>(m)) continue;
            expected += pose[static_cast<std::size_t>(of_marker)].rotation * effect.change;
            continue;
          }
          bool beyond = false;
          for (int b = of_marker; b != kGround;
               b = model.joints[static_cast<std::size_t>(b - 1)].parent) {
            beyond = beyond || b == effect.index + 1;
          }
          if (!beyond) continue;
          const auto k = static_cast<std::size_t>(effect.index);
          const JointMotion joint = evaluate_joint(
              model.joints[k], pose[static_cast<std::size_t>(model.joints[k].parent)], q.data());
          const Eigen::Matrix<double, 6, 1> twist = effect_twist(model, effect, joint, pose, q);
          expected += twist.head<3>().cross(x) + twist.tail<3>();
        }
        EXPECT_LT((slope.segment<3>(static_cast<Eigen::Index>(3 * m)) - expected).norm(), 1e-7)
            << shape[i].name << ", " << model.markers[m].name;
      }
    }
  }
}

}  // namespace
}  // namespace catena
