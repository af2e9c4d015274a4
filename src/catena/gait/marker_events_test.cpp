#include "catena/gait/marker_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "catena/gait/planted_strides.h"
#include "catena/gait/strides.h"
#include "catena/math/random_stream.h"

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Every event of a kind of one foot.
std::vector<double> times_of(const GaitEvents& events, Side side, GaitEventKind kind) {
  std::vector<double> times_s;
  for (const GaitEvent& event : events.events) {
    if (event.side == side && event.kind == kind) times_s.push_back(event.time_s);
  }
  return times_s;
}

// The feet of the planted runner stop without an impact and roll over nothing, and its pelvis falls
// fastest late: the times are his only roughly, their number and order are.
void expect_planted(const GaitEvents& events, const GaitStrides& planted, double within_s) {
  for (const Side side : kSides) {
    const auto contacts_s = times_of(events, side, GaitEventKind::kContact);
    const auto toe_offs_s = times_of(events, side, GaitEventKind::kToeOff);
    for (const Stride& stride : planted.strides) {
      if (stride.side != side) continue;
      const auto near = [&](const std::vector<double>& found_s, double at_s) {
        return std::count_if(found_s.begin(), found_s.end(),
                             [&](double found) { return std::abs(found - at_s) < within_s; });
      };
      EXPECT_EQ(near(contacts_s, stride.from_s), 1) << kSideNames.at(side) << stride.from_s;
      EXPECT_EQ(near(toe_offs_s, stride.toe_off_s), 1) << kSideNames.at(side) << stride.toe_off_s;
    }
    // Two more strides are seen at the most than are planted whole.
    const auto n = std::count_if(planted.strides.begin(), planted.strides.end(),
                                 [&](const Stride& s) { return s.side == side; });
    EXPECT_LE(static_cast<std::ptrdiff_t>(contacts_s.size()), n + 3);
    for (std::size_t k = 1; k < contacts_s.size(); ++k) {
      EXPECT_GT(contacts_s[k] - contacts_s[k - 1], 0.5) << "doubled";
    }
  }
}

TEST(MarkerEvents, AreOneContactAndOneToeOffAStride) {
  const auto [points, planted] = make_planted({});
  expect_planted(marker_events(points), planted, 0.04);
}

TEST(MarkerEvents, AreFoundOverTheGroundAsWell) {
  PlantedRunner runner;
  runner.treadmill = false;
  const auto [points, planted] = make_planted(runner);
  expect_planted(marker_events(points), planted, 0.04);
}

TEST(MarkerEvents, NeedNoSpeedOfTheBelt) {
  auto [points, planted] = make_planted({});
  const GaitEvents known = marker_events(points);
  points.belt_speed_m_s = nan;
  const GaitEvents unknown = marker_events(points);
  ASSERT_EQ(known.events.size(), unknown.events.size());
  for (std::size_t k = 0; k < known.events.size(); ++k) {
    EXPECT_DOUBLE_EQ(known.events[k].time_s, unknown.events[k].time_s);
  }
}

TEST(MarkerEvents, OfAMirroredRunnerAreTheOtherFoots) {
  auto [points, planted] = make_planted({});
  const GaitEvents found = marker_events(points);
  std::swap(points.heel_m[0], points.heel_m[1]);
  std::swap(points.toe_m[0], points.toe_m[1]);
  const GaitEvents mirrored = marker_events(points);
  for (const auto kind : {GaitEventKind::kContact, GaitEventKind::kToeOff}) {
    EXPECT_EQ(times_of(found, kRight, kind), times_of(mirrored, kLeft, kind));
    EXPECT_EQ(times_of(found, kLeft, kind), times_of(mirrored, kRight, kind));
  }
}

TEST(MarkerEvents, ComeLaterWhenTheClockDoes) {
  PlantedRunner runner;
  const auto [points, planted] = make_planted(runner);
  runner.first_s = 17.3;
  const auto [late, late_planted] = make_planted(runner);
  const GaitEvents found = marker_events(points), found_late = marker_events(late);
  ASSERT_EQ(found.events.size(), found_late.events.size());
  for (std::size_t k = 0; k < found.events.size(); ++k) {
    EXPECT_NEAR(found_late.events[k].time_s - found.events[k].time_s, 17.3, 1e-6);
  }
}

TEST(MarkerEvents, HoldFrom30To500Hz) {
  for (const double rate_hz : {30.0, 50.0, 120.0, 250.0, 500.0}) {
    SCOPED_TRACE(rate_hz);
    PlantedRunner runner;
    runner.rate_hz = rate_hz;
    const auto [points, planted] = make_planted(runner);
    expect_planted(marker_events(points), planted, 0.06);
  }
}

TEST(MarkerEvents, AreLessSureAtALowRate) {
  double sd_before_s = 0.0;
  for (const double rate_hz : {250.0, 30.0}) {
    PlantedRunner runner;
    runner.rate_hz = rate_hz;
    const GaitEvents found = marker_events(make_planted(runner).first);
    double sum_s = 0.0;
    for (const GaitEvent& event : found.events) sum_s += event.sd_s;
    const double sd_s = sum_s / static_cast<double>(found.events.size());
    EXPECT_GT(sd_s, sd_before_s) << rate_hz;
    sd_before_s = sd_s;
  }
}

