#include "catena/recording/session_metadata.h"

#include <gtest/gtest.h>

namespace catena {
namespace {

// The keys that OpenCap writes, with values of our own.
constexpr const char* kOpenCap = R"(calibrationSettings:
  overwriteDeployedIntrinsics: false
checkerBoard:
  placement: ground
  mass_kg: 5
gender_mf: f
height_m: 1.71
iphoneModel:
  Cam0: iphone13,3
mass_kg: 61.5 # measured
openSimModel: LaiUhlrich2022
subjectID: 'runner 3'
)";

TEST(SessionMetadata, ReadsThePersonOfAnOpenCapSession) {
  const SessionMetadata read = parse_opencap_metadata(kOpenCap);
  EXPECT_EQ(read.person.height_m, 1.71);
  EXPECT_EQ(read.person.mass_kg, 61.5);  // not the one inside another key
  EXPECT_EQ(read.person.sex, Sex::kFemale);
  EXPECT_EQ(read.person.id, "runner 3");
  EXPECT_EQ(read.model, "LaiUhlrich2022");
  EXPECT_TRUE(read.notes.empty());
}

TEST(SessionMetadata, PassesOverWhatNoPersonHasAndSaysSo) {
  const SessionMetadata read = parse_opencap_metadata("height_m: 171\nmass_kg: heavy\n");
  EXPECT_FALSE(read.person.height_m || read.person.mass_kg);
  ASSERT_EQ(read.notes.size(), 1U);
  EXPECT_EQ(read.notes[0], "A height of 171 m is passed over.");
}

TEST(SessionMetadata, ReadsThePersonOfAPose2SimProject) {
  const SessionMetadata now = parse_pose2sim_config(
      "[project]\nparticipant_height = 1.72\nparticipant_mass = 70.0 # kg\n[pose]\nmode = 'x'\n");
  EXPECT_EQ(now.person.height_m, 1.72);
  EXPECT_EQ(now.person.mass_kg, 70.0);
  const SessionMetadata before =
      parse_pose2sim_config("[markerAugmentation]\nparticipant_height = [1.6]\n");
  EXPECT_EQ(before.person.height_m, 1.6);
}

TEST(SessionMetadata, PassesOverAutoAndSeveralPersons) {
  const SessionMetadata read = parse_pose2sim_config(
      "[project]\nparticipant_height = 'auto'\nparticipant_mass = [70.0, 63.5]\n");
  EXPECT_FALSE(read.person.height_m || read.person.mass_kg);
  EXPECT_TRUE(read.notes.empty());
  EXPECT_EQ(parse_pose2sim_config("[project\n").notes.size(), 1U);
}

}  // namespace
}  // namespace catena
