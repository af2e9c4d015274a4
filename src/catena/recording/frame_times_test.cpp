#include "catena/recording/frame_times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The times of n frames at a rate, rounded to some decimals as an exporter rounds them.
TimeColumn rounded_column(int n, double rate_hz, int decimals, double first_s = 0.0) {
  TimeColumn column;
  column.decimals = decimals;
  const double scale = std::pow(10.0, decimals);
  for (int i = 0; i < n; ++i) {
    column.time_s.push_back(std::round((first_s + i / rate_hz) * scale) / scale);
    column.line.push_back(i + 7);
  }
  return column;
}

FrameTimes must_settle(const TimeColumn& column, double rate_hz) {
  auto times = settle_times(column, rate_hz, "run.trc");
  EXPECT_TRUE(times) << to_sentence(times ? Error{} : times.error());
  return times ? *times : FrameTimes{};
}

TEST(FrameTimes, KeepTheRateThroughAnyRounding) {
  for (const double rate_hz : {59.94, 60.0, 119.88012, 150.0, 240.0, 333.0, 1000.0}) {
    for (const int decimals : {2, 3, 4, 6}) {
      const FrameTimes times = must_settle(rounded_column(2000, rate_hz, decimals, 1.5), rate_hz);
      EXPECT_THAT(times.notes, IsEmpty()) << rate_hz << " Hz, " << decimals << " decimals";
      EXPECT_EQ(times.n_frames, 2000);
      EXPECT_EQ(times.rate_hz, rate_hz);
    }
  }
}

TEST(FrameTimes, FindEveryGapThatTheRoundingDoesNotHide) {
  for (const double rate_hz : {60.0, 100.0, 150.0, 250.0}) {
    TimeColumn column = rounded_column(400, rate_hz, 3);
    for (const int first : {300, 150, 20}) {
      column.time_s.erase(column.time_s.begin() + first, column.time_s.begin() + first + 3);
      column.line.erase(column.line.begin() + first, column.line.begin() + first + 3);
    }
    const FrameTimes times = must_settle(column, rate_hz);
    EXPECT_EQ(times.n_frames, 400) << rate_hz;
    EXPECT_EQ(times.frame[20], 23) << rate_hz;
    EXPECT_THAT(times.notes, ElementsAre(HasSubstr("9 frames are not in the file (the time column "
                                                   "jumps 3 times)")));
  }
}

TEST(FrameTimes, TakeAStepThatWasRoundedAndSummedForTheRate) {
  TimeColumn column = rounded_column(200, 60.0, 3);
  for (std::size_t i = 0; i < 200; ++i) column.time_s[i] = 0.017 * static_cast<double>(i);
  const FrameTimes times = must_settle(column, 60.0);
  EXPECT_EQ(times.rate_hz, 60.0);
  EXPECT_EQ(times.n_frames, 200);
  EXPECT_THAT(times.notes, ElementsAre(HasSubstr("departs by up to 0.0663333 s")));
}

TEST(FrameTimes, TakeMillisecondsAndFrameCountsForWhatTheyAre) {
  TimeColumn column = rounded_column(50, 100.0, 3);
  for (double& t : column.time_s) t *= 1000.0;
  const FrameTimes milliseconds = must_settle(column, 100.0);
  EXPECT_EQ(milliseconds.rate_hz, 100.0);
  EXPECT_THAT(milliseconds.notes, ElementsAre("The time column was taken as milliseconds."));

  column.decimals = 0;
  std::iota(column.time_s.begin(), column.time_s.end(), 5.0);
  const FrameTimes counts = must_settle(column, 100.0);
  EXPECT_DOUBLE_EQ(counts.first_s, 0.05);
  EXPECT_THAT(counts.notes, ElementsAre(HasSubstr("counts frames")));
}

TEST(FrameTimes, SayThatAnUnevenClockWasMadeEven) {
  TimeColumn column = rounded_column(100, 30.0, 4);
  column.time_s[50] += 0.012;
  const FrameTimes times = must_settle(column, 30.0);
  EXPECT_EQ(times.n_frames, 100);
  EXPECT_THAT(times.notes, ElementsAre(HasSubstr("departs by up to 0.0120333 s")));
}

TEST(FrameTimes, RefuseTimeThatGoesBackOrJumpsFar) {
  TimeColumn column = rounded_column(100, 100.0, 3);
  column.time_s[60] = 0.0;
  const auto back = settle_times(column, 100.0, "run.trc");
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().where, "run.trc:67:2");
  EXPECT_THAT(back.error().what, HasSubstr("time goes back from 0.59 s to 0 s"));
  for (std::size_t i = 60; i < 100; ++i) column.time_s[i] = 500.0 + 0.01 * static_cast<double>(i);
  const auto jump = settle_times(column, 100.0, "run.trc");
  ASSERT_FALSE(jump);
  EXPECT_THAT(jump.error().what, HasSubstr("time jumps from 0.59 s to 500.6 s"));
}

TEST(UsedDecimals, AreThoseThatSayAnything) {
  EXPECT_EQ(used_decimals("4.983000"), 3);
  EXPECT_EQ(used_decimals("0"), 0);
  EXPECT_EQ(used_decimals("12."), 0);
  EXPECT_EQ(used_decimals("0.000"), 0);
  EXPECT_EQ(used_decimals(" 0.25 "), 2);
  EXPECT_EQ(used_decimals("1e-3"), 15);
}

}  // namespace
}  // namespace catena
