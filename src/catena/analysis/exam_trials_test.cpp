#include "catena/analysis/exam_trials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <string>

#include "catena/core/test_folder.h"
#include "catena/core/units.h"
#include "catena/recording/trc.h"
#include "catena/synthetic/capture.h"
#include "catena/synthetic/runner.h"
#include "catena/synthetic/write.h"

namespace catena {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST(ExamTrials, TestAndSideAreReadFromTheName) {
  const auto right = exam_trial_named("visit/Thomas_R.c3d");
  ASSERT_TRUE(right.has_value());
  EXPECT_EQ(right->test, "modified_thomas");
  EXPECT_EQ(right->side, kRight);
  const auto left = exam_trial_named("prone-extension left 2.trc");
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(left->test, "prone_hip_extension");
  EXPECT_EQ(left->side, kLeft);
  for (const char* unclear : {"thomas.c3d", "right.trc", "thomas_r_l.trc"}) {
    const auto trial = exam_trial_named(unclear);
    ASSERT_FALSE(trial.has_value()) << unclear;
    EXPECT_THAT(to_sentence(trial.error()), HasSubstr("call it thomas_r"));
  }
}

class RecordedExam : public ::testing::Test {
 protected:
  void SetUp() override {
    RunnerOptions options;
    options.speeds_m_s = {2.5, 3.5, 4.5};
    options.strides = 4;
    options.rate_hz = 60.0;
    options.artefact.on = false;
    auto session = make_session(options);
    ASSERT_TRUE(session.has_value());
    session_ = std::move(*session);
    for (const auto& [name, bytes] : session_files(session_)) put(name, bytes);
  }

  void put(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }

  /// The runner lies on the back for a second, the right thigh so far behind the standing one.
  void put_thomas(const std::string& name, double extension_rad) {
    const Model& model = session_.body.model;
    Motion motion = session_.motions.front();
    constexpr Eigen::Index kFrames = 60;
    motion.q = session_.standing_pose.transpose().replicate(kFrames, 1);
    motion.time_s = Eigen::VectorXd::LinSpaced(kFrames, 0.0, 59.0 / 60.0);
    motion.rate_hz = 60.0;
    const auto column = [&](const std::string& coordinate) {
      const auto found = std::ranges::find(model.coordinates, coordinate, &Coordinate::name);
      EXPECT_NE(found, model.coordinates.end()) << coordinate;
      return motion.q.col(found - model.coordinates.begin());
    };
    column("pelvis_tilt").array() += 0.5 * std::numbers::pi;
    column("hip_flexion_r").array() -= extension_rad;
    column("knee_angle_r").array() += 1.2;
    put(name, write_trc(record_markers(session_.body, motion, nullptr, nullptr)));
  }

  AnalysisInputs inputs() {
    AnalysisInputs out;
    for (const char* run : {"run_2.50.trc", "run_3.50.trc", "run_4.50.trc"}) {
      out.runs.push_back(run_input(folder_ / run));
    }
    out.model = folder_ / "true_body.osim";  // else the wrong hip centre adds its own degrees
    out.standing = folder_ / "standing.trc";
    return out;
  }

  const TestFolder own_;
  const fs::path& folder_ = own_.path();
  SyntheticSession session_;
};

TEST_F(RecordedExam, AHipHeldBehindTheStandingOneIsReadFromALyingRunner) {
  put_thomas("thomas_r.trc", 17.0 * kRadPerDeg);
  AnalysisInputs with_trial = inputs();
  with_trial.exam_trials = {*exam_trial_named(folder_ / "thomas_r.trc")};
  const auto results = analyze(with_trial);
  ASSERT_TRUE(results.has_value()) << to_sentence(results.error());
  const auto& rows = results->answer.capacity_and_use;
  const auto row = std::ranges::find(rows, std::string("extension"), &CapacityAndUse::direction);
  ASSERT_NE(row, rows.end());
  EXPECT_EQ(row->side, kRight);
  EXPECT_EQ(row->offset_sd_rad, 0.0);
  EXPECT_NEAR(row->capacity_rad.value * kDegPerRad, 17.0, 0.5);  // noise of the standing markers
  // Left was not examined.
  EXPECT_EQ(std::ranges::count(rows, std::string("extension"), &CapacityAndUse::direction), 1);
}

TEST_F(RecordedExam, ATrialThatIsNotThereIsAnErrorOfOneSentence) {
  AnalysisInputs with_trial = inputs();
  with_trial.exam_trials = {*exam_trial_named(folder_ / "thomas_l.trc")};
  const auto results = analyze(with_trial);
  ASSERT_FALSE(results.has_value());
  EXPECT_THAT(to_sentence(results.error()), HasSubstr("thomas_l.trc"));
}

}  // namespace
}  // namespace catena
