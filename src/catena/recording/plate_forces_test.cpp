#include "catena/recording/plate_forces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

namespace catena {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double tolerance = 1e-9;

// What is planted: forces on the body at places on the surface of a plate that lies askew.
struct Planted {
  Eigen::Matrix3d lab_from_plate;  // z into the ground
  Eigen::Vector3d middle_m;
  Eigen::Vector3d surface_from_sensors_m;  // in the plate's axes
  double width_m = 0.4, length_m = 0.6;
  Eigen::MatrixX3d force_n, cop_m;
  Eigen::VectorXd free_moment_nm;  // about the normal that points up
};

Planted plant(unsigned seed, int n_samples = 20) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-1.0, 1.0);
  const auto u = [&] { return uniform(random); };
  Planted p;
  const Eigen::AngleAxisd heading(3.0 * u(), Eigen::Vector3d::UnitZ());
  const Eigen::AngleAxisd tilt(0.2 * u(), Eigen::Vector3d(u(), u(), 0.0).normalized());
  const Eigen::AngleAxisd face_down(std::numbers::pi, Eigen::Vector3d::UnitX());
  p.lab_from_plate = (tilt * heading * face_down).toRotationMatrix();
  p.middle_m = {u(), u(), 0.1 * u()};
  p.surface_from_sensors_m = {0.01 * u(), 0.01 * u(), -0.04};
  p.force_n.resize(n_samples, 3);
  p.cop_m.resize(n_samples, 3);
  p.free_moment_nm.resize(n_samples);
  for (int i = 0; i < n_samples; ++i) {
    const Eigen::Vector3d force_in_plate(100 * u(), 100 * u(), -700 + 500 * u());
    const Eigen::Vector3d place(0.5 * p.width_m * u(), 0.5 * p.length_m * u(), 0.0);
    p.force_n.row(i) = p.lab_from_plate * force_in_plate;
    p.cop_m.row(i) = p.middle_m + p.lab_from_plate * place;
    p.free_moment_nm[i] = 8 * u();
  }
  return p;
}

// Force and moment about the sensors' origin in the plate's axes, N and N m, as columns.
Eigen::MatrixXd wrenches(const Planted& p) {
  Eigen::MatrixXd w(6, p.force_n.rows());
  const Eigen::Matrix3d plate_from_lab = p.lab_from_plate.transpose();
  for (Eigen::Index i = 0; i < w.cols(); ++i) {
    const Eigen::Vector3d f = plate_from_lab * p.force_n.row(i).transpose();
    const Eigen::Vector3d from_middle = plate_from_lab * (p.cop_m.row(i).transpose() - p.middle_m);
    const Eigen::Vector3d arm = from_middle + p.surface_from_sensors_m;
    w.col(i).head<3>() = f;
    w.col(i).tail<3>() = arm.cross(f) - Eigen::Vector3d(0, 0, p.free_moment_nm[i]);
  }
  return w;
}

ForcePlateSetup setup_of(const Planted& p, int type, int n_channels) {
  ForcePlateSetup setup;
  setup.type = type;
  const double x = 0.5 * p.width_m, y = 0.5 * p.length_m;
  const Eigen::Vector3d corners[] = {{x, y, 0}, {-x, y, 0}, {-x, -y, 0}, {x, -y, 0}};
  for (int k = 0; k < 4; ++k) {
    setup.corners_m.col(k) = p.middle_m + p.lab_from_plate * corners[k];
  }
  setup.origin_m = p.surface_from_sensors_m;
  for (int k = 0; k < n_channels; ++k) setup.channels.push_back(k + 2);  // two others come first
  setup.length_unit = "mm";
  return setup;
}

// channels: one column for each sample.
AnalogRecording recorded(const Eigen::MatrixXd& channels, std::vector<std::string> units = {}) {
  AnalogRecording analog;
  analog.rate_hz = 1000.0;
  analog.values = Eigen::MatrixXd::Constant(channels.cols(), channels.rows() + 2, 7.0);
  analog.values.rightCols(channels.rows()) = channels.transpose();
  if (!units.empty()) {
    units.insert(units.begin(), {"V", "g"});
    analog.units = std::move(units);
  }
  return analog;
}

