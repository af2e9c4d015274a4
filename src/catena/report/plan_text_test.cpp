#include "catena/report/plan_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace catena {
namespace {

using testing::HasSubstr;

PlanOutlook three_speeds() {
  RecordingPlan plan;
  plan.speeds_m_s = {2.5, 3.5, 4.5};
  return outlook_of(plan).value();
}

TEST(PlanText, SaysThePlanTheRunnersTheAdviceAndWhereTheNumbersComeFrom) {
  PlanOutlook outlook = three_speeds();
  outlook.middle = Outlook{1.0, 0.3, 0.25, 0.01, 0.21};
  outlook.least.reset();
  const std::string text = render_plan(outlook);
  EXPECT_THAT(text, HasSubstr("3 speeds from 2.5 to 4.5 m/s (9.0 to 16.2 km/h)"));
  EXPECT_THAT(text, HasSubstr("5 deg   not simulated"));
  EXPECT_THAT(text, HasSubstr("100 %             0.30          0.21        25 %"));
  EXPECT_THAT(text, HasSubstr("catena-validate plan-table"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
}

TEST(PlanText, AsJsonNothingIsLeftOutAndWhatIsNotKnownIsNull) {
  PlanOutlook outlook = three_speeds();
  outlook.middle = Outlook{1.0, 0.3, std::nan(""), 0.01, 0.1};
  const auto json = nlohmann::json::parse(render_plan_json(outlook));
  EXPECT_EQ(json["plan"]["speeds_m_s"].size(), 3U);
  EXPECT_TRUE(json["plan"]["ramp_s"].is_null());
  ASSERT_EQ(json["runners"].size(), 3U);
  EXPECT_EQ(json["runners"][1]["spread_deg"], 12.0);
  EXPECT_EQ(json["runners"][1]["interval_width"], 0.3);
  EXPECT_EQ(json["runners"][1]["known_within"], 0.15);
  EXPECT_TRUE(json["runners"][1]["stop_found"].is_null());
  EXPECT_EQ(json["advice"], outlook.advice);
  EXPECT_EQ(json["table"]["stop_deg"], plan_table().stop_deg);
}

}  // namespace
}  // namespace catena
