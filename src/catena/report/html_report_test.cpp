#include "catena/report/html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <utility>
#include <vector>

#include "catena/report/answer_fixture.h"
#include "catena/report/answer_wording.h"
#include "catena/report/markup.h"
#include "catena/report/results_fixture.h"
#include "catena/report/take_up_fixture.h"
#include "catena/report/test_text.h"
#include "catena/report/wording.h"

namespace catena {
namespace {

using testing::HasSubstr;
using testing::Not;

// The first tag that is closed out of order or never, or "".
std::string unbalanced_tag(const std::string& html) {
  const std::set<std::string> void_elements = {"meta", "br", "hr", "link", "img"};
  const std::regex tag_pattern("<(/?)([A-Za-z][A-Za-z0-9]*)((?:\"[^\"]*\"|[^\">])*)>");
  std::vector<std::string> open;
  for (std::sregex_iterator tag(html.begin(), html.end(), tag_pattern), end; tag != end; ++tag) {
    const std::string name = (*tag)[2];
    const std::string rest = (*tag)[3];
    if (void_elements.contains(name) || (!rest.empty() && rest.back() == '/')) continue;
    if ((*tag)[1].length() == 0) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return name;
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

std::vector<std::string> all_pages() {
  std::vector<std::string> pages;
  for (const Results& results : all_fixtures()) pages.push_back(render_html(results));
  for (const auto& [name, results] : answer_fixtures()) pages.push_back(render_html(results));
  return pages;
}

TEST(HtmlReport, ClosesEveryTagWhateverIsKnown) {
  for (const std::string& html : all_pages()) EXPECT_EQ(unbalanced_tag(html), "");
}

TEST(HtmlReport, IsOneFileThatNeedsNothingFromElsewhere) {
  for (std::string html : all_pages()) {
    html = std::regex_replace(html, std::regex("xmlns=\"http://www.w3.org/2000/svg\""), "");
    for (const char* outside : {"http:", "https:", "<script", "<link", "src=", "@import", "<img"}) {
      EXPECT_THAT(html, Not(HasSubstr(outside)));
    }
    // Only references inside the page.
    EXPECT_EQ(count_of(html, "url("), count_of(html, "url(#"));
  }
}

TEST(HtmlReport, NeverShowsNan) {
  const std::regex nan("(^|[^A-Za-z])-?(nan|inf)([^A-Za-z]|$)", std::regex::icase);
  for (const std::string& html : all_pages()) {
    std::smatch match;
    EXPECT_FALSE(std::regex_search(html, match, nan)) << match.prefix().str().substr(
        match.prefix().length() > 80 ? static_cast<std::size_t>(match.prefix().length()) - 80 : 0);
  }
}

TEST(HtmlReport, KeepsToTheClaimsPolicy) {
  for (std::string html : all_pages()) {
    // The question may be asked; blame is never stated.
    EXPECT_EQ(count_of(html, question()), 1u);
    html =
        std::regex_replace(html, std::regex("re your hips to blame for your low back pain\\?"), "");
    for (const char* claim : {"tissue",       "damage",     "probability of injury",
                              "lordosis",     "one true",   "to blame",
                              "is the cause", "you have a", "abnormal",
                              "normal hip",   "impaired",   "dysfunction",
                              "deficit",      "wear",       "worn",
                              "too tight",    "tightness",  "restricted",
                              "compensat",    "injur",      "proves"}) {
      EXPECT_THAT(html, Not(HasSubstr(claim)));
    }
    // The only diagnosis on the page is the one that it does not make.
    EXPECT_EQ(count_of(html, "diagnos"), count_of(html, "not a diagnosis"));
    EXPECT_EQ(count_of(html, "not a diagnosis"), 1u);
  }
}

// The page up to the therapist's part.
std::string first_page(const Results& results) {
  const std::string html = render_html(results);
  return html.substr(0, html.find("For the therapist"));
}

TEST(HtmlReport, FirstPageAnswersWithProbabilityReasonsAndOneNextStep) {
  const Results results = fixture_yes();
  const std::string page = first_page(results);
  EXPECT_THAT(page, HasSubstr("<h2>Yes, probably: your"));
  EXPECT_THAT(page, HasSubstr("a right hip that comes to a stop"));
  EXPECT_THAT(page, HasSubstr("Probability that the mechanical pattern is present: 86 %."));
  EXPECT_THAT(page, HasSubstr("Calibrated on simulated runners only."));
  for (const std::string& reason : results.answer.reasons) EXPECT_THAT(page, HasSubstr(reason));
  EXPECT_THAT(page, HasSubstr("(about 5 minutes)"));
  EXPECT_THAT(page, Not(HasSubstr("prone hip extension")));
  EXPECT_THAT(page, HasSubstr("You at push-off, right leg"));
  EXPECT_THAT(page, HasSubstr("It is not a diagnosis"));
}

TEST(HtmlReport, FirstPageNamesEveryClassOfAnswer) {
  EXPECT_THAT(first_page(fixture_possibly()), HasSubstr("<h2>Possibly: "));
  EXPECT_THAT(first_page(fixture_probably_not()), HasSubstr("<h2>Probably not: "));
  const std::string cannot_tell = first_page(fixture_cannot_tell());
  EXPECT_THAT(cannot_tell, HasSubstr("<h2>Cannot tell from this recording: "));
  EXPECT_THAT(cannot_tell, Not(HasSubstr("Probability that")));
}

TEST(HtmlReport, ARedFlagComesFirstAndHoldsTheAnswerBackOnEveryPage) {
  const Results results = fixture_held_back();
  const std::string html = render_html(results);
  const auto flag = html.find("Go to an emergency department today.");
  ASSERT_NE(flag, std::string::npos);
  EXPECT_LT(flag, html.find("The answer is held back"));
  EXPECT_LT(html.find("be seen by a clinician today"), flag);
  for (const char* said : {"Yes, probably", "mechanical pattern", "86 %", "comes to a stop and",
                           "Nothing that is still open", "log odds"}) {
    EXPECT_THAT(html, Not(HasSubstr(said)));
  }
  EXPECT_THAT(first_page(results), Not(HasSubstr("onsistent with")));
}

TEST(HtmlReport, TheTherapistReadsEveryPieceOfEvidenceWithWhatItAddsAndItsSource) {
  const Results results = fixture_yes();
  const std::string html = render_html(results);
  for (const auto* list :
       {&results.answer.evidence_for, &results.answer.evidence_against, &results.answer.context}) {
    for (const Evidence& evidence : *list) {
      EXPECT_THAT(html, HasSubstr(escape_markup(evidence.for_clinician)));
    }
  }
  EXPECT_THAT(html, HasSubstr("+2.41 log odds"));
  EXPECT_THAT(html, HasSubstr("+1 pain point"));
  EXPECT_THAT(html, HasSubstr("2\u00b0 (\u22127 to 11)"));
  EXPECT_THAT(html, HasSubstr("Right hip, extension: reached"));
  EXPECT_THAT(html, HasSubstr("Prone hip extension with the pelvis held"));
  EXPECT_THAT(html, HasSubstr("Not built yet"));
  EXPECT_THAT(html, HasSubstr("Between the table&#39;s zero and the run&#39;s"));
}

// Every paragraph, bullet and caption that is a whole sentence of some length.
std::vector<std::string> sentences_of(const std::string& html) {
  std::vector<std::string> sentences;
  const std::regex element("<(p|li|figcaption|h2)( [^>]*)?>([^<]{30,})</");
  for (std::sregex_iterator at(html.begin(), html.end(), element), end; at != end; ++at) {
    sentences.push_back((*at)[3]);
  }
  return sentences;
}

TEST(HtmlReport, SaysNoSentenceTwice) {
  // The two legs of a fixture are planted alike, so what is said of each leg stands there twice.
  const std::regex of_leg(
      "Your pattern is|In the runs recorded|At its farthest|With the runs|"
      "Who takes up|Whether the hip|Intervals of the|Of the runs recorded|"
      "Hip against pelvis is known here|Whether the run takes|Fewer than five");
  for (const auto& [name, results] : answer_fixtures()) {
    std::set<std::string> said;
    for (const std::string& words : sentences_of(render_html(results))) {
      if (std::regex_search(words, of_leg)) continue;
      EXPECT_TRUE(said.insert(words).second) << name << ": " << words;
    }
  }
}

TEST(HtmlReport, RedFlagsComeBeforeAnyFinding) {
  const std::string html = render_html(fixture_results());
  const auto flags = html.find("See a clinician first");
  ASSERT_NE(flags, std::string::npos);
  EXPECT_LT(flags, html.find("Your pattern"));
  EXPECT_LT(flags, html.find("0.50 (0.41 to 0.59)"));
}

TEST(HtmlReport, ShowsSharesBudgetsAndLeftOutDemandsOfBothLegs) {
  const std::string html = render_html(fixture_results());
  EXPECT_GE(count_of(html, "0.50 (0.41 to 0.59)"), 4u);
  EXPECT_GE(count_of(html, "0.35 (\u22120.05 to 0.75)"), 4u);
  EXPECT_THAT(html, HasSubstr("Without 3.5 m/s"));
  EXPECT_THAT(html, HasSubstr("Peak at 9 m/s"));
  EXPECT_THAT(html, HasSubstr("errors-in-variables line"));
  EXPECT_THAT(html, HasSubstr("5th to 95th percentile over strides"));
  EXPECT_THAT(html, HasSubstr("Hip against pelvis is known here"));
  EXPECT_THAT(html, HasSubstr("R.Toe, 31.0 mm"));
  EXPECT_THAT(html, HasSubstr("Every marker has the same weight."));
  EXPECT_THAT(html, HasSubstr(std::string(64, 'e')));
}

TEST(HtmlReport, EveryFigureNamesItsSigns) {
  const std::string html = render_html(fixture_results());
  int figures = 0;
  for (auto at = html.find("<figure>"); at != std::string::npos;
       at = html.find("<figure>", at + 1)) {
    const std::string text = html.substr(at, html.find("</figure>", at) - at);
    if (text.find("Take-up shares") != std::string::npos) continue;  // shares have no sign
    ++figures;
    EXPECT_TRUE(text.find("+: hip") != std::string::npos ||
                text.find("+ hip, low back extended") != std::string::npos)
        << text.substr(0, 200);
  }
  EXPECT_EQ(figures, 6);  // body, budget and stop curve of two legs
}

TEST(HtmlReport, WithoutAThoraxShowsOnlyHipAndPelvisAndSaysSo) {
  const std::string html = render_html(fixture_without_thorax());
  EXPECT_THAT(html, HasSubstr("There were no thorax markers"));
  EXPECT_THAT(html, Not(HasSubstr("<th scope=\"col\">Low back</th>")));
  EXPECT_THAT(html, HasSubstr("<th scope=\"col\">Pelvis</th>"));
  EXPECT_THAT(html, HasSubstr("Your pattern is consistent with the hip and the pelvis"));
}

TEST(HtmlReport, SaysWhyAShareIsNotKnownAndWhatToRecord) {
  const std::string html = render_html(fixture_one_demand());
  EXPECT_THAT(html, HasSubstr("Who takes up the next degree is not known: one demand shows no "
                              "change; record at least three speeds, or a steady ramp."));
  EXPECT_THAT(html, HasSubstr("No stride of this leg was seen from peak to peak"));
}

TEST(HtmlReport, ShowsWarningsBeforeTheFindings) {
  const std::string html = render_html(fixture_one_demand());
  const auto warning = html.find("12 % of the frames were not solved");
  ASSERT_NE(warning, std::string::npos);
  EXPECT_LT(warning, html.find("Who takes up the next degree"));
  EXPECT_THAT(render_html(fixture_results()), Not(HasSubstr("Look at this before")));
}

TEST(HtmlReport, ListsLeastAndMostWhereManyDemandsAreLeftOut) {
  Results results = fixture_results();
  for (Share* share :
       {&results.legs[kRight].take_up.hip, &results.legs[kRight].take_up.pelvis,
        &results.legs[kRight].take_up.low_back, &results.legs[kRight].take_up.lean}) {
    share->left_out.clear();
    for (int i = 0; i < 8; ++i) {
      share->left_out.push_back({"block " + std::to_string(i), 0.4 + 0.01 * ((i * 3) % 8)});
    }
  }
  EXPECT_THAT(render_html(results), HasSubstr("0.40 (without block 0) to 0.47 (without block 5)"));
}

TEST(HtmlReport, EscapesWhatFilesAndPeopleCallThings) {
  const std::string html = render_html(fixture_one_demand());
  EXPECT_THAT(html, HasSubstr("treadmill &lt;fast&gt; &amp; &quot;steep&quot;"));
  EXPECT_THAT(html, Not(HasSubstr("<fast>")));
}

TEST(HtmlReport, SaysOfEachLegBesideItsSharesWhetherTheHipStops) {
  const std::pair<StopVerdict, const char*> verdicts[] = {
      {StopVerdict::kCannotBeTested, "Hip stop: cannot be tested with these recordings"},
      {StopVerdict::kUndecided, "Hip stop: neither shown nor ruled out (probability 34 %)"},
      {StopVerdict::kNotReached,
       "Hip stop: not reached within the range recorded (probability 2 %)"},
      {StopVerdict::kReached,
       "Hip stop: consistent with one near 31.0\u00b0 (29.0 to 33.0), probability 98 %"}};
  for (const auto& [verdict, words] : verdicts) {
    const std::string html = render_html(fixture_with_verdict(verdict));
    EXPECT_EQ(count_of(html, ">" + std::string(words) + "<"), 4u) << words;  // at the curves too
  }
}

TEST(HtmlReport, GivesTheThreeProbabilitiesWhereTheyAreKnown) {
  const std::string html = render_html(fixture_with_verdict(StopVerdict::kReached));
  EXPECT_EQ(count_of(html, "Bend the other way"), 2u);
  EXPECT_THAT(html, HasSubstr("under 1 %"));
  EXPECT_THAT(html, HasSubstr("0.05 (\u22120.10 to 0.20)"));
  EXPECT_THAT(html, HasSubstr("Thigh at the bend"));
  EXPECT_THAT(render_html(fixture_with_verdict(StopVerdict::kUndecided)),
              Not(HasSubstr("Thigh at the bend")));
  EXPECT_THAT(render_html(fixture_with_verdict(StopVerdict::kCannotBeTested)),
              Not(HasSubstr("Bend the other way")));
}

TEST(HtmlReport, SaysWhatComesByRotationAndDrop) {
  EXPECT_THAT(render_html(fixture_results()),
              HasSubstr("came of the hip&#39;s share 0.02 (\u22120.03 to 0.07) and of the "
                        "pelvis&#39;s share 0.06 (0.01 to 0.11)."));
}

TEST(HtmlReport, SetsThePelvisBesideOtherRunnersAndSaysThatNothingIsKnownOfLowBackAndLean) {
  Results results = fixture_results();
  for (LegResult& leg : results.legs) {
    leg.pelvis_reference = compare_pelvis_share(leg.take_up, {2.5, 4.5, true});
  }
  const std::string html = render_html(results);
  EXPECT_THAT(html, HasSubstr("52 sides of 26 runners on a treadmill at 2.5, 3.5 and 4.5 m/s"));
  EXPECT_THAT(html, HasSubstr("Compared by: ordinary slope"));
  EXPECT_EQ(count_of(html, std::string(kNoReferenceForLowBackAndLean)), 1u);
}

TEST(HtmlReport, EveryPictureHasWordsOrIsPassedOver) {
  const std::regex tag("<svg[^>]*>");
  for (const std::string& html : all_pages()) {
    for (std::sregex_iterator svg(html.begin(), html.end(), tag), end; svg != end; ++svg) {
      const std::string text = svg->str();
      EXPECT_TRUE(text.find("aria-label=\"") != std::string::npos ||
                  text.find("aria-hidden=\"true\"") != std::string::npos)
          << text;
    }
  }
}

TEST(Wording, NamesThePelvisAsOneWhereItsHalvesCannotBeTold) {
  const Results results = fixture_results();
  EXPECT_EQ(consistency_sentence(results, kRight),
            "Your pattern is consistent with the hip and the pelvis taking up a part of each "
            "further degree. How the pelvis's part divides between low back and forward lean is "
            "not distinguishable from measurement error in these recordings.");
}

TEST(Wording, NamesEachPartWhoseIntervalLeavesZeroOut) {
  Results results = fixture_results();
  TakeUp& take_up = results.legs[kLeft].take_up;
  take_up.low_back.estimate = {0.60, 0.30, 0.90, 0.90, ""};
  take_up.lean.estimate = {-0.10, -0.19, -0.01, 0.90, ""};
  EXPECT_EQ(consistency_sentence(results, kLeft),
            "Your pattern is consistent with the hip and the low back taking up a part of each "
            "further degree and forward lean moving the other way as the leg goes further.");
}

TEST(Wording, ClaimsNothingForAPartWhoseIntervalHoldsZero) {
  Results results = fixture_without_thorax();
  results.legs[kRight].take_up.hip.estimate = {0.2, -0.1, 0.5, 0.90, ""};
  EXPECT_EQ(consistency_sentence(results, kRight),
            "Your pattern is consistent with the pelvis taking up a part of each further degree. "
            "A part taken up by the hip is not distinguishable from measurement error in these "
            "recordings.");
}

TEST(HtmlReport, SaysWhatWasRepairedOrThatNothingWas) {
  Results results = fixture_results();
  EXPECT_THAT(render_html(results),
              HasSubstr("run1: labels of R.MT1 and R.MT5 were exchanged and are put right (0.01 to "
                        "0.02 s, 4 frames); 1 gap filled (R.Toe; the longest 3 frames, 0.01 s)."));
  for (RecordingResult& recording : results.recordings) recording.repairs.clear();
  EXPECT_THAT(render_html(results), HasSubstr("labels, paths and gaps needed nothing"));
}

TEST(HtmlReport, TheQuestionsAreShownWithoutBits) {
  Results results = fixture_probably_not();
  results.answer.next = {
      {.id = "symptoms", .name = "the questions", .minutes = 2.0, .could_change = ""}};
  EXPECT_THAT(render_html(results), HasSubstr("not counted"));
  results.answer.next[0].expected_bits = 0.31;
  EXPECT_THAT(render_html(results), AllOf(HasSubstr("0.31"), Not(HasSubstr("not counted"))));
}

}  // namespace
}  // namespace catena