PlateForces must_compute(const ForcePlateSetup& setup, const AnalogRecording& analog,
                         const PlateOptions& options = {}) {
  auto result = plate_forces(setup, analog, options);
  EXPECT_TRUE(result) << to_sentence(result ? Error{} : result.error());
  return result ? *result : PlateForces{};
}

void expect_planted(const PlateForces& plate, const Planted& p) {
  ASSERT_EQ(plate.force_n.rows(), p.force_n.rows());
  EXPECT_LT((plate.up + p.lab_from_plate.col(2)).norm(), tolerance);
  EXPECT_LT((plate.force_n - p.force_n).cwiseAbs().maxCoeff(), 1e-6);
  EXPECT_LT((plate.cop_m - p.cop_m).cwiseAbs().maxCoeff(), tolerance);
  const Eigen::MatrixX3d moment_nm = p.free_moment_nm * plate.up.transpose();
  EXPECT_LT((plate.free_moment_nm - moment_nm).cwiseAbs().maxCoeff(), 1e-6);
}

Eigen::MatrixXd in_newton_millimetres(Eigen::MatrixXd w) {
  w.bottomRows<3>() *= 1000.0;
  return w;
}

// What each of a Kistler plate's channels does: a force along an axis at a place, as a wrench.
Eigen::MatrixXd kistler_wrench_from_channels(double a, double b) {
  struct Sensor {
    Eigen::Vector3d place, axis;
  };
  const Eigen::Vector3d x(1, 0, 0), y(0, 1, 0), z(0, 0, 1);
  const Sensor sensors[] = {{{0, b, 0}, x}, {{0, -b, 0}, x}, {{a, 0, 0}, y},   {{-a, 0, 0}, y},
                            {{a, b, 0}, z}, {{-a, b, 0}, z}, {{-a, -b, 0}, z}, {{a, -b, 0}, z}};
  Eigen::MatrixXd matrix(6, 8);
  for (int k = 0; k < 8; ++k) {
    matrix.col(k) << sensors[k].axis, sensors[k].place.cross(sensors[k].axis);
  }
  return matrix;
}

TEST(PlateForces, Type1GivesThePlantedForcesBack) {
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

TEST(PlateForces, Type2GivesThePlantedForcesBackOnPlatesThatLieAskew) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const Planted p = plant(seed);
    const auto channels = in_newton_millimetres(wrenches(p));
    expect_planted(must_compute(setup_of(p, 2, 6), recorded(channels)), p);
  }
}

TEST(PlateForces, Type3GivesThePlantedForcesBack) {
  Planted p = plant(3);
  p.surface_from_sensors_m = {0.0, 0.0, -0.052};
  const double a = 0.12, b = 0.2;
  const Eigen::MatrixXd forward = kistler_wrench_from_channels(a, b);
  const Eigen::MatrixXd channels = forward.completeOrthogonalDecomposition().solve(wrenches(p));
  ForcePlateSetup setup = setup_of(p, 3, 8);
  setup.origin_m = {a, b, -0.052};
  expect_planted(must_compute(setup, recorded(channels)), p);
}

