#include "catena/recording/table_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <random>

#include "catena/core/test_data.h"

namespace catena {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string opensim_head =
    "Coordinates\nversion=1\nnRows=2\nnColumns=3\ninDegrees=yes\n\nUnits\n";
const std::string small_table = "time\ta\tb\n0.1\t1\t-2.5\n0.2\t3\t4e2\n";

Table must_parse(const std::string& bytes) {
  auto result = parse_table(bytes, "folder/run.mot");
  EXPECT_TRUE(result) << to_sentence(result ? Error{} : result.error());
  return result ? *result : Table{};
}

std::string sentence_of(const std::string& bytes) {
  const auto result = parse_table(bytes, "run.mot");
  EXPECT_FALSE(result) << "was read";
  return result ? "" : to_sentence(result.error());
}

std::string replace(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

void expect_table(const Table& table) {
  EXPECT_THAT(table.labels, ElementsAre("a", "b"));
  ASSERT_EQ(table.values.rows(), 2);
  ASSERT_EQ(table.values.cols(), 2);
  EXPECT_EQ(table.time_s[1], 0.2);
  EXPECT_EQ(table.values(0, 1), -2.5);
  EXPECT_EQ(table.values(1, 1), 400.0);
}

TEST(TableReader, ReadsOpenSimsHeader) {
  const Table table = must_parse(opensim_head + "endheader\n" + small_table);
  expect_table(table);
  EXPECT_EQ(table.name, "Coordinates");
  EXPECT_TRUE(table.in_degrees);
  EXPECT_THAT(table.notes, IsEmpty());
}

TEST(TableReader, ReadsSimmsHeader) {
  for (const char* separator : {" ", "\t"}) {
    const std::string head = replace(
        "name my run.mot\ndatacolumns 3\ndatarows 2\nrange 0.1 0.2\nendheader\n", " ", separator);
    const Table table = must_parse(head + replace(small_table, "\t", separator));
    expect_table(table);
    EXPECT_FALSE(table.in_degrees);
    EXPECT_THAT(table.notes, ElementsAre(HasSubstr("does not say inDegrees")));
  }
}

TEST(TableReader, ReadsTheKeysWhateverTheirSpellingAndOrder) {
  const Table table = must_parse(
      "inDegrees = YES\t\t\nDataRate=100\nNCOLUMNS=3\ncomment = with = signs\nEndHeader\n" +
      small_table);
  expect_table(table);
  EXPECT_EQ(table.name, "run");
  EXPECT_TRUE(table.in_degrees);
}

TEST(TableReader, KnowsTheSentenceThatCameBeforeInDegrees) {
  EXPECT_TRUE(must_parse("x\nAngles are in degrees.\nendheader\n" + small_table).in_degrees);
  EXPECT_FALSE(must_parse("x\nAngles are in radians.\nendheader\n" + small_table).in_degrees);
}

TEST(TableReader, ReadsAnyLineEndAndByteOrderMark) {
  const std::string text = opensim_head + "endheader\n" + small_table;
  expect_table(must_parse(replace(text, "\n", "\r\n")));
  expect_table(must_parse(replace(text, "\n", "\r")));
  expect_table(must_parse("\xef\xbb\xbf" + text));
  expect_table(must_parse(replace(text, "\n", "\t\t\n")));
}

TEST(TableReader, ReadsRowsThatMixTabsAndBlanks) {
  expect_table(
      must_parse(opensim_head + "endheader\n\t\t\n \ntime\ta b\n0.1\t1\t-2.5\n0.2 3\t\t4e2\n"));
  expect_table(
      must_parse(opensim_head + "endheader\n   time   a  b\n  0.1  1 -2.5\n  0.2  3 4e2  \n"));
}

TEST(TableReader, ReadsBlanksAndNanInAnySpellingAsLost) {
  for (const char* lost : {"", " ", "NaN", "nan", "-nan(ind)", "-1.#IND", "inf"}) {
    const Table table = must_parse(opensim_head + "endheader\ntime\ta\tb\n0.1\t" + lost + "\t2\n");
    ASSERT_EQ(table.values.rows(), 1);
    EXPECT_TRUE(std::isnan(table.values(0, 0))) << lost;
    EXPECT_EQ(table.values(0, 1), 2.0);
  }
}

TEST(TableReader, SpreadsVectorsOverColumns) {
  const Table table = must_parse(
      "DataType=Vec3\nversion=2\nendheader\ntime\ta\tb\n"
      "0\t1,2,3\t4,5,6\n0.1\t7,nan,9\t-1,-2,-3\n");
  EXPECT_THAT(table.labels, ElementsAre("a_1", "a_2", "a_3", "b_1", "b_2", "b_3"));
  EXPECT_EQ(table.values(0, 4), 5.0);
  EXPECT_TRUE(std::isnan(table.values(1, 1)));
  EXPECT_EQ(table.values(1, 5), -3.0);
  EXPECT_THAT(sentence_of("DataType=Vec3\nendheader\ntime\ta\n0\t1,2\n"),
              HasSubstr("1 column is missing: the row has 3 of 4"));
}

TEST(TableReader, FindsTheTimeWhereverItStands) {
  const Table table = must_parse("x\nendheader\na\tTime\tb\n1\t0.1\t2\n");
  EXPECT_THAT(table.labels, ElementsAre("a", "b"));
  EXPECT_EQ(table.time_s[0], 0.1);
  EXPECT_EQ(table.values(0, 1), 2.0);
}

TEST(TableReader, BuildsTheTimeFromSimmsRange) {
  const Table table =
      must_parse("name x\ndatacolumns 1\ndatarows 3\nrange 0 1\nendheader\na\n5\n6\n7\n");
  EXPECT_EQ(table.time_s[1], 0.5);
  EXPECT_THAT(table.notes, Contains(HasSubstr("built from the header's range")));
  EXPECT_THAT(sentence_of("name x\nrange -1e308 1e308\nendheader\na\n5\n6\n"),
              HasSubstr("no column is called time"));
}

TEST(TableReader, NotesRowsAndColumnsThatDifferFromTheClaim) {
  const std::string text =
      replace(opensim_head, "nRows=2", "nRows=1000000000") + "endheader\n" + small_table;
  EXPECT_THAT(must_parse(text).notes, ElementsAre("The header says 1e+09 rows, the file has 2."));
  EXPECT_THAT(
      must_parse(replace(opensim_head, "nColumns=3", "nColumns=9") + "endheader\n" + small_table)
          .notes,
      ElementsAre(HasSubstr("says 9 columns, the row of labels names 3")));
  EXPECT_THAT(must_parse("inDegrees=no\nendheader\ntime\ta\n1\t1\n0.5\t1\n").notes,
              ElementsAre("Time goes back from 1 s to 0.5 s."));
}

TEST(TableReader, RefusesRowsThatDoNotFitAndSaysWhere) {
  const std::string head = opensim_head + "endheader\ntime\ta\tb\n0.1\t1\t2\n";
  EXPECT_THAT(sentence_of(head + "0.2\t3\n"),
              HasSubstr("run.mot:11:2: 1 column is missing: the row has 2 of 3"));
  EXPECT_THAT(sentence_of(head + "0.2\t3\t4\t5\n"), HasSubstr("run.mot:11:4: the row has more"));
  EXPECT_THAT(sentence_of(head + "0.2\tx\t4\n"), HasSubstr("run.mot:11:2: 'x' is not a number"));
  EXPECT_THAT(sentence_of(head + "0,2\t3\t4\n"), HasSubstr("decimal points"));
  EXPECT_THAT(sentence_of(head + "nan\t3\t4\n"), HasSubstr("run.mot:11:1: the row has no time"));
}

TEST(TableReader, NumbersLabelsThatStandTwice) {
  const Table table = must_parse("x\nendheader\ntime\ta\t\ta\tb\ta\n0\t1\t2\t3\t4\t5\n");
  EXPECT_THAT(table.labels, ElementsAre("a", "unlabelled", "a (2)", "b", "a (3)"));
  EXPECT_THAT(table.notes, Contains(HasSubstr("named unlabelled, a (2), a (3).")));
  EXPECT_EQ(table.values(0, 4), 5.0);
}

TEST(TableReader, RefusesTablesWithoutTimeRowsOrColumns) {
  EXPECT_THAT(sentence_of("x\nendheader\na\tb\n1\t2\n"), HasSubstr("no column is called time"));
  EXPECT_THAT(sentence_of("x\nendheader\ntime\ta\n"), HasSubstr("there are no rows"));
  EXPECT_THAT(sentence_of("x\nendheader\ntime\n1\n"), HasSubstr("no column beside time"));
  EXPECT_THAT(sentence_of("x\nendheader\n"), HasSubstr("ends before the row of labels"));
}

TEST(TableReader, RefusesOtherKindsOfFiles) {
  EXPECT_THAT(sentence_of(""), HasSubstr("the file is empty"));
  EXPECT_THAT(sentence_of("<xml/>"), HasSubstr("this is XML, not a MOT or STO table"));
  EXPECT_THAT(sentence_of("PathFileType\t4\n"), HasSubstr("this is a TRC file"));
  EXPECT_THAT(sentence_of("a,b\n1,2\n"), HasSubstr("run.mot:2: this is not a MOT or STO file"));
  EXPECT_THAT(sentence_of("x\nDataType=Matrix\nendheader\n"),
              HasSubstr("run.mot:2: the data type 'Matrix' is not known"));
}

TEST(TableWriter, IsReadBackTheSame) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal(0.0, 1e3);
  Table table;
  table.name = "round trip";
  table.in_degrees = true;
  table.labels = {"pelvis_tilt", "/jointset/a/b|value"};
  table.time_s = Eigen::VectorXd::LinSpaced(40, 0.0, 1.3);
  table.values = Eigen::MatrixXd::NullaryExpr(40, 2, [&] { return normal(random); });
  table.values(7, 1) = std::nan("");
  const Table read = must_parse(write_table(table));
  EXPECT_EQ(read.name, table.name);
  EXPECT_EQ(read.in_degrees, true);
  EXPECT_EQ(read.labels, table.labels);
  EXPECT_THAT(read.notes, IsEmpty());
  EXPECT_TRUE(read.time_s == table.time_s);
  EXPECT_TRUE(std::isnan(read.values(7, 1)));
  EXPECT_EQ((read.values.array() == table.values.array()).count(), 79);
}

// Found by fuzzing: a name that looks like a key or like another kind of file.
TEST(TableWriter, WritesAnyNameSoThatTheTableIsReadBack) {
  for (const char* name : {"\x89PNG", "endheader", "<run>", "{", "a=b", "nRows=1", "DataType=Vec3",
                           "PathFileType", "two\nlines", "", "name", "PK\x03\x04", "range 0 1"}) {
    Table table;
    table.name = name;
    table.labels = {"a"};
    table.time_s = Eigen::VectorXd::Zero(1);
    table.values = Eigen::MatrixXd::Ones(1, 1);
    const Table read = must_parse(write_table(table));
    EXPECT_EQ(read.values.size(), 1) << name;
    EXPECT_THAT(read.labels, ElementsAre("a")) << name;
  }
}

TEST(TableReader, ReadsEveryRealFile) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  int n_files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(test_data())) {
    const std::string ending = entry.path().extension().string();
    if (ending != ".mot" && ending != ".sto") continue;
    const auto table = read_table(entry.path());
    ++n_files;
    ASSERT_TRUE(table) << to_sentence(table.error());
    EXPECT_EQ(table->values.cols(), static_cast<Eigen::Index>(table->labels.size()));
  }
  EXPECT_GE(n_files, 20);
}

