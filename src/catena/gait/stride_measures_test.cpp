#include "catena/gait/stride_measures.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <numbers>
#include <set>
#include <string>

#include "catena/gait/planted_strides.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

BeltSpeed belt_of(double speed_m_s, double sd_m_s = 0.0, bool by_points = true) {
  BeltSpeed belt;
  belt.speed_m_s = speed_m_s;
  belt.sd_m_s = sd_m_s;
  belt.by_points = by_points;
  return belt;
}

std::vector<StrideValues> measured(const PlantedRunner& runner) {
  const auto [points, strides] = make_planted(runner);
  return measure_strides(strides, points, belt_of(points.belt_speed_m_s));
}

/// All values of all strides are alike.
void expect_same(const std::vector<StrideValues>& a, const std::vector<StrideValues>& b,
                 double tolerance, std::set<StrideMeasure> but = {}) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (int k = 0; k < kMeasureCount; ++k) {
      if (but.contains(static_cast<StrideMeasure>(k))) continue;
      ASSERT_EQ(std::isnan(a[i].value[k]), std::isnan(b[i].value[k])) << kMeasures[k].name;
      if (std::isnan(a[i].value[k])) continue;
      EXPECT_NEAR(a[i].value[k], b[i].value[k], tolerance) << kMeasures[k].name << " stride " << i;
    }
  }
}

TEST(StrideMeasures, TheTableNamesEachMeasureOnce) {
  std::set<std::string> names;
  for (const MeasureInfo& info : kMeasures) names.insert(info.name);
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kMeasureCount));
  EXPECT_STREQ(kMeasures[kContactTime].name, "contact_time");
  EXPECT_STREQ(kMeasures[kOverstride].name, "overstride");
  EXPECT_STREQ(kMeasures[kSpeed].name, "speed");
}

TEST(StrideMeasures, WhatWasPlantedComesBack) {
  const PlantedRunner runner;
  for (const StrideValues& s : measured(runner)) {
    const Side side = s.stride.side;
    const double left_step_s = runner.left_after_right * runner.stride_s;
    const double step_s = side == kLeft ? left_step_s : runner.stride_s - left_step_s;
    const double to_other_s = runner.stride_s - step_s;
    EXPECT_NEAR(s.value[kStrideTime], 0.72, 1e-12);
    EXPECT_NEAR(s.value[kStepTime], step_s, 1e-12);
    EXPECT_NEAR(s.value[kCadence], 120.0 / 0.72, 1e-9);
    EXPECT_NEAR(s.value[kContactTime], runner.contact_s[side], 1e-12);
    EXPECT_NEAR(s.value[kFlightTime], to_other_s - runner.contact_s[side], 1e-12);
    EXPECT_TRUE(std::isnan(s.value[kDoubleSupport]));
    EXPECT_NEAR(s.value[kDutyFactor], runner.contact_s[side] / 0.72, 1e-12);
    EXPECT_NEAR(s.value[kStrideLength], 2.52, 1e-9);
    EXPECT_NEAR(s.value[kStepLength], runner.step_m[side], 1e-9);
    EXPECT_NEAR(s.value[kStepWidth], 0.08, 1e-9);
    // The left step takes 0.49 of the stride, so its range stops short of the top by 0.1 %.
    EXPECT_NEAR(s.value[kVerticalOscillation], 0.08, 2e-4);
    const double right_m = runner.hip_behind_m;
    const double left_m = right_m + runner.step_m[kLeft] - runner.speed_m_s() * left_step_s;
    EXPECT_NEAR(s.value[kOverstride], side == kRight ? right_m : left_m, 1e-3);
    EXPECT_NEAR(s.value[kSpeed], 3.5, 1e-9);
  }
}

TEST(StrideMeasures, TreadmillAndGroundGiveTheSame) {
  PlantedRunner ground;
  ground.treadmill = false;
  expect_same(measured({}), measured(ground), 1e-9);
}

