#include "catena/trajectories/gaps.h"

#include <gtest/gtest.h>

#include <cmath>

#include "catena/trajectories/test_segments.h"

namespace catena {
namespace {

struct Filled {
  std::vector<FoundGap> gaps;
  Eigen::MatrixXd points_m;
};

Filled fill(const SwingingLeg& leg, const Eigen::MatrixXd& points_m,
            const GapOptions& options = {}) {
  Filled out;
  out.points_m = points_m;
  out.gaps = fill_gaps(out.points_m, place_clusters(leg.clusters, leg.running.labels),
                       leg.running.rate_hz, options);
  return out;
}

double farthest_m(const Filled& filled, const SwingingLeg& truth, int point) {
  return (filled.points_m.middleCols<3>(3 * point) -
          truth.running.points_m.middleCols<3>(3 * point))
      .rowwise()
      .norm()
      .maxCoeff();
}

TEST(Gaps, OfARigidClusterAreFilledWithinTheNoise) {
  const SwingingLeg leg = swinging_leg();
  for (const Eigen::Index length : {1, 10, 37, 120}) {
    Eigen::MatrixXd points = leg.running.points_m;
    lose_points(points, 6, 200, 199 + length);
    const Filled filled = fill(leg, points);
    ASSERT_EQ(filled.gaps.size(), 1U);
    EXPECT_EQ(filled.gaps[0].fill, GapFill::kByCluster);
    EXPECT_EQ(filled.gaps[0].first_frame, 200);
    EXPECT_EQ(filled.gaps[0].last_frame, 199 + length);
    EXPECT_LT(filled.gaps[0].error_m, 0.001);
    EXPECT_LT(farthest_m(filled, leg, 6), 0.003);
  }
}

// Skin that moves the marker by 20 mm as the knee bends is learned; to carry the marker along
// misses it.
TEST(Gaps, AreFilledWithWhatSkinDoes) {
  SwingingLeg leg = swinging_leg();
  Eigen::MatrixXd& run = leg.running.points_m;
  for (Eigen::Index f = 0; f < run.rows(); ++f) {
    // The height of the shank's end over the knee's.
    const double bend = run(f, 3 * 12 + 1) - run(f, 3 * 8 + 1);
    run(f, 3 * 6 + 1) += 0.2 * bend;
  }
  Eigen::MatrixXd points = run;
  lose_points(points, 6, 200, 230);
  const Filled learned = fill(leg, points);
  GapOptions carry;
  carry.longest_of_seen = 0.0;
  const Filled carried = fill(leg, points, carry);
  ASSERT_EQ(carried.gaps[0].fill, GapFill::kByCluster);
  EXPECT_TRUE(std::isnan(carried.gaps[0].error_m));
  EXPECT_LT(farthest_m(learned, leg, 6), 0.006);
  EXPECT_GT(farthest_m(carried, leg, 6), 0.008);
  EXPECT_NEAR(learned.gaps[0].error_m, 0.002, 0.001);
}

// A marker that wanders by itself cannot be learned: the error says so, and it stays lost.
TEST(Gaps, ThatCannotBeLearnedStayLost) {
  SwingingLeg leg = swinging_leg();
  Eigen::MatrixXd& run = leg.running.points_m;
  for (Eigen::Index f = 0; f < run.rows(); ++f) {
    run(f, 3 * 6 + 1) += 0.03 * std::sin(0.0713 * static_cast<double>(f));
  }
  lose_points(run, 6, 200, 260);
  const Filled filled = fill(leg, run);
  EXPECT_EQ(filled.gaps[0].fill, GapFill::kLeftLost);
  EXPECT_EQ(filled.points_m.array().isNaN().count(), 3 * 61);
}

TEST(Gaps, AtTheEndsAreFilledByTheClusterOnly) {
  const SwingingLeg leg = swinging_leg();
  Eigen::MatrixXd points = leg.running.points_m;
  lose_points(points, 6, 0, 20);
  lose_points(points, 10, 590, 599);
  lose_points(points, 13, 595, 599);  // of three: no cluster of three others
  const Filled filled = fill(leg, points);
  ASSERT_EQ(filled.gaps.size(), 3U);
  EXPECT_LT(farthest_m(filled, leg, 6), 0.003);
  EXPECT_LT(farthest_m(filled, leg, 10), 0.003);
  EXPECT_EQ(filled.gaps[2].fill, GapFill::kLeftLost);
  EXPECT_EQ(filled.points_m.array().isNaN().count(), 15);
}

TEST(Gaps, WithoutAClusterAreFilledByACubicUpToItsLimit) {
  const SwingingLeg leg = swinging_leg();
  Eigen::MatrixXd points = leg.running.points_m;
  lose_points(points, 14, 200, 208);  // 9 frames: 0.06 s
  lose_points(points, 14, 300, 309);  // 10
  const Filled filled = fill(leg, points);
  ASSERT_EQ(filled.gaps.size(), 2U);
  EXPECT_EQ(filled.gaps[0].fill, GapFill::kBySpline);
  EXPECT_EQ(filled.gaps[1].fill, GapFill::kLeftLost);
  EXPECT_EQ(filled.points_m.array().isNaN().count(), 30);
  for (Eigen::Index f = 200; f <= 208; ++f) {
    const double off =
        (filled.points_m.block<1, 3>(f, 42) - leg.running.points_m.block<1, 3>(f, 42)).norm();
    EXPECT_LT(off, 0.02);
  }
}

// A cubic is filled exactly, whatever lies in the gap.
TEST(Gaps, OfACubicPathAreFilledExactly) {
  Eigen::MatrixXd truth(40, 3);
  for (Eigen::Index f = 0; f < 40; ++f) {
    const double t = 0.01 * static_cast<double>(f);
    truth.row(f) << 1.0 + 2.0 * t + 3.0 * t * t, 4.0 * t, 0.5 - t * t;
  }
  Eigen::MatrixXd points = truth;
  points.middleRows(17, 5).setConstant(std::nan(""));
  const auto gaps = fill_gaps(points, place_clusters({}, {"A"}), 100.0);
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].fill, GapFill::kBySpline);
  EXPECT_LT((points - truth).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(Gaps, LongerThanTheLimitsStayLost) {
  const SwingingLeg leg = swinging_leg();
  Eigen::MatrixXd points = leg.running.points_m;
  lose_points(points, 6, 200, 350);  // 151 of 600: more than a third of what is seen
  Filled filled = fill(leg, points);
  ASSERT_EQ(filled.gaps.size(), 1U);
  EXPECT_EQ(filled.gaps[0].fill, GapFill::kLeftLost);
  EXPECT_EQ(filled.points_m.array().isNaN().count(), 3 * 151);

  GapOptions carry;
  carry.longest_of_seen = 0.0;
  points = leg.running.points_m;
  lose_points(points, 6, 200, 237);  // 38 frames: more than 0.25 s
  EXPECT_EQ(fill(leg, points, carry).gaps[0].fill, GapFill::kLeftLost);

  GapOptions none = carry;
  none.longest_carried_s = 0.0;
  none.longest_by_spline_s = 0.0;
  points = leg.running.points_m;
  lose_points(points, 6, 100, 100);
  EXPECT_EQ(fill(leg, points, none).points_m.array().isNaN().count(), 3);
}

TEST(Gaps, ShortOnesAreFilledFromWhatWasRecordedOnly) {
  const SwingingLeg leg = swinging_leg();
  Eigen::MatrixXd points = leg.running.points_m;
  // Two of four are lost together: neither has three others.
  lose_points(points, 5, 200, 220);
  lose_points(points, 6, 210, 230);
  const Filled filled = fill(leg, points);
  EXPECT_EQ(filled.gaps[0].fill, GapFill::kLeftLost);
  EXPECT_EQ(filled.gaps[1].fill, GapFill::kLeftLost);
}

TEST(Gaps, LongOnesMayLeanOnShortOnesOfOthers) {
  const SwingingLeg leg = swinging_leg();
  Eigen::MatrixXd points = leg.running.points_m;
  lose_points(points, 5, 200, 280);
  lose_points(points, 6, 240, 243);
  const Filled filled = fill(leg, points);
  EXPECT_EQ(filled.gaps[0].fill, GapFill::kByCluster);
  EXPECT_EQ(filled.gaps[1].fill, GapFill::kBySpline);
  EXPECT_LT(farthest_m(filled, leg, 5), 0.01);
}

TEST(Gaps, MarkersOnALineHoldNoOther) {
  SwingingLeg leg = swinging_leg(100, 150.0, 0.0);
  leg.clusters.joined.clear();
  // P2 to P4 on one line through P2, P1 far from it.
  for (Eigen::Index f = 0; f < 100; ++f) {
    const Eigen::RowVector3d from = leg.running.points_m.block<1, 3>(f, 3);
    const Eigen::RowVector3d along = leg.running.points_m.block<1, 3>(f, 6) - from;
    leg.running.points_m.block<1, 3>(f, 9) = from + 0.5 * along;
  }
  lose_points(leg.running.points_m, 4, 0, 99);
  Eigen::MatrixXd points = leg.running.points_m;
  lose_points(points, 0, 40, 60);
  const Filled filled = fill(leg, points);
  for (const FoundGap& gap : filled.gaps) EXPECT_EQ(gap.fill, GapFill::kLeftLost);
}

TEST(Gaps, APointThatIsNeverSeenIsNone) {
  const SwingingLeg leg = swinging_leg(50);
  Eigen::MatrixXd points = leg.running.points_m;
  lose_points(points, 3, 0, 49);
  EXPECT_TRUE(fill(leg, points).gaps.empty());
}

}  // namespace
}  // namespace catena
