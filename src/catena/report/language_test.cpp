#include "catena/report/language.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "catena/exam/exam_tests.h"
#include "catena/exam/red_flags.h"
#include "catena/findings/rules.h"
#include "catena/report/answer_fixture.h"
#include "catena/report/html_page.h"
#include "catena/report/html_report.h"
#include "catena/report/language_files.h"
#include "catena/report/markup.h"
#include "catena/report/results_fixture.h"
#include "catena/report/take_up_fixture.h"

namespace catena {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Language small_language() {
  const auto parsed = Language::parse(R"({"language": "xx", "name": "X", "decimal": ",", "texts": {
      "{} of {}": "{1} davon {0}", "the right leg": "das rechte Bein",
      "in the recording {*}": "in der Aufnahme {*}", "{} strides": "{} Schritte",
      "from {} to {}": "von {} bis {}", "It is good.": "Es ist gut.", "red or blue": "rot"}})",
                                      "x.json");
  EXPECT_TRUE(parsed);
  return *parsed;
}

std::string told(const std::string& english) {
  std::vector<std::string> missing;
  const std::string text = small_language().translate(english, missing);
  EXPECT_THAT(missing, IsEmpty()) << english;
  return text;
}

TEST(Language, FillsHolesWithWordsNumbersAndNames) {
  EXPECT_EQ(told("the right leg"), "das rechte Bein");
  EXPECT_EQ(told("The right leg."), "Das rechte Bein.");
  EXPECT_EQ(told("3.5 strides of the right leg"), "das rechte Bein davon 3,5 Schritte");
  EXPECT_EQ(told("in the recording run 2.50.trc"), "in der Aufnahme run 2.50.trc");
  EXPECT_EQ(told("from -1.5 deg to 2.0 deg"), "von -1,5 deg bis 2,0 deg");
}

TEST(Language, FindsParagraphsSentenceBySentenceAndKeepsBlanks) {
  EXPECT_EQ(told(" It is good. The right leg. "), " Es ist gut. Das rechte Bein. ");
  EXPECT_EQ(told("4.25"), "4,25");
  EXPECT_EQ(told(" \u2212 3.0 "), " \u2212 3,0 ");
}

TEST(Language, WhatItDoesNotHaveStaysEnglishAndIsCollected) {
  std::vector<std::string> missing;
  EXPECT_EQ(small_language().translate("It is good. It is bad.", missing),
            "Es ist gut. It is bad.");
  EXPECT_THAT(missing, ElementsAre("It is bad."));
  EXPECT_FALSE(small_language().find("3 strides of the left leg"));
  EXPECT_FALSE(small_language().find("red or"));
}

TEST(Language, TextOfManyCommonWordsIsGivenUpInTime) {
  for (const int n : {90, 4000}) {
    std::string text = "from ";
    for (int i = 0; i < n; ++i) text += "to to of of ";
    std::vector<std::string> missing;
    EXPECT_EQ(small_language().translate(text, missing).size(), text.size());
    EXPECT_EQ(missing.size(), 1U);
  }
}

TEST(Language, FileThatIsNoneIsRefused) {
  for (const char* wrong :
       {"", "[]", "{}", R"({"texts": {}})", R"({"language": "x", "name": "X", "texts": {"a": 1}})",
        R"({"language": "x", "name": "X", "texts": {"a {b} c": "d"}})"}) {
    EXPECT_FALSE(Language::parse(wrong, "x.json")) << wrong;
  }
}

TEST(TranslatePage, TurnsTextsAndSpokenAttributesAndNothingElse) {
  const TranslatedPage page = translate_page(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta name=\"x\" content=\"It is good.\">"
      "<style>the right leg</style></head><body><main><p class=\"the right leg\" "
      "title=\"It is good.\">the right leg</p><b>4 &lt; 5.5</b><code>It is good.</code>"
      "<footer translate=\"no\"><div>It is good.</div></footer><i>It is &amp; bad</i>"
      "</main></body></html>\n",
      small_language());
  EXPECT_THAT(page.html, HasSubstr("<html lang=\"xx\">"));
  EXPECT_THAT(page.html, HasSubstr("content=\"It is good.\""));
  EXPECT_THAT(page.html, HasSubstr("<style>the right leg</style>"));
  EXPECT_THAT(page.html,
              HasSubstr("<p class=\"the right leg\" title=\"Es ist gut.\">das rechte Bein</p>"));
  EXPECT_THAT(page.html, HasSubstr("<b>4 &lt; 5,5</b><code>It is good.</code>"));
  EXPECT_THAT(page.html, HasSubstr("<div>It is good.</div>"));
  EXPECT_THAT(page.html, HasSubstr("<i>It is &amp; bad</i><p class=\"note\">1 texts"));
  EXPECT_THAT(page.missing, ElementsAre("It is & bad"));
}

/// What a fixture's answer says in words of its own: not of the program, so in no language.
Language::Names names_of_fixture(const Results& results) {
  Language::Names names;
  const auto add = [&](const std::string& text) {
    std::string name = text;
    if (name.ends_with('.')) name.pop_back();
    if (name.empty()) return;
    names.insert(name);
    names.insert(capital(name));
    // A paragraph is looked up sentence by sentence.
    for (std::size_t at = name.find(". "); at != std::string::npos; at = name.find(". ", at + 1)) {
      names.insert(name.substr(0, at));
      names.insert(name.substr(at + 2, name.find(". ", at + 2) - at - 2));
    }
  };
  const Answer& answer = results.answer;
  add(answer.for_runner);
  add(answer.for_clinician);
  for (const std::string& text : answer.reasons) add(text);
  for (const std::string& text : answer.assumed) add(text);
  for (const auto* list : {&answer.evidence_for, &answer.evidence_against, &answer.context}) {
    for (const Evidence& evidence : *list) {
      add(evidence.for_runner);
      add(evidence.for_clinician);
      add(evidence.source);
    }
  }
  for (const NextMeasurement& next : answer.next) {
    add(next.name);
    add(next.could_change);
  }
  for (const CapacityAndUse& row : answer.capacity_and_use) add(row.sentence);
  add(answer.repetition.sentence);
  add(results.safety.sentence);
  for (const RedFlag& flag : results.safety.present) {
    add(flag.sentence);
    add(flag.where_to);
  }
  for (const std::string& text : results.assumptions) add(text);
  if (results.examination) {
    for (const std::string& note : results.examination->notes) add(note);
  }
  names.merge(names_in(results));
  return names;
}

