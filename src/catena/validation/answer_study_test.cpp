#include "catena/validation/answer_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/units.h"
#include "catena/validation/answer_score.h"

namespace catena {
namespace {

using testing::HasSubstr;

AnswerStudyOptions few(int cases, int advised) {
  AnswerStudyOptions options;
  options.cases = cases;
  options.advised_cases = advised;
  options.seed = 7;
  options.take_up.n_draws = 500;
  return options;
}

TEST(AnswerStudy, ErrorsAreThoseOfTheRulesAndTheCatalogue) {
  const ExamErrors errors = stated_exam_errors();
  EXPECT_GE(errors.zero_sd_rad * kDegPerRad, 5.0);  // zeros lie 5 to 20 deg apart
  EXPECT_GT(errors.recorded_sd_rad, 0.0);
  EXPECT_GT(errors.held_sem_rad, 0.0);
  EXPECT_GT(errors.free_sem_rad, errors.held_sem_rad);
}

TEST(AnswerStudy, AnswersAreTheSameForAnyNumberOfThreads) {
  AnswerStudyOptions options = few(12, 3);
  options.threads = 1;
  const std::vector<AnsweredCase> one = run_answer_study(false, options);
  options.threads = 3;
  const std::vector<AnsweredCase> three = run_answer_study(false, options);
  EXPECT_EQ(answer_tables(one, {}), answer_tables(three, {}));
}

TEST(AnswerStudy, TheProbabilityTellsRunnersWithThePatternFromOthers) {
  for (const bool curved : {false, true}) {
    std::vector<StatedProbability> stated;
    for (const AnsweredCase& c : run_answer_study(curved, few(30, 0))) {
      EXPECT_EQ(c.present, c.present_of_hip[0] || c.present_of_hip[1]);
      if (c.plan.cell.n_demands == 2) {
        EXPECT_TRUE(std::isnan(c.probability));
        EXPECT_TRUE(c.undecidable);
      } else if (std::isfinite(c.probability)) {
        stated.push_back({c.probability, c.present});
      }
    }
    EXPECT_GT(stated.size(), 20u);
    EXPECT_GT(score_probabilities(stated).area_under_curve, 0.65);
  }
}

AnsweredCase case_of(double probability, bool present, AnswerClass answer_class) {
  AnsweredCase c;
  c.plan.cell.n_demands = 5;
  c.probability = probability;
  c.present = present;
  c.answer_class = answer_class;
  return c;
}

TEST(AnswerTables, CountWhatIsThere) {
  std::vector<AnsweredCase> cases = {case_of(0.9, true, AnswerClass::kYesProbably),
                                     case_of(0.1, false, AnswerClass::kProbablyNot),
                                     case_of(0.3, true, AnswerClass::kCannotTell),
                                     case_of(std::nan(""), false, AnswerClass::kCannotTell)};
  cases[2].undecidable = true;
  cases[2].advised = "ramp";
  cases[2].made = {{"ramp", 0.5}, {"modified_thomas", 0.1}};
  const std::string text = answer_tables(cases, {0.5, 1.0});
  EXPECT_THAT(text, HasSubstr("| all | 3 | 66.7 % |"));
  EXPECT_THAT(text, HasSubstr("| all, were the log odds +0.50 and 1.00 times as large | 3 |"));
  EXPECT_THAT(text, HasSubstr("| 0.9 to 1.0 | 1 | 90.0 % | 100.0 % |"));
  EXPECT_THAT(text, HasSubstr("| yes, probably | 25.0 % | 100.0 % | 0.0 % |"));
  EXPECT_THAT(text, HasSubstr("| cannot tell from this recording | 50.0 % | 50.0 % | 50.0 % |"));
  EXPECT_THAT(text, HasSubstr("Truly undecidable are 25.0 % of all cases; of these \"cannot tell\" "
                              "is said in 100.0 %, of the decidable ones in 33.3 %."));
  EXPECT_THAT(text, HasSubstr("gained 0.500 bits (standard error 0.000) on what was so, one at "
                              "random 0.300; +0.200 more"));
  EXPECT_THAT(text, HasSubstr("| ramp | 1 | +0.500 | 0.000 | 1 | +0.500 | 0.000 |"));
}

}  // namespace
}  // namespace catena
