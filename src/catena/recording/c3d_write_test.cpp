// Writing C3D: what goes out comes back, and other programs find what they need.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "catena/recording/c3d.h"
#include "catena/recording/c3d_builder.h"
#include "catena/recording/c3d_equal.h"
#include "catena/recording/c3d_numbers.h"
#include "catena/recording/c3d_parameters.h"
#include "catena/recording/trc.h"

namespace catena {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr C3dProcessor kProcessors[] = {C3dProcessor::kIntel, C3dProcessor::kDec,
                                        C3dProcessor::kSgi};

C3dFile must_parse(std::string_view bytes) {
  auto file = parse_c3d(bytes, "run.c3d");
  if (!file) {
    ADD_FAILURE() << to_sentence(file.error());
    return {};
  }
  return std::move(*file);
}

std::string must_write(const C3dFile& file, const C3dWriteOptions& options = {}) {
  auto bytes = write_c3d(file, options);
  if (!bytes) {
    ADD_FAILURE() << to_sentence(bytes.error());
    return {};
  }
  return std::move(*bytes);
}

std::string refusal(const C3dFile& file, const C3dWriteOptions& options = {}) {
  const auto bytes = write_c3d(file, options);
  return bytes ? "it was written" : to_sentence(bytes.error());
}

double as_float(double value) { return static_cast<double>(static_cast<float>(value)); }

/// Everything that a recording can have, in numbers that 32 bits hold.
C3dFile full_file() {
  C3dFile file;
  Recording& recording = file.recording;
  PointRecording& points = recording.points;
  points.name = "run";
  points.rate_hz = 100.0;
  points.labels = {"Anna:LASI",
                   "H\xc3\xbc"
                   "fte"};
  points.time_s = Eigen::Vector3d(0.10, 0.11, 0.12);  // from frame 11 on
  std::mt19937 random(7);
  std::uniform_real_distribution<double> number(-2000.0, 2000.0);
  const auto fill = [&](Eigen::MatrixXd& values, Eigen::Index rows, Eigen::Index cols,
                        double unit) {
    values.resize(rows, cols);
    for (double& value : values.reshaped()) value = as_float(number(random)) / unit;
  };
  fill(points.points_m, 3, 6, 1000.0);
  points.points_m.row(1).head(3).setConstant(kNaN);
  for (const OutputKind kind : {OutputKind::kAngles, OutputKind::kForces, OutputKind::kMoments,
                                OutputKind::kPowers, OutputKind::kScalars}) {
    ModelOutput output;
    output.kind = kind;
    output.label = "Output" + std::to_string(static_cast<int>(kind));
    output.unit = kind == OutputKind::kAngles ? "deg" : "";
    fill(output.values, 3, 3, 1.0);
    recording.outputs.push_back(output);
  }
  AnalogRecording& analog = recording.analog;
  analog.rate_hz = 400.0;
  analog.labels = {"Fx", "Fy", "Fz", "Mx", "My", "Mz"};
  analog.units = {"N", "N", "N", "Nmm", "Nmm", "Nmm"};
  fill(analog.values, 12, 6, 1.0);
  ForcePlateSetup plate;
  plate.type = 4;
  plate.corners_m.setConstant(as_float(123.4) / 1000.0);
  plate.origin_m = Eigen::Vector3d(0.001, -0.002, as_float(-40.5) / 1000.0);
  plate.channels = {0, 1, 2, 3, 4, 5};
  plate.calibration = 500.0 * Eigen::MatrixXd::Identity(6, 6);
  plate.calibration(0, 5) = 3.0;
  plate.length_unit = "mm";
  plate.zero_from = 0;
  plate.zero_to = 8;
  recording.plates = {plate};
  recording.events = {{EventSide::kLeft, "Foot Strike", 0.11},
                      {EventSide::kRight, "Foot Off", 61.5}};
  recording.subject = "Anna";
  recording.maker = "Tracker 1.0";
  file.first_frame = 11;
  file.cameras_and_residual = Eigen::MatrixXf::Constant(3, 7, 515.0F);
  file.cameras_and_residual(1, 0) = -1.0F;
  return file;
}

TEST(C3dWriter, ARecordingWithoutGroupsComesBackWhole) {
  const C3dFile file = full_file();
  for (const C3dProcessor processor : kProcessors) {
    const C3dFile again = must_parse(must_write(file, {processor, C3dNumbers::kReal}));
    EXPECT_EQ(again.processor, processor);
    EXPECT_EQ(first_difference(file, again), "");
    EXPECT_TRUE(again.recording.points.notes.empty()) << again.recording.points.notes.front();
  }
}

TEST(C3dWriter, IntegersComeBackWithinTheirScale) {
  const C3dFile file = full_file();
  for (const C3dProcessor processor : kProcessors) {
    const C3dFile again = must_parse(must_write(file, {processor, C3dNumbers::kInteger}));
    EXPECT_EQ(again.numbers, C3dNumbers::kInteger);
    EXPECT_EQ(first_difference(file, again, 1.0 / 32000), "");
    // And from then on bit for bit.
    const C3dFile third = must_parse(must_write(again, {processor, C3dNumbers::kInteger}));
    EXPECT_EQ(first_difference(again, third), "");
  }
}

TEST(C3dWriter, ATrcRecordingGetsTheGroupsThatOthersNeed) {
  C3dFile file;
  file.recording.points.name = "run";
  file.recording.points.rate_hz = 250.0;
  file.recording.points.labels = {"C7"};
  file.recording.points.time_s = Eigen::Vector2d(0.0, 0.004);
  file.recording.points.points_m = Eigen::MatrixXd::Constant(2, 3, 0.5);
  const C3dFile again = must_parse(must_write(file));
  EXPECT_EQ(first_difference(file,
                             [&] {
                               C3dFile copy = again;  // its fourth words are new
                               copy.cameras_and_residual = file.cameras_and_residual;
                               return copy;
                             }()),
            "");
  const auto one = [&](const char* group, const char* name) {
    const auto numbers = counts_of(again.groups, group, name);
    return numbers.size() == 1 ? numbers[0] : kNaN;
  };
  EXPECT_EQ(one("POINT", "USED"), 1);
  EXPECT_EQ(one("POINT", "FRAMES"), 2);
  EXPECT_EQ(one("POINT", "RATE"), 250);
  EXPECT_LT(one("POINT", "SCALE"), 0);
  EXPECT_GE(one("POINT", "DATA_START"), 3);
  EXPECT_EQ(text_of(again.groups, "POINT", "UNITS"), "mm");
  EXPECT_EQ(one("ANALOG", "USED"), 0);
  EXPECT_EQ(one("ANALOG", "GEN_SCALE"), 1);
  EXPECT_EQ(one("FORCE_PLATFORM", "USED"), 0);
  for (const char* name : {"SCALE", "OFFSET", "LABELS", "UNITS"}) {
    EXPECT_NE(find_parameter(again.groups, "ANALOG", name), nullptr) << name;
  }
}

TEST(C3dWriter, CarriesGroupsThatItDoesNotOwn) {
  C3dFile file = full_file();
  C3dGroup group;
  group.name = "PROCESSING";
  group.description = "of the lab";
  group.locked = true;
  group.parameters = {{"Bodymass", "kg", true, {}, std::vector<float>{72.5F}},
                      {"BYTES", "", false, {2, 2}, std::vector<std::int8_t>{1, -2, 3, -4}},
                      {"TEXT", "", false, {3, 2}, std::string("ab c\xfc ")},
                      {"NONE", "", false, {0}, std::vector<std::int16_t>{}}};
  file.groups = {group};
  for (const C3dProcessor processor : kProcessors) {
    const C3dFile again = must_parse(must_write(file, {processor, C3dNumbers::kReal}));
    ASSERT_EQ(again.groups[0].name, "PROCESSING");
    EXPECT_EQ(again.groups[0].description, "of the lab");
    EXPECT_TRUE(again.groups[0].locked);
    ASSERT_EQ(again.groups[0].parameters.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
      const C3dParameter& before = group.parameters[i];
      const C3dParameter& after = again.groups[0].parameters[i];
      EXPECT_EQ(after.name, before.name);
      EXPECT_EQ(after.description, before.description);
      EXPECT_EQ(after.locked, before.locked);
      EXPECT_EQ(after.dims, before.dims);
      EXPECT_EQ(after.values, before.values);
    }
  }
}

TEST(C3dWriter, EveryRealWordBehindAnyScaleAndOffsetComesBack) {
  std::mt19937 random(11);
  std::uniform_int_distribution<std::uint32_t> bits;
  std::uniform_int_distribution<int> offset(-32768, 32767);
  std::uniform_real_distribution<float> ordinary(-5000.0F, 5000.0F);
  C3dBuilder builder;
  builder.n_points = 0;
  builder.analog_per_frame = 200;
  builder.samples_per_frame = 1;
  builder.last_frame = 50;
  std::vector<float> scales;
  std::vector<int> offsets;
  for (int i = 0; i < 200; ++i) {
    scales.push_back(ordinary(random) / 1000.0F);
    offsets.push_back(i % 3 == 0 ? 0 : offset(random));
  }
  builder.add_group(2, "ANALOG");
  builder.add_word(2, "USED", 200);
  builder.add_real(2, "GEN_SCALE", 0.3F);
  builder.add_reals(2, "SCALE", scales);
  builder.add_words(2, "OFFSET", offsets);
  for (int i = 0; i < 200 * 50; ++i) {
    // Half of them are counts or ordinary, the others any 32 bits.
    const float any = std::bit_cast<float>(bits(random));
    builder.add_number(i % 4 == 0   ? std::round(ordinary(random))
                       : i % 4 == 1 ? ordinary(random)
                                    : any);
  }
  const C3dFile file = must_parse(builder.bytes());
  EXPECT_EQ(first_difference(file, must_parse(must_write(file))), "");
}

TEST(C3dWriter, DecsRealsAreRoundedToTheNearest) {
  std::mt19937 random(3);
  std::uniform_int_distribution<std::uint32_t> any;
  for (int i = 0; i < 100000; ++i) {
    const std::uint32_t before = any(random);
    std::uint32_t after = 0;
    ASSERT_TRUE(to_dec_bits(from_dec_bits(before), after));
    // All numbers with an exponent of zero are zero.
    ASSERT_EQ(after, (before & 0x7f800000U) == 0 ? 0U : before);
  }
  std::uint32_t bits = 0;
  EXPECT_FALSE(to_dec_bits(std::ldexp(1.0, 127), bits));
  EXPECT_FALSE(to_dec_bits(std::ldexp(1.0 - std::ldexp(1.0, -26), 127), bits));  // rounds up to it
  EXPECT_TRUE(to_dec_bits(std::ldexp(1.0 - std::ldexp(1.0, -24), 127), bits));
  EXPECT_FALSE(to_dec_bits(kNaN, bits));
  EXPECT_TRUE(to_dec_bits(std::ldexp(1.0, -129), bits));
  EXPECT_EQ(bits, 0U);
}

TEST(C3dWriter, MoreThan255LabelsGoOnInLabels2) {
  C3dFile file;
  PointRecording& points = file.recording.points;
  points.rate_hz = 100.0;
  points.time_s = Eigen::VectorXd::Zero(1);
  points.points_m = Eigen::MatrixXd::Ones(1, 3 * 600);
  for (int i = 1; i <= 600; ++i) points.labels.push_back("Marker" + std::to_string(i));
  AnalogRecording& analog = file.recording.analog;
  analog.rate_hz = 100.0;
  analog.values = Eigen::RowVectorXd::LinSpaced(300, 1.0, 300.0);
  for (int i = 1; i <= 300; ++i) analog.labels.push_back("Ch" + std::to_string(i));
  for (const C3dNumbers numbers : {C3dNumbers::kReal, C3dNumbers::kInteger}) {
    const C3dFile again = must_parse(must_write(file, {C3dProcessor::kIntel, numbers}));
    EXPECT_EQ(again.recording.points.labels, points.labels);
    EXPECT_EQ(again.recording.analog.labels, analog.labels);
    EXPECT_NEAR(again.recording.analog.values(0, 299), 300.0, 300.0 / 32000);
    EXPECT_EQ(find_parameter(again.groups, "POINT", "LABELS2")->dims[1], 255);
    EXPECT_EQ(find_parameter(again.groups, "POINT", "LABELS3")->dims[1], 90);
    // New labels leave no old lists behind.
    C3dFile fewer = again;
    fewer.recording.points.labels = {"Marker1", "Other"};
    fewer.recording.points.points_m.conservativeResize(1, 6);
    const C3dFile third = must_parse(must_write(fewer));
    EXPECT_THAT(third.recording.points.labels, ElementsAre("Marker1", "Other"));
    EXPECT_EQ(find_parameter(third.groups, "POINT", "LABELS2"), nullptr);
  }
}

TEST(C3dWriter, MoreFramesThan16BitsCountAreWritten) {
  C3dFile file;
  PointRecording& points = file.recording.points;
  points.rate_hz = 100.0;
  points.labels = {"A"};
  points.time_s = Eigen::VectorXd::LinSpaced(70000, 5.0, 5.0 + 699.99);
  points.points_m = Eigen::MatrixXd::Constant(70000, 3, 0.25);
  points.points_m(69999, 2) = 0.5;
  const C3dFile again = must_parse(must_write(file, {C3dProcessor::kDec, C3dNumbers::kInteger}));
  EXPECT_EQ(again.first_frame, 501);
  EXPECT_EQ(again.recording.points.time_s.size(), 70000);
  EXPECT_EQ(again.recording.points.time_s[0], 5.0);
  EXPECT_NEAR(again.recording.points.points_m(69999, 2), 0.5, 1e-4);
  EXPECT_EQ(numbers_of(again.groups, "POINT", "LONG_FRAMES")[0], 70000.0);
  EXPECT_THAT(counts_of(again.groups, "TRIAL", "ACTUAL_START_FIELD"), ElementsAre(501, 0));
  EXPECT_THAT(counts_of(again.groups, "TRIAL", "ACTUAL_END_FIELD"), ElementsAre(4964, 1));
}

TEST(C3dWriter, ChangedPointsRenewWhatFollowsFromThem) {
  const C3dFile file = must_parse(must_write(full_file()));
  // A gap is filled, the last frame and an output are cut off, a marker gets another name.
  C3dFile changed = file;
  Recording& recording = changed.recording;
  recording.points.points_m.row(1).head(3).setConstant(0.25);
  recording.points.points_m.conservativeResize(2, 6);
  recording.points.time_s.conservativeResize(2);
  recording.analog.values.conservativeResize(8, 6);
  for (ModelOutput& output : recording.outputs) output.values.conservativeResize(2, 3);
  recording.outputs.pop_back();
  recording.points.labels[1] = "RASI";
  recording.plates.clear();
  recording.events.pop_back();
  recording.subject = "Bert";
  const C3dFile again = must_parse(must_write(changed));
  EXPECT_EQ(again.recording.points.points_m(1, 0), 0.25);
  EXPECT_EQ(again.cameras_and_residual(1, 0), 0.0F);  // no longer lost, but seen by no camera
  EXPECT_EQ(again.recording.points.points_m.rows(), 2);
  EXPECT_THAT(again.recording.points.labels, ElementsAre("Anna:LASI", "RASI"));
  EXPECT_EQ(again.recording.outputs.size(), 4U);
  EXPECT_TRUE(again.recording.plates.empty());
  EXPECT_EQ(again.recording.events.size(), 1U);
  EXPECT_EQ(again.recording.subject, "Bert");
  EXPECT_EQ(find_parameter(again.groups, "POINT", "SCALARS"), nullptr);
  EXPECT_TRUE(again.recording.points.notes.empty());
}

TEST(C3dWriter, IntegersKeepAScaleThatWillDoAndNoOther) {
  C3dFile file = full_file();
  file.groups = {};
  const C3dFile integers =
      must_parse(must_write(file, {C3dProcessor::kIntel, C3dNumbers::kInteger}));
  const double scale = numbers_of(integers.groups, "POINT", "SCALE")[0];
  EXPECT_NEAR(scale, 2000.0 / 32000, 0.01);
  C3dFile larger = integers;
  larger.recording.points.points_m(0, 0) = 20.0;
  const C3dFile again =
      must_parse(must_write(larger, {C3dProcessor::kIntel, C3dNumbers::kInteger}));
  EXPECT_NEAR(numbers_of(again.groups, "POINT", "SCALE")[0], 20000.0 / 32000, 1e-3);
  EXPECT_NEAR(again.recording.points.points_m(0, 0), 20.0, 1e-9);
}

TEST(C3dWriter, WhatTheFormatCannotHoldIsSaid) {
  C3dFile lost = full_file();
  lost.recording.analog.values(2, 1) = kNaN;
  EXPECT_EQ(
      refusal(lost, {C3dProcessor::kIntel, C3dNumbers::kInteger}),
      "run: frame 1: analog channel 2 holds what 16-bit integers cannot: lost samples, or too "
      "large a number; write it as reals");
  EXPECT_EQ(refusal(lost, {C3dProcessor::kDec, C3dNumbers::kReal}),
            "run: frame 1: analog channel 2 holds what DEC's reals cannot: 2^127 or more, or lost "
            "samples; write it for Intel");
  EXPECT_EQ(refusal(lost), "it was written");

  C3dFile label = full_file();
  label.recording.points.labels[0] = std::string(256, 'x');
  EXPECT_EQ(refusal(label),
            "POINT:LABELS: a text of 256 bytes is longer than C3D can hold (255); shorten it");

  C3dFile frames = full_file();
  frames.recording.points.time_s.resize(2);
  EXPECT_EQ(refusal(frames),
            "run: times, labels and points do not belong together; give each frame a row and each "
            "label its columns");
  EXPECT_THAT(refusal(C3dFile()), HasSubstr("times, labels and points"));

  C3dFile analog = full_file();
  analog.recording.analog.values.conservativeResize(10, 6);
  EXPECT_THAT(refusal(analog), HasSubstr("not the same whole number for each frame"));

  C3dFile groups = full_file();
  for (int i = 0; i < 127; ++i) {
    groups.groups.push_back({"G" + std::to_string(i), "", false, {}});
  }
  EXPECT_THAT(refusal(groups), HasSubstr("groups are more than C3D can hold (127)"));

  C3dFile dims = full_file();
  dims.groups = {{"G", "", false, {{"P", "", false, {256}, std::string(256, 'x')}}}};
  EXPECT_THAT(refusal(dims), HasSubstr("run: G:P: the parameter's name, dimensions or size"));
}

// Found by fuzzing.

// A hair below DEC's smallest number, as it comes back from metres to feet.
TEST(C3dWriter, DecsSmallestNumberIsRoundedToNotLost) {
  std::uint32_t bits = 0;
  ASSERT_TRUE(to_dec_bits(std::nextafter(std::ldexp(1.0, -128), 0.0), bits));
  EXPECT_EQ(from_dec_bits(bits), std::ldexp(1.0, -128));
  ASSERT_TRUE(to_dec_bits(std::ldexp(0.9, -128), bits));
  EXPECT_EQ(bits, 0U);
}

TEST(C3dWriter, DecOffsetsStayWhereOneChannelIsNearTheLargestNumber) {
  C3dBuilder builder(C3dProcessor::kDec);
  builder.n_points = 0;
  builder.analog_per_frame = 2;
  builder.samples_per_frame = 1;
  builder.last_frame = 1;
  builder.add_number(4.0e37F);
  builder.add_number(4.196e-5F);
  builder.add_group(2, "ANALOG");
  builder.add_reals(2, "SCALE", {1, 1});
  builder.add_words(2, "OFFSET", {0, -3599});
  const C3dFile file = must_parse(builder.bytes());
  const C3dFile again = must_parse(must_write(file, {C3dProcessor::kDec, C3dNumbers::kReal}));
  EXPECT_EQ(first_difference(file, again), "");
}

TEST(C3dWriter, ScalesThatStandInScale2AloneAreNone) {
  C3dBuilder builder;
  builder.n_points = 0;
  builder.analog_per_frame = 1;
  builder.samples_per_frame = 1;
  builder.add_number(3);
  builder.add_number(5);
  builder.add_group(2, "ANALOG");
  builder.add_reals(2, "SCALE2", {100});
  const C3dFile file = must_parse(builder.bytes());
  EXPECT_EQ(file.recording.analog.values(0, 0), 3.0);
  EXPECT_EQ(first_difference(file, must_parse(must_write(file))), "");
}

TEST(C3dWriter, PointsKeepTheirOrderWhereLabelsStandInLabels2Alone) {
  // Which points LABELS2 names is not known without LABELS: wrong names would be worse than none.
  C3dBuilder builder;
  builder.has_basics = false;
  builder.n_points = 2;
  builder.last_frame = 1;
  builder.add_point(1, 2, 3, 0.5F);
  builder.add_point(1, 2, 3, -1);
  builder.add_group(1, "POINT");
  builder.add_texts(1, "LABELS2", {"RKneeForce", "RASI"});
  const C3dFile file = must_parse(builder.bytes());
  EXPECT_THAT(file.recording.points.labels, ElementsAre("*1", "*2"));
  EXPECT_EQ(first_difference(file, must_parse(must_write(file))), "");
}

TEST(C3dWriter, ScalesThatDecDoesNotHaveAreMadeAnew) {
  C3dBuilder builder(C3dProcessor::kIntel, false);
  builder.scale = 1e-40F;
  builder.last_frame = 1;
  builder.analog_per_frame = 1;
  builder.samples_per_frame = 1;
  builder.add_point(1, 2, 3);
  builder.add_number(5);
  builder.add_group(2, "ANALOG");
  builder.add_reals(2, "SCALE", {1e-40F});
  builder.add_real(2, "GEN_SCALE", 1e37F);
  const C3dFile file = must_parse(builder.bytes());
  const C3dFile again = must_parse(must_write(file, {C3dProcessor::kDec, C3dNumbers::kReal}));
  EXPECT_NEAR(again.recording.analog.values(0, 0), 5e-3, 1e-7);
}

TEST(C3dWriter, RenamedPointsKeepTheirPlaceAndTheirFourthWord) {
  C3dBuilder builder;
  builder.has_basics = false;
  builder.n_points = 3;
  builder.last_frame = 1;
  for (int i = 1; i <= 3; ++i)
    builder.add_point(static_cast<float>(i), 0, 0, static_cast<float>(i));
  builder.add_group(1, "POINT");
  builder.add_texts(1, "LABELS", {"A", "RKneeAngles", "B"});
  C3dFile file = must_parse(builder.bytes());
  file.recording.points.labels = {"A", "C"};
  const C3dFile again = must_parse(must_write(file));
  EXPECT_EQ(first_difference(file, again), "");
  EXPECT_EQ(again.cameras_and_residual(0, 1), 2.0F);
  EXPECT_THAT(texts_of(again.groups, "POINT", "LABELS"), ElementsAre("A", "RKneeAngles", "C"));
}

TEST(C3dWriter, LettersBehindAZeroInAHeaderEventAreNone) {
  C3dBuilder builder;
  builder.add_point(1, 2, 3);
  builder.add_point(1, 2, 3);
  builder.event_times = {0.01F};
  builder.event_labels = std::string("R\0HS", 4);
  const C3dFile file = must_parse(builder.bytes());
  ASSERT_EQ(file.recording.events.size(), 1U);
  EXPECT_EQ(file.recording.events[0].label, "R");
  EXPECT_EQ(first_difference(file, must_parse(must_write(file))), "");
}

TEST(C3dWriter, LostSamplesBehindAScaleOfZeroStayLost) {
  C3dBuilder builder(C3dProcessor::kSgi);
  builder.n_points = 0;
  builder.analog_per_frame = 1;
  builder.samples_per_frame = 1;
  builder.add_number(std::numeric_limits<float>::quiet_NaN());
  builder.add_number(7);
  builder.add_group(2, "ANALOG");
  builder.add_reals(2, "SCALE", {0});
  const C3dFile file = must_parse(builder.bytes());
  EXPECT_TRUE(std::isnan(file.recording.analog.values(0, 0)));
  const C3dFile again = must_parse(must_write(file, {C3dProcessor::kSgi, C3dNumbers::kReal}));
  EXPECT_EQ(first_difference(file, again), "");
}

}  // namespace
}  // namespace catena
