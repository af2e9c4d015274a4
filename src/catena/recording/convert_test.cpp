#include "catena/recording/convert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/core/file.h"
#include "catena/core/test_data.h"
#include "catena/recording/c3d_equal.h"
#include "catena/recording/grf_file.h"
#include "catena/recording/table_file.h"
#include "catena/recording/trc.h"

namespace catena {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Convertible must_parse(const std::string& bytes, const std::string& source = "folder/run") {
  auto input = parse_convertible(bytes, source);
  EXPECT_TRUE(input) << source << ": " << to_sentence(input ? Error{} : input.error());
  return input ? std::move(*input) : Convertible{};
}

std::string must_convert(const Convertible& input, FileFormat format, const std::string& name,
                         std::vector<std::string>* notes = nullptr) {
  auto converted = convert(input, {{format, name}});
  EXPECT_TRUE(converted) << to_sentence(converted ? Error{} : converted.error());
  if (notes != nullptr && converted) *notes = converted->notes;
  return converted ? converted->contents[0] : "";
}

std::string why_not(const Convertible& input, FileFormat format) {
  const auto converted = convert(input, {{format, "run"}});
  return converted ? "was converted" : to_sentence(converted.error());
}

// Two markers in four frames from frame 11, of which some positions are lost.
C3dFile small_file() {
  C3dFile file;
  file.first_frame = 11;
  PointRecording& points = file.recording.points;
  points.rate_hz = 100.0;
  points.labels = {"RASI", "LASI"};
  points.time_s = Eigen::VectorXd::LinSpaced(4, 0.1, 0.13);
  points.points_m.resize(4, 6);
  points.points_m << 0.125, 1, 0.5, 0.25, 1, -0.5,  //
      0.375, 1.5, 0.5, nan, nan, nan,               //
      0.4, 1.1, 0.5, 0.3, 1.2, -0.25,               //
      nan, nan, nan, 0.3, 1.2, -0.25;
  AnalogRecording& analog = file.recording.analog;
  analog.rate_hz = 200.0;
  analog.labels = {"Fx", "Fy", "Fz", "Mx", "My", "Mz", "EMG", "EMG", ""};
  analog.units = {"N", "N", "N", "Nmm", "Nmm", "Nmm", "V", "V", "V"};
  analog.values = Eigen::MatrixXd::Constant(8, 9, 0.5);
  analog.values.col(2).setConstant(-700.0);
  ForcePlateSetup plate;
  plate.type = 2;
  plate.corners_m << 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0;
  plate.channels = {0, 1, 2, 3, 4, 5};
  plate.length_unit = "mm";
  file.recording.plates = {plate};
  file.recording.events = {{EventSide::kRight, "Foot Strike", 0.11}};
  file.recording.subject = "Jane";
  ModelOutput output;
  output.label = "LHipAngles";
  output.unit = "deg";
  output.values = Eigen::MatrixXd::Constant(4, 3, 2.0);
  file.recording.outputs = {output};
  return file;
}

Convertible small_input() {
  const auto bytes = write_c3d(small_file());
  EXPECT_TRUE(bytes) << to_sentence(bytes ? Error{} : bytes.error());
  return must_parse(bytes ? *bytes : "");
}

TEST(Convert, KnowsFormatsByTheirEndings) {
  EXPECT_EQ(format_named(".trc"), FileFormat::kTrc);
  EXPECT_EQ(format_named("C3D"), FileFormat::kC3d);
  EXPECT_EQ(format_named(".Mot"), FileFormat::kMot);
  EXPECT_EQ(format_named("sto"), FileFormat::kSto);
  for (const char* other : {"", ".", ".csv", ".c3d ", "trcx"}) {
    EXPECT_EQ(format_named(other), std::nullopt) << other;
  }
}

TEST(Convert, C3dBecomesTrcAndBackWithoutAnyChange) {
  const Convertible input = small_input();
  std::vector<std::string> notes;
  const std::string trc = must_convert(input, FileFormat::kTrc, "run", &notes);
  EXPECT_THAT(trc, HasSubstr("run.trc"));
  const Convertible between = must_parse(trc, "run.trc");
  EXPECT_TRUE(between.is_trc);
  EXPECT_THAT(between.notes, IsEmpty());
  std::vector<std::string> back_notes;
  const auto back = parse_c3d(must_convert(between, FileFormat::kC3d, "run", &back_notes), "run");
  ASSERT_TRUE(back) << to_sentence(back.error());
  EXPECT_THAT(back_notes, IsEmpty());
  const Recording& before = input.file->recording;
  EXPECT_EQ(back->recording.points.labels, before.points.labels);
  EXPECT_EQ(back->first_frame, 11);
  EXPECT_TRUE(same_values(back->recording.points.points_m, before.points.points_m));
  EXPECT_TRUE(same_values(back->recording.points.time_s, before.points.time_s));
}

TEST(Convert, WhatNoOutputHoldsIsListed) {
  const Convertible input = small_input();
  std::vector<std::string> notes;
  must_convert(input, FileFormat::kTrc, "run", &notes);
  EXPECT_THAT(notes, Contains("Not written: 9 analog channels at 200 Hz."));
  EXPECT_THAT(notes, Contains("Not written: 1 force plate."));
  EXPECT_THAT(notes, Contains("Not written: 1 model output (LHipAngles)."));
  EXPECT_THAT(notes, Contains("Not written: 1 event (Foot Strike)."));
  EXPECT_THAT(notes, Contains(AllOf(HasSubstr("parameters"), HasSubstr("the subject's name"))));
  // Several outputs together lose less.
  const auto all =
      convert(input, {{FileFormat::kTrc, "a"}, {FileFormat::kMot, "b"}, {FileFormat::kSto, "c"}});
  ASSERT_TRUE(all) << to_sentence(all.error());
  EXPECT_EQ(all->contents.size(), 3U);
  for (const char* kept : {"analog channels at", "force plate.", "marker."}) {
    EXPECT_THAT(all->notes, Not(Contains(HasSubstr(kept)))) << kept;
  }
  EXPECT_THAT(all->notes, Contains("Not written: 1 event (Foot Strike)."));
  // C3D to C3D loses nothing.
  const std::string c3d = must_convert(input, FileFormat::kC3d, "run", &notes);
  EXPECT_THAT(notes, IsEmpty());
  const auto again = parse_c3d(c3d, "folder/run");
  ASSERT_TRUE(again);
  EXPECT_EQ(first_difference(*input.file, *again), "");
}

TEST(Convert, ForcesAndChannelsOfAC3dFileAreReadBackAsTheyWere) {
  const Convertible input = small_input();
  const auto forces = parse_grf(must_convert(input, FileFormat::kMot, "run_grf"), "run_grf.mot");
  ASSERT_TRUE(forces) << to_sentence(forces.error());
  EXPECT_EQ(forces->name, "run_grf");
  ASSERT_EQ(forces->forces.size(), 1U);
  const RecordedForces plates = recorded_forces(input.file->recording);
  EXPECT_EQ(forces->forces[0].force_n, plates.plates[0].force_n);
  EXPECT_EQ(forces->forces[0].cop_m, plates.plates[0].cop_m);
  EXPECT_EQ(forces->time_s[0], 0.1);

  std::vector<std::string> notes;
  const auto table =
      parse_table(must_convert(input, FileFormat::kSto, "run_analog", &notes), "run_analog.sto");
  ASSERT_TRUE(table) << to_sentence(table.error());
  EXPECT_THAT(table->labels,
              ElementsAre("Fx", "Fy", "Fz", "Mx", "My", "Mz", "EMG", "EMG_2", "channel_9"));
  EXPECT_EQ(table->values, input.file->recording.analog.values);
  EXPECT_NEAR(table->time_s[7], 0.1 + 7.0 / 200.0, 1e-15);
  EXPECT_THAT(notes, Contains(HasSubstr("1 channel was renamed")));
  EXPECT_THAT(notes, Contains("Not written: the units of the analog channels."));
}

TEST(Convert, TablesBecomeTables) {
  const std::string mot =
      "name some.mot\ndatacolumns 3\ndatarows 2\nrange 0 "
      "1\nendheader\ntime\ta\tb\n0\t1\t2\n1\t3\tNaN\n";
  const Convertible input = must_parse(mot, "some.mot");
  const std::string sto = must_convert(input, FileFormat::kSto, "other");
  const auto table = parse_table(sto, "other.sto");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->name, "other");
  EXPECT_THAT(table->labels, ElementsAre("a", "b"));
  EXPECT_TRUE(same_values(table->values, input.table->values));
  EXPECT_THAT(why_not(input, FileFormat::kTrc), HasSubstr("a table has no markers"));
  EXPECT_THAT(why_not(input, FileFormat::kC3d), HasSubstr("a table has no markers"));
}

