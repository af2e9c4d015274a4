#include "catena/validation/point_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/units.h"

namespace catena {
namespace {

using testing::HasSubstr;

PointStudyCell cell_of(int n_demands, double deviation_deg) {
  PointStudyCell cell;
  cell.name = "test";
  cell.n_demands = n_demands;
  cell.hip_deviation_deg = cell.back_deviation_deg = deviation_deg;
  return cell;
}

TEST(PointStudy, PlantsWhatTheCellSays) {
  const PlantedLeg leg = plant_leg(cell_of(5, 0.7), 3);
  ASSERT_EQ(leg.demands.size(), 5u);
  EXPECT_NEAR(leg.shares[0] + leg.shares[1] + leg.shares[2], 1.0, 1e-15);
  for (const DemandStrides& demand : leg.demands) {
    EXPECT_GE(demand.parts_rad.rows(), 8);
    EXPECT_LE(demand.parts_rad.rows(), 15);
    EXPECT_TRUE(demand.parts_rad.allFinite());
  }
  const double spread_rad = leg.demands[4].parts_rad.rowwise().sum().mean() -
                            leg.demands[0].parts_rad.rowwise().sum().mean();
  EXPECT_NEAR(spread_rad * kDegPerRad, 12.0, 3.0);
}

TEST(PointStudy, ARampIsOneDemandOfManyStrides) {
  const PlantedLeg leg = plant_leg(cell_of(0, 0.7), 3);
  ASSERT_EQ(leg.demands.size(), 1u);
  EXPECT_TRUE(leg.demands[0].is_ramp);
  EXPECT_GT(leg.demands[0].parts_rad.rows(), 100);
}

TEST(PointStudy, DeparturesLeaveTheThighWhereItIs) {
  const PlantedLeg near = plant_leg(cell_of(3, 0.0), 8);
  const PlantedLeg far = plant_leg(cell_of(3, 3.0), 8);
  for (std::size_t d = 0; d < 3; ++d) {
    const Eigen::MatrixXd moved = far.demands[d].parts_rad - near.demands[d].parts_rad;
    EXPECT_GT(moved.norm(), 0.01);
    EXPECT_LT(moved.rowwise().sum().norm(), 1e-12);
  }
}

// 80 legs a cell: binomial SD 3.4 %, so 80 to 100 % is what an honest 90 % interval shows. The
// whole study has 400 and more cells: catena-validate take-up-points.
TEST(PointStudy, IntervalsHoldAboutNinetyPercent) {
  TakeUpOptions options;
  options.n_draws = 1000;
  for (const double deviation_deg : {0.0, 0.7, 1.5}) {
    const PointStudyRow row = run_point_study(cell_of(4, deviation_deg), 80, 2, options);
    EXPECT_EQ(row.n_given, 80);
    for (const double coverage : row.coverage) EXPECT_GE(coverage, 0.80) << deviation_deg;
  }
}

TEST(PointStudy, TheSameSeedGivesTheSameRow) {
  TakeUpOptions options;
  options.n_draws = 200;
  const PointStudyRow a = run_point_study(cell_of(3, 0.7), 10, 5, options);
  const PointStudyRow b = run_point_study(cell_of(3, 0.7), 10, 5, options);
  EXPECT_EQ(a.coverage, b.coverage);
  EXPECT_EQ(a.width, b.width);
}

TEST(PointStudy, TheTableHasEveryQuantity) {
  PointStudyRow row = {.cell = cell_of(3, 0.7), .n_sessions = 4, .n_given = 4};
  row.coverage = {0.5, 0.75, 1.0, 0.5};
  row.width = {0.1, 0.2, 0.3, 0.1};
  EXPECT_THAT(to_markdown(std::vector{row}),
              HasSubstr("| test | 0.7 / 0.7 | 4 of 4 | 50.0 % | 75.0 % | 100.0 % | 50.0 % | 0.10 | "
                        "0.20 | 0.30 | 0.10 |"));
}

}  // namespace
}  // namespace catena
