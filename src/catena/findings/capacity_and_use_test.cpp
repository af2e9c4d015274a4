#include "catena/findings/capacity_and_use.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catena/core/units.h"

namespace catena {
namespace {

using testing::HasSubstr;

Estimate about(double value_deg, double half_deg) {
  return {value_deg * kRadPerDeg, (value_deg - half_deg) * kRadPerDeg,
          (value_deg + half_deg) * kRadPerDeg, 0.90, ""};
}

RunFindings run_using(double hip_deg) {
  RunFindings run;
  run.has_run = true;
  run.legs[kRight].hip_use_rad = about(hip_deg, 0.5);
  return run;
}

Examination thomas(double value_deg, double sem_deg) {
  Examination exam;
  ExamValue value;
  value.test = "modified_thomas";
  value.side = kRight;
  value.value = value_deg * kRadPerDeg;
  value.sem = sem_deg * kRadPerDeg;
  exam.values.push_back(value);
  return exam;
}

RecordedCapacity recorded_at(double value_deg) {
  RecordedCapacity position;
  position.test = "modified_thomas";
  position.side = kRight;
  position.hip_extension_rad = about(value_deg, 0.5);
  position.file = "thomas_r.c3d";
  return position;
}

TEST(CapacityAndUse, TheUnknownOffsetLeavesMostHipsNotDistinguishable) {
  const auto rows = capacity_and_use(run_using(15.0), thomas(8.0, 2.5), {}, answer_rules());
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].verdict, CapacityVerdict::kNotDistinguishable);
  EXPECT_NEAR(rows[0].left_rad.value * kDegPerRad, 3.0, 1e-9);
  // 1.645 x the root of 2.5^2 + 7^2 + (0.5 / 1.645)^2
  EXPECT_NEAR((rows[0].left_rad.high - rows[0].left_rad.low) * kDegPerRad, 2.0 * 12.24, 0.1);
  EXPECT_FALSE(hip_end(rows, kRight, answer_rules().pattern).has_value());
}

TEST(CapacityAndUse, ARecordedPositionRemovesTheOffset) {
  const auto reached =
      capacity_and_use(run_using(15.0), thomas(40.0, 2.5), {recorded_at(15.0)}, answer_rules());
  ASSERT_EQ(reached.size(), 1u);
  EXPECT_EQ(reached[0].offset_sd_rad, 0.0);
  EXPECT_EQ(reached[0].verdict, CapacityVerdict::kReached);
  const auto not_reached =
      capacity_and_use(run_using(15.0), std::nullopt, {recorded_at(25.0)}, answer_rules());
  EXPECT_EQ(not_reached.at(0).verdict, CapacityVerdict::kNotReached);
  EXPECT_THAT(not_reached[0].sentence, HasSubstr("not a restriction for this run"));
}

TEST(CapacityAndUse, AHipThatIsUsedBeyondItsExaminedEndShowsTwoZerosNotAnEnd) {
  const auto rows = capacity_and_use(run_using(40.0), thomas(4.0, 2.5), {}, answer_rules());
  EXPECT_EQ(rows.at(0).verdict, CapacityVerdict::kNotDistinguishable);
  EXPECT_THAT(rows[0].sentence, HasSubstr("the two zeros lie further apart"));
}

TEST(CapacityAndUse, AValueWithoutAKnownErrorDecidesNothing) {
  const auto rows = capacity_and_use(
      run_using(5.0), thomas(60.0, std::numeric_limits<double>::quiet_NaN()), {}, answer_rules());
  EXPECT_EQ(rows.at(0).verdict, CapacityVerdict::kNotDistinguishable);
  EXPECT_THAT(rows[0].sentence, HasSubstr("no error of this test"));
}

TEST(CapacityAndUse, NothingIsSaidOfAJointThatTheRunDoesNotShow) {
  EXPECT_TRUE(capacity_and_use({}, thomas(10.0, 2.5), {}, answer_rules()).empty());
}

}  // namespace
}  // namespace catena