TEST(StrideMeasures, ARunnerWhoDriftsOnTheBeltRunsFasterThanIt) {
  PlantedRunner drifting;
  drifting.drift_m_s = 0.05;
  expect_same(measured({}), measured(drifting), 1e-9);
}

TEST(StrideMeasures, TheClockPlaysNoPart) {
  PlantedRunner later;
  later.first_s = 1234.567;
  expect_same(measured({}), measured(later), 1e-7);
}

TEST(StrideMeasures, AnotherUnitOfLengthScalesDistancesOnly) {
  auto [points, strides] = make_planted({});
  const auto in_metres = measure_strides(strides, points, belt_of(3.5));
  for (const Side side : kSides) {
    points.heel_m[side] *= 2.0;
    points.toe_m[side] *= 2.0;
    points.hip_m[side] *= 2.0;
  }
  points.pelvis_m *= 2.0;
  auto doubled = measure_strides(strides, points, belt_of(7.0));
  for (StrideValues& s : doubled) {
    for (int k = 0; k < kMeasureCount; ++k) {
      if (kMeasures[k].is_distance) s.value[k] /= 2.0;
    }
  }
  expect_same(in_metres, doubled, 1e-9);
}

TEST(StrideMeasures, TheMirrorExchangesTheSides) {
  auto [points, strides] = make_planted({});
  const auto plain = measure_strides(strides, points, belt_of(3.5));
  const auto mirror = [](Eigen::MatrixX3d& path) { path.col(2) *= -1.0; };
  std::swap(points.heel_m[0], points.heel_m[1]);
  std::swap(points.toe_m[0], points.toe_m[1]);
  std::swap(points.hip_m[0], points.hip_m[1]);
  for (const Side side : kSides) {
    mirror(points.heel_m[side]);
    mirror(points.toe_m[side]);
    mirror(points.hip_m[side]);
  }
  mirror(points.pelvis_m);
  for (Stride& s : strides.strides) s.side = s.side == kRight ? kLeft : kRight;
  expect_same(plain, measure_strides(strides, points, belt_of(3.5)), 1e-12);
}

TEST(StrideMeasures, APelvisThatListsDoesNotBounceMoreOnOneFoot) {
  auto [points, strides] = make_planted({});
  const auto even = measure_strides(strides, points, belt_of(3.5));
  const double start_s = strides.strides[0].from_s;
  // Five degrees of list once a stride; the marker that stands for the pelvis is not in its middle.
  for (Eigen::Index i = 0; i < points.time_s.size(); ++i) {
    const double list = 0.087 * std::sin(2.0 * std::numbers::pi * (points.time_s[i] - start_s) /
                                         PlantedRunner{}.stride_s);
    points.hip_m[kRight](i, 1) += 0.09 * list;
    points.hip_m[kLeft](i, 1) -= 0.09 * list;
    points.pelvis_m(i, 1) += 0.08 * list;
  }
  expect_same(even, measure_strides(strides, points, belt_of(3.5)), 1e-9);
}

TEST(StrideMeasures, AFrameThatLiesThreeDegreesOffChangesNeitherWidthNorSteps) {
  PlantedRunner runner;
  runner.treadmill = false;
  auto [points, strides] = make_planted(runner);
  const auto straight = measure_strides(strides, points, {});
  const Eigen::Matrix3d turn =
      Eigen::AngleAxisd(0.052, Eigen::Vector3d::UnitY()).toRotationMatrix();
  const auto rotate = [&](Eigen::MatrixX3d& path) { path = (path * turn.transpose()).eval(); };
  for (const Side side : kSides) {
    rotate(points.heel_m[side]);
    rotate(points.toe_m[side]);
    rotate(points.hip_m[side]);
  }
  rotate(points.pelvis_m);
  // Speed and overstride are read along x: cos(3 deg), and 3 deg of the hip's half width.
  expect_same(straight, measure_strides(strides, points, {}), 1e-9, {kSpeed, kOverstride});
}

