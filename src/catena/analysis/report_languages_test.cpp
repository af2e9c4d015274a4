// Reports of real recordings are whole in every language: nothing of them stays English.
#include <gtest/gtest.h>

#include <filesystem>
#include <initializer_list>
#include <string>

#include "catena/analysis/analysis.h"
#include "catena/core/test_data.h"
#include "catena/report/html_report.h"
#include "catena/report/language.h"

namespace catena {
namespace {

AnalysisInputs inputs_of(const std::string& folder, std::initializer_list<const char*> runs,
                         const char* standing, const char* model) {
  const std::filesystem::path at = test_data() / folder;
  AnalysisInputs inputs;
  for (const char* run : runs) inputs.runs.push_back(run_input(at / run));
  if (standing != nullptr) inputs.standing = at / standing;
  if (model != nullptr) inputs.model = at / model;
  return inputs;
}

void expect_whole(const AnalysisInputs& inputs) {
  const Result<Results> results = analyze(inputs);
  ASSERT_TRUE(results) << to_sentence(results.error());
  for (const std::string& code : language_codes()) {
    const TranslatedPage page =
        translate_page(render_html(*results), *find_language(code), names_in(*results));
    for (const std::string& text : page.missing) ADD_FAILURE() << code << ": " << text;
  }
}

TEST(ReportLanguages, OfAModelFromOpenSimAtFourSpeeds) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  expect_whole(inputs_of("dorn2012",
                         {"run0350cms.trc", "run0500cms.trc", "run0700cms.trc", "run0900cms.trc"},
                         "static.trc", "sprinter_scaled.osim"));
}

TEST(ReportLanguages, OfABodyFittedToOneTrialOfOneStride) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  expect_whole(inputs_of("bmclab-run", {"motion_capture_run.trc"}, "static_run.trc", nullptr));
}

TEST(ReportLanguages, OfASprintWithoutAStandingTrial) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  expect_whole(inputs_of("trc-samples", {"SprintMotion.trc"}, nullptr, nullptr));
}

}  // namespace
}  // namespace catena
