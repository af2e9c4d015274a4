#include "catena/model/joint_roles.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>

#include "catena/core/units.h"
#include "catena/model/built_in_body.h"
#include "catena/model/low_back.h"

namespace catena {
namespace {

const std::string kHead = "joint,direction,coordinate,sign,role,capacity_deg,sd_deg,grade,source\n";

std::string error_of(const std::string& bytes) {
  const Result<std::vector<JointDirection>> roles = parse_joint_roles(bytes, "my.csv");
  return roles ? "read" : to_sentence(roles.error());
}

TEST(JointRoles, SayThatHipAndAnkleMoveAndKneeAndLowBackHold) {
  const std::vector<JointDirection>& roles = known_joint_roles();
  const auto role = [&](const char* joint, const char* direction) {
    const JointDirection* line = find_direction(roles, joint, direction);
    EXPECT_NE(line, nullptr) << joint << " " << direction;
    return line == nullptr ? JointRole::kMobile : line->role;
  };
  EXPECT_EQ(role("hip", "extension"), JointRole::kMobile);
  EXPECT_EQ(role("ankle", "dorsiflexion"), JointRole::kMobile);
  EXPECT_EQ(role("low back", "extension"), JointRole::kStable);
  EXPECT_EQ(role("knee", "internal rotation"), JointRole::kStable);
  EXPECT_EQ(find_direction(roles, "knee", "purring"), nullptr);
}

TEST(JointRoles, NameCoordinatesThatTheBuiltInBodyHas) {
  const Model model =
      built_in_body(proportional_dimensions(1.75, 68.0, false), {.knee = KneeMotion::kFree});
  for (const JointDirection& line : known_joint_roles()) {
    EXPECT_TRUE(find_coordinate(model, line.coordinate) != kNone ||
                find_coordinate(model, line.coordinate + "_r") != kNone)
        << line.coordinate;
  }
}

TEST(JointRoles, CompareOnlyWithFiguresOfGradeAOrB) {
  int compared = 0;
  for (const JointDirection& line : known_joint_roles()) {
    if (line.capacity && line.capacity->grade == Grade::kC) {
      EXPECT_FALSE(threshold_rad(line)) << line.joint << " " << line.direction;
    }
    if (threshold_rad(line)) ++compared;
  }
  EXPECT_EQ(compared, 5);
  const JointDirection* hip = find_direction(known_joint_roles(), "hip", "extension");
  ASSERT_NE(hip, nullptr);
  EXPECT_NEAR(threshold_rad(*hip).value_or(0.0), 11.6 * kRadPerDeg, 1e-15);
  EXPECT_EQ(hip->sign, -1);
}

TEST(JointRoles, LowBackExtendsAsFarAsItsLevelsTogether) {
  // Pearcey's column is the source of both the capacity and the extension shares.
  const LowBackShares shares = published_low_back_shares();
  const JointDirection* line = find_direction(known_joint_roles(), "low back", "extension");
  ASSERT_NE(line, nullptr);
  const double whole_deg = threshold_rad(*line).value_or(0.0) * kDegPerRad;
  EXPECT_NEAR(shares.extension[0] * whole_deg, 5.0, 1e-12);
  EXPECT_NEAR(shares.extension[2] * whole_deg, 1.0, 1e-12);
}

TEST(JointRoles, ReadQuotedFieldsCommentsAndEmptyCapacities) {
  const Result<std::vector<JointDirection>> roles = parse_joint_roles(
      "# mine\r\n\n" + kHead +
          "hip, extension ,hip_flexion,-,stable,5,,A,\"exam, \"\"flat back\"\"\"\r\n"
          "neck,bending,neck_bending,both,mobile,,,,\n",
      "my.csv");
  ASSERT_TRUE(roles) << to_sentence(roles.error());
  ASSERT_EQ(roles->size(), 2U);
  const JointDirection& hip = roles->front();
  EXPECT_EQ(hip.direction, "extension");
  ASSERT_TRUE(hip.capacity);
  EXPECT_EQ(hip.capacity.value_or(PublishedCapacity()).source, "exam, \"flat back\"");
  EXPECT_TRUE(std::isnan(hip.capacity.value_or(PublishedCapacity()).sd_rad));
  EXPECT_EQ(roles->back().sign, 0);
  EXPECT_FALSE(roles->back().capacity);
}

TEST(JointRoles, APersonsOwnLinesGoBeforeTheTable) {
  const auto own = parse_joint_roles(kHead +
                                         "low back,extension,lumbar_extension,+,mobile,20,,A,me\n"
                                         "neck,bending,neck_bending,both,mobile,,,,\n",
                                     "my.csv");
  ASSERT_TRUE(own);
  const std::vector<JointDirection> roles = with_overrides(known_joint_roles(), *own);
  EXPECT_EQ(roles.size(), known_joint_roles().size() + 1);
  EXPECT_EQ(find_direction(roles, "low back", "extension")->role, JointRole::kMobile);
  EXPECT_EQ(find_direction(roles, "low back", "flexion")->role, JointRole::kStable);
  EXPECT_NE(find_direction(roles, "neck", "bending"), nullptr);
}

TEST(JointRoles, SayWhatIsWrongAndWhere) {
  EXPECT_EQ(error_of(""),
            "my.csv: there is no table in this file; begin with the heading that the "
            "program's own table has");
  EXPECT_EQ(
      error_of("joint,way\n"),
      "my.csv:1: this line has 2 fields; it needs 9; write text with commas in double quotes");
  EXPECT_EQ(error_of("joint,way,coordinate,sign,role,capacity_deg,sd_deg,grade,source"),
            "my.csv:1: column 2 is called 'way', not 'direction'; begin with the heading that the "
            "program's own table has");
  EXPECT_EQ(error_of(kHead + "hip,extension,hip_flexion,-,loose,,,,\n"),
            "my.csv:2: the role is 'loose'; give one of mobile, stable");
  EXPECT_EQ(error_of(kHead + "hip,extension,hip_flexion,minus,mobile,,,,\n"),
            "my.csv:2: the sign is 'minus'; give one of -, both, +");
  EXPECT_EQ(error_of(kHead + "hip,extension,hip_flexion,-,mobile,nan,,B,x\n"),
            "my.csv:2: the capacity_deg is 'nan'; give degrees between 0 and 180, such as 12.5");
  EXPECT_EQ(error_of(kHead + "hip,extension,hip_flexion,-,mobile,12,,,x\n"),
            "my.csv:2: the grade is ''; give one of A, B, C");
  EXPECT_EQ(error_of(kHead + "hip,extension,hip_flexion,-,mobile,12,,B,\n"),
            "my.csv:2: the capacity has no source; say where it is from");
  EXPECT_EQ(error_of(kHead + "hip,extension,hip_flexion,-,mobile,,3,,\n"),
            "my.csv:2: there is an SD or a grade but no capacity; give capacity_deg as well");
  EXPECT_EQ(error_of(kHead + "hip,,hip_flexion,-,mobile,,,,\n"),
            "my.csv:2: the direction is missing; name it");
  EXPECT_EQ(error_of(kHead + "hip,\"ext,hip_flexion,-,mobile,,,,\n"),
            "my.csv:2: a double quote is not closed; close it on the same line");
  const std::string line = "hip,extension,hip_flexion,-,mobile,,,,\n";
  EXPECT_EQ(error_of(kHead + line + line),
            "my.csv:3: 'hip extension' is there twice; keep one line of the two");
  EXPECT_EQ(error_of(std::string(70000, '#')),
            "my.csv: this is longer than a table of joints may be (64 kB); leave out what the "
            "program's own table says already");
}

}  // namespace
}  // namespace catena
