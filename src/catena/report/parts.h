// The parts of the chain as plots and tables list them.
#pragma once

#include <string>
#include <vector>

#include "catena/report/results.h"

namespace catena {

/// A part's place in the budget.
struct PartStyle {
  std::string name;   // "hip", "low back", "forward lean", "pelvis"
  std::string color;  // "#rrggbb"
  Estimate BudgetSummary::* budget_deg = nullptr;
  Contribution Budget::* contribution = nullptr;
  Share TakeUp::* share = nullptr;
};

/// Hip, low back and lean; without a thorax hip and pelvis.
std::vector<PartStyle> chain_parts(bool has_thorax);

/// The pelvis as one part: low back and lean together. It has no budget of its own with a thorax.
PartStyle pelvis_part();

/// Names of the demands in the order in which the recordings bring them.
std::vector<std::string> demand_order(const Results& results);

}  // namespace catena
