#include "catena/analysis/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "catena/analysis/session_guess.h"
#include "catena/core/file.h"
#include "catena/core/test_data.h"
#include "catena/core/test_folder.h"
#include "catena/model/osim_writer.h"
#include "catena/recording/trc.h"
#include "catena/synthetic/runner.h"

namespace catena {
namespace fs = std::filesystem;
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

/// A synthetic runner's files, to be laid out as a program or a laboratory would.
struct Files {
  std::string standing, slow, fast, model;
};

const Files& runner_files() {
  static const Files files = [] {
    RunnerOptions options;
    options.speeds_m_s = {2.5, 4.5};
    options.strides = 2;
    options.rate_hz = 60.0;
    const auto session = make_session(options);
    EXPECT_TRUE(session);
    return Files{write_trc(session->standing), write_trc(session->runs[0]),
                 write_trc(session->runs[1]), write_osim(session->user_model)};
  }();
  return files;
}

class SessionFolder : public testing::Test {
 protected:
  void put(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  void put_runs(const std::string& in, const std::string& ending = ".trc") {
    put(in + "run_a" + ending, runner_files().slow);
    put(in + "run_b" + ending, runner_files().fast);
  }
  std::string seen(const std::optional<fs::path>& path) const {
    return path ? path->lexically_relative(folder_).string() : "none";
  }
  std::vector<std::string> runs_of(const Session& session) const {
    std::vector<std::string> runs;
    for (const SessionRun& run : session.runs) runs.push_back(seen(run.file));
    return runs;
  }
  std::string sentence(const SessionOptions& options = {}) const {
    const auto session = find_session(folder_, options);
    return session ? "no error" : to_sentence(session.error());
  }

  const TestFolder own_;
  const fs::path& folder_ = own_.path();
};

TEST_F(SessionFolder, OpenCapAsTheWebApplicationHandsItOut) {
  put("MarkerData/neutral.trc", runner_files().standing);
  put_runs("MarkerData/");
  put("OpenSimData/Model/LaiUhlrich2022_scaled.osim", runner_files().model);
  put("OpenSimData/Model/Geometry/pelvis.vtp", "");
  put("OpenSimData/Kinematics/run_a.mot", "");
  put("sessionMetadata.yaml", "mass_kg: 61.5\nheight_m: 1.71\nopenSimModel: LaiUhlrich2022\n");
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_THAT(runs_of(*session), ElementsAre("MarkerData/run_a.trc", "MarkerData/run_b.trc"));
  EXPECT_EQ(seen(session->standing), "MarkerData/neutral.trc");
  EXPECT_EQ(seen(session->model), "OpenSimData/Model/LaiUhlrich2022_scaled.osim");
  EXPECT_EQ(session->person.mass_kg, 61.5);
  EXPECT_EQ(session->person.height_m, 1.71);
  EXPECT_THAT(session->guesses, Contains(HasSubstr("looks like a session of OpenCap")));
  EXPECT_THAT(session->guesses, Contains(HasSubstr("neutral.trc (by its name)")));
  EXPECT_THAT(session->guesses, Contains(HasSubstr("61.5 kg, 1.71 m")));
  // Its own folder inside the session means the same session.
  for (const char* name : {"MarkerData", "MarkerData/"}) {
    const auto inside = find_session(folder_ / name);
    ASSERT_TRUE(inside) << to_sentence(inside.error());
    EXPECT_EQ(inside->runs.size(), 2U);
    EXPECT_TRUE(inside->model);
  }
}

TEST_F(SessionFolder, OpenCapAsTheProgramLeavesItOnTheDisk) {
  const std::string cameras = "MarkerData/OpenPose_1x736/2-cameras/";
  put(cameras + "PreAugmentation/static1.trc", runner_files().standing);
  put(cameras + "PreAugmentation/run_a.trc", runner_files().slow);
  put(cameras + "PostAugmentation_v0.2/static1_LSTM.trc", runner_files().standing);
  put(cameras + "PostAugmentation_v0.2/run_a_LSTM.trc", runner_files().slow);
  const std::string models = "OpenSimData/OpenPose_1x736/2-cameras/Model/";
  put(models + "LaiUhlrich2022.osim", runner_files().model);
  put(models + "LaiUhlrich2022_scaled.osim", runner_files().model);
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_THAT(runs_of(*session), ElementsAre(cameras + "PostAugmentation_v0.2/run_a_LSTM.trc"));
  EXPECT_EQ(seen(session->standing), cameras + "PostAugmentation_v0.2/static1_LSTM.trc");
  EXPECT_EQ(seen(session->model), models + "LaiUhlrich2022_scaled.osim");

  put("MarkerData/HRNet/2-cameras/PostAugmentation_v0.2/run_a_LSTM.trc", runner_files().slow);
  EXPECT_THAT(sentence(), HasSubstr("2 sets of markers"));
}

TEST_F(SessionFolder, Pose2SimTrialTakesAugmentedMarkersBeforeFilteredBeforeRaw) {
  put("Config.toml", "[project]\nparticipant_height = 1.72\nparticipant_mass = 70.0\n");
  put("pose-3d/visit_0-100.trc", runner_files().slow);
  put("pose-3d/visit_0-100_filt_butterworth.trc", runner_files().slow);
  put("pose-3d/visit_0-100_filt_butterworth_LSTM.trc", runner_files().slow);
  put("kinematics/visit_0-100_filt_butterworth_LSTM.osim", runner_files().model);
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_THAT(runs_of(*session), ElementsAre("pose-3d/visit_0-100_filt_butterworth_LSTM.trc"));
  EXPECT_EQ(seen(session->model), "kinematics/visit_0-100_filt_butterworth_LSTM.osim");
  EXPECT_FALSE(session->standing);
  EXPECT_EQ(session->person.mass_kg, 70.0);
  EXPECT_THAT(session->guesses, Contains(HasSubstr("project of Pose2Sim")));
}

TEST_F(SessionFolder, Pose2SimTakesTheRecordingThatAModelWasScaledTo) {
  put("pose-3d/visit_0-100_filt_butterworth.trc", runner_files().slow);
  put("pose-3d/visit_0-100_filt_butterworth_LSTM.trc", runner_files().slow);
  put("kinematics/visit_0-100_filt_butterworth.osim", runner_files().model);
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_THAT(runs_of(*session), ElementsAre("pose-3d/visit_0-100_filt_butterworth.trc"));
}

TEST_F(SessionFolder, Pose2SimSessionOfSeveralTrials) {
  put("Config.toml", "[project]\nparticipant_mass = 64.0\n");
  put("P00/T00_StaticTrial/Config.toml", "[project]\nparticipant_height = 1.8\n");
  // The older order of the parts of a name.
  put("P00/T00_StaticTrial/pose-3d/T00_StaticTrial_filt_butterworth_0-12.trc",
      runner_files().standing);
  put("P00/T01_run/pose-3d/T01_run_0-100_filt_butterworth.trc", runner_files().slow);
  put("P00/T02_run/pose-3d/T02_run_0-100.trc", runner_files().fast);
  put("P00/T01_run/kinematics/T01_run_scaled.osim", runner_files().model);
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_THAT(runs_of(*session),
              ElementsAre("P00/T01_run/pose-3d/T01_run_0-100_filt_butterworth.trc",
                          "P00/T02_run/pose-3d/T02_run_0-100.trc"));
  EXPECT_THAT(seen(session->standing), HasSubstr("T00_StaticTrial_filt_butterworth_0-12.trc"));
  EXPECT_EQ(session->person.mass_kg, 64.0);
  EXPECT_EQ(session->person.height_m, 1.8);

  put("P01/T00_run/pose-3d/T00_run_0-100.trc", runner_files().slow);
  EXPECT_THAT(sentence(), HasSubstr("several persons"));
}

TEST_F(SessionFolder, Pose2SimTrialOfSeveralPersonsIsRefused) {
  put("pose-3d/pair_P1_0-100.trc", runner_files().slow);
  put("pose-3d/pair_P2_0-100.trc", runner_files().fast);
  EXPECT_THAT(sentence(), HasSubstr("several persons"));
}

TEST_F(SessionFolder, PlainFolderTellsTheStandingTrialByItsName) {
  put("S1_cal.trc", runner_files().standing);
  put("S1_run0250cms.TRC", runner_files().slow);
  put("S1_run0450cms.trc", runner_files().fast);
  put("S1.osim", runner_files().model);
  put(".hidden.trc", "");
  put("notes.txt", "");
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_EQ(seen(session->standing), "S1_cal.trc");
  EXPECT_EQ(seen(session->model), "S1.osim");
  EXPECT_THAT(runs_of(*session), ElementsAre("S1_run0250cms.TRC", "S1_run0450cms.trc"));
  EXPECT_EQ(session->runs[0].demand.speed_m_s, 2.5);
  EXPECT_EQ(session->runs[1].demand.speed_m_s, 4.5);
  EXPECT_EQ(session->runs[0].demand_source, "from the file's name");
  EXPECT_THAT(session->guesses, Contains(HasSubstr("Speeds from the files' names: 2.5, 4.5")));
}

TEST_F(SessionFolder, PlainFolderTellsTheStandingTrialByNobodyMoving) {
  put_runs("");
  put("trial7.trc", runner_files().standing);
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_EQ(seen(session->standing), "trial7.trc");
  EXPECT_THAT(session->guesses, Contains(HasSubstr("nobody moves in it")));
  EXPECT_FALSE(session->runs[0].demand.speed_m_s);
}

TEST_F(SessionFolder, OfSeveralStandingNamesTheOneInWhichNobodyMovesIsTaken) {
  put_runs("");
  put("calibration_dynamic.trc", runner_files().slow);
  put("calibration_static.trc", runner_files().standing);
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_EQ(seen(session->standing), "calibration_static.trc");
  EXPECT_EQ(session->runs.size(), 2U);
  EXPECT_THAT(session->guesses, Contains(HasSubstr("Left out")));
}

TEST_F(SessionFolder, ATrcIsTakenBeforeTheC3dOfItsName) {
  put_runs("");
  put("run_a.c3d", "");
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_THAT(runs_of(*session), ElementsAre("run_a.trc", "run_b.trc"));
  EXPECT_THAT(session->guesses, Contains(HasSubstr("run_a.c3d")));
}

TEST_F(SessionFolder, TwoModelsTwoStandingTrialsOrNothingIsOneSentence) {
  EXPECT_THAT(sentence(), HasSubstr("no recording (.trc or .c3d)"));
  put("static.trc", runner_files().standing);
  EXPECT_THAT(sentence(), HasSubstr("nothing to analyse"));
  put_runs("");
  put("one.osim", runner_files().model);
  EXPECT_EQ(sentence(), "no error");
  put("two.osim", runner_files().model);
  EXPECT_THAT(sentence(), HasSubstr("2 models may be the runner's: one.osim, two.osim"));
  EXPECT_THAT(sentence(), HasSubstr("--model"));
  SessionOptions options;
  options.model = folder_ / "two.osim";
  EXPECT_EQ(sentence(options), "no error");
  put("static2.trc", runner_files().standing);
  EXPECT_THAT(sentence(options), HasSubstr("2 recordings may be the standing trial"));
  EXPECT_THAT(sentence(options), HasSubstr("--standing"));
  options.standing = folder_ / "static2.trc";
  const auto session = find_session(folder_, options);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_EQ(seen(session->standing), "static2.trc");
  EXPECT_EQ(session->runs.size(), 2U);
}

TEST_F(SessionFolder, RecordingsThatLieOneFolderDeeperArePointedTo) {
  put("S1/run.trc", runner_files().slow);
  put("S2/run.trc", runner_files().slow);
  EXPECT_THAT(sentence(), HasSubstr("S1"));
}

TEST_F(SessionFolder, WithoutAModelABodyIsFitted) {
  put_runs("");
  put("static.trc", runner_files().standing);
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_THAT(session->guesses, Contains(HasSubstr("No model")));
  AnalysisInputs inputs = inputs_of(*session);
  EXPECT_FALSE(inputs.model);
  put("map.toml", "[labels]\nkreuzbein = 'SACR'\n");
  inputs.labels = folder_ / "map.toml";
  const auto results = analyze(inputs);
  ASSERT_TRUE(results) << to_sentence(results.error());
  EXPECT_THAT(results->provenance.model_file, HasSubstr("built-in body"));
  EXPECT_THAT(results->assumptions, Contains(HasSubstr("marker RMS")));
  std::vector<std::string> files;
  for (const auto& input : results->provenance.inputs) files.push_back(input.first);
  EXPECT_EQ(files.size(), 4U);  // the mapping, the standing trial, two runs
  EXPECT_EQ(files.front(), "map.toml");
}

TEST_F(SessionFolder, ModelsThatLieThereAreOfNoInterestToAFit) {
  put_runs("");
  put("runner.osim", runner_files().model);
  put("other.osim", runner_files().model);
  SessionOptions options;
  options.look_for_model = false;
  const auto session = find_session(folder_, options);
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_FALSE(session->model.has_value());
}

TEST_F(SessionFolder, ASessionFileSaysWhatIsWhat) {
  put("data/a.trc", runner_files().slow);
  put("data/b.trc", runner_files().fast);
  put("data/c.trc", runner_files().standing);
  put("runner.osim", runner_files().model);
  put("exam.toml", "[symptoms]\nhas_pain = true\n");
  put("session.toml",
      "standing = 'data/c.trc'\nmodel = 'runner.osim'\nexam = 'exam.toml'\nup = 'y'\n"
      "treadmill = true\n[person]\nmass_kg = 70\n"
      "[[run]]\nfile = 'data/a.trc'\nspeed_m_s = 2.5\n[[run]]\nfile = 'data/b.trc'\n");
  for (const fs::path& given : {folder_, folder_ / "session.toml"}) {
    const auto session = find_session(given);
    ASSERT_TRUE(session) << to_sentence(session.error());
    EXPECT_THAT(runs_of(*session), ElementsAre("data/a.trc", "data/b.trc"));
    EXPECT_EQ(session->runs[0].demand.speed_m_s, 2.5);
    EXPECT_EQ(session->runs[0].demand_source, "given");
    EXPECT_EQ(session->runs[1].demand_source, "");
    EXPECT_TRUE(session->guesses.empty());
    EXPECT_EQ(seen(session->exam), "exam.toml");
    const auto inputs = inputs_of(*session);
    EXPECT_EQ(inputs.axes.up, LabAxis::kPlusY);
    EXPECT_EQ(inputs.axes.treadmill, true);
    EXPECT_EQ(seen(inputs.model), "runner.osim");
  }
}

TEST_F(SessionFolder, AnExaminationThatLiesThereIsTakenAndSaid) {
  put_runs("");
  put("exam.toml", "[symptoms]\nhas_pain = true\n");
  const auto session = find_session(folder_, {});
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_EQ(seen(inputs_of(*session).exam), "exam.toml");
  EXPECT_THAT(session->guesses, testing::Contains(HasSubstr("exam.toml")));
}

TEST_F(SessionFolder, AFileThatASessionNamesAndIsNotThereIsSaidWithItsLine) {
  put("session.toml", "[[run]]\nfile = 'gone.trc'\n");
  EXPECT_THAT(sentence(), HasSubstr("session.toml:2:8: there is no file"));
  EXPECT_THAT(sentence(), HasSubstr("gone.trc"));
}

TEST_F(SessionFolder, IsAnalysedLikeTheFilesByName) {
  put("standing.trc", runner_files().standing);
  put_runs("");
  put("runner.osim", runner_files().model);
  const auto session = find_session(folder_);
  ASSERT_TRUE(session) << to_sentence(session.error());
  const auto inputs = inputs_of(*session);
  const auto results = analyze(inputs);
  ASSERT_TRUE(results) << to_sentence(results.error());
  EXPECT_EQ(results->recordings.size(), 2U);
  EXPECT_TRUE(results->has_standing);
  for (const std::string& guess : session->guesses) {
    EXPECT_THAT(results->assumptions, Contains(guess));
  }
}

TEST_F(SessionFolder, RunsOfAnotherKindAreShownButNotFitted) {
  put_runs("");
  // The same movement in other digits: a recording given twice would be refused.
  const auto fast = parse_trc(runner_files().fast, "run_b.trc");
  ASSERT_TRUE(fast);
  put("hill.trc", write_trc(*fast, {.decimals = 3}));
  put("runner.osim", runner_files().model);
  const std::string speeds =
      "[[run]]\nfile = 'run_a.trc'\nspeed_m_s = 2.5\n"
      "[[run]]\nfile = 'run_b.trc'\nspeed_m_s = 4.5\n[[run]]\nfile = 'hill.trc'\n";
  const auto analyzed = [&](const std::string& of_hill) {
    put("session.toml", speeds + of_hill);
    const auto session = find_session(folder_);
    EXPECT_TRUE(session) << to_sentence(session.error());
    auto results = analyze(inputs_of(*session));
    EXPECT_TRUE(results) << to_sentence(results.error());
    return *results;
  };
  const Results flat = analyzed("speed_m_s = 3.5\n");
  EXPECT_EQ(flat.legs[kRight].take_up.n_demands, 3);
  const Results hill = analyzed("speed_m_s = 3.5\nincline_percent = 5\n");
  EXPECT_EQ(hill.legs[kRight].take_up.n_demands, 2);
  EXPECT_EQ(hill.legs[kRight].by_demand.size(), 3U);
  EXPECT_EQ(hill.recordings[2].demand, "3.5 m/s, +5 % incline");
  EXPECT_THAT(hill.warnings, Contains(HasSubstr("differ in speed only")));
}

TEST(NobodyMoves, TellsStandingFromRunningOnTheSpot) {
  const auto standing = parse_trc(runner_files().standing, "s.trc");
  const auto running = parse_trc(runner_files().slow, "r.trc");
  ASSERT_TRUE(standing && running);
  EXPECT_TRUE(nobody_moves(*standing));
  EXPECT_FALSE(nobody_moves(*running));  // on a treadmill
  PointRecording lost = *running;
  lost.points_m.setZero();
  EXPECT_FALSE(nobody_moves(lost));
}

TEST(RealFolders, AreUnderstood) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto fukuchi = find_session(test_data() / "fukuchi2017/RBDS014");
  ASSERT_TRUE(fukuchi) << to_sentence(fukuchi.error());
  EXPECT_EQ(fukuchi->standing->filename(), "RBDS014static.c3d");
  ASSERT_EQ(fukuchi->runs.size(), 3U);
  EXPECT_EQ(fukuchi->runs[2].demand.speed_m_s, 4.5);
  EXPECT_FALSE(inputs_of(*fukuchi).model);

