#include "catena/trajectories/clean.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>

#include "catena/core/test_data.h"
#include "catena/math/butterworth.h"
#include "catena/recording/read_recording.h"
#include "catena/trajectories/from_recording.h"
#include "catena/trajectories/test_segments.h"

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

TEST(Clean, PutsLabelsRightThenTakesOutSpikesThenFillsGaps) {
  const SwingingLeg leg = swinging_leg();
  Trajectories run = leg.running;
  run.points_m(100, 3 * 5) += 0.08;         // a spike of T1,
  lose_points(run.points_m, 6, 300, 310);   // a gap of T2,
  swap_points(run.points_m, 5, 6, 0, 599);  // and both under each other's name
  const BodyShape standing = describe_shape(leg.standing, leg.clusters);
  const auto cleaned = clean(run, leg.clusters, &standing);
  ASSERT_TRUE(cleaned);
  ASSERT_EQ(cleaned->repairs.size(), 4U);
  EXPECT_EQ(cleaned->repairs[0].kind, RepairKind::kSwap);
  EXPECT_EQ(cleaned->repairs[1].kind, RepairKind::kSpike);
  EXPECT_THAT(cleaned->repairs[1].markers, ElementsAre("T1"));
  EXPECT_EQ(cleaned->repairs[2].kind, RepairKind::kGapByCluster);
  EXPECT_THAT(cleaned->repairs[2].markers, ElementsAre("T1"));
  EXPECT_EQ(cleaned->repairs[3].kind, RepairKind::kGapByCluster);
  EXPECT_THAT(cleaned->repairs[3].markers, ElementsAre("T2"));
  EXPECT_EQ(cleaned->repairs[3].first_frame, 300);
  EXPECT_DOUBLE_EQ(cleaned->repairs[3].first_s, 2.0);
  EXPECT_EQ(cleaned->counts.positions_filled, 12);
  EXPECT_LT((cleaned->trajectories.points_m - leg.running.points_m).cwiseAbs().maxCoeff(), 0.005);
}

TEST(Clean, SaysWhatItDidInFewWords) {
  const SwingingLeg leg = swinging_leg();
  Trajectories run = leg.running;
  run.points_m(100, 3 * 5) += 0.081;
  lose_points(run.points_m, 6, 300, 329);
  lose_points(run.points_m, 14, 300, 329);
  swap_points(run.points_m, 0, 1, 450, 599);
  const BodyShape standing = describe_shape(leg.standing, leg.clusters);
  EXPECT_EQ(in_few_words(clean(run, leg.clusters, &standing)->repairs),
            "labels of P1 and P2 were exchanged and are put right (3.00 to 3.99 s, 150 frames); "
            "1 spike taken out (T1; the farthest 80 mm); 2 gaps filled (T1 and T2; the longest 30 "
            "frames, 0.20 s); 1 gap left open (F2; the longest 30 frames, 0.20 s)");
  EXPECT_EQ(in_few_words({}), "");
}

TEST(Clean, SmoothsOnlyWhenAskedTo) {
  const SwingingLeg leg = swinging_leg();
  EXPECT_TRUE(clean(leg.running, leg.clusters)->trajectories.points_m == leg.running.points_m);
  CleanOptions options;
  options.smooth_hz = kRunningCutoff_hz;
  const auto smoothed = clean(leg.running, leg.clusters, nullptr, options);
  ASSERT_TRUE(smoothed);
  EXPECT_TRUE(smoothed->trajectories.points_m.col(7) ==
              low_pass_zero_lag(leg.running.points_m.col(7), 150.0, 10.0));
}

TEST(Clean, RefusesLimitsThatAreNone) {
  const SwingingLeg leg = swinging_leg(50);
  CleanOptions options;
  options.smooth_hz = -1.0;
  EXPECT_EQ(clean(leg.running, leg.clusters, nullptr, options).error().code, Errc::kBadOption);
  options = {};
  options.gap.longest_by_spline_s = std::nan("");
  EXPECT_THAT(to_sentence(clean(leg.running, leg.clusters, nullptr, options).error()),
              HasSubstr("negative or not a number"));
}

TEST(Clean, OfFewFramesOrLostOnesDoesNothing) {
  for (const Eigen::Index n : {1, 2, 3, 5}) {
    const SwingingLeg leg = swinging_leg(n);
    const BodyShape standing = describe_shape(leg.standing, leg.clusters);
    Trajectories run = leg.running;
    EXPECT_TRUE(clean(run, leg.clusters, &standing)->repairs.empty());
    run.points_m.setConstant(std::nan(""));
    EXPECT_TRUE(clean(run, leg.clusters, &standing)->repairs.empty());
    EXPECT_TRUE(clean(run, {})->repairs.empty());
  }
}

