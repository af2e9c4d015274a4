// The few paths that events and distances of a stride are read from.
#pragma once

#include <Eigen/Core>
#include <array>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/trajectories/body_points.h"
#include "catena/trajectories/ground_frame.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

/// In the frame of progression: x the way the runner goes over what the feet stand on, y up, z to
/// the right; m; right, left. Each path is (n_frames, 3), NaN where lost; (0, 3): there is none.
struct GaitPoints {
  double rate_hz = 0.0;
  Eigen::VectorXd time_s;
  std::array<Eigen::MatrixX3d, 2> heel_m, toe_m;  // hindmost and foremost that is known of a foot
  std::array<Eigen::MatrixX3d, 2> ball_m;         // the heads of the metatarsals, or about there
  std::array<Eigen::MatrixX3d, 2> hip_m;          // hip centres; without a body, what is nearest
  Eigen::MatrixX3d pelvis_m;                      // a place that stays with the pelvis
  double belt_speed_m_s = 0.0;  // 0 over the ground; NaN: a treadmill of unknown speed
  double heading_rad = 0.0;     // turn about y from the ground frame's x to the way of progression
  bool is_planar = false;       // seen from one side: z is not known
  bool is_scaled = true;        // false: lengths rest on an assumed height of the person
  double length_sd = 0.0;       // relative SD that all lengths share, where a height gave the scale
  std::vector<std::string> notes;  // what had to be taken for heel or toe, one sentence each
};

/// Reads the paths from points that are turned into ground.
///
/// The way of progression lies off the ground frame's x axis by a few degrees at most: it is the
/// pelvis's path where that travels, on a belt the opposite of the way in which standing feet are
/// carried. Where heels or toes are not known as landmarks the hindmost and foremost marker of the
/// foot serve, and a note says so; without metatarsal heads the ball lies between heel and toe. A
/// place that is the mean of several markers is lost where one of them is; markers that are seen
/// in clearly fewer frames than the others are left out. Hip centres are those of Bell et al. where
/// both anterior spines are known, else the pelvis shifted to no side.
///
/// errors     kMissingData: no marker is known to be on a foot
/// source     Bell, Pedersen & Brand 1990, J Biomech 23:617 (hip centres)
Result<GaitPoints> gait_points(const Trajectories& points, const BodyPoints& body,
                               const GroundFrame& ground);

/// Where the foot bends: ball_m, or where there is none a part of the way from heel to toe.
Eigen::MatrixX3d ball_of_foot_m(const GaitPoints& points, std::size_t side);

}  // namespace catena
