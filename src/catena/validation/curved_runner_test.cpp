#include "catena/validation/curved_runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "catena/core/units.h"
#include "catena/math/statistics.h"

namespace catena {
namespace {

StrideCell curved(NaturalBend bend, double inside_deg = 0.0) {
  StrideCell cell;
  cell.curved = true;
  cell.n_demands = 5;
  cell.bend = bend;
  cell.stop.inside_deg = inside_deg;
  return cell;
}

/// Slope of the hip on the thigh at the far end over that at the near end, from the planted curve
/// sampled along a ramp.
double slope_left_of(const PlantedSession& session, std::size_t side) {
  const Eigen::MatrixXd& curve = session.curve_rad.at(side);
  const auto slope = [&](Eigen::Index from, Eigen::Index to) {
    const Eigen::RowVector3d step = curve.row(to) - curve.row(from);
    return step[0] / step.sum();
  };
  const Eigen::Index last = curve.rows() - 1;
  return slope(last - 1, last) / slope(0, 1);
}

TEST(CurvedRunner, HipsWithoutAStopBendByAsMuchAsTheySay) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const RandomStream stream(seed);
    const auto bend = [&](NaturalBend kind) {
      return bend_of_three_speeds_deg(draw_curved_leg(curved(kind), false, stream));
    };
    EXPECT_LE(std::abs(bend(NaturalBend::kNearlyStraight)), 0.15 + 1e-6);
    EXPECT_GE(bend(NaturalBend::kTowardsStop), 0.3 - 1e-6);
    EXPECT_LE(bend(NaturalBend::kTowardsStop), 1.0 + 1e-6);
    EXPECT_LE(bend(NaturalBend::kOtherWay), -0.3 + 1e-6);
    EXPECT_GE(bend(NaturalBend::kOtherWay), -1.0 - 1e-6);
  }
}

TEST(CurvedRunner, OnlyStoppedHipsLoseTwoThirdsOfTheirSlope) {
  StrideCell free = curved(NaturalBend::kTowardsStop);
  StrideCell stopped = curved(NaturalBend::kNearlyStraight, 4.0);
  free.n_demands = stopped.n_demands = 0;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    EXPECT_GT(slope_left_of(plant_curved(free, seed), 0), 0.32);
    EXPECT_LT(slope_left_of(plant_curved(free, seed), 0), 1.0);
    EXPECT_LT(slope_left_of(plant_curved(stopped, seed), 1), 0.35);
  }
}

TEST(CurvedRunner, TheStopIsSoftAndTheThighDoesNotFeelIt) {
  CurvedLeg leg;
  leg.thigh_rate = 0.8;
  const CurvedLeg free = leg;
  leg.stop_hip_deg = 6.0;
  leg.stop_softness_deg = 0.8;
  leg.lost_to_lean = 0.25;
  double lost_before = 0.0;
  for (int k = 0; k <= 20; ++k) {
    const double u = k / 20.0;
    const Eigen::RowVector3d with = mean_posture_deg(leg, u);
    const Eigen::RowVector3d without = mean_posture_deg(free, u);
    const double lost = without[0] - with[0];
    EXPECT_NEAR(with.sum(), without.sum(), 1e-12);
    EXPECT_GE(lost, lost_before - 1e-12);
    EXPECT_NEAR(with[2] - without[2], 0.25 * lost, 1e-12);
    EXPECT_LT(with[0], 6.0);
    lost_before = lost;
  }
  // At the stop itself, half of the slope is left: softplus of nothing is w ln 2.
  EXPECT_NEAR(mean_posture_deg(free, 1.0)[0], 8.0, 1e-12);
  EXPECT_NEAR(lost_before, 8.0 - 6.0 + 0.8 * std::log1p(std::exp(-2.0 / 0.8)), 1e-9);
}

TEST(CurvedRunner, TheTruthIsTheChordOfTheMeanCurve) {
  const PlantedSession session = plant_curved(curved(NaturalBend::kOtherWay), 5);
  const Eigen::MatrixXd& curve = session.curve_rad[1];
  const Eigen::RowVector3d chord = curve.row(4) - curve.row(0);
  EXPECT_NEAR(session.planted[1].shares[0], chord[0] / chord.sum(), 1e-12);
  EXPECT_NEAR(session.planted[1].shares[3], (chord[1] + chord[2]) / chord.sum(), 1e-12);
}

TEST(CurvedRunner, AFreedHipGivesTheLowBackBackWhatTheLeanDidNotTake) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const StrideCell cell = curved(NaturalBend::kNearlyStraight, 5.0);
    const PlantedSession session = plant_curved(cell, seed);
    const CurvedLeg leg = draw_curved_leg(cell, true, RandomStream(seed).child("leg", 1));
    CurvedLeg freed = leg;
    freed.stop_hip_deg = std::numeric_limits<double>::infinity();
    const Eigen::RowVector3d moved = mean_posture_deg(freed, 1.0) - mean_posture_deg(leg, 1.0);
    const PlantedHip& hip = session.hips[1];
    EXPECT_NEAR(hip.relief_rad * kDegPerRad, -moved[1], 1e-9);
    EXPECT_NEAR(hip.relief_rad * kDegPerRad, (1.0 - leg.lost_to_lean) * moved[0], 1e-9);
    EXPECT_GT(hip.relief_rad, 0.0);
    EXPECT_GT(hip.stop_hip_rad, session.curve_rad[1](4, 0));  // softly: never quite there
  }
}

TEST(CurvedRunner, StridesResembleTheLastOneAndHaveHeavyTails) {
  StrideCell cell = curved(NaturalBend::kNearlyStraight);
  cell.n_demands = 3;
  cell.artefact = false;
  cell.min_strides = cell.max_strides = 20000;
  const PlantedSession session = plant_curved(cell, 2);
  const Eigen::MatrixXd& parts = session.demands[0][1].parts_rad;
  const Eigen::RowVector3d planted = session.curve_rad[0].row(1);
  EXPECT_LT((parts.colwise().mean() - planted).cwiseAbs().maxCoeff() * kDegPerRad, 0.05);
  const Eigen::VectorXd thigh = parts.rowwise().sum().array() - planted.sum();
  const double variance = thigh.squaredNorm() / 20000.0;
  EXPECT_NEAR(std::sqrt(variance) * kDegPerRad, 0.7, 0.05);
  EXPECT_NEAR(thigh.head(19999).dot(thigh.tail(19999)) / 19999.0 / variance, 0.35, 0.05);
  EXPECT_GT(thigh.array().pow(4).mean() / (variance * variance), 4.0);
}

TEST(CurvedRunner, PostureDriftsAlongARampByTheSizeAskedFor) {
  StrideCell cell = curved(NaturalBend::kNearlyStraight);
  cell.n_demands = 0;
  cell.artefact = false;
  double squares = 0.0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    cell.hip_deviation_deg = 0.0;
    const PlantedSession still = plant_curved(cell, seed);
    cell.hip_deviation_deg = 1.0;
    const PlantedSession moving = plant_curved(cell, seed);
    Eigen::VectorXd moved =
        moving.demands[0][0].parts_rad.col(0) - still.demands[0][0].parts_rad.col(0);
    moved.array() -= moved.mean();
    squares += moved.squaredNorm() / static_cast<double>(moved.size()) / 200.0;
  }
  EXPECT_NEAR(std::sqrt(squares) * kDegPerRad, 1.0, 0.1);
}

}  // namespace
}  // namespace catena
