#include "catena/trajectories/ground_frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <string>

#include "catena/core/test_data.h"
#include "catena/recording/read_recording.h"
#include "catena/trajectories/test_walker.h"

namespace catena {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

GroundFrame frame_of(const Recording& recording, const BodyPoints& body = {},
                     const GroundFrameOptions& options = {}) {
  const Result<GroundFrame> frame = find_ground_frame(recording, body, options);
  EXPECT_TRUE(frame.has_value()) << (frame ? "" : to_sentence(frame.error()));
  return frame ? *frame : GroundFrame{};
}

/// A plate of 0.6 by 0.4 m in the floor, under the walker.
ForcePlateSetup plate_in_floor() {
  ForcePlateSetup plate;
  plate.type = 2;
  plate.corners_m << 0.6, 0.0, 0.0, 0.6,  //
      0.0, 0.0, 0.0, 0.0,                 //
      0.4, 0.4, 0.0, 0.0;
  return plate;
}

TEST(LabAxisText, NamesAllSixAndNothingElse) {
  for (const char* text : {"+x", "-x", "+y", "-y", "+z", "-z"}) {
    ASSERT_TRUE(axis_named(text)) << text;
    EXPECT_EQ(to_text(*axis_named(text)), text);
  }
  EXPECT_EQ(axis_named("y"), LabAxis::kPlusY);
  for (const char* text : {"", "+", "q", "xx", "X", "+-x", "auto"}) {
    EXPECT_FALSE(axis_named(text)) << text;
  }
}

TEST(GroundFrame, TurnsTheWalkerBackFromAllTwentyFourLaboratories) {
  WalkerOptions options;
  options.speed_m_s = 1.6;
  for (const bool treadmill : {false, true}) {
    options.treadmill = treadmill;
    const Recording walker = make_walker(options);
    for (const Eigen::Matrix3d& lab_from_ground : right_handed_turns()) {
      for (const BodyPoints& body : {BodyPoints{}, walker_body()}) {
        const GroundFrame frame = frame_of(seen_from(walker, lab_from_ground), body);
        EXPECT_TRUE(frame.ground_from_lab == lab_from_ground.transpose()) << to_text(frame);
        EXPECT_EQ(frame.treadmill, treadmill) << to_text(frame);
        EXPECT_NEAR(frame.speed_m_s, 1.6, 0.02) << to_text(frame);
        EXPECT_THAT(frame.notes, IsEmpty());
      }
    }
  }
}

TEST(GroundFrame, IsFoundFarFromTheOriginByTheSwingOfTheFeet) {
  WalkerOptions options;
  options.speed_m_s = 1.6;
  options.start_m = {3.0, -7.0, 5.0};
  for (const Eigen::Matrix3d& lab_from_ground : right_handed_turns()) {
    const GroundFrame frame = frame_of(seen_from(make_walker(options), lab_from_ground));
    EXPECT_TRUE(frame.ground_from_lab == lab_from_ground.transpose()) << to_text(frame);
  }
}

TEST(GroundFrame, OfStandingIsTheWayThatPelvisAndFeetFace) {
  for (const Eigen::Matrix3d& lab_from_ground : right_handed_turns()) {
    const GroundFrame frame = frame_of(seen_from(make_walker({}), lab_from_ground), walker_body());
    EXPECT_TRUE(frame.ground_from_lab == lab_from_ground.transpose()) << to_text(frame);
    EXPECT_FALSE(frame.treadmill);
    EXPECT_LT(frame.speed_m_s, 0.01);
  }
}

TEST(GroundFrame, OfStandingFacesAwayFromTheLineBetweenRightAndLeft) {
  BodyPoints body;
  body.right_of_pair = {0};
  body.left_of_pair = {1};
  for (const Eigen::Matrix3d& lab_from_ground : right_handed_turns()) {
    const GroundFrame frame = frame_of(seen_from(make_walker({}), lab_from_ground), body);
    EXPECT_TRUE(frame.ground_from_lab == lab_from_ground.transpose()) << to_text(frame);
  }
}

// Without labels nothing shows which way a standing person faces.
TEST(GroundFrame, OfStandingWithoutLabelsKeepsTheFilesForwardAxis) {
  const GroundFrame frame = frame_of(make_walker({}));
  EXPECT_TRUE(frame.ground_from_lab.isIdentity(0.0));
  EXPECT_EQ(frame.up.certainty, Certainty::kLikely);
  EXPECT_EQ(frame.forward.certainty, Certainty::kAssumed);
  Eigen::Matrix3d z_up;
  z_up << 1, 0, 0, 0, 0, -1, 0, 1, 0;
  const GroundFrame turned = frame_of(seen_from(make_walker({}), z_up));
  EXPECT_EQ(turned.up.axis, LabAxis::kPlusZ);
  EXPECT_EQ(turned.forward.axis, LabAxis::kPlusX);
}

TEST(GroundFrame, OfThreePointsIsTheFilesOwnAndSaysSo) {
  Recording recording;
  recording.points.labels = {"A", "B", "C"};
  recording.points.rate_hz = 100.0;
  recording.points.time_s = Eigen::VectorXd::LinSpaced(10, 0.0, 0.09);
  recording.points.points_m = Eigen::MatrixXd::Random(10, 9);
  const GroundFrame frame = frame_of(recording);
  EXPECT_TRUE(frame.ground_from_lab.isIdentity(0.0));
  EXPECT_EQ(frame.up.certainty, Certainty::kAssumed);
  EXPECT_THAT(frame.notes, ElementsAre(HasSubstr("y was taken")));
}

TEST(GroundFrame, OfNothingSeenIsTheFilesOwn) {
  Recording recording = make_walker({});
  recording.points.points_m.setConstant(std::nan(""));
  EXPECT_TRUE(frame_of(recording, walker_body()).ground_from_lab.isIdentity(0.0));
  recording.points.points_m.resize(0, recording.points.points_m.cols());
  recording.points.time_s.resize(0);
  EXPECT_TRUE(frame_of(recording, walker_body()).ground_from_lab.isIdentity(0.0));
}

// A crouched or lying body is longer than high; plates stay in the floor.
TEST(GroundFrame, FollowsThePlatesWhereTheShapeMisleads) {
  Eigen::Matrix3d lying;  // the walker on the back, head towards -x
  lying << 0, -1, 0, 1, 0, 0, 0, 0, 1;
  Recording recording = seen_from(make_walker({}), lying);
  for (Eigen::Index j = 0; j < 16; ++j) recording.points.points_m.col(3 * j + 1).array() += 0.3;
  EXPECT_EQ(frame_of(recording).up.axis, LabAxis::kMinusX);
  recording.plates = {plate_in_floor()};
  const GroundFrame frame = frame_of(recording);
  EXPECT_EQ(frame.up.axis, LabAxis::kPlusY);
  EXPECT_EQ(frame.up.certainty, Certainty::kSure);
  EXPECT_THAT(frame.up.by, HasSubstr("plates"));
}

TEST(GroundFrame, PlatesAreFoundInAllTwentyFourLaboratories) {
  Recording recording = make_walker({});
  recording.plates = {plate_in_floor()};
  for (const Eigen::Matrix3d& lab_from_ground : right_handed_turns()) {
    const GroundFrame frame = frame_of(seen_from(recording, lab_from_ground), walker_body());
    EXPECT_TRUE(frame.ground_from_lab == lab_from_ground.transpose()) << to_text(frame);
    EXPECT_THAT(frame.up.by, HasSubstr("plates lie across it and the pelvis"));
  }
}

TEST(GroundFrame, PlatesWithoutASizeOrOnASlopeSayNothing) {
  Recording recording = make_walker({});
  ForcePlateSetup plate = plate_in_floor();
  plate.corners_m *= 1e-3;
  recording.plates = {plate, ForcePlateSetup{}};
  EXPECT_THAT(frame_of(recording).up.by, Not(HasSubstr("plates")));
  plate = plate_in_floor();
  plate.corners_m.row(1) << 0.5, 0.0, 0.0, 0.5;
  recording.plates = {plate};
  EXPECT_THAT(frame_of(recording).up.by, Not(HasSubstr("plates")));
}

TEST(GroundFrame, KeepsTheFilesAxesWherePlatesAndLandmarksContradict) {
  Recording recording = make_walker({});
  recording.plates = {plate_in_floor()};
  recording.plates[0].corners_m.row(1) << 0.0, 0.0, 0.4, 0.4;  // a wall along x and y
  recording.plates[0].corners_m.row(2).setConstant(-0.9);
  const GroundFrame frame = frame_of(recording, walker_body());
  EXPECT_EQ(frame.up.axis, LabAxis::kPlusY);
  EXPECT_EQ(frame.up.certainty, Certainty::kAssumed);
  EXPECT_THAT(frame.notes, ElementsAre(HasSubstr("plates lie across z")));
}

TEST(GroundFrame, WalkingBackwardsIsAContradictionThatIsSaid) {
  WalkerOptions options;
  options.speed_m_s = -1.2;
  const GroundFrame frame = frame_of(make_walker(options), walker_body());
  EXPECT_TRUE(frame.ground_from_lab.isIdentity(0.0));
  EXPECT_THAT(frame.notes, ElementsAre(HasSubstr("goes along -x, but pelvis and feet face +x")));
}

TEST(GroundFrame, PointsThatStandInTheRoomAreNotTheBody) {
  WalkerOptions options;
  options.speed_m_s = 1.6;
  options.treadmill = true;
  Recording recording = make_walker(options);
  // A gate across the treadmill, wider than the person is tall.
  const Eigen::Index n_frames = recording.points.points_m.rows();
  Eigen::MatrixXd with_gate(n_frames, 16 * 3 + 4 * 3);
  with_gate.leftCols(48) = recording.points.points_m;
  for (Eigen::Index j = 0; j < 4; ++j) {
    with_gate.middleCols<3>(48 + 3 * j).rowwise() =
        Eigen::RowVector3d(0.5, 0.01, -2.0 + 1.5 * static_cast<double>(j));
    recording.points.labels.push_back("gate " + std::to_string(j));
  }
  recording.points.points_m = with_gate;
  const GroundFrame frame = frame_of(recording);
  EXPECT_EQ(frame.up.axis, LabAxis::kPlusY);
  EXPECT_TRUE(frame.treadmill);
  EXPECT_NEAR(frame.speed_m_s, 1.6, 0.02);
}

TEST(GroundFrame, WhatThePersonSaysGoesFirstAndADifferenceIsNoted) {
  WalkerOptions walking;
  walking.speed_m_s = 1.6;
  const Recording walker = make_walker(walking);
  GroundFrameOptions options;
  options.up = LabAxis::kMinusZ;
  GroundFrame frame = frame_of(walker, walker_body(), options);
  EXPECT_EQ(frame.ground_from_lab.row(1), Eigen::RowVector3d(0, 0, -1));
  EXPECT_EQ(frame.up.seen, LabAxis::kPlusY);
  EXPECT_THAT(frame.notes, ElementsAre(HasSubstr("-z was given as up, but the recording says y")));

  options = {};
  options.forward = LabAxis::kMinusX;
  frame = frame_of(walker, walker_body(), options);
  EXPECT_EQ(frame.ground_from_lab.row(0), Eigen::RowVector3d(-1, 0, 0));
  EXPECT_THAT(frame.notes,
              ElementsAre(HasSubstr("-x was given as forward, but the recording says +x")));

  options = {};
  options.up = LabAxis::kPlusY;
  options.forward = LabAxis::kPlusX;
  EXPECT_THAT(frame_of(walker, walker_body(), options).notes, IsEmpty());
}

TEST(GroundFrame, KeepsTheHorizontalAxesWhenAsked) {
  Eigen::Matrix3d turned;  // z up, walking along -x
  turned << -1, 0, 0, 0, 0, 1, 0, 1, 0;
  WalkerOptions walking;
  walking.speed_m_s = 1.6;
  GroundFrameOptions options;
  options.keep_forward = true;
  const GroundFrame frame = frame_of(seen_from(make_walker(walking), turned), {}, options);
  EXPECT_EQ(frame.up.axis, LabAxis::kPlusZ);
  EXPECT_EQ(frame.forward.axis, LabAxis::kPlusX);
}

TEST(GroundFrame, TreadmillOrGroundCanBeGiven) {
  WalkerOptions walking;
  walking.speed_m_s = 1.6;
  GroundFrameOptions options;
  options.treadmill = true;
  GroundFrame frame = frame_of(make_walker(walking), {}, options);
  EXPECT_TRUE(frame.treadmill);
  EXPECT_TRUE(std::isnan(frame.speed_m_s));  // the feet stand still: no belt is seen
  walking.treadmill = true;
  options.treadmill = false;
  frame = frame_of(make_walker(walking), {}, options);
  EXPECT_FALSE(frame.treadmill);
  EXPECT_LT(frame.speed_m_s, 0.01);
}

TEST(GroundFrame, UpAndForwardAlongOneAxisAreRefused) {
  GroundFrameOptions options;
  options.up = LabAxis::kPlusZ;
  options.forward = LabAxis::kMinusZ;
  const auto both = find_ground_frame(make_walker({}), {}, options);
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().code, Errc::kBadOption);
  options.up.reset();
  options.forward = LabAxis::kPlusY;
  const auto one = find_ground_frame(make_walker({}), walker_body(), options);
  ASSERT_FALSE(one);
  EXPECT_THAT(to_sentence(one.error()), HasSubstr("+y was given as forward, but y is up"));
}

