#include "catena/core/ascii_toml.h"

#include <gtest/gtest.h>

namespace catena {
namespace {

TEST(AsciiToml, EveryByteComesBack) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  bytes += "@C3 @@ @";
  const auto ascii = to_ascii_toml(bytes, "x.toml");
  ASSERT_TRUE(ascii);
  for (const char c : *ascii) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  EXPECT_EQ(from_ascii_toml(*ascii), bytes);
}

TEST(AsciiToml, PlainTextStaysAsItIsAndAByteOrderMarkGoes) {
  EXPECT_EQ(*to_ascii_toml("\xef\xbb\xbf[a]\nb = 1 # c\n", "x.toml"), "[a]\nb = 1 # c\n");
  EXPECT_EQ(from_ascii_toml("a@b @4 @4x"), "a@b @4 @4x");
}

TEST(AsciiToml, PlacesAreThoseOfTheFile) {
  // Two letters beyond ASCII stand before the x.
  const std::string bytes = "a = 1\nn = '\xc3\xa9\xc3\xa9' x\n";
  const std::string ascii = *to_ascii_toml(bytes, "x.toml");
  const auto at = static_cast<unsigned>(ascii.find('x') - ascii.find('n') + 1);
  EXPECT_EQ(place_in_toml(bytes, "x.toml", 2, at), "x.toml:2:10");
  EXPECT_EQ(place_in_toml(bytes, "x.toml", 1, 5), "x.toml:1:5");
  EXPECT_EQ(place_in_toml(bytes, "x.toml", 9, 3), "x.toml:9:3");
}

TEST(AsciiToml, RefusesFilesThatCouldExhaustTheStack) {
  EXPECT_FALSE(to_ascii_toml(std::string(100000, 'a'), "x.toml"));
}

}  // namespace
}  // namespace catena
