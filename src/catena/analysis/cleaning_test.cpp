#include "catena/analysis/cleaning.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "catena/core/test_folder.h"
#include "catena/core/units.h"
#include "catena/synthetic/write.h"
#include "catena/trajectories/clean.h"
#include "catena/trajectories/from_recording.h"

namespace catena {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// Two runs with skin motion; rate and skin differ from seed to seed.
RunnerOptions runner(std::uint64_t seed) {
  RunnerOptions options;
  options.seed = seed;
  options.strides = 6;
  options.speeds_m_s = {3.0, 4.5};
  options.rate_hz = std::array{100.0, 150.0, 250.0}.at(seed % 3);
  options.artefact.coherent = seed % 2 == 0 ? 0.2 : 0.7;
  options.treadmill = seed % 4 != 0;
  return options;
}

SyntheticSession session_of(const RunnerOptions& options) { return make_session(options).value(); }

FittedRun read(const PointRecording& recording) {
  FittedRun run;
  run.file = recording.name + ".trc";
  run.trajectories = make_trajectories(recording).value();
  return run;
}

struct Read {
  BodySetup body;
  std::optional<FittedRun> standing;
  std::vector<FittedRun> runs;
};

/// Of a session that has one. NOLINTNEXTLINE(bugprone-unchecked-optional-access)
FittedRun& standing_of(Read& session) { return session.standing.value(); }

Read read(const SyntheticSession& session) {
  Read out;
  out.body.model = session.user_model;
  out.standing = read(session.standing);
  for (const PointRecording& run : session.runs) out.runs.push_back(read(run));
  return out;
}

void swap_labels(FittedRun& run, const char* one, const char* other, Eigen::Index first,
                 Eigen::Index last) {
  Eigen::MatrixXd& points = run.trajectories.points_m;
  const Eigen::Index a = 3 * point_of(run.trajectories, one);
  const Eigen::Index b = 3 * point_of(run.trajectories, other);
  const Eigen::MatrixXd kept = points.block(first, a, last - first + 1, 3);
  points.block(first, a, last - first + 1, 3) = points.block(first, b, last - first + 1, 3).eval();
  points.block(first, b, last - first + 1, 3) = kept;
}

bool labels_were_touched(const FittedRun& run) { return !of_labels(run.repairs).empty(); }

/// RMS differences of thigh, hip, pelvis, low back and lean over a run, the largest; deg.
double largest_rms_deg(const Read& one, const Read& other, std::size_t run) {
  const auto curves = [](const Read& r, std::size_t i, Side side) {
    const InverseKinematics ik =
        inverse_kinematics(r.body.model, r.runs[i].trajectories, {}).value();
    const ChainMap chain = find_chain(r.body.model).value();
    return absolute_angles(segment_motion(r.body.model, chain, ik.motion).value(), side);
  };
  double largest = 0.0;
  for (const Side side : kSides) {
    const AngleCurves a = curves(one, run, side);
    const AngleCurves b = curves(other, run, side);
    for (const auto& angle :
         {&AngleCurves::thigh_rad, &AngleCurves::hip_rad, &AngleCurves::pelvis_rad,
          &AngleCurves::low_back_rad, &AngleCurves::lean_rad}) {
      const double rms = std::sqrt((a.*angle - b.*angle).array().square().mean());
      largest = std::max(largest, rms * kDegPerRad);
    }
  }
  return largest;
}

TEST(Cleaning, TouchesNoLabelOfRunnersWithSkin) {
  for (std::uint64_t seed = 1; seed <= 16; ++seed) {
    for (const bool with_standing : {true, false}) {
      Read session = read(session_of(runner(seed)));
      if (!with_standing) session.standing.reset();
      ASSERT_TRUE(clean_recordings(session.body, session.standing, session.runs));
      for (const FittedRun& run : session.runs) {
        EXPECT_THAT(run.repairs, IsEmpty()) << seed << ": " << in_few_words(run.repairs);
        EXPECT_THAT(run.warnings, IsEmpty());
      }
      if (with_standing) {
        EXPECT_THAT(standing_of(session).repairs, IsEmpty());
      }
    }
  }
}

// Two pairs of one segment each in every run, one for all of it and one for a while.
TEST(Cleaning, PutsPlantedSwapsRight) {
  int planted = 0;
  int right = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    RunnerOptions options = runner(seed);
    options.body.arms = false;
    const SyntheticSession truth = session_of(options);
    options.faults.swapped_pairs = 2;
    const SyntheticSession session = session_of(options);
    Read cleaned = read(session);
    ASSERT_TRUE(clean_recordings(cleaned.body, cleaned.standing, cleaned.runs));
    for (const PlantedSwap& swap : session.truth.swaps) {
      const FittedRun& run = cleaned.runs[static_cast<std::size_t>(swap.recording)];
      const Trajectories there =
          make_trajectories(truth.runs[static_cast<std::size_t>(swap.recording)]).value();
      Eigen::Index wrong = 0;
      for (const std::string& marker : {swap.first_marker, swap.second_marker}) {
        const Eigen::Index at = 3 * point_of(there, marker);
        wrong += ((run.trajectories.points_m.middleCols<3>(at) - there.points_m.middleCols<3>(at))
                      .rowwise()
                      .norm()
                      .array() > 1e-9)
                     .count();
      }
      ++planted;
      if (wrong == 0) ++right;
    }
  }
  EXPECT_EQ(planted, 48);
  EXPECT_GE(right, 47);
}

