#include "catena/recording/grf_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/test_data.h"
#include "catena/recording/table_file.h"

namespace catena {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A table of one row in which column k is k.
Table numbered(const std::vector<std::string>& labels) {
  Table table;
  table.labels = labels;
  table.time_s = Eigen::VectorXd::Zero(1);
  table.values.resize(1, static_cast<Eigen::Index>(labels.size()));
  for (Eigen::Index k = 0; k < table.values.cols(); ++k) {
    table.values(0, k) = static_cast<double>(k);
  }
  return table;
}

std::vector<std::string> with(const std::string& before, const std::string& force,
                              const std::string& torque) {
  std::vector<std::string> labels;
  for (const char* end : {"vx", "vy", "vz", "px", "py", "pz"}) {
    labels.push_back(before + force + end);
  }
  for (const char* end : {"x", "y", "z"}) labels.push_back(before + torque + end);
  return labels;
}

GroundForces must_find(const Table& table) {
  auto result = ground_forces(table);
  EXPECT_TRUE(result) << to_sentence(result ? Error{} : result.error());
  return result ? *result : GroundForces{};
}

TEST(GrfFile, KnowsTheNamesThatProgramsGive) {
  struct Case {
    std::vector<std::string> labels;
    const char* name;
    EventSide side;
  };
  const Case cases[] = {
      {with("", "ground_force_", "ground_torque_"), "", EventSide::kGeneral},
      {with("1_", "ground_force_", "ground_torque_"), "1", EventSide::kGeneral},
      {with("l_", "ground_force_", "ground_torque_"), "l", EventSide::kLeft},
      {with("R_", "ground_force_", "ground_torque_"), "r", EventSide::kRight},
      {with("", "ground_force_r_", "ground_torque_r_"), "r", EventSide::kRight},
      {with("", "ground_force_left_", "ground_torque_left_"), "left", EventSide::kLeft},
      {with("", "ground_force_right_", "ground_moment_right_m"), "right", EventSide::kRight},
      {with("", "ground_force_calcn_l_", "ground_force_calcn_l_m"), "calcn_l", EventSide::kLeft},
  };
  for (const Case& one : cases) {
    const GroundForces found = must_find(numbered(one.labels));
    ASSERT_EQ(found.forces.size(), 1U) << one.labels[0];
    EXPECT_EQ(found.forces[0].name, one.name);
    EXPECT_EQ(found.forces[0].side, one.side) << one.labels[0];
    EXPECT_EQ(found.forces[0].force_n, Eigen::RowVector3d(0, 1, 2));
    EXPECT_EQ(found.forces[0].cop_m, Eigen::RowVector3d(3, 4, 5));
    EXPECT_EQ(found.forces[0].free_moment_nm, Eigen::RowVector3d(6, 7, 8));
    EXPECT_THAT(found.notes, IsEmpty());
  }
}

TEST(GrfFile, OtherColumnsAndAnyOrderPlayNoPart) {
  std::vector<std::string> labels = with("", "ground_force_", "ground_torque_");
  for (const auto& label : with("1_", "ground_force_", "ground_torque_")) labels.push_back(label);
  std::reverse(labels.begin(), labels.end());
  for (const char* other : {"pelvis_tx", "EMG", "x", "ground_force", "force_vw", "knee_moment_k"}) {
    labels.emplace_back(other);
  }
  const GroundForces found = must_find(numbered(labels));
  ASSERT_EQ(found.forces.size(), 2U);
  EXPECT_EQ(found.forces[0].name, "1");
  EXPECT_EQ(found.forces[0].force_n, Eigen::RowVector3d(8, 7, 6));
  EXPECT_EQ(found.forces[1].free_moment_nm, Eigen::RowVector3d(11, 10, 9));
}

TEST(GrfFile, MissingMomentsAreZeroAndSaid) {
  std::vector<std::string> labels = with("", "ground_force_", "ground_torque_");
  labels.resize(6);
  const GroundForces found = must_find(numbered(labels));
  EXPECT_TRUE(found.forces[0].free_moment_nm.isZero(0.0));
  EXPECT_THAT(found.notes, ElementsAre(HasSubstr("are missing and were taken as 0")));
}

TEST(GrfFile, AForceThatLacksColumnsIsAnError) {
  std::vector<std::string> labels = with("1_", "ground_force_", "ground_torque_");
  labels[4] = "other";
  auto result = ground_forces(numbered(labels));
  ASSERT_FALSE(result);
  EXPECT_THAT(to_sentence(result.error()), HasSubstr("the ground force '1' has not all"));
  result = ground_forces(numbered({"hip_flexion_r"}));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::kMissingData);
  const auto parsed = parse_grf("run\nnRows=1\nnColumns=2\nendheader\ntime\ta\n0\t1\n", "run.mot");
  ASSERT_FALSE(parsed);
  EXPECT_THAT(to_sentence(parsed.error()), HasSubstr("run.mot: no column is a ground force"));
}

