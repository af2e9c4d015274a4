#include "catena/gait/plate_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "catena/core/test_data.h"
#include "catena/recording/read_recording.h"
#include "catena/trajectories/from_recording.h"
#include "catena/trajectories/identify_labels.h"

namespace catena {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr double rate_hz = 1000.0, step_s = 0.36, stance_s = 0.24, first_s = 0.1, peak_n = 1700.0;

// A belt on which feet press with half a sine, right and left in turn; the right foot at z 0.1.
struct Belt {
  PlateForces plate;
  Trajectories points;
  BodyPoints body;
};

Belt belt(double duration_s, double noise_n = 0.0) {
  Belt out;
  const auto n = static_cast<Eigen::Index>(duration_s * rate_hz);
  PlateForces& plate = out.plate;
  plate.rate_hz = rate_hz;
  plate.corners_m << 1, 1, -1, -1, 0, 0, 0, 0, -0.3, 0.3, 0.3, -0.3;
  plate.up = Eigen::Vector3d::UnitY();
  plate.force_n.setZero(n, 3);
  plate.cop_m.setZero(n, 3);
  plate.free_moment_nm.setZero(n, 3);
  out.points.rate_hz = rate_hz;
  out.points.labels = {"R", "L"};
  out.points.time_s = Eigen::VectorXd::LinSpaced(n, 0.0, static_cast<double>(n - 1) / rate_hz);
  out.points.points_m.setZero(n, 6);
  out.body.feet = {{{0}, {1}}};
  for (Eigen::Index i = 0; i < n; ++i) {
    const double t = static_cast<double>(i) / rate_hz;
    const auto step = static_cast<int>(std::floor((t - first_s) / step_s));
    const double since_s = t - first_s - step * step_s;
    out.points.points_m.row(i) << 0.0, 0.03, 0.1, 0.0, 0.03, -0.1;
    plate.force_n(i, 1) = noise_n * std::sin(2.5 * static_cast<double>(i));
    if (step < 0 || since_s >= stance_s) continue;
    plate.force_n(i, 1) += peak_n * std::sin(std::numbers::pi * since_s / stance_s);
    plate.cop_m(i, 2) = step % 2 == 0 ? 0.1 : -0.1;
  }
  return out;
}

GaitEvents must_find(const Belt& on, const PlateEventOptions& options = {}) {
  const auto found = plate_events({on.plate}, on.points, on.body, options);
  EXPECT_TRUE(found) << (found ? "" : to_sentence(found.error()));
  return found ? *found : GaitEvents{};
}

TEST(PlateEvents, AreWhereTheForcePassesTheThreshold) {
  PlateEventOptions options;
  options.cutoff_hz = rate_hz;  // as measured
  const GaitEvents found = must_find(belt(2.1), options);
  ASSERT_EQ(found.events.size(), 11U);  // the last stance is cut off
  // 20 N of half a sine, by hand.
  const double after_s = stance_s / std::numbers::pi * std::asin(20.0 / peak_n);
  for (std::size_t k = 0; k < found.events.size(); ++k) {
    const GaitEvent& event = found.events[k];
    const double step_from_s = first_s + step_s * static_cast<double>(k / 2);
    EXPECT_EQ(event.side, k / 2 % 2 == 0 ? kRight : kLeft);
    EXPECT_EQ(event.kind, k % 2 == 0 ? GaitEventKind::kContact : GaitEventKind::kToeOff);
    const double at_s = k % 2 == 0 ? step_from_s + after_s : step_from_s + stance_s - after_s;
    EXPECT_NEAR(event.time_s, at_s, 2e-5);
    EXPECT_EQ(event.source, "force plate");
  }
}

TEST(PlateEvents, AreTheSameWithinTwoMillisecondsOnAShakingBelt) {
  const GaitEvents quiet = must_find(belt(3.0)), shaking = must_find(belt(3.0, 40.0));
  ASSERT_EQ(quiet.events.size(), shaking.events.size());
  for (std::size_t k = 0; k < quiet.events.size(); ++k) {
    EXPECT_NEAR(shaking.events[k].time_s, quiet.events[k].time_s, 0.002);
  }
}

TEST(PlateEvents, WhatBeginsBeforeTheRecordingHasNoContact) {
  Belt on = belt(1.5);
  const Eigen::Index cut = 200;  // within the first stance
  on.plate.force_n = on.plate.force_n.bottomRows(on.plate.force_n.rows() - cut).eval();
  on.plate.cop_m = on.plate.cop_m.bottomRows(on.plate.cop_m.rows() - cut).eval();
  on.plate.free_moment_nm =
      on.plate.free_moment_nm.bottomRows(on.plate.free_moment_nm.rows() - cut).eval();
  on.plate.first_s = 0.2;
  const GaitEvents found = must_find(on);
  ASSERT_FALSE(found.events.empty());
  EXPECT_EQ(found.events[0].kind, GaitEventKind::kToeOff);
  EXPECT_NEAR(found.events[0].time_s, first_s + stance_s, 0.01);
  ASSERT_FALSE(found.notes.empty());
  EXPECT_THAT(found.notes.back(), HasSubstr("outside the recording"));
}

TEST(PlateEvents, NobodyOnThePlateIsNoEvent) {
  Belt on = belt(1.0);
  on.plate.force_n.setZero();
  EXPECT_THAT(must_find(on).events, IsEmpty());
  on.plate.force_n.resize(0, 3);
  const auto found = plate_events({on.plate}, on.points, on.body);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::kMissingData);
}

TEST(PlateEvents, OfARunOverTheGroundAreOneStance) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto recording = read_recording(data / "qualisys" / "Running_0002.c3d");
  ASSERT_TRUE(recording) << to_sentence(recording.error());
  const BodyPoints body = body_points(identify_labels(recording->points.labels));
  const auto frame = find_ground_frame(*recording, body);
  ASSERT_TRUE(frame);
  const auto points = make_trajectories(recording->points, {.ground = *frame});
  ASSERT_TRUE(points);
  const RecordedForces forces = turned(recorded_forces(*recording), frame->ground_from_lab);
  const auto found = plate_events(forces.plates, *points, body);
  ASSERT_TRUE(found) << to_sentence(found.error());
  ASSERT_THAT(found->events, SizeIs(2));
  EXPECT_EQ(found->events[0].kind, GaitEventKind::kContact);
  EXPECT_EQ(found->events[0].side, found->events[1].side);
  EXPECT_NEAR(found->events[1].time_s - found->events[0].time_s, 0.28, 0.04);
}

}  // namespace
}  // namespace catena