// Each expectation was read off the recording itself: from the places of hip-bone, sacrum, heel and
// toe markers, the corners of the plates and the way that the points travel.
struct RealFile {
  const char* path;
  LabAxis up;
  LabAxis forward;
  bool treadmill;
  double speed_m_s;  // 0: stands
};

class RealRecording : public ::testing::TestWithParam<RealFile> {};

TEST_P(RealRecording, LiesAsItsLandmarksShow) {
  if (test_data().empty()) GTEST_SKIP() << "skipped: no ../shared/data";
  const RealFile& file = GetParam();
  auto recording = read_recording(test_data() / file.path);
  ASSERT_TRUE(recording) << to_sentence(recording.error());
  // With the plates, where there are any, and without: labels are not looked at here.
  for (const bool with_plates : {true, false}) {
    if (!with_plates) recording->plates.clear();
    const GroundFrame frame = frame_of(*recording);
    EXPECT_EQ(to_text(frame.up.axis), to_text(file.up)) << to_text(frame);
    EXPECT_EQ(to_text(frame.forward.axis), to_text(file.forward)) << to_text(frame);
    EXPECT_EQ(frame.treadmill, file.treadmill) << to_text(frame);
    EXPECT_NEAR(frame.speed_m_s, file.speed_m_s, 0.06 * file.speed_m_s) << to_text(frame);
  }
}