TEST(Cleaning, BringsTheAnglesBackAfterASwap) {
  const SyntheticSession session = session_of(runner(5));
  Read untouched = read(session);
  ASSERT_TRUE(clean_recordings(untouched.body, untouched.standing, untouched.runs));
  Read swapped = read(session);
  const Eigen::Index n = swapped.runs[0].trajectories.points_m.rows();
  swap_labels(swapped.runs[0], "RTH2", "RKNL", 0, n - 1);
  swap_labels(swapped.runs[1], "LASI", "LPSI", n / 2,
              swapped.runs[1].trajectories.points_m.rows() - 1);
  EXPECT_GT(largest_rms_deg(untouched, swapped, 0), 0.3);
  EXPECT_GT(largest_rms_deg(untouched, swapped, 1), 0.3);
  ASSERT_TRUE(clean_recordings(swapped.body, swapped.standing, swapped.runs));
  for (const std::size_t run : {0U, 1U}) {
    EXPECT_LT(largest_rms_deg(untouched, swapped, run), 1e-6);
    ASSERT_EQ(of_labels(swapped.runs[run].repairs).size(), 1U);
    ASSERT_EQ(swapped.runs[run].warnings.size(), 1U);
    EXPECT_THAT(swapped.runs[run].warnings[0], HasSubstr("were exchanged and are put right"));
  }
  EXPECT_THAT(swapped.runs[0].repairs[0].markers, UnorderedElementsAre("RTH2", "RKNL"));
  EXPECT_EQ(swapped.runs[1].repairs[0].first_frame, n / 2);
}

/// Loses a fifth of a marker's frames in gaps of this length, the longest in one piece.
void lose_a_fifth(Trajectories& run, const char* marker, double length_s, RandomStream& random) {
  const Eigen::Index n = run.points_m.rows();
  const Eigen::Index length =
      std::clamp<Eigen::Index>(static_cast<Eigen::Index>(length_s * run.rate_hz), 1, n / 5);
  const Eigen::Index at = 3 * point_of(run, marker);
  while (run.points_m.col(at).array().isNaN().count() < n / 5) {
    const Eigen::Index first = random.index(static_cast<int>(n - length + 1));
    run.points_m.block(first, at, length, 3).setConstant(std::nan(""));
  }
}

// A fifth of the frames of two markers, in one piece, in gaps, or here and there.
TEST(Cleaning, KeepsTheAnglesWithinADegreeWhenAFifthIsLost) {
  const SyntheticSession session = session_of(runner(7));
  Read whole = read(session);
  ASSERT_TRUE(clean_recordings(whole.body, whole.standing, whole.runs));
  RandomStream random(1);
  for (const auto& [one, other] : {std::pair{"RASI", "LASI"}, {"RTH2", "RKNL"}, {"LPSI", "LTH1"}}) {
    for (const double length_s : {0.0, 0.15, 10.0}) {
      Read lossy = read(session);
      for (const char* marker : {one, other}) {
        lose_a_fifth(lossy.runs[0].trajectories, marker, length_s, random);
      }
      ASSERT_TRUE(clean_recordings(lossy.body, lossy.standing, lossy.runs));
      EXPECT_FALSE(labels_were_touched(lossy.runs[0]));
      EXPECT_LT(largest_rms_deg(whole, lossy, 0), 0.5) << one << " " << other << " " << length_s;
    }
  }
}

TEST(Cleaning, SaysWhenTheStandingTrialIsTheOneThatIsWrong) {
  const SyntheticSession session = session_of(runner(3));
  // The laboratory scaled its model to the exchanged labels.
  Read exchanged = read(session);
  const Eigen::Index n = standing_of(exchanged).trajectories.points_m.rows();
  swap_labels(standing_of(exchanged), "LTH1", "LTH3", 0, n - 1);
  ModelMarker& one =
      exchanged.body.model
          .markers[static_cast<std::size_t>(find_marker(exchanged.body.model, "LTH1"))];
  ModelMarker& other =
      exchanged.body.model
          .markers[static_cast<std::size_t>(find_marker(exchanged.body.model, "LTH3"))];
  std::swap(one.position_in_body_m, other.position_in_body_m);
  Read untouched = read(session);
  ASSERT_TRUE(clean_recordings(untouched.body, untouched.standing, untouched.runs));
  ASSERT_TRUE(clean_recordings(exchanged.body, exchanged.standing, exchanged.runs));
  EXPECT_FALSE(labels_were_touched(standing_of(exchanged)));
  for (const FittedRun& run : exchanged.runs) EXPECT_TRUE(labels_were_touched(run));
  ASSERT_FALSE(standing_of(exchanged).warnings.empty());
  EXPECT_THAT(standing_of(exchanged).warnings.back(),
              HasSubstr("All runs have the labels of LTH1 and LTH3 the other way round"));
  EXPECT_LT(largest_rms_deg(untouched, exchanged, 0), 1e-6);
}

