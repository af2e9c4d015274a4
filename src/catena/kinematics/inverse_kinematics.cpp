#include "catena/kinematics/inverse_kinematics.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <thread>
#include <utility>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/pose_plan.h"
#include "catena/kinematics/pose_solver.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

FrameTargets frame_targets(const PosePlan& plan, const Trajectories& trajectories,
                           Eigen::Index frame) {
  FrameTargets targets;
  targets.time_s = trajectories.time_s[frame];
  targets.points_m.resize(3 * static_cast<Eigen::Index>(plan.markers.size()));
  for (std::size_t m = 0; m < plan.markers.size(); ++m) {
    const Eigen::Index column = 3 * static_cast<Eigen::Index>(plan.point_index[m]);
    for (Eigen::Index i = 0; i < 3; ++i) {
      targets.points_m[3 * static_cast<Eigen::Index>(m) + i] =
          trajectories.points_m(frame, column + i);
    }
  }
  return targets;
}

/// Variables of the joints that stand on the ground.
std::vector<bool> root_variables(const PosePlan& plan) {
  std::vector<bool> is_root(plan.variables.size(), false);
  for (const PoseColumn& column : plan.columns) {
    if (plan.model->joints[static_cast<std::size_t>(column.joint)].parent == kGround) {
      is_root[static_cast<std::size_t>(column.variable)] = true;
    }
  }
  return is_root;
}

struct Solver {
  const PosePlan& plan;
  const Trajectories& trajectories;
  PoseSolverOptions options;
  std::vector<bool> is_root;
};

/// Turns and moves the root alone, every other joint as it stands in q.
PoseOutcome solve_root(const Solver& solver, const FrameTargets& targets, Eigen::VectorXd& q,
                       PoseWorkspace& work) {
  PoseSolverOptions coarse;
  coarse.step_tolerance = 1e-3;
  coarse.max_iterations = 30;
  work.frozen = solver.is_root;
  work.frozen.flip();
  const PoseOutcome outcome = solve_pose(solver.plan, targets, coarse, q, work);
  work.frozen.assign(work.frozen.size(), false);
  return outcome;
}

/// Takes full turns out of rotations where that changes nothing.
void unwind(const Solver& solver, const FrameTargets& targets, Eigen::VectorXd& q,
            PoseWorkspace& work) {
  Eigen::VectorXd unwound = q;
  for (const PoseVariable& variable : solver.plan.variables) {
    const Coordinate& c =
        solver.plan.model->coordinates[static_cast<std::size_t>(variable.coordinate)];
    double& angle = unwound[variable.coordinate];
    if (c.kind != CoordinateKind::kRotation || c.clamped) continue;
    angle -= 2.0 * M_PI * std::round((angle - c.default_value) / (2.0 * M_PI));
  }
  const double before = pose_cost(solver.plan, targets, q, work);
  const double after = pose_cost(solver.plan, targets, unwound, work);
  if (after <= before * (1.0 + 1e-9) + 1e-18) q = unwound;
}

/// Whether the joint or one beyond it looks caught: a marker far off, or a coordinate outside the
/// range that the model states (which binds the solver only where the coordinate is clamped).
bool looks_caught(const Solver& solver, const FrameTargets& targets,
                  const std::vector<bool>& beyond, const Eigen::VectorXd& q,
                  const PoseWorkspace& work) {
  constexpr double kFarOff_m = 0.03;
  const PosePlan& plan = solver.plan;
  for (const PoseColumn& column : plan.columns) {
    if (!beyond[static_cast<std::size_t>(column.joint) + 1]) continue;
    const int c = plan.variables[static_cast<std::size_t>(column.variable)].coordinate;
    const Coordinate& coordinate = plan.model->coordinates[static_cast<std::size_t>(c)];
    if (q[c] < coordinate.min || q[c] > coordinate.max) return true;
  }
  for (std::size_t m = 0; m < plan.markers.size(); ++m) {
    const auto body = static_cast<std::size_t>(plan.markers[m].body);
    if (!beyond[body]) continue;
    const Eigen::Vector3d at = work.ground_from_body[body] * plan.markers[m].position_in_body_m;
    const double off = (at - targets.points_m.segment<3>(3 * static_cast<Eigen::Index>(m))).norm();
    if (off > kFarOff_m) return true;
  }
  return false;
}

