#include "catena/gait/picture_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catena/core/test_data.h"
#include "catena/gait/planted_strides.h"
#include "catena/gait/spatiotemporal.h"

namespace catena {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr double kPixelsPerMetre = 350.0;
constexpr double kHeight_m = 1.80;  // NOLINT(readability-identifier-naming)

/// The planted runner as a camera beside the treadmill sees him: x to the right, y down. Legs hang
/// straight from the hips; only their lengths matter here.
PoseRecording filmed(const GaitPoints& points, bool faces_left) {
  PoseRecording pose;
  pose.name = "film";
  pose.rate_hz = points.rate_hz;
  pose.time_s = points.time_s;
  const auto n = points.time_s.size();
  std::vector<Eigen::MatrixX2d> tracks;
  const auto add = [&](const std::string& label, const Eigen::MatrixX3d& place_m, double ahead_m,
                       double up_m) {
    Eigen::MatrixX2d track(n, 2);
    track.col(0) =
        (place_m.col(0).array() + ahead_m) * kPixelsPerMetre * (faces_left ? -1 : 1) + 360;
    track.col(1) = 1200 - (place_m.col(1).array() + up_m) * kPixelsPerMetre;
    pose.labels.push_back(label);
    tracks.push_back(track);
  };
  for (const Side side : kSides) {
    const std::string letter = side == kRight ? "r_" : "l_";
    const Eigen::MatrixX3d& hip_m = points.pelvis_m;
    add(letter + "heel", points.heel_m[side], 0.0, 0.0);
    add(letter + "big_toe", points.toe_m[side], 0.0, 0.0);
    add(letter + "hip", hip_m, 0.0, 0.0);
    add(letter + "knee", hip_m, 0.0, -0.245 * kHeight_m);
    add(letter + "ankle", hip_m, 0.0, -0.491 * kHeight_m);
    add(letter + "shoulder", hip_m, 0.0, 0.288 * kHeight_m);
    add(letter + "elbow", hip_m, 0.0, 0.1 * kHeight_m);
    add(letter + "wrist", hip_m, 0.1, 0.1 * kHeight_m);
  }
  add("neck", points.pelvis_m, 0.0, 0.288 * kHeight_m);
  add("nose", points.pelvis_m, 0.1, 0.40 * kHeight_m);
  add("head", points.pelvis_m, 0.0, 0.470 * kHeight_m);
  pose.places_px.resize(n, 2 * static_cast<Eigen::Index>(tracks.size()));
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    pose.places_px.middleCols<2>(2 * static_cast<Eigen::Index>(i)) = tracks[i];
  }
  return pose;
}

PicturePoints must_find(const PoseRecording& pose, double height_m) {
  const auto found = picture_points(pose, {height_m});
  EXPECT_TRUE(found) << (found ? "" : to_sentence(found.error()));
  return found ? *found : PicturePoints{};
}

TEST(PicturePoints, ARunnerWhoFacesLeftIsTheSameAsOneWhoFacesRight) {
  const auto [points, strides] = make_planted({});
  for (const bool faces_left : {false, true}) {
    const PicturePoints found = must_find(filmed(points, faces_left), kHeight_m);
    EXPECT_EQ(found.faces_left, faces_left);
    EXPECT_NEAR(found.metres_per_px, 1.0 / kPixelsPerMetre, 1e-9);
    EXPECT_EQ(found.marker_set, "Halpe-26 keypoints");
    EXPECT_TRUE(found.points.is_planar);
    EXPECT_TRUE(found.points.is_scaled);
    const Spatiotemporal s = spatiotemporal(strides, found.points);
    EXPECT_NEAR(s.measures[kStrideLength].both.value, 2.52, 1e-6);
    EXPECT_NEAR(s.measures[kSpeed].both.value, 3.5, 1e-6);
    EXPECT_NEAR(s.measures[kStepLength].asymmetry.value, 0.08, 1e-6);
    EXPECT_GT(s.measures[kOverstride].both.value, 0.05);
    EXPECT_NEAR(s.measures[kVerticalOscillation].both.value, 0.08, 1e-3);
    EXPECT_TRUE(std::isnan(s.measures[kStepWidth].both.value));
    // The lowest that the feet get is the floor.
    EXPECT_NEAR(found.points.heel_m[kRight].col(1).minCoeff(), 0.0, 1e-9);
  }
}