constexpr auto kX = LabAxis::kPlusX;
constexpr auto kMinusX = LabAxis::kMinusX;
constexpr auto kY = LabAxis::kPlusY;
constexpr auto kMinusY = LabAxis::kMinusY;
constexpr auto kZ = LabAxis::kPlusZ;

// Speeds: Dorn's and Fukuchi's from the names of the files; the others' from the first and the last
// place of the pelvis.
INSTANTIATE_TEST_SUITE_P(
    Trc, RealRecording,
    ::testing::Values(
        RealFile{"dorn2012/run0350cms.trc", kY, kX, false, 3.5},
        RealFile{"dorn2012/run0500cms.trc", kY, kX, false, 5.0},
        RealFile{"dorn2012/run0700cms.trc", kY, kX, false, 7.0},
        RealFile{"dorn2012/run0900cms.trc", kY, kX, false, 9.0},
        RealFile{"dorn2012/static.trc", kY, kX, false, 0.0},
        RealFile{"bmclab-run/motion_capture_run.trc", kY, kX, false, 2.6},
        RealFile{"bmclab-run/static_run.trc", kY, kX, false, 0.0},
        RealFile{"arnold2013-synthetic/subject01/trials/walk2/markers.trc", kY, kX, false, 1.25},
        RealFile{"trc-samples/Gait.trc", kZ, kMinusX, false, 1.4},
        RealFile{"trc-samples/SprintMotion.trc", kZ, kX, false, 0.9},
        RealFile{"opensim-core/formats/std_walking2_markers.trc", kZ, kX, false, 1.6},
        RealFile{"opensim-core/formats/std_walking5_markers.trc", kZ, kMinusX, false, 1.6},
        RealFile{"opensim-core/Scale/subject01_static.trc", kY, kX, false, 0.0}));

