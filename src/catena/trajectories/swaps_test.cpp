#include "catena/trajectories/swaps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catena/trajectories/clean.h"
#include "catena/trajectories/test_segments.h"

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

// Labels only: neither spikes nor gaps.
Cleaned repaired(const Trajectories& run, const SwingingLeg& leg, bool with_standing = true) {
  CleanOptions options;
  options.spikes = false;
  options.gaps = false;
  const BodyShape standing = describe_shape(leg.standing, leg.clusters);
  const auto cleaned = clean(run, leg.clusters, with_standing ? &standing : nullptr, options);
  EXPECT_TRUE(cleaned);
  return *cleaned;
}

TEST(Swaps, NothingIsFoundInACleanRecording) {
  const SwingingLeg leg = swinging_leg();
  for (const bool with_standing : {true, false}) {
    const Cleaned cleaned = repaired(leg.running, leg, with_standing);
    EXPECT_TRUE(cleaned.repairs.empty());
    EXPECT_TRUE(cleaned.trajectories.points_m == leg.running.points_m);
  }
}

// Every two labels of every segment, and of different ones.
TEST(Swaps, ForTheWholeRecordingAreFoundByTheStandingTrial) {
  const SwingingLeg leg = swinging_leg();
  const int n = static_cast<int>(leg.running.labels.size());
  const Eigen::Index last = leg.running.points_m.rows() - 1;
  for (int a = 0; a < n; ++a) {
    for (int b = a + 1; b < n; ++b) {
      Trajectories run = leg.running;
      swap_points(run.points_m, a, b, 0, last);
      const Cleaned cleaned = repaired(run, leg);
      EXPECT_TRUE(cleaned.trajectories.points_m == leg.running.points_m)
          << run.labels[static_cast<std::size_t>(a)] << run.labels[static_cast<std::size_t>(b)];
      ASSERT_EQ(cleaned.repairs.size(), 1U);
      const Repair& repair = cleaned.repairs.front();
      EXPECT_EQ(repair.kind, RepairKind::kSwap);
      EXPECT_EQ(repair.first_frame, 0);
      EXPECT_EQ(repair.last_frame, last);
      EXPECT_THAT(repair.markers, UnorderedElementsAre(run.labels[static_cast<std::size_t>(a)],
                                                       run.labels[static_cast<std::size_t>(b)]));
    }
  }
}

// Labels that only one of the two recordings shows are no candidates.
TEST(Swaps, AreFoundBesideMarkersOfTheStandingTrialAlone) {
  SwingingLeg leg = swinging_leg();
  lose_points(leg.running.points_m, 1, 0, 599);
  lose_points(leg.running.points_m, 2, 0, 599);
  lose_points(leg.standing.points_m, 3, 0, 99);
  Trajectories run = leg.running;
  swap_points(run.points_m, 0, 4, 0, 599);
  const Cleaned cleaned = repaired(run, leg);
  EXPECT_EQ(cleaned.counts.swaps, 1) << in_few_words(cleaned.repairs);
  EXPECT_EQ(cleaned.trajectories.points_m(7, 12), leg.running.points_m(7, 12));
}

TEST(Swaps, FromAFrameOnAreFoundByThePaths) {
  const SwingingLeg leg = swinging_leg();
  const int n = static_cast<int>(leg.running.labels.size());
  const Eigen::Index last = leg.running.points_m.rows() - 1;
  for (const Eigen::Index from : {Eigen::Index{150}, Eigen::Index{450}}) {
    for (int a = 0; a < n; ++a) {
      for (int b = a + 1; b < n; ++b) {
        Trajectories run = leg.running;
        swap_points(run.points_m, a, b, from, last);
        const Cleaned cleaned = repaired(run, leg);
        EXPECT_TRUE(cleaned.trajectories.points_m == leg.running.points_m)
            << run.labels[static_cast<std::size_t>(a)] << run.labels[static_cast<std::size_t>(b)]
            << from;
        EXPECT_EQ(cleaned.repairs.size(), 1U);
        EXPECT_EQ(cleaned.repairs.front().first_frame, from);
      }
    }
  }
}

TEST(Swaps, ForAWhileAreFoundWithoutAStandingTrial) {
  const SwingingLeg leg = swinging_leg();
  const int n = static_cast<int>(leg.running.labels.size());
  for (int a = 0; a < n; ++a) {
    for (int b = a + 1; b < n; ++b) {
      Trajectories run = leg.running;
      swap_points(run.points_m, a, b, 200, 330);
      const Cleaned cleaned = repaired(run, leg, false);
      EXPECT_TRUE(cleaned.trajectories.points_m == leg.running.points_m);
      ASSERT_EQ(cleaned.repairs.size(), 1U);
      EXPECT_EQ(cleaned.repairs.front().first_frame, 200);
      EXPECT_EQ(cleaned.repairs.front().last_frame, 330);
      EXPECT_EQ(cleaned.repairs.front().n_frames, 131);
    }
  }
}

// As in a public recording of running, where two foot markers change places from frame to frame.
TEST(Swaps, FromFrameToFrameAreOneRepair) {
  const SwingingLeg leg = swinging_leg();
  Trajectories run = leg.running;
  for (Eigen::Index f = 0; f < run.points_m.rows(); f += 3) swap_points(run.points_m, 14, 15, f, f);
  for (const bool with_standing : {true, false}) {
    const Cleaned cleaned = repaired(run, leg, with_standing);
    EXPECT_TRUE(cleaned.trajectories.points_m == leg.running.points_m);
    ASSERT_EQ(cleaned.repairs.size(), 1U);
    EXPECT_EQ(cleaned.repairs.front().n_frames, 200);
    EXPECT_THAT(cleaned.repairs.front().markers, ElementsAre("F2", "F3"));
  }
}

