#include "catena/exam/exam_questions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "catena/core/units.h"
#include "catena/exam/exam_tests.h"
#include "catena/exam/exam_text.h"
#include "catena/exam/red_flags.h"

namespace catena {
namespace {

using testing::HasSubstr;

const ExamOptions kOptions = {.today = "2026-03-20"};

const ExamQuestion* find(const std::vector<ExamQuestion>& list, const std::string& id) {
  const auto at = std::ranges::find(list, id, &ExamQuestion::id);
  return at == list.end() ? nullptr : &*at;
}

/// The error of an answer; empty: it was taken.
std::string give(Examination& exam, const std::string& id, const std::string& answer) {
  const auto open = open_questions(exam, kOptions);
  const ExamQuestion* question = find(open, id);
  if (!question) return "not open";
  const auto given = question->give(exam, answer);
  return given ? "" : to_sentence(given.error());
}

TEST(ExamQuestions, RedFlagsComeFirstAndTestsLast) {
  const auto open = open_questions({}, kOptions);
  EXPECT_EQ(open.front().id, safety_rules().questions.front().id);
  EXPECT_TRUE(std::ranges::is_sorted(open, std::less<>(), &ExamQuestion::part));
  EXPECT_EQ(open.back().part, ExamPart::kTests);
  std::set<std::string> ids;
  for (const ExamQuestion& question : open) {
    EXPECT_TRUE(ids.insert(question.id).second) << question.id;
    EXPECT_FALSE(question.ask.empty() || question.how.empty()) << question.id;
  }
}

TEST(ExamQuestions, WhatIsAnsweredIsNotAskedAgain) {
  Examination exam;
  EXPECT_EQ(give(exam, "fever", "no"), "");
  EXPECT_EQ(exam.red_flags.at("fever"), Answered(false));
  EXPECT_EQ(give(exam, "fever", "no"), "not open");
  EXPECT_EQ(give(exam, "date", "today"), "");
  EXPECT_EQ(exam.date, "2026-03-20");
  EXPECT_EQ(give(exam, "age_years", "34"), "");
  EXPECT_EQ(give(exam, "places", "Low back, groin"), "");
  EXPECT_EQ(exam.symptoms.places.size(), 2U);
  EXPECT_EQ(give(exam, "worst_0_10", "3,5"), "");
  EXPECT_EQ(exam.symptoms.worst_0_10, 3.5);
  EXPECT_EQ(give(exam, "has_pain", "yes"), "not open");  // a place was named
}

TEST(ExamQuestions, ValueOpensTheQuestionsOnWhichItsErrorDepends) {
  Examination exam;
  EXPECT_EQ(give(exam, "modified_thomas right method", "goniometer"), "not open");
  EXPECT_EQ(give(exam, "modified_thomas right", "-4 deg"), "");
  const double not_said = exam.values.at(0).sem;
  EXPECT_NEAR(exam.values.at(0).value * kDegPerRad, -4.0, 1e-9);
  EXPECT_EQ(give(exam, "modified_thomas right method", "incl"), "");
  EXPECT_EQ(give(exam, "modified_thomas right pelvis", "y"), "");
  EXPECT_LT(exam.values.at(0).sem, not_said / 3);
  EXPECT_EQ(give(exam, "modified_thomas right method", "eye"), "not open");
  EXPECT_EQ(give(exam, "faber left", "n"), "");
  EXPECT_EQ(find_value(exam, "faber", kLeft)->value, 0.0);
}

TEST(ExamQuestions, WhoHasNoPainIsNotAskedAboutIt) {
  Examination exam;
  EXPECT_EQ(give(exam, "has_pain", "no"), "");
  const auto open = open_questions(exam, kOptions);
  EXPECT_EQ(find(open, "places"), nullptr);
  EXPECT_EQ(find(open, "duration_weeks"), nullptr);
  EXPECT_NE(find(open, "km_per_week"), nullptr);
}

TEST(ExamQuestions, AnswerThatCannotBeIsOneSentenceAndChangesNothing) {
  Examination exam;
  EXPECT_THAT(give(exam, "fever", "perhaps"), HasSubstr("yes or no"));
  EXPECT_THAT(give(exam, "age_years", "340"), HasSubstr("340 years cannot be"));
  EXPECT_THAT(give(exam, "date", "2026-02-30"), HasSubstr("not understood"));
  EXPECT_THAT(give(exam, "date", "2027-01-01"), HasSubstr("future"));
  EXPECT_THAT(give(exam, "places", "moon"), HasSubstr("'moon'"));
  EXPECT_THAT(give(exam, "modified_thomas right", "400"), HasSubstr("cannot be"));
  EXPECT_THAT(give(exam, "hip_flexion right", "2.09"), HasSubstr("cannot be"));
  EXPECT_THAT(give(exam, "modified_thomas right", "0.07"), HasSubstr("radians"));
  EXPECT_THAT(give(exam, "modified_thomas right", "far"), HasSubstr("number"));
  EXPECT_EQ(give(exam, "km_per_week", "20"), "");
  EXPECT_THAT(give(exam, "km_per_session", "30"), HasSubstr("longer than all runs"));
  EXPECT_TRUE(exam.values.empty());
  EXPECT_TRUE(exam.date.empty());
}

TEST(ExamQuestions, EverySymptomAndTestHasItsQuestion) {
  const auto open = open_questions({}, kOptions);
  for (const ExamTest& test : exam_tests()) {
    for (const std::string& id :
         test.sided ? std::vector{test.id + " right", test.id + " left"} : std::vector{test.id}) {
      EXPECT_NE(find(open, id), nullptr) << id;
    }
  }
  EXPECT_EQ(std::ranges::count(open, ExamPart::kSymptoms, &ExamQuestion::part), 16);
}

TEST(ExamText, TellsTheErrorOfEachTestAndWhatIsOpen) {
  const auto exam = parse_exam(
      "[person]\nname = \"Ann\"\n[[test]]\nname = \"modified_thomas\"\nside = \"right\"\n"
      "value_deg = 4\nmethod = \"goniometer\"\npelvis_controlled = true\n"
      "[[test]]\nname = \"leg_length_difference\"\nvalue_mm = 5\n[[test]]\nname = \"x\"\n",
      "exam.toml");
  ASSERT_TRUE(exam);
  const std::string text = render_exam(*exam);
  EXPECT_THAT(text, HasSubstr("Ann\n"));
  EXPECT_THAT(text, HasSubstr("4.0 deg   SEM 5.5, smallest detectable change 15.4 deg"));
  EXPECT_THAT(text, HasSubstr("5.0 mm   no error is known that could be used"));
  EXPECT_THAT(text, HasSubstr("note: exam.toml:13:8"));
  EXPECT_THAT(text, HasSubstr("questions are open"));
  const auto json = nlohmann::json::parse(render_exam_json(*exam));
  EXPECT_EQ(json["tests"].size(), 2U);
  EXPECT_TRUE(json["tests"][1]["sem"].is_null());
  EXPECT_EQ(json["safety"]["asked"], 0);
  EXPECT_EQ(json["notes"].size(), 1U);
}

}  // namespace
}  // namespace catena
