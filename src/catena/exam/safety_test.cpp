#include "catena/exam/safety.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catena/core/json_node.h"
#include "catena/exam/exam_file.h"
#include "catena/exam/red_flags.h"
#include "catena/exam/red_flags_file.h"

namespace catena {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Examination exam_of(const std::string& toml) {
  auto exam = parse_exam(toml, "exam.toml");
  EXPECT_TRUE(exam);
  EXPECT_THAT(exam->notes, IsEmpty());
  return exam.value_or(Examination());
}

std::vector<std::string> flags_of(const std::string& toml) {
  std::vector<std::string> ids;
  for (const RedFlag& flag : assess_safety(exam_of(toml)).present) ids.push_back(flag.id);
  return ids;
}

TEST(Safety, RulesOfTheProgramAreReadWhole) {
  const auto rules = parse_safety_rules(red_flags_file(), "red_flags.json");
  ASSERT_TRUE(rules) << to_sentence(rules.error());
  EXPECT_GE(rules->questions.size(), 15U);
  for (const SafetyFlag& flag : rules->flags) {
    EXPECT_NE(flag.urgency, Urgency::kNotUrgent) << flag.id;
    EXPECT_FALSE(flag.where_to.empty() || flag.source.empty()) << flag.id;
  }
}

TEST(Safety, EveryQuestionCanMakeAFlagPresentAlone_OrTogetherWithAnother) {
  std::string file(red_flags_file());
  for (const SafetyQuestion& question : safety_rules().questions) {
    EXPECT_NE(file.find("{\"answer\": \"" + question.id + "\"}"), std::string::npos) << question.id;
  }
}

TEST(Safety, NotAskedIsNotAbsent) {
  const Safety nothing = assess_safety({});
  EXPECT_EQ(nothing.n_asked, 0);
  EXPECT_EQ(nothing.urgency, Urgency::kNotUrgent);
  EXPECT_THAT(nothing.sentence, HasSubstr("not known"));
  const Safety one = assess_safety(exam_of("[red_flags]\nfever = false\n"));
  EXPECT_EQ(one.n_asked, 1);
  EXPECT_THAT(one.sentence, HasSubstr("1 of 20"));
  EXPECT_THAT(one.sentence, HasSubstr("what was not asked is not known"));
  std::string all = "[red_flags]\n";
  for (const SafetyQuestion& question : safety_rules().questions) all += question.id + " = false\n";
  EXPECT_THAT(assess_safety(exam_of(all)).sentence, HasSubstr("all 20"));
}

TEST(Safety, NumbSaddleAndFeverBelongToADoctorTodayAndComeFirst) {
  const Safety safety = assess_safety(
      exam_of("[red_flags]\nweight_loss = true\nsaddle_numbness = true\nbladder_bowel = true\n"));
  ASSERT_EQ(safety.present.size(), 2U);
  EXPECT_EQ(safety.present[0].id, "cauda_equina");
  EXPECT_EQ(safety.present[0].sentence,
            "New numbness around the saddle; new trouble with the bladder or the bowel.");
  EXPECT_THAT(safety.present[0].where_to, HasSubstr("emergency"));
  EXPECT_EQ(safety.present[1].id, "cancer");
  EXPECT_EQ(safety.urgency, Urgency::kToday);
  EXPECT_THAT(flags_of("[red_flags]\nfever = true\n"), ElementsAre("infection"));
}

TEST(Safety, SmallFallIsAFlagOnWeakBonesOnly) {
  EXPECT_THAT(flags_of("[red_flags]\nminor_trauma = true\n"), IsEmpty());
  EXPECT_THAT(flags_of("[red_flags]\nminor_trauma = true\nweak_bones = true\n"),
              ElementsAre("fragility"));
}

constexpr const char* kHopRight =
    "[[test]]\nname = \"single_leg_hop\"\nside = \"right\"\n"
    "positive = true\n";

TEST(Safety, HopAndButtockPainOfOneSideArePatternOfTheSacrum) {
  const std::string buttock = "[symptoms]\nplaces = [\"buttock\"]\n";
  EXPECT_THAT(flags_of(buttock + "side = \"right\"\n" + kHopRight),
              ElementsAre("sacral_bone_stress"));
  // Pain on the other side, or no hop: no such pattern.
  EXPECT_THAT(flags_of(buttock + "side = \"left\"\n" + kHopRight), IsEmpty());
  EXPECT_THAT(flags_of(buttock + "side = \"right\"\n"), IsEmpty());
  const std::string faber = "[[test]]\nname = \"faber\"\nside = \"right\"\npositive = true\n";
  const std::string slr = "[[test]]\nname = \"straight_leg_raise\"\nside = \"right\"\npositive = ";
  EXPECT_THAT(flags_of(buttock + kHopRight + faber), IsEmpty());
  EXPECT_THAT(flags_of(buttock + kHopRight + faber + slr + "true\n"), IsEmpty());
  EXPECT_THAT(flags_of(buttock + kHopRight + faber + slr + "false\n"),
              ElementsAre("sacral_bone_stress"));
  const Safety safety = assess_safety(exam_of(buttock + "side = \"right\"\n" + kHopRight));
  EXPECT_THAT(safety.present.front().sentence, HasSubstr("(right)"));
}

TEST(Safety, GroinPainAndHopStopTheRunningToday) {
  const Safety safety =
      assess_safety(exam_of(std::string("[symptoms]\nplaces = [\"groin\"]\n") + kHopRight));
  ASSERT_EQ(safety.present.size(), 1U);
  EXPECT_EQ(safety.present[0].id, "femoral_neck_stress");
  EXPECT_EQ(safety.urgency, Urgency::kToday);
  EXPECT_THAT(flags_of("[symptoms]\nplaces = [\"groin\"]\n[red_flags]\nhop_hurts = true\n"),
              ElementsAre("femoral_neck_stress"));
}

TEST(Safety, ExtensionPainIsAPatternUnder25Only) {
  const std::string pain = "[symptoms]\nplaces = [\"low_back\"]\nby_extension = true\n";
  EXPECT_THAT(flags_of(pain + "[person]\nage_years = 24\n"), ElementsAre("pars_stress"));
  EXPECT_THAT(flags_of(pain + "[person]\nage_years = 25\n"), IsEmpty());
  EXPECT_THAT(flags_of(pain), IsEmpty());
}

TEST(Safety, OrdinaryExaminationHasNoFlag) {
  EXPECT_THAT(flags_of("[person]\nage_years = 40\n[symptoms]\nplaces = [\"low_back\"]\n"
                       "during_run = true\nby_extension = true\n"
                       "[[test]]\nname = \"modified_thomas\"\nside = \"right\"\nvalue_deg = 4\n"
                       "method = \"goniometer\"\npelvis_controlled = true\n"),
              IsEmpty());
}

TEST(Safety, RuleThatNamesWhatIsNotKnownIsRefused) {
  const auto refused = [](const std::string& when) {
    const auto rules = parse_safety_rules(
        R"({"questions": [{"id": "q", "ask": "?", "reported": "r"}], "flags": [{"id": "f",
            "urgency": "today", "where_to": "w", "source": "s", "when": )" +
            when + "}]}",
        "x.json");
    return rules ? std::string("read") : to_sentence(rules.error());
  };
  EXPECT_EQ(refused(R"({"answer": "q"})"), "read");
  EXPECT_THAT(refused(R"({"answer": "p"})"), HasSubstr("flags[0].when: 'p' is not known"));
  EXPECT_THAT(refused(R"({"positive": "thomas"})"), HasSubstr("not known"));
  EXPECT_THAT(refused(R"({"symptom": "rain"})"), HasSubstr("not known"));
  EXPECT_THAT(refused(R"({"place": "moon"})"), HasSubstr("not known"));
  EXPECT_THAT(refused(R"({"all": []})"), HasSubstr("without parts"));
  EXPECT_THAT(refused(R"("sometimes")"), HasSubstr("not known"));
}

}  // namespace
}  // namespace catena
