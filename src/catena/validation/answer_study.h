// Is the answer's probability what it says? Thousands of planted runners with recordings and
// examinations go through the same rules as a person's; and the next measurement that is advised
// goes beside one that is taken at random.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/findings/answer.h"
#include "catena/validation/answer_score.h"
#include "catena/validation/planted_case.h"

namespace catena {

struct AnswerStudyOptions {
  int cases = 5000;          // of each family
  int advised_cases = 2000;  // the first so many, if they have a probability
  std::uint64_t seed = 1;
  int threads = 0;  // 0: as many as the machine has
  TakeUpOptions take_up;
};

/// What one measurement that was open turned out to tell.
struct MeasurementMade {
  std::string id;
  double bits = 0.0;  // by which the probability was better for the truth afterwards
};

struct AnsweredCase {
  CasePlan plan;
  bool present = false;
  std::array<bool, 2> present_of_hip = {};
  bool undecidable = false;
  AnswerClass answer_class = AnswerClass::kCannotTell;
  double probability = std::numeric_limits<double>::quiet_NaN();
  std::array<double, 2> probability_of_hip = {std::numeric_limits<double>::quiet_NaN(),
                                              std::numeric_limits<double>::quiet_NaN()};
  std::string advised;                // empty: no advice was followed
  std::vector<MeasurementMade> made;  // every open measurement, each by itself
};

/// The errors of an examination that the rules and the catalogue of tests state.
ExamErrors stated_exam_errors();

/// The cases of one family of planted runners, answered.
///
/// depends    the same seed gives the same answers for any number of threads
std::vector<AnsweredCase> run_answer_study(bool curved, const AnswerStudyOptions& options = {});

/// What would bring the probabilities of these cases to where they should be.
Recalibration recalibration_of(std::span<const AnsweredCase> cases);

/// The study of one family in Markdown: scores, calibration by tenths, parts of the cases, classes,
/// and the advice.
///
/// other      what other cases asked for, shown in a row of its own
std::string answer_tables(std::span<const AnsweredCase> cases, const Recalibration& other);

}  // namespace catena
