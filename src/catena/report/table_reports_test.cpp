// The files for other programs: curves.csv and the motions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "catena/core/units.h"
#include "catena/recording/table_file.h"
#include "catena/report/answer_fixture.h"
#include "catena/report/csv_report.h"
#include "catena/report/exam_page.h"
#include "catena/report/motion_report.h"
#include "catena/report/results_fixture.h"

namespace catena {
namespace {

using testing::HasSubstr;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(CurvesCsv, HasOneRowAFrameAndSide) {
  const auto lines = lines_of(render_curves_csv(fixture_results()));
  ASSERT_EQ(lines.size(), 1u + 4u * 2u * 6u);
  EXPECT_EQ(lines[0],
            "recording,demand,side,frame,time_s,thigh_deg,hip_deg,pelvis_deg,low_back_deg,"
            "lean_deg,is_peak,thigh_from_standing_deg,hip_from_standing_deg,"
            "pelvis_from_standing_deg,low_back_from_standing_deg,lean_from_standing_deg");
  // hip 0.1 rad, low back -0.05, lean 0.1 in the first frame.
  EXPECT_EQ(lines[1], "run1,3.5 m/s,right,0,0.000000,8.5944,5.7296,2.8648,-2.8648,5.7296,0,,,,,");
}

TEST(CurvesCsv, AddsTheAnglesAgainstStandingWhereThereIsATrial) {
  Results results = fixture_results();
  AngleCurves& from_standing = results.recordings[0].from_standing[kRight];
  from_standing = results.recordings[0].curves[kRight];
  from_standing.hip_rad.array() -= 0.05;
  const auto lines = lines_of(render_curves_csv(results));
  EXPECT_TRUE(lines[1].ends_with(",0,8.5944,2.8648,2.8648,-2.8648,5.7296"));
}

TEST(CurvesCsv, LeavesAnAngleThatIsNotKnownEmpty) {
  const auto lines = lines_of(render_curves_csv(fixture_without_thorax()));
  EXPECT_EQ(lines[4], "run1,3.5 m/s,right,3,0.012000,,9.1673,2.8648,,,0,,,,,");
}

TEST(CurvesCsv, MarksTheFramesOfPeaks) {
  Results results = fixture_results();
  results.legs[kLeft].strides[0].peak_frame = 2;
  const auto lines = lines_of(render_curves_csv(results));
  EXPECT_TRUE(lines[1 + 6 + 2].ends_with(",1,,,,,"));
  EXPECT_TRUE(lines[1 + 6 + 3].ends_with(",0,,,,,"));
}

TEST(CurvesCsv, QuotesNamesThatHoldCommasOrQuotes) {
  Results results = fixture_one_demand();
  results.recordings[0].demand = "5 m/s, uphill";
  EXPECT_THAT(render_curves_csv(results),
              HasSubstr("\"treadmill <fast> & \"\"steep\"\"\",\"5 m/s, uphill\",right,0,"));
}

TEST(TakeUpCsv, HasOneRowADemandAndLegThatAddsUp) {
  const auto lines = lines_of(render_take_up_csv(fixture_results()));
  ASSERT_EQ(lines.size(), 1u + 2u * 4u);
  EXPECT_TRUE(lines[1].starts_with("right,3.5 m/s,3,"));
  std::istringstream row(lines[1]);
  std::vector<double> numbers;
  for (std::string cell; std::getline(row, cell, ',');) {
    numbers.push_back(cell.empty() ? 0.0 : std::strtod(cell.c_str(), nullptr));
  }
  // thigh = hip + low back + lean; each is followed by its SD.
  EXPECT_NEAR(numbers[5] + numbers[7] + numbers[9], numbers[3], 1e-3);
  EXPECT_NEAR(numbers[6], 0.8 / std::sqrt(3.0), 1e-3);
  EXPECT_TRUE(lines[1].ends_with(",,"));  // the pelvis is given as its parts
}

TEST(TakeUpCsv, GivesThePelvisWithoutAThorax) {
  const auto lines = lines_of(render_take_up_csv(fixture_without_thorax()));
  EXPECT_FALSE(lines[1].ends_with(","));
  EXPECT_NE(lines[1].find(",,,,"), std::string::npos);
}

TEST(EvidenceCsv, HasOneRowAPieceOfEvidenceAndNoneWhereTheAnswerIsHeldBack) {
  const auto lines = lines_of(render_evidence_csv(fixture_yes()));
  ASSERT_EQ(lines.size(), 1u + 4u + 1u + 2u);
  EXPECT_TRUE(lines[2].starts_with("for,thomas,right,0.84,0,2,-7.2,11.2,deg,"));
  EXPECT_TRUE(lines[2].ends_with(",\"Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298\",B"));
  EXPECT_TRUE(lines[3].starts_with("for,runs_only,,0,1,,,,,"));
  EXPECT_TRUE(lines[5].starts_with("against,"));
  EXPECT_EQ(lines_of(render_evidence_csv(fixture_held_back())).size(), 1u);
}

TEST(ExamCsv, GivesEachValueInItsUnitAndWhatTheRunAsksOfTheSameDirection) {
  const auto lines = lines_of(render_exam_csv(fixture_yes()));
  ASSERT_EQ(lines.size(), 1u + 4u);
  EXPECT_EQ(lines[1],
            "modified_thomas,modified Thomas test: hip,right,2,5.6,deg,goniometer,1,,27,31,-4,-11,"
            "3,reached");
  EXPECT_EQ(lines[2], "fadir,\"FADIR: hip bent, turned in and across\",right,0,,finding,,,0,,,,,,");
  EXPECT_EQ(lines_of(render_exam_csv(fixture_cannot_tell())).size(), 1u);
}

TEST(MotionReport, ReadsBackInDegreesAndMetres) {
  const Results results = fixture_results();
  const Motion& motion = results.recordings[0].motion;
  const auto table =
      parse_table(render_motion(motion, results.coordinate_names, results.coordinate_is_rotation),
                  "run1_ik.mot");
  ASSERT_TRUE(table.has_value()) << to_sentence(table.error());
  EXPECT_TRUE(table->in_degrees);
  EXPECT_EQ(table->labels, results.coordinate_names);
  ASSERT_EQ(table->values.rows(), motion.q.rows());
  EXPECT_NEAR(table->values(0, 0), 0.5 * kDegPerRad, 1e-9);  // a rotation
  EXPECT_NEAR(table->values(0, 1), 0.5, 1e-9);               // a translation
  EXPECT_TRUE(std::isnan(table->values(3, 0)));
  EXPECT_NEAR(table->time_s(5), 0.02, 1e-9);
}

}  // namespace
}  // namespace catena
