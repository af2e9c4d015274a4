#include "catena/kinematics/inverse_kinematics.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <limits>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/pose_plan.h"
#include "catena/kinematics/pose_solver.h"
#include "catena/kinematics/test_models.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// A smooth motion within running's ranges, couplers settled: (n_frames, n_coordinates).
Eigen::MatrixXd planted_motion(const Model& model, Eigen::Index n_frames) {
  std::mt19937 random(3);
  const Eigen::VectorXd middle = test::random_pose(model, random, 0.25);
  const Eigen::VectorXd swing = test::random_pose(model, random, 0.5);
  Eigen::MatrixXd q(n_frames, middle.size());
  for (Eigen::Index f = 0; f < n_frames; ++f) {
    Eigen::VectorXd pose = middle;
    for (Eigen::Index c = 0; c < pose.size(); ++c) {
      pose[c] += swing[c] * std::sin(0.05 * static_cast<double>(f) + static_cast<double>(c));
    }
    apply_couplers(model, pose);
    q.row(f) = pose.transpose();
  }
  return q;
}

Trajectories markers_of(const Model& model, const Eigen::MatrixXd& q) {
  Trajectories t;
  t.name = "planted";
  t.rate_hz = 100.0;
  for (const ModelMarker& marker : model.markers) t.labels.push_back(marker.name);
  t.time_s = Eigen::VectorXd::LinSpaced(q.rows(), 0.0, 0.01 * static_cast<double>(q.rows() - 1));
  t.points_m.resize(q.rows(), 3 * static_cast<Eigen::Index>(t.labels.size()));
  for (Eigen::Index f = 0; f < q.rows(); ++f) {
    t.points_m.row(f) =
        marker_positions(model, forward_kinematics(model, q.row(f).transpose())).transpose();
  }
  return t;
}

void lose(Trajectories& t, Eigen::Index frame, Eigen::Index marker) {
  t.points_m.block<1, 3>(frame, 3 * marker).setConstant(kNan);
}

void add_noise(Trajectories& t, double sd_m, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0.0, sd_m);
  for (Eigen::Index i = 0; i < t.points_m.size(); ++i) t.points_m.data()[i] += noise(random);
}

TEST(InverseKinematics, RecoversKnownAnglesFromPerfectMarkers) {
  const Model model = test::two_legs();
  const Eigen::MatrixXd q = planted_motion(model, 300);
  const auto ik = inverse_kinematics(model, markers_of(model, q));
  ASSERT_TRUE(ik) << to_sentence(ik.error());
  EXPECT_LT((ik->motion.q - q).cwiseAbs().maxCoeff(), 1e-8);
  for (const bool converged : ik->converged) EXPECT_TRUE(converged);
}

TEST(InverseKinematics, GradientVanishesAtTheAnswerForNoisyMarkers) {
  const Model model = test::two_legs();
  Trajectories t = markers_of(model, planted_motion(model, 20));
  add_noise(t, 0.01, 5);
  const auto ik = inverse_kinematics(model, t);
  ASSERT_TRUE(ik);
  for (Eigen::Index f = 0; f < 20; ++f) {
    const Eigen::VectorXd q = ik->motion.q.row(f).transpose();
    const Eigen::VectorXd r =
        t.points_m.row(f).transpose() - marker_positions(model, forward_kinematics(model, q));
    const Eigen::VectorXd gradient = marker_jacobian(model, q).transpose() * r;
    EXPECT_LT(gradient.lpNorm<Eigen::Infinity>(), 1e-7);
  }
}

TEST(InverseKinematics, IsTheSameForAnyNumberOfThreads) {
  const Model model = test::two_legs();
  Trajectories t = markers_of(model, planted_motion(model, 700));
  add_noise(t, 0.005, 6);
  InverseKinematicsOptions options;
  options.chunk_frames = 50;
  options.threads = 1;
  const auto one = inverse_kinematics(model, t, options);
  options.threads = 7;
  const auto seven = inverse_kinematics(model, t, options);
  ASSERT_TRUE(one && seven);
  EXPECT_TRUE((one->motion.q.array() == seven->motion.q.array()).all());
}

TEST(InverseKinematics, StartsFromAnyOrientationOfTheBody) {
  const Model model = test::two_legs();
  std::mt19937 random(8);
  for (int i = 0; i < 20; ++i) {
    Eigen::MatrixXd q = planted_motion(model, 1);
    std::uniform_real_distribution<double> any(-M_PI, M_PI);
    for (Eigen::Index c = 0; c < 3; ++c) q(0, c) = any(random);
    q(0, 3) = 6.0;
    const Trajectories t = markers_of(model, q);
    const auto ik = inverse_kinematics(model, t);
    ASSERT_TRUE(ik);
    EXPECT_LT(ik->rms_m[0], 1e-8) << "start " << i;
  }
}

