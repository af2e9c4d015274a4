#include "catena/findings/visit_change.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/core/normal_estimate.h"
#include "catena/exam/exam_tests.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kPainDetectable = 2.0;
constexpr const char* kPainSource = "Childs, Piva & Fritz 2005, Spine 30:1331";

void judge(VisitChange& change) {
  const bool changed = std::abs(change.after - change.before) >= change.smallest_detectable;
  change.verdict = changed ? ChangeVerdict::kChanged : ChangeVerdict::kNotDistinguishable;
}

void add_pain(VisitChanges& changes, const Examination& before, const Examination& after) {
  VisitChange pain{"pain_worst_0_10", std::nullopt, "points"};
  pain.before = before.symptoms.worst_0_10;
  pain.after = after.symptoms.worst_0_10;
  if (!std::isfinite(pain.before) || !std::isfinite(pain.after)) return;
  pain.smallest_detectable = kPainDetectable;
  pain.source = kPainSource;
  pain.grade = "B";
  judge(pain);
  changes.numbers.push_back(pain);
}

void add_tests(VisitChanges& changes, const Examination& before, const Examination& after) {
  for (const ExamValue& first : before.values) {
    const ExamTest* test = find_test(first.test);
    const ExamValue* second = find_value(after, first.test, first.side);
    if (test == nullptr || second == nullptr || test->unit == ExamUnit::kFinding) continue;
    if (first.method != second->method || first.pelvis_controlled != second->pelvis_controlled) {
      changes.notes.push_back(fmt::format(
          "{}: measured in another way at the second visit, so not compared.", test->name));
      continue;
    }
    if (!std::isfinite(first.sem) || !std::isfinite(second->sem)) {
      changes.notes.push_back(
          fmt::format("{}: its error is not known, so not compared.", test->name));
      continue;
    }
    VisitChange change{first.test, first.side, std::string(name_of(test->unit))};
    change.before = from_si(test->unit, first.value);
    change.after = from_si(test->unit, second->value);
    change.smallest_detectable =
        kNormal95 * from_si(test->unit, std::hypot(first.sem, second->sem));
    change.relief = test->joint == "hip" && test->direction == "extension" ? 1 : 0;
    change.source = "standard errors of both examinations";
    change.grade = "B";
    judge(change);
    changes.numbers.push_back(change);
  }
}

void add_share(VisitChanges& changes, const std::string& name, Side side, int relief,
               const Share& before, const Share& after) {
  const double error = std::hypot(sd_of(before.estimate), sd_of(after.estimate));
  if (!std::isfinite(error) || !std::isfinite(before.estimate.value) ||
      !std::isfinite(after.estimate.value)) {
    return;
  }
  VisitChange change{name, side, "1"};
  change.before = before.estimate.value;
  change.after = after.estimate.value;
  change.smallest_detectable = kNormal95 * error;
  change.relief = relief;
  change.source = "intervals of both visits' take-up";
  change.grade = "A";
  judge(change);
  changes.numbers.push_back(change);
}

void add_leg(VisitChanges& changes, Side side, const TakeUp& before, const TakeUp& after) {
  add_share(changes, "hip_share", side, 1, before.hip, after.hip);
  if (before.has_thorax && after.has_thorax) {
    add_share(changes, "low_back_share", side, -1, before.low_back, after.low_back);
    add_share(changes, "lean_share", side, 0, before.lean, after.lean);
  }
  const auto is_decided = [](StopVerdict verdict) {
    return verdict == StopVerdict::kReached || verdict == StopVerdict::kNotReached;
  };
  StopChange stop{side, before.hip_stop.verdict, after.hip_stop.verdict};
  stop.changed = is_decided(stop.before) && is_decided(stop.after) && stop.before != stop.after;
  changes.stops.push_back(stop);
}

// Relief, where it is expected of a change, falls together with less pain.
std::string together_sentence(const VisitChanges& changes) {
  const VisitChange* pain = nullptr;
  int with = 0;
  int against = 0;
  int others = 0;
  for (const VisitChange& change : changes.numbers) {
    if (change.name == "pain_worst_0_10") {
      pain = &change;
      continue;
    }
    if (change.verdict != ChangeVerdict::kChanged) continue;
    ++others;
    if (pain == nullptr || change.relief == 0) continue;
    const bool is_relief = (change.after > change.before) == (change.relief > 0);
    ++(is_relief == (pain->after < pain->before) ? with : against);
  }
  if (pain == nullptr) {
    return "Pain was not rated at both visits, so whether pain and movement changed together is "
           "not "
           "known.";
  }
  if (pain->verdict != ChangeVerdict::kChanged) {
    return others == 0 ? "Neither pain nor anything measured changed beyond measurement error."
                       : "What was measured changed, but the pain's change is not distinguishable "
                         "from measurement error.";
  }
  if (others == 0) {
    return "Pain changed, but nothing measured did beyond measurement error.";
  }
  if (with > 0 && against == 0) {
    return "Pain and what was measured changed together, in the direction that a mechanical "
           "pattern would "
           "give; two visits cannot show that one brought about the other.";
  }
  return with == 0 && against == 0
             ? "Pain changed, and so did what was measured, but nothing of which a direction is "
               "expected."
             : "Pain changed, but what was measured did not all change in the direction that a "
               "mechanical pattern would give.";
}

}  // namespace

VisitChanges compare_answers(const Visit& before, const Visit& after) {
  VisitChanges changes;
  if (before.exam && after.exam) {
    add_pain(changes, *before.exam, *after.exam);
    add_tests(changes, *before.exam, *after.exam);
  } else {
    changes.notes.emplace_back(
        "Not both visits have an examination, so pain and tests are not compared.");
  }
  for (const Side side : kSides) {
    add_leg(changes, side, before.run.legs.at(side).take_up, after.run.legs.at(side).take_up);
  }
  const bool held_back = before.answer.held_back || after.answer.held_back;
  changes.probability_before = held_back ? kNan : before.answer.probability;
  changes.probability_after = held_back ? kNan : after.answer.probability;
  if (held_back) {
    changes.notes.emplace_back(
        "A red flag is present at one of the visits: that comes first, and the answer is held "
        "back.");
  }
  changes.together = together_sentence(changes);
  return changes;
}

}  // namespace catena
