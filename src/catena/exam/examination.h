// The examination of one runner on one day: what was measured by hand, how the pain behaves, how
// much is run, and the answers to the questions about red flags. SI inside: radians and metres.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catena/core/side.h"

namespace catena {

/// Yes or no; none: was not asked.
using Answered = std::optional<bool>;

/// One test on one side, as an examiner wrote it down.
struct ExamValue {
  std::string test;          // id in the catalogue: "modified_thomas"
  std::optional<Side> side;  // none: a test that has no sides
  // In rad, m, or a count, as the catalogue's unit says; 1 positive and 0 negative for a finding.
  double value = std::numeric_limits<double>::quiet_NaN();
  // Standard error of the measurement in the same unit, of this method and whether the pelvis was
  // held; NaN: no figure that is worth having.
  double sem = std::numeric_limits<double>::quiet_NaN();
  std::string method;  // "goniometer", "inclinometer", "trigonometric"; empty: not said
  Answered pelvis_controlled;
  Answered provokes_pain;  // the runner's own, familiar pain
  std::string examiner;
};

enum class PainPlace { kLowBack, kButtock, kGroin, kThigh, kKnee, kLowerLeg, kOther };

/// How the pain behaves.
struct Symptoms {
  Answered has_pain;              // none: nothing is known of symptoms
  std::vector<PainPlace> places;  // where; the first is the worst
  std::optional<Side> side;       // none: both, the middle, or not said
  Answered during_run, after_run, next_morning;
  Answered in_daily_life;  // sitting, standing, walking, lifting, without having run
  Answered at_rest_or_night;
  Answered by_extension, by_flexion;  // bending backward or forward brings it on
  Answered by_sitting, by_speed;      // sitting; running faster
  Answered eased_by_sitting_or_flexion;
  double duration_weeks = std::numeric_limits<double>::quiet_NaN();
  double worst_0_10 = std::numeric_limits<double>::quiet_NaN();  // numeric rating of the last week
  Answered training_rose;  // faster, farther or steeper in the weeks before it began
};

struct Training {
  double km_per_week = std::numeric_limits<double>::quiet_NaN();
  double km_per_session = std::numeric_limits<double>::quiet_NaN();
  double change_percent = std::numeric_limits<double>::quiet_NaN();  // over the last four weeks
};

struct Examination {
  std::string name, id;  // of the person; either may be empty
  std::string date;      // "2026-03-14"; empty: not said
  std::string examiner;
  std::optional<double> age_years;
  std::vector<ExamValue> values;
  Symptoms symptoms;
  Training training;
  std::map<std::string, Answered> red_flags;  // by id in red_flags.json
  // What could not be used and why, what was assumed: one sentence each.
  std::vector<std::string> notes;
};

/// The value of a test on a side, or null.
const ExamValue* find_value(const Examination& exam, const std::string& test,
                            std::optional<Side> side);

}  // namespace catena
