#include "catena/validation/plan_study.h"

#include <gtest/gtest.h>

#include <cmath>

namespace catena {
namespace {

TEST(PlanStudy, WritesWhatTheProgramReads) {
  const auto again = parse_plan_table(to_json(plan_table()), "again");
  ASSERT_TRUE(again) << to_sentence(again.error());
  ASSERT_EQ(again->cells.size(), plan_table().cells.size());
  for (std::size_t i = 0; i < again->cells.size(); ++i) {
    const PlanCell& a = again->cells[i];
    const PlanCell& b = plan_table().cells[i];
    EXPECT_EQ(a.is_ramp, b.is_ramp);
    EXPECT_EQ(a.size, b.size);
    EXPECT_EQ(a.strides, b.strides);
    EXPECT_EQ(a.spread_deg, b.spread_deg);
    EXPECT_EQ(a.outlook.given, b.outlook.given);
    EXPECT_EQ(std::isnan(a.outlook.power), std::isnan(b.outlook.power));
  }
}

TEST(PlanStudy, MoreSpeedsOverAWiderRangeTellMoreAndTwoTellNothing) {
  PlanStudyOptions options;
  options.sessions = 2;
  options.cells = {{false, 2, 12, 12, {}}, {false, 3, 12, 9, {}}, {false, 8, 12, 24, {}}};
  const PlanTable table = run_plan_study(options);
  EXPECT_EQ(table.cells[0].outlook.given, 0.0);
  EXPECT_TRUE(std::isnan(table.cells[0].outlook.width));
  EXPECT_GT(table.cells[1].outlook.width, 1.5 * table.cells[2].outlook.width);
  EXPECT_EQ(table.cells[2].outlook.given, 1.0);

  options.threads = 1;
  options.cells = {options.cells[0], options.cells[1]};
  const PlanTable again = run_plan_study(options);
  EXPECT_EQ(again.cells[1].outlook.width, table.cells[1].outlook.width);
}

}  // namespace
}  // namespace catena
