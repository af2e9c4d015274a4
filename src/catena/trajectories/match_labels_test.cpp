#include "catena/trajectories/match_labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::string error_of(const std::string& toml) {
  const auto map = parse_label_map(toml, "map.toml");
  return map ? "read" : to_sentence(map.error());
}

TEST(LabelMapFile, IsReadLineByLine) {
  const auto map = parse_label_map("[labels]\nRASI = \"R.ASIS\"\n\"L ASI\" = 'L.ASIS'\n", "m.toml");
  ASSERT_TRUE(map) << to_sentence(map.error());
  EXPECT_THAT(map->renames,
              UnorderedElementsAre(std::pair("RASI", "R.ASIS"), std::pair("L ASI", "L.ASIS")));
}

TEST(LabelMapFile, ErrorsSayWhere) {
  EXPECT_THAT(error_of("[labels]\nRASI = 3\n"), HasSubstr("map.toml:2:8: the name of 'RASI'"));
  EXPECT_THAT(error_of("[labels]\nA = \"X\"\nB = \"X\"\n"),
              HasSubstr("map.toml:3:5: two labels are to be 'X'"));
  EXPECT_THAT(error_of("[label]\nA = \"X\"\n"), HasSubstr("there is no key 'label'"));
  EXPECT_THAT(error_of("labels = 3\n"), HasSubstr("has no [labels]"));
  EXPECT_THAT(error_of("[labels]\n"), HasSubstr("names no label"));
  EXPECT_THAT(error_of("RASI : R.ASIS"), HasSubstr("map.toml:1:"));
  EXPECT_THAT(error_of("[labels]\nR.ASIS = \"RASI\"\n"), HasSubstr("the name of 'R' is no text"));
}

TEST(MatchLabels, LeavesWhatIsTheModelsOwnAndSaysNothing) {
  const MatchedLabels matched = match_labels({"C7", "RASI", "extra"}, {"RASI", "C7", "LASI"});
  EXPECT_THAT(matched.labels, ElementsAre("C7", "RASI", "extra"));
  EXPECT_THAT(matched.notes, IsEmpty());
}

TEST(MatchLabels, TakesCasePunctuationAndPrefixesAsideWithANoteEach) {
  const MatchedLabels matched =
      match_labels({"c7", "R_ASIS", "Run 1:LASIS"}, {"C7", "R.ASIS", "L.ASIS"});
  EXPECT_THAT(matched.labels, ElementsAre("C7", "R.ASIS", "L.ASIS"));
  EXPECT_THAT(matched.notes,
              UnorderedElementsAre(HasSubstr("'c7' was taken for the model's 'C7'"),
                                   HasSubstr("case and punctuation"), HasSubstr("a prefix")));
}

// gait2354's model on a recording in Plug-in Gait: landmarks agree, thigh and shank wands do not.
TEST(MatchLabels, TakesTheSameLandmarkOfAnotherSetAndNeverAMarkerWithoutOne) {
  const std::vector<std::string> recorded = {"RASI", "LASI", "SACR", "RTHI", "LTHI",
                                             "RKNE", "LKNE", "RTIB", "LTIB", "RANK",
                                             "LANK", "RHEE", "LHEE", "RTOE", "LTOE"};
  const std::vector<std::string> wanted = {
      "R.ASIS",        "L.ASIS",        "V.Sacral",      "R.Thigh.Upper", "R.Thigh.Front",
      "R.Thigh.Rear",  "L.Thigh.Upper", "L.Thigh.Front", "L.Thigh.Rear",  "R.Knee.Lat",
      "L.Knee.Lat",    "R.Shank.Upper", "R.Shank.Front", "R.Shank.Rear",  "R.Ankle.Lat",
      "L.Ankle.Lat",   "R.Heel",        "L.Heel",        "R.Toe.Tip",     "L.Toe.Tip",
      "L.Shank.Upper", "L.Shank.Front", "L.Shank.Rear",  "Sternum",       "R.Acromium",
      "L.Acromium",    "R.Midfoot.Sup", "R.Midfoot.Lat", "L.Midfoot.Sup", "L.Midfoot.Lat"};
  const MatchedLabels matched = match_labels(recorded, wanted);
  EXPECT_THAT(matched.labels, ElementsAre("R.ASIS", "L.ASIS", "V.Sacral", "RTHI", "LTHI",
                                          "R.Knee.Lat", "L.Knee.Lat", "RTIB", "LTIB", "R.Ankle.Lat",
                                          "L.Ankle.Lat", "R.Heel", "L.Heel", "RTOE", "LTOE"));
  EXPECT_THAT(matched.notes, SizeIs(9));
  EXPECT_THAT(matched.notes, ::testing::Contains("'RKNE' was taken for the model's 'R.Knee.Lat': "
                                                 "both are the right lateral epicondyle."));
}

TEST(MatchLabels, ALandmarkWithTwoMarkersIsLeftAlone) {
  // Of no known set: two labels that some set calls the right ASIS.
  const MatchedLabels matched = match_labels({"RASI", "R.EIAS"}, {"R.ASIS"});
  EXPECT_THAT(matched.labels, ElementsAre("RASI", "R.EIAS"));
}

TEST(MatchLabels, TheMappingWinsOverEverything) {
  LabelMap map;
  map.renames = {{"RASI", "LASI"}, {"LASI", "RASI"}};
  const MatchedLabels swapped = match_labels({"RASI", "LASI", "C7"}, {"RASI", "LASI", "C7"}, map);
  EXPECT_THAT(swapped.labels, ElementsAre("LASI", "RASI", "C7"));
  EXPECT_THAT(swapped.notes, SizeIs(2));

  map.renames = {{"ball", "C7"}};
  const MatchedLabels taken = match_labels({"C7", "Ball"}, {"C7"}, map);
  EXPECT_THAT(taken.labels, ElementsAre("C7 (as recorded)", "C7"));
  EXPECT_THAT(taken.notes,
              UnorderedElementsAre(HasSubstr("'Ball' was taken for 'C7', as the mapping says"),
                                   HasSubstr("'C7' of the recording is not used")));
}

TEST(MatchLabels, AMappingMayNameWhatThisRecordingHasNot) {
  LabelMap map;
  map.renames = {{"RMEPI", "R.Knee.Med"}};
  EXPECT_THAT(match_labels({"C7"}, {"C7"}, map).notes, IsEmpty());
}

TEST(MatchLabels, LabelsStayDistinct) {
  LabelMap map;
  map.renames = {{"A", "B"}};
  const MatchedLabels matched = match_labels({"A", "B", "B (as recorded)", "b"}, {"B", "C"}, map);
  const std::set<std::string> distinct(matched.labels.begin(), matched.labels.end());
  EXPECT_EQ(distinct.size(), matched.labels.size());
}

}  // namespace
}  // namespace catena