TEST(Convert, WhatIsNotThereIsOneSentence) {
  C3dFile file = small_file();
  file.recording.plates.clear();
  Convertible input;
  input.file = file;
  EXPECT_THAT(why_not(input, FileFormat::kMot), HasSubstr("there are no force plates"));
  input.file->recording.analog = {};
  EXPECT_THAT(why_not(input, FileFormat::kSto), HasSubstr("there are no analog channels"));
  input.file->recording.points.labels.clear();
  EXPECT_THAT(why_not(input, FileFormat::kTrc), HasSubstr("there are no markers"));
  EXPECT_THAT(all_formats(input), IsEmpty());
  input.file = small_file();
  input.file->recording.plates[0].type = 40;
  EXPECT_THAT(why_not(input, FileFormat::kMot), HasSubstr("no force plate can be used: Force"));
  EXPECT_THAT(all_formats(input), ElementsAre(FileFormat::kTrc, FileFormat::kSto));
}

TEST(Convert, WhatC3dCannotKeepOfATrcFileIsSaid) {
  Convertible input;
  input.is_trc = true;
  input.file.emplace();
  input.file->recording.points = small_file().recording.points;
  PointRecording& points = input.file->recording.points;
  points.time_s.array() += 0.004;
  points.points_m(1, 3) = 0.1;  // x alone
  points.points_m(0, 0) = 1.23456789012;
  std::vector<std::string> notes;
  must_convert(input, FileFormat::kC3d, "run", &notes);
  EXPECT_THAT(notes, Contains("1 position with one or two lost coordinates count as lost in C3D."));
  EXPECT_THAT(notes, Contains(HasSubstr("rounded to the 32 bits")));
  EXPECT_THAT(notes, Contains(HasSubstr("Times were moved by -0.004 s")));
}

