#include "catena/trajectories/identify_labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "catena/core/test_data.h"
#include "catena/recording/read_recording.h"

namespace catena {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const MarkerSet& set_named(const std::string& name) {
  const auto& sets = known_marker_sets();
  const auto at = std::find_if(sets.begin(), sets.end(),
                               [&](const MarkerSet& set) { return set.name == name; });
  EXPECT_NE(at, sets.end()) << name;
  return at == sets.end() ? sets.front() : *at;
}

std::vector<std::string> labels_of_a_run(const MarkerSet& set) {
  std::vector<std::string> labels;
  for (const SetMarker& marker : set.markers) {
    if (!marker.standing_only && !marker.computed) labels.push_back(marker.label);
  }
  return labels;
}

TEST(IdentifyLabels, FindsEachSetOfTheRegistryFromItsOwnLabels) {
  for (const MarkerSet& set : known_marker_sets()) {
    const IdentifiedLabels found = identify_labels(labels_of_a_run(set));
    EXPECT_EQ(found.set_name, set.name);
    EXPECT_THAT(found.missing, IsEmpty()) << set.name;
    EXPECT_THAT(found.unknown, IsEmpty()) << set.name;
  }
}

TEST(IdentifyLabels, FindsEachSetUnderPrefixesAndInSmallLetters) {
  for (const MarkerSet& set : known_marker_sets()) {
    std::vector<std::string> prefixed = labels_of_a_run(set);
    std::vector<std::string> small = prefixed;
    for (std::string& label : prefixed) label = "Runner 7:" + label;
    for (std::string& label : small) {
      for (char& c : label) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    EXPECT_EQ(identify_labels(prefixed).set_name, set.name);
    EXPECT_EQ(identify_labels(small).set_name, set.name);
  }
}

TEST(IdentifyLabels, SaysWhatIsMissingAndWhatWasMeant) {
  std::vector<std::string> labels = labels_of_a_run(set_named("Plug-in Gait, full body"));
  std::replace(labels.begin(), labels.end(), std::string("RASI"), std::string("RAIS"));
  std::erase(labels, "T10");
  labels.emplace_back("Ball");
  const IdentifiedLabels found = identify_labels(labels);
  EXPECT_THAT(found.missing, UnorderedElementsAre("RASI", "T10"));
  EXPECT_THAT(found.unknown, UnorderedElementsAre("RAIS", "Ball"));
  EXPECT_THAT(near_miss_sentences(found),
              ElementsAre("'RAIS' is not in the set Plug-in Gait, full body; did you mean "
                          "'RASI'?"));
}

TEST(IdentifyLabels, ASlipThatMayMeanTwoMarkersMeansNone) {
  std::vector<std::string> labels = labels_of_a_run(set_named("Plug-in Gait, full body"));
  std::erase(labels, "RWRA");
  std::erase(labels, "RWRB");
  labels.emplace_back("RWR");
  EXPECT_THAT(identify_labels(labels).near_misses, IsEmpty());
}

// TH1 and TH2 are two markers, and so are left and right.
TEST(IdentifyLabels, NumbersAndSidesAreNoSlips) {
  std::vector<std::string> labels = labels_of_a_run(set_named("Dorn sprinting"));
  std::erase(labels, "P3");
  labels.emplace_back("P4");
  std::erase(labels, "LHEEL");
  labels.emplace_back("SHEEL");                                 // could be either
  EXPECT_THAT(identify_labels(labels).near_misses, SizeIs(1));  // the other side is recorded
  std::replace(labels.begin(), labels.end(), std::string("SHEEL"), std::string("RHEEL2"));
  EXPECT_THAT(identify_labels(labels).near_misses, IsEmpty());
}

TEST(IdentifyLabels, OfAnUnknownSetTakesWhatAllSetsAgreeOn) {
  const IdentifiedLabels found = identify_labels({"RASI", "LASI", "RTOE", "RKNEE", "Ball"});
  EXPECT_EQ(found.set_name, "");
  EXPECT_EQ(found.meanings[0].landmark, "right_asis");
  // A toe of some kind in all sets, but not the same place.
  EXPECT_EQ(found.meanings[2].segment, "right_foot");
  EXPECT_EQ(found.meanings[2].landmark, "");
  EXPECT_EQ(found.meanings[4].segment, "");
  EXPECT_THAT(what_is_lacking(found), ElementsAre(HasSubstr("no known marker set")));
}

TEST(IdentifyLabels, TwoPersonsInOneFileAreNoted) {
  std::vector<std::string> labels;
  for (const char* person : {"Ann:", "Ben:"}) {
    for (const std::string& label : labels_of_a_run(set_named("Helen Hayes"))) {
      labels.push_back(person + label);
    }
  }
  const IdentifiedLabels found = identify_labels(labels);
  EXPECT_EQ(found.n_matched, 0);
  EXPECT_THAT(found.notes, Contains(HasSubstr("none is used")));
}

TEST(WhatIsLacking, FollowsFromTheMarkersOfEachSegment) {
  std::vector<std::string> labels = labels_of_a_run(set_named("Plug-in Gait, full body"));
  EXPECT_THAT(what_is_lacking(identify_labels(labels)), IsEmpty());
  for (const char* label : {"T10", "STRN", "RSHO", "LSHO", "RBAK", "LBAK"})
    std::erase(labels, label);
  EXPECT_THAT(what_is_lacking(identify_labels(labels)),
              ElementsAre("Low back and forward lean cannot be told apart: too few markers on "
                          "thorax (2 of 3)."));
  std::erase(labels, "LTHI");
  EXPECT_THAT(what_is_lacking(identify_labels(labels)),
              Contains(HasSubstr("budget cannot be read: too few markers on left thigh (1 of 2)")));
  // Keypoints fix the pelvis by two points only.
  EXPECT_THAT(what_is_lacking(identify_labels(labels_of_a_run(set_named("Halpe-26 keypoints")))),
              Contains(HasSubstr("pelvis (2 of 3), right thigh (1 of 2)")));
}

TEST(BodyPointsOfLabels, AreFeetPelvisAndPairs) {
  const std::vector<std::string> labels = {"LASI", "RASI", "SACR", "RHEE", "RTOE", "LHEE",
                                           "RKNE", "LKNE", "RTHI", "LTHI", "RTIB", "LTIB",
                                           "RANK", "LANK", "LTOE", "LPSI", "RPSI"};
  const IdentifiedLabels found = identify_labels(labels);
  ASSERT_EQ(found.set_name, "Plug-in Gait, lower body");
  const BodyPoints body = body_points(found);
  EXPECT_THAT(body.pelvis, ElementsAre(0, 1, 2, 15, 16));
  EXPECT_THAT(body.pelvis_front, ElementsAre(0, 1));
  EXPECT_THAT(body.pelvis_back, ElementsAre(2, 15, 16));
  EXPECT_THAT(body.feet[0], ElementsAre(3, 4));
  EXPECT_THAT(body.heels[1], ElementsAre(5));
  EXPECT_THAT(body.toes[1], ElementsAre(14));
  EXPECT_THAT(body.right_of_pair, ElementsAre(1, 16));
  EXPECT_THAT(body.left_of_pair, ElementsAre(0, 15));
  EXPECT_THAT(points_by_segment(found).at("left_thigh"), ElementsAre(7, 9));
}

struct RealLabels {
  const char* path;
  const char* set;  // as its source says
  std::size_t n_unknown;
};

class RealLabelSets : public ::testing::TestWithParam<RealLabels> {};

TEST_P(RealLabelSets, AreNamed) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto recording = read_recording(test_data() / GetParam().path);
  ASSERT_TRUE(recording) << to_sentence(recording.error());
  const IdentifiedLabels found = identify_labels(recording->points.labels);
  EXPECT_EQ(found.set_name, GetParam().set);
  EXPECT_THAT(found.unknown, SizeIs(GetParam().n_unknown));
  EXPECT_THAT(found.near_misses, IsEmpty());
}

// Unknown are Dorn's two nameless points and the four on the starting blocks.
INSTANTIATE_TEST_SUITE_P(
    Files, RealLabelSets,
    ::testing::Values(
        RealLabels{"dorn2012/run0350cms.trc", "Dorn sprinting", 2},
        RealLabels{"dorn2012/static.trc", "Dorn sprinting", 2},
        RealLabels{"bmclab-run/motion_capture_run.trc", "Rajagopal full body", 0},
        RealLabels{"arnold2013-synthetic/subject04/trials/walk2/markers.trc", "Rajagopal full body",
                   0},
        RealLabels{"fukuchi2017/RBDS014/RBDS014runT45.c3d", "Fukuchi treadmill running", 0},
        RealLabels{"fukuchi2017/RBDS028/RBDS028static.c3d", "Fukuchi treadmill running", 0},
        RealLabels{"qualisys/Running_0002.c3d", "Qualisys running, full body", 0},
        RealLabels{"opensim-core/formats/walking2.c3d", "OpenSim C3D walking example", 0},
        RealLabels{"opensim-core/formats/walking5.c3d", "OpenSim C3D walking example", 0},
        RealLabels{"opensim-core/Scale/subject01_static.trc", "OpenSim gait2354 and gait2392", 0},
        RealLabels{"opensim-core/IK/constraintTest.trc", "OpenSim running (Hamner)", 0},
        RealLabels{"trc-samples/SprintMotion.trc", "Sprint start (BTKData)", 4},
        RealLabels{"trc-samples/SprintCalib.trc", "Sprint start (BTKData)", 4},
        RealLabels{"trc-samples/Gait.trc", "Helen Hayes", 0},
        RealLabels{"c3d-samples/badParameterOffset.c3d", "", 41},
        RealLabels{"c3d-samples/mocap36.c3d", "", 36}));

}  // namespace
}  // namespace catena
