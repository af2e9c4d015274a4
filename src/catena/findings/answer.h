// The answer: are the hips to blame for the low back pain? By stated rules (rules.json), with the
// evidence for and against it, what was assumed, and the next measurement.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/core/estimate.h"
#include "catena/core/side.h"
#include "catena/exam/examination.h"
#include "catena/exam/safety.h"
#include "catena/findings/run_findings.h"

namespace catena {

enum class AnswerClass { kCannotTell, kProbablyNot, kPossibly, kYesProbably };

/// "yes, probably", "possibly", "probably not", "cannot tell from this recording"
std::string name_of(AnswerClass answer);

/// What one rule found.
struct Evidence {
  std::string rule;          // id in rules.json
  std::optional<Side> side;  // none: of the runner as a whole
  // What it added to the log odds that the mechanical pattern is present; 0: nothing.
  double log_odds = 0.0;
  // What it added to how well the pain fits running with such a hip; 0: nothing.
  int pain_points = 0;
  Estimate value;  // what the rule looked at, in `unit`; NaN: an answer of yes or no
  std::string unit;
  std::string for_runner, for_clinician;  // one sentence each
  std::string source, grade;
};

/// One joint direction: how far it can go by the exam, and how far the run asks it to go.
enum class CapacityVerdict { kReached, kNotReached, kNotDistinguishable };

struct CapacityAndUse {
  std::string joint, direction;  // "hip", "extension"
  Side side = kRight;
  std::string test;       // id in the exam's catalogue
  Estimate capacity_rad;  // by the exam, on the exam's zero
  Estimate use_rad;       // in the run, on the run's zero
  Estimate left_rad;      // capacity less use, with the unknown offset between the two zeros
  // What is added to the exam's value to come to the run's zero, and how uncertain that is; SD 0:
  // the exam position was itself recorded.
  double offset_rad = 0.0;
  double offset_sd_rad = 0.0;
  CapacityVerdict verdict = CapacityVerdict::kNotDistinguishable;
  std::string sentence;
};

/// A measurement still open, and what it would tell.
struct NextMeasurement {
  std::string id;    // "ramp", "modified_thomas_recorded"
  std::string name;  // "a ramp: the treadmill's speed rising steadily for 75 s"
  double minutes = 0.0;
  // Expected reduction of what is not known about the pattern, in bits; 1: from even odds to
  // certain. NaN: the questions, which tell of the pain and not of the pattern.
  double expected_bits = std::numeric_limits<double>::quiet_NaN();
  std::string could_change;  // one sentence: what each outcome would make of the answer
};

/// Strides and low back movement by distance, relative to the runner's own recordings.
struct RepetitionOfDemand {
  std::string recording, demand;
  Estimate strides_per_km;            // of one leg
  Estimate excursion_deg_per_stride;  // low back, forward and back; NaN without a thorax
  Estimate excursion_deg_per_km;      // both legs' strides share one low back: cycles x excursion
  Estimate relative_per_km;           // against the runner's own first (slowest) recording
  Estimate strides_per_session, strides_per_week;  // NaN: kilometres were not said
  Estimate excursion_deg_per_week;
};

struct Repetition {
  std::vector<RepetitionOfDemand> demands;
  std::string sentence;  // in the words of the claims policy; why not where nothing is known
};

struct Answer {
  AnswerClass answer_class = AnswerClass::kCannotTell;
  bool held_back = false;  // a red flag is present: safety comes first
  std::string situation;   // whose sentences of rules.json are used: "possibly_no_symptoms"
  // That the mechanical pattern is present: were the hips free, peak low back extension would fall
  // by at least its smallest detectable change. Calibrated on simulated runners only. NaN: no run.
  double probability = std::numeric_limits<double>::quiet_NaN();
  std::array<double, 2> probability_of_hip = {std::numeric_limits<double>::quiet_NaN(),
                                              std::numeric_limits<double>::quiet_NaN()};
  std::string probability_note;  // "calibrated on simulated runners only"
  std::string for_runner;        // the answer in one sentence
  std::string for_clinician;
  std::vector<std::string> reasons;  // up to three sentences for the runner
  std::vector<Evidence> evidence_for, evidence_against, context;
  std::vector<std::string> assumed;
  std::vector<NextMeasurement> next;  // what to do first is first, three at most
  std::vector<CapacityAndUse> capacity_and_use;
  Repetition repetition;
};

/// A hip position recorded in the run's own laboratory while the examiner held it there: the
/// capacity on the run's zero.
struct RecordedCapacity {
  std::string test;
  Side side = kRight;
  Estimate hip_extension_rad;  // from the runner's standing, as LegFindings is
  std::string file;
};

/// The answer from whatever of run and exam there is.
///
/// exam       none: nothing was examined or asked
/// depends    the same inputs give the same answer
/// source     rules.json; docs/methods/answer.md
Answer find_answer(const RunFindings& run, const std::optional<Examination>& exam,
                   const std::vector<RecordedCapacity>& recorded = {});

}  // namespace catena