// Thousands of points cost no square of that, and what was not looked at is said.
TEST(Clean, OfVeryManyPointsLooksAtThoseOnKnownSegments) {
  const SwingingLeg leg = swinging_leg();
  Trajectories run = leg.running;
  swap_points(run.points_m, 5, 6, 0, 599);
  constexpr Eigen::Index kMore = 3000;
  run.points_m.conservativeResize(Eigen::NoChange, run.points_m.cols() + 3 * kMore);
  run.points_m.rightCols(3 * kMore).setConstant(1.0);
  for (int i = 0; i < kMore; ++i) run.labels.push_back("x" + std::to_string(i));
  const BodyShape standing = describe_shape(leg.standing, leg.clusters);
  const auto cleaned = clean(run, leg.clusters, &standing);
  ASSERT_TRUE(cleaned);
  EXPECT_EQ(cleaned->counts.swaps, 1);
  EXPECT_THAT(cleaned->trajectories.notes,
              ElementsAre("Exchanged labels were looked for among 16 of the 3016 points."));
  EXPECT_TRUE(clean(run, {})->repairs.empty());
}

TEST(Clusters, AreFoundFromTheMotion) {
  const SwingingLeg leg = swinging_leg();
  const MarkerClusters found = find_clusters(leg.running);
  EXPECT_THAT(found.members,
              UnorderedElementsAre(UnorderedElementsAre("P1", "P2", "P3", "P4", "P5"),
                                   UnorderedElementsAre("T1", "T2", "T3", "T4"),
                                   UnorderedElementsAre("S1", "S2", "S3", "S4"),
                                   UnorderedElementsAre("F1", "F2", "F3")));
  EXPECT_TRUE(find_clusters(leg.standing).members.empty());
}

TEST(Clusters, ServeWhereNoneAreGiven) {
  const SwingingLeg leg = swinging_leg();
  Trajectories run = leg.running;
  swap_points(run.points_m, 14, 15, 200, 300);
  lose_points(run.points_m, 6, 400, 430);
  const auto cleaned = clean(run, {});
  ASSERT_TRUE(cleaned);
  EXPECT_EQ(cleaned->counts.swaps, 1);
  EXPECT_EQ(cleaned->counts.gaps_filled, 1);
  EXPECT_LT((cleaned->trajectories.points_m - leg.running.points_m).cwiseAbs().maxCoeff(), 0.005);
}

Trajectories real(const std::string& path) {
  const auto read = read_recording(test_data() / path);
  EXPECT_TRUE(read) << path;
  const auto ground = find_ground_frame(*read);
  return *make_trajectories(read->points, {.ground = ground ? *ground : GroundFrame{}});
}

// Clusters from the motion alone, so that every file can be asked.
TEST(Clean, FindsNoSwapInRealRecordingsThatHaveNone) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  std::vector<std::string> files = {"dorn2012/run0350cms.trc",
                                    "dorn2012/run0500cms.trc",
                                    "dorn2012/run0700cms.trc",
                                    "dorn2012/run0900cms.trc",
                                    "dorn2012/static.trc",
                                    "trc-samples/SprintMotion.trc",
                                    "trc-samples/SprintCalib.trc",
                                    "trc-samples/Gait.trc",
                                    "qualisys/Running_0002.c3d",
                                    "arnold2013-synthetic/subject01/trials/walk2/markers.trc",
                                    "arnold2013-synthetic/subject04/trials/walk2/markers.trc"};
  for (const char* runner : {"RBDS014", "RBDS015", "RBDS020", "RBDS028"}) {
    for (const char* run : {"runT25", "runT35", "runT45"}) {
      files.push_back(std::string("fukuchi2017/") + runner + "/" + runner + run + ".c3d");
    }
  }
  for (const std::string& file : files) {
    const auto cleaned = clean(real(file), {});
    ASSERT_TRUE(cleaned) << file;
    EXPECT_EQ(cleaned->counts.swaps, 0) << file << ": " << in_few_words(cleaned->repairs);
    EXPECT_EQ(cleaned->counts.suspected_swaps, 0) << file;
  }
}

// This public recording has the labels of toe and fifth metatarsal exchanged in two frames of
// three to one, changing from frame to frame.
TEST(Clean, PutsTheFootMarkersOfAPublicRecordingRight) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto cleaned = clean(real("bmclab-run/motion_capture_run.trc"), {});
  ASSERT_TRUE(cleaned);
  ASSERT_EQ(cleaned->counts.swaps, 1) << in_few_words(cleaned->repairs);
  EXPECT_THAT(cleaned->repairs.front().markers, UnorderedElementsAre("RTOE", "RMT5"));
  EXPECT_GT(cleaned->repairs.front().n_frames, 30);
  EXPECT_EQ(cleaned->counts.breaks, 0);
  // The little toe's side is the outer one, as on the left foot.
  const Trajectories& t = cleaned->trajectories;
  const int toe = point_of(t, "RTOE");
  const int outer = point_of(t, "RMT5");
  EXPECT_TRUE(((t.points_m.col(3 * outer + 2) - t.points_m.col(3 * toe + 2)).array() > 0.0).all());
}

}  // namespace
}  // namespace catena
