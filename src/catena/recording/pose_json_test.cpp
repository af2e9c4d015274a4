#include "catena/recording/pose_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/test_data.h"

namespace catena {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string names = R"("keypoint_names": ["l_heel", "r_heel"])";

std::string with_frames(const std::string& frames, const std::string& more = R"("fps": 50)") {
  return "{" + more + ", " + names + R"(, "frames": )" + frames + "}";
}

PoseRecording must_parse(const std::string& bytes, const PoseOptions& options = {}) {
  auto result = parse_pose_json(bytes, "folder/run.pose.json", options);
  EXPECT_TRUE(result) << (result ? "" : to_sentence(result.error()));
  return result ? *result : PoseRecording{};
}

std::string sentence_of(const std::string& bytes) {
  const auto result = parse_pose_json(bytes, "run.json");
  EXPECT_FALSE(result) << "was read";
  return result ? "" : to_sentence(result.error());
}

const std::string two_frames = "[[[1.5, 2, 0.9], [3, 4, 0.8]], [[5, 6, 0.7], [7, 8, 0.6]]]";

TEST(PoseJson, ReadsPlacesByFrameAndName) {
  const PoseRecording read = must_parse(with_frames(
      two_frames, R"("schema": "x", "source": "net", "view": "left", "fps": 50.0, "width": 720,
                     "height": 1280, "other": {"frames": [1, {"a": [[[[[2]]]]]}]})"));
  EXPECT_EQ(read.name, "run.pose");
  EXPECT_EQ(read.source, "net");
  EXPECT_EQ(read.view, "left");
  EXPECT_EQ(read.width_px, 720.0);
  EXPECT_EQ(read.height_px, 1280.0);
  EXPECT_THAT(read.labels, ElementsAre("l_heel", "r_heel"));
  ASSERT_EQ(read.places_px.rows(), 2);
  ASSERT_EQ(read.places_px.cols(), 4);
  EXPECT_EQ(read.places_px(0, 0), 1.5);
  EXPECT_EQ(read.places_px(1, 3), 8.0);
  EXPECT_EQ(read.rate_hz, 50.0);
  EXPECT_DOUBLE_EQ(read.time_s[1], 0.02);
  EXPECT_THAT(read.notes, IsEmpty());
}

TEST(PoseJson, KeysMayComeInAnyOrder) {
  const PoseRecording read =
      must_parse("{\"frames\": " + two_frames + ", " + names + ", \"fps\": 50}");
  EXPECT_EQ(read.places_px(1, 0), 5.0);
}

TEST(PoseJson, ALowScoreIsALostPlaceAndCounted) {
  const std::string frames = "[[[1, 2, 0.29], [3, 4, 0.3]], [[5, 6], [7, 8, 1.2, 99]]]";
  const PoseRecording read = must_parse(with_frames(frames));
  EXPECT_TRUE(std::isnan(read.places_px(0, 0)));
  EXPECT_TRUE(std::isnan(read.places_px(0, 1)));
  EXPECT_EQ(read.places_px(0, 2), 3.0);
  EXPECT_EQ(read.places_px(1, 0), 5.0);
  EXPECT_EQ(read.places_px(1, 3), 8.0);
  EXPECT_EQ(read.n_doubted, 1);
  EXPECT_THAT(read.notes, ElementsAre(HasSubstr("1 of 4 places (25.0 %)")));
  EXPECT_EQ(must_parse(with_frames(frames), {.least_score = 0.5}).n_doubted, 2);
  EXPECT_EQ(must_parse(with_frames(frames), {.least_score = 0.0}).n_doubted, 0);
}

TEST(PoseJson, WhatWasNotFoundIsLost) {
  const PoseRecording read =
      must_parse(with_frames("[[null, [3, 4, 0.8]], [], null, [[0, 0, 0.9], [null, null, null]],"
                             " [[1e300, 5, 0.9], []]]"));
  ASSERT_EQ(read.places_px.rows(), 5);
  EXPECT_EQ((!read.places_px.array().isNaN()).count(), 2);
  EXPECT_EQ(read.n_empty_frames, 2);
  EXPECT_THAT(read.notes, Contains(HasSubstr("2 frames without a person")));
}

TEST(PoseJson, TimestampsGiveTheRateAndMissingFrames) {
  const std::string three =
      "[[[1, 2, 1], [3, 4, 1]], [[5, 6, 1], [7, 8, 1]], "
      "[[5, 6, 1], [7, 8, 1]]]";
  const PoseRecording no_fps = must_parse(with_frames(three, R"("timestamps": [1.0, 1.04, 1.08])"));
  EXPECT_NEAR(no_fps.rate_hz, 25.0, 1e-9);
  EXPECT_NEAR(no_fps.time_s[0], 1.0, 1e-12);
  const PoseRecording dropped =
      must_parse(with_frames(three, R"("fps": 25, "timestamps": [1.0, 1.04, 1.16])"));
  ASSERT_EQ(dropped.places_px.rows(), 5);
  EXPECT_TRUE(std::isnan(dropped.places_px(2, 0)));
  EXPECT_EQ(dropped.places_px(4, 0), 5.0);
  EXPECT_THAT(dropped.notes, Contains(HasSubstr("2 frames are not in the file")));
}

TEST(PoseJson, ErrorsAreSentences) {
  EXPECT_THAT(sentence_of(""), HasSubstr("not JSON"));
  EXPECT_THAT(sentence_of("x y z"), HasSubstr("not JSON"));
  EXPECT_THAT(sentence_of("{"), HasSubstr("cut off"));
  EXPECT_THAT(sentence_of(with_frames(two_frames).substr(0, 90)), HasSubstr("cut off"));
  EXPECT_THAT(sentence_of("{\"a\": x}"), HasSubstr("no JSON from byte 7 on"));
  EXPECT_THAT(sentence_of("{}"), HasSubstr("no 'keypoint_names'"));
  EXPECT_THAT(sentence_of("[]"), HasSubstr("a list, not an object"));
  EXPECT_THAT(sentence_of("{\"fps\": 50, " + names + "}"), HasSubstr("no 'frames'"));
  EXPECT_THAT(sentence_of(with_frames("[]")), HasSubstr("no 'frames'"));
  EXPECT_THAT(sentence_of(with_frames("7")), HasSubstr("'frames' is not the list"));
  EXPECT_THAT(sentence_of(with_frames("[7]")), HasSubstr("'frames' is not the list"));
  EXPECT_THAT(sentence_of(with_frames("[[[1, 2, 1], 7]]")), HasSubstr("frame 1 is not a list"));
  EXPECT_THAT(sentence_of(with_frames("[[[1, 2, 1], [1]]]")), HasSubstr("frame 1 is not a list"));
  EXPECT_THAT(sentence_of(with_frames("[[], [{\"x\": 1}]]")), HasSubstr("frame 2 is not a list"));
  EXPECT_THAT(sentence_of(with_frames("[[[1, [2], 1]]]")), HasSubstr("frame 1 is not a list"));
  EXPECT_THAT(sentence_of(with_frames("[[[1, \"2\", 1]]]")), HasSubstr("frame 1 is not a list"));
  EXPECT_THAT(sentence_of(with_frames("[[[1, 2, 1]]]")),
              HasSubstr("frame 1 has 1 landmarks, but there are 2"));
  EXPECT_THAT(sentence_of(with_frames(two_frames, "\"fps\": 0")), HasSubstr("rate is not known"));
  EXPECT_THAT(sentence_of(with_frames(two_frames, "\"x\": 0")), HasSubstr("rate is not known"));
  EXPECT_THAT(sentence_of(with_frames(two_frames, R"("fps": 50, "timestamps": [0])")),
              HasSubstr("1 timestamps for 2 frames"));
  EXPECT_THAT(sentence_of(with_frames(two_frames, R"("fps": 50, "timestamps": [1.25, 0.11])")),
              HasSubstr("time goes back"));
  EXPECT_THAT(sentence_of(with_frames(two_frames, names)), HasSubstr("stands there twice"));
  EXPECT_THAT(sentence_of(with_frames("[[[1e999, 2, 1]]]")), HasSubstr("too large"));
  EXPECT_THAT(sentence_of(R"({"version": 1.3, "people": [{"pose_keypoints_2d": [1, 2]}]})"),
              HasSubstr("as OpenPose writes it"));
  EXPECT_THAT(sentence_of(R"({"fps": 50, "keypoint_names": ["a", "a"], "frames": [[]]})"),
              HasSubstr("name stands there twice"));
}

TEST(PoseJson, EmptyFramesDoNotAskForMoreThanIsThere) {
  std::string frames = "[[]";
  for (int i = 0; i < 20'000; ++i) frames += ",[]";
  std::string labels;
  for (int i = 0; i < 900; ++i) labels += (i ? ",\"" : "\"") + std::to_string(i) + "\"";
  EXPECT_THAT(sentence_of("{\"fps\": 50, \"keypoint_names\": [" + labels +
                          "], \"frames\": " + frames + "]}"),
              HasSubstr("more than can be read at once"));
}

TEST(PoseJson, AnyBeginningOfAFileIsASentenceOrARecording) {
  const std::string whole = with_frames(two_frames);
  for (std::size_t n = 0; n < whole.size(); ++n) {
    EXPECT_THAT(sentence_of(whole.substr(0, n)), HasSubstr("run.json"));
  }
}

TEST(PoseJson, ReadsTheRunnerOfTheVideo) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto read = read_pose_json(data / "runner-video" / "male_side.pose.json");
  ASSERT_TRUE(read) << to_sentence(read.error());
  EXPECT_THAT(read->labels, SizeIs(22));
  EXPECT_EQ(read->places_px.rows(), 360);
  EXPECT_EQ(read->rate_hz, 30.0);
  EXPECT_NEAR(read->time_s[359], 11.9667, 1e-3);
  EXPECT_NEAR(read->places_px(0, 0), 228.166, 1e-9);
  EXPECT_EQ(read->n_doubted, 1);
  EXPECT_THAT(read->notes, ElementsAre(HasSubstr("1 of 7920 places")));
}

}  // namespace
}  // namespace catena