INSTANTIATE_TEST_SUITE_P(
    C3d, RealRecording,
    ::testing::Values(RealFile{"fukuchi2017/RBDS014/RBDS014runT25.c3d", kY, kX, true, 2.5},
                      RealFile{"fukuchi2017/RBDS014/RBDS014runT45.c3d", kY, kX, true, 4.5},
                      RealFile{"fukuchi2017/RBDS015/RBDS015runT35.c3d", kY, kX, true, 3.5},
                      RealFile{"fukuchi2017/RBDS020/RBDS020runT45.c3d", kY, kX, true, 4.5},
                      RealFile{"fukuchi2017/RBDS028/RBDS028runT25.c3d", kY, kX, true, 2.5},
                      RealFile{"fukuchi2017/RBDS028/RBDS028static.c3d", kY, kX, false, 0.0},
                      RealFile{"qualisys/Running_0002.c3d", kZ, kMinusX, false, 3.0},
                      RealFile{"opensim-core/formats/walking2.c3d", kZ, kX, false, 1.6},
                      RealFile{"opensim-core/formats/walking5.c3d", kZ, kMinusX, false, 1.6},
                      RealFile{"c3d-samples/sample02/Dec_real.c3d", kZ, kY, false, 1.4},
                      RealFile{"c3d-samples/sample10/TYPE-4.C3D", kZ, kX, false, 1.5},
                      RealFile{"c3d-samples/badParameterOffset.c3d", kZ, kMinusY, false, 4.4},
                      RealFile{"c3d-samples/Res16bits.c3d", kZ, kX, false, 0.0}));

}  // namespace
}  // namespace catena