  SessionOptions options;
  options.model = test_data() / "dorn2012/sprinter_scaled.osim";
  const auto dorn = find_session(test_data() / "dorn2012", options);
  ASSERT_TRUE(dorn) << to_sentence(dorn.error());
  EXPECT_EQ(dorn->standing->filename(), "static.trc");
  ASSERT_EQ(dorn->runs.size(), 4U);
  EXPECT_EQ(dorn->runs[3].demand.speed_m_s, 9.0);
  EXPECT_FALSE(find_session(test_data() / "dorn2012"));  // two models
}

TEST(RealFolders, OnlyStandingTrialsAreQuiet) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const auto& [name, quiet] :
       {std::pair{"dorn2012/static.trc", true}, std::pair{"dorn2012/run0350cms.trc", false},
        std::pair{"bmclab-run/static_run.trc", true},
        std::pair{"bmclab-run/motion_capture_run.trc", false},
        std::pair{"arnold2013-synthetic/subject01/trials/walk2/markers.trc", false},
        std::pair{"trc-samples/SprintCalib.trc", true},
        std::pair{"trc-samples/SprintMotion.trc", false}}) {
    const auto recording = read_trc(test_data() / name);
    ASSERT_TRUE(recording) << to_sentence(recording.error());
    EXPECT_EQ(nobody_moves(*recording), quiet) << name;
  }
}

}  // namespace
}  // namespace catena
