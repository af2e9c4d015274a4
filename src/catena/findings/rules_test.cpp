#include "catena/findings/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "catena/findings/evidence.h"
#include "catena/findings/rules_file.h"

namespace catena {
namespace {

using testing::HasSubstr;

std::string edited(const std::string& from, const std::string& to) {
  std::string text(rules_file());
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string error_of(const std::string& text) {
  const auto rules = parse_rules(text, "rules.json");
  EXPECT_FALSE(rules.has_value());
  return rules ? "" : to_sentence(rules.error());
}

TEST(Rules, ThoseOfTheProgramAreRead) {
  const auto rules = parse_rules(rules_file(), "rules.json");
  ASSERT_TRUE(rules.has_value()) << to_sentence(rules.error());
  EXPECT_GE(rules->rules.size(), 20u);
}

TEST(Rules, AFigureOfGradeCIsRefused) {
  EXPECT_THAT(error_of(edited("\"grade\": \"A\"", "\"grade\": \"C\"")), HasSubstr("grade"));
}

TEST(Rules, ARuleTwiceIsRefused) {
  EXPECT_THAT(error_of(edited("\"id\": \"stop_without_relief\"", "\"id\": \"stop_relieves\"")),
              HasSubstr("stands twice"));
}

TEST(Rules, CutsThatDoNotRiseAreRefused) {
  EXPECT_THAT(error_of(edited("\"not_below\": 0.2", "\"not_below\": 0.9")),
              HasSubstr("rising order"));
}

TEST(Rules, EveryRuleHasItsSentencesAndItsSource) {
  for (const FindingRule& rule : answer_rules().rules) {
    EXPECT_THAT(rule.runner, testing::EndsWith(".")) << rule.id;
    EXPECT_THAT(rule.clinician, testing::EndsWith(".")) << rule.id;
    EXPECT_FALSE(rule.source.empty()) << rule.id;
    EXPECT_FALSE(rule.conditions.empty()) << rule.id;
  }
}

TEST(Rules, NoRuleLooksAtAPercentileAmongOtherRunners) {
  for (const FindingRule& rule : answer_rules().rules) {
    for (const RuleCondition& condition : rule.conditions) {
      EXPECT_THAT(condition.input, testing::Not(HasSubstr("percentile"))) << rule.id;
    }
  }
}

TEST(Evidence, SurelyMeansTheWholeInterval) {
  AllQuantities all;
  all.of_side[kRight]["lean_share"] = {0.4, 0.2, 0.6, 0.90, ""};
  EXPECT_TRUE(holds({"lean_share", Comparison::kAtLeast, 0.3}, all, kRight));
  EXPECT_FALSE(holds({"lean_share", Comparison::kSurelyAtLeast, 0.3}, all, kRight));
  EXPECT_FALSE(holds({"lean_share", Comparison::kAtLeast, 0.3}, all, kLeft)) << "not known there";
}

TEST(Evidence, SentencesAreFilledFromWhatIsKnown) {
  AllQuantities all;
  all.of_side[kLeft]["relief_deg"] = {4.21, 1.0, 7.5, 0.90, ""};
  all.of_side[kLeft]["stop_probability"] = {0.584, 0.584, 0.584, 0.90, ""};
  EXPECT_EQ(
      fill_in("{side}: {relief_deg:interval} deg, {stop_probability} %, {lean_share}", all, kLeft),
      "left: 4 (90 % 1 to 8) deg, 58 %, not known");
  all.of_side[kLeft]["relief_deg"] = {4.21, 3.0, 5.5, 0.90, ""};
  EXPECT_EQ(fill_in("{relief_deg:interval}", all, kLeft), "4.2 (90 % 3.0 to 5.5)");
  EXPECT_EQ(fill_in("nothing to fill {", all, kLeft), "nothing to fill {");
}

}  // namespace
}  // namespace catena
