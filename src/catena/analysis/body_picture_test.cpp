#include "catena/analysis/body_picture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/synthetic/body.h"

namespace catena {
namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

// What a camera sees of the model in a posture.
Trajectories seen(const Model& model, const Eigen::VectorXd& q) {
  const Eigen::VectorXd markers = marker_positions(model, forward_kinematics(model, q));
  Trajectories trajectories;
  for (const ModelMarker& marker : model.markers) trajectories.labels.push_back(marker.name);
  trajectories.points_m = markers.transpose();
  return trajectories;
}

BodyPicture picture_of(const Model& model, const Eigen::VectorXd& q,
                       const Trajectories& trajectories) {
  Result<BodyPicture> picture = picture_body(model, q, trajectories, 0);
  EXPECT_TRUE(picture.has_value()) << (picture ? "" : to_sentence(picture.error()));
  return picture ? *picture : BodyPicture{};
}

// A posture that is not symmetric, turned about the vertical.
Eigen::VectorXd posture(const Model& model, double turn_rad) {
  Eigen::VectorXd q = default_pose(model);
  const auto set = [&](const char* name, double value) {
    const int index = find_coordinate(model, name);
    ASSERT_NE(index, kNone) << name;
    q[index] = value;
  };
  set("pelvis_rotation", turn_rad);
  set("hip_flexion_r", 0.4);
  set("knee_angle_r", 0.6);
  set("hip_flexion_l", -0.3);
  set("lumbar_bending", 0.1);
  return q;
}

TEST(BodyPictureOfModel, MarkersOfTheModelItselfAreNoWayOff) {
  const Model model = synthetic_body();
  const Eigen::VectorXd q = posture(model, 0.3);
  const BodyPicture picture = picture_of(model, q, seen(model, q));
  EXPECT_EQ(picture.markers.size(), model.markers.size());
  EXPECT_LT(picture.marker_rms_m, 1e-12);
  for (const BodyPicture::Marker& marker : picture.markers) {
    EXPECT_LT((marker.measured_m - marker.in_model_m).norm(), 1e-12) << marker.label;
  }
}

TEST(BodyPictureOfModel, IsTheSameWhereverTheRunnerFaces) {
  const Model model = synthetic_body();
  const Eigen::VectorXd ahead = posture(model, 0.0), turned = posture(model, 2.1);
  const BodyPicture one = picture_of(model, ahead, seen(model, ahead));
  const BodyPicture other = picture_of(model, turned, seen(model, turned));
  ASSERT_EQ(one.bones.size(), other.bones.size());
  for (std::size_t k = 0; k < one.bones.size(); ++k) {
    // As ways along the bones: the pelvis' axis of turning may lie off the origin.
    const Eigen::Vector3d way = one.bones[k].to_m - one.bones[k].from_m;
    EXPECT_LT((other.bones[k].to_m - other.bones[k].from_m - way).norm(), 1e-9)
        << one.bones[k].name;
  }
  const Eigen::Vector3d thigh = one.bones[0].to_m - one.bones[0].from_m;
  EXPECT_EQ(one.bones[0].name, "thigh_r");
  EXPECT_GT(thigh.x(), 0.1);  // flexed: the knee is in front of the hip
}

TEST(BodyPictureOfModel, HasLimbsOfBothSidesTrunkAndArms) {
  const Model model = synthetic_body();
  const Eigen::VectorXd q = default_pose(model);
  std::set<std::string> names;
  for (const BodyPicture::Bone& bone : picture_of(model, q, seen(model, q)).bones) {
    names.insert(bone.name);
    EXPECT_GT((bone.to_m - bone.from_m).norm(), 0.05) << bone.name;
  }
  for (const char* name : {"thigh_r", "thigh_l", "shank_r", "shank_l", "foot_r", "foot_l", "hips",
                           "pelvis", "trunk", "head", "upper_arm_r", "upper_arm_l"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

TEST(BodyPictureOfModel, RmsIsOfTheMarkersThatAreSeen) {
  const Model model = synthetic_body();
  const Eigen::VectorXd q = default_pose(model);
  Trajectories trajectories = seen(model, q);
  trajectories.points_m.col(1).array() += 0.010;  // the first marker, upwards
  trajectories.points_m.rightCols(3).setConstant(kNan);
  const BodyPicture picture = picture_of(model, q, trajectories);
  const auto n = static_cast<double>(model.markers.size() - 1);
  EXPECT_NEAR(picture.marker_rms_m, 0.010 / std::sqrt(n), 1e-12);
  EXPECT_TRUE(picture.markers.back().measured_m.array().isNaN().all());
  EXPECT_TRUE(picture.markers.back().in_model_m.allFinite());
}

TEST(BodyPictureOfModel, AFrameThatIsNotThereIsSaid) {
  const Model model = synthetic_body();
  const Eigen::VectorXd q = default_pose(model);
  const Result<BodyPicture> picture = picture_body(model, q, seen(model, q), 1);
  ASSERT_FALSE(picture.has_value());
  EXPECT_EQ(picture.error().what, "there is no frame 1 among 1");
}

TEST(FullestFrame, ShowsMostMarkersAndLiesInTheMiddle) {
  Trajectories trajectories;
  trajectories.labels = {"A", "B"};
  trajectories.points_m = Eigen::MatrixXd::Zero(12, 6);
  trajectories.points_m.block(3, 3, 2, 3).setConstant(kNan);
  EXPECT_EQ(fullest_frame(trajectories), 5);
}

}  // namespace
}  // namespace catena
