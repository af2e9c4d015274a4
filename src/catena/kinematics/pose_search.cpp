#include "catena/kinematics/pose_search.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <utility>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/joint_motion.h"
#include "catena/kinematics/run_on_threads.h"

namespace catena {
namespace {

std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// Several poses of one frame, a column each, and their costs.
struct Candidates {
  Eigen::MatrixXd q;  // (n_coordinates, n)
  Eigen::VectorXd cost;
};

Candidates empty_candidates(const FrameSolver& solver, Eigen::Index n) {
  const auto n_q = static_cast<Eigen::Index>(solver.plan.model->coordinates.size());
  return {Eigen::MatrixXd(n_q, n), Eigen::VectorXd::Zero(n)};
}

/// Solves one frame from each candidate, in place; variables that are frozen stay.
void solve_each(const FrameSolver& solver, Eigen::Index frame, const std::vector<bool>& frozen,
                Candidates& candidates, PoseWorkspace& work) {
  if (solver.program == nullptr) {
    FrameTargets targets;
    read_targets(solver.plan, solver.trajectories, frame, targets);
    Eigen::VectorXd q;
    if (!frozen.empty()) work.frozen = frozen;
    for (Eigen::Index i = 0; i < candidates.q.cols(); ++i) {
      q = candidates.q.col(i);
      candidates.cost[i] = solve_pose(solver.plan, targets, solver.options, q, work).cost;
      candidates.q.col(i) = q;
    }
    work.frozen.assign(work.frozen.size(), false);
    return;
  }
  const LaneSolver lanes{solver.plan,    *solver.program, solver.trajectories,
                         *solver.kernel, solver.options,  frozen};
  // A thread pays from some tens of candidates on: it takes about as long to start as two do.
  const bool is_long = candidates.q.cols() >= 16;
  std::atomic<Eigen::Index> next = 0;
  run_on_threads(is_long ? std::min(2, solver.threads) : 1, [&] {
    std::vector<Eigen::Index> at(index(solver.kernel->lanes), -1);
    Eigen::VectorXd q;
    solve_in_lanes(lanes, [&](int lane, const LaneAnswer* answer, LaneJob& job) {
      Eigen::Index& mine = at[index(lane)];
      if (answer != nullptr && answer->known) {
        q = candidates.q.col(mine);
        answer_pose(lanes, *answer, q);
        candidates.q.col(mine) = q;
        candidates.cost[mine] = answer->cost;
      }
      mine = next++;
      if (mine >= candidates.q.cols()) return false;
      job.frame = frame;
      job.start = candidates.q.col(mine).data();
      return true;
    });
  });
}

/// Takes full turns out of rotations where that changes nothing.
void unwind(const FrameSolver& solver, const FrameTargets& targets, Eigen::VectorXd& q,
            PoseWorkspace& work) {
  Eigen::VectorXd unwound = q;
  for (const PoseVariable& variable : solver.plan.variables) {
    const Coordinate& c = solver.plan.model->coordinates[index(variable.coordinate)];
    double& angle = unwound[variable.coordinate];
    if (c.kind != CoordinateKind::kRotation || c.clamped) continue;
    angle -= 2.0 * M_PI * std::round((angle - c.default_value) / (2.0 * M_PI));
  }
  const double before = pose_cost(solver.plan, targets, q, work);
  const double after = pose_cost(solver.plan, targets, unwound, work);
  if (after <= before * (1.0 + 1e-9) + 1e-18) q = unwound;
}

/// Mean distance of the markers seen from the model's at q.
Eigen::Vector3d offset_of(const PosePlan& plan, const FrameTargets& targets, Eigen::VectorXd q,
                          PoseWorkspace& work) {
  pose_cost(plan, targets, q, work);  // puts the bodies where q says
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  double seen = 0.0;
  for (std::size_t m = 0; m < plan.markers.size(); ++m) {
    const Eigen::Vector3d target = targets.points_m.segment<3>(3 * static_cast<Eigen::Index>(m));
    if (target.array().isNaN().any()) continue;
    const PoseMarker& marker = plan.markers[m];
    sum += target - work.ground_from_body[index(marker.body)] * marker.position_in_body_m;
    seen += 1.0;
  }
  return seen > 0.0 ? Eigen::Vector3d(sum / seen) : Eigen::Vector3d(Eigen::Vector3d::Zero());
}

/// How odd a joint's angles are: how many lie outside the stated range, and how far they are from
/// the default pose, full turns aside.
std::pair<int, double> oddness(const Model& model, const std::array<int, 3>& angles,
                               const Eigen::VectorXd& q) {
  int outside = 0;
  double distance = 0.0;
  for (const int a : angles) {
    const Coordinate& c = model.coordinates[index(a)];
    const double off = std::remainder(q[a] - c.default_value, 2.0 * M_PI);
    outside += c.default_value + off < c.min || c.default_value + off > c.max ? 1 : 0;
    distance += off * off;
  }
  return {outside, distance};
}

/// Three turns about axes at right angles reach an orientation by two sets of angles: (a, b, c) and
/// (a + pi, pi - b, c + pi), or (a + pi, -b, c - pi) where the first and third axis are the same.
/// Takes the plainer one, of each joint with three free angles, where the markers fit as well.
void choose_branch(const FrameSolver& solver, const FrameTargets& targets, Eigen::VectorXd& q,
                   PoseWorkspace& work) {
  const Model& model = *solver.plan.model;
  for (const Joint& joint : model.joints) {
    std::array<int, 3> angles = {};
    bool is_free = true;
    for (std::size_t k = 0; k < 3; ++k) {
      angles[k] = joint.axes[k].coordinate;
      is_free = is_free && angles[k] != kNone &&
                solver.plan.variable_of_coordinate[index(angles[k])] != kNone;
    }
    if (!is_free) continue;
    for (const double middle : {M_PI, 0.0}) {
      Eigen::VectorXd other = q;
      other[angles[0]] += M_PI;
      other[angles[1]] = middle - q[angles[1]];
      other[angles[2]] += middle > 0.0 ? M_PI : -M_PI;
      for (const int a : angles) {
        const double zero = model.coordinates[index(a)].default_value;
        other[a] = zero + std::remainder(other[a] - zero, 2.0 * M_PI);
      }
      if (oddness(model, angles, other) >= oddness(model, angles, q)) continue;
      const double before = pose_cost(solver.plan, targets, q, work);
      const double after = pose_cost(solver.plan, targets, other, work);
      if (after <= before * (1.0 + 1e-9) + 1e-18) q = other;
    }
  }
}

/// Whether the joint or one beyond it looks caught: a marker far off, or a coordinate outside the
/// range that the model states (which binds the solver only where the coordinate is clamped).
bool looks_caught(const FrameSolver& solver, const FrameTargets& targets,
                  const std::vector<bool>& beyond, const Eigen::VectorXd& q,
                  const PoseWorkspace& work) {
  constexpr double kFarOff_m = 0.03;
  const PosePlan& plan = solver.plan;
  for (const PoseColumn& column : plan.columns) {
    if (!beyond[index(column.joint) + 1]) continue;
    const int c = plan.variables[index(column.variable)].coordinate;
    const Coordinate& coordinate = plan.model->coordinates[index(c)];
    if (q[c] < coordinate.min || q[c] > coordinate.max) return true;
  }
  for (std::size_t m = 0; m < plan.markers.size(); ++m) {
    const std::size_t body = index(plan.markers[m].body);
    if (!beyond[body]) continue;
    const Eigen::Vector3d at = work.ground_from_body[body] * plan.markers[m].position_in_body_m;
    const double off = (at - targets.points_m.segment<3>(3 * static_cast<Eigen::Index>(m))).norm();
    if (off > kFarOff_m) return true;
  }
  return false;
}

/// A limb can be caught in a wrong place (an elbow bent backwards with the arm turned round):
/// throws a joint that looks caught, and all beyond it, to other poses and keeps what fits better.
void shake_limbs(const FrameSolver& solver, Eigen::Index frame, const FrameTargets& targets,
                 std::pair<double, Eigen::VectorXd>& best, PoseWorkspace& work) {
  constexpr Eigen::Index kAttempts = 16;
  const Model& model = *solver.plan.model;
  Eigen::VectorXd& q = best.second;
  FrameSolver rough = solver;  // good enough to see which fits better
  rough.options = {1e-3, 30};
  std::mt19937 random(1);
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    if (model.joints[k].parent == kGround) continue;
    std::vector<bool> beyond(model.bodies.size(), false);
    beyond[k + 1] = true;
    for (std::size_t b = k + 2; b < model.bodies.size(); ++b) {
      beyond[b] = beyond[index(model.joints[b - 1].parent)];
    }
    pose_cost(solver.plan, targets, q, work);  // puts the bodies where q says
    if (!looks_caught(solver, targets, beyond, q, work)) continue;
    Candidates thrown = empty_candidates(solver, kAttempts);
    for (Eigen::Index attempt = 0; attempt < kAttempts; ++attempt) {
      thrown.q.col(attempt) = q;
      for (const PoseColumn& column : solver.plan.columns) {
        if (!beyond[index(column.joint) + 1]) continue;
        const int c = solver.plan.variables[index(column.variable)].coordinate;
        const Coordinate& coordinate = model.coordinates[index(c)];
        const double part = static_cast<double>(random() >> 5) / (1 << 27);
        const double width = coordinate.max - coordinate.min;
        thrown.q(c, attempt) =
            width < 2.0 * M_PI ? coordinate.min + part * width : q[c] + 2.0 * (part - 0.5);
      }
    }
    solve_each(rough, frame, {}, thrown, work);
    Eigen::Index lowest = 0;
    const double cost = thrown.cost.minCoeff(&lowest);
    if (!(cost < best.first * (1.0 - 1e-6) - 1e-18)) continue;
    best.first = cost;
    q = thrown.q.col(lowest);
  }
}

/// Every orientation of the root that quarter turns of its first three rotations reach from q.
Candidates quarter_turns(const FrameSolver& solver, const Eigen::VectorXd& q) {
  const Model& model = *solver.plan.model;
  std::vector<int> turns;
  for (std::size_t v = 0; v < solver.is_root.size() && turns.size() < 3; ++v) {
    const int coordinate = solver.plan.variables[v].coordinate;
    const Coordinate& c = model.coordinates[index(coordinate)];
    if (solver.is_root[v] && c.kind == CoordinateKind::kRotation) turns.push_back(coordinate);
  }
  const auto root = index(solver.plan.root_body) - 1;
  const bool is_one_joint = std::all_of(turns.begin(), turns.end(), [&](int c) {
    return model.coordinates[index(c)].joint == static_cast<int>(root);
  });
  std::vector<Eigen::Matrix3d> seen;
  Candidates out = empty_candidates(solver, Eigen::Index{1} << (2 * turns.size()));
  Eigen::Index n = 0;
  for (int start = 0; start < out.q.cols(); ++start) {
    Eigen::VectorXd turned = q;
    for (std::size_t t = 0; t < turns.size(); ++t) {
      const int quarter = (start >> (2 * t)) & 3;
      turned[turns[t]] += (quarter == 3 ? -1 : quarter) * M_PI / 2;
    }
    // Two sets of angles may mean the same orientation.
    const Eigen::Matrix3d R =
        evaluate_joint(model.joints[root], {}, turned.data()).ground_from_child.rotation;
    const bool is_new = std::none_of(seen.begin(), seen.end(), [&](const Eigen::Matrix3d& other) {
      return (R - other).cwiseAbs().maxCoeff() < 1e-6;
    });
    if (is_one_joint && !is_new) continue;
    seen.push_back(R);
    out.q.col(n++) = turned;
  }
  out.q.conservativeResize(Eigen::NoChange, n);
  out.cost.conservativeResize(n);
  return out;
}

}  // namespace

