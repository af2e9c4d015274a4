#include "catena/report/hip_stop_wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catena/report/results_fixture.h"
#include "catena/report/take_up_fixture.h"
#include "catena/report/wording.h"

namespace catena {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string said_of(StopVerdict verdict) {
  return stop_sentence(fixture_with_verdict(verdict), kRight);
}

TEST(HipStopWording, OfAStopThatIsReachedGivesPlaceSharesAndProbability) {
  EXPECT_EQ(
      said_of(StopVerdict::kReached),
      "In the runs recorded your hip's extension is consistent with a stop near 31.0\u00b0 "
      "(29.0 to 33.0): up to there it gave 0.60 (0.48 to 0.73) of each further degree, beyond "
      "it 0.05 (\u22120.10 to 0.20). The probability of a stop is 98 %. "
      "Degrees are counted from your own standing.");
}

TEST(HipStopWording, NamesAGentleBendForWhatItIs) {
  Results results = fixture_with_verdict(StopVerdict::kUndecided);
  results.legs[kRight].take_up.hip_stop.gently = 0.62;
  EXPECT_THAT(stop_sentence(results, kRight),
              HasSubstr("a gentle bend (probability 62 %): the hip gave less of each degree as the "
                        "thigh went further, but went on giving"));
  EXPECT_THAT(said_of(StopVerdict::kUndecided), Not(HasSubstr("gentle")));
}

TEST(HipStopWording, OfAStopThatIsNotReachedNamesTheRangeAndKeepsWhatLiesBeyondOpen) {
  EXPECT_THAT(said_of(StopVerdict::kNotReached),
              AllOf(HasSubstr("whose thigh peaks lie 24\u00b0 to 43\u00b0 behind standing"),
                    HasSubstr("not consistent with a stop (probability 2 %)"),
                    HasSubstr("Farther back than these runs went there may be one.")));
}

TEST(HipStopWording, DoesNotCallAHipFreeThatMayBeStoppedThroughout) {
  Results results = fixture_with_verdict(StopVerdict::kNotReached);
  results.legs[kRight].take_up.hip.estimate = {0.08, -0.06, 0.21, 0.90, ""};
  EXPECT_THAT(stop_sentence(results, kRight),
              AllOf(HasSubstr("a stop before this range would look the same"),
                    Not(HasSubstr("Farther back"))));
  const std::string headline = stop_headline(results.legs[kRight].take_up, Script::kAscii);
  EXPECT_THAT(headline, AllOf(HasSubstr("no bend"), Not(HasSubstr("not reached"))));
  EXPECT_THAT(stop_headline(results.legs[kLeft].take_up, Script::kAscii), HasSubstr("not reached"));
}

TEST(HipStopWording, OfAnOpenQuestionSaysWhatWouldTellMore) {
  EXPECT_THAT(said_of(StopVerdict::kUndecided),
              AllOf(HasSubstr("neither be shown nor ruled out"), HasSubstr("34 %"),
                    HasSubstr("A ramp (speed rising steadily")));
  Results ramp = fixture_ramp();
  ramp.legs[kRight].take_up.hip_stop =
      fixture_with_verdict(StopVerdict::kUndecided).legs[kRight].take_up.hip_stop;
  EXPECT_THAT(stop_sentence(ramp, kRight),
              HasSubstr("A second ramp, over a wider range of speeds,"));
}

TEST(HipStopWording, GivesTheReasonWhereNothingCanBeTested) {
  EXPECT_EQ(said_of(StopVerdict::kCannotBeTested),
            "Whether the hip comes to a stop cannot be tested with the runs recorded: two demands "
            "always lie on a line; record a ramp, or five speeds.");
  EXPECT_EQ(stop_sentence(fixture_one_demand(), kLeft), "");  // no strides
}

TEST(HipStopWording, NamesABendTheOtherWayForWhatItIs) {
  Results results = fixture_with_verdict(StopVerdict::kNotReached);
  results.legs[kRight].take_up.hip_stop.other_way = 0.68;
  EXPECT_THAT(stop_sentence(results, kRight),
              HasSubstr("a bend the other way (probability 68 %): the hip gave more, not less"));
  EXPECT_THAT(said_of(StopVerdict::kNotReached), Not(HasSubstr("other way")));
}

TEST(HipStopWording, EveryVerdictNamesItsProbabilityAndTheRunsRecorded) {
  for (const StopVerdict verdict :
       {StopVerdict::kUndecided, StopVerdict::kNotReached, StopVerdict::kReached}) {
    EXPECT_THAT(said_of(verdict), AllOf(HasSubstr("probability"), HasSubstr("runs recorded")));
    const TakeUp take_up = fixture_with_verdict(verdict).legs[kRight].take_up;
    EXPECT_THAT(stop_headline(take_up, Script::kAscii), HasSubstr("probability"));
    EXPECT_THAT(linearity_sentence(take_up.hip_stop), HasSubstr("a straight line"));
  }
  EXPECT_EQ(linearity_sentence({}), "");
}

TEST(Wording, CallsTheSidesDifferentOnlyWhereIntervalsDoNotOverlap) {
  Results results = fixture_without_thorax();
  EXPECT_THAT(sides_sentence(results), HasSubstr("not distinguishable"));
  results.legs[kLeft].take_up.hip.estimate = {0.75, 0.65, 0.85, 0.90, ""};
  results.legs[kLeft].take_up.pelvis.estimate = {0.25, 0.15, 0.35, 0.90, ""};
  EXPECT_EQ(sides_sentence(results),
            "Right against left: the intervals of the hip and the pelvis do not overlap.");
  EXPECT_EQ(sides_sentence(fixture_one_demand()), "");
}

}  // namespace
}  // namespace catena
