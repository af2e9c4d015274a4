#include "catena/gait/visit_comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catena/gait/profile_fixture.h"

namespace catena {
namespace {

std::vector<GaitProfile> visit(const std::vector<double>& speeds, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<GaitProfile> profiles;
  for (const double speed : speeds) {
    test::PlantedRunner planted;
    planted.speed_m_s = speed;
    profiles.push_back(test::planted_profile(random, planted));
  }
  return profiles;
}

TEST(VisitComparison, PairsRecordingsOfOneDemand) {
  const auto result = compare_visits(visit({4.5, 2.5, 3.5}, 1), visit({3.4, 2.52, 6.0}, 2));
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->pairs.size(), 2u);
  EXPECT_EQ(result->pairs[0].first, "runner_25");
  EXPECT_EQ(result->pairs[0].second, "runner_25");
  EXPECT_EQ(result->pairs[1].first, "runner_35");
  EXPECT_EQ(result->pairs[1].second, "runner_34");
  EXPECT_THAT(result->notes,
              testing::ElementsAre("runner_45 has no counterpart of the same demand.",
                                   "runner_60 has no counterpart of the same demand."));
}

TEST(VisitComparison, SaysWhenNothingCanBePaired) {
  EXPECT_EQ(compare_visits(visit({2.5, 3.0}, 1), visit({4.0, 4.5}, 2)).error().what,
            "no two recordings are of one demand");
}

TEST(VisitComparison, TakesTwoSingleRecordingsAsTheyAre) {
  const auto result = compare_visits(visit({2.5}, 1), visit({3.5}, 2));
  ASSERT_EQ(result->pairs.size(), 1u);
  EXPECT_THAT(result->pairs[0].notes, testing::Contains(testing::HasSubstr("The speeds differ")));
}

}  // namespace
}  // namespace catena
