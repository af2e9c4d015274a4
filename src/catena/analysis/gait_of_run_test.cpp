#include "catena/analysis/gait_of_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "catena/analysis/analysis.h"
#include "catena/core/file.h"
#include "catena/core/test_data.h"
#include "catena/core/test_folder.h"
#include "catena/report/json_report.h"
#include "catena/synthetic/runner.h"
#include "catena/synthetic/write.h"

namespace catena {
namespace {

namespace fs = std::filesystem;

/// A synthetic runner on a belt, written as a laboratory would, and analysed without a word on
/// speeds.
class PlantedRunner : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    RunnerOptions options;
    options.seed = 5;
    options.speeds_m_s = {2.5, 3.5, 4.5};
    Result<SyntheticSession> made = make_session(options);
    ASSERT_TRUE(made) << to_sentence(made.error());
    truth_ = new SyntheticTruth(made->truth);
    const TestFolder own;
    const fs::path& folder = own.path();
    ASSERT_TRUE(write_files(folder, session_files(*made)));
    AnalysisInputs inputs;
    for (const PlantedRun& run : made->truth.runs) {
      inputs.runs.push_back(run_input(folder / (run.name + ".trc")));
    }
    inputs.model = folder / "runner.osim";
    inputs.standing = folder / "standing.trc";
    Result<Results> results = analyze(inputs);
    ASSERT_TRUE(results) << to_sentence(results.error());
    results_ = new Results(std::move(*results));
  }
  static void TearDownTestSuite() {
    delete results_;
    delete truth_;
  }
  void SetUp() override { ASSERT_NE(results_, nullptr); }

  static inline Results* results_ = nullptr;
  static inline SyntheticTruth* truth_ = nullptr;
};

// A planted foot neither strikes nor is it unloaded, and it is rigid, so that its ball rises before
// it leaves the ground: number and order hold, its instants have a bias.
TEST_F(PlantedRunner, HasEveryContactAndToeOffOnce) {
  for (std::size_t r = 0; r < results_->recordings.size(); ++r) {
    const RecordingResult& recording = results_->recordings[r];
    const double end_s = recording.motion.time_s[recording.motion.time_s.size() - 1];
    int n = 0;
    for (const PlantedFootfall& foot : truth_->footfalls) {
      if (foot.recording != static_cast<int>(r)) continue;
      for (const GaitEventKind kind : {GaitEventKind::kContact, GaitEventKind::kToeOff}) {
        const bool lands = kind == GaitEventKind::kContact;
        const double at_s = lands ? foot.contact_s : foot.toe_off_s;
        if (at_s < 0.2 || at_s > end_s - 0.2) continue;
        const auto near = std::count_if(
            recording.gait.events.events.begin(), recording.gait.events.events.end(),
            [&](const GaitEvent& event) {
              return event.kind == kind && event.side == (foot.side == 0 ? kRight : kLeft) &&
                     std::abs(event.time_s - at_s) < (lands ? 0.03 : 0.06);
            });
        EXPECT_EQ(near, 1) << recording.name << " " << at_s;
        ++n;
      }
    }
    EXPECT_GE(n, 40);
  }
}

TEST_F(PlantedRunner, RunsAtThePlantedSpeedsAsTheStandingFeetShowThem) {
  const double planted_m_s[] = {2.5, 3.5, 4.5};
  for (std::size_t r = 0; r < 3; ++r) {
    const RecordingGait& gait = results_->recordings[r].gait;
    EXPECT_EQ(gait.spatiotemporal.gait, Gait::kRunning);
    EXPECT_NEAR(gait.profile.speed_m_s / planted_m_s[r], 1.0, 0.03);
    EXPECT_NE(results_->recordings[r].demand_source.find("standing feet"), std::string::npos);
  }
  EXPECT_EQ(results_->legs[kRight].take_up.n_demands, 3);
}

TEST_F(PlantedRunner, IsSetOutAsJsonWithEventsAndMeasures) {
  const std::string json = render_json(*results_);
  for (const char* key : {"\"events\"", "\"sd_s\"", "\"spatiotemporal\"", "\"contact_time\"",
                          "\"curves\"", "\"coordination\"", "\"right_against_left\""}) {
    EXPECT_NE(json.find(key), std::string::npos) << key;
  }
}

TEST(GaitOfRun, EventsOfAFileThatHasNoneAreAnError) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  AnalysisInputs inputs;
  inputs.runs = {run_input(test_data() / "dorn2012" / "run0350cms.trc")};
  inputs.model = test_data() / "dorn2012" / "sprinter_scaled.osim";
  inputs.events = EventChoice::kFile;
  const Result<Results> results = analyze(inputs);
  ASSERT_FALSE(results);
  EXPECT_EQ(results.error().code, Errc::kMissingData);
  EXPECT_NE(to_sentence(results.error()).find("run0350cms.trc"), std::string::npos);
}

}  // namespace
}  // namespace catena
