#include "catena/report/comparison_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/core/test_schema.h"
#include "catena/gait/profile_fixture.h"

namespace catena {
namespace {

using testing::HasSubstr;

VisitComparison planted_comparison() {
  RandomStream random(1);
  const GaitProfile before = test::planted_profile(random, {});
  GaitProfile after = before;
  after.recording = "after";
  after.curves[0].strides_rad.middleCols(40, 11).array() += 9 * kRadPerDeg;
  after.curves[2].strides_rad = after.curves[2].strides_rad.topRows(2).eval();
  return *compare_visits({before}, {after});
}

TEST(ComparisonText, SaysWhatDiffersAndCountsTheRest) {
  const std::string text = render_comparison(planted_comparison());
  EXPECT_THAT(text, HasSubstr("runner_25 -> after (second minus first)\n"));
  EXPECT_THAT(text, HasSubstr("  Right hip flexion differs from 39 to 51 % by up to +9"));
  EXPECT_THAT(text,
              HasSubstr("  Not compared, its strides are too few to compare, or worth too few "
                        "independent ones: Right pelvis tilt.\n"));
  EXPECT_THAT(text, HasSubstr("  10 other curves and numbers: no difference shown.\n"));
  EXPECT_THAT(text, HasSubstr("note: Strides of two recordings are two samples"));
}

TEST(ComparisonText, DoesNotCountWhatWasNotComparedAsNoDifference) {
  RandomStream random(1);
  const GaitProfile before = test::planted_profile(random, {});
  GaitProfile after = before;
  after.scalars[0].strides.setConstant(NAN);
  after.scalars[2].strides.setConstant(NAN);
  const VisitComparison comparison = *compare_visits({before}, {after});
  const std::string text = render_comparison(comparison);
  EXPECT_THAT(text, HasSubstr("  10 other curves and numbers: no difference shown.\n"
                              "  Not compared, a recording has no stride that shows it: "
                              "Right contact time, Left contact time.\n"));
  EXPECT_THAT(text, HasSubstr("10 comparisons are made: about 0.5 would"));
  const auto json = nlohmann::json::parse(render_comparison_json(comparison));
  EXPECT_TRUE(json["pairs"][0]["scalars"][0]["why"].is_string());
  EXPECT_TRUE(json["pairs"][0]["scalars"][1]["why"].is_null());
}

TEST(ComparisonText, SaysNothingOfSexWhereItIsNotKnown) {
  Reference reference;
  reference.conditions.emplace_back().n_runners = 3;
  EXPECT_THAT(render_reference(reference), HasSubstr(": 3 runners, 0 curves"));
  reference.conditions[0].n_female = 1;
  EXPECT_THAT(render_reference(reference), HasSubstr(": 3 runners (1 female, 0 male), 0 curves"));
}

TEST(ComparisonText, GivesProgramsEveryNumber) {
  const auto json = nlohmann::json::parse(render_comparison_json(planted_comparison()));
  const auto& curves = json["pairs"][0]["curves"];
  ASSERT_EQ(curves.size(), 8u);
  EXPECT_EQ(curves[0]["name"], "hip_flexion");
  EXPECT_EQ(curves[0]["t"].size(), 101u);
  EXPECT_EQ(curves[0]["spans"].size(), 1u);
  EXPECT_TRUE(curves[0]["spans"][0]["detectable"].get<bool>());
  EXPECT_TRUE(curves[2]["threshold"].is_null());
  EXPECT_TRUE(curves[2]["why"].is_string());
  EXPECT_EQ(json["pairs"][0]["scalars"].size(), 4u);
}

TEST(ComparisonText, KeepsToTheSchema) {
  if (!can_check_schemas()) GTEST_SKIP() << "skipped: no python3-jsonschema";
  EXPECT_TRUE(follow_schema("comparison", {render_comparison_json(planted_comparison())}));
}

TEST(ComparisonText, ReportsHowManyRunnersLieInsideTheBandsOfTheOthers) {
  RandomStream random(2);
  std::vector<std::vector<GaitProfile>> runners;
  for (int r = 0; r < 4; ++r) {
    test::PlantedRunner planted;
    planted.name = "runner" + std::to_string(r);
    runners.push_back({test::planted_profile(random, planted)});
  }
  const std::string text = render_reference(*build_reference(runners));
  EXPECT_THAT(text, HasSubstr("running on a treadmill at 2.50 m/s: 4 runners (0 female, 4 male), 8 "
                              "curves, 4 numbers\n"));
  EXPECT_THAT(text, HasSubstr("inside the band of the other 3 in "));
  EXPECT_THAT(text, HasSubstr(" of 32 ("));
  EXPECT_THAT(text, HasSubstr("4 runners describe themselves"));
}

}  // namespace
}  // namespace catena
