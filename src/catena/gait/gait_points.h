// The few paths that events and distances of a stride are read from.
#pragma once

#include <Eigen/Core>
#include <array>

namespace catena {

/// In the frame of progression: x the way the runner goes over what the feet stand on, y up, z to
/// the right; m; right, left. Each path is (n_frames, 3), NaN where lost; (0, 3): there is none.
struct GaitPoints {
  double rate_hz = 0.0;
  Eigen::VectorXd time_s;
  std::array<Eigen::MatrixX3d, 2> heel_m, toe_m;  // hindmost and foremost that is known of a foot
  std::array<Eigen::MatrixX3d, 2> hip_m;          // hip centres; without a body, what is nearest
  Eigen::MatrixX3d pelvis_m;                      // a place that stays with the pelvis
  double belt_speed_m_s = 0.0;  // 0 over the ground; NaN: a treadmill of unknown speed
  bool is_planar = false;       // seen from one side: z is not known
  bool is_scaled = true;        // false: lengths rest on an assumed height of the person
  double length_sd = 0.0;       // relative SD that all lengths share, where a height gave the scale
};

}  // namespace catena
