// A runner or walker in closed form, for tests: every measure of every stride is known.
#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "catena/gait/gait_event.h"
#include "catena/gait/gait_points.h"

namespace catena {

/// Feet stand on the belt and swing smoothly to their next place; the pelvis goes along evenly and
/// bounces twice a stride.
struct PlantedRunner {
  double rate_hz = 150.0;
  double first_s = 0.0;
  int n_strides = 12;
  double stride_s = 0.72;
  double left_after_right = 0.49;                  // contact of the left foot, of a stride
  std::array<double, 2> contact_s = {0.26, 0.25};  // right, left
  std::array<double, 2> step_m = {1.30, 1.22};     // to this foot from the other
  double width_m = 0.08;
  double bounce_m = 0.08;
  double hip_behind_m = 0.10;  // hips behind the right heel at its contact
  double drift_m_s = 0.0;      // of the runner over the room, forwards, on top
  bool treadmill = true;
  double event_sd_s = 0.0;
  Gait gait = Gait::kRunning;

  [[nodiscard]] double stride_m() const { return step_m[0] + step_m[1]; }
  [[nodiscard]] double speed_m_s() const { return stride_m() / stride_s; }
};

/// Contact of a foot, k strides after the first right one, on the clock of the points.
inline double planted_contact_s(const PlantedRunner& runner, Side side, int k) {
  return runner.first_s + 0.2 + runner.stride_s * (k + (side == kLeft) * runner.left_after_right);
}

inline std::pair<GaitPoints, GaitStrides> make_planted(const PlantedRunner& runner) {
  const double v = runner.speed_m_s();
  GaitPoints points;
  points.rate_hz = runner.rate_hz;
  const auto n = static_cast<Eigen::Index>(
      std::ceil((runner.stride_s * (runner.n_strides + 2) + 0.4) * runner.rate_hz));
  points.time_s = Eigen::VectorXd::LinSpaced(
      n, runner.first_s, runner.first_s + static_cast<double>(n - 1) / runner.rate_hz);
  points.belt_speed_m_s = runner.treadmill ? v - runner.drift_m_s : 0.0;
  // The way of the runner over the ground starts at the first right contact.
  const double start_s = planted_contact_s(runner, kRight, 0);
  points.pelvis_m.resize(n, 3);
  for (const Side side : kSides) {
    points.heel_m[side].resize(n, 3);
    points.toe_m[side].resize(n, 3);
    points.hip_m[side].resize(n, 3);
    for (Eigen::Index i = 0; i < n; ++i) {
      const double t = points.time_s[i];
      const double phase = (t - planted_contact_s(runner, side, 0)) / runner.stride_s;
      const double since_s = (phase - std::floor(phase)) * runner.stride_s;
      const double swing_s = since_s - runner.contact_s[side];
      double place_m = std::floor(phase) * runner.stride_m() + (side == kLeft) * runner.step_m[1];
      double height_m = 0.03;
      if (swing_s > 0.0) {
        const double u = swing_s / (runner.stride_s - runner.contact_s[side]);
        place_m += runner.stride_m() * u * u * (3.0 - 2.0 * u);
        height_m += 0.3 * u * (1.0 - u);
      }
      const double belt_m = points.belt_speed_m_s * (t - start_s);
      const double z_m = (side == kRight ? 0.5 : -0.5) * runner.width_m;
      points.heel_m[side].row(i) << place_m - belt_m, height_m, z_m;
      points.toe_m[side].row(i) << place_m - belt_m + 0.2, height_m, z_m;
      const double body_m = v * (t - start_s) - belt_m - runner.hip_behind_m;
      const double bounce = std::cos(4.0 * std::numbers::pi * (t - start_s) / runner.stride_s);
      const double up_m = 0.95 + 0.5 * runner.bounce_m * bounce;
      points.hip_m[side].row(i) << body_m, up_m - 0.05, 2.0 * z_m;
      points.pelvis_m.row(i) << body_m, up_m, 0.0;
    }
  }

  GaitStrides strides;
  for (int k = 0; k < runner.n_strides; ++k) {
    for (const Side side : kSides) {
      const Side other = side == kRight ? kLeft : kRight;
      const int other_k = side == kRight ? k : k + 1;
      Stride s;
      s.side = side;
      s.from_s = planted_contact_s(runner, side, k);
      s.to_s = planted_contact_s(runner, side, k + 1);
      s.toe_off_s = s.from_s + runner.contact_s[side];
      s.other_contact_s = planted_contact_s(runner, other, other_k);
      s.other_toe_off_s = planted_contact_s(runner, other, other_k - 1) + runner.contact_s[other];
      if (s.other_toe_off_s < s.from_s) s.other_toe_off_s += runner.stride_s;
      s.from_sd_s = s.to_sd_s = s.toe_off_sd_s = runner.event_sd_s;
      s.gait = runner.gait;
      strides.strides.push_back(s);
    }
  }
  return {points, strides};
}

}  // namespace catena
