// From files of recordings to a fitted body and what is said of it.
#include "catena/analysis/fit_body_of_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "catena/core/file.h"
#include "catena/core/test_data.h"
#include "catena/kinematics/ik_setup.h"
#include "catena/model/osim_reader.h"
#include "catena/report/fit_report.h"
#include "catena/synthetic/write.h"

namespace catena {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

/// A runner's files, written once.
class FitOfRunner : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ =
        std::filesystem::path(testing::TempDir()) / ("catena_fit_" + std::to_string(::getpid()));
    RunnerOptions options;
    options.seed = 5;
    options.speeds_m_s = {2.5, 4.0};
    options.strides = 6;
    options.body.height_m = 1.80;
    session_ = make_session(options).value();
    ASSERT_TRUE(write_files(folder_, session_files(session_)).has_value());
  }
  static void TearDownTestSuite() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  static FitInputs inputs() {
    FitInputs in;
    in.standing = folder_ / "standing.trc";
    for (const PointRecording& run : session_.runs)
      in.runs.push_back(folder_ / (run.name + ".trc"));
    in.person.height_m = 1.80;
    return in;
  }

  /// Fitted once.
  static const FittedBody& fitted() {
    static const Result<FittedBody> kFitted = fit_body_of_runner(inputs());
    EXPECT_TRUE(kFitted.has_value()) << (kFitted ? "" : to_sentence(kFitted.error()));
    static const FittedBody kNone;
    return kFitted ? *kFitted : kNone;
  }

  static const std::filesystem::path& folder() { return folder_; }
  static const SyntheticSession& session() { return session_; }

 private:
  static inline std::filesystem::path folder_;
  static inline SyntheticSession session_;
};

const FitSegment* segment_of(const FitSummary& summary, const std::string& body) {
  for (const FitSegment& segment : summary.segments) {
    if (segment.body == body) return &segment;
  }
  return nullptr;
}

TEST_F(FitOfRunner, FindsThePlantedLegsWithinThreePercentAndSaysHowWell) {
  const FitSummary& summary = fitted().summary;
  for (const auto& [body, truth_m] :
       {std::pair{"femur_r", session().body.dimensions.thigh_length_m[0]},
        std::pair{"femur_l", session().body.dimensions.thigh_length_m[1]},
        std::pair{"tibia_r", session().body.dimensions.shank_length_m[0]},
        std::pair{"tibia_l", session().body.dimensions.shank_length_m[1]}}) {
    const FitSegment* segment = segment_of(summary, body);
    ASSERT_NE(segment, nullptr) << body;
    EXPECT_NEAR(segment->length_m.value / truth_m, 1.0, 0.03) << body;
    EXPECT_LT(segment->length_m.low, segment->length_m.value);
    EXPECT_GT(segment->measured_share, 0.5);
    EXPECT_GE(segment->n_markers, 4);
    EXPECT_FALSE(segment->worst_marker.empty());
    EXPECT_GE(segment->worst_marker_rms_m, segment->marker_rms_m);
  }
  // Every centre has a number along each axis, also one that symmetry holds.
  EXPECT_EQ(summary.joints.size(), 3u);
  for (const FitJoint& joint : summary.joints) {
    for (const Estimate& along : joint.center_m) EXPECT_TRUE(std::isfinite(along.value));
  }
  for (const char* foot : {"calcn_r", "calcn_l"}) {
    ASSERT_NE(segment_of(summary, foot), nullptr);
    EXPECT_TRUE(std::isfinite(segment_of(summary, foot)->length_m.value)) << foot;
  }
  EXPECT_TRUE(summary.has_thorax);
  EXPECT_EQ(summary.height_m.source, "given");
  EXPECT_EQ(summary.trials.size(), 3u);
  EXPECT_TRUE(summary.trials[0].is_standing);
  EXPECT_LT(summary.marker_rms_m, 0.025);  // skin moves this much at the most
  EXPECT_EQ(summary.provenance.inputs.size(), 3u);
}

TEST_F(FitOfRunner, GivesAPictureWithEveryMarkerAndHipsThatAreNotExact) {
  const BodyPicture& picture = fitted().summary.picture;
  EXPECT_THAT(picture.posture, HasSubstr("standing.trc at "));
  EXPECT_EQ(picture.markers.size(), fitted().fit.model.markers.size());
  EXPECT_GT(picture.markers.size(), 30u);
  int known = 0;
  for (const BodyPicture::JointCenter& joint : picture.joints) {
    if (!joint.covariance_m2.allFinite()) continue;
    ++known;
    EXPECT_GT(std::sqrt(joint.covariance_m2.trace()), 1e-3) << joint.name;
    EXPECT_LT(std::sqrt(joint.covariance_m2.trace()), 0.03) << joint.name;
  }
  EXPECT_EQ(known, 3);  // hips and low back
}

TEST_F(FitOfRunner, TheModelThatIsWrittenIsRead) {
  const FileSet files =
      render_fit_files(fitted().summary, fitted().fit.model, fitted().fit.weights);
  ASSERT_EQ(files.front().first, "runner.osim");
  const Result<Model> read = parse_osim(files.front().second, "runner.osim");
  ASSERT_TRUE(read.has_value()) << to_sentence(read.error());
  EXPECT_EQ(read->markers.size(), fitted().fit.model.markers.size());
  ASSERT_EQ(files[1].first, "ik_tasks.xml");
  const Result<IkSetup> tasks = parse_ik_setup(files[1].second, "ik_tasks.xml");
  ASSERT_TRUE(tasks.has_value()) << to_sentence(tasks.error());
  const std::vector<MarkerTask>& weights = fitted().fit.weights;
  ASSERT_EQ(tasks->marker_tasks.size(), weights.size());
  for (std::size_t m = 0; m < weights.size(); ++m) {
    EXPECT_EQ(tasks->marker_tasks[m].marker, weights[m].marker);
    EXPECT_EQ(tasks->marker_tasks[m].weight, weights[m].weight);
  }
}

