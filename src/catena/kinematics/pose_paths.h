// The frames of a recording, each from the ones before it.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/kinematics/inverse_kinematics.h"
#include "catena/kinematics/pose_search.h"

namespace catena {

/// A pose now and then, close enough for the frames between to start from.
struct Guide {
  Eigen::Index spacing = 1;
  Eigen::MatrixXd poses;  // (n_coordinates, n): column i is of frame i * spacing
};

/// Follows the motion through the recording in coarse steps, from frame `seed_frame` outwards, so
/// that every chunk starts on the same branch of the solution.
Guide follow_coarsely(const FrameSolver& solver, const Eigen::VectorXd& seed,
                      Eigen::Index seed_frame);

/// Solves all frames, chunk by chunk, and writes them into `out`. A frame starts from the ones
/// before it in its chunk, and from the guide where there is none.
void solve_paths(const FrameSolver& solver, const InverseKinematicsOptions& options,
                 const Guide& guide, InverseKinematics& out);

}  // namespace catena
