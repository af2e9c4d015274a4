#include "catena/trajectories/from_recording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "catena/core/test_data.h"
#include "catena/recording/trc.h"

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

PointRecording still_points(Eigen::Index n_frames, Eigen::Index n_points) {
  PointRecording recording;
  recording.name = "still";
  recording.rate_hz = 100.0;
  recording.time_s =
      Eigen::VectorXd::LinSpaced(n_frames, 0.0, static_cast<double>(n_frames - 1) / 100.0);
  recording.points_m.resize(n_frames, 3 * n_points);
  for (Eigen::Index k = 0; k < n_points; ++k) {
    recording.labels.push_back("P" + std::to_string(k));
    recording.points_m.middleCols(3 * k, 3).rowwise() =
        Eigen::RowVector3d(1.0, 2.0, 3.0) * (1.0 + 0.01 * static_cast<double>(k));
  }
  return recording;
}

TEST(Trajectories, KeepFilesThatAreYUp) {
  const PointRecording recording = still_points(5, 2);
  const auto result = make_trajectories(recording);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->points_m == recording.points_m);
  EXPECT_EQ(result->labels, recording.labels);
  EXPECT_THAT(result->notes, IsEmpty());
}

// A right-handed frame stays one: the images of x, y, z span a positive volume.
TEST(Trajectories, TurnTheUpwardAxisToYWithoutMirroring) {
  for (const UpAxis up : {UpAxis::kX, UpAxis::kY, UpAxis::kZ}) {
    PointRecording recording = still_points(1, 3);
    const Eigen::Matrix3d axes = Eigen::Matrix3d::Identity();
    for (Eigen::Index k = 0; k < 3; ++k) recording.points_m.middleCols(3 * k, 3) = axes.row(k);
    TrajectoryOptions options;
    options.up_axis = up;
    const auto result = make_trajectories(recording, options);
    ASSERT_TRUE(result);
    Eigen::Matrix3d images;
    for (Eigen::Index k = 0; k < 3; ++k) images.row(k) = result->points_m.row(0).segment<3>(3 * k);
    EXPECT_NEAR(images.determinant(), 1.0, 1e-15);
    EXPECT_TRUE(images.row(static_cast<int>(up)) == Eigen::RowVector3d(0.0, 1.0, 0.0));
  }
}

TEST(Trajectories, SayWhichAxisWasTurned) {
  TrajectoryOptions options;
  options.up_axis = UpAxis::kZ;
  EXPECT_THAT(make_trajectories(still_points(3, 1), options)->notes,
              ElementsAre("The file's z axis was turned up."));
}

TEST(Trajectories, TakeTripleZerosSentinelsAndHalfPositionsAsLost) {
  PointRecording recording = still_points(6, 2);
  recording.points_m.row(0).head<3>().setZero();
  recording.points_m.row(1).head<3>().setConstant(9999.999);  // 9999999 mm
  recording.points_m.col(3).setZero();
  recording.points_m(2, 1) = -3.697314e25;
  recording.points_m(3, 2) = kNaN;
  const auto result = make_trajectories(recording);
  ASSERT_TRUE(result);
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(result->points_m.row(i).head<3>().array().isNaN().all());
  EXPECT_EQ(result->points_m.array().isNaN().count(), 12);
  EXPECT_EQ(result->points_m(4, 3), 0.0);
  EXPECT_THAT(result->notes,
              ElementsAre("1 position at exactly 0 0 0 counted as lost.",
                          "2 positions farther away than any laboratory counted as lost.",
                          "1 position with only one or two coordinates counted as lost."));
}

TEST(Trajectories, AreRefusedWhenEverythingIsLost) {
  PointRecording recording = still_points(4, 2);
  recording.points_m.setZero();
  const auto result = make_trajectories(recording);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::kMissingData);
  EXPECT_THAT(to_sentence(result.error()),
              HasSubstr("still: every position of every point is lost"));
}

TEST(Trajectories, NoteAJumpAndLeaveIt) {
  PointRecording recording = still_points(50, 2);
  recording.points_m(20, 4) += 0.3;  // 100 Hz: 6000 m/s2 at the tip, 3000 beside it
  const auto result = make_trajectories(recording);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->points_m == recording.points_m);
  EXPECT_THAT(result->notes, ElementsAre(HasSubstr("the farthest is P1, 600 mm at 0.200 s")));
}

TEST(LikelyUpAxis, IsWhereTheBodyIsTallest) {
  for (int up = 0; up < 3; ++up) {
    PointRecording recording = still_points(10, 12);
    for (Eigen::Index k = 0; k < 12; ++k) {
      for (int axis = 0; axis < 3; ++axis) {
        recording.points_m.col(3 * k + axis)
            .setConstant((axis == up ? 0.15 : 0.05) * static_cast<double>(k));
      }
    }
    EXPECT_EQ(likely_up_axis(recording), static_cast<UpAxis>(up));
    TrajectoryOptions options;
    options.up_axis = UpAxis::kY;
    const auto result = make_trajectories(recording, options);
    ASSERT_TRUE(result);
    const int n_notes = static_cast<int>(
        std::count_if(result->notes.begin(), result->notes.end(), [](const std::string& note) {
          return note.find("but y was taken as up") != std::string::npos;
        }));
    EXPECT_EQ(n_notes, up == 1 ? 0 : 1);
  }
}

TEST(LikelyUpAxis, IsUnknownForAFewPointsOrAWidePose) {
  EXPECT_EQ(likely_up_axis(still_points(10, 3)), std::nullopt);
  PointRecording wide = still_points(10, 12);
  for (Eigen::Index k = 0; k < 12; ++k) {
    wide.points_m.middleCols(3 * k, 3).rowwise() =
        Eigen::RowVector3d(0.1, 0.11, 0.0) * static_cast<double>(k);
  }
  EXPECT_EQ(likely_up_axis(wide), std::nullopt);
}

TEST(LikelyUpAxis, IsRightOnRealRunning) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const char* path : {"dorn2012/run0350cms.trc", "dorn2012/run0900cms.trc",
                           "bmclab-run/motion_capture_run.trc"}) {
    EXPECT_EQ(likely_up_axis(*read_trc(test_data() / path)), UpAxis::kY) << path;
  }
  EXPECT_EQ(likely_up_axis(*read_trc(test_data() / "trc-samples/Gait.trc")), UpAxis::kZ);
}

TEST(Trajectories, OfDornsRunsLoseNothing) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const char* path : {"dorn2012/run0350cms.trc", "dorn2012/run0500cms.trc",
                           "dorn2012/run0700cms.trc", "dorn2012/run0900cms.trc"}) {
    const auto read = read_trc(test_data() / path);
    ASSERT_TRUE(read);
    const auto result = make_trajectories(*read);
    ASSERT_TRUE(result);
    EXPECT_FALSE(result->points_m.hasNaN()) << path;
    EXPECT_TRUE(result->points_m == read->points_m) << path;
  }
}

TEST(Trajectories, AreMadeOfEveryRealFile) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(test_data())) {
    if (entry.path().extension() != ".trc") continue;
    const auto read = read_trc(entry.path());
    if (!read) continue;
    const auto result = make_trajectories(*read);
    ASSERT_TRUE(result) << to_sentence(result.error());
  }
}

}  // namespace
}  // namespace catena