TEST(PicturePoints, WhoStandsOnTheHeadIsRefused) {
  const auto [points, strides] = make_planted({});
  PoseRecording pose = filmed(points, false);
  for (Eigen::Index j = 1; j < pose.places_px.cols(); j += 2) {
    pose.places_px.col(j) = 1280.0 - pose.places_px.col(j).array();  // y grows upwards
  }
  const auto found = picture_points(pose, {kHeight_m});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::kMismatch);
  EXPECT_THAT(to_sentence(found.error()), HasSubstr("feet are above the hips"));
}

TEST(PicturePoints, WithoutAHeightOneIsAssumedAndSaid) {
  const auto [points, strides] = make_planted({});
  const PicturePoints found =
      must_find(filmed(points, false), std::numeric_limits<double>::quiet_NaN());
  EXPECT_FALSE(found.points.is_scaled);
  EXPECT_NEAR(found.metres_per_px, 1.75 / 1.80 / kPixelsPerMetre, 1e-9);
  EXPECT_THAT(found.notes, Contains(HasSubstr("1.75 m (assumed")));
  const Spatiotemporal s = spatiotemporal(strides, found.points);
  EXPECT_LT(s.measures[kStrideLength].both.low, 2.52);
  EXPECT_GT(s.measures[kStrideLength].both.high, 2.52);
}

TEST(PicturePoints, WhoRunsPastTheCameraIsOnTheGround) {
  PlantedRunner runner;
  runner.treadmill = false;
  const auto [points, strides] = make_planted(runner);
  for (const bool faces_left : {false, true}) {
    const PicturePoints found = must_find(filmed(points, faces_left), kHeight_m);
    EXPECT_EQ(found.points.belt_speed_m_s, 0.0);
    EXPECT_NEAR(spatiotemporal(strides, found.points).measures[kSpeed].both.value, 3.5, 1e-6);
  }
}

TEST(PicturePoints, NamesInFullAndOtherNetworksFeetAreKnown) {
  const auto [points, strides] = make_planted({});
  for (const char* toe : {"_big_toe", "_foot_index"}) {
    PoseRecording pose = filmed(points, false);
    for (std::string& label : pose.labels) {
      if (label[1] != '_') continue;
      label = (label[0] == 'r' ? "right" : "left") + label.substr(1);
      const auto at = label.find("_big_toe");
      if (at != std::string::npos) label.replace(at, std::string::npos, toe);
    }
    const PicturePoints found = must_find(pose, kHeight_m);
    EXPECT_EQ(found.marker_set, "Halpe-26 keypoints");
    EXPECT_NEAR(found.metres_per_px, 1.0 / kPixelsPerMetre, 1e-9);
    EXPECT_EQ(found.points.toe_m[kRight].rows(), points.time_s.size());
  }
}

TEST(PicturePoints, WhatIsLackingIsASentence) {
  const auto [points, strides] = make_planted({});
  const PoseRecording whole = filmed(points, false);
  const auto without = [&](const std::string& part) {
    PoseRecording pose = whole;
    for (std::size_t i = 0; i < pose.labels.size(); ++i) {
      if (pose.labels[i].find(part) == std::string::npos) continue;
      pose.places_px.middleCols<2>(2 * static_cast<Eigen::Index>(i))
          .setConstant(std::numeric_limits<double>::quiet_NaN());
    }
    const auto found = picture_points(pose);
    return found ? "" : to_sentence(found.error());
  };
  EXPECT_THAT(without("hip"), HasSubstr("no hip"));
  EXPECT_THAT(without("knee"), HasSubstr("no scale"));
  EXPECT_THAT(without("_"), HasSubstr("no hip"));
  EXPECT_EQ(without("toe"), "");
}

TEST(PicturePoints, TheRunnerOfTheVideoFacesLeftAndIsAsTallAsHeLooks) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto pose = read_pose_json(data / "runner-video" / "male_side.pose.json");
  ASSERT_TRUE(pose);
  const PicturePoints found = must_find(*pose, kHeight_m);
  EXPECT_EQ(found.marker_set, "Halpe-26 keypoints");
  EXPECT_TRUE(found.faces_left);
  EXPECT_TRUE(std::isnan(found.points.belt_speed_m_s));
  // From the top of the head to the sole in the picture 590 to 630 px, knees bent.
  EXPECT_NEAR(kHeight_m / found.metres_per_px, 625.0, 40.0);
}

}  // namespace
}  // namespace catena
