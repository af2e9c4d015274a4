// What changed between two visits of one runner beyond what could be error, and whether the pain
// moved with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catena/findings/answer.h"

namespace catena {

/// What one visit brings.
struct Visit {
  RunFindings run;
  std::optional<Examination> exam;
  Answer answer;
};

enum class ChangeVerdict { kChanged, kNotDistinguishable };

/// One number of both visits.
struct VisitChange {
  std::string name;  // "pain_worst_0_10", "hip_share", "modified_thomas"
  std::optional<Side> side;
  std::string unit;  // "1", "deg", "cm", "mm", "points"
  double before = 0.0, after = 0.0;
  double smallest_detectable = 0.0;  // 95 %: of a change, in that unit
  ChangeVerdict verdict = ChangeVerdict::kNotDistinguishable;
  int relief = 0;  // 1: more of it fits less pain; -1: less of it does; 0: neither is expected
  std::string source = {}, grade = {};
};

/// Whether the hips stop, as it was found at each visit.
struct StopChange {
  Side side = kRight;
  StopVerdict before = StopVerdict::kCannotBeTested, after = StopVerdict::kCannotBeTested;
  bool changed = false;  // both decided, and not alike
};

struct VisitChanges {
  std::vector<VisitChange> numbers;  // pain first, then the examination, then the run
  std::vector<StopChange> stops;
  // NaN where a visit has none, or its answer is held back.
  double probability_before = 0.0, probability_after = 0.0;
  std::string together;            // whether pain and movement moved together: one sentence
  std::vector<std::string> notes;  // what could not be set beside each other: one sentence each
};

/// A difference counts when it is larger than what two measurements without any change would differ
/// by in 95 of 100: 1.96 sqrt(se^2 + se^2), of pain two points.
///
/// source     pain: Childs, Piva & Fritz 2005, Spine 30:1331 (low back pain: a change of two points
///            exceeds the error of measurement; grade B: the paper is certain, the number from its
///            abstract)
VisitChanges compare_answers(const Visit& before, const Visit& after);

}  // namespace catena
