#include "catena/validation/answer_score.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "catena/math/random_stream.h"

namespace catena {
namespace {

/// Probabilities stated at 1 / (1 + exp(-slope_said * x)) of things that come with log odds
/// shift + slope_true * x.
std::vector<StatedProbability> stated(int n, double slope_said, double shift, double slope_true) {
  RandomStream stream(5);
  std::vector<StatedProbability> all;
  for (int i = 0; i < n; ++i) {
    const double x = stream.normal(0.0, 1.5);
    const double said = 1.0 / (1.0 + std::exp(-slope_said * x));
    const double is = 1.0 / (1.0 + std::exp(-shift - slope_true * x));
    all.push_back({said, stream.uniform() < is});
  }
  return all;
}

TEST(AnswerScore, FourAnswersCountedByHand) {
  const std::vector<StatedProbability> all = {
      {0.05, false}, {0.45, true}, {0.45, false}, {0.95, true}};
  const ProbabilityScore score = score_probabilities(all);
  EXPECT_EQ(score.n, 4);
  EXPECT_DOUBLE_EQ(score.base_rate, 0.5);
  EXPECT_EQ(score.bins[0].n, 1);
  EXPECT_EQ(score.bins[4].n, 2);
  EXPECT_EQ(score.bins[9].n, 1);
  EXPECT_DOUBLE_EQ(score.bins[4].present, 0.5);
  EXPECT_TRUE(std::isnan(score.bins[7].stated));
  // Bins are off by 0.05, 0.05 (twice) and 0.05.
  EXPECT_NEAR(score.calibration_error, 0.05, 1e-12);
  const double squares = 2 * 0.05 * 0.05 + 0.55 * 0.55 + 0.45 * 0.45;
  EXPECT_NEAR(score.brier, squares / 4.0, 1e-12);
  EXPECT_NEAR(score.brier_skill, 1.0 - squares / 4.0 / 0.25, 1e-12);
  // Of the four pairs three are rated rightly, one alike.
  EXPECT_NEAR(score.area_under_curve, 3.5 / 4.0, 1e-12);
}

TEST(AnswerScore, TheBaseRateSaidAlwaysHasNoSkillAndNoError) {
  std::vector<StatedProbability> all(100, {0.3, false});
  for (std::size_t i = 0; i < 30; ++i) all[i].present = true;
  const ProbabilityScore score = score_probabilities(all);
  EXPECT_NEAR(score.brier_skill, 0.0, 1e-12);
  EXPECT_NEAR(score.calibration_error, 0.0, 1e-12);
  EXPECT_NEAR(score.area_under_curve, 0.5, 1e-12);
}

TEST(AnswerScore, CertaintyThatIsRightHasFullSkill) {
  const ProbabilityScore score =
      score_probabilities(std::vector<StatedProbability>{{1.0, true}, {0.0, false}});
  EXPECT_DOUBLE_EQ(score.brier_skill, 1.0);
  EXPECT_DOUBLE_EQ(score.area_under_curve, 1.0);
  EXPECT_DOUBLE_EQ(score.calibration_error, 0.0);
}

TEST(AnswerScore, OverconfidenceIsSeenAndUndone) {
  // Said with twice the log odds that are true, and 0.5 too high.
  const std::vector<StatedProbability> all = stated(40000, 1.0, -0.5, 0.5);
  EXPECT_GT(score_probabilities(all).calibration_error, 0.1);
  const Recalibration fitted = fit_recalibration(all);
  // Standard errors 0.011 and 0.008.
  EXPECT_NEAR(fitted.shift, -0.5, 0.05);
  EXPECT_NEAR(fitted.slope, 0.5, 0.03);
  EXPECT_LT(score_probabilities(stated(40000, 1.0, 0.0, 1.0)).calibration_error, 0.015);
  std::vector<StatedProbability> undone = all;
  for (StatedProbability& s : undone) s.probability = recalibrated(s.probability, fitted);
  EXPECT_LT(score_probabilities(undone).calibration_error, 0.015);
}

TEST(AnswerScore, WithOneKindAloneNothingIsRecalibrated) {
  const Recalibration fitted =
      fit_recalibration(std::vector<StatedProbability>{{0.2, true}, {0.7, true}});
  EXPECT_EQ(fitted.shift, 0.0);
  EXPECT_EQ(fitted.slope, 1.0);
  EXPECT_TRUE(std::isnan(score_probabilities({}).brier));
}

TEST(AnswerScore, FromEvenOddsToCertaintyIsOneBit) {
  EXPECT_NEAR(bits_gained(0.5, 1.0, true), 1.0, 0.01);
  EXPECT_NEAR(bits_gained(0.5, 0.25, true), -1.0, 1e-12);
  EXPECT_NEAR(bits_gained(0.5, 0.25, false), std::log2(1.5), 1e-12);
}

}  // namespace
}  // namespace catena
