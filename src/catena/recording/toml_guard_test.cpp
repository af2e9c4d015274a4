#include "catena/recording/toml_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace catena {
namespace {

using testing::HasSubstr;

std::string about(const std::string& text) {
  const auto safe = check_is_safe_toml(text, "x.toml");
  return safe ? "safe" : to_sentence(safe.error());
}

TEST(TomlGuard, LetsPlainTomlThrough) {
  EXPECT_EQ(about(""), "safe");
  EXPECT_EQ(about("a = 1 # \xc3\xa9\nb = \"\xc3\xa9 \\\" \xc3\xa9\"\n\"\xc3\xa9\" = '\xc3\xa9'\n"),
            "safe");
  EXPECT_EQ(about("\xef\xbb\xbf"
                  "a = \"\"\nb = ''\n"),
            "safe");
  EXPECT_EQ(about("a = \"cut off\n# \xc3\xa9\n"), "safe");
}

TEST(TomlGuard, RefusesLettersBeyondAsciiOutsideOfQuotes) {
  EXPECT_THAT(about("a = 1\nb = \xc3\xa9\n"), HasSubstr("x.toml:2:5: a letter beyond ASCII"));
  EXPECT_THAT(about("\xc3\xa9 = 1\n"), HasSubstr(":1:1:"));
  EXPECT_THAT(about("a = 'x' \xc3\xa9"), HasSubstr(":1:9:"));
  EXPECT_THAT(about("a = \"x\\\"\" \xc3\xa9"), HasSubstr("beyond ASCII"));
  EXPECT_THAT(about("a = 'x\\' \xc3\xa9"), HasSubstr("beyond ASCII"));
  EXPECT_THAT(about("a = \"cut off\n\xc3\xa9"), HasSubstr(":2:1:"));
  EXPECT_THAT(about("\xef\xbb\xbb"), HasSubstr("beyond ASCII"));  // not quite a byte order mark
}

TEST(TomlGuard, RefusesTextsOverSeveralLinesAndLongFiles) {
  EXPECT_THAT(about("a = \"\"\"\n\xc3\xa9\"\"\""), HasSubstr(":1:5: a text over several lines"));
  EXPECT_THAT(about("a = '''"), HasSubstr("several lines"));
  EXPECT_THAT(about(std::string(100000, 'a')), HasSubstr("longer"));
}

}  // namespace
}  // namespace catena
