#include "catena/recording/plate_forces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "catena/recording/planted_plate.h"

namespace catena {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

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
  EXPECT_THAT(plate.notes, Contains("1 sample is no number."));
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

// Whatever a file says of its plates, each sample has a place, and force and moment are numbers
// where the channels are.
TEST(PlateForces, AnyDescriptionEndsInForcesOrOneSentence) {
  std::mt19937 random(7);
  const auto one_of = [&](std::initializer_list<double> values) {
    return values.begin()[random() % values.size()];
  };
  const auto number = [&] {
    return one_of({0.0, 1.0, -0.3, 0.04, 500.0, -1e-30, 1e12, -1e30, nan_value, 1e300});
  };
  int n_computed = 0;
  for (int round = 0; round < 3000; ++round) {
    ForcePlateSetup setup = setup_of(plant(static_cast<unsigned>(round), 1), 0, 12);
    setup.type = static_cast<int>(one_of({1, 2, 3, 4, 5, 6, 7, 11, 12, 21, 0, -4, 99}));
    for (double& c : setup.corners_m.reshaped()) {
      if (random() % 40 == 0) c = number();
    }
    for (double& c : setup.origin_m) c = random() % 2 == 0 ? number() : c;
    if (random() % 2 == 0) {
      setup.calibration.resize(static_cast<Eigen::Index>(random() % 14),
                               static_cast<Eigen::Index>(random() % 14));
      for (double& c : setup.calibration.reshaped()) c = number();
    }
    if (random() % 3 == 0) setup.channels.resize(random() % 13);
    if (random() % 3 == 0) setup.channels.assign(12, static_cast<int>(random() % 20) - 3);
    setup.zero_from = static_cast<Eigen::Index>(random() % 9) - 2;
    setup.zero_to = static_cast<Eigen::Index>(random() % 9) - 2;
    if (random() % 2 == 0) setup.cop_polynomial.assign(random() % 14, number());
    Eigen::MatrixXd channels(12, static_cast<Eigen::Index>(random() % 6));
    for (double& c : channels.reshaped()) c = number();
    PlateOptions options;
    options.subtract_baseline = random() % 2 == 0;
    if (random() % 2 == 0) options.body_m = Eigen::Vector3d(number(), number(), number());
    const AnalogRecording analog = recorded(channels, {"V", "N", "", "mm", "Nm"});
    const auto plate = plate_forces(setup, analog, options);
    if (!plate) {
      EXPECT_FALSE(plate.error().what.empty());
      continue;
    }
    ++n_computed;
    ASSERT_EQ(plate->force_n.rows(), channels.cols());
    EXPECT_FALSE(plate->cop_m.hasNaN());
    EXPECT_FALSE(plate->free_moment_nm.hasNaN());
    EXPECT_NEAR(plate->up.norm(), 1.0, 1e-9);
  }
  EXPECT_GT(n_computed, 500);
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

TEST(RecordedForces, MorePlatesThanChannelsAreNotBelieved) {
  const Planted p = plant(37);
  Recording recording;
  recording.analog = recorded(in_newton_millimetres(wrenches(p)));  // 8 channels
  recording.plates.assign(60000, setup_of(p, 2, 6));
  const RecordedForces forces = recorded_forces(recording);
  ASSERT_EQ(forces.plates.size(), 60000U);
  EXPECT_GT(forces.plates[7].force_n.rows(), 0);
  EXPECT_EQ(forces.plates[8].force_n.rows(), 0);
  EXPECT_EQ(forces.plates[59999].type, 2);
  EXPECT_THAT(forces.notes, ElementsAre("There are more force plates (60000) than channels (8)."));
}

TEST(RecordedForces, ARecordingWithoutPlatesHasNone) {
  const RecordedForces forces = recorded_forces(Recording{});
  EXPECT_THAT(forces.plates, IsEmpty());
  EXPECT_THAT(forces.notes, IsEmpty());
}

}  // namespace
}  // namespace catena
