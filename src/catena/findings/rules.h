// The rules of the answer, as data: rules.json, read once. Each names what it looks at, its
// threshold with source and grade, what it adds for or against, and its sentences.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

/// How a quantity is compared. "Surely": the whole interval lies there.
enum class Comparison { kIs, kAtLeast, kAtMost, kSurelyAtLeast, kSurelyAtMost };

struct RuleCondition {
  std::string input;  // name of a quantity, see quantities.h
  Comparison comparison = Comparison::kIs;
  double value = 0.0;  // in the unit of the quantity's name; for kIs 1 or 0
};

/// On which side of the answer the evidence stands.
enum class Counts { kFor, kAgainst, kContext, kBySign };

/// Whose change of the log odds the rule passes on.
enum class LogOddsOf { kNothing, kRun, kExam };

struct FindingRule {
  std::string id;
  bool of_side = false;                   // looked at on each side; else of the runner as a whole
  std::vector<RuleCondition> conditions;  // all must hold; a quantity that is not known fails
  Counts counts = Counts::kContext;
  LogOddsOf adds = LogOddsOf::kNothing;
  int pain_points = 0;
  std::string shows;  // the quantity that the evidence table prints; empty: none
  std::string runner, clinician;
  std::string source, grade;  // A, B, or "judgement": our own, stated as such
};

/// What the probability of the mechanical pattern starts from and rests on. Angles in rad.
struct PatternAssumptions {
  double stop_prior = 0.0;           // of each hip, before anything is recorded
  double pattern_prior = 0.0;        // that either hip's freeing would show, beforehand
  double hip_pattern_prior = 0.0;    // the same of one hip
  double smallest_change_rad = 0.0;  // of peak low back extension
  // From the zero of a back held flat to the run's, standing; and SD between zeros of any kind.
  double flat_back_rad = 0.0;
  double exam_zero_sd_rad = 0.0;  // between the exam's zero and the run's
  double recorded_sd_rad = 0.0;   // of a capacity whose position was itself recorded
  // Probability that what was examined says anything of the running hip; recorded, or not.
  double exam_speaks = 0.0, recorded_speaks = 0.0;
  double spare_sd_rad = 0.0;                   // how far a hip goes on beyond its use: half-normal
  double least_split = 0.0, most_split = 0.0;  // low back's part of the pelvis, no thorax seen
  double shift = 0.0, slope = 1.0;             // of the log odds: recalibration
  std::string source;
};

/// Where one class ends and the next begins.
struct ClassCuts {
  double yes_from = 0.0, possibly_from = 0.0, not_below = 0.0;  // of the probability
  int pain_fits_from = 0, pain_speaks_against_to = 0;           // of the pain points
  std::string source;
};

/// The answer in one sentence, for each reader.
struct AnswerSentences {
  std::string runner, clinician;
};

struct Rules {
  PatternAssumptions pattern;
  ClassCuts cuts;
  double reached_within_rad = 0.0;  // what is left when a capacity counts as reached
  std::vector<FindingRule> rules;
  std::map<std::string, AnswerSentences> answers;  // by situation, see answer.cpp
};

/// errors     kBadFormat with the place: a value that is missing or of another kind, a grade C, a
///            rule twice
Result<Rules> parse_rules(std::string_view bytes, std::string_view source);

/// The rules that come with the program.
const Rules& answer_rules();

}  // namespace catena