TEST(StrideMeasures, AThirtiethOfASecondIsEnoughForPlacesAndBounce) {
  PlantedRunner slow_camera;
  slow_camera.rate_hz = 30.0;
  // The heel's turn at contact is what a slow camera does not see.
  expect_same(measured({}), measured(slow_camera), 1e-3, {kOverstride});
}

TEST(StrideMeasures, WalkingHasDoubleSupportAndNoFlight) {
  PlantedRunner walker;
  walker.stride_s = 1.1;
  walker.contact_s = {0.68, 0.66};
  walker.step_m = {0.70, 0.72};
  walker.gait = Gait::kWalking;
  for (const StrideValues& s : measured(walker)) {
    EXPECT_TRUE(std::isnan(s.value[kFlightTime]));
    // Two contacts in a stride leave as much beyond it as both feet stand together.
    EXPECT_NEAR(s.value[kDoubleSupport], 0.68 + 0.66 - 1.1, 1e-9);
    EXPECT_NEAR(s.value[kDutyFactor], walker.contact_s[s.stride.side] / 1.1, 1e-9);
  }
}

TEST(StrideMeasures, WhatIsLostIsLostOnlyWhereItIsNeeded) {
  auto [points, strides] = make_planted({});
  const Stride& third = strides.strides[4];
  ASSERT_EQ(third.side, kRight);
  for (Eigen::Index i = 0; i < points.time_s.size(); ++i) {
    const double part = (points.time_s[i] - third.from_s) / 0.26;
    if (part > -0.1 && part < 0.45) points.toe_m[kRight].row(i).setConstant(kNaN);
  }
  const auto values = measure_strides(strides, points, belt_of(3.5));
  for (std::size_t i = 0; i < values.size(); ++i) {
    // This contact begins right stride 4 and ends right stride 2; the left stride between them,
    // which begins at 3, goes past it.
    const bool needs_it = i >= 2 && i <= 4;
    EXPECT_EQ(std::isnan(values[i].value[kStepLength]), needs_it) << i;
    EXPECT_FALSE(std::isnan(values[i].value[kContactTime]));
    EXPECT_FALSE(std::isnan(values[i].value[kSpeed]));
  }
}

TEST(StrideMeasures, TheLastContactsLandingIsEnoughForLengths) {
  PlantedRunner runner;
  runner.treadmill = false;
  auto [points, strides] = make_planted(runner);
  const auto n = static_cast<Eigen::Index>((strides.strides.back().to_s + 0.02) * 150.0);
  for (const Side side : kSides) {
    points.heel_m[side].conservativeResize(n, 3);
    points.toe_m[side].conservativeResize(n, 3);
    points.hip_m[side].conservativeResize(n, 3);
  }
  points.pelvis_m.conservativeResize(n, 3);
  points.time_s.conservativeResize(n);
  expect_same(measured(runner), measure_strides(strides, points, {}), 1e-3);
}

TEST(StrideMeasures, OfOneSideSeenThereIsNoWidthButAllElse) {
  auto [points, strides] = make_planted({});
  const auto in_space = measure_strides(strides, points, belt_of(3.5));
  points.is_planar = true;
  for (const Side side : kSides) {
    points.heel_m[side].col(2).setConstant(kNaN);
    points.toe_m[side].col(2).setConstant(kNaN);
    points.hip_m[side].col(2).setConstant(kNaN);
  }
  points.pelvis_m.col(2).setConstant(kNaN);
  const auto in_plane = measure_strides(strides, points, belt_of(3.5));
  expect_same(in_space, in_plane, 1e-9, {kStepWidth});
  for (const StrideValues& s : in_plane) EXPECT_TRUE(std::isnan(s.value[kStepWidth]));
}