TEST(PlateForces, Type4AppliesItsMatrix) {
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

TEST(PlateForces, Type5AppliesItsMatrixOfSixByEight) {
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

TEST(PlateForces, Type6AddsFourSensorsOfThreeAxes) {
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

TEST(PlateForces, Type7AndType11AreType3WithAMatrix) {
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

TEST(PlateForces, Type12KnowsTheVerticalForceAlone) {
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

TEST(PlateForces, WhereTheSensorsAreDoesNotChangeTheResult) {
  Planted p = plant(20);
  const PlateForces here =
      must_compute(setup_of(p, 2, 6), recorded(in_newton_millimetres(wrenches(p))));
  p.surface_from_sensors_m += Eigen::Vector3d(-0.243, 0.9, -0.015);
  const PlateForces there =
      must_compute(setup_of(p, 2, 6), recorded(in_newton_millimetres(wrenches(p))));
  EXPECT_LT((here.cop_m - there.cop_m).cwiseAbs().maxCoeff(), tolerance);
  EXPECT_LT((here.free_moment_nm - there.free_moment_nm).cwiseAbs().maxCoeff(), 1e-9);
}

TEST(PlateForces, AnOriginGivenTheOtherWayRoundIsTurned) {
  const Planted p = plant(21);
  ForcePlateSetup setup = setup_of(p, 2, 6);
  setup.origin_m *= -1.0;
  const auto plate = must_compute(setup, recorded(in_newton_millimetres(wrenches(p))));
  expect_planted(plate, p);
  EXPECT_THAT(plate.notes, Contains(HasSubstr("turned round")));
}

TEST(PlateForces, TurningTheLaboratoryTurnsTheResult) {
  Planted p = plant(22);
  const auto analog = recorded(in_newton_millimetres(wrenches(p)));
  const PlateForces before = must_compute(setup_of(p, 2, 6), analog);
  Eigen::Matrix3d turn;
  turn << 0, 1, 0, 0, 0, 1, 1, 0, 0;
  p.lab_from_plate = turn * p.lab_from_plate;
  p.middle_m = turn * p.middle_m;
  const PlateForces after = must_compute(setup_of(p, 2, 6), analog);
  const PlateForces by_hand = turned(before, turn);
  EXPECT_LT((after.force_n - by_hand.force_n).cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_LT((after.cop_m - by_hand.cop_m).cwiseAbs().maxCoeff(), tolerance);
  EXPECT_LT((after.free_moment_nm - by_hand.free_moment_nm).cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_LT((after.corners_m - by_hand.corners_m).cwiseAbs().maxCoeff(), tolerance);
  EXPECT_LT((after.up - by_hand.up).norm(), tolerance);
  EXPECT_NEAR(mean_vertical_force_n(after), mean_vertical_force_n(before), 1e-9);
}

TEST(PlateForces, UnitsOfMomentsAreThoseOfTheChannelsElseOfTheFile) {
  const Planted p = plant(23);
  const Eigen::MatrixXd w = wrenches(p);
  ForcePlateSetup setup = setup_of(p, 2, 6);
  expect_planted(must_compute(setup, recorded(w, {"N", "N", "N", "Nm", "Nm", "Nm"})), p);
  expect_planted(must_compute(setup, recorded(in_newton_millimetres(w),
                                              {"nt", "nt", "nt", "ntmm", "ntmm", "ntmm"})),
                 p);
  setup.length_unit = "mete";
  expect_planted(must_compute(setup, recorded(w)), p);
  Eigen::MatrixXd pounds = w / 4.4482216152605;
  pounds.bottomRows<3>() /= 0.0254;
  expect_planted(
      must_compute(setup, recorded(pounds, {"lbf", "lbf", "lbf", "in-lb", "in-lb", "in-lb"})), p);
}

TEST(PlateForces, AUnitThatCannotBeIsSaidAndOverruled) {
  const Planted p = plant(24);
  const auto channels = in_newton_millimetres(wrenches(p));
  const std::vector<std::string> volts(6, "V");
  const PlateForces plate = must_compute(setup_of(p, 2, 6), recorded(channels, volts));
  expect_planted(plate, p);
  EXPECT_THAT(plate.notes, Contains(HasSubstr("said to be in V were taken as newtons")));
}

TEST(PlateForces, AForceOnThePlateIsTurnedIntoTheForceOnTheBody) {
  const Planted p = plant(25);
  const Eigen::MatrixXd channels = -in_newton_millimetres(wrenches(p));
  const PlateForces plate = must_compute(setup_of(p, 2, 6), recorded(channels));
  expect_planted(plate, p);
  EXPECT_THAT(plate.notes, Contains(HasSubstr("all signs were turned")));
}

TEST(PlateForces, CornersNumberedTheOtherWayRoundAreSeenByTheBodyAboveThem) {
  const Planted p = plant(26);
  ForcePlateSetup setup = setup_of(p, 2, 6);
  setup.corners_m.col(1).swap(setup.corners_m.col(3));
  PlateOptions options;
  options.body_m = p.middle_m - p.lab_from_plate.col(2);
  const auto plate = must_compute(setup, recorded(in_newton_millimetres(wrenches(p))), options);
  EXPECT_LT((plate.up + p.lab_from_plate.col(2)).norm(), tolerance);
  const Eigen::VectorXd up_n = -p.force_n * p.lab_from_plate.col(2);
  EXPECT_NEAR(mean_vertical_force_n(plate), up_n.mean(), 1e-9);
  EXPECT_THAT(plate.notes, Contains(HasSubstr("other way round than the specification")));
}

TEST(PlateForces, AnUnloadedPlateGivesItsMiddleAndNeverNan) {
  Planted p = plant(27, 4);
  p.force_n.row(0).setZero();
  p.force_n.row(1) = -19.9 * p.lab_from_plate.col(2);  // just below
  p.force_n.row(2) = 15.0 * p.lab_from_plate.col(2);   // an offset that pulls
  const PlateForces plate =
      must_compute(setup_of(p, 2, 6), recorded(in_newton_millimetres(wrenches(p))));
  EXPECT_TRUE(plate.force_n.allFinite() && plate.cop_m.allFinite());
  EXPECT_LT((plate.force_n - p.force_n).cwiseAbs().maxCoeff(), 1e-9);
  for (int i = 0; i < 3; ++i) {
    EXPECT_LT((plate.cop_m.row(i).transpose() - p.middle_m).norm(), tolerance);
    EXPECT_TRUE(plate.free_moment_nm.row(i).isZero(0.0));
  }
  EXPECT_LT((plate.cop_m.row(3) - p.cop_m.row(3)).norm(), tolerance);
}

TEST(PlateForces, ALostChannelIsLostForceAndCounted) {
  const Planted p = plant(28, 5);
  AnalogRecording analog = recorded(in_newton_millimetres(wrenches(p)));
  analog.values(3, 4) = std::numeric_limits<double>::quiet_NaN();
  const PlateForces plate = must_compute(setup_of(p, 2, 6), analog);
  EXPECT_FALSE(plate.force_n.row(3).allFinite());
  EXPECT_TRUE(plate.cop_m.allFinite());
  EXPECT_TRUE(plate.force_n.topRows(3).allFinite());
  EXPECT_TRUE(std::isfinite(mean_vertical_force_n(plate)));
  EXPECT_THAT(plate.notes, Contains("1 samples are not numbers."));
}

TEST(PlateForces, ABaselineIsTakenOffWhenAskedForAndUnloaded) {
  Planted p = plant(29, 30);
  p.force_n.topRows(10).setZero();
  p.free_moment_nm.head(10).setZero();
  Eigen::MatrixXd channels = in_newton_millimetres(wrenches(p));
  Eigen::VectorXd offset(6);
  offset << 3, -2, -21, 900, -400, 150;
  channels.colwise() += offset;
  ForcePlateSetup setup = setup_of(p, 2, 6);
  setup.zero_from = 0;
  setup.zero_to = 10;
  const PlateForces as_is = must_compute(setup, recorded(channels));
  EXPECT_NEAR(as_is.force_n.row(0) * as_is.up, 21.0, 1e-9);
  EXPECT_THAT(as_is.notes, Contains(HasSubstr("It reads 21 N where the file says")));
  PlateOptions options;
  options.subtract_baseline = true;
  const PlateForces level = must_compute(setup, recorded(channels), options);
  EXPECT_LT((level.force_n - p.force_n).cwiseAbs().maxCoeff(), 1e-6);
  EXPECT_LT((level.cop_m - p.cop_m).bottomRows(20).cwiseAbs().maxCoeff(), tolerance);
  // Somebody stands on it all the time: nothing is taken off.
  setup.zero_from = 15;
  setup.zero_to = 20;
  const PlateForces loaded = must_compute(setup, recorded(channels), options);
  EXPECT_EQ(loaded.force_n, as_is.force_n);
  EXPECT_THAT(loaded.notes, Contains(HasSubstr("nothing was taken off")));
}

TEST(PlateForces, RealCornersAreMadeARectangle) {
  const Planted p = plant(30);
  ForcePlateSetup setup = setup_of(p, 2, 6);
  const Eigen::Vector3d shift(0.002, -0.003, 0.004);
  setup.corners_m.col(0) += shift;
  const PlateForces plate = must_compute(setup, recorded(in_newton_millimetres(wrenches(p))));
  EXPECT_LT((plate.cop_m - p.cop_m).cwiseAbs().maxCoeff(), 0.006);
  for (Eigen::Index i = 0; i < plate.force_n.rows(); ++i) {
    EXPECT_NEAR(plate.force_n.row(i).norm(), p.force_n.row(i).norm(), 1e-9);
    const Eigen::Vector3d from_middle =
        plate.cop_m.row(i).transpose() - setup.corners_m.rowwise().mean();
    EXPECT_NEAR(from_middle.dot(plate.up), 0.0, tolerance);
  }
  setup.corners_m.col(0) += 20.0 * shift;
  EXPECT_THAT(must_compute(setup, recorded(wrenches(p))).notes,
              Contains(HasSubstr("away from a rectangle")));
}

TEST(PlateForces, KistlersCorrectionMovesTheCentreOfPressure) {
  Planted p = plant(31);
  p.surface_from_sensors_m = {0.0, 0.0, -0.052};
  const double a = 0.12, b = 0.2;
  const Eigen::MatrixXd channels =
      kistler_wrench_from_channels(a, b).completeOrthogonalDecomposition().solve(wrenches(p));
  ForcePlateSetup setup = setup_of(p, 3, 8);
  setup.origin_m = {a, b, -0.052};
  // In mm: x is made 1 % smaller, y by y^3 * 1e-7.
  setup.cop_polynomial = {0, 0, 0, 0, 0, 0.01, 0, 0, 1e-7, 0, 0, 0};
  const PlateForces plate = must_compute(setup, recorded(channels));
  for (Eigen::Index i = 0; i < p.cop_m.rows(); ++i) {
    const Eigen::Vector3d before =
        p.lab_from_plate.transpose() * (p.cop_m.row(i).transpose() - p.middle_m);
    const Eigen::Vector3d after =
        p.lab_from_plate.transpose() * (plate.cop_m.row(i).transpose() - p.middle_m);
    EXPECT_NEAR(after.x(), 0.99 * before.x(), 1e-9);
    EXPECT_NEAR(after.y(), before.y() - 0.1 * std::pow(before.y(), 3), 1e-9);
  }
}

TEST(PlateForces, SensorsOfUnknownPlaceGiveNoCentreOfPressure) {
  const Planted p = plant(32);
  ForcePlateSetup setup = setup_of(p, 3, 8);
  setup.origin_m.setZero();
  const Eigen::MatrixXd channels = Eigen::MatrixXd::Constant(8, 4, -150.0);
  const PlateForces plate = must_compute(setup, recorded(channels));
  EXPECT_NEAR(mean_vertical_force_n(plate), 600.0, 1e-9);
  EXPECT_LT((plate.cop_m.rowwise() - p.middle_m.transpose()).cwiseAbs().maxCoeff(), tolerance);
  EXPECT_THAT(plate.notes, Contains(HasSubstr("where its sensors are")));
}

TEST(PlateForces, MomentsInTheWrongUnitAreSeenOnThePlate) {
  const Planted p = plant(33);
  Eigen::MatrixXd channels = 1000.0 * in_newton_millimetres(wrenches(p));
  channels.topRows<3>() /= 1000.0;
  EXPECT_THAT(must_compute(setup_of(p, 2, 6), recorded(channels)).notes,
              Contains(HasSubstr("off the plate")));
}

TEST(PlateForces, ChannelsThatAreNotPluggedInAndPlatesThatNobodyIsOnAreSaid) {
  const Planted p = plant(36);
  Eigen::MatrixXd channels = in_newton_millimetres(wrenches(p));
  channels.bottomRows<2>().setConstant(-34.0);
  EXPECT_THAT(must_compute(setup_of(p, 2, 6), recorded(channels)).notes,
              Contains(HasSubstr("2 of its 6 channels never change")));
  channels = 0.02 * in_newton_millimetres(wrenches(p));
  EXPECT_THAT(must_compute(setup_of(p, 2, 6), recorded(channels)).notes,
              ElementsAre(HasSubstr("Nobody is on it")));
  // A program that zeroes its unused plates is no broken cable.
  channels.setZero();
  EXPECT_THAT(must_compute(setup_of(p, 2, 6), recorded(channels)).notes,
              ElementsAre(HasSubstr("Nobody is on it")));
}

TEST(PlateForces, WhatCannotBeComputedIsOneSentence) {
  const Planted p = plant(34);
  const auto analog = recorded(in_newton_millimetres(wrenches(p)));
  const auto sentence = [&](const ForcePlateSetup& setup) {
    const auto result = plate_forces(setup, analog);
    return result ? std::string("was computed") : to_sentence(result.error());
  };
  ForcePlateSetup setup = setup_of(p, 9, 6);
  EXPECT_THAT(sentence(setup), HasSubstr("type, 9, is not one of"));
  setup = setup_of(p, 2, 5);
  EXPECT_THAT(sentence(setup), HasSubstr("channel 6 of 6 is not recorded"));
  setup = setup_of(p, 2, 6);
  setup.channels[2] = 99;
  EXPECT_THAT(sentence(setup), HasSubstr("channel 3 of 6"));
  setup.channels[2] = -1;
  EXPECT_THAT(sentence(setup), HasSubstr("channel 3 of 6"));
  setup = setup_of(p, 2, 6);
  setup.corners_m.setZero();
  EXPECT_THAT(sentence(setup), HasSubstr("do not span a plate"));
  setup.corners_m(1, 2) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(sentence(setup), HasSubstr("do not span a plate"));
  setup = setup_of(p, 4, 6);
  setup.calibration = Eigen::MatrixXd::Ones(8, 5);
  EXPECT_THAT(sentence(setup), HasSubstr("8 by 5, not 6 by 6"));
  setup.calibration = Eigen::MatrixXd::Identity(6, 6);
  setup.calibration(0, 3) = std::numeric_limits<double>::infinity();
  EXPECT_THAT(sentence(setup), HasSubstr("no number"));
}

TEST(RecordedForces, APlateThatCannotBeUsedIsANoteAndTheOthersStay) {
  const Planted p = plant(35);
  Recording recording;
  recording.analog = recorded(in_newton_millimetres(wrenches(p)));
  recording.points.time_s = Eigen::VectorXd::LinSpaced(3, 2.0, 2.1);
  recording.plates = {setup_of(p, 99, 6), setup_of(p, 2, 6)};
  const RecordedForces forces = recorded_forces(recording);
  ASSERT_EQ(forces.plates.size(), 2U);
  EXPECT_EQ(forces.plates[0].force_n.rows(), 0);
  EXPECT_EQ(forces.plates[0].type, 99);
  EXPECT_TRUE(std::isnan(mean_vertical_force_n(forces.plates[0])));
  expect_planted(forces.plates[1], p);
  EXPECT_EQ(forces.plates[1].first_s, 2.0);
  EXPECT_THAT(forces.notes, ElementsAre(HasSubstr("Force plate 1: It cannot be used")));
}

TEST(RecordedForces, ARecordingWithoutPlatesHasNone) {
  const RecordedForces forces = recorded_forces(Recording{});
  EXPECT_THAT(forces.plates, IsEmpty());
  EXPECT_THAT(forces.notes, IsEmpty());
}

}  // namespace
}  // namespace catena
