#include "catena/kinematics/lane_solver.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/kinematics/known_difference.h"
#include "catena/kinematics/test_models.h"

namespace catena {
namespace {

using test::difference;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// The kernels that this processor can run.
std::vector<int> widths() {
  std::vector<int> out;
  for (const int lanes : {2, 4, 8}) {
    if (find_lane_kernel(lanes) != nullptr) out.push_back(lanes);
  }
  return out;
}

Trajectories noisy_motion(const Model& model, Eigen::Index n_frames) {
  std::mt19937 random(3);
  const Eigen::VectorXd middle = test::random_pose(model, random, 0.25);
  const Eigen::VectorXd swing = test::random_pose(model, random, 0.5);
  std::normal_distribution<double> noise(0.0, 0.004);
  Trajectories t;
  t.name = "planted";
  t.rate_hz = 100.0;
  for (const ModelMarker& marker : model.markers) t.labels.push_back(marker.name);
  t.time_s = Eigen::VectorXd::LinSpaced(n_frames, 0.0, 0.01 * static_cast<double>(n_frames - 1));
  t.points_m.resize(n_frames, 3 * static_cast<Eigen::Index>(t.labels.size()));
  for (Eigen::Index f = 0; f < n_frames; ++f) {
    Eigen::VectorXd q = middle;
    for (Eigen::Index c = 0; c < q.size(); ++c) {
      q[c] += swing[c] * std::sin(0.05 * static_cast<double>(f) + static_cast<double>(c));
    }
    apply_couplers(model, q);
    t.points_m.row(f) = marker_positions(model, forward_kinematics(model, q)).transpose();
    for (Eigen::Index i = 0; i < t.points_m.cols(); ++i) t.points_m(f, i) += noise(random);
  }
  return t;
}

/// Some markers here and there, once all, for a while all of a foot.
void lose_markers(Trajectories& t) {
  std::mt19937 random(12);
  const Eigen::Index n_points = t.points_m.cols() / 3;
  for (Eigen::Index f = 0; f < t.points_m.rows(); ++f) {
    for (Eigen::Index m = 0; m < n_points; ++m) {
      const bool of_foot = m / 5 == 3 && f > 60 && f < 80;
      if (random() % 8 == 0 || of_foot || f == 40) {
        t.points_m.block<1, 3>(f, 3 * m).setConstant(kNan);
      }
    }
  }
}

InverseKinematics solve(const Model& model, const Trajectories& t, int lanes, int threads = 1,
                        const InverseKinematicsOptions& given = {}) {
  InverseKinematicsOptions options = given;
  options.lanes = lanes;
  options.threads = threads;
  const auto fit = inverse_kinematics(model, t, options);
  EXPECT_TRUE(fit) << to_sentence(fit.error());
  return *fit;
}

TEST(LaneKernel, SinesAndCosinesAreGoodToTheLastDigits) {
  std::mt19937 random(4);
  std::uniform_real_distribution<double> any(-100.0, 100.0);
  std::vector<double> angle(8000);
  for (double& a : angle) a = any(random);
  for (std::size_t i = 0; i < 64; ++i) angle[i] = (static_cast<double>(i) - 32.0) * M_PI / 4;
  std::vector<double> sine(angle.size());
  std::vector<double> cosine(angle.size());
  for (const int lanes : widths()) {
    find_lane_kernel(lanes)->sine_cosine(angle.data(), sine.data(), cosine.data(), 8000);
    for (std::size_t i = 0; i < angle.size(); ++i) {
      EXPECT_NEAR(sine[i], std::sin(angle[i]), 3e-16) << angle[i];
      EXPECT_NEAR(cosine[i], std::cos(angle[i]), 3e-16) << angle[i];
    }
  }
}

TEST(LaneKernel, OfSoManyLanesThereIsOneOrNone) {
  ASSERT_NE(find_lane_kernel(0), nullptr);
  EXPECT_EQ(find_lane_kernel(2)->lanes, 2);
  EXPECT_EQ(find_lane_kernel(1), nullptr);
  EXPECT_EQ(find_lane_kernel(3), nullptr);
}

TEST(LaneSolver, SaysWhenTheProcessorHasNotSoManyLanes) {
  const Model model = test::two_legs();
  InverseKinematicsOptions options;
  options.lanes = 3;
  const auto fit = inverse_kinematics(model, noisy_motion(model, 2), options);
  ASSERT_FALSE(fit);
  EXPECT_EQ(fit.error().code, Errc::kUnsupported);
  EXPECT_NE(fit.error().what.find("3 frames"), std::string::npos);
}

TEST(LaneSolver, AgreesWithTheScalarSolver) {
  const Model model = test::two_legs();
  const Trajectories t = noisy_motion(model, 200);
  const InverseKinematics one = solve(model, t, 1);
  for (const int lanes : widths()) {
    const InverseKinematics many = solve(model, t, lanes);
    EXPECT_LT(difference(many.motion.q, one.motion.q), 1e-9) << lanes;
    EXPECT_LT(difference(many.residual_m, one.residual_m), 1e-7) << lanes;
    EXPECT_EQ(many.worst, one.worst);
    EXPECT_EQ(many.converged, one.converged);
  }
}

TEST(LaneSolver, AgreesWhereMarkersAreLost) {
  const Model model = test::two_legs();
  Trajectories t = noisy_motion(model, 200);
  lose_markers(t);
  const InverseKinematics one = solve(model, t, 1);
  ASSERT_TRUE(std::isnan(one.motion.q(70, find_coordinate(model, "ankle_angle_r"))));
  ASSERT_TRUE(one.motion.q.row(40).array().isNaN().all());
  for (const int lanes : widths()) {
    const InverseKinematics many = solve(model, t, lanes);
    EXPECT_LT(difference(many.motion.q, one.motion.q), 1e-9) << lanes;
    EXPECT_LT(difference(many.residual_m, one.residual_m), 1e-7) << lanes;
  }
}

TEST(LaneSolver, AgreesOnClampedKnees) {
  Model model = test::two_legs();
  const Trajectories t = noisy_motion(model, 200);
  int clamped = 0;
  const InverseKinematics unbounded = solve(model, t, 1);
  for (const char* name : {"knee_angle_r", "knee_angle_l", "hip_rotation_r"}) {
    const int c = find_coordinate(model, name);
    Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
    coordinate.clamped = true;
    coordinate.min = unbounded.motion.q.col(c).minCoeff() + 0.2;
    coordinate.max = unbounded.motion.q.col(c).maxCoeff() - 0.2;
  }
  InverseKinematicsOptions fine;
  fine.step_tolerance = 1e-10;
  const InverseKinematics one = solve(model, t, 1, 1, fine);
  const int knee = find_coordinate(model, "knee_angle_r");
  for (Eigen::Index f = 0; f < 200; ++f) {
    clamped +=
        one.motion.q(f, knee) == model.coordinates[static_cast<std::size_t>(knee)].min ? 1 : 0;
  }
  ASSERT_GT(clamped, 10);
  for (const int lanes : widths()) {
    const InverseKinematics many = solve(model, t, lanes, 1, fine);
    EXPECT_LT(difference(many.motion.q, one.motion.q), 1e-9) << lanes;
    for (Eigen::Index f = 0; f < 200; ++f) {  // on the bound, not near it
      const double bound = model.coordinates[static_cast<std::size_t>(knee)].min;
      EXPECT_EQ(many.motion.q(f, knee) == bound, one.motion.q(f, knee) == bound) << f;
    }
  }
}

TEST(LaneSolver, AgreesWithLocksTasksWeightsAndCoupledMarkers) {
  Model model = test::two_legs();
  model.markers.push_back(
      {"patella_0", find_body(model, "patella_r"), Eigen::Vector3d(0.05, -0.3, 0.02)});
  model.markers.push_back({"floor", kGround, Eigen::Vector3d(0.1, 0.0, 0.1)});
  Coordinate& locked =
      model.coordinates[static_cast<std::size_t>(find_coordinate(model, "hip_rotation_l"))];
  locked.locked = true;
  locked.default_value = 0.3;
  model.coordinates[static_cast<std::size_t>(find_coordinate(model, "ankle_angle_l"))].prescribed =
      ScalarFunction(LinearFunction{0.2, 0.1});
  const Trajectories t = noisy_motion(model, 100);
  InverseKinematicsOptions options;
  options.coordinate_tasks = {{"hip_flexion_r", 0.01, 0.1}};
  options.marker_tasks = {{"femur_r_1", 5.0}, {"pelvis_2", 0.0}};
  const InverseKinematics one = solve(model, t, 1, 1, options);
  for (const int lanes : widths()) {
    const InverseKinematics many = solve(model, t, lanes, 1, options);
    EXPECT_LT(difference(many.motion.q, one.motion.q), 1e-9) << lanes;
  }
}

TEST(LaneSolver, IsTheSameInAnyNumberOfLanes) {
  const Model model = test::two_legs();
  Trajectories t = noisy_motion(model, 300);
  lose_markers(t);
  const InverseKinematics two = solve(model, t, 2);
  for (const int lanes : widths()) {
    EXPECT_LT(difference(solve(model, t, lanes).motion.q, two.motion.q), 1e-10) << lanes;
  }
}

TEST(LaneSolver, IsTheSameToTheBitForAnyNumberOfThreads) {
  const Model model = test::two_legs();
  Trajectories t = noisy_motion(model, 2000);
  lose_markers(t);
  const InverseKinematics one = solve(model, t, 0, 1);
  const InverseKinematics four = solve(model, t, 0, 4);
  EXPECT_EQ(difference(one.motion.q, four.motion.q), 0.0);
  EXPECT_EQ(difference(one.residual_m, four.residual_m), 0.0);
}

TEST(LaneSolver, DoesNotLetAnUnseenAnkleDriftAway) {
  const Model model = test::two_legs();
  Trajectories t = noisy_motion(model, 100);
  for (Eigen::Index f = 20; f < 90; ++f) t.points_m.block<1, 15>(f, 45).setConstant(kNan);
  const InverseKinematics one = solve(model, t, 1);
  const InverseKinematics many = solve(model, t, 0);
  const int ankle = find_coordinate(model, "ankle_angle_r");
  EXPECT_TRUE(std::isnan(many.motion.q(50, ankle)));
  EXPECT_LT(std::abs(many.motion.q(95, ankle)), 1.0);
  EXPECT_NEAR(many.motion.q(95, ankle), one.motion.q(95, ankle), 1e-9);
}

}  // namespace
}  // namespace catena