TEST(Cleaning, PutsAStandingTrialRightThatTheModelContradicts) {
  const SyntheticSession session = session_of(runner(3));
  Read swapped = read(session);
  swap_labels(standing_of(swapped), "LTH1", "LTH3", 0,
              standing_of(swapped).trajectories.points_m.rows() - 1);
  ASSERT_TRUE(clean_recordings(swapped.body, swapped.standing, swapped.runs));
  EXPECT_TRUE(labels_were_touched(standing_of(swapped)));
  for (const FittedRun& run : swapped.runs) EXPECT_FALSE(labels_were_touched(run));
}

TEST(Cleaning, AsksTheOtherRunsWhereThereIsNoStandingTrialAndNoModelOfThisRunner) {
  RunnerOptions options = runner(4);
  options.speeds_m_s = {2.5, 3.0, 3.5};
  Read session = read(session_of(options));
  session.standing.reset();
  // A model of average size: markers somewhere on the segments.
  RandomStream random(5);
  for (ModelMarker& marker : session.body.model.markers) {
    for (double& x : marker.position_in_body_m) x += 0.03 * random.normal();
  }
  const Eigen::MatrixXd right = session.runs[1].trajectories.points_m;
  swap_labels(session.runs[1], "RTH1", "RTH2", 0, right.rows() - 1);
  ASSERT_TRUE(clean_recordings(session.body, session.standing, session.runs));
  EXPECT_TRUE(session.runs[1].trajectories.points_m == right);
  EXPECT_FALSE(labels_were_touched(session.runs[0]));
  EXPECT_FALSE(labels_were_touched(session.runs[2]));
}

class CleaningFiles : public testing::Test {
 protected:
  Results analyzed(const SyntheticSession& session, const char* name) const {
    EXPECT_TRUE(write_files(folder_ / name, session_files(session)));
    AnalysisInputs inputs;
    for (const PointRecording& run : session.runs) {
      inputs.runs.push_back(run_input(folder_ / name / (run.name + ".trc")));
    }
    inputs.model = folder_ / name / "runner.osim";
    inputs.standing = folder_ / name / "standing.trc";
    return analyze(inputs).value();
  }

  const TestFolder own_;
  const std::filesystem::path& folder_ = own_.path();
};

TEST_F(CleaningFiles, ReachTheResultAsIfNothingHadBeenExchanged) {
  RunnerOptions options = runner(1);
  options.speeds_m_s = {2.5, 3.5, 4.5};
  SyntheticSession session = session_of(options);
  const Results right = analyzed(session, "untouched");
  PointRecording& run = session.runs[2];
  const auto column = [&](const char* marker) {
    return 3 * (std::find(run.labels.begin(), run.labels.end(), marker) - run.labels.begin());
  };
  const Eigen::MatrixXd kept = run.points_m.middleCols<3>(column("RTH3"));
  run.points_m.middleCols<3>(column("RTH3")) = run.points_m.middleCols<3>(column("RKNL")).eval();
  run.points_m.middleCols<3>(column("RKNL")) = kept;
  const Results repaired = analyzed(session, "exchanged");
  EXPECT_THAT(right.recordings[2].repairs, IsEmpty());
  ASSERT_EQ(repaired.recordings[2].repairs.size(), 1U);
  EXPECT_EQ(repaired.recordings[2].repairs[0].kind, RepairKind::kSwap);
  EXPECT_THAT(repaired.warnings,
              testing::Contains(HasSubstr(run.name + ".trc: labels of RTH3 and RKNL were")));
  for (const Side side : kSides) {
    ASSERT_EQ(repaired.legs[side].strides.size(), right.legs[side].strides.size());
    for (std::size_t i = 0; i < right.legs[side].strides.size(); ++i) {
      EXPECT_NEAR(repaired.legs[side].strides[i].at_peak.hip.total_rad,
                  right.legs[side].strides[i].at_peak.hip.total_rad, 1e-9);
    }
    EXPECT_NEAR(repaired.legs[side].take_up.hip.estimate.value,
                right.legs[side].take_up.hip.estimate.value, 1e-9);
  }
}

}  // namespace
}  // namespace catena
