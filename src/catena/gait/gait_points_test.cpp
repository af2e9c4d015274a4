#include "catena/gait/gait_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <limits>

#include "catena/gait/planted_strides.h"

namespace catena {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Right heel and toe, left heel and toe, two markers of the pelvis, turned about the vertical.
Trajectories turned_runner(const GaitPoints& points, double heading_rad) {
  Trajectories out;
  out.name = "run";
  out.rate_hz = points.rate_hz;
  out.time_s = points.time_s;
  out.labels = {"RHEE", "RTOE", "LHEE", "LTOE", "RPEL", "LPEL"};
  out.points_m.resize(points.time_s.size(), 18);
  const Eigen::Matrix3d turn =
      Eigen::AngleAxisd(heading_rad, Eigen::Vector3d::UnitY()).toRotationMatrix();
  const Eigen::RowVector3d beside_m(0.0, 0.0, 0.12);
  const std::array<Eigen::MatrixX3d, 6> paths = {points.heel_m[0],
                                                 points.toe_m[0],
                                                 points.heel_m[1],
                                                 points.toe_m[1],
                                                 points.pelvis_m.rowwise() + beside_m,
                                                 points.pelvis_m.rowwise() - beside_m};
  for (std::size_t k = 0; k < paths.size(); ++k) {
    out.points_m.middleCols<3>(3 * static_cast<Eigen::Index>(k)) = paths[k] * turn.transpose();
  }
  return out;
}

BodyPoints known_body() {
  BodyPoints body;
  body.feet = {{{0, 1}, {2, 3}}};
  body.heels = {{{0}, {2}}};
  body.toes = {{{1}, {3}}};
  body.pelvis = {4, 5};
  return body;
}

GroundFrame frame_of(const GaitPoints& points) {
  GroundFrame frame;
  frame.treadmill = points.belt_speed_m_s > 0.0;
  frame.speed_m_s = points.belt_speed_m_s;
  return frame;
}

GaitPoints must_make(const Trajectories& points, const BodyPoints& body, const GroundFrame& frame) {
  const auto made = gait_points(points, body, frame);
  EXPECT_TRUE(made) << (made ? "" : to_sentence(made.error()));
  return made ? *made : GaitPoints{};
}

TEST(GaitPointsFromMarkers, AreTurnedOntoTheWayOfTheRunner) {
  for (const bool treadmill : {true, false}) {
    PlantedRunner runner;
    runner.treadmill = treadmill;
    const GaitPoints planted = make_planted(runner).first;
    const double heading_rad = -0.09;
    const GaitPoints found =
        must_make(turned_runner(planted, heading_rad), known_body(), frame_of(planted));
    EXPECT_NEAR(found.heading_rad, heading_rad, 2e-3) << treadmill;
    EXPECT_LT((found.heel_m[kRight] - planted.heel_m[kRight]).cwiseAbs().maxCoeff(),
              treadmill ? 0.01 : 0.08);
    EXPECT_LT((found.pelvis_m.col(1) - planted.pelvis_m.col(1)).norm(), 1e-9);
    EXPECT_EQ(found.belt_speed_m_s, planted.belt_speed_m_s);
    EXPECT_THAT(found.notes, IsEmpty());
  }
}

TEST(GaitPointsFromMarkers, HindmostAndForemostStandForHeelAndToe) {
  const GaitPoints planted = make_planted({}).first;
  BodyPoints body = known_body();
  body.heels = {};
  body.toes = {};
  const GaitPoints found = must_make(turned_runner(planted, 0.0), body, frame_of(planted));
  for (const Side side : kSides) {
    EXPECT_LT((found.heel_m[side] - planted.heel_m[side]).norm(), 1e-9);
    EXPECT_LT((found.toe_m[side] - planted.toe_m[side]).norm(), 1e-9);
    EXPECT_EQ(found.ball_m[side].rows(), 0);
    // Between the two, nearer to the toe.
    const Eigen::MatrixX3d ball_m = ball_of_foot_m(found, side);
    EXPECT_NEAR((ball_m - found.heel_m[side])(5, 0), 0.14, 1e-9);
  }
  ASSERT_THAT(found.notes, SizeIs(4));
  EXPECT_THAT(found.notes[0], HasSubstr("on the right heel: RHEE, the hindmost"));
  EXPECT_THAT(found.notes[3], HasSubstr("on the left toes: LTOE, the foremost"));
}

TEST(GaitPointsFromMarkers, MetatarsalHeadsAreTheBallAndNoToes) {
  const GaitPoints planted = make_planted({}).first;
  BodyPoints body = known_body();
  body.balls = body.toes;
  const GaitPoints found = must_make(turned_runner(planted, 0.0), body, frame_of(planted));
  EXPECT_LT((found.ball_m[kLeft] - planted.toe_m[kLeft]).norm(), 1e-9);
  EXPECT_LT((found.toe_m[kLeft] - planted.toe_m[kLeft]).norm(), 1e-9);  // the foremost known
}

TEST(GaitPointsFromMarkers, AMarkerThatIsHardlySeenIsLeftOutOfAMean) {
  const GaitPoints planted = make_planted({}).first;
  Trajectories points = turned_runner(planted, 0.0);
  points.points_m.middleCols<3>(15).topRows(300).setConstant(nan);  // LPEL
  const GaitPoints found = must_make(points, known_body(), frame_of(planted));
  EXPECT_TRUE(found.pelvis_m.allFinite());
  EXPECT_NEAR(found.pelvis_m(500, 2), 0.12, 2e-3);
}

TEST(GaitPointsFromMarkers, HipCentresComeFromTheAnteriorSpines) {
  // Spines 0.24 m apart, the sacrum 0.2 m behind them, level: Bell's regression by hand.
  Trajectories points;
  points.rate_hz = 100.0;
  points.time_s = Eigen::VectorXd::LinSpaced(2, 0.0, 0.01);
  points.labels = {"RASI", "LASI", "SACR", "RHEE", "RTOE"};
  points.points_m.resize(2, 15);
  points.points_m.rowwise() = (Eigen::RowVectorXd(15) << 0.1, 1.0, 0.12, 0.1, 1.0, -0.12, -0.1, 1.0,
                               0.0, 0.0, 0.0, 0.1, 0.2, 0.0, 0.1)
                                  .finished();
  BodyPoints body;
  body.pelvis = {0, 1, 2};
  body.pelvis_front = {0, 1};
  body.pelvis_back = {2};
  body.right_of_pair = {0};
  body.left_of_pair = {1};
  body.feet[kRight] = {3, 4};
  const GaitPoints found = must_make(points, body, {});
  const Eigen::RowVector3d right_m(0.1 - 0.19 * 0.24, 1.0 - 0.30 * 0.24, 0.36 * 0.24);
  EXPECT_LT((found.hip_m[kRight].row(1) - right_m).norm(), 1e-12);
  EXPECT_NEAR(found.hip_m[kLeft](1, 2), -right_m.z(), 1e-12);
  EXPECT_EQ(found.heel_m[kLeft].rows(), 0);
}

TEST(GaitPointsFromMarkers, WithoutFeetThereIsOneSentence) {
  const GaitPoints planted = make_planted({}).first;
  BodyPoints body = known_body();
  body.feet = {};
  const auto made = gait_points(turned_runner(planted, 0.0), body, frame_of(planted));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::kMissingData);
  EXPECT_THAT(to_sentence(made.error()), HasSubstr("no marker is known to be on a foot"));
}

}  // namespace
}  // namespace catena