TEST(InverseKinematics, IsNotCaughtWithAKneeBentTheWrongWay) {
  Model model = test::two_legs();
  for (Coordinate& c : model.coordinates) {
    if (!c.name.starts_with("knee_angle")) continue;
    c.min = -2.4;  // stated, but not clamped
    c.max = 0.1;
  }
  std::mt19937 random(11);
  for (int i = 0; i < 20; ++i) {
    Eigen::MatrixXd q = test::random_pose(model, random, 0.3).transpose();
    std::uniform_real_distribution<double> any(-1.0, 1.0);
    for (const char* s : {"_r", "_l"}) {
      q(0, find_coordinate(model, std::string("hip_flexion") + s)) = 1.2 * any(random);
      q(0, find_coordinate(model, std::string("hip_rotation") + s)) = any(random);
      q(0, find_coordinate(model, std::string("knee_angle") + s)) = -1.1 + 1.1 * any(random);
    }
    Eigen::VectorXd pose = q.row(0).transpose();
    apply_couplers(model, pose);
    const auto ik = inverse_kinematics(model, markers_of(model, pose.transpose()));
    ASSERT_TRUE(ik);
    EXPECT_LT(ik->rms_m[0], 1e-8) << "pose " << i;
  }
}

TEST(InverseKinematics, MissingMarkersChangeNothingWhenTheOthersSuffice) {
  const Model model = test::two_legs();
  const Eigen::MatrixXd q = planted_motion(model, 60);
  Trajectories t = markers_of(model, q);
  for (Eigen::Index f = 10; f < 40; ++f) {
    for (Eigen::Index body = 0; body < 7; ++body) lose(t, f, 5 * body + f % 5);
  }
  const auto ik = inverse_kinematics(model, t);
  ASSERT_TRUE(ik);
  EXPECT_LT((ik->motion.q - q).cwiseAbs().maxCoeff(), 1e-8);
  EXPECT_TRUE(std::isnan(ik->residual_m(10, 0)));
}

TEST(InverseKinematics, WhatNoMarkerOfAFrameSeesIsLostNotInvented) {
  const Model model = test::two_legs();
  Trajectories t = markers_of(model, planted_motion(model, 30));
  for (Eigen::Index m = 15; m < 20; ++m) lose(t, 12, m);  // all of the right foot's
  for (Eigen::Index m = 0; m < 35; ++m) lose(t, 20, m);   // everything
  const auto ik = inverse_kinematics(model, t);
  ASSERT_TRUE(ik);
  const int ankle = find_coordinate(model, "ankle_angle_r");
  EXPECT_TRUE(std::isnan(ik->motion.q(12, ankle)));
  EXPECT_FALSE(std::isnan(ik->motion.q(12, find_coordinate(model, "knee_angle_r"))));
  EXPECT_FALSE(std::isnan(ik->motion.q(13, ankle)));
  EXPECT_TRUE(ik->motion.q.row(20).array().isNaN().all());
}

TEST(InverseKinematics, CoordinatesSeenByNoMarkerKeepTheirDefaultAndAreNamed) {
  Model model = test::two_legs();
  const Eigen::MatrixXd q = planted_motion(model, 10);
  Trajectories t = markers_of(model, q);
  std::erase_if(model.markers, [&](const ModelMarker& m) { return m.name.starts_with("foot_l"); });
  const auto ik = inverse_kinematics(model, t);
  ASSERT_TRUE(ik);
  const int ankle = find_coordinate(model, "ankle_angle_l");
  EXPECT_TRUE((ik->motion.q.col(ankle).array() == 0.0).all());
  ASSERT_EQ(ik->assumptions.size(), 1U);
  EXPECT_NE(ik->assumptions[0].find("ankle_angle_l"), std::string::npos);
}

