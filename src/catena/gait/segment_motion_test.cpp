#include "catena/gait/segment_motion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "catena/core/rotation.h"
#include "catena/core/units.h"
#include "catena/gait/test_runner.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/model/built_in_body.h"

namespace catena {
namespace {

using test::Links;
using test::make_test_runner;
using test::motion_of;
using test::TestRunner;

constexpr double kPi = std::numbers::pi;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<int, 3> kTiltListTurn = {2, 0, 1};

Eigen::Matrix3d about(const Eigen::Vector3d& axis, double angle_deg) {
  return rotation_from_vector(axis * angle_deg * kRadPerDeg);
}

// A runner who goes along `way_rad` (turn about up from x) at a steady speed, swaying and bobbing.
std::vector<Links> steady_run(int n_frames, double rate_hz, double speed_m_s, double way_rad) {
  std::vector<Links> frames = test::lively_run(n_frames, rate_hz, 5);
  const Eigen::Matrix3d turn = rotation_about_up(way_rad);
  for (std::size_t k = 0; k < frames.size(); ++k) {
    const double t_s = static_cast<double>(k) / rate_hz;
    const Eigen::Vector3d in_progression(speed_m_s * t_s + 0.01 * std::sin(2 * kPi * 2.8 * t_s),
                                         0.95 + 0.04 * std::cos(2 * kPi * 2.8 * t_s),
                                         0.02 * std::sin(2 * kPi * 1.4 * t_s));
    Links& links = frames[k];
    links.pelvis_m = turn * in_progression;
    links.thorax = turn * links.thorax;
    links.pelvis = turn * links.pelvis;
    for (Eigen::Matrix3d& thigh : links.thigh) thigh = turn * thigh;
  }
  return frames;
}

TEST(ThighExtension, IsPositiveBehindAndNegativeInFront) {
  // The knee goes back when the thigh turns about -z.
  EXPECT_NEAR(thigh_extension_rad(about({0, 0, 1}, -20)), 20 * kRadPerDeg, 1e-15);
  EXPECT_NEAR(thigh_extension_rad(about({0, 0, 1}, 50)), -50 * kRadPerDeg, 1e-15);
  EXPECT_NEAR(thigh_extension_rad(Eigen::Matrix3d::Identity()), 0.0, 1e-15);
}

TEST(ThighExtension, SeesOnlyWhatLiesInThePlaneOfProgression) {
  // 10 degrees to the side does not change it, whichever way is turned last.
  const Eigen::Matrix3d back = about({0, 0, 1}, -30);
  EXPECT_NEAR(thigh_extension_rad(back * about({1, 0, 0}, 10)), 30 * kRadPerDeg, 1e-15);
  EXPECT_NEAR(thigh_extension_rad(back * about({0, 1, 0}, 40)), 30 * kRadPerDeg, 1e-15);
}

TEST(ThighExtension, OfALostFrameIsLost) {
  EXPECT_TRUE(std::isnan(thigh_extension_rad(Eigen::Matrix3d::Constant(kNan))));
}

TEST(SegmentMotion, GivesTheSameAnglesWhicheverWayTheRunnerGoes) {
  const TestRunner runner = make_test_runner(false, kTiltListTurn);
  const auto right_curve = [&](double way_rad) {
    const auto frames = steady_run(500, 250.0, 4.0, way_rad);
    const auto segments =
        segment_motion(runner.model, runner.chain, motion_of(runner, frames, 250.0));
    EXPECT_TRUE(segments.has_value());
    EXPECT_TRUE(segments->heading_by_path);
    EXPECT_NEAR(std::remainder(segments->heading_rad - way_rad, 2 * kPi), 0.0, 0.01);
    return thigh_extension_curve_rad(*segments, kRight);
  };
  const Eigen::VectorXd forward = right_curve(0.0);
  for (const double way_rad : {0.7, kPi / 2, kPi, -2.5}) {
    EXPECT_LT((right_curve(way_rad) - forward).cwiseAbs().maxCoeff(), 1e-12) << way_rad;
  }
}

TEST(SegmentMotion, MeasuresTheSpeedOverTheGroundThroughSwayAndGaps) {
  const TestRunner runner = make_test_runner(false, kTiltListTurn);
  for (const double speed_m_s : {3.5, 9.0}) {
    Motion motion = motion_of(runner, steady_run(330, 250.0, speed_m_s, 0.4), 250.0);
    motion.q.middleRows(100, 20).setConstant(kNan);
    motion.q.topRows(5).setConstant(kNan);
    const auto segments = segment_motion(runner.model, runner.chain, motion);
    ASSERT_TRUE(segments.has_value());
    EXPECT_NEAR(segments->speed_m_s, speed_m_s, 0.02 * speed_m_s);
    EXPECT_TRUE(segments->pelvis[110].array().isNaN().all());
    EXPECT_TRUE(segments->thigh[kLeft][110].array().isNaN().all());
  }
}

TEST(SegmentMotion, OnATreadmillFollowsTheWayThePelvisFaces) {
  const TestRunner runner = make_test_runner(false, kTiltListTurn);
  auto frames = steady_run(3000, 150.0, 0.0, 1.1);
  // Wanders half a metre backwards over the recording.
  for (std::size_t k = 0; k < frames.size(); ++k) {
    frames[k].pelvis_m -=
        rotation_about_up(1.1) * Eigen::Vector3d(0.5 * static_cast<double>(k) / 3000.0, 0, 0);
  }
  const auto segments =
      segment_motion(runner.model, runner.chain, motion_of(runner, frames, 150.0));
  ASSERT_TRUE(segments.has_value());
  EXPECT_FALSE(segments->heading_by_path);
  EXPECT_LT(segments->speed_m_s, 0.1);
  // After turning, the mean forward axis of the pelvis has no part to the side.
  double aside = 0.0;
  double ahead = 0.0;
  for (const Eigen::Matrix3d& pelvis : segments->pelvis) {
    aside += pelvis(2, 0);
    ahead += pelvis(0, 0);
  }
  EXPECT_NEAR(aside / ahead, 0.0, 1e-12);
  EXPECT_GT(ahead, 0.0);
}

TEST(SegmentMotion, RunningBackwardsIsStillSeenTheWayThePelvisFaces) {
  const TestRunner runner = make_test_runner(false, kTiltListTurn);
  const auto segments = segment_motion(runner.model, runner.chain,
                                       motion_of(runner, steady_run(500, 250.0, -3.0, 0.2), 250.0));
  ASSERT_TRUE(segments.has_value());
  EXPECT_FALSE(segments->heading_by_path);
  EXPECT_NEAR(segments->speed_m_s, 3.0, 0.06);
}

TEST(SegmentMotion, WithoutAThoraxSaysSo) {
  const TestRunner runner = make_test_runner(false, kTiltListTurn, false);
  const auto segments = segment_motion(runner.model, runner.chain,
                                       motion_of(runner, steady_run(100, 250.0, 4.0, 0.0), 250.0));
  ASSERT_TRUE(segments.has_value());
  EXPECT_FALSE(segments->has_thorax);
  EXPECT_TRUE(segments->thorax.empty());
}

TEST(SegmentMotion, RefusesARunnerLyingDownAndNamesTheOption) {
  const TestRunner runner = make_test_runner(false, kTiltListTurn);
  auto frames = steady_run(100, 250.0, 4.0, 0.0);
  const Eigen::Matrix3d z_up = about({1, 0, 0}, 90);
  for (Links& links : frames) {
    links.thorax = z_up * links.thorax;
    links.pelvis = z_up * links.pelvis;
    for (Eigen::Matrix3d& thigh : links.thigh) thigh = z_up * thigh;
  }
  const auto segments =
      segment_motion(runner.model, runner.chain, motion_of(runner, frames, 250.0));
  ASSERT_FALSE(segments.has_value());
  EXPECT_EQ(segments.error().code, Errc::kMismatch);
  EXPECT_EQ(segments.error().where, "test run");
  EXPECT_NE(segments.error().hint.find("--up z"), std::string::npos);
}

TEST(SegmentMotion, RefusesAMotionWithoutAnyPose) {
  const TestRunner runner = make_test_runner(false, kTiltListTurn);
  Motion motion = motion_of(runner, steady_run(10, 250.0, 4.0, 0.0), 250.0);
  motion.q.setConstant(kNan);
  const auto segments = segment_motion(runner.model, runner.chain, motion);
  ASSERT_FALSE(segments.has_value());
  EXPECT_EQ(segments.error().code, Errc::kMissingData);
}

TEST(SegmentMotion, ALostCoordinateLosesTheBodiesBeyondItOnly) {
  const TestRunner runner = make_test_runner(false, kTiltListTurn);
  Motion motion = motion_of(runner, steady_run(100, 250.0, 4.0, 0.0), 250.0);
  const auto joint = static_cast<std::size_t>(runner.chain.thigh[kRight] - 1);
  motion.q(40, runner.model.joints[joint].axes[0].coordinate) = kNan;
  const auto segments = segment_motion(runner.model, runner.chain, motion);
  ASSERT_TRUE(segments.has_value());
  EXPECT_FALSE(segments->thigh[kRight][40].allFinite());
  EXPECT_TRUE(segments->thigh[kLeft][40].allFinite());
  EXPECT_TRUE(segments->pelvis[40].allFinite());
  EXPECT_TRUE(segments->thorax[40].allFinite());
  EXPECT_TRUE(segments->thigh[kRight][41].allFinite());
}

// The built-in body going along a way of its own: places and rotations of the legs are those of its
// forward kinematics, seen along the way.
TEST(SegmentMotion, HoldsLegsAndPathsAsForwardKinematicsPutsThem) {
  const Model model = built_in_body(proportional_dimensions(1.75, 70.0, false));
  const ChainMap chain = find_chain(model).value();
  Motion motion;
  motion.name = "walk of a statue";
  motion.rate_hz = 100.0;
  motion.time_s = Eigen::VectorXd::LinSpaced(200, 0.0, 1.99);
  motion.q = default_pose(model).transpose().replicate(200, 1);
  const double way_rad = 0.8;
  const Eigen::Matrix3d turn = rotation_about_up(way_rad);
  for (Eigen::Index k = 0; k < 200; ++k) {
    const Eigen::Vector3d along = turn * Eigen::Vector3d(3.0 * motion.time_s[k], 0, 0);
    motion.q(k, find_coordinate(model, "pelvis_tx")) += along.x();
    motion.q(k, find_coordinate(model, "pelvis_tz")) += along.z();
    motion.q(k, find_coordinate(model, "pelvis_rotation")) = way_rad;
    motion.q(k, find_coordinate(model, "knee_angle_l")) = 0.4;
  }
  const auto segments = segment_motion(model, chain, motion);
  ASSERT_TRUE(segments.has_value());
  EXPECT_TRUE(segments->heading_by_path);
  const Eigen::Matrix3d progression_from_ground = rotation_about_up(-segments->heading_rad);
  for (const Eigen::Index k : {0, 120}) {
    const Pose pose = forward_kinematics(model, motion.q.row(k));
    const auto place = [&](const std::string& body) {
      return Eigen::Vector3d(progression_from_ground *
                             pose[static_cast<std::size_t>(find_body(model, body))].translation);
    };
    const auto off = [&](const Eigen::MatrixX3d& path_m, const std::string& body) {
      return (path_m.row(k).transpose() - place(body)).norm();
    };
    EXPECT_LT(off(segments->pelvis_m, "pelvis"), 1e-12);
    EXPECT_LT(off(segments->hip_m[kRight], "femur_r"), 1e-12);
    EXPECT_LT(off(segments->foot_m[kLeft], "calcn_l"), 1e-12);
    EXPECT_LT(off(segments->toe_joint_m[kLeft], "toes_l"), 1e-12);
    const Eigen::Matrix3d shank =
        progression_from_ground *
        pose[static_cast<std::size_t>(find_body(model, "tibia_l"))].rotation;
    EXPECT_LT((segments->shank[kLeft][static_cast<std::size_t>(k)] - shank).norm(), 1e-12);
  }
  // The knee is a hinge; ankle and subtalar joint turn one after the other.
  EXPECT_EQ(segments->knee_freedoms[kRight], 1);
  EXPECT_EQ(segments->ankle_freedoms[kRight], 2);

  // The same as paths that strides are measured from: toes before the heel, hips above, no belt.
  const GaitPoints points = gait_points_of_body(*segments);
  EXPECT_EQ(points.belt_speed_m_s, 0.0);
  EXPECT_GT((points.toe_m[kRight] - points.heel_m[kRight]).col(0).minCoeff(), 0.1);
  EXPECT_GT((points.hip_m[kRight] - points.heel_m[kRight]).col(1).minCoeff(), 0.7);
  EXPECT_GT((points.hip_m[kRight] - points.hip_m[kLeft]).col(2).minCoeff(), 0.1);
  EXPECT_NEAR(points.pelvis_m(199, 0) - points.pelvis_m(0, 0), 3.0 * 1.99, 0.01);
}

TEST(SegmentMotion, WithoutShanksAndFeetHasNoPathsOfThem) {
  const TestRunner runner = make_test_runner(false, kTiltListTurn);
  const auto segments = segment_motion(runner.model, runner.chain,
                                       motion_of(runner, steady_run(100, 250.0, 4.0, 0.0), 250.0));
  ASSERT_TRUE(segments.has_value());
  EXPECT_TRUE(segments->shank[kRight].empty());
  EXPECT_EQ(segments->foot_m[kLeft].rows(), 0);
  EXPECT_EQ(gait_points_of_body(*segments).heel_m[kRight].rows(), 0);
}

TEST(SegmentMotion, OfASingleFrameHasNoSpeedButAHeading) {
  const TestRunner runner = make_test_runner(false, kTiltListTurn);
  Links links;
  links.pelvis = rotation_about_up(0.3);
  const auto segments =
      segment_motion(runner.model, runner.chain, motion_of(runner, {links}, 250.0));
  ASSERT_TRUE(segments.has_value());
  EXPECT_TRUE(std::isnan(segments->speed_m_s));
  EXPECT_NEAR(segments->heading_rad, 0.3, 1e-12);
}

}  // namespace
}  // namespace catena