TEST(StrideMeasures, AnEventsErrorGoesWhereItCounts) {
  PlantedRunner runner;
  runner.event_sd_s = 0.004;
  for (const StrideValues& s : measured(runner)) {
    EXPECT_EQ(s.side_sd[kStrideTime], 0.0);  // the same at both contacts
    EXPECT_NEAR(s.side_sd[kContactTime], 0.004 * std::sqrt(2.0), 1e-12);
    EXPECT_NEAR(s.side_sd[kDutyFactor], 0.004 * std::sqrt(2.0) / 0.72, 1e-12);
    // The heel stands on the belt while the hip goes on at 3.5 m/s.
    EXPECT_NEAR(s.side_sd[kOverstride], 3.5 * 0.004, 2e-3);
  }
}

TEST(StrideMeasures, TheBeltsErrorGrowsWithTimeAndTheScalesWithLength) {
  auto [points, strides] = make_planted({});
  const auto of_belt = measure_strides(strides, points, belt_of(3.5, 0.1));
  EXPECT_NEAR(of_belt[0].common_sd[kStrideLength], 0.1 * 0.72, 1e-12);
  EXPECT_NEAR(of_belt[0].common_sd[kSpeed], 0.1, 1e-12);
  points.length_sd = 0.05;
  const auto of_scale = measure_strides(strides, points, belt_of(3.5));
  EXPECT_NEAR(of_scale[0].common_sd[kStrideLength], 0.05 * 2.52, 1e-9);
  EXPECT_NEAR(of_scale[0].common_sd[kVerticalOscillation], 0.05 * 0.08, 1e-4);
  // A belt of known speed gives lengths that hardly rest on the picture.
  const auto said = measure_strides(strides, points, belt_of(3.5, 0.0, false));
  EXPECT_LT(said[0].common_sd[kStrideLength], 1e-6);
}

TEST(StrideMeasures, TheFeetShowTheBeltsSpeed) {
  for (const double drift_m_s : {0.0, 0.04}) {
    PlantedRunner runner;
    runner.drift_m_s = drift_m_s;
    const auto [points, strides] = make_planted(runner);
    const BeltSpeed belt = belt_speed_of_feet(strides, points);
    EXPECT_NEAR(belt.speed_m_s, 3.5 - drift_m_s, 1e-9);
    EXPECT_GT(belt.sd_m_s, 0.0);
  }
  EXPECT_TRUE(std::isnan(belt_speed_of_feet({}, make_planted({}).first).speed_m_s));
}

TEST(StrideMeasures, OnARampEachStrideHasItsOwnSpeed) {
  // Feet of a runner on a belt that quickens: places as over the ground, less the belt's way.
  PlantedRunner runner;
  runner.treadmill = false;
  runner.n_strides = 40;
  auto [points, strides] = make_planted(runner);
  const auto on_ground = measure_strides(strides, points, {});
  BeltSpeed ramp;
  ramp.speed_m_s = 3.5;
  ramp.rise_m_s2 = 0.05;
  ramp.at_s = 10.0;
  for (Eigen::Index i = 0; i < points.time_s.size(); ++i) {
    const double way_m = ramp.way_m(points.time_s[i]);
    for (const Side side : kSides) {
      for (auto* paths : {&points.heel_m, &points.toe_m, &points.hip_m}) {
        (*paths)[side](i, 0) -= way_m;
      }
    }
    points.pelvis_m(i, 0) -= way_m;
  }
  expect_same(on_ground, measure_strides(strides, points, ramp), 1e-9);
  const BeltSpeed seen = belt_speed_of_feet(strides, points);
  EXPECT_NEAR(seen.rise_m_s2, 0.05, 1e-6);
  EXPECT_NEAR(seen.speed_m_s + seen.rise_m_s2 * (10.0 - seen.at_s), 3.5, 0.01);
  // Read at the middle of a contact's slope, 0.1 s after the contact.
  expect_same(on_ground, measure_strides(strides, points, seen), 0.01);
}

}  // namespace
}  // namespace catena
