#include "catena/synthetic/body.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"

namespace catena {
namespace {

int body_index(const Model& model, const std::string& name) { return find_body(model, name); }

Eigen::Vector3d place(const Model& model, const Eigen::VectorXd& q, const std::string& marker) {
  const int m = find_marker(model, marker);
  EXPECT_NE(m, kNone) << marker;
  return marker_positions(model, forward_kinematics(model, q)).segment<3>(3 * m);
}

/// How far a marker goes when one coordinate goes up by 0.1 rad.
Eigen::Vector3d moves(const std::string& coordinate, const std::string& marker) {
  const Model model = synthetic_body({.variation = 0.0, .mtp = true});
  Eigen::VectorXd q = default_pose(model);
  const Eigen::Vector3d before = place(model, q, marker);
  const int index = find_coordinate(model, coordinate);
  EXPECT_NE(index, kNone) << coordinate;
  q[index] += 0.1;
  return place(model, q, marker) - before;
}

TEST(SyntheticBody, StandsOnTheGroundInItsDefaultPose) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const SyntheticBody body = make_synthetic_body({.seed = seed});
    EXPECT_NEAR(lowest_sole_height_m(body, default_pose(body.model)), 0.0, 1e-12);
  }
}

TEST(SyntheticBody, HasDrillisAndContinisHeightsWithoutVariation) {
  const SyntheticBody body = make_synthetic_body({.height_m = 1.80, .variation = 0.0});
  const Pose pose = forward_kinematics(body.model, default_pose(body.model));
  const auto height = [&](const std::string& name) {
    return pose[static_cast<std::size_t>(body_index(body.model, name))].translation.y() / 1.80;
  };
  EXPECT_NEAR(height("femur_r"), 0.530, 1e-9);
  EXPECT_NEAR(height("tibia_l"), 0.285, 1e-9);
  EXPECT_NEAR(height("talus_r"), 0.039, 1e-9);
  EXPECT_NEAR(height("humerus_l"), 0.818, 1e-9);
}

TEST(SyntheticBody, WeighsWhatItShould) {
  for (const bool female : {false, true}) {
    for (const bool feet : {false, true}) {
      double sum_kg = 0.0;
      for (const Body& b :
           synthetic_body({.mass_kg = 61.0, .female = female, .feet = feet}).bodies) {
        EXPECT_GE(b.mass_kg, 0.0);
        sum_kg += b.mass_kg;
      }
      EXPECT_NEAR(sum_kg, 61.0, 1e-9);
    }
  }
}

TEST(SyntheticBody, HasOpenSimsSigns) {
  EXPECT_LT(moves("pelvis_tilt", "C7").x(), 0.0) << "pelvis_tilt + is backwards";
  EXPECT_GT(moves("pelvis_list", "C7").z(), 0.0);
  EXPECT_GT(moves("pelvis_rotation", "RASI").x(), 0.0);
  EXPECT_GT(moves("hip_flexion_r", "RKNL").x(), 0.0);
  EXPECT_GT(moves("hip_flexion_l", "LKNL").x(), 0.0);
  EXPECT_LT(moves("hip_adduction_r", "RKNL").z(), 0.0);
  EXPECT_GT(moves("hip_adduction_l", "LKNL").z(), 0.0);
  EXPECT_LT(moves("hip_rotation_r", "RTOE").z(), 0.0) << "hip_rotation + is internal";
  EXPECT_GT(moves("hip_rotation_l", "LTOE").z(), 0.0);
  EXPECT_LT(moves("knee_angle_r", "RANL").x(), 0.0) << "knee_angle + is flexion";
  EXPECT_LT(moves("knee_angle_l", "LANL").x(), 0.0);
  EXPECT_GT(moves("ankle_angle_r", "RMT1").y(), 0.0) << "ankle_angle + is dorsiflexion";
  EXPECT_GT(moves("ankle_angle_l", "LMT1").y(), 0.0);
  EXPECT_GT(moves("mtp_angle_r", "RTOE").y(), 0.0);
  EXPECT_LT(moves("lumbar_extension", "C7").x(), 0.0);
  EXPECT_GT(moves("lumbar_bending", "C7").z(), 0.0);
  EXPECT_GT(moves("lumbar_rotation", "RSHO").x(), 0.0) << "lumbar_rotation + is to the left";
  EXPECT_GT(moves("arm_flex_r", "RELB").x(), 0.0);
  EXPECT_LT(moves("arm_add_r", "RELB").z(), 0.0);
  EXPECT_GT(moves("arm_add_l", "LELB").z(), 0.0);
  EXPECT_GT(moves("elbow_flex_l", "LWRI").x(), 0.0);
}

