// Finding a pose with nothing to start from.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/kinematics/lane_solver.h"
#include "catena/kinematics/pose_plan.h"
#include "catena/kinematics/pose_solver.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

/// All that solving the frames of one recording needs; shared by the threads.
struct FrameSolver {
  const PosePlan& plan;
  const Trajectories& trajectories;
  PoseSolverOptions options;
  std::vector<bool> is_root = {};        // variables of the joints that stand on the ground
  const LaneProgram* program = nullptr;  // null: one frame after another
  const LaneKernel* kernel = nullptr;
  int threads = 1;
};

std::vector<bool> root_variables(const PosePlan& plan);

/// The markers of one frame as the plan wants them; `targets` is reused.
void read_targets(const PosePlan& plan, const Trajectories& trajectories, Eigen::Index frame,
                  FrameTargets& targets);

bool root_is_seen(const FrameSolver& solver, const PoseWorkspace& work);

/// Moves the joints that stand on the ground so that the body moves by `shift_m`, as far as their
/// translations allow.
void shift_root(const PosePlan& plan, const Eigen::Vector3d& shift_m, Eigen::VectorXd& q);

/// Starts in 64 orientations of the root (quarter turns of its first three rotations), fits the
/// root to each, the whole body from the four best, and shakes the best one's limbs. Of the names
/// that the same pose can have (Euler angles on the other branch, full turns) the plainest is
/// taken: within the stated ranges, then nearest to the default pose.
///
/// q          out (n_coordinates)
PoseOutcome solve_from_anywhere(const FrameSolver& solver, Eigen::Index frame, Eigen::VectorXd& q,
                                PoseWorkspace& work);

}  // namespace catena
