// Smooth paths of feet and pelvis in the plane of progression. Used by marker_methods.
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "catena/gait/foot_swings.h"
#include "catena/gait/gait_points.h"

namespace catena {

/// (n_frames) each; NaN where lost.
struct SmoothPoint {
  Eigen::VectorXd x_m, y_m, vx_m_s, vy_m_s;
  Eigen::VectorXd impact_m_s2, jolt_m_s3;  // upwards; not in bridged gaps
  std::vector<bool> bridged;               // was lost, and lies in a gap short enough to cross
};

struct GaitPaths {
  double rate_hz = 0.0;
  SmoothPoint pelvis;             // empty: there is none
  Eigen::VectorXd pelvis_up_m_s;  // smoother; not in bridged gaps
  std::array<SmoothPoint, 2> heel, ball;
  std::array<std::vector<BackSwing>, 2> swings;
  bool has_impacts = true;  // false: the rate is too low for them
  // (n_frames) of heel and ball over what they stand on; from pelvis to ball.
  std::array<Eigen::VectorXd, 2> heel_m_s, ball_m_s, leg_m;
};

/// Crosses short gaps, filters the paths and finds the swings. What the feet stand on moves as the
/// balls do in the middle of their way back, over five strides: a belt's speed need not be known,
/// and may change.
GaitPaths gait_paths(const GaitPoints& points, double path_cutoff_hz, double impact_cutoff_hz,
                     double shortest_swing_m);

}  // namespace catena