TEST(SyntheticBody, IsItsOwnMirrorWithoutVariation) {
  const Model model = synthetic_body({.variation = 0.0});
  Eigen::VectorXd right = default_pose(model);
  Eigen::VectorXd left = right;
  for (const std::string name : {"hip_flexion", "hip_adduction", "hip_rotation", "knee_angle",
                                 "ankle_angle", "subtalar_angle", "arm_flex", "arm_add"}) {
    right[find_coordinate(model, name + "_r")] = 0.3;
    left[find_coordinate(model, name + "_l")] = 0.3;
  }
  for (const std::string name : {"TH1", "KNM", "SH4", "ANL", "HEE", "MT5", "ELB", "WRI"}) {
    const Eigen::Vector3d of_right = place(model, right, "R" + name);
    const Eigen::Vector3d of_left = place(model, left, "L" + name);
    EXPECT_NEAR(of_right.x(), of_left.x(), 1e-12) << name;
    EXPECT_NEAR(of_right.y(), of_left.y(), 1e-12) << name;
    EXPECT_NEAR(of_right.z(), -of_left.z(), 1e-12) << name;
  }
}

TEST(SyntheticBody, DepartsFromProportionsByAboutTheirPublishedError) {
  const BodyDimensions prior = body_dimensions({.variation = 0.0});
  double squares = 0.0;
  double hip_squares = 0.0;
  const int n = 400;
  for (int seed = 1; seed <= n; ++seed) {
    const BodyDimensions d = body_dimensions({.seed = static_cast<std::uint64_t>(seed)});
    squares += std::pow(d.foot_length_m / prior.foot_length_m - 1.0, 2);
    hip_squares += (d.hip_in_pelvis_m[0] - prior.hip_in_pelvis_m[0]).squaredNorm();
  }
  EXPECT_NEAR(std::sqrt(squares / n), 0.04, 0.006);
  // Harrington's three errors, and those of the pelvis's width and depth that they build on.
  EXPECT_GT(std::sqrt(hip_squares / n), 0.006);
  EXPECT_LT(std::sqrt(hip_squares / n), 0.012);
}

TEST(SyntheticBody, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const Model a = synthetic_body({.seed = 5});
  const Model b = synthetic_body({.seed = 5});
  const Model c = synthetic_body({.seed = 6});
  for (std::size_t m = 0; m < a.markers.size(); ++m) {
    EXPECT_EQ(a.markers[m].position_in_body_m, b.markers[m].position_in_body_m);
    EXPECT_NE(a.markers[m].position_in_body_m, c.markers[m].position_in_body_m);
  }
}

TEST(SyntheticBody, LeavingOutPartsMovesNothingElse) {
  const Model whole = synthetic_body({.seed = 5});
  const Model part = synthetic_body({.arms = false, .feet = false, .seed = 5});
  EXPECT_EQ(find_body(part, "humerus_r"), kNone);
  EXPECT_EQ(find_body(part, "calcn_r"), kNone);
  for (const ModelMarker& marker : part.markers) {
    const int same = find_marker(whole, marker.name);
    ASSERT_NE(same, kNone);
    EXPECT_EQ(whole.markers[static_cast<std::size_t>(same)].position_in_body_m,
              marker.position_in_body_m);
  }
}

TEST(SyntheticBody, NamesEveryMarkerOnceAndSeesEverySegment) {
  const Model model = synthetic_body({.mtp = true});
  std::set<std::string> names;
  std::set<int> seen;
  for (const ModelMarker& marker : model.markers) {
    names.insert(marker.name);
    seen.insert(marker.body);
  }
  EXPECT_EQ(names.size(), model.markers.size());
  EXPECT_GE(names.size(), 45u);
  for (const std::string body :
       {"pelvis", "torso", "femur_l", "tibia_r", "calcn_l", "toes_r", "humerus_r", "ulna_l"}) {
    EXPECT_TRUE(seen.contains(find_body(model, body))) << body;
  }
}

TEST(SyntheticBody, LocksWhatIsNotAskedFor) {
  const Model model = synthetic_body({.subtalar = false, .mtp = false});
  for (const std::string name : {"subtalar_angle_r", "mtp_angle_l"}) {
    EXPECT_TRUE(model.coordinates[static_cast<std::size_t>(find_coordinate(model, name))].locked);
  }
  EXPECT_FALSE(
      model.coordinates[static_cast<std::size_t>(find_coordinate(model, "knee_angle_r"))].locked);
}

}  // namespace
}  // namespace catena
