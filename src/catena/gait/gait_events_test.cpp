#include "catena/gait/gait_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/test_data.h"
#include "catena/recording/read_recording.h"

namespace catena {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto contact = GaitEventKind::kContact;
constexpr auto toe_off = GaitEventKind::kToeOff;

GaitEvent of_plate(Side side, GaitEventKind kind, double time_s) {
  return {side, kind, time_s, 0.002, "force plate"};
}
GaitEvent of_markers(Side side, GaitEventKind kind, double time_s) {
  return {side, kind, time_s, 0.004, "markers"};
}

TEST(GaitEventsOfAFile, AreStrikesAndOffsInManySpellings) {
  const GaitEvents found = file_events({{EventSide::kLeft, "FOOT OFF", 0.9},
                                        {EventSide::kRight, "Foot Strike", 0.5},
                                        {EventSide::kRight, "RTO", 0.75},
                                        {EventSide::kLeft, "Heel strike", 0.8},
                                        {EventSide::kGeneral, "Foot Strike", 0.1},
                                        {EventSide::kRight, "Event", 0.2}});
  ASSERT_EQ(found.events.size(), 4U);
  EXPECT_EQ(found.events[0].side, kRight);
  EXPECT_EQ(found.events[0].kind, contact);
  EXPECT_DOUBLE_EQ(found.events[0].time_s, 0.5);
  EXPECT_EQ(found.events[1].kind, toe_off);
  EXPECT_EQ(found.events[2].side, kLeft);
  EXPECT_EQ(found.events[2].kind, contact);
  EXPECT_EQ(found.events[3].kind, toe_off);
  EXPECT_EQ(found.events[0].source, "file");
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_THAT(found.notes[0], HasSubstr("2 events of the file are neither"));
}

TEST(CombinedEvents, APlateGoesBeforeTheMarkers) {
  const GaitEvents found =
      combine_events({{of_plate(kRight, contact, 1.003), of_plate(kRight, toe_off, 1.251)}, {}},
                     {{of_markers(kLeft, toe_off, 0.9), of_markers(kRight, contact, 1.0),
                       of_markers(kRight, toe_off, 1.25), of_markers(kLeft, contact, 1.35)},
                      {}});
  ASSERT_EQ(found.events.size(), 4U);
  EXPECT_EQ(found.events[0].source, "markers");
  EXPECT_DOUBLE_EQ(found.events[1].time_s, 1.003);
  EXPECT_EQ(found.events[1].source, "force plate");
  EXPECT_EQ(found.events[2].source, "force plate");
  EXPECT_EQ(found.events[3].source, "markers");
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST(CombinedEvents, AFootThatCameOverAPlatesEdgeKeepsTheMarkersContact) {
  const GaitEvents found =
      combine_events({{of_plate(kRight, contact, 1.08), of_plate(kRight, toe_off, 1.6)}, {}},
                     {{of_markers(kRight, contact, 1.0), of_markers(kRight, toe_off, 1.6)}, {}});
  ASSERT_EQ(found.events.size(), 2U);
  EXPECT_DOUBLE_EQ(found.events[0].time_s, 1.0);
  EXPECT_EQ(found.events[0].source, "markers");
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_THAT(found.notes[0], HasSubstr("1 event of the force plates was left out"));
}

TEST(CombinedEvents, WhereTheMarkersAreLostThePlateSpeaksAlone) {
  const GaitEvents found =
      combine_events({{of_plate(kRight, contact, 5.0), of_plate(kRight, toe_off, 5.25)}, {}},
                     {{of_markers(kRight, contact, 1.0), of_markers(kLeft, contact, 5.1)}, {}});
  EXPECT_EQ(found.events.size(), 4U);
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST(GaitEvents, WhatIsNotThereCannotBeChosen) {
  GaitEventOptions options;
  for (const auto choice :
       {EventChoice::kFile, EventChoice::kPlates, EventChoice::kMarkers, EventChoice::kAuto}) {
    options.choice = choice;
    const auto found = gait_events({}, options);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Errc::kMissingData);
    EXPECT_FALSE(found.error().hint.empty());
  }
}

TEST(GaitEventsOfAFile, AreReadFromARealFile) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto recording = read_recording(data / "c3d-samples" / "sample01" / "Eb015pr.c3d");
  ASSERT_TRUE(recording) << to_sentence(recording.error());
  const GaitEvents found = file_events(recording->events);
  // RHS and RTO; RIC as well, which is an initial contact.
  ASSERT_EQ(found.events.size(), 3U);
  for (const GaitEvent& event : found.events) EXPECT_EQ(event.side, kRight);
}

}  // namespace
}  // namespace catena