/// Every page that the fixtures make.
std::vector<Results> all_fixtures() {
  std::vector<Results> all = {fixture_results(),     fixture_without_thorax(),
                              fixture_one_demand(),  fixture_yes(),
                              fixture_possibly(),    fixture_probably_not(),
                              fixture_cannot_tell(), fixture_answer_without_thorax(),
                              fixture_held_back(),   fixture_ramp()};
  for (const StopVerdict verdict : {StopVerdict::kReached, StopVerdict::kNotReached,
                                    StopVerdict::kCannotBeTested, StopVerdict::kUndecided}) {
    all.push_back(fixture_with_verdict(verdict));
  }
  return all;
}

TEST(Languages, EveryFileOfTheProgramIsRead) {
  for (const EmbeddedFile& file : language_files()) {
    const auto parsed = Language::parse(file.text, file.name);
    ASSERT_TRUE(parsed) << to_sentence(parsed.error());
    EXPECT_EQ(parsed->code() + ".json", file.name);
    EXPECT_NE(find_language(parsed->code()), nullptr);
  }
  EXPECT_EQ(find_language("en"), nullptr);
}

TEST(Languages, EveryTextOfEveryFixtureIsThere) {
  for (const std::string& code : language_codes()) {
    std::set<std::string> missing;
    for (const Results& results : all_fixtures()) {
      const TranslatedPage page =
          translate_page(render_html(results), *find_language(code), names_of_fixture(results));
      missing.insert(page.missing.begin(), page.missing.end());
    }
    for (const std::string& text : missing) ADD_FAILURE() << code << ": " << text;
  }
}

TEST(Language, AReferenceStaysAsItIs) {
  std::vector<std::string> missing;
  for (const char* text : {"Laslett et al. 2005, Man Ther 10:207", "Preece et al. 2008",
                           "van der Windt et al. 2010, Cochrane Database Syst Rev CD007431"}) {
    EXPECT_EQ(small_language().translate(text, missing), text);
  }
  EXPECT_THAT(missing, IsEmpty());
  EXPECT_FALSE(small_language().find("Seen in 2005, never again: nobody knows"));
  EXPECT_FALSE(small_language().find("in 2005, nobody knew"));
}

TEST(Languages, TheSourceOfEveryRuleIsThere) {
  for (const std::string& code : language_codes()) {
    for (const auto& rule : answer_rules().rules) {
      EXPECT_TRUE(find_language(code)->find(rule.source)) << code << ": " << rule.source;
    }
  }
}

TEST(Languages, EveryTestRedFlagAndWhereToGoIsThere) {
  for (const std::string& code : language_codes()) {
    const Language& language = *find_language(code);
    for (const ExamTest& test : exam_tests()) {
      EXPECT_TRUE(language.find(test.name)) << test.name;
      EXPECT_TRUE(language.find(test.plus)) << test.plus;
    }
    for (const SafetyQuestion& question : safety_rules().questions) {
      EXPECT_TRUE(language.find(question.reported)) << question.reported;
    }
    for (const SafetyFlag& flag : safety_rules().flags) {
      std::vector<std::string> missing;
      EXPECT_FALSE(language.translate(flag.where_to, missing).empty());
      EXPECT_THAT(missing, IsEmpty()) << flag.id;
    }
  }
}

TEST(Languages, NoTextClaimsWhatTheProductNeverSays) {
  // Tissue, wear, chances of injury, and one true cause; "no diagnosis" is said, a diagnosis never.
  const std::map<std::string, std::vector<std::string>> forbidden = {
      {"de",
       {"verschlei", "gewebesch", "abnutzung", "verletzungsrisiko", "verletzungswahrscheinlich",
        "verursacht", "ursache", "schuld", "ihre diagnose", "die diagnose", "heilt",
        "garantiert"}}};
  const std::map<std::string, std::vector<std::string>> required = {
      {"de",
       {"keine Diagnose", "vereinbar mit", "vom Messfehler nicht zu unterscheiden",
        "Nur an simulierten Personen kalibriert", "Warnzeichen"}}};
  for (const std::string& code : language_codes()) {
    ASSERT_TRUE(forbidden.contains(code)) << code << " has no phrases yet";
    std::string all;
    for (const std::string& text : find_language(code)->sentences()) {
      std::string lower = text;
      std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
      for (const std::string& phrase : forbidden.at(code)) {
        EXPECT_EQ(lower.find(phrase), std::string::npos) << text;
      }
      all += text + "\n";
    }
    for (const std::string& phrase : required.at(code)) EXPECT_THAT(all, HasSubstr(phrase));
  }
}

TEST(Languages, PageSaysItsLanguage) {
  Results results = fixture_yes();
  EXPECT_THAT(render_html(results), HasSubstr("<html lang=\"en\">"));
  results.language = "de";
  EXPECT_THAT(render_html(results), HasSubstr("<html lang=\"de\">"));
}

}  // namespace
}  // namespace catena
