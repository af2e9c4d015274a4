#include "catena/core/toml.h"

#include <gtest/gtest.h>

namespace catena {
namespace {

TEST(Toml, GivesTheTopTableWithItsTextsInAscii) {
  const auto top = parse_toml("name = '\xc3\xa9'\n[a]\nb = 3\n", "x.toml", "");
  ASSERT_TRUE(top) << to_sentence(top.error());
  EXPECT_EQ(from_ascii_toml((*top)["name"].value<std::string>().value_or("")), "\xc3\xa9");
  EXPECT_EQ((*top)["a"]["b"].value<int>(), 3);
}

TEST(Toml, SaysWhatIsWrongInPlainCharactersAndWhereInTheFile) {
  // The second letter of the second line is beyond ASCII, and so is what the parser meets.
  const auto bad = parse_toml("a = 1\n'\xc3\xa9' \xc3\xa9\n", "x.toml", "write it so");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, Errc::kBadFormat);
  EXPECT_EQ(bad.error().where, "x.toml:2:5");
  EXPECT_EQ(bad.error().hint, "write it so");
  EXPECT_EQ(bad.error().what.substr(0, 22), "not well-formed TOML: ");
  EXPECT_TRUE(bad.error().what[22] >= 'a' && bad.error().what[22] <= 'z') << bad.error().what;
  for (const char c : bad.error().what) EXPECT_TRUE(c >= ' ' && c <= '~');
}

TEST(Toml, RefusesWhatCouldExhaustTheStack) {
  EXPECT_FALSE(parse_toml("a = " + std::string(60000, '['), "x.toml", ""));
}

}  // namespace
}  // namespace catena