TEST(Swaps, OfThreeInARoundAreFoundForAWhileAndForTheWholeRecording) {
  const SwingingLeg leg = swinging_leg();
  for (const auto& [first, last] : {std::pair<Eigen::Index, Eigen::Index>{0, 599}, {100, 250}}) {
    Trajectories run = leg.running;
    swap_points(run.points_m, 0, 1, first, last);
    swap_points(run.points_m, 1, 4, first, last);
    const Cleaned cleaned = repaired(run, leg);
    EXPECT_TRUE(cleaned.trajectories.points_m == leg.running.points_m);
    ASSERT_EQ(cleaned.repairs.size(), 1U);
    EXPECT_THAT(cleaned.repairs.front().markers, UnorderedElementsAre("P1", "P2", "P5"));
  }
}

TEST(Swaps, SeveralInOneRecordingAreAllFound) {
  const SwingingLeg leg = swinging_leg();
  Trajectories run = leg.running;
  swap_points(run.points_m, 0, 3, 0, 599);    // in the pelvis
  swap_points(run.points_m, 5, 7, 0, 599);    // in the thigh
  swap_points(run.points_m, 6, 9, 120, 280);  // between thigh and shank
  swap_points(run.points_m, 10, 12, 400, 599);
  const Cleaned cleaned = repaired(run, leg);
  EXPECT_TRUE(cleaned.trajectories.points_m == leg.running.points_m);
  EXPECT_EQ(cleaned.counts.swaps, 4);
  EXPECT_EQ(cleaned.counts.suspected_swaps, 0);
}

TEST(Swaps, AtAGapAreFound) {
  const SwingingLeg leg = swinging_leg();
  Trajectories truth = leg.running;
  lose_points(truth.points_m, 5, 300, 304);
  lose_points(truth.points_m, 7, 298, 302);
  Trajectories run = truth;
  swap_points(run.points_m, 5, 7, 302, 599);
  const Cleaned cleaned = repaired(run, leg);
  for (Eigen::Index f = 0; f < 600; ++f) {
    for (const Eigen::Index column : {15, 21}) {
      if (std::isnan(truth.points_m(f, column))) continue;
      EXPECT_EQ(cleaned.trajectories.points_m(f, column), truth.points_m(f, column)) << f;
    }
  }
}

// 0.2 s: no path is continued so far. The labels come back exchanged, and are lost once more.
TEST(Swaps, AtALongLossAreFoundByTheShape) {
  const SwingingLeg leg = swinging_leg();
  for (const int other : {6, 10}) {  // on the same segment, on another
    for (const bool with_standing : {true, false}) {
      Trajectories truth = leg.running;
      lose_points(truth.points_m, 5, 300, 330);
      lose_points(truth.points_m, other, 310, 345);
      lose_points(truth.points_m, 5, 500, 530);
      lose_points(truth.points_m, other, 495, 535);
      Trajectories run = truth;
      swap_points(run.points_m, 5, other, 331, 500);
      const Cleaned cleaned = repaired(run, leg, with_standing);
      const auto same = cleaned.trajectories.points_m.array() == truth.points_m.array();
      EXPECT_TRUE((same || truth.points_m.array().isNaN()).all()) << other << with_standing;
      EXPECT_EQ(cleaned.counts.swaps, 1);
    }
  }
}

// Half and half, on one segment, and nothing else to ask: to choose would be to guess.
TEST(Swaps, WhoseRightSideNobodyKnowsAreLeftAndReported) {
  const SwingingLeg leg = swinging_leg();
  Trajectories run = leg.running;
  swap_points(run.points_m, 5, 6, 310, 599);
  const Cleaned cleaned = repaired(run, leg, false);
  EXPECT_TRUE(cleaned.trajectories.points_m == run.points_m);
  ASSERT_EQ(cleaned.repairs.size(), 1U);
  EXPECT_EQ(cleaned.repairs.front().kind, RepairKind::kSuspectedSwap);
  EXPECT_EQ(cleaned.counts.suspected_swaps, 1);
}

// Markers as near as this are moved as far by skin: exchanged or not, they fit alike.
TEST(Swaps, OfMarkersThatLieTogetherAreLeft) {
  SwingingLeg leg = swinging_leg(600, 150.0, 0.0003);
  for (Trajectories* t : {&leg.standing, &leg.running}) {
    t->points_m.middleCols(3, 3) = t->points_m.middleCols(0, 3).array() + 0.003;
  }
  Trajectories run = leg.running;
  swap_points(run.points_m, 0, 1, 0, 599);
  EXPECT_TRUE(repaired(run, leg).repairs.empty());
}

TEST(Swaps, AreTheSameSeenInAMirrorOrBackwards) {
  const SwingingLeg leg = swinging_leg();
  Trajectories run = leg.running;
  swap_points(run.points_m, 5, 8, 200, 599);
  const Cleaned forwards = repaired(run, leg);
  Trajectories backwards = run;
  backwards.points_m = run.points_m.colwise().reverse().eval();
  EXPECT_TRUE(repaired(backwards, leg).trajectories.points_m ==
              forwards.trajectories.points_m.colwise().reverse());
  SwingingLeg mirrored = leg;
  for (Trajectories* t : {&mirrored.standing, &mirrored.running, &run}) {
    for (Eigen::Index c = 2; c < t->points_m.cols(); c += 3) t->points_m.col(c) *= -1.0;
  }
  EXPECT_TRUE(repaired(run, mirrored).trajectories.points_m == mirrored.running.points_m);
}

}  // namespace
}  // namespace catena