TEST(GrfFile, PlatesComeBackAsTheyWereWritten) {
  std::vector<PlateForces> plates(3);
  for (const std::size_t k : {0U, 2U}) {  // the one between cannot be used
    plates[k].rate_hz = 300.0;
    plates[k].first_s = 1.25;
    plates[k].force_n = 1e3 * Eigen::MatrixX3d::Random(50, 3);
    plates[k].cop_m = Eigen::MatrixX3d::Random(50, 3);
    plates[k].free_moment_nm = Eigen::MatrixX3d::Random(50, 3);
  }
  const GroundForces forces = ground_forces(plates, "run_grf");
  const Table table = grf_table(forces);
  EXPECT_EQ(table.labels[0], "ground_force_vx");
  EXPECT_EQ(table.labels[6], "1_ground_force_vx");
  EXPECT_EQ(table.labels[12], "ground_torque_x");
  EXPECT_EQ(table.labels[17], "1_ground_torque_z");
  EXPECT_EQ(table.time_s[49], 1.25 + 49.0 / 300.0);
  const auto back = parse_grf(write_table(table), "run_grf.mot");
  ASSERT_TRUE(back) << to_sentence(back.error());
  EXPECT_EQ(back->name, "run_grf");
  EXPECT_THAT(back->notes, IsEmpty());
  EXPECT_EQ(back->time_s, forces.time_s);
  ASSERT_EQ(back->forces.size(), 2U);
  EXPECT_EQ(back->forces[1].name, "1");
  for (const std::size_t k : {0U, 1U}) {
    EXPECT_EQ(back->forces[k].force_n, plates[2 * k].force_n);
    EXPECT_EQ(back->forces[k].cop_m, plates[2 * k].cop_m);
    EXPECT_EQ(back->forces[k].free_moment_nm, plates[2 * k].free_moment_nm);
  }
}

TEST(GrfFile, NamedSidesComeBack) {
  GroundForces forces = must_find(numbered(with("", "ground_force_r_", "ground_torque_r_")));
  const Table table = grf_table(forces);
  EXPECT_EQ(table.labels, with("", "ground_force_r_", "ground_torque_r_"));
  EXPECT_EQ(must_find(table).forces[0].side, EventSide::kRight);
}

TEST(GrfFile, ReadsTheFilesOfPublishedStudies) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const char* files[] = {"opensim-core/ID/subject01_walk1_grf.mot", "bmclab-run/grf_run.mot",
                         "arnold2013-synthetic/subject01/trials/walk2/grf.mot",
                         "arnold2013-synthetic/subject04/trials/walk2/grf.mot"};
  for (const char* file : files) {
    const auto found = read_grf(data / file);
    ASSERT_TRUE(found) << to_sentence(found.error());
    ASSERT_EQ(found->forces.size(), 2U) << file;
    for (const GroundForce& force : found->forces) {
      EXPECT_TRUE(force.force_n.allFinite() && force.cop_m.allFinite()) << file;
      // Somebody's weight, upwards.
      EXPECT_GT(force.force_n.col(1).maxCoeff(), 300.0) << file;
      EXPECT_LT(force.force_n.col(1).maxCoeff(), 3000.0) << file;
      EXPECT_GT(force.force_n.col(1).minCoeff(), -50.0) << file;
    }
    const auto again = ground_forces(grf_table(*found));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->forces[1].force_n, found->forces[1].force_n);
  }
}

}  // namespace
}  // namespace catena
