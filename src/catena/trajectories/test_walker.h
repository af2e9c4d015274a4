// A person of a few points for the tests of this layer: stands, or goes at a steady speed.
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "catena/recording/recording.h"
#include "catena/trajectories/body_points.h"

namespace catena {

struct WalkerOptions {
  double speed_m_s = 0.0;  // over what the feet stand on
  bool treadmill = false;
  double seconds = 2.0;
  Eigen::Vector3d start_m = {0.3, 0.0, -0.2};
};

/// Points in ground (x forward, y up, z right): four of the pelvis, four of the thorax, heel and
/// toe of either foot, two on each thigh.
inline Recording make_walker(const WalkerOptions& options) {
  constexpr double kRate_hz = 100.0;    // NOLINT(readability-identifier-naming)
  constexpr double kStanding_s = 0.35;  // NOLINT(readability-identifier-naming)
  constexpr double kSwinging_s = 0.45;  // NOLINT(readability-identifier-naming)
  const auto n_frames = static_cast<Eigen::Index>(options.seconds * kRate_hz);
  Recording recording;
  PointRecording& points = recording.points;
  points.name = "walker";
  points.rate_hz = kRate_hz;
  points.time_s.resize(n_frames);
  points.labels = {"RASI", "LASI", "RPSI", "LPSI", "C7",   "STRN", "RSHO", "LSHO",
                   "RTHI", "LTHI", "RHEE", "RTOE", "LHEE", "LTOE", "RKNE", "LKNE"};
  points.points_m.resize(n_frames, 3 * static_cast<Eigen::Index>(points.labels.size()));
  for (Eigen::Index i = 0; i < n_frames; ++i) {
    const double t = static_cast<double>(i) / kRate_hz;
    points.time_s[i] = t;
    const double travelled_m = options.treadmill ? 0.0 : options.speed_m_s * t;
    // Who goes bobs by three centimetres.
    const double bob_m =
        options.speed_m_s == 0.0 ? 0.0 : 0.015 * std::sin(2.0 * std::numbers::pi * t / 0.4);
    const Eigen::RowVector3d body =
        options.start_m.transpose() + Eigen::RowVector3d(travelled_m, 0.0, 0.0);
    // Where a foot is with respect to the body: back with the ground, then forward through the air.
    const auto ankle = [&](double phase_s) -> Eigen::RowVector2d {
      if (options.speed_m_s == 0.0) return {-0.05, 0.05};
      const double step_m = options.speed_m_s * kStanding_s;
      const double part = std::fmod(t + phase_s, kStanding_s + kSwinging_s);
      if (part < kStanding_s) return {0.5 * step_m - options.speed_m_s * part, 0.05};
      const double swing = (part - kStanding_s) / kSwinging_s;
      return {0.5 * step_m * -std::cos(std::numbers::pi * swing),
              0.05 + 0.2 * std::sin(std::numbers::pi * swing)};
    };
    const Eigen::RowVector2d right = ankle(0.0);
    const Eigen::RowVector2d left = ankle(0.4);
    const double places[16][3] = {{0.08, 1.00, 0.12},
                                  {0.08, 1.00, -0.12},
                                  {-0.10, 1.02, 0.05},
                                  {-0.10, 1.02, -0.05},
                                  {-0.08, 1.45, 0.0},
                                  {0.10, 1.25, 0.0},
                                  {0.0, 1.40, 0.18},
                                  {0.0, 1.40, -0.18},
                                  {0.3 * right[0], 0.7, 0.14},
                                  {0.3 * left[0], 0.7, -0.14},
                                  {right[0] - 0.05, right[1], 0.1},
                                  {right[0] + 0.15, right[1], 0.12},
                                  {left[0] - 0.05, left[1], -0.1},
                                  {left[0] + 0.15, left[1], -0.12},
                                  {0.5 * right[0], 0.5, 0.14},
                                  {0.5 * left[0], 0.5, -0.14}};
    for (Eigen::Index j = 0; j < 16; ++j) {
      points.points_m.row(i).segment<3>(3 * j) =
          body + Eigen::RowVector3d(places[j][0], places[j][1], places[j][2]);
      if (places[j][1] > 0.9) points.points_m(i, 3 * j + 1) += bob_m;
    }
  }
  return recording;
}

/// What the walker's labels say of its points.
inline BodyPoints walker_body() {
  BodyPoints body;
  body.pelvis = {0, 1, 2, 3};
  body.pelvis_front = {0, 1};
  body.pelvis_back = {2, 3};
  body.feet = {{{10, 11}, {12, 13}}};
  body.heels = {{{10}, {12}}};
  body.toes = {{{11}, {13}}};
  body.right_of_pair = {0, 2};
  body.left_of_pair = {1, 3};
  return body;
}

/// The same recording in a laboratory with other axes.
inline Recording seen_from(const Recording& recording, const Eigen::Matrix3d& lab_from_ground) {
  Recording turned = recording;
  Eigen::MatrixXd& p = turned.points.points_m;
  for (Eigen::Index j = 0; j < p.cols(); j += 3) {
    p.middleCols<3>(j) = (p.middleCols<3>(j) * lab_from_ground.transpose()).eval();
  }
  for (ForcePlateSetup& plate : turned.plates) {
    plate.corners_m = (lab_from_ground * plate.corners_m).eval();
  }
  return turned;
}

/// All turns by multiples of 90 degrees that do not mirror.
inline std::vector<Eigen::Matrix3d> right_handed_turns() {
  std::vector<Eigen::Matrix3d> turns;
  for (int x = 0; x < 3; ++x) {
    for (int y = 0; y < 3; ++y) {
      if (x == y) continue;
      for (const double sx : {1.0, -1.0}) {
        for (const double sy : {1.0, -1.0}) {
          Eigen::Matrix3d turn;
          turn.col(0) = sx * Eigen::Vector3d::Unit(x);
          turn.col(1) = sy * Eigen::Vector3d::Unit(y);
          turn.col(2) = turn.col(0).cross(turn.col(1));
          turns.push_back(turn);
        }
      }
    }
  }
  return turns;
}

}  // namespace catena
