// Closed forms: each type's channels, made from planted forces, give them back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catena/recording/planted_plate.h"

namespace catena {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PlateTypes, Type1GivesThePlantedForcesBack) {
  const Planted p = plant(1);
  Eigen::MatrixXd channels(6, p.force_n.rows());
  const Eigen::Matrix3d plate_from_lab = p.lab_from_plate.transpose();
  for (Eigen::Index i = 0; i < channels.cols(); ++i) {
    const Eigen::Vector3d place = plate_from_lab * (p.cop_m.row(i).transpose() - p.middle_m);
    channels.col(i) << plate_from_lab * p.force_n.row(i).transpose(), 1000 * place.head<2>(),
        -1000 * p.free_moment_nm[i];
  }
  expect_planted(must_compute(setup_of(p, 1, 6), recorded(channels)), p);
}

TEST(PlateTypes, Type2GivesThePlantedForcesBackOnPlatesThatLieAskew) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const Planted p = plant(seed);
    const auto channels = in_newton_millimetres(wrenches(p));
    expect_planted(must_compute(setup_of(p, 2, 6), recorded(channels)), p);
  }
}

TEST(PlateTypes, Type3GivesThePlantedForcesBack) {
  Planted p = plant(3);
  p.surface_from_sensors_m = {0.0, 0.0, -0.052};
  const double a = 0.12, b = 0.2;
  const Eigen::MatrixXd forward = kistler_wrench_from_channels(a, b);
  const Eigen::MatrixXd channels = forward.completeOrthogonalDecomposition().solve(wrenches(p));
  ForcePlateSetup setup = setup_of(p, 3, 8);
  setup.origin_m = {a, b, -0.052};
  expect_planted(must_compute(setup, recorded(channels)), p);
}

TEST(PlateTypes, Type4AppliesItsMatrix) {
  const Planted p = plant(4);
  std::mt19937 random(4);
  std::normal_distribution<double> normal;
  Eigen::MatrixXd matrix = 100.0 * Eigen::MatrixXd::Identity(6, 6);
  for (double& entry : matrix.reshaped()) entry += 5.0 * normal(random);
  matrix.bottomRows<3>() *= 1000.0;
  ForcePlateSetup setup = setup_of(p, 4, 6);
  setup.calibration = matrix;
  const Eigen::MatrixXd volts = matrix.fullPivLu().solve(in_newton_millimetres(wrenches(p)));
  const PlateForces plate = must_compute(setup, recorded(volts, std::vector<std::string>(6, "V")));
  expect_planted(plate, p);
  EXPECT_THAT(plate.notes, IsEmpty());
}

TEST(PlateTypes, Type5AppliesItsMatrixOfSixByEight) {
  const Planted p = plant(5);
  const Eigen::MatrixXd matrix =
      in_newton_millimetres(10.0 * kistler_wrench_from_channels(0.12, 0.2));
  const Eigen::MatrixXd volts =
      matrix.completeOrthogonalDecomposition().solve(in_newton_millimetres(wrenches(p)));
  ForcePlateSetup setup = setup_of(p, 5, 8);
  setup.calibration = matrix;
  expect_planted(must_compute(setup, recorded(volts)), p);
  setup.calibration = matrix.transpose();
  expect_planted(must_compute(setup, recorded(volts)), p);
}

TEST(PlateTypes, Type6AddsFourSensorsOfThreeAxes) {
  Planted p = plant(6);
  p.surface_from_sensors_m = {0.0, 0.0, -0.03};
  const double a = 0.15, b = 0.25;
  const Eigen::Vector3d places[] = {{a, b, 0}, {-a, b, 0}, {-a, -b, 0}, {a, -b, 0}};
  Eigen::MatrixXd forward(6, 12);
  for (int k = 0; k < 12; ++k) {
    const Eigen::Vector3d axis = Eigen::Vector3d::Unit(k % 3);
    forward.col(k) << axis, places[k / 3].cross(axis);
  }
  const Eigen::MatrixXd newtons = forward.completeOrthogonalDecomposition().solve(wrenches(p));
  ForcePlateSetup setup = setup_of(p, 6, 12);
  setup.origin_m = {a, b, -0.03};
  setup.calibration = 250.0 * Eigen::MatrixXd::Identity(12, 12);
  expect_planted(must_compute(setup, recorded(newtons / 250.0)), p);
}

TEST(PlateTypes, Type7AndType11AreType3WithAMatrix) {
  Planted p = plant(7);
  p.surface_from_sensors_m = {0.0, 0.0, -0.052};
  const double a = 0.12, b = 0.2;
  Eigen::MatrixXd matrix = 500.0 * Eigen::MatrixXd::Identity(8, 8);
  matrix(0, 1) = 3.0;
  matrix(6, 2) = -7.0;
  const Eigen::MatrixXd newtons =
      kistler_wrench_from_channels(a, b).completeOrthogonalDecomposition().solve(wrenches(p));
  for (const int type : {7, 11}) {
    ForcePlateSetup setup = setup_of(p, type, 8);
    setup.origin_m = {a, b, -0.052};
    setup.calibration = matrix;
    const auto plate = must_compute(setup, recorded(matrix.fullPivLu().solve(newtons)));
    expect_planted(plate, p);
    EXPECT_EQ(plate.notes.empty(), type == 7);
  }
}

TEST(PlateTypes, Type12KnowsTheVerticalForceAlone) {
  const Planted p = plant(12);
  const Eigen::VectorXd up_n = -p.force_n * p.lab_from_plate.col(2);
  Eigen::MatrixXd channels(8, up_n.size());
  for (int k = 0; k < 8; ++k) channels.row(k) = -up_n.transpose() / 8;
  const PlateForces plate = must_compute(setup_of(p, 12, 8), recorded(channels));
  EXPECT_LT((plate.force_n * plate.up - up_n).cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_LT((plate.cop_m.rowwise() - p.middle_m.transpose()).cwiseAbs().maxCoeff(), tolerance);
  EXPECT_TRUE(plate.free_moment_nm.isZero(0.0));
  EXPECT_THAT(plate.notes, Contains(HasSubstr("vertical force alone")));
}

}  // namespace
}  // namespace catena
