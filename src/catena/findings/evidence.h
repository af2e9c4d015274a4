// The rules applied: what each that holds has to say, for or against.
#pragma once

#include <array>
#include <vector>

#include "catena/findings/answer.h"
#include "catena/findings/quantities.h"
#include "catena/findings/rules.h"

namespace catena {

/// By how much each hip's run and its examination moved the log odds that freeing that hip would
/// show; 0 where there was nothing to move them.
struct LogOddsMoved {
  std::array<double, 2> by_run = {0.0, 0.0};
  std::array<double, 2> by_exam = {0.0, 0.0};
};

/// Evidence on each side of the answer, in the rules' order.
struct SortedEvidence {
  std::vector<Evidence> for_it, against_it, context;
  int pain_points = 0;
};

bool holds(const RuleCondition& condition, const AllQuantities& all, std::optional<Side> side);

SortedEvidence apply_rules(const Rules& rules, const AllQuantities& all, const LogOddsMoved& moved);

}  // namespace catena
