#include "catena/report/number_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(NumberText, WritesAShareAsValueWithInterval) {
  EXPECT_EQ(share_text({0.5, 0.41, 0.59, 0.9, ""}, Script::kAscii), "0.50 (0.41 to 0.59)");
}

TEST(NumberText, WritesDegreesWithADecimalOnlyWhereTheIntervalIsNarrow) {
  EXPECT_EQ(degrees_text({30.06, 28.0, 32.9, 0.9, ""}, Script::kAscii), "30.1 (28.0 to 32.9)");
  EXPECT_EQ(degrees_text({30.06, 28.0, 33.0, 0.9, ""}, Script::kAscii), "30 (28 to 33)");
}

TEST(NumberText, SaysWhenTheValueOrItsIntervalIsNotKnown) {
  EXPECT_EQ(degrees_text({}, Script::kAscii, " deg"), "not known");
  EXPECT_EQ(degrees_text({4.0, kNan, kNan, 0.9, ""}, Script::kAscii, " deg"),
            "4.0 deg (no interval)");
  EXPECT_EQ(plain_number(kNan, 1), "not known");
}

TEST(NumberText, UsesATrueMinusSignOnPagesAndAHyphenOnTerminals) {
  const Estimate estimate{-5.0, -7.5, -3.0, 0.9, ""};
  EXPECT_EQ(degrees_text(estimate, Script::kTypographic, "\u00b0"),
            "\u22125.0\u00b0 (\u22127.5 to \u22123.0)");
  EXPECT_EQ(degrees_text(estimate, Script::kAscii), "-5.0 (-7.5 to -3.0)");
}

TEST(NumberText, NeverWritesMinusZero) {
  EXPECT_EQ(plain_number(-0.004, 2), "0.00");
  EXPECT_EQ(plain_number(-0.0, 0), "0");
}

TEST(NumberText, NeverCallsAnythingCertain) {
  EXPECT_EQ(probability_text(0.344), "34 %");
  EXPECT_EQ(probability_text(0.0), "under 1 %");
  EXPECT_EQ(probability_text(1.0), "over 99 %");
  EXPECT_EQ(probability_text(kNan), "not known");
}

}  // namespace
}  // namespace catena
