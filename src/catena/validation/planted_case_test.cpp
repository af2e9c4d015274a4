#include "catena/validation/planted_case.h"

#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/units.h"

namespace catena {
namespace {

constexpr ExamErrors kErrors = {.flat_back_rad = 10.0 * kRadPerDeg,
                                .zero_sd_rad = 7.0 * kRadPerDeg,
                                .recorded_sd_rad = 2.5 * kRadPerDeg,
                                .held_sem_rad = 2.5 * kRadPerDeg,
                                .free_sem_rad = 7.4 * kRadPerDeg};
constexpr double kSmallest_rad = 2.2 * kRadPerDeg;

CasePlan five_speeds(double inside_deg, PlantedExam exam = PlantedExam::kNone) {
  CasePlan plan;
  plan.cell.n_demands = 5;
  plan.cell.stop = {.inside_deg = inside_deg, .right_only = true};
  plan.exam = exam;
  return plan;
}

TEST(PlantedCase, ThePatternIsThereWhenAFreedHipWouldShow) {
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    const PlantedCase free = plant_case(five_speeds(0.0), kErrors, seed);
    EXPECT_FALSE(has_pattern(free, kSmallest_rad));
    const PlantedCase stopped = plant_case(five_speeds(7.0), kErrors, seed);
    EXPECT_EQ(has_pattern(stopped, kSmallest_rad),
              stopped.session.hips[0].relief_rad >= kSmallest_rad);
    EXPECT_GT(stopped.session.hips[0].relief_rad * kDegPerRad, 0.2 * 7.0 - 1e-9);
    EXPECT_EQ(stopped.session.hips[1].relief_rad, 0.0);
  }
}

TEST(PlantedCase, SidesCanBeExchangedWhole) {
  CasePlan plan = five_speeds(6.0, PlantedExam::kRecorded);
  const PlantedCase right = plant_case(plan, kErrors, 3);
  plan.left_for_right = true;
  const PlantedCase left = plant_case(plan, kErrors, 3);
  EXPECT_EQ(left.session.hips[0].relief_rad, 0.0);
  EXPECT_EQ(left.session.hips[1].relief_rad, right.session.hips[0].relief_rad);
  EXPECT_EQ(left.capacity_rad[1], right.capacity_rad[0]);
  EXPECT_NEAR(left.run.legs[1].take_up.hip.estimate.value,
              right.run.legs[0].take_up.hip.estimate.value, 1e-9);
}

TEST(PlantedCase, ARecordedPositionIsReadOnTheRunsZeroAndAThomasTestIsNot) {
  double recorded = 0.0;
  double read = 0.0;
  double zeros = 0.0;  // what both sides' readings have in common
  constexpr int kCases = 150;
  TakeUpOptions few;  // nothing here is of the draws
  few.n_draws = 100;
  for (std::uint64_t seed = 0; seed < kCases; ++seed) {
    const PlantedCase planted =
        plant_case(five_speeds(4.0, PlantedExam::kRecorded), kErrors, seed, few);
    ASSERT_EQ(planted.recorded.size(), 2u);
    const double off =
        planted.recorded[0].hip_extension_rad.value - planted.session.hips[0].stop_hip_rad;
    // A back held flat makes them read ten degrees less.
    const auto off_the_mean = [&](std::size_t side) {
      return planted.exam->values[side].value + kErrors.flat_back_rad -
             planted.capacity_rad.at(side);
    };
    const double right = off_the_mean(0);
    const double left = off_the_mean(1);
    recorded += off * off / kCases;
    read += right * right / kCases;
    zeros += right * left / kCases;
  }
  // Standard errors of an SD over 150: 6 %.
  EXPECT_NEAR(std::sqrt(recorded) * kDegPerRad, 2.5, 0.4);
  EXPECT_NEAR(std::sqrt(read) * kDegPerRad, std::hypot(7.0, 2.5), 1.2);
  EXPECT_NEAR(std::sqrt(zeros) * kDegPerRad, 7.0, 1.2);
}

TEST(PlantedCase, TheFindingsAreThoseOfTheRecording) {
  CasePlan plan = five_speeds(0.0, PlantedExam::kPelvisFree);
  const PlantedCase planted = plant_case(plan, kErrors, 4);
  EXPECT_TRUE(planted.run.has_run && planted.run.has_thorax);
  EXPECT_EQ(planted.run.n_demands, 5);
  EXPECT_EQ(planted.exam->values[0].sem, kErrors.free_sem_rad);
  EXPECT_EQ(planted.exam->values[0].pelvis_controlled, false);
  EXPECT_TRUE(planted.recorded.empty());
  const LegFindings& leg = planted.run.legs[0];
  EXPECT_NEAR(leg.hip_use_rad.value, leg.take_up.points.back().parts_rad[0], 1e-12);
  EXPECT_EQ(leg.take_up.freed.low_back_rad.size(), TakeUpOptions().n_draws);

  plan.has_thorax = false;
  const PlantedCase without = plant_case(plan, kErrors, 4);
  EXPECT_FALSE(without.run.has_thorax);
  EXPECT_TRUE(std::isnan(without.run.legs[0].low_back_use_rad.value));
  EXPECT_NEAR(without.run.legs[0].hip_use_rad.value, leg.hip_use_rad.value, 1e-12);
}

TEST(PlantedCase, ARampCanBeRunAsWell) {
  CasePlan plan = five_speeds(4.0);
  plan.ramp_as_well = true;
  const PlantedCase planted = plant_case(plan, kErrors, 4);
  EXPECT_EQ(planted.run.n_demands, 6);
  EXPECT_TRUE(planted.session.demands[1].back().is_ramp);
  // Of the same runner: the same posture at the slowest speed, but for departure and scatter.
  const Eigen::MatrixXd& ramp = planted.session.demands[0].back().parts_rad;
  const Eigen::RowVector3d slow = planted.session.curve_rad[0].row(0);
  EXPECT_LT((ramp.topRows(10).colwise().mean() - slow).norm() * kDegPerRad, 2.0);
}

TEST(PlantedCase, FiveSpeedsAfterThreeAddTwoDemandsAndStridesToTheOthers) {
  CasePlan plan = five_speeds(4.0);
  plan.cell.n_demands = 3;
  const PlantedCase three = plant_case(plan, kErrors, 4);
  plan.five_speeds_as_well = true;
  const PlantedCase both = plant_case(plan, kErrors, 4);
  EXPECT_EQ(both.run.n_demands, 5);
  EXPECT_GE(both.session.demands[0][1].parts_rad.rows(),
            three.session.demands[0][1].parts_rad.rows() + plan.cell.min_strides);
  // Other strides, about the same place: the middle one of five speeds is that of three.
  const Eigen::MatrixXd& strides = both.session.demands[0][1].parts_rad;
  EXPECT_GT((strides.row(0) - strides.row(three.session.demands[0][1].parts_rad.rows())).norm(),
            1e-6);
  EXPECT_LT((strides.colwise().mean() - three.session.curve_rad[0].row(1)).norm() * kDegPerRad,
            2.0);
}

TEST(PlantedCase, UndecidableIsWhatLiesWithinTheErrorOfTheFarthestDemand) {
  CasePlan plan = five_speeds(6.0);
  plan.cell.artefact = false;
  PlantedCase planted = plant_case(plan, kErrors, 5);
  // Without departures and skin only the strides' scatter is left: 0.3 deg SD.
  planted.session.hips[0].relief_rad = kSmallest_rad + 0.6 * kRadPerDeg;
  EXPECT_FALSE(is_undecidable(planted, kSmallest_rad));
  planted.session.hips[0].relief_rad = kSmallest_rad + 0.4 * kRadPerDeg;
  EXPECT_TRUE(is_undecidable(planted, kSmallest_rad));
  planted.session.hips[0].relief_rad = kSmallest_rad - 0.6 * kRadPerDeg;
  EXPECT_FALSE(is_undecidable(planted, kSmallest_rad));
  planted.plan.cell.back_deviation_deg = 2.0;
  EXPECT_TRUE(is_undecidable(planted, kSmallest_rad));
  planted.plan.cell = plan.cell;
  planted.plan.cell.n_demands = 2;
  EXPECT_TRUE(is_undecidable(planted, kSmallest_rad));
}

TEST(PlantedCase, PlansComeAsOftenAsTheySay) {
  constexpr int kPlans = 4000;
  double no_stop = 0.0;
  double one = 0.0;
  double no_exam = 0.0;
  double no_thorax = 0.0;
  double squares = 0.0;
  for (std::uint64_t i = 0; i < kPlans; ++i) {
    const CasePlan plan = draw_case_plan(false, RandomStream(1).child("plan", i));
    no_stop += plan.cell.stop.inside_deg == 0.0;
    one += plan.cell.stop.inside_deg > 0.0 && plan.cell.stop.right_only;
    no_exam += plan.exam == PlantedExam::kNone;
    no_thorax += !plan.has_thorax;
    squares += plan.cell.hip_deviation_deg * plan.cell.hip_deviation_deg;
    EXPECT_LE(plan.cell.stop.inside_deg, 0.6 * plan.cell.thigh_spread_deg);
  }
  // Standard errors below 0.8 %.
  EXPECT_NEAR(no_stop / kPlans, 0.60, 0.03);
  EXPECT_NEAR(one / kPlans, 0.25, 0.03);
  EXPECT_NEAR(no_exam / kPlans, 0.30, 0.03);
  EXPECT_NEAR(no_thorax / kPlans, 0.15, 0.03);
  EXPECT_NEAR(std::sqrt(squares / kPlans), 0.8, 0.04);
}

}  // namespace
}  // namespace catena
