#include "catena/exam/exam_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/file.h"
#include "catena/core/test_schema.h"
#include "catena/core/units.h"

namespace catena {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Examination parse(const std::string& bytes, const std::string& source = "exam.toml") {
  const auto exam = parse_exam(bytes, source, {.today = "2026-03-20"});
  EXPECT_TRUE(exam) << to_sentence(exam.error());
  return exam.value_or(Examination());
}

constexpr const char* kThomas =
    "[[test]]\nname = \"modified_thomas\"\nside = \"right\"\nvalue_deg = 4\n"
    "method = \"goniometer\"\npelvis_controlled = true\n";

constexpr const char* kFull = R"(date = "2026-03-14"
examiner = "J. M."
[person]
name = "\u00C4nne M\u00F6ller"
id = "RBDS014"
age_years = 34
[[test]]
name = "modified_thomas"
side = "right"
value_deg = 4
method = "goniometer"
pelvis_controlled = true
provokes_pain = false
[[test]]
name = "leg_length_difference"
value_mm = -6
[[test]]
name = "sij_cluster"
count = 1
[[test]]
name = "faber"
side = "both"
positive = false
[symptoms]
places = ["low_back", "buttock"]
side = "right"
during_run = true
only_running = true
duration_weeks = 6.5
worst_0_10 = 4
[training]
km_per_week = 40
km_per_session = 10
change_percent = -20
[red_flags]
saddle_numbness = false
fever = false
)";

TEST(ExamFile, ReadsEveryKindOfEntryIntoSi) {
  const Examination exam = parse(kFull);
  EXPECT_THAT(exam.notes, IsEmpty());
  EXPECT_EQ(exam.name, "\xc3\x84nne M\xc3\xb6ller");
  EXPECT_EQ(exam.date, "2026-03-14");
  EXPECT_EQ(exam.age_years, 34.0);
  ASSERT_EQ(exam.values.size(), 5U);
  const ExamValue* thomas = find_value(exam, "modified_thomas", kRight);
  ASSERT_NE(thomas, nullptr);
  EXPECT_NEAR(thomas->value, 4.0 * kRadPerDeg, 1e-12);
  EXPECT_NEAR(thomas->sem * kDegPerRad, 5.55, 0.01);
  EXPECT_EQ(thomas->provokes_pain, Answered(false));
  EXPECT_NEAR(find_value(exam, "leg_length_difference", std::nullopt)->value, -0.006, 1e-12);
  EXPECT_EQ(find_value(exam, "faber", kLeft)->value, 0.0);
  EXPECT_EQ(find_value(exam, "modified_thomas", kLeft), nullptr);
  EXPECT_THAT(exam.symptoms.places, ElementsAre(PainPlace::kLowBack, PainPlace::kButtock));
  EXPECT_EQ(exam.symptoms.has_pain, Answered(true));  // a place is named
  EXPECT_EQ(exam.symptoms.in_daily_life, Answered(false));
  EXPECT_EQ(exam.symptoms.by_speed, Answered());
  EXPECT_EQ(exam.training.change_percent, -20.0);
  EXPECT_EQ(exam.red_flags.at("fever"), Answered(false));
}

TEST(ExamFile, WrittenAsJsonKeepsToTheSchema) {
  if (!can_check_schemas()) GTEST_SKIP() << "skipped: no python3-jsonschema";
  EXPECT_TRUE(follow_schema("exam", {write_exam_json(parse(kFull)), write_exam_json({})}));
}

TEST(ExamFile, WrittenAsTomlAndAsJsonItReadsBackTheSame) {
  const Examination exam = parse(kFull);
  const std::string toml = write_exam_toml(exam);
  const std::string json = write_exam_json(exam);
  const Examination from_toml = parse(toml);
  const Examination from_json = parse(json, "exam.json");
  EXPECT_THAT(from_toml.notes, IsEmpty());
  EXPECT_THAT(from_json.notes, IsEmpty());
  EXPECT_EQ(write_exam_toml(from_json), toml);
  EXPECT_EQ(write_exam_json(from_toml), json);
  EXPECT_THAT(toml, HasSubstr("value_deg = 4\n"));
  EXPECT_THAT(toml, HasSubstr("\xc3\x84nne"));
  ASSERT_EQ(from_toml.values.size(), exam.values.size());
  for (std::size_t i = 0; i < exam.values.size(); ++i) {
    EXPECT_NEAR(from_toml.values[i].value, exam.values[i].value, 1e-8);
    EXPECT_THAT(from_toml.values[i].sem, testing::NanSensitiveDoubleEq(exam.values[i].sem));
  }
}