/// A limb can be caught in a wrong place (an elbow bent backwards with the arm turned round):
/// throws a joint that looks caught, and all beyond it, to other poses and keeps what fits better.
void shake_limbs(const Solver& solver, const FrameTargets& targets, PoseOutcome& best,
                 Eigen::VectorXd& q, PoseWorkspace& work) {
  constexpr int kAttempts = 16;
  const Model& model = *solver.plan.model;
  std::mt19937 random(1);
  for (std::size_t k = 0; k < model.joints.size(); ++k) {
    if (model.joints[k].parent == kGround) continue;
    std::vector<bool> beyond(model.bodies.size(), false);
    beyond[k + 1] = true;
    for (std::size_t b = k + 2; b < model.bodies.size(); ++b) {
      beyond[b] = beyond[static_cast<std::size_t>(model.joints[b - 1].parent)];
    }
    pose_cost(solver.plan, targets, q, work);  // puts the bodies where q says
    if (!looks_caught(solver, targets, beyond, q, work)) continue;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      Eigen::VectorXd candidate = q;
      for (const PoseColumn& column : solver.plan.columns) {
        if (!beyond[static_cast<std::size_t>(column.joint) + 1]) continue;
        const int c = solver.plan.variables[static_cast<std::size_t>(column.variable)].coordinate;
        const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
        const double part = static_cast<double>(random() >> 5) / (1 << 27);
        const double width = coordinate.max - coordinate.min;
        candidate[c] =
            width < 2.0 * M_PI ? coordinate.min + part * width : q[c] + 2.0 * (part - 0.5);
      }
      const PoseOutcome outcome = solve_pose(solver.plan, targets, solver.options, candidate, work);
      if (outcome.cost < best.cost * (1.0 - 1e-6) - 1e-18) {
        best = outcome;
        q = candidate;
      }
    }
  }
}

/// Starts in 64 orientations of the root (quarter turns of its first three rotations), fits the
/// root to each, the whole body from the four best, and shakes the best one's limbs.
PoseOutcome solve_from_anywhere(const Solver& solver, const FrameTargets& targets,
                                Eigen::VectorXd& q, PoseWorkspace& work) {
  std::vector<int> turns;
  for (std::size_t v = 0; v < solver.is_root.size() && turns.size() < 3; ++v) {
    const int coordinate = solver.plan.variables[v].coordinate;
    const Coordinate& c = solver.plan.model->coordinates[static_cast<std::size_t>(coordinate)];
    if (solver.is_root[v] && c.kind == CoordinateKind::kRotation) turns.push_back(coordinate);
  }
  std::vector<std::pair<double, Eigen::VectorXd>> starts;
  const Eigen::VectorXd neutral = default_pose(*solver.plan.model);
  for (int start = 0; start < (1 << (2 * turns.size())); ++start) {
    Eigen::VectorXd candidate = neutral;
    for (std::size_t t = 0; t < turns.size(); ++t) {
      const int quarter = (start >> (2 * t)) & 3;
      candidate[turns[t]] += (quarter == 3 ? -1 : quarter) * M_PI / 2;
    }
    const PoseOutcome outcome = solve_root(solver, targets, candidate, work);
    starts.emplace_back(outcome.cost, candidate);
  }
  std::stable_sort(starts.begin(), starts.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  PoseOutcome best;
  best.cost = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < std::min<std::size_t>(4, starts.size()); ++i) {
    Eigen::VectorXd candidate = starts[i].second;
    const PoseOutcome outcome = solve_pose(solver.plan, targets, solver.options, candidate, work);
    unwind(solver, targets, candidate, work);
    // The same pose can have several names (turning all the way round): take the plainest.
    const bool better = outcome.cost < best.cost * (1.0 - 1e-6) - 1e-18;
    const bool same = outcome.cost < best.cost * (1.0 + 1e-6) + 1e-18;
    if (better || (same && (candidate - neutral).norm() < (q - neutral).norm())) {
      best = outcome;
      q = candidate;
    }
  }
  shake_limbs(solver, targets, best, q, work);
  unwind(solver, targets, q, work);
  return solve_pose(solver.plan, targets, solver.options, q, work);
}

