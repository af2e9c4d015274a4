// Several frames solved at once, one in each SIMD lane. A lane is a little machine of its own: it
// takes steps for its frame until they are short, hands the answer over and is given the next
// frame, while the others are wherever they are. Only the arithmetic is done together.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <vector>

#include "catena/kinematics/lane_kernel.h"
#include "catena/kinematics/lane_program.h"
#include "catena/kinematics/pose_plan.h"
#include "catena/kinematics/pose_solver.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

/// The kernel for so many frames at once; 0: the widest that this processor has. Null where the
/// processor has none so wide.
const LaneKernel* find_lane_kernel(int lanes);

struct LaneSolver {
  const PosePlan& plan;
  const LaneProgram& program;
  const Trajectories& trajectories;
  const LaneKernel& kernel;
  PoseSolverOptions options;
  std::vector<bool> frozen = {};  // plan's variables that are not to be moved; empty: none
};

/// A frame to solve.
struct LaneJob {
  Eigen::Index frame = 0;
  // Answers of this lane just before, to go on from: 1 the last one again, 2 the line through two.
  // 0: from `start`.
  int earlier = 0;
  const double* start = nullptr;  // (n_coordinates) read at once
};

struct LaneWorkspace;

/// What a lane found. Valid until the feed returns.
struct LaneAnswer {
  LaneJob job;
  bool known = false;      // a marker was seen
  bool converged = false;  // false: not within the steps that a lane is given
  int iterations = 0;
  double cost = 0.0;  // as in PoseOutcome, before the last step
  LaneWorkspace* work = nullptr;
  int lane = 0;
};

/// Called when a lane is idle, with what it found (null at first): fills in the next job, or says
/// that there is none for it.
using LaneFeed = std::function<bool(int lane, const LaneAnswer* answer, LaneJob& next)>;

/// Solves until no lane gets a job any more. Allocates before the first frame only.
void solve_in_lanes(const LaneSolver& solver, const LaneFeed& feed);

/// All coordinates of an answer: those of the markers' joints solved, others as `q` has them, fixed
/// and coupled ones settled.
void answer_pose(const LaneSolver& solver, const LaneAnswer& answer, Eigen::VectorXd& q);

/// The variables of the answer before this one of the lane, where the job went on from it.
void earlier_pose(const LaneSolver& solver, const LaneAnswer& answer, Eigen::VectorXd& q);

/// Distance of one of the plan's markers, m, before the last step; NaN where lost.
double answer_distance(const LaneAnswer& answer, int lane_marker);

/// Whether the markers seen say nothing of one of the plan's variables.
bool answer_is_unseen(const LaneSolver& solver, const LaneAnswer& answer, int variable);

/// Puts another pose in the place of the answer, for the lane to go on from.
void replace_answer(const LaneSolver& solver, const LaneAnswer& answer, const Eigen::VectorXd& q);

}  // namespace catena
