// What comes before any analysis: signs that belong to a clinician today, this week, or before the
// next run.
#pragma once

#include <string>
#include <vector>

#include "catena/exam/examination.h"

namespace catena {

enum class Urgency { kNotUrgent, kSoon, kThisWeek, kToday };

/// One red flag, or a pattern of several answers and tests, that is present.
struct RedFlag {
  std::string id;  // "cauda_equina", "sacral_bone_stress"
  Urgency urgency = Urgency::kThisWeek;
  std::string sentence;  // what was reported: "New numbness around the saddle"
  std::string where_to;  // where to go, and how soon
  std::string source;
};

struct Safety {
  // present: the answer is held back. By falling urgency.
  std::vector<RedFlag> present;
  Urgency urgency = Urgency::kNotUrgent;
  int n_asked = 0, n_questions = 0;  // answered, of all
  std::string sentence;              // one sentence for the head of the report; never empty
};

/// Which red flags and runner-specific patterns the examination holds.
///
/// source     red_flags.json, with the paper of each
Safety assess_safety(const Examination& exam);

}  // namespace catena
