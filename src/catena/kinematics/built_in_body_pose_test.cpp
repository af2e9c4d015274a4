// The built-in body in motion, and against the marker sets: what the model layer cannot see alone.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/model/body_landmarks.h"
#include "catena/model/built_in_body.h"
#include "catena/trajectories/marker_set.h"

namespace catena {
namespace {

const std::vector<std::string> kLowBack = {"lumbar_extension", "lumbar_bending", "lumbar_rotation"};

Model body(const BuiltInBodyOptions& options) {
  return built_in_body(proportional_dimensions(1.75, 68.0, false), options);
}

RigidTransform torso_at(const Model& model, const std::map<std::string, double>& angles_rad) {
  Eigen::VectorXd q = default_pose(model);
  for (const auto& [name, angle] : angles_rad) q[find_coordinate(model, name)] = angle;
  apply_couplers(model, q);
  return forward_kinematics(model, q)[static_cast<std::size_t>(find_body(model, "torso"))];
}

TEST(BuiltInBodyPose, SpreadLowBackTurnsTheThoraxAsOneJointDoesAboutAnyOneAxis) {
  const Model one = body({});
  const Model spread = body({.low_back = LowBack::kSpread});
  for (const std::string& name : kLowBack) {
    for (int step = -19; step <= 19; ++step) {
      const double angle = 0.047 * step;
      EXPECT_LT(
          (torso_at(one, {{name, angle}}).rotation - torso_at(spread, {{name, angle}}).rotation)
              .cwiseAbs()
              .maxCoeff(),
          1e-14)
          << name << " " << angle;
    }
  }
  EXPECT_LT((torso_at(one, {}).translation - torso_at(spread, {}).translation).norm(), 1e-15);
}

TEST(BuiltInBodyPose, SpreadLowBackIsNearOneJointWhenTurnsAreMixed) {
  // Rotations do not add; in running (20 degrees each way at most) they nearly do.
  const Model one = body({});
  const Model spread = body({.low_back = LowBack::kSpread});
  const std::map<std::string, double> running = {
      {"lumbar_extension", -0.2}, {"lumbar_bending", 0.15}, {"lumbar_rotation", 0.25}};
  const Eigen::Matrix3d difference =
      torso_at(one, running).rotation.transpose() * torso_at(spread, running).rotation;
  const double angle = std::acos((difference.trace() - 1.0) / 2.0);
  EXPECT_GT(angle, 1e-4) << "they are not the same model";
  EXPECT_LT(angle, 2.0 * kRadPerDeg);
}

TEST(BuiltInBodyPose, BendingASpreadLowBackCarriesTheShouldersOverAnArc) {
  // Joints further up carry less of the trunk along: the shoulders go less far than about L5/S1.
  const BodyDimensions d = proportional_dimensions(1.75, 68.0, false);
  const auto shoulders_forward = [&](const BuiltInBodyOptions& options) {
    const Model model = body(options);
    const Eigen::Vector3d top(0.0, d.shoulder_in_torso_m.y(), 0.0);
    return (torso_at(model, {{"lumbar_extension", -0.5}}) * top).x() -
           (torso_at(model, {}) * top).x();
  };
  const double one = shoulders_forward({});
  const double spread = shoulders_forward({.low_back = LowBack::kSpread});
  EXPECT_GT(one, 0.15);
  EXPECT_LT(spread, one);
  EXPECT_GT(spread, 0.6 * one);
}

TEST(BuiltInBodyPose, KneeOutOfItsHingeHasOpenSimsSigns) {
  const Model model = body({.knee = KneeMotion::kFree});
  const auto moved = [&](const std::string& coordinate, const std::string& name,
                         const Eigen::Vector3d& point) -> Eigen::Vector3d {
    Eigen::VectorXd q = default_pose(model);
    const auto at = [&]() -> Eigen::Vector3d {
      return forward_kinematics(model, q)[static_cast<std::size_t>(find_body(model, name))] * point;
    };
    const Eigen::Vector3d before = at();
    q[find_coordinate(model, coordinate)] += 0.1;
    return at() - before;
  };
  const Eigen::Vector3d ankle(0.0, -0.4, 0.0);
  const Eigen::Vector3d shin(0.05, -0.2, 0.0);
  EXPECT_LT(moved("knee_adduction_r", "tibia_r", ankle).z(), 0.0) << "towards the middle";
  EXPECT_GT(moved("knee_adduction_l", "tibia_l", ankle).z(), 0.0);
  EXPECT_LT(moved("knee_rotation_r", "tibia_r", shin).z(), 0.0) << "inwards";
  EXPECT_GT(moved("knee_rotation_l", "tibia_l", shin).z(), 0.0);
}

TEST(BuiltInBodyPose, LockedKneeIsTheHinge) {
  const Model hinge = body({});
  const Model locked = body({.knee = KneeMotion::kLocked});
  const auto foot = [](const Model& model) {
    Eigen::VectorXd q = default_pose(model);
    q[find_coordinate(model, "knee_angle_r")] = 1.1;
    q[find_coordinate(model, "hip_flexion_r")] = 0.4;
    return forward_kinematics(model, q)[static_cast<std::size_t>(find_body(model, "calcn_r"))];
  };
  EXPECT_EQ(foot(hinge).translation, foot(locked).translation);
}

/// Bodies that carry what a marker set puts on a segment.
const std::map<std::string, std::set<std::string>>& bodies_of_segments() {
  static const std::map<std::string, std::set<std::string>> kBodies = {
      {"head", {"torso", "head"}}, {"thorax", {"torso"}}, {"pelvis", {"pelvis"}},
      {"thigh", {"femur"}},        {"shank", {"tibia"}},  {"foot", {"calcn", "toes"}},
      {"upper_arm", {"humerus"}},  {"forearm", {"ulna"}}};
  return kBodies;
}

TEST(BuiltInBodyPose, HasEveryLandmarkOfEveryMarkerSetOnItsSegment) {
  const BodyDimensions d = proportional_dimensions(1.75, 68.0, false);
  std::map<std::string, std::string> body_of;
  for (const BodyLandmark& l : landmarks_of(d)) body_of[l.name] = l.body;
  int seen = 0;
  for (const MarkerSet& set : known_marker_sets()) {
    for (const SetMarker& marker : set.markers) {
      if (marker.landmark.empty()) continue;
      const auto found = body_of.find(marker.landmark);
      ASSERT_NE(found, body_of.end()) << set.name << ": " << marker.landmark;
      ++seen;
      std::string segment = marker.segment;
      std::string name = found->second;
      for (const char* side : {"right_", "left_"}) {
        if (segment.starts_with(side)) segment.erase(0, std::string(side).size());
      }
      if (name.ends_with("_r") || name.ends_with("_l")) {
        EXPECT_EQ(name.ends_with("_r"), marker.landmark.starts_with("right_"));
        name.erase(name.size() - 2);
      }
      const auto bodies = bodies_of_segments().find(segment);
      ASSERT_NE(bodies, bodies_of_segments().end()) << segment;
      EXPECT_TRUE(bodies->second.contains(name))
          << set.name << ": " << marker.landmark << " on " << name;
    }
  }
  EXPECT_GT(seen, 300);
}

}  // namespace
}  // namespace catena
