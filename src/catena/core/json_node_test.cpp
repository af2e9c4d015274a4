#include "catena/core/json_node.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace catena {
namespace {

using testing::HasSubstr;

JsonNode parsed(const std::string& text) {
  const auto node = JsonNode::parse(text, "r.json", "write it again");
  EXPECT_TRUE(node) << to_sentence(node.error());
  return *node;
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(JsonNode, RefusesWhatIsNestedTooDeepForAParserThatCallsItself) {
  const auto nested = [](int levels) {
    return "{\"a\":" + repeated("[", levels) + repeated("]", levels) + "}";
  };
  EXPECT_FALSE(is_too_deep_json(nested(15)));
  EXPECT_TRUE(is_too_deep_json(nested(16)));
  EXPECT_TRUE(JsonNode::parse(nested(15), "r.json", ""));
  EXPECT_FALSE(JsonNode::parse(nested(1 << 20), "r.json", ""));
  // What stands one after the other is not deep.
  EXPECT_FALSE(is_too_deep_json(repeated("[{}],", 1000)));
}

TEST(JsonNode, TellsWhatIsMissingFromWhatIsWrong) {
  const JsonNode node = parsed(R"({"mean": 2.5, "sd": null, "low": "x", "note": 3})");
  EXPECT_EQ(*node.number_or_nan("mean"), 2.5);
  EXPECT_TRUE(std::isnan(*node.number_or_nan("sd")));
  EXPECT_TRUE(std::isnan(*node.number_or_nan("high")));
  EXPECT_FALSE(node.number_or_nan("low"));
  EXPECT_FALSE(node.number_or_nan("mean", 3.0, 4.0));
  EXPECT_EQ(*node.text_or_empty("source"), "");
  EXPECT_FALSE(node.text_or_empty("note"));
  EXPECT_FALSE(node.number("sd", 0.0, 1.0));
}

TEST(JsonNode, ErrorsNameTheFileThePlaceAndWhatToDo) {
  const JsonNode node = parsed(R"({"list": [{"n": 1}, {"n": 1.5}]})");
  const auto items = node.items("list");
  ASSERT_TRUE(items);
  EXPECT_EQ(*(*items)[0].count("n"), 1);
  const auto broken = (*items)[1].count("n");
  ASSERT_FALSE(broken);
  EXPECT_THAT(to_sentence(broken.error()), HasSubstr("r.json: list[1].n"));
  EXPECT_THAT(to_sentence(broken.error()), HasSubstr("write it again"));
}

}  // namespace
}  // namespace catena
