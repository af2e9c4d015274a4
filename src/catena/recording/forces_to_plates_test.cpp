#include "catena/recording/forces_to_plates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "catena/core/test_data.h"
#include "catena/recording/c3d.h"
#include "catena/recording/table_file.h"

namespace catena {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double points_rate_hz = 100.0, forces_rate_hz = 400.0;

Recording ten_frames(double first_s = 0.5) {
  Recording recording;
  PointRecording& points = recording.points;
  points.rate_hz = points_rate_hz;
  points.labels = {"RASI"};
  points.points_m = Eigen::MatrixXd::Constant(10, 3, 0.5);
  points.time_s = Eigen::VectorXd::LinSpaced(10, first_s, first_s + 0.09);
  return recording;
}

GroundForces some_forces(int n = 40, double first_s = 0.5) {
  GroundForces forces;
  forces.time_s = Eigen::VectorXd::LinSpaced(n, first_s, first_s + (n - 1) / forces_rate_hz);
  for (int k = 0; k < 2; ++k) {
    GroundForce force;
    force.force_n = 100.0 * Eigen::MatrixX3d::Random(n, 3);
    force.force_n.col(1).array() += 700.0;
    force.cop_m = 0.3 * Eigen::MatrixX3d::Random(n, 3);
    force.cop_m.col(0).array() += 2.0 * k;
    force.cop_m.col(1).setConstant(-0.0075);
    force.free_moment_nm = Eigen::MatrixX3d::Zero(n, 3);
    force.free_moment_nm.col(1).setRandom();
    force.name = k == 0 ? "" : "1";
    forces.forces.push_back(force);
  }
  return forces;
}

void expect_same(const GroundForce& was, const PlateForces& is, double tolerance_m) {
  ASSERT_EQ(is.force_n.rows(), was.force_n.rows());
  EXPECT_LT((is.up - Eigen::Vector3d::UnitY()).norm(), 1e-9);
  EXPECT_LT((is.force_n - was.force_n).cwiseAbs().maxCoeff(), 1e-4);
  for (Eigen::Index i = 0; i < was.force_n.rows(); ++i) {
    if (was.force_n(i, 1) < 100.0) continue;
    EXPECT_LT((is.cop_m.row(i) - was.cop_m.row(i)).norm(), tolerance_m) << i;
    EXPECT_LT((is.free_moment_nm.row(i) - was.free_moment_nm.row(i)).norm(), 1e-3) << i;
  }
}

TEST(ForcesToPlates, ForcesComeBackAsTheyWere) {
  Recording recording = ten_frames();
  GroundForces forces = some_forces();
  for (GroundForce& force : forces.forces) force.cop_m.col(1).setConstant(-0.007);
  ASSERT_TRUE(add_force_plates(forces, recording));
  EXPECT_THAT(recording.points.notes, IsEmpty());
  EXPECT_EQ(recording.analog.rate_hz, 400.0);
  const RecordedForces back = recorded_forces(recording);
  ASSERT_EQ(back.plates.size(), 2U);
  EXPECT_THAT(back.notes, IsEmpty());
  EXPECT_EQ(back.plates[0].first_s, 0.5);
  for (std::size_t k = 0; k < 2; ++k) expect_same(forces.forces[k], back.plates[k], 1e-9);
}

TEST(ForcesToPlates, ForcesWithoutAPlaceAreLostAndCountedAndSpoilNoOthers) {
  for (const int axis : {0, 1, 2}) {
    Recording recording = ten_frames();
    GroundForces forces = some_forces();
    for (GroundForce& force : forces.forces) force.cop_m.col(1).setConstant(-0.007);
    const GroundForce whole = forces.forces[0];
    for (const Eigen::Index i : {0, 7, 39}) forces.forces[0].cop_m(i, axis) = std::nan("");
    ASSERT_TRUE(add_force_plates(forces, recording));
    EXPECT_THAT(recording.points.notes, ElementsAre(HasSubstr("3 forces without a place")));
    EXPECT_TRUE(recording.plates[0].corners_m.allFinite());
    const PlateForces back = recorded_forces(recording).plates[0];
    ASSERT_EQ(back.force_n.rows(), 40);
    EXPECT_TRUE(back.cop_m.allFinite());
    for (Eigen::Index i = 0; i < 40; ++i) {
      if (i == 0 || i == 7 || i == 39) continue;
      EXPECT_LT((back.force_n.row(i) - whole.force_n.row(i)).norm(), 1e-4) << i;
      EXPECT_LT((back.cop_m.row(i) - whole.cop_m.row(i)).norm(), 1e-6) << i;
    }
  }
}

TEST(ForcesToPlates, AnotherHeightHasTheSameEffectAndIsSaid) {
  Recording recording = ten_frames();
  GroundForces forces = some_forces();
  forces.forces[0].cop_m.col(1).setRandom();
  forces.forces[0].free_moment_nm.setRandom();
  ASSERT_TRUE(add_force_plates(forces, recording));
  EXPECT_THAT(recording.points.notes, Contains(HasSubstr("The effect is the same.")));
  const RecordedForces back = recorded_forces(recording);
  const GroundForce& was = forces.forces[0];
  const PlateForces& is = back.plates[0];
  for (Eigen::Index i = 0; i < 40; ++i) {
    // Moments about the origin of ground.
    const Eigen::Vector3d f = was.force_n.row(i), p = was.cop_m.row(i);
    const Eigen::Vector3d g = is.force_n.row(i), q = is.cop_m.row(i);
    const Eigen::Vector3d before = p.cross(f) + was.free_moment_nm.row(i).transpose();
    const Eigen::Vector3d after = q.cross(g) + is.free_moment_nm.row(i).transpose();
    EXPECT_LT((before - after).norm(), 1e-9);
  }
}

TEST(ForcesToPlates, OtherClocksAreCutFilledOrRefused) {
  Recording recording = ten_frames(0.5);
  ASSERT_TRUE(add_force_plates(some_forces(100, 0.45), recording));  // from before to after
  EXPECT_EQ(recording.analog.values.rows(), 40);
  EXPECT_THAT(recording.points.notes,
              Contains("Not written: 60 rows of forces outside the frames."));
  recording = ten_frames(0.5);
  ASSERT_TRUE(add_force_plates(some_forces(20, 0.5251), recording));
  EXPECT_TRUE(recording.analog.values.topRows(10).isZero(0.0));
  EXPECT_FALSE(recording.analog.values.row(10).isZero(0.0));
  EXPECT_THAT(recording.points.notes, Contains(HasSubstr("For 20 samples at the ends")));
  EXPECT_THAT(recording.points.notes, Contains(HasSubstr("moved by -0.0001 s")));

  const auto why_not = [](const GroundForces& forces, Recording into) {
    const auto done = add_force_plates(forces, into);
    return done ? std::string("was added") : to_sentence(done.error());
  };
  EXPECT_THAT(why_not(some_forces(20, 3.0), ten_frames()), HasSubstr("do not overlap"));
  GroundForces odd = some_forces();
  odd.time_s = Eigen::VectorXd::LinSpaced(40, 0.5, 0.66);
  EXPECT_THAT(why_not(odd, ten_frames()), HasSubstr("no whole multiple of points at 100 Hz"));
  odd = some_forces();
  odd.time_s[20] = 0.5;
  EXPECT_THAT(why_not(odd, ten_frames()), HasSubstr("not even"));
  odd.time_s[39] = odd.time_s[0];
  EXPECT_THAT(why_not(odd, ten_frames()), HasSubstr("not even"));
  EXPECT_THAT(why_not(some_forces(1), ten_frames()), HasSubstr("fewer than two rows"));
  Recording twice = ten_frames();
  ASSERT_TRUE(add_force_plates(some_forces(), twice));
  EXPECT_THAT(why_not(some_forces(), twice), HasSubstr("of its own"));
}

TEST(ForcesToPlates, FukuchisForcesGoThroughMotAndBackIntoC3d) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto file = read_c3d(data / "fukuchi2017" / "RBDS014" / "RBDS014runT35.c3d");
  ASSERT_TRUE(file) << to_sentence(file.error());
  const RecordedForces forces = recorded_forces(file->recording);
  const std::string mot = write_table(grf_table(ground_forces(forces.plates, "run_grf")));
  const auto read = parse_grf(mot, "run_grf.mot");
  ASSERT_TRUE(read) << to_sentence(read.error());
  C3dFile other;
  other.recording.points = file->recording.points;
  const auto added = add_force_plates(*read, other.recording);
  ASSERT_TRUE(added) << to_sentence(added.error());
  const auto bytes = write_c3d(other);
  ASSERT_TRUE(bytes) << to_sentence(bytes.error());
  const auto back = parse_c3d(*bytes, "run.c3d");
  ASSERT_TRUE(back) << to_sentence(back.error());
  const RecordedForces again = recorded_forces(back->recording);
  ASSERT_EQ(again.plates.size(), 1U);
  EXPECT_EQ(again.plates[0].rate_hz, 300.0);
  // 32-bit channels: 1e-4 N and some micrometres.
  expect_same(read->forces[0], again.plates[0], 1e-5);
}

}  // namespace
}  // namespace catena