TEST(Convert, LabelsThatATableCannotHoldAreChanged) {
  Convertible input;
  input.file = small_file();
  input.file->recording.points.labels = {"a\tb", "a_b"};
  std::vector<std::string> notes;
  const auto trc = parse_trc(must_convert(input, FileFormat::kTrc, "run", &notes), "run.trc");
  ASSERT_TRUE(trc) << to_sentence(trc.error());
  EXPECT_THAT(trc->labels, ElementsAre("a_b", "a_b_2"));
  EXPECT_THAT(notes, Contains(HasSubstr("2 markers were renamed")));
}

TEST(Convert, TurningTurnsPointsAndForcesTogether) {
  Eigen::Matrix3d ground_from_lab;
  ground_from_lab << 1, 0, 0, 0, 0, 1, 0, -1, 0;  // z was up
  Convertible input = small_input();
  const Convertible before = input;
  const auto done = turn(input, ground_from_lab);
  ASSERT_TRUE(done);
  EXPECT_EQ(input.file->recording.points.points_m(0, 1),
            before.file->recording.points.points_m(0, 2));
  EXPECT_EQ(input.file->recording.points.points_m(0, 2),
            -before.file->recording.points.points_m(0, 1));
  const RecordedForces was = recorded_forces(before.file->recording);
  const RecordedForces is = recorded_forces(input.file->recording);
  const PlateForces wanted = turned(was.plates[0], ground_from_lab);
  EXPECT_LT((is.plates[0].force_n - wanted.force_n).cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_LT((is.plates[0].cop_m - wanted.cop_m).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LT((is.plates[0].free_moment_nm - wanted.free_moment_nm).cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_THAT(input.notes, Contains("1 model output stayed in the axes of the file."));
  Convertible table;
  table.table.emplace();
  EXPECT_FALSE(turn(table, ground_from_lab));
}

TEST(Convert, EveryRealC3dFileComesBackFromTrc) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  int n_files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data)) {
    const std::string ending = entry.path().extension().string();
    if (ending != ".c3d" && ending != ".C3D") continue;
    const auto bytes = read_file(entry.path());
    ASSERT_TRUE(bytes);
    const std::string source = entry.path().string();
    const auto input = parse_convertible(*bytes, source);
    if (!input || input->file->recording.points.labels.empty()) continue;
    ++n_files;
    const Convertible between = must_parse(must_convert(*input, FileFormat::kTrc, "x"), "x.trc");
    const auto back = parse_c3d(must_convert(between, FileFormat::kC3d, "x"), "x.c3d");
    ASSERT_TRUE(back) << source << ": " << to_sentence(back.error());
    const PointRecording& was = input->file->recording.points;
    const PointRecording& is = back->recording.points;
    EXPECT_EQ(is.labels, was.labels) << source;
    EXPECT_EQ(is.rate_hz, was.rate_hz) << source;
    EXPECT_EQ(back->first_frame, input->file->first_frame) << source;
    EXPECT_TRUE(same_values(is.time_s, was.time_s, 1e-9)) << source;
    // Real millimetres come back bit for bit; integers and metres (sample15) are rounded to 32-bit
    // reals of millimetres: 0.0003 mm at most.
    const bool real =
        input->file->numbers == C3dNumbers::kReal && source.find("sample15") == std::string::npos;
    EXPECT_TRUE(same_values(is.points_m, was.points_m, real ? 1e-12 : 3e-7)) << source;
  }
  EXPECT_GE(n_files, 40);
}

