#include "catena/report/label_column.h"

#include <gtest/gtest.h>

#include <cmath>

namespace catena {
namespace {

TEST(LabelColumn, LeavesAloneWhatDoesNotTouch) {
  const std::vector<double> wanted = {10.0, 30.0, 45.0};
  EXPECT_EQ(spread_labels(wanted, 10.0, 0.0, 100.0), wanted);
  EXPECT_TRUE(spread_labels({}, 10.0, 0.0, 100.0).empty());
}

TEST(LabelColumn, SpreadsThoseThatTouchEvenlyAboutTheirMiddle) {
  const std::vector<double> places = spread_labels({50.0, 50.0, 50.0}, 10.0, 0.0, 100.0);
  ASSERT_EQ(places.size(), 3u);
  EXPECT_NEAR(places[0], 40.0, 1e-12);
  EXPECT_NEAR(places[1], 50.0, 1e-12);
  EXPECT_NEAR(places[2], 60.0, 1e-12);
}

TEST(LabelColumn, StaysInsideAndKeepsThePitchAndTheOrder) {
  const std::vector<double> wanted = {1.0, 2.0, 3.0, 60.0, 98.0, 99.0, 99.5};
  const std::vector<double> places = spread_labels(wanted, 10.0, 5.0, 100.0);
  EXPECT_GE(places.front(), 5.0);
  EXPECT_LE(places.back(), 100.0 + 1e-9);
  for (std::size_t k = 1; k < places.size(); ++k) {
    EXPECT_GE(places[k] - places[k - 1], 10.0 - 1e-9);
  }
  EXPECT_EQ(places[3], 60.0);
}

TEST(LabelColumn, MovesNoMoreThanItMust) {
  // No other places with the same pitch are nearer in the sum of squares.
  const std::vector<double> wanted = {20.0, 24.0, 31.0, 33.0};
  const std::vector<double> places = spread_labels(wanted, 8.0, 0.0, 100.0);
  const auto cost = [&](const std::vector<double>& at) {
    double sum = 0.0;
    for (std::size_t k = 0; k < at.size(); ++k) sum += std::pow(at[k] - wanted[k], 2);
    return sum;
  };
  for (double shift = -3.0; shift <= 3.0; shift += 0.25) {
    for (double open = 0.0; open <= 3.0; open += 0.25) {
      std::vector<double> other = places;
      for (std::size_t k = 0; k < other.size(); ++k) {
        other[k] += shift + (k < 2 ? 0.0 : open);
      }
      EXPECT_GE(cost(other) + 1e-9, cost(places));
    }
  }
}

TEST(LabelColumn, ShortensToTheWidthAndNeverThroughALetter) {
  EXPECT_EQ(shortened_to("RASI", 10.0), "RASI");
  const std::string cut = shortened_to("R.Thigh.Bottom.Lateral", 8.0);
  EXPECT_LE(text_width(cut), 8.0);
  EXPECT_TRUE(cut.starts_with("R.Thigh"));
  EXPECT_TRUE(cut.ends_with("\u2026"));
  // Two bytes a letter: what is kept is a whole number of them.
  const std::string greek = shortened_to("\u03b1\u03b1\u03b1\u03b1\u03b1\u03b1", 3.0);
  EXPECT_EQ((greek.size() - std::string("\u2026").size()) % 2, 0u);
  EXPECT_GT(greek.size(), std::string("\u2026").size());
}

}  // namespace
}  // namespace catena