TEST(MarkerEvents, OfAWalkerAreToldAsThose) {
  PlantedRunner walker;
  walker.stride_s = 1.1;
  walker.contact_s = {0.68, 0.68};
  walker.step_m = {0.65, 0.65};
  walker.bounce_m = 0.04;
  const auto [points, planted] = make_planted(walker);
  const GaitEvents found = marker_events(points);
  expect_planted(found, planted, 0.07);
  const GaitStrides strides = strides_of(found, points.time_s(0), 20.0);
  ASSERT_GE(strides.strides.size(), 22U);
  for (const Stride& stride : strides.strides) EXPECT_EQ(stride.gait, Gait::kWalking);
}

// A walker, a second in which nothing is seen, and a runner on a belt that has become faster.
TEST(MarkerEvents, AChangeFromWalkingToRunningIsTold) {
  PlantedRunner walker;
  walker.stride_s = 1.1;
  walker.contact_s = {0.68, 0.68};
  walker.step_m = {0.65, 0.65};
  const auto [before, planted_walk] = make_planted(walker);
  const auto [after, planted_run] = make_planted({});
  const Eigen::Index n_lost = 150;
  const auto join = [&](const Eigen::MatrixX3d& first, const Eigen::MatrixX3d& second) {
    Eigen::MatrixX3d both(first.rows() + n_lost + second.rows(), 3);
    both << first, Eigen::MatrixX3d::Constant(n_lost, 3, nan), second;
    return both;
  };
  GaitPoints points = before;
  for (const Side side : kSides) {
    points.heel_m[side] = join(before.heel_m[side], after.heel_m[side]);
    points.toe_m[side] = join(before.toe_m[side], after.toe_m[side]);
  }
  points.pelvis_m = join(before.pelvis_m, after.pelvis_m);
  const Eigen::Index n = points.pelvis_m.rows();
  const double last_s = static_cast<double>(n - 1) / points.rate_hz;
  points.time_s = Eigen::VectorXd::LinSpaced(n, 0.0, last_s);
  points.belt_speed_m_s = nan;

  const GaitStrides strides = strides_of(marker_events(points), 0.0, last_s);
  const double change_s = before.time_s(before.time_s.size() - 1) + 0.5;
  int n_walking = 0, n_running = 0;
  for (const Stride& stride : strides.strides) {
    if (stride.gait == Gait::kUnknown) continue;  // with one foot in the gap
    EXPECT_EQ(stride.gait, stride.from_s < change_s ? Gait::kWalking : Gait::kRunning);
    ++(stride.gait == Gait::kWalking ? n_walking : n_running);
  }
  EXPECT_GE(n_walking, 20);
  EXPECT_GE(n_running, 20);
  EXPECT_THAT(strides.notes, ::testing::Contains(::testing::HasSubstr("from walking to running")));
}

TEST(MarkerEvents, ShortGapsLoseNoEvent) {
  auto [points, planted] = make_planted({});
  RandomStream random(3);
  for (const Side side : kSides) {
    for (auto* path : {&points.heel_m[side], &points.toe_m[side]}) {
      for (int gap = 0; gap < 12; ++gap) {
        const int at = random.index(static_cast<int>(path->rows()) - 20);
        path->middleRows(at, 2 + random.index(8)).setConstant(nan);  // up to 60 ms
      }
    }
  }
  expect_planted(marker_events(points), planted, 0.05);
}

TEST(MarkerEvents, AGapAtAnEventMakesItLessSure) {
  auto [points, planted] = make_planted({});
  const GaitEvents found = marker_events(points);
  const double at_s = times_of(found, kRight, GaitEventKind::kToeOff)[4];
  const auto frame = static_cast<Eigen::Index>(std::lround(at_s * points.rate_hz));
  points.toe_m[kRight].middleRows(frame - 5, 10).setConstant(nan);
  const GaitEvents hidden = marker_events(points);
  ASSERT_EQ(found.events.size(), hidden.events.size());
  for (std::size_t k = 0; k < found.events.size(); ++k) {
    if (found.events[k].time_s != at_s) continue;
    EXPECT_GT(hidden.events[k].sd_s, 0.015);
    EXPECT_NEAR(hidden.events[k].time_s, at_s, 0.03);
  }
}

TEST(MarkerEvents, AreThereWithoutAPelvis) {
  auto [points, planted] = make_planted({});
  points.pelvis_m.resize(0, 3);
  expect_planted(marker_events(points), planted, 0.04);
}

TEST(MarkerEvents, OfOneFootAloneAreItsOwn) {
  auto [points, planted] = make_planted({});
  for (auto* paths : {&points.heel_m, &points.toe_m}) paths->at(kLeft).resize(0, 3);
  std::erase_if(planted.strides, [](const Stride& stride) { return stride.side == kLeft; });
  const GaitEvents found = marker_events(points);
  EXPECT_THAT(times_of(found, kLeft, GaitEventKind::kContact), IsEmpty());
  expect_planted(found, planted, 0.04);
}

TEST(MarkerEvents, NobodyStepsWhoStands) {
  auto [points, planted] = make_planted({});
  for (const Side side : kSides) {
    for (auto* paths : {&points.heel_m, &points.toe_m}) {
      paths->at(side).rowwise() = paths->at(side).row(40).eval();
    }
  }
  points.pelvis_m.rowwise() = points.pelvis_m.row(40).eval();
  const GaitEvents found = marker_events(points);
  EXPECT_THAT(found.events, IsEmpty());
  EXPECT_THAT(found.notes, ElementsAre("The markers show no step."));
  EXPECT_THAT(marker_events({}).events, IsEmpty());
}

TEST(MarkerEvents, AllLostIsNoStep) {
  auto [points, planted] = make_planted({});
  for (const Side side : kSides) points.heel_m[side].setConstant(nan);
  EXPECT_THAT(marker_events(points).events, IsEmpty());
}

}  // namespace
}  // namespace catena
