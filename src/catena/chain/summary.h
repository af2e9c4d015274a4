// From budgets stride by stride to numbers that a person reads: degrees, with their spread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "catena/chain/stride_result.h"
#include "catena/core/estimate.h"

namespace catena {

/// Mean over strides in degrees, and the spread of single strides about it: 5th to 95th percentile
/// from five strides on, else smallest to largest. This is how strides differ, not how well the
/// mean is known: what all strides share (marker placement, standing) is not in it.
///
/// values_rad  one a stride; NaN is passed over. NaN when none is left
/// level       0.90, or for fewer than five strides (n - 1) / (n + 1), the part of further strides
///             that smallest to largest of n holds on average whatever their distribution
Estimate spread_over_strides_deg(std::span<const double> values_rad);

/// Every part of a budget over strides.
BudgetSummary summarize_budgets(std::span<const Budget> budgets);

/// budget_at_peak over strides; budget_gained over those strides that have one.
BudgetSummary summarize_at_peak(std::span<const StrideResult> strides);
BudgetSummary summarize_gained(std::span<const StrideResult> strides);

/// budget_at_peak demand by demand, in the order in which the demands first come.
///
/// demand_of_recording   label of each recording that StrideResult::recording may name
std::vector<DemandBudget> summarize_by_demand(std::span<const StrideResult> strides,
                                              std::span<const std::string> demand_of_recording);

}  // namespace catena
