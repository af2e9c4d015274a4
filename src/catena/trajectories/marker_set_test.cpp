#include "catena/trajectories/marker_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "catena/trajectories/label_pairs.h"
#include "catena/trajectories/marker_set_files.h"

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kSmallSet = R"(name = "Small"
source = "a test"
standing_only = ["RMEPI"]
computed = ["RHJC"]
suffix = "_study"
[markers.pelvis]
"R.ASIS" = "right_asis"
RHJC = "right_hip_centre"
[markers.right_thigh]
RMEPI = "right_medial_epicondyle"
RTH1_study = ""
[aliases]
"R.SIAS" = "R.ASIS"
)";

std::string error_of(const std::string& toml) {
  const auto set = parse_marker_set(toml, "set.toml");
  return set ? "read" : to_sentence(set.error());
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

TEST(MarkerSetFile, IsReadWithSegmentsLandmarksAliasesAndLists) {
  const auto set = parse_marker_set(kSmallSet, "set.toml");
  ASSERT_TRUE(set) << to_sentence(set.error());
  EXPECT_EQ(set->name, "Small");
  std::map<std::string, SetMarker> markers;
  for (const SetMarker& marker : set->markers) markers[marker.label] = marker;
  ASSERT_EQ(markers.size(), 4U);
  EXPECT_EQ(markers["R.ASIS"].segment, "pelvis");
  EXPECT_EQ(markers["R.ASIS"].landmark, "right_asis");
  EXPECT_THAT(markers["R.ASIS"].aliases, ElementsAre("R.SIAS"));
  EXPECT_TRUE(markers["RHJC"].computed);
  EXPECT_TRUE(markers["RMEPI"].standing_only);
  EXPECT_THAT(markers["RTH1_study"].aliases, ElementsAre("RTH1"));
  EXPECT_EQ(markers["RTH1_study"].landmark, "");
}

TEST(MarkerSetFile, ErrorsSayWhereAndWhatWasMeant) {
  const std::string good = kSmallSet;
  EXPECT_THAT(error_of(replaced(good, "standing_only", "standing_onyl")),
              HasSubstr("set.toml:3:1: there is no key 'standing_onyl' in a marker set; did you "
                        "mean standing_only?"));
  EXPECT_THAT(error_of(replaced(good, "markers.right_thigh", "markers.right_tigh")),
              HasSubstr("there is no segment 'right_tigh'; did you mean right_thigh?"));
  EXPECT_THAT(error_of(replaced(good, "[\"RHJC\"]", "[\"RHJD\"]")),
              HasSubstr("set.toml:4:13: the set has no marker 'RHJD'"));
  EXPECT_THAT(error_of(replaced(good, "\"R.SIAS\" = ", "RHJC = ")),
              HasSubstr("the label 'RHJC' is there twice"));
  EXPECT_THAT(error_of(replaced(good, "RMEPI = \"right_medial_epicondyle\"", "RMEPI = 3")),
              HasSubstr("the landmark of 'RMEPI' is no text"));
  EXPECT_THAT(error_of(replaced(good, "name = \"Small\"\n", "")), HasSubstr("has no name"));
  EXPECT_THAT(error_of("name = \"x\"\nsource = \"y\"\n"), HasSubstr("has no markers"));
  EXPECT_THAT(error_of("name = "), HasSubstr("set.toml:1:"));
  EXPECT_THAT(error_of(""), HasSubstr("has no name"));
}

TEST(MarkerSetRegistry, ReadsEachOfItsFiles) {
  EXPECT_GE(marker_set_files().size(), 15U);
  for (const EmbeddedFile& file : marker_set_files()) {
    const auto set = parse_marker_set(file.text, file.name);
    EXPECT_TRUE(set) << to_sentence(set.error());
  }
  EXPECT_EQ(known_marker_sets().size(), marker_set_files().size());
}

TEST(MarkerSetRegistry, NamesAreUnique) {
  std::set<std::string> names;
  for (const MarkerSet& set : known_marker_sets()) EXPECT_TRUE(names.insert(set.name).second);
}

// Else "RASI" and "R.ASI" of one set could not be told apart in a recording.
TEST(MarkerSetRegistry, NoTwoLabelsOfASetAreAlike) {
  for (const MarkerSet& set : known_marker_sets()) {
    std::map<std::string, std::string> seen;
    for (const SetMarker& marker : set.markers) {
      std::vector<std::string> spellings = marker.aliases;
      spellings.push_back(marker.label);
      for (const std::string& spelling : spellings) {
        const auto [at, is_new] = seen.emplace(plain_label(spelling), marker.label);
        EXPECT_TRUE(is_new || at->second == marker.label)
            << set.name << ": " << spelling << " and " << at->second;
      }
    }
  }
}

std::string other_side(std::string name) {
  if (name.starts_with("right_")) return "left_" + name.substr(6);
  if (name.starts_with("left_")) return "right_" + name.substr(5);
  return name;
}

TEST(MarkerSetRegistry, ALandmarkIsOnOneSegmentInAllSetsAndOnceInEach) {
  std::map<std::string, std::string> segments;
  for (const MarkerSet& set : known_marker_sets()) {
    std::set<std::string> here;
    for (const SetMarker& marker : set.markers) {
      if (marker.landmark.empty()) continue;
      EXPECT_TRUE(here.insert(marker.landmark).second) << set.name << ": " << marker.landmark;
      const auto [at, is_new] = segments.emplace(marker.landmark, marker.segment);
      EXPECT_TRUE(is_new || at->second == marker.segment) << set.name << ": " << marker.landmark;
    }
    for (const std::string& landmark : here) {
      EXPECT_TRUE(here.contains(other_side(landmark))) << set.name << ": " << landmark;
    }
  }
}

TEST(MarkerSetRegistry, RightIsOnTheRight) {
  for (const MarkerSet& set : known_marker_sets()) {
    for (const SetMarker& marker : set.markers) {
      for (const std::string side : {"right_", "left_"}) {
        const std::string other = side == "right_" ? "left_" : "right_";
        EXPECT_FALSE(marker.segment.starts_with(side) && marker.landmark.starts_with(other))
            << set.name << ": " << marker.label;
        // Nearly all labels begin with the side's letter.
        const char letter = side == "right_" ? 'l' : 'r';
        const bool begins_otherwise =
            plain_label(marker.label).front() == letter && marker.segment.starts_with(side);
        EXPECT_FALSE(begins_otherwise) << set.name << ": " << marker.label;
      }
    }
  }
}

TEST(MarkerSetRegistry, ExactlyTheSetsWithEnoughThoraxMarkersHaveThree) {
  std::map<std::string, int> on_thorax;
  for (const MarkerSet& set : known_marker_sets()) {
    on_thorax[set.name] = static_cast<int>(
        std::count_if(set.markers.begin(), set.markers.end(), [](const SetMarker& marker) {
          return marker.segment == "thorax" && !marker.computed && !marker.optional;
        }));
  }
  // Counted in the papers' and laboratories' own drawings.
  EXPECT_EQ(on_thorax["Plug-in Gait, full body"], 6);
  EXPECT_EQ(on_thorax["Plug-in Gait, lower body"], 0);
  EXPECT_EQ(on_thorax["CAST, lower body"], 0);
  EXPECT_EQ(on_thorax["Fukuchi treadmill running"], 0);
  EXPECT_EQ(on_thorax["Dorn sprinting"], 5);
  EXPECT_EQ(on_thorax["OpenCap"], 3);
  EXPECT_EQ(on_thorax["Halpe-26 keypoints"], 2);
}

}  // namespace
}  // namespace catena