bool root_is_seen(const Solver& solver, const PoseWorkspace& work) {
  for (std::size_t v = 0; v < solver.is_root.size(); ++v) {
    if (solver.is_root[v] && work.unobservable[v]) return false;
  }
  return true;
}

struct SolvedFrame {
  Eigen::Index frame = 0;
  int iterations = 0;
  const Eigen::VectorXd& q;
};

/// Writes one solved frame into the result; `work` holds the model at q.
void store_frame(const Solver& solver, const FrameTargets& targets, const SolvedFrame& solved,
                 const PoseWorkspace& work, InverseKinematics& out) {
  const PosePlan& plan = solver.plan;
  const Eigen::Index frame = solved.frame;
  out.iterations[frame] = solved.iterations;
  const auto n_markers = static_cast<Eigen::Index>(plan.markers.size());
  double sum = 0.0;
  int seen = 0;
  double largest = -1.0;
  for (Eigen::Index m = 0; m < n_markers; ++m) {
    const PoseMarker& marker = plan.markers[static_cast<std::size_t>(m)];
    const Eigen::Vector3d at =
        work.ground_from_body[static_cast<std::size_t>(marker.body)] * marker.position_in_body_m;
    const double distance = (at - targets.points_m.segment<3>(3 * m)).norm();
    out.residual_m(frame, m) = distance;
    if (std::isnan(distance)) continue;
    sum += distance * distance;
    ++seen;
    if (distance > largest) {
      largest = distance;
      out.worst[frame] = static_cast<int>(m);
    }
  }
  out.rms_m[frame] = std::sqrt(sum / seen);
  out.motion.q.row(frame) = solved.q.transpose();
  // What no marker of this frame sees is lost, not invented.
  for (std::size_t c = 0; c < plan.variable_of_coordinate.size(); ++c) {
    const int v = plan.variable_of_coordinate[c];
    if (v != kNone && work.unobservable[static_cast<std::size_t>(v)]) {
      out.motion.q(frame, static_cast<Eigen::Index>(c)) = kNan;
    }
  }
}

/// A pose now and then, close enough for the frames between to start from.
struct Guide {
  Eigen::Index spacing = 1;
  std::vector<Eigen::VectorXd> poses;  // of frame i * spacing
};

/// Follows the motion through the recording in coarse steps, from frame `seed_frame` outwards, so
/// that every chunk starts on the same branch of the solution.
Guide follow_coarsely(const Solver& solver, const Eigen::VectorXd& seed, Eigen::Index seed_frame) {
  // Limbs turn by up to 20 degrees in this time at a sprint: a warm start copes.
  constexpr double kGuideInterval_s = 0.03;
  Guide guide;
  guide.spacing = std::max<Eigen::Index>(
      1, static_cast<Eigen::Index>(kGuideInterval_s * solver.trajectories.rate_hz));
  const Eigen::Index n = (solver.trajectories.time_s.size() - 1) / guide.spacing + 1;
  guide.poses.resize(static_cast<std::size_t>(n));
  Solver coarse = solver;
  coarse.options.step_tolerance = 1e-4;
  PoseWorkspace work = make_pose_workspace(solver.plan);
  const Eigen::Index middle = std::min(n - 1, seed_frame / guide.spacing);
  const auto follow = [&](Eigen::Index i, Eigen::VectorXd& q) {
    const FrameTargets targets = frame_targets(solver.plan, solver.trajectories, i * guide.spacing);
    Eigen::VectorXd next = q;
    const PoseOutcome outcome = solve_pose(solver.plan, targets, coarse.options, next, work);
    if (outcome.known && root_is_seen(solver, work)) q = next;
    guide.poses[static_cast<std::size_t>(i)] = q;
  };
  Eigen::VectorXd q = seed;
  for (Eigen::Index i = middle; i < n; ++i) follow(i, q);
  q = seed;
  for (Eigen::Index i = middle; i-- > 0;) follow(i, q);
  return guide;
}

struct Chunk {
  Eigen::Index first, last;
};

