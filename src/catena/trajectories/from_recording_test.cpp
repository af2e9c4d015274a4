#include "catena/trajectories/from_recording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "catena/core/test_data.h"
#include "catena/recording/trc.h"
#include "catena/trajectories/test_walker.h"

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

TEST(Trajectories, AreTurnedWithoutChangingANumber) {
  const PointRecording recording = still_points(2, 3);
  for (const Eigen::Matrix3d& turn : right_handed_turns()) {
    TrajectoryOptions options;
    options.ground.ground_from_lab = turn;
    const auto result = make_trajectories(recording, options);
    ASSERT_TRUE(result);
    const Eigen::Matrix3d back = turn.transpose();
    for (Eigen::Index k = 0; k < 3; ++k) {
      const Eigen::Vector3d ground = result->points_m.row(1).segment<3>(3 * k);
      const Eigen::Vector3d lab = recording.points_m.row(1).segment<3>(3 * k);
      EXPECT_TRUE(Eigen::Vector3d(back * ground) == lab);
    }
  }
}

TEST(Trajectories, SayOnceHowTheyWereTurned) {
  Recording recording;
  recording.points = still_points(3, 1);
  GroundFrameOptions given;
  given.up = LabAxis::kPlusZ;
  const auto ground = find_ground_frame(recording, {}, given);
  ASSERT_TRUE(ground);
  EXPECT_THAT(make_trajectories(recording.points, {.ground = *ground})->asides,
              ElementsAre(HasSubstr("Turned to the ground frame while reading: z is up (given)")));
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

TEST(Trajectories, MakeNoFussOfAFewLostPositions) {
  PointRecording recording = still_points(200, 2);
  recording.points_m.row(7).head<3>().setZero();
  const auto result = make_trajectories(recording);
  ASSERT_TRUE(result);
  EXPECT_THAT(result->notes, IsEmpty());
  EXPECT_THAT(result->asides, ElementsAre("1 position at exactly 0 0 0 counted as lost."));
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

TEST(Trajectories, LeaveAJumpAsItIs) {
  PointRecording recording = still_points(50, 2);
  recording.points_m(20, 4) += 0.3;
  const auto result = make_trajectories(recording);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->points_m == recording.points_m);
  EXPECT_THAT(result->notes, IsEmpty());
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
