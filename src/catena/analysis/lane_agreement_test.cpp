// Frames solved side by side by SIMD against one after another, on recordings.
#include <gtest/gtest.h>

#include <Eigen/Core>
#include <cmath>
#include <limits>
#include <string>

#include "catena/core/test_data.h"
#include "catena/core/units.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/kinematics/known_difference.h"
#include "catena/model/osim_reader.h"
#include "catena/recording/trc.h"
#include "catena/synthetic/runner.h"
#include "catena/trajectories/from_recording.h"

namespace catena {
namespace {

using test::difference;

InverseKinematics solve(const Model& model, const Trajectories& t, int lanes, int threads,
                        double step_tolerance = 1e-10) {
  InverseKinematicsOptions options;
  options.lanes = lanes;
  options.threads = threads;
  options.step_tolerance = step_tolerance;
  const auto fit = inverse_kinematics(model, t, options);
  EXPECT_TRUE(fit) << to_sentence(fit.error());
  return *fit;
}

class DornLanes : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
    const auto folder = test_data() / "dorn2012";
    model_ = read_osim(folder / "sprinter_scaled.osim").value();
    const auto recording = read_trc(folder / (std::string("run") + GetParam() + "cms.trc"));
    trajectories_ = make_trajectories(recording.value()).value();
  }
  Model model_;
  Trajectories trajectories_;
};

TEST_P(DornLanes, AgreeWithTheScalarSolver) {
  const InverseKinematics one = solve(model_, trajectories_, 1, 1);
  const InverseKinematics many = solve(model_, trajectories_, 0, 1);
  EXPECT_LT(difference(many.motion.q, one.motion.q), 1e-9);
  EXPECT_LT(difference(many.residual_m, one.residual_m), 1e-9);
  EXPECT_LT(difference(many.rms_m, one.rms_m), 1e-9);
}

// The default, and the tolerance for 0.01 degrees, against the converged answer.
TEST_P(DornLanes, StopWhereTheirToleranceSays) {
  const InverseKinematics converged = solve(model_, trajectories_, 1, 1, 1e-12);
  const InverseKinematics standard = solve(model_, trajectories_, 0, 1, 1e-7);
  EXPECT_LT(difference(standard.motion.q, converged.motion.q) * kDegPerRad, 1e-5);
  const InverseKinematics quick = solve(model_, trajectories_, 0, 1, 1e-3);
  EXPECT_LT(difference(quick.motion.q, converged.motion.q) * kDegPerRad, 0.01);
}

TEST_P(DornLanes, AreTheSameToTheBitForAnyNumberOfThreads) {
  const InverseKinematics one = solve(model_, trajectories_, 0, 1);
  const InverseKinematics four = solve(model_, trajectories_, 0, 4);
  EXPECT_EQ(difference(one.motion.q, four.motion.q), 0.0);
  EXPECT_EQ(one.iterations, four.iterations);
}

INSTANTIATE_TEST_SUITE_P(Speeds, DornLanes, testing::Values("0350", "0500", "0700", "0900"));

struct SyntheticRun {
  Model model;
  Trajectories trajectories;
};

SyntheticRun synthetic_run(const RunnerOptions& options) {
  const auto session = make_session(options);
  EXPECT_TRUE(session) << to_sentence(session.error());
  const auto trajectories = make_trajectories(session->runs.front());
  EXPECT_TRUE(trajectories) << to_sentence(trajectories.error());
  return {session->user_model, *trajectories};
}

// With the forearm's markers lost the arm may turn about itself as it likes: there, both fit
// equally well, and only that is asked.
TEST(SyntheticLanes, AgreeWithTheScalarSolverWithGaps) {
  for (const std::uint64_t seed : {3U, 5U}) {
    RunnerOptions options;
    options.seed = seed;
    options.speeds_m_s = {3.5};
    options.faults.gaps_per_marker_minute = 60.0;
    options.faults.dropped_fraction = 0.01;
    const SyntheticRun run = synthetic_run(options);
    const InverseKinematics one = solve(run.model, run.trajectories, 1, 1);
    const InverseKinematics many = solve(run.model, run.trajectories, 0, 2);
    ASSERT_TRUE(run.trajectories.points_m.array().isNaN().any());
    EXPECT_LT(difference(many.rms_m, one.rms_m), 1e-9) << "seed " << seed;
    for (std::size_t c = 0; c < run.model.coordinates.size(); ++c) {
      const std::string& name = run.model.coordinates[c].name;
      const auto column = static_cast<Eigen::Index>(c);
      if (name.starts_with("arm_") || name.starts_with("elbow_") || name.starts_with("pro_"))
        continue;
      EXPECT_LT(difference(many.motion.q.col(column), one.motion.q.col(column)), 1e-9)
          << name << ", seed " << seed;
    }
  }
}

TEST(SyntheticLanes, AgreeWithTheScalarSolverWithClampedKnees) {
  RunnerOptions options;
  options.speeds_m_s = {3.5};
  SyntheticRun run = synthetic_run(options);
  const int knee = find_coordinate(run.model, "knee_angle_r");
  ASSERT_NE(knee, kNone);
  const Eigen::VectorXd free = solve(run.model, run.trajectories, 1, 1).motion.q.col(knee);
  Coordinate& c = run.model.coordinates[static_cast<std::size_t>(knee)];
  c.clamped = true;
  c.min = free.minCoeff() + 0.3;
  c.max = free.maxCoeff() - 0.2;
  const InverseKinematics one = solve(run.model, run.trajectories, 1, 1);
  const InverseKinematics many = solve(run.model, run.trajectories, 0, 1);
  EXPECT_GT((one.motion.q.col(knee).array() == c.min).count(), 20);
  EXPECT_LT(difference(many.motion.q, one.motion.q), 1e-9);
}

// Seed 16 used to start with the pelvis turned right round: tilt 163, list 179 and rotation 178
// degrees mean the same orientation as -17, 1 and -2.
TEST(SyntheticLanes, ThePelvisOfSeed16IsNamedByItsPlainAngles) {
  RunnerOptions options;
  options.seed = 16;
  options.speeds_m_s = {3.5};
  const SyntheticRun run = synthetic_run(options);
  for (const int lanes : {0, 1}) {
    const InverseKinematics fit = solve(run.model, run.trajectories, lanes, 1);
    for (const char* name : {"pelvis_tilt", "pelvis_list", "pelvis_rotation"}) {
      const int c = find_coordinate(run.model, name);
      ASSERT_NE(c, kNone) << name;
      EXPECT_LT(fit.motion.q.col(c).cwiseAbs().maxCoeff(), 1.0) << name;
    }
  }
}

}  // namespace
}  // namespace catena
