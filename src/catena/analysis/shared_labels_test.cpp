// Without a model: labels of several recordings agree, and are cleaned as a model would have them.
#include "catena/analysis/shared_labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catena/analysis/cleaning.h"
#include "catena/core/test_data.h"
#include "catena/synthetic/runner.h"
#include "catena/trajectories/from_recording.h"

namespace catena {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

FittedRun run_with(const std::string& file, const std::vector<std::string>& labels) {
  FittedRun run;
  run.file = file;
  run.trajectories.labels = labels;
  run.trajectories.points_m =
      Eigen::MatrixXd::Zero(2, 3 * static_cast<Eigen::Index>(labels.size()));
  return run;
}

const std::vector<std::string> kPlugInGait = {"RASI", "LASI", "RPSI", "LPSI", "RTHI", "RKNE",
                                              "RTIB", "RANK", "RHEE", "RTOE", "LTHI", "LKNE",
                                              "LTIB", "LANK", "LHEE", "LTOE"};

TEST(SharedLabels, ALaterRecordingTakesTheFirstOnesNames) {
  FittedRun standing = run_with("static.c3d", kPlugInGait);
  std::vector<std::string> prefixed;
  for (const std::string& label : kPlugInGait) prefixed.push_back("Runner7:" + label);
  FittedRun run = run_with("run.c3d", prefixed);
  const SharedLabels shared = share_labels({&standing, &run});
  EXPECT_EQ(run.trajectories.labels, kPlugInGait);
  EXPECT_EQ(shared.labels, kPlugInGait);
  ASSERT_EQ(run.notes.size(), kPlugInGait.size());
  EXPECT_EQ(run.notes[0],
            "run.c3d: 'Runner7:RASI' was taken for another recording's 'RASI': alike but for a "
            "prefix.");
}

TEST(SharedLabels, ARunWithFewMarkersHasTheMeaningsOfTheStandingTrialsSet) {
  FittedRun standing = run_with("static.c3d", kPlugInGait);
  FittedRun run = run_with("run.c3d", {"LTHI", "RKNE", "WAND"});
  const SharedLabels shared = share_labels({&standing, &run});
  EXPECT_THAT(shared.meaning.set_name, HasSubstr("Plug-in Gait"));
  ASSERT_EQ(run.meaning.meanings.size(), 3u);
  EXPECT_EQ(run.meaning.meanings[0].segment, "left_thigh");
  EXPECT_EQ(run.meaning.meanings[1].landmark, "right_lateral_epicondyle");
  EXPECT_EQ(run.meaning.meanings[2].segment, "");
  EXPECT_EQ(run.meaning.set_name, shared.meaning.set_name);
}

TEST(SharedLabels, SaysWhichMarkersItKnowsNothingOf) {
  std::vector<std::string> labels = kPlugInGait;
  labels.emplace_back("WAND");
  FittedRun standing = run_with("static.c3d", labels);
  EXPECT_THAT(share_labels({&standing}).notes,
              Contains("Where one marker sits on the body is not known, so it is not used: WAND. A "
                       "mapping of labels (--labels) can say."));
  standing = run_with("static.c3d", kPlugInGait);
  EXPECT_THAT(share_labels({&standing}).notes, IsEmpty());
}

TEST(SharedLabels, ClustersAreTheSegmentsJoinedAcrossThoseWithoutMarkers) {
  // No marker on the right shank: the foot hangs on the thigh.
  const std::vector<std::string> labels = {"RASI", "LASI", "RPSI", "LPSI", "RTHI", "RKNE",
                                           "RHEE", "RTOE", "LTHI", "LKNE", "LTIB", "LANK"};
  const IdentifiedLabels meaning = identify_labels(labels);
  const MarkerClusters clusters = clusters_of(labels, meaning);
  const auto cluster_with = [&](const std::string& label) {
    for (std::size_t k = 0; k < clusters.members.size(); ++k) {
      const auto& members = clusters.members[k];
      if (std::find(members.begin(), members.end(), label) != members.end()) {
        return static_cast<int>(k);
      }
    }
    return -1;
  };
  std::set<std::pair<int, int>> joined;
  for (const auto& [one, other] : clusters.joined) joined.insert(std::minmax(one, other));
  const auto are_joined = [&](const char* one, const char* other) {
    return joined.contains(std::minmax(cluster_with(one), cluster_with(other)));
  };
  EXPECT_TRUE(are_joined("RTHI", "RASI"));
  EXPECT_TRUE(are_joined("RHEE", "RTHI"));
  EXPECT_TRUE(are_joined("LTIB", "LTHI"));
  EXPECT_FALSE(are_joined("LTIB", "RTHI"));
  EXPECT_EQ(cluster_with("RKNE"), cluster_with("RTHI"));
}

TEST(SharedLabels, WhatRidesOnOneBodyOfTheModelIsInOneClusterOfTheRegistry) {
  // The synthetic runner's own set, against its own model; toes are bodies of their own there.
  RunnerOptions options;
  options.speeds_m_s = {3.0};
  options.strides = 3;
  const SyntheticSession session = make_session(options).value();
  const std::vector<std::string>& labels = session.standing.labels;
  const MarkerClusters registry = clusters_of(labels, identify_labels(labels));
  const MarkerClusters model = clusters_of(session.user_model);
  EXPECT_EQ(registry.members.size() + 2, model.members.size());
  for (const auto& members : model.members) {
    const auto holds_all = [&](const std::vector<std::string>& cluster) {
      return std::all_of(members.begin(), members.end(), [&](const std::string& label) {
        return std::find(cluster.begin(), cluster.end(), label) != cluster.end();
      });
    };
    EXPECT_EQ(std::count_if(registry.members.begin(), registry.members.end(), holds_all), 1)
        << members.front();
  }
}

TEST(CleaningWithoutAModel, PutsExchangedLabelsRight) {
  RunnerOptions options;
  options.speeds_m_s = {3.0, 4.0};
  options.strides = 6;
  const SyntheticSession session = make_session(options).value();
  const auto read = [](const PointRecording& recording) {
    FittedRun run;
    run.file = recording.name + ".trc";
    run.trajectories = make_trajectories(recording).value();
    return run;
  };
  std::optional<FittedRun> standing = read(session.standing);
  std::vector<FittedRun> runs = {read(session.runs[0]), read(session.runs[1])};
  std::vector<std::string>& labels = runs[0].trajectories.labels;
  const auto one = std::find(labels.begin(), labels.end(), "RTH1");
  const auto other = std::find(labels.begin(), labels.end(), "RTH3");
  ASSERT_TRUE(one != labels.end() && other != labels.end());
  std::swap(*one, *other);
  const SharedLabels shared = share_labels({&*standing, &runs[0], &runs[1]});
  ASSERT_TRUE(clean_recordings(shared.clusters, standing, runs).has_value());
  ASSERT_EQ(of_labels(runs[0].repairs).size(), 1u);
  EXPECT_EQ(of_labels(runs[0].repairs)[0].kind, RepairKind::kSwap);
  EXPECT_THAT(of_labels(runs[1].repairs), IsEmpty());
}

TEST(ReadRun, RenamesByTheMappingBeforeItAsksWhatLabelsMean) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto file = test_data() / "dorn2012/run0350cms.trc";
  const FittedRun plain = read_run(file, {}).value();
  EXPECT_THAT(plain.meaning.set_name, HasSubstr("Dorn"));
  const FittedRun mapped = read_run(file, {}, {{{"RASI", "somewhere"}}}).value();
  EXPECT_THAT(mapped.trajectories.labels, Contains("somewhere"));
  const auto at =
      std::find(plain.trajectories.labels.begin(), plain.trajectories.labels.end(), "RASI") -
      plain.trajectories.labels.begin();
  EXPECT_EQ(plain.meaning.meanings[static_cast<std::size_t>(at)].landmark, "right_asis");
  EXPECT_EQ(mapped.meaning.meanings[static_cast<std::size_t>(at)].landmark, "");
}

}  // namespace
}  // namespace catena