std::vector<bool> root_variables(const PosePlan& plan) {
  std::vector<bool> is_root(plan.variables.size(), false);
  for (const PoseColumn& column : plan.columns) {
    if (plan.model->joints[index(column.joint)].parent == kGround) {
      is_root[index(column.variable)] = true;
    }
  }
  return is_root;
}

void read_targets(const PosePlan& plan, const Trajectories& trajectories, Eigen::Index frame,
                  FrameTargets& targets) {
  targets.time_s = trajectories.time_s[frame];
  targets.points_m.resize(3 * static_cast<Eigen::Index>(plan.markers.size()));
  for (std::size_t m = 0; m < plan.markers.size(); ++m) {
    const Eigen::Index column = 3 * static_cast<Eigen::Index>(plan.point_index[m]);
    for (Eigen::Index i = 0; i < 3; ++i) {
      targets.points_m[3 * static_cast<Eigen::Index>(m) + i] =
          trajectories.points_m(frame, column + i);
    }
  }
}

void shift_root(const PosePlan& plan, const Eigen::Vector3d& shift_m, Eigen::VectorXd& q) {
  for (const Joint& joint : plan.model->joints) {
    if (joint.parent != kGround) continue;
    for (std::size_t k = 3; k < 6; ++k) {
      const TransformAxis& axis = joint.axes[k];
      const auto* line = std::get_if<LinearFunction>(&axis.function.shape);
      if (line == nullptr || axis.coordinate == kNone) continue;
      const double slope = line->slope * axis.function.scale;
      const int v = plan.variable_of_coordinate[index(axis.coordinate)];
      if (v == kNone || slope == 0.0) continue;
      const Eigen::Vector3d along = joint.parent_from_frame.rotation * axis.axis;
      q[axis.coordinate] += along.dot(shift_m) / slope;
    }
  }
}

