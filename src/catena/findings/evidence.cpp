#include "catena/findings/evidence.h"

#include <algorithm>

namespace catena {
namespace {

// Odds that change by less than a fifth are no evidence either way.
constexpr double kLeastLogOdds = 0.2;

Counts counts_of(const FindingRule& rule, double log_odds) {
  if (rule.counts != Counts::kBySign) return rule.counts;
  if (log_odds >= kLeastLogOdds) return Counts::kFor;
  return log_odds <= -kLeastLogOdds ? Counts::kAgainst : Counts::kContext;
}

void apply(const FindingRule& rule, const AllQuantities& all, std::optional<Side> side,
           const LogOddsMoved& moved, SortedEvidence& sorted) {
  const auto met = [&](const RuleCondition& condition) { return holds(condition, all, side); };
  if (!std::ranges::all_of(rule.conditions, met)) return;
  Evidence evidence;
  evidence.rule = rule.id;
  evidence.side = side;
  evidence.pain_points = rule.pain_points;
  if (side && rule.adds == LogOddsOf::kRun) evidence.log_odds = moved.by_run.at(*side);
  if (side && rule.adds == LogOddsOf::kExam) evidence.log_odds = moved.by_exam.at(*side);
  if (const Estimate* shown = find_quantity(all, rule.shows, side)) {
    evidence.value = *shown;
    evidence.unit = unit_of(rule.shows);
  }
  evidence.for_runner = fill_in(rule.runner, all, side);
  evidence.for_clinician = fill_in(rule.clinician, all, side);
  evidence.source = rule.source;
  evidence.grade = rule.grade;
  sorted.pain_points += rule.pain_points;
  const Counts counts = counts_of(rule, evidence.log_odds);
  (counts == Counts::kFor       ? sorted.for_it
   : counts == Counts::kAgainst ? sorted.against_it
                                : sorted.context)
      .push_back(std::move(evidence));
}

}  // namespace

bool holds(const RuleCondition& condition, const AllQuantities& all, std::optional<Side> side) {
  const Estimate* found = find_quantity(all, condition.input, side);
  if (found == nullptr) return false;
  switch (condition.comparison) {
    case Comparison::kIs:
      return (found->value > 0.5) == (condition.value > 0.5);
    case Comparison::kAtLeast:
      return found->value >= condition.value;
    case Comparison::kAtMost:
      return found->value <= condition.value;
    case Comparison::kSurelyAtLeast:
      return found->low >= condition.value;
    case Comparison::kSurelyAtMost:
      return found->high <= condition.value;
  }
  return false;
}

SortedEvidence apply_rules(const Rules& rules, const AllQuantities& all,
                           const LogOddsMoved& moved) {
  SortedEvidence sorted;
  for (const FindingRule& rule : rules.rules) {
    if (!rule.of_side) {
      apply(rule, all, std::nullopt, moved, sorted);
      continue;
    }
    for (const Side side : kSides) apply(rule, all, side, moved, sorted);
  }
  return sorted;
}

}  // namespace catena
