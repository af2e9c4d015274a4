#include "catena/gait/strides.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Steps in turn from the right; every stance lasts `stance_s`, steps begin `step_s` apart.
std::vector<GaitEvent> steps(double from_s, int n_steps, double step_s, double stance_s) {
  std::vector<GaitEvent> events;
  for (int k = 0; k < n_steps; ++k) {
    const Side side = k % 2 == 0 ? kRight : kLeft;
    const double at_s = from_s + k * step_s;
    events.push_back({side, GaitEventKind::kContact, at_s, 0.004, "markers"});
    events.push_back({side, GaitEventKind::kToeOff, at_s + stance_s, 0.005, "markers"});
  }
  return events;
}

GaitEvents in_order(std::vector<GaitEvent> events) {
  std::sort(events.begin(), events.end(),
            [](const GaitEvent& a, const GaitEvent& b) { return a.time_s < b.time_s; });
  return {std::move(events), {}};
}

TEST(Strides, ARunnersStridesHaveTheirEvents) {
  const GaitStrides found = strides_of(in_order(steps(1.0, 6, 0.35, 0.25)), 0.0, 4.0);
  ASSERT_EQ(found.strides.size(), 4U);
  const Stride& first = found.strides[0];
  EXPECT_EQ(first.side, kRight);
  EXPECT_DOUBLE_EQ(first.from_s, 1.0);
  EXPECT_DOUBLE_EQ(first.to_s, 1.7);
  EXPECT_DOUBLE_EQ(first.toe_off_s, 1.25);
  EXPECT_DOUBLE_EQ(first.other_contact_s, 1.35);
  EXPECT_DOUBLE_EQ(first.other_toe_off_s, 1.6);
  EXPECT_DOUBLE_EQ(first.from_sd_s, 0.004);
  EXPECT_DOUBLE_EQ(first.toe_off_sd_s, 0.005);
  EXPECT_EQ(found.strides[1].side, kLeft);
  for (const Stride& stride : found.strides) EXPECT_EQ(stride.gait, Gait::kRunning);
  EXPECT_THAT(found.n_incomplete, ElementsAre(1, 1));  // those that the last contacts begin
}

TEST(Strides, WhereBothFeetStandSomebodyWalks) {
  const GaitStrides found = strides_of(in_order(steps(1.0, 6, 0.55, 0.68)), 0.0, 5.0);
  ASSERT_EQ(found.strides.size(), 4U);
  for (const Stride& stride : found.strides) {
    EXPECT_EQ(stride.gait, Gait::kWalking);
    if (stride.from_s == 1.0) continue;  // nobody saw the other foot leave
    // The other foot leaves soon after this one came, and before it lands.
    EXPECT_LT(stride.other_toe_off_s, stride.other_contact_s);
  }
  EXPECT_NEAR(found.strides[1].other_toe_off_s - found.strides[1].from_s, 0.13, 1e-12);
}

TEST(Strides, AChangeOfGaitIsSaid) {
  std::vector<GaitEvent> events = steps(0.0, 6, 0.55, 0.68);
  for (const GaitEvent& event : steps(3.3, 8, 0.35, 0.25)) events.push_back(event);
  const GaitStrides found = strides_of(in_order(events), 0.0, 7.0);
  EXPECT_EQ(found.strides.front().gait, Gait::kWalking);
  EXPECT_EQ(found.strides.back().gait, Gait::kRunning);
  const auto said = std::count_if(found.notes.begin(), found.notes.end(), [](const auto& note) {
    return note.find("changes from walking to running") != std::string::npos;
  });
  EXPECT_EQ(said, 1);
}