TEST_F(FitOfRunner, WorksFromTheStandingTrialAloneAndFromRunsAlone) {
  FitInputs standing = inputs();
  standing.runs.clear();
  const Result<FittedBody> stood = fit_body_of_runner(standing);
  ASSERT_TRUE(stood.has_value()) << to_sentence(stood.error());
  EXPECT_EQ(stood->summary.trials.size(), 1u);
  FitInputs running = inputs();
  running.standing.reset();
  const Result<FittedBody> ran = fit_body_of_runner(running);
  ASSERT_TRUE(ran.has_value()) << to_sentence(ran.error());
  EXPECT_THAT(ran->summary.assumptions, Contains(HasSubstr("No standing trial was given")));
}

TEST_F(FitOfRunner, ReportsMarkersOfUnknownPlaceAsNotUsed) {
  FitInputs in = inputs();
  in.labels = folder() / "map.toml";
  ASSERT_TRUE(write_files(folder(), {{"map.toml", "[labels]\nRTH1 = \"zork\"\n"}}).has_value());
  const Result<FittedBody> fitted = fit_body_of_runner(in);
  ASSERT_TRUE(fitted.has_value()) << to_sentence(fitted.error());
  const auto zork = std::find_if(fitted->summary.markers.begin(), fitted->summary.markers.end(),
                                 [](const FitMarker& marker) { return marker.label == "zork"; });
  ASSERT_NE(zork, fitted->summary.markers.end());
  EXPECT_FALSE(zork->used);
  EXPECT_EQ(zork->why_not, "where it sits is not known");
  EXPECT_THAT(fitted->summary.warnings, Contains(HasSubstr("not used: zork")));
}

TEST_F(FitOfRunner, AMarkerSetNeverSeenWorksByAMapping) {
  const auto rename = [](PointRecording recording) {
    for (std::string& label : recording.labels) label = "point " + label + "/7";
    return recording;
  };
  SyntheticSession renamed = session();
  renamed.standing = rename(renamed.standing);
  for (PointRecording& run : renamed.runs) run = rename(run);
  FileSet files = session_files(renamed);
  std::string map = "[labels]\n";
  for (const std::string& label : session().standing.labels) {
    map += "\"point " + label + "/7\" = \"" + label + "\"\n";
  }
  files.emplace_back("map.toml", map);
  ASSERT_TRUE(write_files(folder() / "renamed", files).has_value());
  FitInputs in = inputs();
  in.standing = folder() / "renamed/standing.trc";
  for (std::filesystem::path& run : in.runs) run = folder() / "renamed" / run.filename();
  const Result<FittedBody> unnamed = fit_body_of_runner(in);
  ASSERT_FALSE(unnamed.has_value());
  EXPECT_THAT(to_sentence(unnamed.error()), HasSubstr("pelvis"));
  EXPECT_THAT(to_sentence(unnamed.error()), HasSubstr("--labels"));

  in.labels = folder() / "renamed/map.toml";
  const Result<FittedBody> named = fit_body_of_runner(in);
  ASSERT_TRUE(named.has_value()) << to_sentence(named.error());
  ASSERT_EQ(named->summary.segments.size(), fitted().summary.segments.size());
  for (std::size_t k = 0; k < named->summary.segments.size(); ++k) {
    const double length_m = fitted().summary.segments[k].length_m.value;
    if (std::isnan(length_m)) continue;
    EXPECT_NEAR(named->summary.segments[k].length_m.value, length_m, 1e-6);
  }
}

TEST_F(FitOfRunner, RefusesARunAsStandingTrialAndARecordingTwice) {
  FitInputs moved = inputs();
  moved.standing = moved.runs.back();
  moved.runs.pop_back();
  const Result<FittedBody> refused = fit_body_of_runner(moved);
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().what, HasSubstr("moves in the standing trial"));

  FitInputs twice = inputs();
  twice.runs.push_back(twice.runs.front());
  const Result<FittedBody> again = fit_body_of_runner(twice);
  ASSERT_FALSE(again.has_value());
  EXPECT_THAT(again.error().what, HasSubstr("the same recording as"));
}

TEST(FitOfNothing, IsSaid) {
  const Result<FittedBody> fitted = fit_body_of_runner({});
  ASSERT_FALSE(fitted.has_value());
  EXPECT_EQ(fitted.error().what, "no recording was given");
}

TEST(FitOfDorn, FollowsTheMarkersAsThePublishedExpertFitDoes) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const std::filesystem::path data = test_data() / "dorn2012";
  FitInputs in;
  in.standing = data / "static.trc";
  for (const char* run : {"run0350cms", "run0500cms", "run0700cms", "run0900cms"}) {
    in.runs.push_back(data / (std::string(run) + ".trc"));
  }
  const Result<FittedBody> fitted = fit_body_of_runner(in);
  ASSERT_TRUE(fitted.has_value()) << to_sentence(fitted.error());
  EXPECT_THAT(fitted->summary.marker_set, HasSubstr("Dorn"));
  // 13 to 19 mm with the model that came with the recordings.
  for (const FitRecording& trial : fitted->summary.trials) {
    EXPECT_LT(trial.marker_rms_m, 0.019) << trial.name;
  }
}

}  // namespace
}  // namespace catena
