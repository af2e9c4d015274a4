#include "catena/report/text_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <vector>

#include "catena/report/answer_fixture.h"
#include "catena/report/results_fixture.h"
#include "catena/report/take_up_fixture.h"

namespace catena {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(TextReport, HoldsBudgetAndSharesWithIntervals) {
  const std::string text = render_text(fixture_results());
  EXPECT_THAT(text, HasSubstr("right leg, 12 strides"));
  EXPECT_THAT(text, HasSubstr("0.50 (0.41 to 0.59)"));
  EXPECT_THAT(text, HasSubstr("0.15 (-0.26 to 0.55)"));
  EXPECT_THAT(text, HasSubstr("14.2 mm"));
}

TEST(TextReport, IsPlainAsciiOfAtMost100Columns) {
  Results wordy = fixture_results();
  wordy.legs[kLeft].take_up.remarks = {std::string(30, 'a') + " " + std::string(50, 'b') + " " +
                                       std::string(40, 'c')};
  std::vector<Results> all = all_fixtures();
  all.push_back(wordy);
  for (auto& [name, results] : answer_fixtures()) all.push_back(std::move(results));
  for (const Results& results : all) {
    std::istringstream stream(render_text(results));
    for (std::string line; std::getline(stream, line);) {
      EXPECT_LE(line.size(), 100u) << line;
      EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](unsigned char c) {
        return c >= 0x20 && c < 0x7f;
      })) << line;
    }
  }
}

TEST(TextReport, SaysWhyTheSharesAreNotKnown) {
  const std::string text = render_text(fixture_one_demand());
  EXPECT_THAT(text, HasSubstr("shares not known: one demand shows no change"));
  EXPECT_THAT(text, HasSubstr("no stride was seen from peak to peak"));
  EXPECT_THAT(text, HasSubstr("no standing trial"));
  EXPECT_THAT(text, HasSubstr("12 % of the frames were not solved"));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

// What stands before the table of recordings.
std::string head_of(const Results& results) {
  const std::string text = render_text(results);
  return text.substr(0, text.find("recording "));
}

TEST(TextReport, BeginsWithTheAnswerAndTheNextMeasurementInUnder12Lines) {
  for (const auto& [name, results] : answer_fixtures()) {
    const std::string head = head_of(results);
    EXPECT_LT(std::count(head.begin(), head.end(), '\n'), 12) << name;
  }
  const std::string head = head_of(fixture_yes());
  EXPECT_THAT(head, HasSubstr("Yes, probably: your pattern"));
  EXPECT_THAT(head, HasSubstr("pattern is present: 86 %. Calibrated on simulated runners only."));
  EXPECT_THAT(head, HasSubstr("Next: a ramp"));
  EXPECT_LT(head.find("warning signs"), head.find("Yes, probably"));
}

TEST(TextReport, ARedFlagComesFirstAndHoldsTheAnswerBack) {
  const std::string text = render_text(fixture_held_back());
  EXPECT_THAT(text, testing::StartsWith("FIRST: be seen by a clinician."));
  EXPECT_THAT(text, HasSubstr("Go to an emergency department today."));
  EXPECT_THAT(text, Not(HasSubstr("probably")));
  EXPECT_THAT(text, Not(HasSubstr("86 %")));
}

TEST(TextReport, SaysOfEachLegWhetherTheHipStops) {
  EXPECT_THAT(render_text(fixture_with_verdict(StopVerdict::kReached)),
              HasSubstr("  Hip stop: consistent with one near 31.0 deg (29.0 to 33.0), probability "
                        "98 %\n"));
  EXPECT_THAT(render_text(fixture_with_verdict(StopVerdict::kNotReached)),
              HasSubstr("Hip stop: not reached within the range recorded (probability 2 %)"));
  EXPECT_THAT(render_text(fixture_one_demand()), HasSubstr("Hip stop: cannot be tested"));
}

}  // namespace
}  // namespace catena
