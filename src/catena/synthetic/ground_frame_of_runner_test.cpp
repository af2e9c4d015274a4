// A runner who is known to run along x with y up, seen from laboratories with other axes.
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cstdint>
#include <string>

#include "catena/synthetic/test_session.h"
#include "catena/trajectories/ground_frame.h"

namespace catena {
namespace {

std::vector<Eigen::Matrix3d> right_handed_turns() {
  std::vector<Eigen::Matrix3d> turns;
  for (int k = 0; k < 36; ++k) {
    const int x = k % 3;
    const int y = (k / 3) % 3;
    if (x == y) continue;
    Eigen::Matrix3d turn;
    turn.col(0) = (k / 9 % 2 == 0 ? 1.0 : -1.0) * Eigen::Vector3d::Unit(x);
    turn.col(1) = (k / 18 == 0 ? 1.0 : -1.0) * Eigen::Vector3d::Unit(y);
    turn.col(2) = turn.col(0).cross(turn.col(1));
    turns.push_back(turn);
  }
  return turns;
}

Recording seen_from(const PointRecording& points, const Eigen::Matrix3d& lab_from_ground) {
  Recording turned;
  turned.points = points;
  for (Eigen::Index j = 0; j < points.points_m.cols(); j += 3) {
    turned.points.points_m.middleCols<3>(j) =
        points.points_m.middleCols<3>(j) * lab_from_ground.transpose();
  }
  return turned;
}

class RunnerInALaboratory : public ::testing::TestWithParam<bool> {};

// Without a label: labels are not looked at here.
TEST_P(RunnerInALaboratory, IsTurnedBackToGroundFromAllTwentyFourAxes) {
  const bool treadmill = GetParam();
  RunnerOptions options;
  options.treadmill = treadmill;
  options.strides = 4;
  options.speeds_m_s = {2.5, 4.5};
  options.faults.gaps_per_marker_minute = 6.0;
  const SyntheticSession session = session_of(options);
  ASSERT_EQ(right_handed_turns().size(), 24U);
  for (std::size_t run = 0; run < 2; ++run) {
    for (const Eigen::Matrix3d& lab_from_ground : right_handed_turns()) {
      const auto frame = find_ground_frame(seen_from(session.runs[run], lab_from_ground));
      ASSERT_TRUE(frame) << to_sentence(frame.error());
      EXPECT_TRUE(frame->ground_from_lab == lab_from_ground.transpose()) << to_text(*frame);
      EXPECT_EQ(frame->treadmill, treadmill) << to_text(*frame);
      if (!treadmill) {
        EXPECT_NEAR(frame->speed_m_s, options.speeds_m_s[run], 0.02 * options.speeds_m_s[run]);
      } else {
        EXPECT_GT(frame->speed_m_s,
                  1.0);  // this runner's feet slide: the ground does not hold them
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(OnBeltAndGround, RunnerInALaboratory, ::testing::Bool());

TEST(RunnerInALaboratory, StandsUprightInAllTwentyFourAxes) {
  const SyntheticSession session = session_of({});
  for (const Eigen::Matrix3d& lab_from_ground : right_handed_turns()) {
    const auto frame = find_ground_frame(seen_from(session.standing, lab_from_ground));
    ASSERT_TRUE(frame);
    EXPECT_TRUE(frame->ground_from_lab.row(1) == lab_from_ground.col(1).transpose())
        << to_text(*frame);
    EXPECT_EQ(frame->forward.certainty, Certainty::kAssumed);
    EXPECT_FALSE(frame->treadmill);
  }
}

}  // namespace
}  // namespace catena