TEST(ExamFile, EmptyFileIsAnExaminationOfWhichNothingIsKnown) {
  const Examination exam = parse("");
  EXPECT_THAT(exam.notes, IsEmpty());
  EXPECT_THAT(exam.values, IsEmpty());
  EXPECT_EQ(exam.symptoms.has_pain, Answered());
  EXPECT_THAT(parse(write_exam_toml(exam)).notes, IsEmpty());
  EXPECT_THAT(parse("{}", "exam.json").notes, IsEmpty());
}

TEST(ExamFile, WhatIsNeitherTomlNorJsonIsAnErrorWithItsPlace) {
  const auto refused = [](const std::string& bytes, const std::string& source) {
    const auto exam = parse_exam(bytes, source);
    return exam ? std::string("read") : to_sentence(exam.error());
  };
  EXPECT_THAT(refused("a\nb", "exam.toml"), HasSubstr("exam.toml:1"));
  EXPECT_THAT(refused("{\"date\": ", "exam.json"), HasSubstr("exam.json: this begins as JSON"));
  EXPECT_THAT(refused("[1, 2]", "exam.json"), HasSubstr("no JSON object"));
  EXPECT_THAT(refused(std::string(100, '{'), "x"), HasSubstr("no JSON object"));
  EXPECT_THAT(refused(std::string(100000, ' ') + "{", "x"), HasSubstr("x: "));
  EXPECT_THAT(refused(std::string(100000, '#'), "x"), HasSubstr("longer"));
}

/// What is wrong with one entry, beside a good one that must still be used.
std::string note_of(const std::string& entry) {
  const Examination exam = parse(entry + "\n" + kThomas);
  EXPECT_NE(find_value(exam, "modified_thomas", kRight), nullptr) << entry;
  EXPECT_EQ(exam.values.size(), 1U) << entry;
  EXPECT_EQ(exam.notes.size(), 1U) << entry << "\n" << testing::PrintToString(exam.notes);
  return exam.notes.empty() ? "" : exam.notes.front();
}

TEST(ExamFile, WhatCannotBeIsOneSentenceWithItsPlaceAndTheRestIsUsed) {
  const auto test = [](const std::string& lines) { return note_of("[[test]]\n" + lines); };
  EXPECT_THAT(test("name = \"ely\"\nside = \"left\"\nvalue_deg = 400"),
              AllOf(HasSubstr("exam.toml:4:13"), HasSubstr("400"), HasSubstr("cannot be")));
  EXPECT_THAT(test("name = \"ely\"\nvalue_deg = 120"), HasSubstr("no side"));
  EXPECT_THAT(test("name = \"ely\"\nside = \"rigth\"\nvalue_deg = 120"), HasSubstr("rigth"));
  EXPECT_THAT(test("name = \"ely\"\nside = \"left\""), HasSubstr("add value_deg"));
  EXPECT_THAT(test("name = \"ely\"\nside = \"left\"\nvalue_cm = 12"), HasSubstr("value_deg"));
  EXPECT_THAT(test("name = \"ely\"\nside = \"left\"\nvalue_cm = 12\nvalue_deg = 120"),
              HasSubstr("two results"));
  EXPECT_THAT(test("name = \"ely\"\nside = \"left\"\nvalue_deg = \"120\""), HasSubstr("quotes"));
  EXPECT_THAT(test("name = \"ely\"\nside = \"left\"\nvalue_deg = nan"), HasSubstr("cannot be"));
  EXPECT_THAT(test("name = \"hip_flexion\"\nside = \"left\"\nvalue_deg = 1.57"),
              HasSubstr("radians"));
  EXPECT_THAT(test("name = \"modifed_thomas\"\nside = \"left\"\nvalue_deg = 5"),
              HasSubstr("did you mean modified_thomas?"));
  EXPECT_THAT(test("name = \"sij_cluster\"\ncount = 2.5"), HasSubstr("cannot be"));
  EXPECT_THAT(test("name = \"faber\"\nside = \"left\"\npositive = \"perhaps\""),
              HasSubstr("neither true nor false"));
  EXPECT_THAT(test("side = \"left\""), HasSubstr("without a name"));
  EXPECT_THAT(note_of("date = \"2026-02-30\""), HasSubstr("no day"));
  EXPECT_THAT(note_of("date = 2027-03-14"), HasSubstr("future"));
  EXPECT_THAT(note_of("[person]\nage_years = 340"), HasSubstr("340"));
  EXPECT_THAT(note_of("[persn]\nname = \"A\""), HasSubstr("did you mean person?"));
  EXPECT_THAT(note_of("[symptoms]\nplaces = [\"spine\"]"), HasSubstr("spine"));
  EXPECT_THAT(note_of("[red_flags]\nfevre = true"), HasSubstr("did you mean fever?"));
  EXPECT_THAT(note_of("[training]\nkm_per_week = -4"), HasSubstr("km_per_week"));
  EXPECT_THAT(note_of("symptoms = 3"), HasSubstr("no table"));
}

