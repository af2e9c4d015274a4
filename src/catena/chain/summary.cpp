#include "catena/chain/summary.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "catena/core/units.h"

namespace catena {
namespace {

constexpr std::size_t kFewestForPercentiles = 5;

// Straight lines between the sorted values (Hyndman & Fan 1996, Am Stat 50:361, type 7).
double percentile(const std::vector<double>& sorted, double part) {
  const double place = part * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::string source_text(std::size_t n) {
  const std::string count = std::to_string(n) + " strides";
  if (n >= kFewestForPercentiles) return "5th to 95th percentile over " + count;
  if (n > 1) return "smallest to largest of " + count + " (fewer than five)";
  return "one stride";
}

template <class Value>
Estimate over(std::span<const Budget> budgets, Value&& value_of) {
  std::vector<double> values;
  values.reserve(budgets.size());
  for (const Budget& budget : budgets) values.push_back(value_of(budget));
  return spread_over_strides_deg(values);
}

double not_carried_rad(const Budget& budget) {
  if (!budget.has_thorax) return budget.thigh_rad - budget.hip.total_rad;
  return budget.thigh_rad -
         (budget.hip.total_rad + budget.low_back.total_rad + budget.lean.total_rad);
}

}  // namespace

Estimate spread_over_strides_deg(std::span<const double> values_rad) {
  std::vector<double> sorted;
  for (const double value : values_rad) {
    if (std::isfinite(value)) sorted.push_back(value * kDegPerRad);
  }
  Estimate estimate;
  if (sorted.empty()) {
    estimate.source = "no stride";
    return estimate;
  }

  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  const bool enough = sorted.size() >= kFewestForPercentiles;
  estimate.value = std::accumulate(sorted.begin(), sorted.end(), 0.0) / n;
  estimate.level = enough ? 0.90 : (n - 1.0) / (n + 1.0);
  estimate.source = source_text(sorted.size());
  if (sorted.size() == 1) return estimate;  // one stride says nothing of the spread
  estimate.low = enough ? percentile(sorted, 0.05) : sorted.front();
  estimate.high = enough ? percentile(sorted, 0.95) : sorted.back();
  return estimate;
}

BudgetSummary summarize_budgets(std::span<const Budget> budgets) {
  BudgetSummary summary;
  summary.hip_deg = over(budgets, [](const Budget& b) { return b.hip.total_rad; });
  summary.low_back_deg = over(budgets, [](const Budget& b) { return b.low_back.total_rad; });
  summary.lean_deg = over(budgets, [](const Budget& b) { return b.lean.total_rad; });
  summary.other_deg = over(budgets, not_carried_rad);
  summary.thigh_deg = over(budgets, [](const Budget& b) { return b.thigh_rad; });
  summary.hip_rest_deg = over(budgets, [](const Budget& b) { return b.hip.rest_rad; });
  summary.low_back_rest_deg = over(budgets, [](const Budget& b) { return b.low_back.rest_rad; });
  summary.lean_rest_deg = over(budgets, [](const Budget& b) { return b.lean.rest_rad; });
  summary.n_strides = static_cast<int>(std::count_if(
      budgets.begin(), budgets.end(), [](const Budget& b) { return std::isfinite(b.thigh_rad); }));
  return summary;
}

BudgetSummary summarize_at_peak(std::span<const StrideResult> strides) {
  std::vector<Budget> budgets;
  budgets.reserve(strides.size());
  for (const StrideResult& stride : strides) budgets.push_back(stride.at_peak);
  return summarize_budgets(budgets);
}

BudgetSummary summarize_gained(std::span<const StrideResult> strides) {
  std::vector<Budget> budgets;
  for (const StrideResult& stride : strides) {
    if (stride.gained) budgets.push_back(*stride.gained);
  }
  return summarize_budgets(budgets);
}

std::vector<DemandBudget> summarize_by_demand(std::span<const StrideResult> strides,
                                              std::span<const std::string> demand_of_recording) {
  // Strides sorted into demands.
  std::vector<std::string> demands;
  std::vector<std::vector<StrideResult>> members;
  for (const StrideResult& stride : strides) {
    const auto recording = static_cast<std::size_t>(stride.recording);
    assert(recording < demand_of_recording.size());
    const std::string& demand = demand_of_recording[recording];
    const auto found = std::find(demands.begin(), demands.end(), demand);
    const auto place = static_cast<std::size_t>(found - demands.begin());
    if (found == demands.end()) {
      demands.push_back(demand);
      members.emplace_back();
    }
    members[place].push_back(stride);
  }

  std::vector<DemandBudget> by_demand;
  by_demand.reserve(demands.size());
  for (std::size_t k = 0; k < demands.size(); ++k) {
    by_demand.push_back({demands[k], summarize_at_peak(members[k])});
  }
  return by_demand;
}

}  // namespace catena
