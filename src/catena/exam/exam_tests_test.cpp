#include "catena/exam/exam_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/units.h"
#include "catena/exam/exam_tests_file.h"

namespace catena {
namespace {

double sem_deg(const char* test, const char* method, Answered pelvis) {
  const TestError* error = find_error(*find_test(test), method, pelvis);
  return error ? *error->sem.usable() * kDegPerRad : std::nan("");
}

TEST(ExamTests, CatalogueOfTheProgramIsReadWhole) {
  const auto parsed = parse_exam_tests(exam_tests_file(), "exam_tests.json");
  ASSERT_TRUE(parsed) << to_sentence(parsed.error());
  EXPECT_EQ(parsed->size(), exam_tests().size());
  for (const char* id : {"modified_thomas",
                         "modified_thomas_knee",
                         "prone_hip_extension",
                         "ely",
                         "hip_internal_rotation",
                         "hip_external_rotation",
                         "hip_flexion",
                         "fadir",
                         "faber",
                         "weight_bearing_lunge",
                         "weight_bearing_lunge_distance",
                         "knee_extension",
                         "knee_flexion",
                         "lumbar_extension",
                         "lumbar_flexion",
                         "standing_tilt",
                         "leg_length_difference",
                         "sij_cluster",
                         "prone_instability",
                         "slump",
                         "straight_leg_raise",
                         "crossed_straight_leg_raise",
                         "single_leg_hop",
                         "sacral_tenderness",
                         "extension_rotation"}) {
    EXPECT_NE(find_test(id), nullptr) << id;
  }
}

TEST(ExamTests, EveryFigureHasASourceAndNormsLieWhereValuesCan) {
  for (const ExamTest& test : exam_tests()) {
    EXPECT_LT(test.low, test.high) << test.id;
    EXPECT_FALSE(test.plus.empty()) << test.id;
    for (const TestNorm& norm : test.norms) {
      EXPECT_FALSE(norm.source.empty()) << test.id;
      EXPECT_GT(norm.mean.shown(), test.low) << test.id;
      EXPECT_LT(norm.mean.shown(), test.high) << test.id;
    }
    for (const TestError& error : test.errors) {
      EXPECT_FALSE(error.source.empty() || error.how.empty()) << test.id;
      EXPECT_LT(error.sem.shown(), test.high - test.low) << test.id;
    }
    for (const TestValidity& validity : test.validity) EXPECT_FALSE(validity.source.empty());
  }
}

TEST(ExamTests, FigureOfGradeCIsShownButCannotBeUsed) {
  EXPECT_DOUBLE_EQ(GradedNumber(37.5, 'C').shown(), 37.5);
  EXPECT_FALSE(GradedNumber(37.5, 'C').usable());
  EXPECT_EQ(GradedNumber(4.0, 'B').usable(), 4.0);
  EXPECT_FALSE(GradedNumber(std::nan(""), 'A').usable());
  // The tape's 6 mm are from memory: no error is given out.
  EXPECT_EQ(find_error(*find_test("leg_length_difference"), "tape", std::nullopt), nullptr);
  EXPECT_FALSE(find_test("hip_internal_rotation")->norms.front().mean.usable());
}

TEST(ExamTests, SemComesFromThePublishedMdcOrIccAndSd) {
  // Powden 2015: MDC95 of 4.6 to 4.7 deg; 4.65 / (1.96 sqrt 2).
  EXPECT_NEAR(sem_deg("weight_bearing_lunge", "", std::nullopt), 1.678, 0.002);
  EXPECT_NEAR(mdc95(sem_deg("weight_bearing_lunge", "", std::nullopt)), 4.65, 1e-9);
  // Peeler 2008: SEM of 7 deg, MDC95 of about 19 deg.
  EXPECT_NEAR(mdc95(sem_deg("modified_thomas_knee", "", std::nullopt)), 19.4, 0.1);
  // Wakefield 2015: ICC 0.525, SD of runners 8.05 deg.
  EXPECT_NEAR(sem_deg("modified_thomas", "goniometer", true), 8.05 * std::sqrt(0.475), 1e-9);
}

TEST(ExamTests, ThomasErrorWidensWhereThePelvisWasNotHeldAndWhereThatIsNotSaid) {
  for (const char* method : {"goniometer", "inclinometer", "trigonometric"}) {
    const double held = sem_deg("modified_thomas", method, true);
    const double loose = sem_deg("modified_thomas", method, false);
    EXPECT_NEAR(loose * loose - held * held, 49.0, 1e-9) << method;
    EXPECT_EQ(sem_deg("modified_thomas", method, std::nullopt), loose);
  }
  EXPECT_GT(sem_deg("modified_thomas", "goniometer", true),
            2 * sem_deg("modified_thomas", "trigonometric", true));
}

TEST(ExamTests, MethodThatIsNotSaidHasTheWorstErrorOfThoseKnown) {
  EXPECT_EQ(sem_deg("modified_thomas", "", true), sem_deg("modified_thomas", "goniometer", true));
  EXPECT_EQ(sem_deg("knee_extension", "", std::nullopt),
            sem_deg("knee_extension", "goniometer", std::nullopt));
  EXPECT_TRUE(std::isnan(sem_deg("modified_thomas", "eye", true)));
}

TEST(ExamTests, UnitsGoToSiAndBack) {
  EXPECT_DOUBLE_EQ(to_si(ExamUnit::kDeg, 180.0), std::numbers::pi);
  EXPECT_DOUBLE_EQ(to_si(ExamUnit::kCm, 9.0), 0.09);
  EXPECT_DOUBLE_EQ(to_si(ExamUnit::kMm, 5.0), 0.005);
  for (const ExamUnit unit : {ExamUnit::kDeg, ExamUnit::kCm, ExamUnit::kMm, ExamUnit::kCount}) {
    EXPECT_NEAR(from_si(unit, to_si(unit, 7.25)), 7.25, 1e-12);
  }
}

TEST(ExamTests, ThreeOfSixProvocationsArePositiveAndAnAngleNeverIs) {
  EXPECT_EQ(is_positive(*find_test("sij_cluster"), 3.0), Answered(true));
  EXPECT_EQ(is_positive(*find_test("sij_cluster"), 2.0), Answered(false));
  EXPECT_EQ(is_positive(*find_test("faber"), 0.0), Answered(false));
  EXPECT_EQ(is_positive(*find_test("modified_thomas"), 0.1), Answered());
}

TEST(ExamTests, BadCatalogueIsRefusedWithItsPlace) {
  const auto refused = [](const std::string& bytes) {
    const auto parsed = parse_exam_tests(bytes, "x.json");
    return parsed ? std::string("read") : to_sentence(parsed.error());
  };
  EXPECT_THAT(refused("[]"), testing::HasSubstr("no JSON object"));
  const std::string twice(exam_tests_file());
  const std::size_t at = twice.find("modified_thomas_knee");
  EXPECT_THAT(refused(std::string(twice).replace(at, 20, "modified_thomas")),
              testing::HasSubstr("tests[1]"));
  EXPECT_THAT(refused(std::string(twice).replace(twice.find("\"icc\""), 5, "\"ikk\"")),
              testing::HasSubstr("errors[0]"));
}

}  // namespace
}  // namespace catena