bool root_is_seen(const FrameSolver& solver, const PoseWorkspace& work) {
  for (std::size_t v = 0; v < solver.is_root.size(); ++v) {
    if (solver.is_root[v] && work.unobservable[v]) return false;
  }
  return true;
}

PoseOutcome solve_from_anywhere(const FrameSolver& solver, Eigen::Index frame, Eigen::VectorXd& q,
                                PoseWorkspace& work) {
  const Eigen::VectorXd neutral = default_pose(*solver.plan.model);
  FrameTargets targets;
  read_targets(solver.plan, solver.trajectories, frame, targets);
  Eigen::VectorXd placed = neutral;
  shift_root(solver.plan, offset_of(solver.plan, targets, neutral, work), placed);
  Candidates roots = quarter_turns(solver, placed);
  FrameSolver coarse = solver;
  coarse.options = {1e-3, 30};
  std::vector<bool> limbs = solver.is_root;
  limbs.flip();
  solve_each(coarse, frame, limbs, roots, work);
  std::vector<Eigen::Index> order(index(static_cast<int>(roots.q.cols())));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Eigen::Index>(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return roots.cost[a] < roots.cost[b]; });

  Candidates whole = empty_candidates(solver, std::min<Eigen::Index>(4, roots.q.cols()));
  for (Eigen::Index i = 0; i < whole.q.cols(); ++i) {
    whole.q.col(i) = roots.q.col(order[static_cast<std::size_t>(i)]);
  }
  solve_each(solver, frame, {}, whole, work);
  std::pair<double, Eigen::VectorXd> best(std::numeric_limits<double>::infinity(), neutral);
  for (Eigen::Index i = 0; i < whole.q.cols(); ++i) {
    Eigen::VectorXd candidate = whole.q.col(i);
    unwind(solver, targets, candidate, work);
    const double cost = whole.cost[i];
    const bool better = cost < best.first * (1.0 - 1e-6) - 1e-18;
    const bool same = cost < best.first * (1.0 + 1e-6) + 1e-18;
    if (better || (same && (candidate - neutral).norm() < (best.second - neutral).norm())) {
      best = {cost, candidate};
    }
  }
  shake_limbs(solver, frame, targets, best, work);
  q = best.second;
  unwind(solver, targets, q, work);
  choose_branch(solver, targets, q, work);
  return solve_pose(solver.plan, targets, solver.options, q, work);
}

}  // namespace catena