// The numbers of rows and columns are the files' own claims.
TEST(TableReader, GivesTheShapeThatRealFilesClaim) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const auto expert = read_table(test_data() / "dorn2012/run0700cms.mot");
  ASSERT_TRUE(expert) << to_sentence(expert.error());
  EXPECT_EQ(expert->values.rows(), 413);
  EXPECT_EQ(expert->values.cols(), 35);
  EXPECT_TRUE(expert->in_degrees);
  EXPECT_EQ(expert->labels[0], "pelvis_tilt");
  EXPECT_DOUBLE_EQ(expert->values(0, 0), -1.36593051);
  const auto forces = read_table(test_data() / "opensim-core/ID/subject01_walk1_grf.mot");
  ASSERT_TRUE(forces) << to_sentence(forces.error());
  EXPECT_EQ(forces->values.rows(), 9009);
  EXPECT_EQ(forces->values.cols(), 18);
  const auto spatial = read_table(test_data() / "opensim-core/formats/sampleOutputsSpatialVec.sto");
  ASSERT_TRUE(spatial) << to_sentence(spatial.error());
  EXPECT_EQ(spatial->values.cols(), 12);
  EXPECT_EQ(spatial->labels[11], "/model/slider|reaction_on_child_6");
}

}  // namespace
}  // namespace catena
