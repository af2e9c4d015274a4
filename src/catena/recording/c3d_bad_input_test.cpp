// C3D files that lie, break off, or are none: each ends in a value or in one sentence.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "catena/recording/c3d.h"
#include "catena/recording/c3d_builder.h"
#include "catena/recording/read_recording.h"

namespace catena {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

std::string sentence_of(std::string_view bytes) {
  const auto file = parse_c3d(bytes, "run.c3d");
  return file ? "it was read" : to_sentence(file.error());
}

C3dFile must_parse(const C3dBuilder& builder) {
  auto file = parse_c3d(builder.bytes(), "run.c3d");
  if (!file) {
    ADD_FAILURE() << to_sentence(file.error());
    return {};
  }
  return std::move(*file);
}

C3dBuilder two_frames() {
  C3dBuilder builder;
  builder.add_point(1, 2, 3);
  builder.add_point(4, 5, 6);
  return builder;
}

TEST(C3dBadInput, WhatIsNoC3dFileSaysSo) {
  EXPECT_EQ(sentence_of(""), "run.c3d: the file is empty; export the recording again");
  EXPECT_EQ(sentence_of("\x02P" + std::string(600, '\0')),
            "run.c3d: this is no C3D file: its 602 bytes are less than a header and one block of "
            "parameters; export the recording again");
  EXPECT_EQ(sentence_of(std::string(2000, 'a')),
            "run.c3d: byte 1: this is no C3D file: its second byte is not 80; export the recording "
            "as C3D");
  // Named .c3d, but a text: judged by its bytes.
  const auto text = parse_recording("time,x,y\n0,1,2\n", "run.c3d");
  ASSERT_FALSE(text.has_value());
  EXPECT_THAT(to_sentence(text.error()), HasSubstr("run.c3d"));
}

TEST(C3dBadInput, ParametersBeyondTheEndAreAnError) {
  C3dBuilder builder = two_frames();
  std::string bytes = builder.bytes();
  bytes[0] = '\xc8';
  EXPECT_EQ(sentence_of(bytes),
            "run.c3d: byte 0: the parameters should begin in block 200, beyond the end of the "
            "file; export the recording again: the file is cut off or damaged");
  bytes[0] = 0;
  EXPECT_THAT(sentence_of(bytes), HasSubstr("byte 0: the parameters should begin in block 0"));
}

TEST(C3dBadInput, AnUnknownProcessorIsAnError) {
  C3dBuilder builder = two_frames();
  builder.processor_byte = 99;
  EXPECT_EQ(sentence_of(builder.bytes()),
            "run.c3d: byte 515: 99 is no processor that C3D knows (84, 85 or 86); export the "
            "recording again: the file is damaged or no C3D file");
}

TEST(C3dBadInput, DataBeyondTheEndAreAnError) {
  C3dBuilder builder;
  builder.data_block = 60000;
  std::string bytes = builder.bytes();
  bytes.resize(1024);
  EXPECT_EQ(sentence_of(bytes),
            "run.c3d: byte 30719488: the data should begin at byte 30719488, but the file ends at "
            "1024, before the first frame of 16 bytes; export the recording again");
  builder.data_block = 0;
  builder.data = "";
  EXPECT_THAT(sentence_of(builder.bytes()), HasSubstr("before the first frame of 16 bytes"));
}

TEST(C3dBadInput, DataThatNobodyPlacesLieBehindTheParameters) {
  C3dBuilder right = two_frames();
  std::string bytes = right.bytes();
  for (const char* place : {"\0\0", "\x02\0", "\x60\xea"}) {
    bytes.replace(16, 2, place, 2);
    const auto file = parse_c3d(bytes, "run.c3d");
    ASSERT_TRUE(file.has_value()) << to_sentence(file.error());
    EXPECT_EQ(file->recording.points.points_m(1, 2), 0.006);
  }
}

TEST(C3dBadInput, ARateThatIsNoneIsAnError) {
  for (const float rate : {0.0F, -100.0F, std::numeric_limits<float>::quiet_NaN(),
                           std::numeric_limits<float>::infinity(), 1e20F}) {
    C3dBuilder builder = two_frames();
    builder.rate_hz = rate;
    builder.add_group(9, "POINT");
    builder.add_real(9, "RATE", 0);
    EXPECT_THAT(sentence_of(builder.bytes()), HasSubstr("run.c3d: POINT:RATE: neither POINT:RATE"));
    EXPECT_THAT(sentence_of(builder.bytes()),
                HasSubstr("is a frame rate; export the file again with its frame rate"));
  }
}

TEST(C3dBadInput, OneGoodRateIsEnough) {
  C3dBuilder builder = two_frames();
  builder.add_group(9, "POINT");
  builder.add_real(9, "RATE", std::numeric_limits<float>::quiet_NaN());
  const C3dFile file = must_parse(builder);
  EXPECT_EQ(file.recording.points.rate_hz, 100.0);
  EXPECT_THAT(file.recording.points.notes,
              Contains("POINT:RATE is missing or no frame rate: the header's 100 was taken."));
}

TEST(C3dBadInput, AScaleOfZeroIsAnErrorForIntegersOnly) {
  C3dBuilder builder(C3dProcessor::kIntel, false);
  builder.scale = 0;
  builder.add_point(1, 2, 3);
  EXPECT_EQ(sentence_of(builder.bytes()),
            "run.c3d: POINT:SCALE: neither the header's scale nor POINT:SCALE says whether numbers "
            "are real; export the recording again");
}

TEST(C3dBadInput, NeitherPointsNorChannelsIsAnError) {
  C3dBuilder builder = two_frames();
  builder.n_points = 0;
  builder.last_frame = 60000;
  EXPECT_EQ(sentence_of(builder.bytes()),
            "run.c3d: POINT:USED: the file has neither points nor analog channels; export the "
            "recording again with its markers");
}

TEST(C3dBadInput, NoFramesIsAnError) {
  C3dBuilder builder = two_frames();
  builder.first_frame = 5;
  builder.last_frame = 4;
  EXPECT_EQ(sentence_of(builder.bytes()),
            "run.c3d: POINT:FRAMES: the file says that it has no frames; export the recording "
            "again");
}

TEST(C3dBadInput, ABillionPointsOrFramesTakeNoMoreThanTheFileHas) {
  C3dBuilder points = two_frames();
  points.add_group(9, "POINT");
  points.has_basics = false;
  points.add_real(9, "USED", 1e9F);
  EXPECT_EQ(must_parse(points).recording.points.labels.size(), 1U);  // the header fits

  points.n_points = 65535;
  EXPECT_THAT(sentence_of(points.bytes()), HasSubstr("before the first frame of 1048560 bytes"));

  C3dBuilder frames = two_frames();
  frames.add_group(9, "POINT");
  frames.add_real(9, "LONG_FRAMES", 1e9F);
  EXPECT_EQ(must_parse(frames).recording.points.time_s.size(), 2);

  frames.last_frame = 65535;
  const C3dFile file = must_parse(frames);
  EXPECT_EQ(file.recording.points.time_s.size(), 2);
  EXPECT_THAT(file.recording.points.notes,
              Contains("The file says 1000000000 frames, but ends after 2: 999999998 are missing; "
                       "export it again if it was cut off."));

  C3dBuilder channels = two_frames();
  channels.analog_per_frame = 65535;
  channels.samples_per_frame = 1;
  channels.add_group(9, "ANALOG");
  channels.add_real(9, "USED", 4e9F);
  channels.add_real(9, "RATE", 6e6F);
  EXPECT_THAT(sentence_of(channels.bytes()), HasSubstr("before the first frame"));
}

TEST(C3dBadInput, WhatIsThereOfACutOffFileIsRead) {
  C3dBuilder builder = two_frames();
  builder.last_frame = 10;
  builder.data += "1234567";
  const C3dFile file = must_parse(builder);
  EXPECT_EQ(file.recording.points.time_s.size(), 2);
  EXPECT_EQ(file.recording.points.points_m(1, 2), 0.006);
  EXPECT_THAT(file.recording.points.notes,
              Contains("The file says 10 frames, but ends after 2: 8 are missing; export it again "
                       "if it was cut off."));
}

TEST(C3dBadInput, WhereHeaderAndParametersDifferTheFilesSizeDecides) {
  // Two points in the header, one in the parameters; room for 100 frames of one.
  C3dBuilder builder;
  builder.has_basics = false;
  builder.n_points = 2;
  builder.last_frame = 100;
  builder.add_group(1, "POINT");
  builder.add_texts(1, "UNITS", {"mm"});
  builder.add_word(1, "USED", 1);
  for (int i = 0; i < 100; ++i) builder.add_point(static_cast<float>(i), 0, 0);
  const C3dFile file = must_parse(builder);
  EXPECT_EQ(file.recording.points.labels.size(), 1U);
  EXPECT_EQ(file.recording.points.points_m(99, 0), 0.099);
  EXPECT_THAT(file.recording.points.notes,
              Contains("The header and POINT:USED differ on the number of points (2, 1): 1 was "
                       "taken."));

  // The header calls them integers: half the bytes would be left over.
  C3dBuilder sign;
  sign.scale = 0.1F;
  sign.last_frame = 100;
  sign.add_group(9, "POINT");
  sign.add_real(9, "SCALE", -0.1F);
  for (int i = 0; i < 100; ++i) sign.add_point(static_cast<float>(i), 0, 0);
  EXPECT_EQ(must_parse(sign).numbers, C3dNumbers::kReal);
  EXPECT_EQ(must_parse(sign).recording.points.points_m(99, 0), 0.099);

  // A stale last frame in the header.
  C3dBuilder frames;
  frames.last_frame = 2000;
  frames.add_group(9, "POINT");
  frames.add_word(9, "FRAMES", 100);
  for (int i = 0; i < 100; ++i) frames.add_point(static_cast<float>(i), 0, 0);
  EXPECT_EQ(must_parse(frames).recording.points.time_s.size(), 100);
}

TEST(C3dBadInput, FramesBeyondWhatSixteenBitsCountAreReadToTheEnd) {
  // 70000 frames of which every count says 65535; the last block is filled up with zeros.
  C3dBuilder builder(C3dProcessor::kIntel, false);
  builder.last_frame = 65535;
  for (int i = 0; i < 70000; ++i) builder.add_point(1, 2, 3);
  builder.data.resize((builder.data.size() + 511) / 512 * 512, '\0');
  ASSERT_GT(builder.data.size(), 70000U * 8);
  const C3dFile file = must_parse(builder);
  EXPECT_EQ(file.recording.points.time_s.size(), 70000);
  EXPECT_THAT(file.recording.points.notes, Contains(HasSubstr("but holds 70000: all were read.")));
}

TEST(C3dBadInput, ScalesThatDifferAreSaid) {
  C3dBuilder builder(C3dProcessor::kIntel, false);  // 0.5 in the header
  builder.add_point(1000, 0, 0);
  builder.add_point(1000, 0, 0);
  builder.add_group(9, "POINT");
  builder.add_real(9, "SCALE", 0.25F);
  const C3dFile file = must_parse(builder);
  EXPECT_EQ(file.recording.points.points_m(0, 0), 0.25);
  EXPECT_THAT(file.recording.points.notes,
              Contains("The header's scale is 0.5, POINT:SCALE 0.25: the latter was taken."));
}

TEST(C3dBadInput, RecordsThatPointToThemselvesOrBeyondDoNotHang) {
  // Links into the record itself and beyond the section.
  for (const int link : {1, 2, 3, 60000}) {
    C3dBuilder builder = two_frames();
    builder.add_group(5, "SELF", link);
    builder.add_parameter(5, "ONE", 2, {}, builder.word(7), link);
    builder.add_parameter(5, "TWO", 2, {}, builder.word(8), link);
    const C3dFile file = must_parse(builder);
    ASSERT_EQ(file.groups.size(), 2U) << link;
    ASSERT_EQ(file.groups[1].parameters.size(), 2U) << link;
    EXPECT_EQ(std::get<std::vector<std::int16_t>>(file.groups[1].parameters[1].values)[0], 8);
  }
}

TEST(C3dBadInput, ALinkOfZeroEndsTheParameters) {
  C3dBuilder builder = two_frames();
  builder.add_group(5, "LAST");
  builder.add_parameter(5, "ONE", 2, {}, builder.word(7), 0);
  builder.add_raw("\x05garbage that is no parameter");
  const C3dFile file = must_parse(builder);
  ASSERT_EQ(file.groups.size(), 2U);
  EXPECT_EQ(file.groups[1].parameters.size(), 1U);
}

TEST(C3dBadInput, ParametersThatClaimTooMuchKeepWhatIsThere) {
  C3dBuilder builder = two_frames();
  builder.add_group(5, "ODD");
  builder.add_parameter(5, "SHORT", 4, {2, 100}, builder.real(1) + builder.real(2));
  builder.add_parameter(5, "TYPE9", 9, {2}, "ab");
  builder.add_parameter(5, "MANYDIMS", 1, {1, 1, 1, 1, 1, 1, 1, 1}, "a");
  builder.add_parameter(5, "HUGE", 4, {255, 255, 255, 255, 255, 255, 255}, "abcd");
  builder.add_word(5, "GOOD", 42);
  const C3dFile file = must_parse(builder);
  ASSERT_EQ(file.groups.size(), 2U);
  const C3dGroup& group = file.groups[1];
  ASSERT_EQ(group.parameters.size(), 3U);
  EXPECT_EQ(group.parameters[0].name, "SHORT");
  EXPECT_THAT(group.parameters[0].dims, ElementsAre(2, 1));
  EXPECT_THAT(std::get<std::vector<float>>(group.parameters[0].values), ElementsAre(1.0F, 2.0F));
  EXPECT_EQ(group.parameters[1].name, "HUGE");
  EXPECT_TRUE(std::get<std::vector<float>>(group.parameters[1].values).empty());
  EXPECT_EQ(group.parameters[2].name, "GOOD");
  const auto& notes = file.recording.points.notes;
  EXPECT_THAT(notes, Contains(HasSubstr("SHORT")).Times(1));
  EXPECT_THAT(notes, Contains(HasSubstr("was left out: it is of the unknown type 9.")));
  EXPECT_THAT(notes, Contains(HasSubstr("was left out: it has 8 dimensions.")));
}

TEST(C3dBadInput, GarbageInTheParametersIsSaid) {
  C3dBuilder builder = two_frames();
  builder.add_raw("\x04\x05\x01\x02\x03\x04garbage");
  const C3dFile file = must_parse(builder);
  EXPECT_EQ(file.recording.points.labels.size(), 1U);
  EXPECT_THAT(file.recording.points.notes, Contains(HasSubstr("The parameters break off at byte")));
}

TEST(C3dBadInput, ParametersOfNoGroupAreKept) {
  C3dBuilder builder = two_frames();
  builder.add_word(7, "LOST", 1);
  const C3dFile file = must_parse(builder);
  ASSERT_EQ(file.groups.size(), 2U);
  EXPECT_EQ(file.groups[1].name, "GROUP_7");
  EXPECT_THAT(file.recording.points.notes, Contains(HasSubstr("group 7")));
}

TEST(C3dBadInput, PlatesAndEventsThatAreNotThereAreSaid) {
  C3dBuilder builder = two_frames();
  builder.add_group(3, "FORCE_PLATFORM");
  builder.add_word(3, "USED", -1);
  builder.add_words(3, "TYPE", {2});
  builder.add_group(4, "EVENT");
  builder.add_word(4, "USED", 9);
  builder.add_reals(4, "TIMES", {0, std::numeric_limits<float>::infinity()}, {2, 1});
  const C3dFile file = must_parse(builder);
  EXPECT_EQ(file.recording.plates.size(), 1U);
  EXPECT_TRUE(file.recording.events.empty());
  const auto& notes = file.recording.points.notes;
  EXPECT_THAT(notes, Contains(HasSubstr("FORCE_PLATFORM:USED is 65535, but TYPE describes")));
  EXPECT_THAT(notes, Contains(HasSubstr("FORCE_PLATFORM:CORNERS does not place every plate")));
  EXPECT_THAT(notes, Contains("9 events have no time in EVENT:TIMES."));
}

TEST(C3dBadInput, EveryTruncationIsAValueOrASentence) {
  C3dBuilder builder = two_frames();
  builder.add_group(4, "EVENT");
  builder.add_word(4, "USED", 1);
  builder.add_reals(4, "TIMES", {0, 1}, {2, 1});
  const std::string whole = builder.bytes();
  for (std::size_t n = 0; n < whole.size(); ++n) {
    const auto file = parse_c3d(std::string_view(whole).substr(0, n), "run.c3d");
    if (file) {
      EXPECT_GT(file->recording.points.time_s.size(), 0);
    } else {
      EXPECT_THAT(to_sentence(file.error()), HasSubstr("run.c3d")) << n;
    }
  }
}

}  // namespace
}  // namespace catena