TEST(ExamFile, TestGivenTwiceOnOneSideKeepsTheFirst) {
  const Examination exam = parse(std::string(kThomas) +
                                 "[[test]]\nname = \"modified_thomas\"\nside = \"both\"\n"
                                 "value_deg = 9\nmethod = \"goniometer\"\n"
                                 "pelvis_controlled = true\n");
  EXPECT_THAT(exam.notes, ElementsAre(HasSubstr("on the right is given twice")));
  EXPECT_NEAR(find_value(exam, "modified_thomas", kRight)->value * kDegPerRad, 4.0, 1e-9);
  EXPECT_NEAR(find_value(exam, "modified_thomas", kLeft)->value * kDegPerRad, 9.0, 1e-9);
}

TEST(ExamFile, ContradictorySymptomsAreNotedAndNotUsed) {
  const auto symptoms = [](const std::string& lines) { return parse("[symptoms]\n" + lines); };
  Examination exam = symptoms("has_pain = false\nplaces = [\"low_back\"]\n");
  EXPECT_THAT(exam.notes, ElementsAre(HasSubstr("taken as pain")));
  EXPECT_EQ(exam.symptoms.has_pain, Answered(true));
  exam = symptoms("only_running = true\nin_daily_life = true\n");
  EXPECT_THAT(exam.notes, ElementsAre(HasSubstr("only_running and in_daily_life contradict")));
  EXPECT_EQ(exam.symptoms.in_daily_life, Answered());
  exam = symptoms("by_sitting = true\neased_by_sitting_or_flexion = true\nby_speed = true\n");
  EXPECT_THAT(exam.notes, ElementsAre(HasSubstr("contradict")));
  EXPECT_EQ(exam.symptoms.by_sitting, Answered());
  EXPECT_EQ(exam.symptoms.by_speed, Answered(true));
  exam = symptoms("has_pain = true\nworst_0_10 = 0\n");
  EXPECT_EQ(exam.notes.size(), 1U);
  exam = symptoms("has_pain = false\nworst_0_10 = 0\nby_sitting = false\n");
  EXPECT_THAT(exam.notes, IsEmpty());
}

TEST(ExamFile, WhatHadToBeAssumedOfAMeasurementIsSaidOnce) {
  const Examination exam =
      parse("[[test]]\nname = \"modified_thomas\"\nside = \"both\"\nvalue_deg = 4\n");
  EXPECT_THAT(exam.notes, ElementsAre(HasSubstr("pelvis"), HasSubstr("how it was measured")));
  EXPECT_NEAR(exam.values[0].sem * kDegPerRad, std::hypot(5.55, 7.0), 0.01);
}

TEST(ExamFile, LengthsMayBeGivenInCentimetresOrMillimetres) {
  const Examination exam =
      parse("[[test]]\nname = \"weight_bearing_lunge_distance\"\nside = \"left\"\nvalue_mm = 90\n");
  EXPECT_THAT(exam.notes, IsEmpty());
  EXPECT_NEAR(exam.values.at(0).value, 0.09, 1e-12);
}

TEST(ExamFile, ExamOfAnotherPersonIsOneSentence) {
  Examination exam;
  exam.name = "Ann";
  exam.id = "7";
  EXPECT_FALSE(note_of_person(exam, "ann ", "7"));
  EXPECT_FALSE(note_of_person(exam, "Ben", "7"));  // the ids decide
  EXPECT_FALSE(note_of_person(exam, "", ""));
  EXPECT_THAT(note_of_person(exam, "Ann", "8").value_or(""), HasSubstr("'7'"));
  EXPECT_THAT(note_of_person(exam, "Ben", "").value_or(""), HasSubstr("'Ben'"));
}

TEST(ExamFile, DatesAreDaysOfTheCalendar) {
  EXPECT_TRUE(is_date("2024-02-29"));
  EXPECT_TRUE(is_date("2000-02-29"));
  for (const char* wrong : {"2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-01",
                            "14.03.2026", "2026-03-0x", "", "2026-03-141"}) {
    EXPECT_FALSE(is_date(wrong)) << wrong;
  }
}

TEST(ExamFile, ExampleOfTheDocumentsHasNothingToNote) {
  const auto bytes =
      read_file(std::filesystem::path(CATENA_SOURCE_DIR) / "docs/examples/exam.toml");
  ASSERT_TRUE(bytes);
  const Examination exam = parse(*bytes);
  EXPECT_THAT(exam.notes, IsEmpty());
  EXPECT_GT(exam.values.size(), 5U);
}

}  // namespace
}  // namespace catena