TEST(Convert, EveryRealTrcFileComesBackFromC3d) {
  const auto data = test_data();
  if (data.empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  int n_files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data)) {
    if (entry.path().extension() != ".trc") continue;
    const auto bytes = read_file(entry.path());
    ASSERT_TRUE(bytes);
    const std::string source = entry.path().string();
    const auto input = parse_convertible(*bytes, source);
    if (!input) continue;  // broken on purpose
    ++n_files;
    const auto back = parse_c3d(must_convert(*input, FileFormat::kC3d, "x"), "x.c3d");
    ASSERT_TRUE(back) << source << ": " << to_sentence(back.error());
    const PointRecording& was = input->file->recording.points;
    EXPECT_EQ(back->recording.points.labels, was.labels) << source;
    const Eigen::MatrixXd difference_m =
        (back->recording.points.points_m - was.points_m).cwiseAbs();
    for (Eigen::Index i = 0; i < difference_m.size(); ++i) {
      // 24 bits of the coordinate; where one of three is lost all are.
      const double x = was.points_m.data()[i], d = difference_m.data()[i];
      EXPECT_TRUE(std::isnan(d) || d <= 6e-8 * std::abs(x) + 1e-12) << source;
    }
  }
  EXPECT_GE(n_files, 15);
}

}  // namespace
}  // namespace catena
