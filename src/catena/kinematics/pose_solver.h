// One frame of inverse kinematics: the pose nearest to the markers seen, within bounds.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/kinematics/joint_motion.h"
#include "catena/kinematics/pose_plan.h"

namespace catena {

/// Scratch of the solver, reused from frame to frame. Belongs to one thread.
struct PoseWorkspace {
  std::vector<JointMotion> joints;
  std::vector<RigidTransform> ground_from_body;
  std::vector<Eigen::Matrix<double, 6, 6>> body_gram;  // sum of w (dx/dtwist)' (dx/dtwist)
  std::vector<Eigen::Matrix<double, 6, 1>> body_pull;  // sum of w (dx/dtwist)' residual
  std::vector<Eigen::Matrix3d> body_cross;             // sum of w (x r' - x.r)
  std::vector<Eigen::Matrix<double, 6, 1>> column_twist;
  std::vector<Eigen::Matrix<double, 6, 1>> column_momentum;
  std::vector<Eigen::Vector3d> column_bend;
  std::vector<double> coordinate_slope;  // of each coordinate by its variable
  Eigen::MatrixXd H, bend;               // Gauss-Newton matrix, second-order part: lower triangles
  Eigen::MatrixXd M;                     // what the step uses of them
  Eigen::VectorXd gradient;
  Eigen::MatrixXd L;  // factor of M
  Eigen::VectorXd step, candidate, multiplier, scratch, fixed, right;
  Eigen::VectorXd trial;           // (n_coordinates)
  Eigen::VectorXd guess;           // (n_coordinates) for the caller's use
  std::vector<bool> held;          // at a bound, or not seen
  std::vector<bool> frozen;        // set by the caller: variables not to be moved
  std::vector<bool> unobservable;  // no marker seen says anything of it
};

/// The markers of one frame: (3 n_markers) in ground, m; NaN where lost.
struct FrameTargets {
  Eigen::VectorXd points_m;
  double time_s = 0.0;
};

struct PoseOutcome {
  bool known = false;  // the markers seen fix the root
  bool converged = false;
  int iterations = 0;
  double cost = 0.0;  // sum w r^2 plus pulls, in m^2
};

struct PoseSolverOptions {
  double step_tolerance = 1e-9;
  int max_iterations = 60;
};

PoseWorkspace make_pose_workspace(const PosePlan& plan);

/// Minimises, by Newton's steps (damped Gauss-Newton's where the cost does not curve upwards) with
/// an active set on the bounds,
///   sum_m w_m |x_m(q) - target_m|^2 + W [ sum_c w_c (q_c - value_c)^2 + w_k sum_k error_k^2 ]
/// with W the sum of the weights of the markers seen (OpenSim's objective times 2 W).
///
/// q          (n_coordinates) start in, answer out; variables that no marker sees stay as they are
PoseOutcome solve_pose(const PosePlan& plan, const FrameTargets& targets,
                       const PoseSolverOptions& options, Eigen::VectorXd& q, PoseWorkspace& work);

/// The cost at q, without a step.
double pose_cost(const PosePlan& plan, const FrameTargets& targets, Eigen::VectorXd& q,
                 PoseWorkspace& work);

}  // namespace catena
