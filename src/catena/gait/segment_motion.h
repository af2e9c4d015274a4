// Orientations of the chain's links over time, seen along the way that the runner goes.
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "catena/core/error.h"
#include "catena/kinematics/motion.h"
#include "catena/model/chain_map.h"
#include "catena/model/model.h"

namespace catena {

/// progression_from_body, each (n_frames); progression frame: x the way the runner goes, y up, z
/// to the right. A frame without a pose holds NaN.
struct SegmentMotion {
  double rate_hz = 0.0;
  Eigen::VectorXd time_s;
  double heading_rad = 0.0;  // turn about y from ground x to the way of progression
  double speed_m_s = 0.0;    // of the pelvis over the ground; about zero on a treadmill
  bool has_thorax = false;
  std::vector<Eigen::Matrix3d> thorax, pelvis;
  std::array<std::vector<Eigen::Matrix3d>, 2> thigh;
};

/// Runs the model through a motion and turns it into the frame of progression: along the pelvis's
/// path when it travels, else along the mean forward axis of the pelvis.
///
/// errors     kMismatch: the pelvis stands on its head or lies down (wrong up-axis in the file)
Result<SegmentMotion> segment_motion(const Model& model, const ChainMap& chain,
                                     const Motion& motion);

/// Angle of the thigh behind the vertical in the plane of progression, rad, + is behind.
double thigh_extension_rad(const Eigen::Matrix3d& progression_from_thigh);

}  // namespace catena
