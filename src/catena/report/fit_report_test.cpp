// fit.html, fit.json and the lines on the terminal hold what the fit found.
#include "catena/report/fit_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "catena/core/test_schema.h"
#include "catena/report/fit_fixture.h"
#include "catena/report/number_text.h"

namespace catena {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

FitSummary failed_fit() {
  FitSummary fit = fixture_fit();
  fit.converged = false;
  fit.picture = {};
  fit.warnings = {"static.trc: 'RAIS' is not in the set; did you mean RASI?"};
  return fit;
}

TEST(FitHtml, ShowsEachLengthWithItsIntervalAndWhatItIsKnownBy) {
  const std::string html = render_fit_html(fixture_fit());
  EXPECT_THAT(html, HasSubstr("41.2 (40.4 to 42.0)"));
  EXPECT_THAT(html, HasSubstr("measured (92 %)"));
  EXPECT_THAT(html, HasSubstr("23.6 (21.4 to 25.8)"));
  EXPECT_THAT(html, HasSubstr("mostly prior (12 %)"));
  EXPECT_THAT(html, HasSubstr(">13.4 mm (5)<"));
  EXPECT_THAT(html, HasSubstr("RTHLD, 19.1 mm"));
}

TEST(FitHtml, ShowsJointCentresInMillimetresWithASignThatIsOne) {
  const std::string html = render_fit_html(fixture_fit());
  EXPECT_THAT(html, HasSubstr("\u221274 (\u221282 to \u221266)"));
  EXPECT_THAT(html, HasSubstr("86.1 (84.5 to 87.7)"));  // a narrow interval has a decimal
  EXPECT_THAT(html, HasSubstr("partly measured (55 %)"));
}

TEST(FitHtml, ShowsEveryMarkerInEveryRecordingAndWhyOneWasNotUsed) {
  const std::string html = render_fit_html(fixture_fit());
  for (const char* cell :
       {">3.1 mm<", ">7.7 mm<", ">31.1 mm<", ">not seen<", ">not used: on no known segment<"}) {
    EXPECT_THAT(html, HasSubstr(cell));
  }
}

TEST(FitHtml, GivesLeastAndMostOfManyRecordings) {
  FitSummary fit = fixture_fit();
  for (int k = 2; k < 9; ++k) {
    fit.trials.push_back(fit.trials[1]);
    fit.trials.back().name = "run" + std::to_string(k);
    fit.markers[0].rms_m.push_back(0.004 + 0.001 * k);
  }
  EXPECT_THAT(render_fit_html(fit), HasSubstr("3.1 to 12.0 mm (in run8)"));
}

TEST(FitHtml, AFitThatDidNotConvergeSaysSoFirst) {
  const std::string html = render_fit_html(failed_fit());
  const auto said = html.find("The fit did not converge");
  ASSERT_NE(said, std::string::npos);
  EXPECT_LT(said, html.find("Body and markers"));
  EXPECT_THAT(html, HasSubstr("did you mean RASI?"));
  EXPECT_THAT(html, HasSubstr("No picture: no frame shows body and markers together."));
  EXPECT_THAT(render_fit_html(fixture_fit()), Not(HasSubstr("did not converge")));
}

TEST(FitHtml, IsOneFileThatNeedsNothingFromElsewhereAndEscapesNames) {
  for (std::string html :
       {render_fit_html(fixture_fit()), render_fit_html(failed_fit()), render_fit_html({})}) {
    html = std::regex_replace(html, std::regex("xmlns=\"http://www.w3.org/2000/svg\""), "");
    for (const char* outside :
         {"http:", "https:", "<script", "<link", "src=", "@import", "<img", "<fast>", "<1>"}) {
      EXPECT_THAT(html, Not(HasSubstr(outside)));
    }
    const std::regex nan("(^|[^A-Za-z])-?(nan|inf)([^A-Za-z]|$)", std::regex::icase);
    EXPECT_FALSE(std::regex_search(html, nan));
  }
}

TEST(FitHtml, ClaimsNoAnatomyAndNoDiagnosis) {
  const std::string html = render_fit_html(fixture_fit());
  EXPECT_THAT(html, HasSubstr("it is not a diagnosis"));
  EXPECT_THAT(html, HasSubstr("not that its joints are the runner&#39;s"));
}

TEST(MeasuredWords, FollowTheShare) {
  EXPECT_EQ(measured_words(0.92), "measured (92 %)");
  EXPECT_EQ(measured_words(0.60), "partly measured (60 %)");
  EXPECT_EQ(measured_words(0.04), "mostly prior (4 %)");
  EXPECT_EQ(measured_words(0.0), "proportion alone");
  EXPECT_EQ(measured_words(kNotKnown), "not known");
}

TEST(LengthText, IsInCentimetresAndMillimetresOfMetres) {
  const Estimate length{0.4312, 0.4261, 0.4369, 0.90, ""};
  EXPECT_EQ(centimetres_text(length, Script::kAscii, " cm"), "43.1 cm (42.6 to 43.7)");
  EXPECT_EQ(millimetres_text(length, Script::kAscii), "431 (426 to 437)");
  EXPECT_EQ(centimetres_text({}, Script::kAscii), "not known");
}

TEST(FitText, HasALineForEachSegmentAndRecordingInAscii) {
  const std::string text = render_fit_text(fixture_fit());
  EXPECT_THAT(text, HasSubstr("right thigh     41.2 (40.4 to 42.0)"));
  EXPECT_THAT(text, HasSubstr("measured (92 %)"));
  EXPECT_THAT(text, HasSubstr("40/200"));
  EXPECT_THAT(text, HasSubstr("marker RMS 9.7 mm over all; converged after 14 iterations, 0.62 s"));
  EXPECT_THAT(render_fit_text(failed_fit()), HasSubstr("NOT converged"));
  for (const char c : text) EXPECT_TRUE(c == '\n' || (c >= ' ' && c <= '~'));
}

TEST(FitJson, HoldsEveryNumberOfTheFit) {
  const Json json = Json::parse(render_fit_json(fixture_fit()));
  EXPECT_EQ(json["segments"][0]["length_m"]["value"], 0.412);
  EXPECT_EQ(json["segments"][0]["length_m"]["low"], 0.404);
  EXPECT_EQ(json["segments"][0]["measured_share"], 0.92);
  EXPECT_TRUE(json["segments"][2]["length_m"]["value"].is_null());
  EXPECT_EQ(json["joints"][0]["center_m"][0]["value"], -0.0742);
  EXPECT_EQ(json["markers"][0]["rms_m"][1], 0.0077);
  EXPECT_TRUE(json["markers"][1]["rms_m"][1].is_null());
  EXPECT_EQ(json["markers"][3]["why"], "on no known segment");
  EXPECT_EQ(json["trials"][1]["frames_used"], 40);
  EXPECT_EQ(json["trials"][1]["repairs"].size(), 1u);
  EXPECT_EQ(json["converged"], true);
  EXPECT_EQ(json["iterations"], 14);
}

TEST(FitJson, KeepsToTheSchemaWhateverIsKnown) {
  if (!can_check_schemas()) GTEST_SKIP() << "skipped: no python3-jsonschema";
  EXPECT_TRUE(follow_schema("fit", {render_fit_json(fixture_fit()), render_fit_json(failed_fit()),
                                    render_fit_json(FitSummary{})}));
}

TEST(FitFiles, AreTheModelThePageTheNumbersAndThePicture) {
  Model model;
  model.name = "runner";
  model.bodies.push_back({"ground"});
  const auto names = [&](const FitSummary& fit) {
    std::vector<std::string> out;
    for (const auto& [name, bytes] : render_fit_files(fit, model, {{"RASI", 0.5}})) {
      EXPECT_FALSE(bytes.empty()) << name;
      out.push_back(name);
    }
    return out;
  };
  EXPECT_EQ(names(fixture_fit()), (std::vector<std::string>{"runner.osim", "ik_tasks.xml",
                                                            "fit.html", "fit.json", "body.svg"}));
  EXPECT_EQ(names(failed_fit()),
            (std::vector<std::string>{"runner.osim", "ik_tasks.xml", "fit.html", "fit.json"}));
}

}  // namespace
}  // namespace catena
