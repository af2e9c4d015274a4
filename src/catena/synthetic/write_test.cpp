#include "catena/synthetic/write.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "catena/core/units.h"
#include "catena/model/osim_reader.h"
#include "catena/recording/session_file.h"
#include "catena/recording/trc.h"
#include "catena/synthetic/test_session.h"

namespace catena {
namespace {

std::map<std::string, std::string> files_of(const SyntheticSession& session) {
  std::map<std::string, std::string> files;
  for (const auto& [name, bytes] : session_files(session)) files[name] = bytes;
  return files;
}

SyntheticSession small_session() {
  RunnerOptions options;
  options.speeds_m_s = {2.5, 4.5};
  options.strides = 3;
  options.rate_hz = 60.0;
  options.hip_stop_deg[0] = 10.0;
  options.faults = {.gaps_per_marker_minute = 3.0, .dropped_fraction = 0.02, .swapped_pairs = 1};
  return session_of(options);
}

TEST(SessionFiles, RecordingsReadBackToATenthOfAMicrometre) {
  const SyntheticSession session = small_session();
  const auto files = files_of(session);
  ASSERT_EQ(files.size(), 7u);
  for (const PointRecording& run : session.runs) {
    const auto read = parse_trc(files.at(run.name + ".trc"), run.name + ".trc");
    ASSERT_TRUE(read.has_value()) << to_sentence(read.error());
    EXPECT_EQ(read->labels, run.labels);
    EXPECT_EQ(read->rate_hz, run.rate_hz);
    ASSERT_EQ(read->points_m.rows(), run.points_m.rows());
    EXPECT_TRUE((read->points_m.array().isNaN() == run.points_m.array().isNaN()).all());
    const Eigen::ArrayXXd off = (read->points_m - run.points_m).array();
    EXPECT_LT(off.isNaN().select(0.0, off).abs().maxCoeff(), 0.6e-7);
  }
}

TEST(SessionFiles, ModelsReadBack) {
  const SyntheticSession session = small_session();
  const auto files = files_of(session);
  for (const auto& [name, model] : {std::pair{"runner.osim", &session.user_model},
                                    std::pair{"true_body.osim", &session.body.model}}) {
    const auto read = parse_osim(files.at(name), name);
    ASSERT_TRUE(read.has_value()) << to_sentence(read.error());
    ASSERT_EQ(read->markers.size(), model->markers.size());
    ASSERT_EQ(read->coordinates.size(), model->coordinates.size());
    for (std::size_t m = 0; m < read->markers.size(); ++m) {
      EXPECT_LT((read->markers[m].position_in_body_m - model->markers[m].position_in_body_m).norm(),
                1e-14);
    }
  }
}

TEST(SessionFiles, SessionFileNamesTheFilesAndTheSpeeds) {
  const SyntheticSession session = small_session();
  const auto files = files_of(session);
  const auto read = parse_session(files.at("session.toml"), "session.toml");
  ASSERT_TRUE(read.has_value()) << to_sentence(read.error());
  EXPECT_TRUE(files.contains(read->model.path));
  EXPECT_TRUE(files.contains(read->standing.path));
  EXPECT_EQ(read->person.mass_kg, session.truth.options.body.mass_kg);
  EXPECT_EQ(read->treadmill, true);
  ASSERT_EQ(read->runs.size(), 2u);
  EXPECT_TRUE(files.contains(read->runs[1].file.path));
  EXPECT_EQ(read->runs[0].demand.speed_m_s, 2.5);
  EXPECT_EQ(read->runs[1].demand.speed_m_s, 4.5);
  RunnerOptions options;
  options.ramp = SpeedRamp{.duration_s = 20.0};
  options.rate_hz = 60.0;
  const auto ramp = parse_session(session_toml(session_of(options).truth), "session.toml");
  ASSERT_TRUE(ramp.has_value()) << to_sentence(ramp.error());
  EXPECT_TRUE(ramp->runs.front().demand.ramp);
}

TEST(SessionFiles, TruthSaysWhatWasPlanted) {
  const SyntheticSession session = small_session();
  const auto truth = nlohmann::json::parse(files_of(session).at("truth.json"));
  EXPECT_EQ(truth["knobs"]["seed"], 1);
  EXPECT_EQ(truth["legs"]["left"]["shares"]["hip"], 0.5);
  EXPECT_EQ(truth["legs"]["right"]["hip_stop_deg"], 10.0);
  EXPECT_TRUE(truth["legs"]["left"]["hip_stop_deg"].is_null());
  ASSERT_EQ(truth["peaks"].size(), session.truth.peaks.size());
  const auto& peak = truth["peaks"][3];
  EXPECT_NEAR(peak["thigh_deg"], session.truth.peaks[3].posture.thigh() * kDegPerRad, 1e-6);
  EXPECT_NEAR(peak["hip_deg"].get<double>() + peak["low_back_deg"].get<double>() +
                  peak["lean_deg"].get<double>(),
              peak["thigh_deg"].get<double>(), 2e-6);
  EXPECT_EQ(truth["faults"]["swaps"].size(), 2u);
  EXPECT_EQ(truth["faults"]["dropped_frames"].size(), session.truth.drops.size());
  EXPECT_EQ(truth["artefact_rms_m"].size(), session.truth.markers.size());
}

}  // namespace
}  // namespace catena
