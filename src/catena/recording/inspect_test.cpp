#include "catena/recording/inspect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "catena/core/test_data.h"

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

PointRecording three_points() {
  PointRecording recording;
  recording.rate_hz = 100.0;
  recording.labels = {"A", "B", "C"};
  recording.time_s = Eigen::VectorXd::LinSpaced(4, 1.0, 1.03);
  recording.points_m = Eigen::MatrixXd::Constant(4, 9, 1.0);
  recording.points_m.row(0).setConstant(2.0);
  return recording;
}

TEST(Inspection, TellsWhatIsInARecording) {
  const Inspection seen = inspect(three_points(), "run.trc");
  EXPECT_EQ(seen.kind, FileKind::kPoints);
  EXPECT_EQ(seen.n_frames, 4);
  EXPECT_DOUBLE_EQ(seen.last_s, 1.03);
  EXPECT_THAT(seen.losses, IsEmpty());
  EXPECT_THAT(seen.problems, IsEmpty());
  EXPECT_EQ(seen.low_m, Eigen::Vector3d::Constant(1.0));
  EXPECT_EQ(seen.high_m, Eigen::Vector3d::Constant(2.0));
}

TEST(Inspection, CountsNanAndTripleZerosAsLostAndPutsTheWorstFirst) {
  PointRecording recording = three_points();
  recording.points_m(3, 0) = kNaN;
  recording.points_m.col(0).head(1).setZero();  // one zero alone is a place
  recording.points_m.middleCols(3, 3).topRows(2).setZero();
  recording.points_m.rightCols(3).setConstant(kNaN);
  const Inspection seen = inspect(recording, "run.trc");
  ASSERT_EQ(seen.losses.size(), 3U);
  EXPECT_EQ(seen.losses[0].label, "C");
  EXPECT_EQ(seen.losses[1].label, "B");
  EXPECT_DOUBLE_EQ(seen.losses[1].fraction, 0.5);
  EXPECT_DOUBLE_EQ(seen.losses[2].fraction, 0.25);
  EXPECT_DOUBLE_EQ(seen.lost_fraction, 7.0 / 12.0);
  EXPECT_THAT(seen.problems,
              ElementsAre("never seen: C", "lost in more than 20 % of the frames: B, A"));
}

TEST(Inspection, DoubtsAUnitThatMakesTheRunnerAMouse) {
  PointRecording recording = three_points();
  recording.points_m *= 1e-3;
  EXPECT_THAT(inspect(recording, "x").problems,
              ElementsAre(HasSubstr("the points span 0.001 m: the unit may be wrong")));
}

TEST(Inspection, OfNothingSeenHasNoBox) {
  PointRecording recording = three_points();
  recording.points_m.setConstant(kNaN);
  const Inspection seen = inspect(recording, "x");
  EXPECT_TRUE(std::isnan(seen.low_m.x()));
  EXPECT_THAT(to_text(seen), ::testing::Not(HasSubstr("space")));
}

TEST(Inspection, ReadsAsText) {
  PointRecording recording = three_points();
  recording.points_m(3, 0) = kNaN;
  recording.notes = {"Something was assumed."};
  EXPECT_EQ(to_text(inspect(recording, "run.trc")),
            "run.trc: positions of points (TRC)\n"
            "  4 frames at 100 Hz, 0.030 s long (from 1.000 to 1.030 s)\n"
            "  3 points:\n"
            "      A B C\n"
            "  lost: 8.3 % of all; most in A 25.0 %\n"
            "  space: x 1.00 to 2.00, y 1.00 to 2.00, z 1.00 to 2.00 m\n"
            "  note: Something was assumed.\n"
            "  problem: lost in more than 20 % of the frames: A\n");
}

TEST(Inspection, ReadsATableAsText) {
  Table table;
  table.in_degrees = true;
  table.labels = {"hip", "knee"};
  table.time_s = Eigen::VectorXd::LinSpaced(11, 0.0, 0.1);
  table.values = Eigen::MatrixXd::Ones(11, 2);
  EXPECT_EQ(to_text(inspect(table, "run.mot")),
            "run.mot: a table over time (MOT or STO), angles in degrees\n"
            "  11 rows at 100 Hz, 0.100 s long (from 0.000 to 0.100 s)\n"
            "  2 columns:\n"
            "      hip knee\n"
            "  nothing is lost\n");
}

TEST(Inspection, BreaksLongLinesOfLabels) {
  PointRecording recording = three_points();
  recording.labels.assign(60, "LONGLABEL");
  recording.points_m = Eigen::MatrixXd::Ones(4, 180);
  const std::string text = to_text(inspect(recording, "x"));
  std::size_t start = 0;
  for (std::size_t end = 0; (end = text.find('\n', start)) != std::string::npos; start = end + 1) {
    EXPECT_LE(end - start, 100U);
  }
}

TEST(Inspection, TellsRealFilesApartByWhatIsInThem) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto points = inspect_file(test_data() / "dorn2012/run0700cms.trc");
  ASSERT_TRUE(points) << to_sentence(points.error());
  EXPECT_EQ(points->kind, FileKind::kPoints);
  EXPECT_EQ(points->labels.size(), 51U);
  const auto table = inspect_file(test_data() / "dorn2012/run0700cms.mot");
  ASSERT_TRUE(table) << to_sentence(table.error());
  EXPECT_EQ(table->kind, FileKind::kTable);
  EXPECT_NEAR(table->rate_hz, 250.0, 1e-6);
  EXPECT_FALSE(inspect_file(test_data() / "dorn2012/sprinter.osim"));
  EXPECT_FALSE(inspect_file(test_data() / "qualisys/Running_0002.c3d"));
}

}  // namespace
}  // namespace catena