TEST(Strides, AMissingEventMakesItsStrideIncompleteAndNoOther) {
  GaitEvents events = in_order(steps(0.5, 9, 0.35, 0.25));
  // The second right toe-off is lost.
  std::erase_if(events.events, [](const GaitEvent& event) {
    return event.kind == GaitEventKind::kToeOff && std::abs(event.time_s - 1.45) < 1e-9;
  });
  const GaitStrides found = strides_of(events, 0.0, 4.0);
  const auto right = std::count_if(found.strides.begin(), found.strides.end(),
                                   [](const Stride& s) { return s.side == kRight; });
  EXPECT_EQ(right, 3);
  EXPECT_THAT(found.n_incomplete, ElementsAre(2, 1));
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_THAT(found.notes[0], HasSubstr("2 strides of the right and 1 of the left foot"));
}

TEST(Strides, ALostContactDoesNotMakeALongStride) {
  GaitEvents events = in_order(steps(0.5, 9, 0.35, 0.25));
  std::erase_if(events.events, [](const GaitEvent& event) {
    return event.kind == GaitEventKind::kContact && std::abs(event.time_s - 1.2) < 1e-9;
  });
  const GaitStrides found = strides_of(events, 0.0, 4.0);
  for (const Stride& stride : found.strides) EXPECT_NEAR(stride.to_s - stride.from_s, 0.7, 1e-9);
}

// Markers hidden for longer than a step: whatever is lost, no two strides become one.
TEST(Strides, AHoleDoesNotMakeALongStride) {
  for (const double stance_s : {0.25, 0.42}) {
    for (double from_s = 2.0; from_s < 2.8; from_s += 0.05) {
      for (const double hole_s : {0.3, 0.5, 0.7, 0.9, 1.1}) {
        GaitEvents events = in_order(steps(0.5, 20, 0.35, stance_s));
        std::erase_if(events.events, [&](const GaitEvent& event) {
          return event.time_s > from_s && event.time_s < from_s + hole_s;
        });
        const GaitStrides found = strides_of(events, 0.0, 8.0);
        EXPECT_GE(found.strides.size(), 10U);
        for (const Stride& stride : found.strides) {
          EXPECT_NEAR(stride.to_s - stride.from_s, 0.7, 1e-9)
              << "stance " << stance_s << " hole from " << from_s << " for " << hole_s;
        }
      }
    }
  }
}

TEST(Strides, OfOneFootAloneAreToldByHowLongItStands) {
  for (const double stance_s : {0.25, 0.42}) {
    GaitEvents events = in_order(steps(0.5, 9, 0.35, stance_s));
    std::erase_if(events.events, [](const GaitEvent& event) { return event.side == kLeft; });
    const GaitStrides found = strides_of(events, 0.0, 4.0);
    ASSERT_EQ(found.strides.size(), 4U);
    for (const Stride& stride : found.strides) {
      EXPECT_EQ(stride.gait, stance_s < 0.35 ? Gait::kRunning : Gait::kWalking);
      EXPECT_TRUE(std::isnan(stride.other_contact_s));
    }
  }
}

TEST(Strides, WithTheOtherFootLostForAWhileAreOfUnknownGait) {
  GaitEvents events = in_order(steps(0.5, 9, 0.35, 0.25));
  std::erase_if(events.events,
                [](const GaitEvent& event) { return event.side == kLeft && event.time_s < 2.0; });
  const GaitStrides found = strides_of(events, 0.0, 4.0);
  EXPECT_EQ(found.strides.front().gait, Gait::kUnknown);
  EXPECT_EQ(found.strides.back().gait, Gait::kRunning);
}

TEST(Strides, WhatBeganBeforeTheRecordingIsCounted) {
  GaitEvents events = in_order(steps(0.5, 5, 0.35, 0.25));
  events.events.insert(events.events.begin(), {kLeft, GaitEventKind::kToeOff, 0.4, 0.005, ""});
  const GaitStrides found = strides_of(events, 0.3, 2.5);
  EXPECT_THAT(found.n_incomplete, ElementsAre(1, 2));
}

TEST(Strides, NothingComesOfNothing) {
  const GaitStrides found = strides_of({}, 0.0, 1.0);
  EXPECT_THAT(found.strides, IsEmpty());
  EXPECT_THAT(found.notes, IsEmpty());
}

}  // namespace
}  // namespace catena