/// Solves frames [first, last). A frame starts from the ones before it, and from the guide where
/// there is none.
void solve_chunk(const Solver& solver, const Chunk& chunk, const Guide& guide,
                 std::vector<char>& converged, InverseKinematics& out) {
  PoseWorkspace work = make_pose_workspace(solver.plan);
  Eigen::VectorXd q;
  Eigen::VectorXd before;
  int run_length = 0;  // solved frames just before this one
  for (Eigen::Index frame = chunk.first; frame < chunk.last; ++frame) {
    const FrameTargets targets = frame_targets(solver.plan, solver.trajectories, frame);
    if (targets.points_m.array().isNaN().all()) {
      run_length = 0;
      continue;
    }
    Eigen::VectorXd start = guide.poses[static_cast<std::size_t>(frame / guide.spacing)];
    if (run_length > 0) start = q;
    if (run_length > 1) start += q - before;
    const PoseOutcome outcome = solve_pose(solver.plan, targets, solver.options, start, work);
    if (!root_is_seen(solver, work)) {
      run_length = 0;
      continue;
    }
    converged[static_cast<std::size_t>(frame)] = outcome.converged;
    store_frame(solver, targets, {frame, outcome.iterations, start}, work, out);
    before = q;
    q = start;
    ++run_length;
  }
}

void solve_all_chunks(const Solver& solver, const InverseKinematicsOptions& options,
                      const Guide& guide, InverseKinematics& out) {
  const Eigen::Index n_frames = solver.trajectories.time_s.size();
  const Eigen::Index size = std::max(1, options.chunk_frames);
  const Eigen::Index n_chunks = (n_frames + size - 1) / size;
  std::vector<char> converged(static_cast<std::size_t>(n_frames), 0);
  std::atomic<Eigen::Index> next = 0;
  std::atomic<Eigen::Index> done = 0;
  const auto run = [&] {
    for (Eigen::Index c = next++; c < n_chunks; c = next++) {
      solve_chunk(solver, {c * size, std::min(n_frames, (c + 1) * size)}, guide, converged, out);
      const Eigen::Index so_far = ++done;
      if (options.progress) {
        options.progress(static_cast<double>(so_far) / static_cast<double>(n_chunks));
      }
    }
  };
  const unsigned wanted = options.threads > 0 ? static_cast<unsigned>(options.threads)
                                              : std::thread::hardware_concurrency();
  const auto n_threads = std::clamp<Eigen::Index>(wanted, 1, n_chunks);
  std::vector<std::jthread> helpers;
  for (Eigen::Index t = 1; t < n_threads; ++t) helpers.emplace_back(run);
  run();
  helpers.clear();
  out.converged.assign(converged.begin(), converged.end());
}

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

}  // namespace

Result<InverseKinematics> inverse_kinematics(const Model& model, const Trajectories& trajectories,
                                             const InverseKinematicsOptions& options) {
  CATENA_TRY(plan, make_pose_plan(model, trajectories.labels, options));
  InverseKinematics out = empty_result(plan, trajectories);
  const Solver solver{
      plan, trajectories, {options.step_tolerance, options.max_iterations}, root_variables(plan)};

  // The frame with most markers seen shows what the pose looks like; every chunk starts from it.
  Eigen::Index fullest = 0;
  Eigen::Index most = -1;
  for (Eigen::Index frame = 0; frame < trajectories.time_s.size(); ++frame) {
    const Eigen::Index seen =
        (!frame_targets(plan, trajectories, frame).points_m.array().isNaN()).count();
    if (seen > most) {
      most = seen;
      fullest = frame;
    }
  }
  PoseWorkspace work = make_pose_workspace(plan);
  Eigen::VectorXd seed = default_pose(model);
  PoseOutcome outcome;
  if (most > 0) {
    outcome = solve_from_anywhere(solver, frame_targets(plan, trajectories, fullest), seed, work);
  }
  if (most <= 0 || !root_is_seen(solver, work)) {
    return fail(Errc::kMissingData,
                "no frame shows enough markers to place the body (three that are not in line)",
                trajectories.name, "record with more of the model's markers visible");
  }
  solve_all_chunks(solver, options, follow_coarsely(solver, seed, fullest), out);
  name_unseen_coordinates(plan, out);
  return out;
}

}  // namespace catena
