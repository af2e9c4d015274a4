#include "catena/validation/planted_line.h"

#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/units.h"

namespace catena {
namespace {

StrideCell exact(int n_demands) {
  StrideCell cell;
  cell.n_demands = n_demands;
  cell.artefact = false;
  return cell;
}

TEST(PlantedLine, StridesLieAboutThePlantedCurve) {
  StrideCell cell = exact(5);
  cell.min_strides = cell.max_strides = 4000;
  cell.stop.inside_deg = 4.0;
  const PlantedSession session = plant_on_line(cell, 3);
  for (std::size_t side = 0; side < 2; ++side) {
    ASSERT_EQ(session.demands.at(side).size(), 5u);
    for (std::size_t d = 0; d < 5; ++d) {
      const Eigen::RowVector3d mean = session.demands.at(side)[d].parts_rad.colwise().mean();
      const Eigen::RowVector3d planted =
          session.curve_rad.at(side).row(static_cast<Eigen::Index>(d));
      // SD of a part 0.6 to 1.1 deg over 4000 strides: 0.017; four of these.
      EXPECT_LT((mean - planted).cwiseAbs().maxCoeff() * kDegPerRad, 0.07);
    }
  }
}

TEST(PlantedLine, AStopTakesTheHipsSlopeAndGivesItToTheLowBack) {
  StrideCell cell = exact(4);  // 0, 4, 8 and 12 deg of thigh
  const PlantedSession free = plant_on_line(cell, 3);
  cell.stop.inside_deg = 4.0;
  const PlantedSession stopped = plant_on_line(cell, 3);
  cell.stop.slope_kept = 0.25;
  const PlantedSession partly = plant_on_line(cell, 3);
  const std::array<double, 4>& line = free.planted[0].shares;
  const std::array<double, 4>& chord = stopped.planted[0].shares;
  // 8 of 12 degrees at the line's share, 4 at none.
  EXPECT_NEAR(chord[0], line[0] * 8.0 / 12.0, 1e-12);
  EXPECT_NEAR(chord[1], line[1] + line[0] * 4.0 / 12.0, 1e-12);
  EXPECT_NEAR(chord[2], line[2], 1e-12);
  EXPECT_NEAR(chord[3], 1.0 - chord[0], 1e-12);
  EXPECT_NEAR(partly.planted[0].shares[0], line[0] * (8.0 + 0.25 * 4.0) / 12.0, 1e-12);

  const Eigen::MatrixXd& curve = stopped.curve_rad[0];
  EXPECT_NEAR(curve(3, 0), curve(2, 0), 1e-12);
  EXPECT_NEAR(stopped.planted[0].stop_thigh_rad, curve.row(2).sum(), 1e-12);
  EXPECT_TRUE(std::isnan(free.planted[0].stop_thigh_rad));
}

TEST(PlantedLine, AStopOfTheRightLegLeavesTheLeftFree) {
  StrideCell cell = exact(5);
  const PlantedSession free = plant_on_line(cell, 4);
  cell.stop = {.inside_deg = 6.0, .right_only = true};
  const PlantedSession stopped = plant_on_line(cell, 4);
  EXPECT_LT(stopped.planted[0].shares[0], free.planted[0].shares[0]);
  EXPECT_EQ(stopped.planted[1].shares, free.planted[1].shares);
  EXPECT_TRUE(std::isnan(stopped.planted[1].stop_thigh_rad));
}

TEST(PlantedLine, AFreedHipRelievesTheLowBackByWhatTheStoppedOneLeft) {
  StrideCell cell = exact(5);
  const PlantedSession free = plant_on_line(cell, 4);
  cell.stop = {.inside_deg = 6.0, .right_only = true};
  const PlantedSession stopped = plant_on_line(cell, 4);
  const double fall = stopped.curve_rad[0](4, 1) - free.curve_rad[0](4, 1);
  EXPECT_GT(fall * kDegPerRad, 1.0);  // the slightest hip gives 0.2 of six degrees
  EXPECT_NEAR(stopped.hips[0].relief_rad, fall, 1e-12);
  EXPECT_NEAR(stopped.hips[0].stop_hip_rad, stopped.curve_rad[0](4, 0), 1e-12);
  EXPECT_EQ(stopped.hips[1].relief_rad, 0.0);
  EXPECT_EQ(free.hips[0].relief_rad, 0.0);
  EXPECT_TRUE(std::isinf(free.hips[0].stop_hip_rad));
}

TEST(PlantedLine, ARampIsOneDemandOfManyStrides) {
  const PlantedSession session = plant_on_line(exact(0), 3);
  ASSERT_EQ(session.demands[1].size(), 1u);
  EXPECT_TRUE(session.demands[1][0].is_ramp);
  EXPECT_GT(session.demands[1][0].parts_rad.rows(), 100);
}

TEST(PlantedLine, DeparturesLeaveTheThighWhereItIs) {
  StrideCell cell = exact(3);
  const PlantedSession near = plant_on_line(cell, 8);
  cell.hip_deviation_deg = cell.back_deviation_deg = 3.0;
  const PlantedSession far = plant_on_line(cell, 8);
  for (std::size_t d = 0; d < 3; ++d) {
    const Eigen::MatrixXd moved = far.demands[0][d].parts_rad - near.demands[0][d].parts_rad;
    EXPECT_GT(moved.norm(), 0.01);
    EXPECT_LT(moved.rowwise().sum().norm(), 1e-12);
  }
}

/// Correlation of the two legs' hip departures over many sessions.
double correlation_of_legs(double legs_alike) {
  StrideCell cell = exact(3);
  double xy = 0.0;
  double xx = 0.0;
  double yy = 0.0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    std::array<Eigen::Vector3d, 2> moved;
    cell.legs_alike = legs_alike;
    cell.hip_deviation_deg = 0.0;
    const PlantedSession still = plant_on_line(cell, seed);
    cell.hip_deviation_deg = 1.0;
    const PlantedSession departed = plant_on_line(cell, seed);
    for (std::size_t side = 0; side < 2; ++side) {
      for (std::size_t d = 0; d < 3; ++d) {
        moved.at(side)[static_cast<Eigen::Index>(d)] =
            departed.demands.at(side)[d].parts_rad(0, 0) -
            still.demands.at(side)[d].parts_rad(0, 0);
      }
    }
    xy += moved[0].dot(moved[1]);
    xx += moved[0].squaredNorm();
    yy += moved[1].squaredNorm();
  }
  return xy / std::sqrt(xx * yy);
}

// 1200 pairs: standard error 0.03.
TEST(PlantedLine, LegsDepartAlikeAsAsked) {
  EXPECT_NEAR(correlation_of_legs(0.0), 0.0, 0.1);
  EXPECT_NEAR(correlation_of_legs(0.9), 0.9, 0.03);
}

}  // namespace
}  // namespace catena
