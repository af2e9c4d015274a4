#include "catena/report/render_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "catena/core/test_folder.h"
#include "catena/report/answer_fixture.h"
#include "catena/report/results_fixture.h"
#include "catena/report/take_up_fixture.h"

namespace catena {
namespace {

using testing::ElementsAre;

std::vector<std::string> names_of(const FileSet& files) {
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files) names.push_back(name);
  return names;
}

TEST(RenderFiles, GivesAReportAResultCurvesAndAMotionARecording) {
  EXPECT_THAT(
      names_of(render_files(fixture_results())),
      ElementsAre("report.html", "result.json", "curves.csv", "strides.csv", "take_up.csv",
                  "evidence.csv", "run1_ik.mot", "run2_ik.mot", "run3_ik.mot", "run4_ik.mot"));
}

TEST(RenderFiles, KeepsRecordingsOfOneNameApart) {
  Results results = fixture_results();
  for (RecordingResult& recording : results.recordings) recording.name = "run";
  const auto names = names_of(render_files(results));
  EXPECT_EQ(names[6], "run_ik.mot");
  EXPECT_EQ(names[7], "run_2_ik.mot");
  EXPECT_EQ(names[9], "run_4_ik.mot");
}

TEST(RenderFiles, LeavesNoFolderOrForbiddenCharacterInAName) {
  Results results = fixture_one_demand();
  results.recordings[0].name = "../a:b";
  EXPECT_EQ(names_of(render_files(results))[6], ".._a_b_ik.mot");
}

/// With CATENA_LOOK set they go into that folder and stay, for a person or another program.
TEST(RenderFiles, WritesPagesThatCanBeLookedAt) {
  const TestFolder test_folder;
  const char* look = std::getenv("CATENA_LOOK");  // NOLINT(concurrency-mt-unsafe)
  const std::filesystem::path folder =
      look != nullptr && *look != '\0' ? std::filesystem::path(look) : test_folder.path();
  ASSERT_TRUE(write_files(folder / "full", render_files(fixture_results())));
  ASSERT_TRUE(write_files(folder / "no_thorax", render_files(fixture_without_thorax())));
  ASSERT_TRUE(write_files(folder / "one_demand", render_files(fixture_one_demand())));
  int k = 0;
  for (const Results& results : all_fixtures()) {
    ASSERT_TRUE(write_files(folder / ("fixture" + std::to_string(k++)), render_files(results)));
  }
  for (const auto& [name, results] : answer_fixtures()) {
    ASSERT_TRUE(write_files(folder / ("answer_" + name), render_files(results)));
  }
  EXPECT_GT(std::filesystem::file_size(folder / "full" / "report.html"), 20000u);
}

}  // namespace
}  // namespace catena
