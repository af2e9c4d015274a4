#include "catena/recording/c3d.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "catena/recording/c3d_builder.h"
#include "catena/recording/c3d_parameters.h"
#include "catena/recording/read_recording.h"

namespace catena {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr C3dProcessor kProcessors[] = {C3dProcessor::kIntel, C3dProcessor::kDec,
                                        C3dProcessor::kSgi};

C3dFile must_parse(const C3dBuilder& builder) {
  auto file = parse_c3d(builder.bytes(), "folder/run.c3d");
  if (!file) {
    ADD_FAILURE() << to_sentence(file.error());
    return {};
  }
  return std::move(*file);
}

std::vector<double> row(const Eigen::MatrixXd& values, Eigen::Index i) {
  std::vector<double> out;
  for (Eigen::Index j = 0; j < values.cols(); ++j) out.push_back(values(i, j));
  return out;
}

TEST(C3dReader, ReadsRealsOfEveryProcessorAlike) {
  for (const C3dProcessor processor : kProcessors) {
    C3dBuilder builder(processor);
    builder.add_point(1500.0F, -250.5F, 0.0625F, 1.0F);
    builder.add_point(0.0F, 3.0e-5F, -8.0e5F, 515.0F);
    const C3dFile file = must_parse(builder);
    EXPECT_EQ(file.processor, processor);
    const Recording& recording = file.recording;
    EXPECT_EQ(recording.points.name, "run");
    EXPECT_EQ(recording.points.rate_hz, 100.0);
    EXPECT_THAT(recording.points.labels, ElementsAre("M1"));
    EXPECT_THAT(row(recording.points.points_m, 0), ElementsAre(1.5, -0.2505, 6.25e-5));
    EXPECT_THAT(row(recording.points.points_m, 1), ElementsAre(0.0, 3.0e-5F / 1000.0, -800.0));
    EXPECT_EQ(file.cameras_and_residual(1, 0), 515.0F);
    EXPECT_EQ(recording.points.time_s[1], 0.01);
    EXPECT_THAT(recording.points.notes, Contains(HasSubstr("POINT:RATE")));
  }
}

TEST(C3dReader, ReadsIntegersOfEveryProcessorAlike) {
  for (const C3dProcessor processor : kProcessors) {
    C3dBuilder builder(processor, false);  // scale 0.5 mm
    builder.add_point(3000, -501, 32767, 0x1203);
    builder.add_point(-32768, 0, 1, -1);
    const C3dFile file = must_parse(builder);
    EXPECT_EQ(file.numbers, C3dNumbers::kInteger);
    EXPECT_THAT(row(file.recording.points.points_m, 0), ElementsAre(1.5, -0.2505, 16.3835));
    EXPECT_TRUE(file.recording.points.points_m.row(1).array().isNaN().all());
    EXPECT_EQ(file.cameras_and_residual(0, 0), 0x1203);
  }
}

TEST(C3dReader, ReadsDecsNumbersByTheirBits) {
  // Low byte first in each word, the word with sign and exponent first: 1, -1, pi, the largest,
  // zero with a fraction left over, and the smallest.
  C3dBuilder builder(C3dProcessor::kDec);
  builder.n_points = 2;
  builder.last_frame = 1;
  const unsigned char words[] = {0x80, 0x40, 0x00, 0x00, 0x80, 0xc0, 0x00, 0x00, 0x49, 0x41, 0xdb,
                                 0x0f, 0x00, 0x00, 0x00, 0x00, 0xff, 0x7f, 0xff, 0xff, 0x12, 0x00,
                                 0x34, 0x12, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
  builder.add_group(5, "POINT");
  builder.add_texts(5, "SCALARS", {"M2"});
  builder.data.assign(std::begin(words), std::end(words));
  const C3dFile file = must_parse(builder);
  EXPECT_THAT(row(file.recording.points.points_m, 0),
              ElementsAre(0.001, -0.001, 3.1415927410125732 / 1000.0));
  ASSERT_EQ(file.recording.outputs.size(), 1U);
  EXPECT_THAT(row(file.recording.outputs[0].values, 0),
              ElementsAre(std::ldexp(16777215.0, 127 - 24), 0.0, std::ldexp(1.0, -128)));
}

TEST(C3dReader, AnyNegativeScaleMeansReals) {
  for (const float scale : {-1.0F, -0.01F, -1000.0F}) {
    C3dBuilder builder;
    builder.scale = scale;
    builder.add_point(1000, 2000, 3000);
    builder.add_point(1000, 2000, 3000);
    EXPECT_THAT(row(must_parse(builder).recording.points.points_m, 0), ElementsAre(1, 2, 3));
  }
}

TEST(C3dReader, TurnsEveryUnitOfLengthIntoMetres) {
  const std::pair<const char*, double> units[] = {
      {"mm", 0.001},   {"MM", 0.001},          {"cm", 0.01},     {"m", 1.0}, {"mete", 1.0},
      {"meters", 1.0}, {"millimeters", 0.001}, {"inch", 0.0254}, {"", 0.001}};
  for (const auto& [unit, metres] : units) {
    C3dBuilder builder;
    builder.has_basics = false;
    builder.add_group(1, "POINT");
    builder.add_texts(1, "UNITS", {unit});
    builder.add_point(2, 4, 8);
    builder.add_point(2, 4, 8);
    const C3dFile file = must_parse(builder);
    EXPECT_NEAR(file.recording.points.points_m(0, 2), 8 * metres, 1e-15) << unit;
  }
  C3dBuilder builder;
  builder.has_basics = false;
  builder.add_group(1, "POINT");
  builder.add_texts(1, "UNITS", {"furlong"});
  builder.add_point(2, 4, 8);
  const auto file = parse_c3d(builder.bytes(), "run.c3d");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(to_sentence(file.error()),
            "run.c3d: POINT:UNITS: 'furlong' is no unit of length that is known here; export the "
            "recording in mm or m");
}

TEST(C3dReader, LostIsWhatHasNoResidualOrNoPlace) {
  C3dBuilder builder;
  builder.last_frame = 10;
  builder.add_point(1, 2, 3, 0);
  builder.add_point(1, 2, 3, -1);
  builder.add_point(kNaN, 2, 3, 0);
  builder.add_point(1, 2, std::numeric_limits<float>::infinity(), 0);
  builder.add_point(1, 9999999, 3, 0);
  builder.add_point(0, 0, 0, 0);
  builder.add_point(1, 2, 3, kNaN);
  builder.add_point(1, 2, 3, -0.5F);
  builder.add_point(1, -3.697314e28F, 3, 0);
  builder.add_point(-999999, -999999, -999999, 0);
  const C3dFile file = must_parse(builder);
  const Eigen::MatrixXd& points = file.recording.points.points_m;
  const bool lost[] = {false, true, true, true, true, false, true, true, true, true};
  for (Eigen::Index i = 0; i < 10; ++i) {
    EXPECT_EQ(points.row(i).array().isNaN().all(), lost[i]) << i;
    EXPECT_EQ(points.row(i).array().isNaN().any(), lost[i]) << i;
    EXPECT_EQ(file.cameras_and_residual(i, 0) < 0.0F, lost[i]) << i;
  }
  EXPECT_EQ(points(5, 0), 0.0);  // exact zeros are for the trajectories to judge
  EXPECT_THAT(file.recording.points.notes, Contains(HasSubstr("5 positions are no numbers")));
}

TEST(C3dReader, ScalesAnalogWordsOfSeveralSamplesAFrame) {
  for (const bool is_real : {true, false}) {
    C3dBuilder builder(C3dProcessor::kSgi, is_real);
    builder.analog_per_frame = 6;
    builder.samples_per_frame = 3;
    for (int frame = 0; frame < 2; ++frame) {
      builder.add_point(1, 2, 3);
      for (int sample = 0; sample < 3; ++sample) {
        builder.add_number(static_cast<float>(100 * frame + 10 * sample));
        builder.add_number(2048);
      }
    }
    builder.add_group(2, "ANALOG");
    builder.add_word(2, "USED", 2);
    builder.add_real(2, "RATE", 300);
    builder.add_real(2, "GEN_SCALE", 0.5F);
    builder.add_reals(2, "SCALE", {-1, 4});
    builder.add_words(2, "OFFSET", {0, 2047});
    builder.add_texts(2, "LABELS", {"Fz1", ""});
    builder.add_texts(2, "UNITS", {"N", "V"});
    const AnalogRecording analog = must_parse(builder).recording.analog;
    EXPECT_EQ(analog.rate_hz, 300.0);
    EXPECT_THAT(analog.labels, ElementsAre("Fz1", "channel_2"));
    EXPECT_THAT(analog.units, ElementsAre("N", "V"));
    ASSERT_EQ(analog.values.rows(), 6);
    EXPECT_THAT(row(analog.values.transpose(), 0), ElementsAre(0, -5, -10, -50, -55, -60));
    EXPECT_THAT(row(analog.values.transpose(), 1), ElementsAre(2, 2, 2, 2, 2, 2));
  }
}

TEST(C3dReader, UnsignedAnalogHasUnsignedWordsAndOffsets) {
  for (const std::string format : {"UNSIGNED", "SIGNED", ""}) {
    C3dBuilder builder(C3dProcessor::kIntel, false);
    builder.analog_per_frame = 1;
    builder.samples_per_frame = 1;
    for (int frame = 0; frame < 2; ++frame) {
      builder.add_point(1, 2, 3);
      builder.add_number(frame == 0 ? 40000 : 32768);
    }
    builder.add_group(2, "ANALOG");
    builder.add_word(2, "USED", 1);
    if (!format.empty()) builder.add_texts(2, "FORMAT", {format});
    builder.add_word(2, "BITS", 16);
    builder.add_reals(2, "SCALE", {1});
    builder.add_words(2, "OFFSET", {-32768});
    const AnalogRecording analog = must_parse(builder).recording.analog;
    // 40000 is -25536 as a signed word.
    const bool is_unsigned = format == "UNSIGNED";
    EXPECT_EQ(analog.values(0, 0), is_unsigned ? 40000 - 32768 : -25536 + 32768) << format;
    EXPECT_EQ(analog.values(1, 0), 0.0);
  }
}

TEST(C3dReader, FilesWithoutAnalogOrWithoutPointsOpen) {
  C3dBuilder points;
  points.add_point(1, 2, 3);
  points.add_point(1, 2, 3);
  EXPECT_EQ(must_parse(points).recording.analog.values.size(), 0);
  EXPECT_EQ(must_parse(points).recording.analog.rate_hz, 0.0);

  C3dBuilder analog;
  analog.n_points = 0;
  analog.analog_per_frame = 2;
  analog.samples_per_frame = 2;
  for (int i = 0; i < 4; ++i) analog.add_number(static_cast<float>(i));
  const Recording recording = must_parse(analog).recording;
  EXPECT_THAT(recording.points.labels, IsEmpty());
  EXPECT_EQ(recording.points.points_m.rows(), 2);
  EXPECT_EQ(recording.analog.values(3, 0), 3.0);
}

TEST(C3dReader, LabelsGoOnInLabels2AndLabels3) {
  C3dBuilder builder;
  builder.has_basics = false;
  builder.n_points = 520;
  builder.last_frame = 1;
  builder.analog_per_frame = 300;
  builder.samples_per_frame = 1;
  std::vector<std::string> labels;
  for (int i = 1; i <= 520; ++i) {
    labels.push_back("P" + std::to_string(i));
    builder.add_point(static_cast<float>(i), 0, 0);
  }
  for (int i = 1; i <= 300; ++i) builder.add_number(1);
  builder.add_group(1, "POINT");
  builder.add_texts(1, "UNITS", {"m"});
  // Not in order, as parameters may come.
  builder.add_texts(1, "LABELS3", {labels.begin() + 510, labels.end()}, 6);
  builder.add_texts(1, "LABELS", {labels.begin(), labels.begin() + 255}, 6);
  builder.add_texts(1, "LABELS2", {labels.begin() + 255, labels.begin() + 510}, 6);
  builder.add_group(2, "ANALOG");
  builder.add_reals(2, "SCALE", std::vector<float>(255, 1));
  builder.add_reals(2, "SCALE2", std::vector<float>(45, 7));
  builder.add_texts(2, "LABELS", {labels.begin(), labels.begin() + 255}, 6);
  builder.add_texts(2, "LABELS2", {labels.begin() + 255, labels.begin() + 300}, 6);
  const Recording recording = must_parse(builder).recording;
  EXPECT_EQ(recording.points.labels, labels);
  EXPECT_EQ(recording.points.points_m(0, 3 * 519), 520.0);
  EXPECT_EQ(recording.analog.labels[299], "P300");
  EXPECT_EQ(recording.analog.values(0, 254), 1.0);
  EXPECT_EQ(recording.analog.values(0, 255), 7.0);
}

TEST(C3dReader, LabelsStayAsSpelledButEachIsOnePoints) {
  C3dBuilder builder;
  builder.has_basics = false;
  builder.n_points = 8;
  builder.last_frame = 1;
  for (int i = 0; i < 8; ++i) builder.add_point(static_cast<float>(i), 0, 0);
  builder.add_group(1, "POINT");
  builder.add_texts(1, "LABELS",
                    {"Anna:LASI", "  RASI ", "LCOU", "LCOU", "*12", "", "LCOU_2", "LCOU"});
  const Recording recording = must_parse(builder).recording;
  EXPECT_THAT(recording.points.labels,
              ElementsAre("Anna:LASI", "RASI", "LCOU", "LCOU_3", "*12", "*6", "LCOU_2", "LCOU_4"));
  EXPECT_THAT(recording.points.notes, Contains(HasSubstr("A label stands more than once (LCOU)")));
  EXPECT_THAT(recording.points.notes, Contains(HasSubstr("A point has no label")));
}

TEST(C3dReader, NamesAreUtf8OrElseLatin1) {
  C3dBuilder builder;
  builder.has_basics = false;
  builder.n_points = 3;
  builder.last_frame = 1;
  for (int i = 0; i < 3; ++i) builder.add_point(1, 0, 0);
  builder.add_group(1, "POINT");
  builder.add_texts(1, "LABELS",
                    {"H\xc3\xbc"
                     "fte",
                     "H\xfc"
                     "fte2",
                     std::string("T8\0garbage", 10)});
  EXPECT_THAT(must_parse(builder).recording.points.labels, ElementsAre("H\xc3\xbc"
                                                                       "fte",
                                                                       "H\xc3\xbc"
                                                                       "fte2",
                                                                       "T8"));
}

TEST(C3dReader, ModelOutputsAreNoMarkers) {
  C3dBuilder builder;
  builder.has_basics = false;
  builder.n_points = 6;
  builder.last_frame = 1;
  for (int i = 1; i <= 6; ++i) builder.add_point(static_cast<float>(i), 0, 0);
  builder.add_group(1, "POINT");
  builder.add_texts(1, "UNITS", {"mm"});
  builder.add_texts(1, "LABELS", {"LASI", "Anna:Tilt", "RASI", "GRF1", "RKneeMoment", "Speed"});
  builder.add_texts(1, "ANGLES", {"Tilt"});
  builder.add_texts(1, "ANGLE_UNITS", {"deg"});
  builder.add_texts(1, "SCALARS", {"Speed"});
  const std::string pairs = "ANGLES    ANGLE     REACTIONS REACTION  ";
  builder.add_parameter(1, "TYPE_GROUPS", -1, {10, 2, 2}, pairs);
  builder.add_texts(1, "REACTIONS", {"GRF1"});
  builder.add_texts(1, "REACTION_UNITS", {"N"});
  const Recording recording = must_parse(builder).recording;
  EXPECT_THAT(recording.points.labels, ElementsAre("LASI", "RASI"));
  EXPECT_EQ(recording.points.points_m(0, 3), 0.003);
  ASSERT_EQ(recording.outputs.size(), 4U);
  EXPECT_EQ(recording.outputs[0].label, "Anna:Tilt");
  EXPECT_EQ(recording.outputs[0].kind, OutputKind::kAngles);
  EXPECT_EQ(recording.outputs[0].unit, "deg");
  EXPECT_EQ(recording.outputs[0].values(0, 0), 2.0);  // in its own unit, not turned into metres
  EXPECT_EQ(recording.outputs[1].unit, "N");
  EXPECT_EQ(recording.outputs[2].kind, OutputKind::kMoments);
  EXPECT_EQ(recording.outputs[3].kind, OutputKind::kScalars);
  EXPECT_THAT(recording.points.notes, Contains(HasSubstr("named like a Plug-in Gait output")));
}

TEST(C3dReader, EventsOfTheGroupCountMinutesAndSeconds) {
  C3dBuilder builder;
  builder.add_point(1, 2, 3);
  builder.add_point(1, 2, 3);
  builder.first_frame = 101;
  builder.last_frame = 102;
  builder.event_times = {0.01F};
  builder.event_labels = "RHS ";
  builder.add_group(6, "EVENT");
  builder.add_word(6, "USED", 3);
  builder.add_texts(6, "CONTEXTS", {"Left", "RIGHT", "General"});
  builder.add_texts(6, "LABELS", {"Foot Strike", "Foot Off", "Left Foot Off", "old"});
  builder.add_reals(6, "TIMES", {0, 1.5F, 2, 3.25F, 3, 0, 9, 9}, {2, 4});
  const Recording recording = must_parse(builder).recording;
  ASSERT_EQ(recording.events.size(), 3U);                 // USED says so
  EXPECT_EQ(recording.events[2].side, EventSide::kLeft);  // by its label
  EXPECT_EQ(recording.events[0].side, EventSide::kLeft);
  EXPECT_EQ(recording.events[0].label, "Foot Strike");
  EXPECT_EQ(recording.events[0].time_s, 1.5);
  EXPECT_EQ(recording.events[1].side, EventSide::kRight);
  EXPECT_EQ(recording.events[1].time_s, 123.25);
  EXPECT_THAT(recording.points.notes, Contains(HasSubstr("events of its own (1)")));
}

TEST(C3dReader, EventsOfTheHeaderCountFromTheFirstFrame) {
  for (const int key : {12345, 0}) {
    C3dBuilder builder;
    builder.add_point(1, 2, 3);
    builder.add_point(1, 2, 3);
    builder.first_frame = 101;
    builder.last_frame = 102;
    builder.event_times = {0.5F, 0.25F};
    builder.event_key = key;
    // Without the key, labels have two letters.
    builder.event_labels = key != 0 ? "RHS LTO " : "RHLT";
    const Recording recording = must_parse(builder).recording;
    ASSERT_EQ(recording.events.size(), 2U);
    EXPECT_EQ(recording.events[0].label, key != 0 ? "RHS" : "RH");
    EXPECT_EQ(recording.events[0].time_s, 1.5);
    EXPECT_EQ(recording.events[1].time_s, 1.25);
    EXPECT_EQ(recording.events[1].side, key != 0 ? EventSide::kLeft : EventSide::kGeneral);
  }
}

TEST(C3dReader, SubjectAndMakerAreNamed) {
  C3dBuilder builder;
  builder.add_point(1, 2, 3);
  builder.add_point(1, 2, 3);
  builder.add_group(3, "Manufacturer");
  builder.add_texts(3, "Company", {"Acme"});
  builder.add_texts(3, "Software", {"Tracker"});
  builder.add_words(3, "Version", {2, 10, 7});
  builder.add_group(4, "SUBJECTS");
  builder.add_texts(4, "NAMES", {"Anna", "Bert"});
  const Recording recording = must_parse(builder).recording;
  EXPECT_EQ(recording.maker, "Acme Tracker 2.10.7");
  EXPECT_EQ(recording.subject, "Anna");
}

TEST(C3dReader, LongCountsOfFramesComeFromManyPlaces) {
  enum class Place { kTrial, kLongFrames, kRealFrames, kUnsignedFrames };
  for (const Place place :
       {Place::kTrial, Place::kLongFrames, Place::kRealFrames, Place::kUnsignedFrames}) {
    const int n = place == Place::kUnsignedFrames ? 40000 : 70000;
    C3dBuilder builder(C3dProcessor::kIntel, false);
    builder.first_frame = 1;
    builder.last_frame = std::min(n, 65535);
    builder.add_group(9, "TRIAL");
    builder.add_group(8, "POINT");
    builder.add_word(8, "FRAMES", std::min(n, 65535));
    if (place == Place::kTrial) {
      builder.first_frame = 65535;
      builder.add_words(9, "ACTUAL_START_FIELD", {70001 & 0xffff, 70001 >> 16});
      builder.add_words(9, "ACTUAL_END_FIELD", {140000 & 0xffff, 140000 >> 16});
    }
    if (place == Place::kLongFrames) builder.add_real(8, "LONG_FRAMES", 70000);
    if (place == Place::kRealFrames) {
      builder = C3dBuilder(C3dProcessor::kIntel, false);
      builder.last_frame = 65535;
      builder.add_group(8, "POINT");
      builder.add_real(8, "FRAMES", 70000);
    }
    for (int i = 0; i < n; ++i) builder.add_point(static_cast<float>(i % 30000), 0, 0);
    const C3dFile file = must_parse(builder);
    const PointRecording& points = file.recording.points;
    ASSERT_EQ(points.time_s.size(), n);
    EXPECT_EQ(file.first_frame, place == Place::kTrial ? 70001 : 1);
    EXPECT_EQ(points.time_s[0], (file.first_frame - 1) / 100.0);
    EXPECT_EQ(points.points_m(n - 1, 0), 0.0005 * ((n - 1) % 30000));
    for (const std::string& note : points.notes) {
      EXPECT_EQ(note.find("number of frames"), std::string::npos) << note;
    }
  }
}

TEST(C3dReader, PlatesAreInMetresWithChannelsFromZero) {
  C3dBuilder builder;
  builder.analog_per_frame = 6;
  builder.samples_per_frame = 1;
  for (int frame = 0; frame < 2; ++frame) {
    builder.add_point(1, 2, 3);
    for (int i = 0; i < 6; ++i) builder.add_number(1);
  }
  builder.add_group(3, "FORCE_PLATFORM");
  builder.add_word(3, "USED", 1);
  builder.add_words(3, "TYPE", {2});
  builder.add_reals(3, "CORNERS", {600, 0, 0, 600, 400, 0, 0, 400, 0, 0, 0, 1}, {3, 4, 1});
  builder.add_reals(3, "ORIGIN", {1, -2, -40}, {3, 1});
  builder.add_words(3, "CHANNEL", {1, 2, 3, 4, 5, 7}, {6, 1});
  const Recording recording = must_parse(builder).recording;
  ASSERT_EQ(recording.plates.size(), 1U);
  const ForcePlateSetup& plate = recording.plates[0];
  EXPECT_EQ(plate.type, 2);
  EXPECT_EQ(plate.corners_m(1, 1), 0.4);
  EXPECT_EQ(plate.corners_m(2, 3), 0.001);
  EXPECT_EQ(plate.origin_m[2], -0.04);
  EXPECT_THAT(plate.channels, ElementsAre(0, 1, 2, 3, 4, -1));  // the seventh was not recorded
  EXPECT_EQ(plate.length_unit, "mm");
}

TEST(C3dReader, ParametersMayStandAnywhereAndBeforeTheirGroup) {
  C3dBuilder builder;
  builder.parameter_block = 5;
  builder.data_block = 9;
  builder.has_basics = false;
  builder.add_texts(17, "LABELS", {"C7"});
  builder.add_real(17, "RATE", 250);
  builder.add_group(17, "POINT");
  builder.add_texts(17, "UNITS", {"m"});
  builder.add_point(1, 2, 3);
  builder.add_point(1, 2, 3);
  const C3dFile file = must_parse(builder);
  EXPECT_THAT(file.recording.points.labels, ElementsAre("C7"));
  EXPECT_EQ(file.recording.points.points_m(1, 2), 3.0);
  ASSERT_EQ(file.groups.size(), 1U);
  EXPECT_EQ(file.groups[0].name, "POINT");
  EXPECT_EQ(file.groups[0].parameters.size(), 3U);
}

TEST(ReadRecording, TellsC3dAndTrcApartByTheirBytes) {
  C3dBuilder builder;
  builder.add_point(1, 2, 3);
  builder.add_point(1, 2, 3);
  const auto c3d = parse_recording(builder.bytes(), "really.trc");
  ASSERT_TRUE(c3d.has_value());
  EXPECT_EQ(c3d->format, "C3D (Intel, real)");
  const std::string text =
      "\tPathFileType\t4\t(X/Y/Z)\tx.trc\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\n"
      "100\t100\t1\t1\tmm\nFrame#\tTime\tA\t\t\n\t\tX1\tY1\tZ1\n\n1\t0\t1\t2\t3\n";
  const auto trc = parse_recording(text, "really.c3d");
  ASSERT_TRUE(trc.has_value()) << to_sentence(trc.error());
  EXPECT_EQ(trc->format, "TRC");
}

}  // namespace
}  // namespace catena
