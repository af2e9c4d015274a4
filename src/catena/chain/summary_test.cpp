#include "catena/chain/summary.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "catena/core/units.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Budget budget_deg(double hip_deg, double low_back_deg, double lean_deg) {
  Budget budget;
  budget.has_thorax = true;
  budget.hip = {hip_deg * kRadPerDeg, (hip_deg - 1) * kRadPerDeg, 1 * kRadPerDeg};
  budget.low_back = {low_back_deg * kRadPerDeg, (low_back_deg - 2) * kRadPerDeg, 2 * kRadPerDeg};
  budget.lean = {lean_deg * kRadPerDeg, (lean_deg + 3) * kRadPerDeg, -3 * kRadPerDeg};
  budget.pelvis.total_rad = (low_back_deg + lean_deg) * kRadPerDeg;
  budget.thigh_rad = (hip_deg + low_back_deg + lean_deg) * kRadPerDeg;
  return budget;
}

TEST(SpreadOverStrides, IsThe5thTo95thPercentileFromFiveStridesOn) {
  std::vector<double> values_rad;
  for (int k = 100; k >= 0; --k) values_rad.push_back(k * kRadPerDeg);
  values_rad.push_back(kNan);
  const Estimate estimate = spread_over_strides_deg(values_rad);
  EXPECT_NEAR(estimate.value, 50.0, 1e-12);
  EXPECT_NEAR(estimate.low, 5.0, 1e-12);
  EXPECT_NEAR(estimate.high, 95.0, 1e-12);
  EXPECT_EQ(estimate.level, 0.90);
  EXPECT_EQ(estimate.source, "5th to 95th percentile over 101 strides");
}

TEST(SpreadOverStrides, OfFewIsSmallestToLargestAndSaysSo) {
  const Estimate three =
      spread_over_strides_deg(std::vector<double>{3 * kRadPerDeg, 1 * kRadPerDeg, 5 * kRadPerDeg});
  EXPECT_NEAR(three.value, 3.0, 1e-12);
  EXPECT_NEAR(three.low, 1.0, 1e-12);
  EXPECT_NEAR(three.high, 5.0, 1e-12);
  EXPECT_NEAR(three.level, 0.5, 1e-12);
  EXPECT_EQ(three.source, "smallest to largest of 3 strides (fewer than five)");
  const Estimate one = spread_over_strides_deg(std::vector<double>{2 * kRadPerDeg});
  EXPECT_TRUE(std::isnan(one.low) && std::isnan(one.high)) << "one stride shows no spread";
  EXPECT_EQ(one.level, 0.0);
  EXPECT_EQ(one.source, "one stride");
}

TEST(SpreadOverStrides, OfNoneIsUnknown) {
  for (const std::vector<double>& none : {std::vector<double>{}, std::vector<double>{kNan, kNan}}) {
    const Estimate estimate = spread_over_strides_deg(none);
    EXPECT_TRUE(std::isnan(estimate.value));
    EXPECT_TRUE(std::isnan(estimate.low));
    EXPECT_EQ(estimate.source, "no stride");
  }
}

TEST(SummarizeBudgets, GivesEveryPartAndLeavesNothingOver) {
  const std::vector<Budget> budgets = {budget_deg(25, -9, 10), budget_deg(27, -7, 12)};
  const BudgetSummary summary = summarize_budgets(budgets);
  EXPECT_EQ(summary.n_strides, 2);
  EXPECT_NEAR(summary.hip_deg.value, 26, 1e-12);
  EXPECT_NEAR(summary.low_back_deg.value, -8, 1e-12);
  EXPECT_NEAR(summary.lean_deg.value, 11, 1e-12);
  EXPECT_NEAR(summary.thigh_deg.value, 29, 1e-12);
  EXPECT_NEAR(summary.other_deg.value, 0, 1e-12);
  EXPECT_NEAR(summary.hip_rest_deg.value, 1, 1e-12);
  EXPECT_NEAR(summary.low_back_rest_deg.value, 2, 1e-12);
  EXPECT_NEAR(summary.lean_rest_deg.value, -3, 1e-12);
}

TEST(SummarizeBudgets, WithoutAThoraxPutsThePelvisUnderOther) {
  Budget budget = budget_deg(25, -9, 10);
  budget.has_thorax = false;
  budget.low_back = budget.lean = {kNan, kNan, kNan};
  const BudgetSummary summary = summarize_budgets(std::vector<Budget>{budget});
  EXPECT_TRUE(std::isnan(summary.low_back_deg.value));
  EXPECT_TRUE(std::isnan(summary.lean_deg.value));
  EXPECT_NEAR(summary.hip_deg.value, 25, 1e-12);
  EXPECT_NEAR(summary.other_deg.value, 1, 1e-12);
  EXPECT_EQ(summary.n_strides, 1);
}

TEST(SummarizeStrides, CountsOnlyThoseThatHaveABudgetGained) {
  StrideResult with;
  with.at_peak = budget_deg(25, -9, 10);
  with.gained = budget_deg(20, 2, 1);
  StrideResult without = with;
  without.gained.reset();
  const std::vector<StrideResult> strides = {with, without};
  EXPECT_EQ(summarize_at_peak(strides).n_strides, 2);
  EXPECT_EQ(summarize_gained(strides).n_strides, 1);
  EXPECT_NEAR(summarize_gained(strides).hip_deg.value, 20, 1e-12);
}

TEST(SummarizeByDemand, PutsRecordingsOfOneDemandTogetherInTheirOrder) {
  std::vector<StrideResult> strides(5);
  const int recordings[] = {1, 0, 2, 2, 1};
  for (std::size_t k = 0; k < strides.size(); ++k) {
    strides[k].recording = recordings[k];
    strides[k].at_peak = budget_deg(static_cast<double>(k), 0, 0);
  }
  const std::vector<std::string> demands = {"fast", "slow", "fast"};
  const auto by_demand = summarize_by_demand(strides, demands);
  ASSERT_EQ(by_demand.size(), 2U);
  EXPECT_EQ(by_demand[0].demand, "slow");
  EXPECT_EQ(by_demand[0].at_peak.n_strides, 2);
  EXPECT_NEAR(by_demand[0].at_peak.hip_deg.value, 2.0, 1e-12);
  EXPECT_EQ(by_demand[1].demand, "fast");
  EXPECT_NEAR(by_demand[1].at_peak.hip_deg.value, 2.0, 1e-12);
  EXPECT_EQ(by_demand[1].at_peak.n_strides, 3);
}

}  // namespace
}  // namespace catena
