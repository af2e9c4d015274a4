#include "catena/recording/trc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "catena/core/test_data.h"

namespace catena {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string first_lines =
    "PathFileType\t4\t(X/Y/Z)\tC:\\my runs\\run 1.trc\n"
    "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
    "OrigNumFrames\n";

std::string header(const std::string& rate, const std::string& frames, const std::string& unit) {
  return first_lines + rate + "\t" + rate + "\t" + frames + "\t2\t" + unit + "\t" + rate + "\t1\t" +
         frames + "\nFrame#\tTime\tA\t\t\tB\t\t\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n";
}

std::string with_rows(const std::string& rows) { return header("100", "2", "mm") + rows; }

PointRecording must_parse(const std::string& bytes) {
  auto result = parse_trc(bytes, "folder/run.trc");
  EXPECT_TRUE(result) << to_sentence(result ? Error{} : result.error());
  return result ? *result : PointRecording{};
}

std::string sentence_of(const std::string& bytes) {
  const auto result = parse_trc(bytes, "run.trc");
  EXPECT_FALSE(result) << "was read";
  return result ? "" : to_sentence(result.error());
}

std::string replace(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

const std::string two_rows = "1\t0.00\t1\t2\t3\t4\t5\t6\n2\t0.01\t7\t8\t9\t10\t11\t12\n";

void expect_two_rows(const PointRecording& read) {
  EXPECT_THAT(read.labels, ElementsAre("A", "B"));
  ASSERT_EQ(read.points_m.rows(), 2);
  ASSERT_EQ(read.points_m.cols(), 6);
  EXPECT_DOUBLE_EQ(read.points_m(0, 0), 0.001);
  EXPECT_DOUBLE_EQ(read.points_m(1, 5), 0.012);
  EXPECT_DOUBLE_EQ(read.rate_hz, 100.0);
  EXPECT_DOUBLE_EQ(read.time_s[1], 0.01);
}

TEST(TrcReader, ReadsMillimetresAsMetres) {
  const PointRecording read = must_parse(with_rows(two_rows));
  expect_two_rows(read);
  EXPECT_EQ(read.name, "run");
  EXPECT_THAT(read.notes, IsEmpty());
}

TEST(TrcReader, ReadsMetresAndCentimetres) {
  EXPECT_DOUBLE_EQ(must_parse(header("100", "2", "m") + two_rows).points_m(0, 0), 1.0);
  EXPECT_DOUBLE_EQ(must_parse(header("100", "2", "cm") + two_rows).points_m(0, 0), 0.01);
}

TEST(TrcReader, ReadsAnyLineEnd) {
  const std::string text = with_rows(two_rows);
  expect_two_rows(must_parse(replace(text, "\n", "\r\n")));
  expect_two_rows(must_parse(replace(text, "\n", "\r")));
  expect_two_rows(must_parse(text.substr(0, text.size() - 1)));
}

TEST(TrcReader, PassesOverAByteOrderMark) {
  expect_two_rows(must_parse("\xef\xbb\xbf" + with_rows(two_rows)));
}

TEST(TrcReader, ReadsIrregularTabs) {
  const std::string text = with_rows(two_rows);
  expect_two_rows(must_parse(replace(text, "\n", "\t\t\t\n")));
  expect_two_rows(must_parse(replace(text, "Time\tA\t\t\tB\t\t\n", "Time\t\tA\t\tB\n")));
  expect_two_rows(must_parse(replace(text, "Time\tA\t\t\tB\t\t\n", "Time\tA\tB\n")));
  expect_two_rows(must_parse(replace(text, "\n\n", "\n")));
  expect_two_rows(must_parse(replace(text, "\n\n", "\n\t\t\t\n")));
  expect_two_rows(must_parse(replace(text, "\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n", "")));
  expect_two_rows(must_parse(replace(text, "100\t100\t2\t2", "  100 \t100\t   2\t 2")));
}

TEST(TrcReader, ReadsTablesSeparatedByBlanks) {
  expect_two_rows(must_parse(with_rows(replace(two_rows, "\t", "   "))));
}

TEST(TrcReader, ReadsBlanksAsLost) {
  const PointRecording read =
      must_parse(with_rows("1\t0.00\t\t\t\t4\t5\t6\n2\t0.01\t7\t8\t9\t  \t\t\n"));
  EXPECT_TRUE(read.points_m.row(0).head(3).array().isNaN().all());
  EXPECT_TRUE(read.points_m.row(1).tail(3).array().isNaN().all());
  EXPECT_DOUBLE_EQ(read.points_m(0, 3), 0.004);
}

TEST(TrcReader, ReadsNanInAnySpellingAsLost) {
  for (const char* spelling :
       {"NaN", "nan", "NAN", "-nan", "nan(ind)", "-nan(ind)", "   NaN", "1.#QNAN", "-1.#IND",
        "1.#J", "inf", "-Infinity", "1.#INF", "NA", "1e999"}) {
    const PointRecording read =
        must_parse(with_rows("1\t0.00\t1\t" + std::string(spelling) + "\t3\t4\t5\t6\n"));
    ASSERT_EQ(read.points_m.rows(), 1) << spelling;
    EXPECT_TRUE(std::isnan(read.points_m(0, 1))) << spelling;
    EXPECT_DOUBLE_EQ(read.points_m(0, 2), 0.003) << spelling;
  }
}

TEST(TrcReader, ReadsExponentsAndSigns) {
  const PointRecording read =
      must_parse(with_rows("1\t0.00\t-2.73E-01\t+1e3\t1.5e+2\t4\t.5\t6.\n"));
  EXPECT_DOUBLE_EQ(read.points_m(0, 0), -0.000273);
  EXPECT_DOUBLE_EQ(read.points_m(0, 1), 1.0);
  EXPECT_DOUBLE_EQ(read.points_m(0, 2), 0.15);
  EXPECT_DOUBLE_EQ(read.points_m(0, 4), 0.0005);
  EXPECT_DOUBLE_EQ(read.points_m(0, 5), 0.006);
}

TEST(TrcReader, BuildsTimeFromTheRateWhenTheColumnIsRounded) {
  std::string rows;
  for (int i = 0; i < 300; ++i) {
    char row[80];
    std::snprintf(row, sizeof row, "%d\t%.3f000\t1\t2\t3\t4\t5\t6\n", i + 401, 2.0 + i / 150.0);
    rows += row;
  }
  const PointRecording read = must_parse(header("150", "300", "mm") + rows);
  for (int i = 0; i < 300; ++i) ASSERT_NEAR(read.time_s[i], 2.0 + i / 150.0, 1e-12);
  EXPECT_THAT(read.notes, IsEmpty());
}

TEST(TrcReader, GivesDroppedRowsBackAsLostFrames) {
  const PointRecording read = must_parse(header("100", "4", "mm") +
                                         "1\t0.00\t1\t2\t3\t4\t5\t6\n2\t0.01\t1\t2\t3\t4\t5\t6\n"
                                         "5\t0.04\t7\t2\t3\t4\t5\t6\n6\t0.05\t8\t2\t3\t4\t5\t6\n");
  ASSERT_EQ(read.points_m.rows(), 6);
  EXPECT_TRUE(read.points_m.row(2).array().isNaN().all());
  EXPECT_TRUE(read.points_m.row(3).array().isNaN().all());
  EXPECT_DOUBLE_EQ(read.points_m(4, 0), 0.007);
  EXPECT_DOUBLE_EQ(read.time_s[5], 0.05);
  EXPECT_THAT(read.notes, ElementsAre(HasSubstr("2 frames are not in the file")));
}

TEST(TrcReader, TakesTheColumnsRateWhenTheHeadersIsStale) {
  const PointRecording read =
      must_parse(header("250", "3", "mm") +
                 "1\t0\t1\t2\t3\t4\t5\t6\n2\t0.04\t1\t2\t3\t4\t5\t6\n3\t0.08\t1\t2\t3\t4\t5\t6\n");
  EXPECT_NEAR(read.rate_hz, 25.0, 1e-9);
  EXPECT_NEAR(read.time_s[2], 0.08, 1e-12);
  EXPECT_THAT(read.notes, ElementsAre(HasSubstr("the column was taken")));
}

TEST(TrcReader, TakesTheColumnsRateThroughRounding) {
  std::string rows;
  for (int i = 0; i < 200; ++i) {
    char row[80];
    std::snprintf(row, sizeof row, "%d\t%.3f\t1\t2\t3\t4\t5\t6\n", i + 1, i / 120.0);
    rows += row;
  }
  const PointRecording read = must_parse(header("250", "200", "mm") + rows);
  EXPECT_NEAR(read.rate_hz, 120.0, 0.05);
  EXPECT_EQ(read.points_m.rows(), 200);
  EXPECT_THAT(read.notes, ElementsAre(HasSubstr("the column was taken")));
}

// Found by fuzzing: one long step made a rate of a frame in a quarter of an hour.
TEST(TrcReader, TakesNoRateFromASingleStep) {
  EXPECT_THAT(sentence_of(with_rows("1\t0\t1\t2\t3\t4\t5\t6\n1\t0\t1\t2\t3\t4\t5\t6\n"
                                    "2\t902\t1\t2\t3\t4\t5\t6\n")),
              HasSubstr("run.trc:9:2: time jumps from 0 s to 902 s"));
}

TEST(TrcReader, DoesWithoutATimeColumn) {
  const PointRecording read =
      must_parse(with_rows("1\t\t1\t2\t3\t4\t5\t6\n2\t\t7\t8\t9\t10\t11\t12\n"));
  expect_two_rows(read);
  EXPECT_THAT(read.notes, ElementsAre(HasSubstr("built from the rate")));
}

TEST(TrcReader, NotesAnotherNumberOfFramesThanClaimed) {
  EXPECT_THAT(
      must_parse(header("100", "9", "mm") + two_rows).notes,
      ElementsAre("The header says 9 frames, the file has 2: export it again if it was cut off."));
  EXPECT_THAT(must_parse(header("100", "1", "mm") + two_rows).notes,
              ElementsAre("The header says 1 frames, the file has 2."));
}

TEST(TrcReader, AllocatesForTheFileAndNotForItsClaim) {
  EXPECT_THAT(must_parse(header("100", "1000000000", "mm") + two_rows).notes,
              ElementsAre(HasSubstr("says 1e+09 frames")));
}

TEST(TrcReader, NamesPointsWithoutALabel) {
  const std::string text = first_lines +
                           "100\t100\t1\t3\tmm\t100\t1\t1\nFrame#\tTime\tA\t\t\t\t\t\tB\t\t\n"
                           "1\t0\t1\t2\t3\t4\t5\t6\t7\t8\t9\n";
  const PointRecording read = must_parse(text);
  EXPECT_THAT(read.labels, ElementsAre("A", "unlabelled_2", "B"));
  EXPECT_DOUBLE_EQ(read.points_m(0, 6), 0.007);
}

TEST(TrcReader, LeavesOutUnlabelledColumnsOnTheRight) {
  const PointRecording read = must_parse(with_rows("1\t0.00\t1\t2\t3\t4\t5\t6\t7\t8\t9\n"));
  EXPECT_EQ(read.points_m.cols(), 6);
  EXPECT_THAT(read.notes, Contains(HasSubstr("1 frames hold unlabelled points")));
}

TEST(TrcReader, RefusesARowThatIsAColumnShort) {
  EXPECT_THAT(sentence_of(with_rows("1\t0.00\t1\t2\t3\t4\t5\t6\n2\t0.01\t7\t8\t9\t10\t11\n")),
              HasSubstr("run.trc:8:7: 1 column is missing: the row has 7 of the 8"));
  EXPECT_THAT(sentence_of(with_rows("1\t0.00\t1\t2\t3\t4\n")), HasSubstr("2 columns are missing"));
}

TEST(TrcReader, RefusesAColumnShortWhereRowsEndInTabs) {
  EXPECT_THAT(sentence_of(with_rows("1\t0.00\t1\t2\t3\t4\t5\t6\t\n2\t0.01\t7\t8\t9\t10\t11\t\n")),
              HasSubstr("run.trc:8:7: 1 column is missing"));
  // but a blank last point, or a tab trimmed away behind a number, is fine
  must_parse(with_rows("1\t0.00\t1\t2\t3\t4\t5\t6\t\n2\t0.01\t7\t8\t9\t10\t11\t\t\n"));
  must_parse(with_rows("1\t0.00\t1\t2\t3\t4\t5\t6\t\n2\t0.01\t7\t8\t9\t10\t11\t12\n"));
}

TEST(TrcReader, RefusesWhatIsNoNumberAndSaysWhere) {
  EXPECT_THAT(sentence_of(with_rows("1\t0.00\t1\tabc\t3\t4\t5\t6\n")),
              HasSubstr("run.trc:7:4: 'abc' is not a number (A y)"));
  EXPECT_THAT(sentence_of(with_rows("1\t0,00\t1,5\t2\t3\t4\t5\t6\n")), HasSubstr("decimal points"));
  EXPECT_THAT(sentence_of(with_rows("1\t0.00\t1\t2\t3\t4\t5\t1-2\n")), HasSubstr("(B z)"));
}

TEST(TrcReader, RefusesADuplicateLabelByName) {
  EXPECT_THAT(sentence_of(replace(with_rows(two_rows), "\tB\t", "\tA\t")),
              HasSubstr("run.trc:4:6: the label 'A' stands twice, for points 1 and 2"));
}

TEST(TrcReader, RefusesRatesThatAreNone) {
  for (const char* rate : {"nan", "0", "-100", "inf", "1e-300", "1e300"}) {
    EXPECT_THAT(sentence_of(header(rate, "2", "mm") + two_rows),
                HasSubstr("run.trc:3:1: DataRate '" + std::string(rate) + "' is no frame rate"));
  }
  EXPECT_THAT(sentence_of(header("fast", "2", "mm") + two_rows), HasSubstr("is not a number"));
  EXPECT_THAT(sentence_of(header("", "2", "mm") + two_rows), HasSubstr("does not give DataRate"));
}

TEST(TrcReader, RefusesUnknownUnits) {
  EXPECT_THAT(sentence_of(header("100", "2", "furlong") + two_rows),
              HasSubstr("run.trc:3:5: the unit 'furlong' is not known; use mm, cm or m"));
  EXPECT_THAT(sentence_of(header("100", "2", "") + two_rows), HasSubstr("does not give Units"));
}

TEST(TrcReader, RefusesNoFramesAndNoMarkers) {
  EXPECT_THAT(sentence_of(with_rows("")), HasSubstr("there are no frames below the header"));
  EXPECT_THAT(sentence_of(replace(with_rows(two_rows), "A\t\t\tB\t\t", "")),
              HasSubstr("run.trc:4: the row of labels names no marker"));
}

TEST(TrcReader, RefusesAFileCutOffInItsHeader) {
  const std::string text = with_rows(two_rows);
  for (std::size_t length = 0; length < header("100", "2", "mm").size() + 10; ++length) {
    EXPECT_FALSE(parse_trc(text.substr(0, length), "run.trc")) << length;
  }
}

TEST(TrcReader, RefusesOtherKindsOfFiles) {
  EXPECT_THAT(sentence_of(""), HasSubstr("the file is empty"));
  EXPECT_THAT(sentence_of(" \n\t\n"), HasSubstr("nothing but blanks"));
  EXPECT_THAT(sentence_of(std::string("\x02\x50", 2) + std::string(600, '\0')),
              HasSubstr("this is a C3D file, not a TRC file"));
  EXPECT_THAT(sentence_of("<?xml version=\"1.0\"?>"), HasSubstr("this is XML"));
  EXPECT_THAT(sentence_of("Coordinates\nversion=1\n"),
              HasSubstr("run.trc:1: this is not a TRC file"));
  EXPECT_THAT(sentence_of(with_rows(two_rows) + std::string(1, '\0')), HasSubstr("binary"));
  EXPECT_THAT(sentence_of("\xff\xfeP"), HasSubstr("UTF-16"));
}

TEST(TrcReader, RefusesRecordingsThatWereJoined) {
  EXPECT_THAT(sentence_of(with_rows("1\t0.00\t1\t2\t3\t4\t5\t6\n2\t0.01\t1\t2\t3\t4\t5\t6\n"
                                    "3\t0.02\t1\t2\t3\t4\t5\t6\n1\t0.00\t1\t2\t3\t4\t5\t6\n")),
              HasSubstr("run.trc:10:2: time goes back from 0.02 s to 0 s"));
  EXPECT_THAT(sentence_of(with_rows("1\t0.00\t1\t2\t3\t4\t5\t6\n2\t0.01\t1\t2\t3\t4\t5\t6\n"
                                    "3\t0.02\t1\t2\t3\t4\t5\t6\n4\t60\t1\t2\t3\t4\t5\t6\n")),
              HasSubstr("run.trc:10:2: time jumps from 0.02 s to 60 s"));
}

TEST(TrcReader, SaysWhichFileIsMissing) {
  const auto result = read_trc("/no/such/file.trc");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::kCannotRead);
  EXPECT_THAT(to_sentence(result.error()), HasSubstr("/no/such/file.trc"));
}

PointRecording random_recording() {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(-3.0, 3.0);
  PointRecording recording;
  recording.name = "round trip";
  recording.rate_hz = 119.88012;
  recording.labels = {"C7", "R.ASIS", "a b"};
  recording.time_s.resize(50);
  recording.points_m.resize(50, 9);
  for (int i = 0; i < 50; ++i) {
    recording.time_s[i] = 1.25 + i / recording.rate_hz;
    for (int j = 0; j < 9; ++j) recording.points_m(i, j) = uniform(random);
  }
  recording.points_m.row(0).setConstant(std::nan(""));
  recording.points_m.block(20, 3, 10, 3).setConstant(std::nan(""));
  return recording;
}

void expect_same(const PointRecording& a, const PointRecording& b, double tolerance_m) {
  EXPECT_EQ(a.labels, b.labels);
  EXPECT_DOUBLE_EQ(a.rate_hz, b.rate_hz);
  ASSERT_EQ(a.points_m.rows(), b.points_m.rows());
  ASSERT_EQ(a.points_m.cols(), b.points_m.cols());
  EXPECT_LE((a.time_s - b.time_s).cwiseAbs().maxCoeff(), 1e-12);
  ASSERT_TRUE((a.points_m.array().isNaN() == b.points_m.array().isNaN()).all());
  const Eigen::ArrayXXd difference = (a.points_m - b.points_m).array().abs();
  EXPECT_LE(difference.isNaN().select(0.0, difference).maxCoeff(), tolerance_m);
}

TEST(TrcWriter, IsReadBackTheSame) {
  const PointRecording recording = random_recording();
  TrcWriteOptions options;
  expect_same(recording, must_parse(write_trc(recording, options)), 1e-15);
  options.unit = LengthUnit::kMetres;
  expect_same(recording, must_parse(write_trc(recording, options)), 0.0);
  options.unit = LengthUnit::kMillimetres;
  options.decimals = 3;
  expect_same(recording, must_parse(write_trc(recording, options)), 0.501e-6);
}

// Real files. Numbers of points and frames were counted by an independent script.
struct RealFile {
  const char* path;
  int n_points, n_frames;
  double rate_hz;
};

TEST(TrcReader, ReadsEveryRealFile) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const RealFile& file : std::initializer_list<RealFile>{
           {"dorn2012/run0350cms.trc", 53, 836, 250},
           {"dorn2012/run0500cms.trc", 53, 569, 250},
           {"dorn2012/run0700cms.trc", 51, 413, 250},
           {"dorn2012/run0900cms.trc", 53, 323, 250},
           {"dorn2012/static.trc", 57, 646, 250},
           {"bmclab-run/motion_capture_run.trc", 78, 123, 150},
           {"bmclab-run/static_run.trc", 78, 1500, 150},
           {"arnold2013-synthetic/subject01/trials/walk2/markers.trc", 64, 223, 200},
           {"arnold2013-synthetic/subject04/trials/walk2/markers.trc", 64, 223, 200},
           {"opensim-core/IK/abdbonepin.trc", 11, 1991, 100},
           {"opensim-core/IK/constraintTest.trc", 44, 2105, 200},
           {"opensim-core/IK/subject01_synthetic_marker_data.trc", 31, 73, 60},
           {"opensim-core/Scale/init100.trc", 22, 120, 120},
           {"opensim-core/Scale/subject01_static.trc", 49, 300, 60},
           {"opensim-core/formats/dataWithBlanksForMissingMarkers.trc", 40, 464, 250},
           {"opensim-core/formats/dataWithEformat.trc", 14, 5, 119.88012},
           {"opensim-core/formats/dataWithNaNsOfDifferentCases.trc", 14, 5, 250},
           {"opensim-core/formats/dataWithNaNsWithSpaces.trc", 42, 427, 100},
           {"opensim-core/formats/exampleFormat.trc", 3, 5, 100},
           {"opensim-core/formats/gait10dof18musc_walk_CRLF_line_ending.trc", 41, 10, 60},
           {"opensim-core/formats/std_walking2_markers.trc", 44, 126, 25},  // every tenth row
           {"opensim-core/formats/std_walking5_markers.trc", 40, 112, 25},
           {"trc-samples/SprintCalib.trc", 65, 337, 250},
           {"trc-samples/SprintMotion.trc", 59, 788, 250},
           {"trc-samples/Gait.trc", 33, 487, 100}}) {
    const auto read = read_trc(test_data() / file.path);
    ASSERT_TRUE(read) << to_sentence(read.error());
    EXPECT_EQ(static_cast<int>(read->labels.size()), file.n_points) << file.path;
    EXPECT_EQ(read->points_m.rows(), file.n_frames) << file.path;
    EXPECT_NEAR(read->rate_hz, file.rate_hz, 1e-3) << file.path;
  }
}

TEST(TrcReader, RefusesTheBrokenRealFiles) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto empty = read_trc(test_data() / "trc-samples/Empty.trc");
  ASSERT_FALSE(empty);
  EXPECT_THAT(to_sentence(empty.error()), HasSubstr("Empty.trc: the file is empty"));
  const auto truncated = read_trc(test_data() / "trc-samples/Truncated.trc");
  ASSERT_FALSE(truncated);
  EXPECT_THAT(to_sentence(truncated.error()),
              HasSubstr("Truncated.trc:2: the file ends inside its header"));
}

TEST(TrcWriter, WritesRealFilesThatAreReadBackTheSame) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  for (const char* path : {"dorn2012/run0700cms.trc", "trc-samples/Gait.trc"}) {
    const auto read = read_trc(test_data() / path);
    ASSERT_TRUE(read);
    expect_same(*read, must_parse(write_trc(*read)), 1e-14);
  }
}

}  // namespace
}  // namespace catena
