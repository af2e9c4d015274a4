#include "catena/report/visit_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "catena/core/test_schema.h"
#include "catena/report/comparison_text.h"

namespace catena {
namespace {

using testing::HasSubstr;

VisitChanges planted_changes() {
  VisitChanges changes;
  VisitChange pain{"pain_worst_0_10", std::nullopt, "points", 6.0, 2.0, 2.0};
  pain.verdict = ChangeVerdict::kChanged;
  pain.grade = "B";
  const VisitChange thomas{"modified_thomas", kLeft, "deg", 2.0, 6.5, 6.9};
  changes.numbers = {thomas, pain};
  changes.stops = {{kRight, StopVerdict::kReached, StopVerdict::kNotReached, true}};
  changes.probability_before = 0.8;
  changes.probability_after = std::numeric_limits<double>::quiet_NaN();
  changes.together = "Pain changed, but nothing measured did beyond measurement error.";
  return changes;
}

TEST(VisitText, NamesWhatChangedFirstAndThenWhatDidNot) {
  const std::string text = render_changes(planted_changes());
  const auto pain = text.find("Pain, worst of the last week: 6.0 -> 2.0 points (changed;");
  ASSERT_NE(pain, std::string::npos);
  EXPECT_LT(pain, text.find("Modified Thomas test: hip, left: 2.0 -> 6.5 deg (not "
                            "distinguishable from measurement error"));
  EXPECT_THAT(text, HasSubstr("Hip stop, right: reached -> not reached (changed)"));
  EXPECT_THAT(text, Not(HasSubstr("Probability")));
}

TEST(VisitText, GivesProgramsEveryChangeWithItsSmallestDetectable) {
  const auto json = nlohmann::json::parse(render_comparison_json({}, nullptr));
  EXPECT_TRUE(json["visits"].is_null());
  const VisitChanges changes = planted_changes();
  const auto visits = nlohmann::json::parse(render_comparison_json({}, &changes))["visits"];
  EXPECT_EQ(visits["numbers"][0]["side"], "left");
  EXPECT_EQ(visits["numbers"][0]["smallest_detectable"], 6.9);
  EXPECT_EQ(visits["numbers"][0]["changed"], false);
  EXPECT_TRUE(visits["numbers"][1]["side"].is_null());
  EXPECT_EQ(visits["probability"]["before"], 0.8);
  EXPECT_TRUE(visits["probability"]["after"].is_null());
}

TEST(VisitText, KeepsToTheSchemaOfComparisonsWhateverIsKnown) {
  if (!can_check_schemas()) GTEST_SKIP() << "skipped: no python3-jsonschema";
  const VisitChanges changes = planted_changes();
  const VisitChanges nothing;
  EXPECT_TRUE(follow_schema(
      "comparison", {render_comparison_json({}, nullptr), render_comparison_json({}, &nothing),
                     render_comparison_json({}, &changes)}));
}

}  // namespace
}  // namespace catena
