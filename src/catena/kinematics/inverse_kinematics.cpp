#include "catena/kinematics/inverse_kinematics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <thread>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/lane_program.h"
#include "catena/kinematics/lane_solver.h"
#include "catena/kinematics/pose_paths.h"
#include "catena/kinematics/pose_plan.h"
#include "catena/kinematics/pose_search.h"
#include "catena/kinematics/pose_solver.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

InverseKinematics empty_result(const PosePlan& plan, const Trajectories& trajectories) {
  const Eigen::Index n = trajectories.time_s.size();
  InverseKinematics out;
  out.motion.name = trajectories.name;
  out.motion.rate_hz = trajectories.rate_hz;
  out.motion.time_s = trajectories.time_s;
  const auto n_q = static_cast<Eigen::Index>(plan.model->coordinates.size());
  out.motion.q = Eigen::MatrixXd::Constant(n, n_q, kNan);
  out.marker_index = plan.marker_index;
  const auto n_markers = static_cast<Eigen::Index>(plan.markers.size());
  out.residual_m = Eigen::MatrixXd::Constant(n, n_markers, kNan);
  out.rms_m = Eigen::VectorXd::Constant(n, kNan);
  out.worst = Eigen::VectorXi::Constant(n, kNone);
  out.iterations = Eigen::VectorXi::Zero(n);
  return out;
}

/// Coordinates that no frame sees keep their default, and that is said.
void name_unseen_coordinates(const PosePlan& plan, InverseKinematics& out) {
  const Model& model = *plan.model;
  std::vector<bool> moves(model.coordinates.size(), false);
  for (const PoseColumn& column : plan.columns) {
    for (std::size_t c = 0; c < moves.size(); ++c) {
      if (plan.variable_of_coordinate[c] == column.variable) moves[c] = true;
    }
  }
  const Eigen::VectorXd neutral = default_pose(model);
  std::string names;
  for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
    const auto column = static_cast<Eigen::Index>(c);
    const bool all_nan = out.motion.q.col(column).array().isNaN().all();
    const bool any_pose = !out.rms_m.array().isNaN().all();
    if (!any_pose || plan.variable_of_coordinate[c] == kNone || (moves[c] && !all_nan)) continue;
    for (Eigen::Index f = 0; f < out.rms_m.size(); ++f) {
      out.motion.q(f, column) = std::isnan(out.rms_m[f]) ? kNan : neutral[column];
    }
    names += (names.empty() ? "" : ", ") + model.coordinates[c].name;
  }
  if (names.empty()) return;
  out.assumptions.push_back(
      "No marker sees these coordinates; they stay at their default: " + names + ".");
}

/// The first of the frames that show most coordinates of markers, and how many.
struct FullestFrame {
  Eigen::Index frame = 0;
  Eigen::Index seen = 0;
};

FullestFrame find_fullest_frame(const PosePlan& plan, const Trajectories& trajectories) {
  FullestFrame fullest;
  FrameTargets targets;
  for (Eigen::Index frame = 0; frame < trajectories.time_s.size(); ++frame) {
    read_targets(plan, trajectories, frame, targets);
    const Eigen::Index seen = (!targets.points_m.array().isNaN()).count();
    if (seen > fullest.seen) fullest = {frame, seen};
    if (seen == targets.points_m.size()) break;
  }
  return fullest;
}

}  // namespace

Result<InverseKinematics> inverse_kinematics(const Model& model, const Trajectories& trajectories,
                                             const InverseKinematicsOptions& options) {
  CATENA_TRY(plan, make_pose_plan(model, trajectories.labels, options));
  InverseKinematics out = empty_result(plan, trajectories);
  FrameSolver solver{
      plan, trajectories, {options.step_tolerance, options.max_iterations}, root_variables(plan)};
  const auto all_threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  solver.threads = options.threads > 0 ? options.threads : all_threads;
  LaneProgram program;
  solver.kernel = find_lane_kernel(options.lanes);
  if (solver.kernel == nullptr && options.lanes != 1) {
    return fail(
        Errc::kUnsupported,
        "this processor cannot solve " + std::to_string(options.lanes) + " frames side by side",
        "option lanes", "0 takes what it can, 1 one frame after another");
  }
  if (solver.kernel != nullptr && lanes_can_solve(plan)) {
    program = make_lane_program(plan);
    solver.program = &program;
  }

  // The frame with most markers seen shows what the pose looks like; every chunk starts from it.
  const FullestFrame fullest = find_fullest_frame(plan, trajectories);
  PoseWorkspace work = make_pose_workspace(plan);
  Eigen::VectorXd seed = default_pose(model);
  if (fullest.seen > 0) solve_from_anywhere(solver, fullest.frame, seed, work);
  if (fullest.seen == 0 || !root_is_seen(solver, work)) {
    return fail(Errc::kMissingData,
                "no frame shows enough markers to place the body (three that are not in line)",
                trajectories.name, "record with more of the model's markers visible");
  }
  solve_paths(solver, options, follow_coarsely(solver, seed, fullest.frame), out);
  name_unseen_coordinates(plan, out);
  return out;
}

}  // namespace catena
