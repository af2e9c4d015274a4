// Orientations of the chain's links over time, seen along the way that the runner goes.
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "catena/core/error.h"
#include "catena/gait/gait_points.h"
#include "catena/kinematics/motion.h"
#include "catena/model/chain_map.h"
#include "catena/model/model.h"

namespace catena {

/// progression_from_body, each (n_frames); progression frame: x the way the runner goes, y up, z
/// to the right, origin as ground's. A frame without a pose holds NaN. Right, left.
struct SegmentMotion {
  double rate_hz = 0.0;
  Eigen::VectorXd time_s;
  double heading_rad = 0.0;      // turn about y (up) from ground x to the way of progression
  bool heading_by_path = false;  // true: the way the pelvis went; false: the way it faced
  double speed_m_s = 0.0;  // of the pelvis over the ground; about zero on a treadmill; NaN when
                           // fewer than two frames have a pose
  bool has_thorax = false;
  std::vector<Eigen::Matrix3d> thorax, pelvis;
  std::array<std::vector<Eigen::Matrix3d>, 2> thigh;
  std::array<std::vector<Eigen::Matrix3d>, 2> shank, foot;  // empty where the model has none
  // Angles that are free of each other between the two bodies: 1 for a hinge.
  std::array<int, 2> knee_freedoms = {0, 0}, ankle_freedoms = {0, 0};
  // Origins of bodies, (n_frames, 3) m: of the pelvis, of the thighs (the hip centres), of the
  // feet (the heel in OpenSim's models), and the joint in front of the foot. (0, 3): there is none.
  Eigen::MatrixX3d pelvis_m;
  std::array<Eigen::MatrixX3d, 2> hip_m, foot_m, toe_joint_m;
};

/// Runs the model through a motion and turns it into the frame of progression: along the pelvis's
/// path when it travels (over 1 m and faster than 0.5 m/s, straight, and not sideways or
/// backwards), else along the mean forward axis of the pelvis. One heading for the recording: a
/// runner in a bend is not followed round it.
///
/// motion     couplers already applied, as inverse_kinematics returns it
/// errors     kMissingData: no frame has a pose
///            kMismatch: the pelvis stands on its head or lies down (wrong up-axis in the file)
Result<SegmentMotion> segment_motion(const Model& model, const ChainMap& chain,
                                     const Motion& motion);

/// The paths that strides are measured from, as the body's: hip centres, pelvis, and of a foot its
/// origin as the heel and the toes' joint as the toe. Where the pelvis does not travel it is a
/// treadmill whose speed is not known here: NaN.
GaitPoints gait_points_of_body(const SegmentMotion& motion);

/// Angle of the thigh behind the vertical in the plane of progression, rad, + is behind; in
/// (-pi, pi]. NaN of a frame without a pose.
double thigh_extension_rad(const Eigen::Matrix3d& progression_from_thigh);

/// The same over a recording, (n_frames).
Eigen::VectorXd thigh_extension_curve_rad(const SegmentMotion& motion, Side side);

}  // namespace catena