TEST(InverseKinematics, ClampedCoordinateEndsAtItsBoundWithTheRestRefitted) {
  Model model = test::two_legs();
  const int knee = find_coordinate(model, "knee_angle_r");
  Eigen::MatrixXd q = planted_motion(model, 1);
  q(0, knee) = -1.0;
  Eigen::VectorXd pose = q.row(0).transpose();
  apply_couplers(model, pose);
  q.row(0) = pose.transpose();
  const Trajectories t = markers_of(model, q);
  Coordinate& c = model.coordinates[static_cast<std::size_t>(knee)];
  c.clamped = true;
  c.min = -0.9;
  c.max = 0.1;
  const auto bounded = inverse_kinematics(model, t);
  ASSERT_TRUE(bounded);
  EXPECT_DOUBLE_EQ(bounded->motion.q(0, knee), -0.9);
  EXPECT_TRUE(bounded->converged[0]);

  // Locking it there must give the same pose: clipping alone would not.
  c.clamped = false;
  c.locked = true;
  c.default_value = -0.9;
  const auto locked = inverse_kinematics(model, t);
  ASSERT_TRUE(locked);
  EXPECT_LT((locked->motion.q - bounded->motion.q).cwiseAbs().maxCoeff(), 1e-8);
}

TEST(InverseKinematics, StiffSoftCouplerApproachesTheHardOne) {
  Model model = test::two_legs();
  model.markers.push_back(
      {"patella_0", find_body(model, "patella_r"), Eigen::Vector3d(0.05, -0.3, 0.02)});
  Trajectories t = markers_of(model, planted_motion(model, 5));
  add_noise(t, 0.01, 9);
  const auto hard = inverse_kinematics(model, t);
  InverseKinematicsOptions options;
  options.coupler_weight = 1e3;
  const auto soft = inverse_kinematics(model, t, options);
  options.coupler_weight = 1e-3;
  const auto loose = inverse_kinematics(model, t, options);
  ASSERT_TRUE(hard && soft && loose);
  EXPECT_LT((hard->motion.q - soft->motion.q).cwiseAbs().maxCoeff(), 1e-5);
  EXPECT_GT((hard->motion.q - loose->motion.q).cwiseAbs().maxCoeff(), 1e-3);
}

TEST(InverseKinematics, HeavyCoordinateTaskHoldsTheCoordinate) {
  const Model model = test::two_legs();
  const Trajectories t = markers_of(model, planted_motion(model, 3));
  InverseKinematicsOptions options;
  options.coordinate_tasks = {{"hip_flexion_r", 1e6, 0.123}};
  const auto ik = inverse_kinematics(model, t, options);
  ASSERT_TRUE(ik);
  EXPECT_NEAR(ik->motion.q(2, find_coordinate(model, "hip_flexion_r")), 0.123, 1e-6);
}

TEST(InverseKinematics, WeightOfZeroLeavesAMarkerOut) {
  const Model model = test::two_legs();
  const Eigen::MatrixXd q = planted_motion(model, 3);
  Trajectories t = markers_of(model, q);
  t.points_m.block<3, 3>(0, 0).array() += 0.5;  // the first marker is nonsense
  InverseKinematicsOptions options;
  options.marker_tasks = {{model.markers[0].name, 0.0}};
  const auto ik = inverse_kinematics(model, t, options);
  ASSERT_TRUE(ik);
  EXPECT_LT((ik->motion.q - q).cwiseAbs().maxCoeff(), 1e-8);
}

TEST(InverseKinematics, SaysWhenNoMarkerIsInCommon) {
  const Model model = test::two_legs();
  Trajectories t = markers_of(model, planted_motion(model, 3));
  for (std::string& label : t.labels) label.insert(0, "subject:");
  const auto ik = inverse_kinematics(model, t);
  ASSERT_FALSE(ik);
  EXPECT_EQ(ik.error().code, Errc::kMissingData);
  EXPECT_NE(ik.error().what.find("pelvis_0"), std::string::npos);
  EXPECT_NE(ik.error().what.find("subject:pelvis_0"), std::string::npos);
}

TEST(InverseKinematics, SaysWhenTwoMarkersCannotPlaceTheBody) {
  const Model model = test::two_legs();
  Trajectories t = markers_of(model, planted_motion(model, 3));
  for (Eigen::Index f = 0; f < 3; ++f) {
    for (Eigen::Index m = 2; m < 35; ++m) lose(t, f, m);
  }
  const auto ik = inverse_kinematics(model, t);
  ASSERT_FALSE(ik);
  EXPECT_EQ(ik.error().code, Errc::kMissingData);
}

TEST(InverseKinematics, RefusesCouplersInACircle) {
  Model model = test::two_legs();
  model.couplers.push_back({"back", find_coordinate(model, "knee_angle_r"),
                            find_coordinate(model, "knee_angle_r_beta"), LinearFunction{1.0, 0.0}});
  const auto ik = inverse_kinematics(model, markers_of(model, planted_motion(model, 1)));
  ASSERT_FALSE(ik);
  EXPECT_EQ(ik.error().code, Errc::kUnsupported);
}

}  // namespace
}  // namespace catena
