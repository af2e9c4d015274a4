#include "catena/kinematics/forward_kinematics.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "catena/kinematics/test_models.h"

namespace catena {
namespace {

/// Largest difference between the analytic Jacobian and central differences, in m per unit.
double jacobian_error(const Model& model, const Eigen::VectorXd& q) {
  const Eigen::MatrixXd J = marker_jacobian(model, q);
  Eigen::MatrixXd D(J.rows(), J.cols());
  constexpr double kStep = 1e-5;
  for (Eigen::Index j = 0; j < q.size(); ++j) {
    Eigen::VectorXd up = q;
    Eigen::VectorXd down = q;
    up[j] += kStep;
    down[j] -= kStep;
    D.col(j) = (marker_positions(model, forward_kinematics(model, up)) -
                marker_positions(model, forward_kinematics(model, down))) /
               (2.0 * kStep);
  }
  return (J - D).cwiseAbs().maxCoeff();
}

TEST(ForwardKinematics, JacobianAgreesWithCentralDifferencesAtRandomPoses) {
  const Model model = test::two_legs();
  std::mt19937 random(1);
  for (int i = 0; i < 20; ++i) {
    EXPECT_LT(jacobian_error(model, test::random_pose(model, random)), 1e-7);
  }
}

TEST(ForwardKinematics, AngularJacobianTurnsBodiesAsDifferencesDo) {
  const Model model = test::two_legs();
  std::mt19937 random(2);
  const Eigen::VectorXd q = test::random_pose(model, random);
  const Eigen::MatrixXd J = angular_jacobian(model, q);
  constexpr double kStep = 1e-6;
  for (Eigen::Index j = 0; j < q.size(); ++j) {
    Eigen::VectorXd up = q;
    Eigen::VectorXd down = q;
    up[j] += kStep;
    down[j] -= kStep;
    const Pose a = forward_kinematics(model, down);
    const Pose b = forward_kinematics(model, up);
    for (std::size_t body = 1; body < model.bodies.size(); ++body) {
      const Eigen::AngleAxisd turn(
          Eigen::Matrix3d(b[body].rotation * a[body].rotation.transpose()));
      const Eigen::Vector3d rate = turn.angle() * turn.axis() / (2.0 * kStep);
      EXPECT_LT((J.block<3, 1>(3 * static_cast<Eigen::Index>(body), j) - rate).norm(), 1e-7);
    }
  }
}

TEST(ForwardKinematics, HipFlexionCarriesTheKneeForward) {
  const Model model = test::two_legs();
  Eigen::VectorXd q = default_pose(model);
  const auto tibia = static_cast<std::size_t>(find_body(model, "tibia_r"));
  const double before = forward_kinematics(model, q)[tibia].translation.x();
  q[find_coordinate(model, "hip_flexion_r")] = 0.5;
  EXPECT_GT(forward_kinematics(model, q)[tibia].translation.x(), before + 0.15);
}

TEST(ForwardKinematics, PositivePelvisTiltLeansBackAsInOpenSim) {
  const Model model = test::two_legs();
  Eigen::VectorXd q = default_pose(model);
  q[find_coordinate(model, "pelvis_tilt")] = 0.3;
  // The pelvis's up axis goes backwards.
  EXPECT_LT(forward_kinematics(model, q)[1].rotation(0, 1), -0.25);
}

TEST(ForwardKinematics, CoupledCoordinateFollowsItsFunction) {
  const Model model = test::two_legs();
  Eigen::VectorXd q = default_pose(model);
  q[find_coordinate(model, "knee_angle_r")] = -0.7;
  apply_couplers(model, q);
  EXPECT_DOUBLE_EQ(q[find_coordinate(model, "knee_angle_r_beta")], 0.1 * 0.49 + 0.8 * -0.7 + 0.02);
}

}  // namespace
}  // namespace catena
