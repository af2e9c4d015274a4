// The leg-behind budget as diverging stacked bars.
#pragma once

#include <string>

#include "catena/report/results.h"

namespace catena {

/// Degrees on the horizontal axis of the budget plots: one range for both legs, so that their
/// bars can be compared.
struct BudgetScale {
  double low_deg = 0.0, high_deg = 1.0;
};
BudgetScale budget_scale(const Results& results);

/// An <svg> element: the budget at the peak, the budget gained, then the peak per demand.
std::string draw_budget(const Results& results, Side side, const BudgetScale& scale);

}  // namespace catena
