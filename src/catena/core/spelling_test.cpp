#include "catena/core/spelling.h"

#include <gtest/gtest.h>

#include <array>

namespace catena {
namespace {

constexpr std::array<std::string_view, 5> kKnown = {"height_m", "mass_kg", "speed_m_s",
                                                    "speed_km_h", "RASI"};

TEST(Spelling, FindsWordsWithALetterMoreLessOtherOrExchanged) {
  EXPECT_EQ(nearest_word("heigth_m", kKnown), "height_m");
  EXPECT_EQ(nearest_word("hight_m", kKnown), "height_m");
  EXPECT_EQ(nearest_word("mass_hg", kKnown), "mass_kg");
  EXPECT_EQ(nearest_word("mass__kg", kKnown), "mass_kg");
  EXPECT_EQ(nearest_word("RAS1", kKnown), "RASI");
}

TEST(Spelling, TakesUpperAndLowerCaseAlike) {
  EXPECT_EQ(nearest_word("rasi", kKnown), "RASI");
  EXPECT_EQ(nearest_word("Height_M", kKnown), "height_m");
}

TEST(Spelling, FindsWordsByTheirBeginningTheFirstOfSeveral) {
  EXPECT_EQ(nearest_word("mass", kKnown), "mass_kg");
  EXPECT_EQ(nearest_word("speed", kKnown), "speed_m_s");
}

TEST(Spelling, IsSilentAboutWordsThatAreFar) {
  EXPECT_EQ(nearest_word("weather", kKnown), "");
  EXPECT_EQ(nearest_word("ma", kKnown), "");
  EXPECT_EQ(nearest_word("", kKnown), "");
  EXPECT_EQ(nearest_word(std::string(1000, 'm'), kKnown), "");
  EXPECT_EQ(nearest_word("mass_kg", {}), "");
}

}  // namespace
}  // namespace catena
