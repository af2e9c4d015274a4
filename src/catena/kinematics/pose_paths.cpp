#include "catena/kinematics/pose_paths.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/lane_solver.h"
#include "catena/kinematics/run_on_threads.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::size_t index(Eigen::Index i) { return static_cast<std::size_t>(i); }

LaneSolver lane_solver(const FrameSolver& solver) {
  return {solver.plan, *solver.program, solver.trajectories, *solver.kernel, solver.options};
}

// ---- The guide --------------------------------------------------------------------------------

/// Frames of the guide that are followed one from the other: from `first` in steps of `direction`,
/// `count` of them, and one more, the first of the next piece, into `beyond`.
struct Segment {
  Eigen::Index first = 0;
  Eigen::Index count = 0;
  Eigen::Index direction = 1;
  bool has_next = false;
  Eigen::VectorXd pose;    // where it stands
  Eigen::VectorXd beyond;  // where it leads
  Eigen::Index done = 0;

  Eigen::Index at() const { return first + done * direction; }
};

/// One frame of the guide, from `pose`, which is left as it was where the frame shows too little.
void follow_one(const FrameSolver& solver, Eigen::Index frame, Eigen::VectorXd& pose,
                FrameTargets& targets, PoseWorkspace& work) {
  read_targets(solver.plan, solver.trajectories, frame, targets);
  Eigen::VectorXd& next = work.guess;
  next = pose;
  const PoseOutcome outcome = solve_pose(solver.plan, targets, solver.options, next, work);
  if (outcome.known && root_is_seen(solver, work)) pose = next;
}

/// Cuts `length` frames of the guide from `start` on.
void cut(Eigen::Index start, Eigen::Index length, Eigen::Index direction, Eigen::Index pieces,
         std::vector<Segment>& segments) {
  for (Eigen::Index piece = 0; piece < pieces; ++piece) {
    const Eigen::Index from = piece * length / pieces;
    const Eigen::Index to = (piece + 1) * length / pieces;
    if (to == from) continue;
    segments.push_back({start + direction * from, to - from, direction, to < length, {}, {}, 0});
  }
}

bool lane_sees_root(const FrameSolver& solver, const LaneSolver& lanes, const LaneAnswer& answer) {
  for (std::size_t v = 0; v < solver.is_root.size(); ++v) {
    if (solver.is_root[v] && answer_is_unseen(lanes, answer, static_cast<int>(v))) return false;
  }
  return true;
}

/// Takes what a lane found for the frame at which the piece stands, and goes on.
void take_answer(const FrameSolver& solver, const LaneSolver& lanes, const LaneAnswer& answer,
                 Segment& segment, Guide& guide) {
  if (answer.known && !answer.converged) {
    FrameTargets targets;  // seldom
    PoseWorkspace work = make_pose_workspace(solver.plan);
    follow_one(solver, answer.job.frame, segment.pose, targets, work);
  } else if (answer.known && lane_sees_root(solver, lanes, answer)) {
    answer_pose(lanes, answer, segment.pose);
  }
  if (segment.done < segment.count) {
    guide.poses.col(segment.at()) = segment.pose;
  } else {
    segment.beyond = segment.pose;
  }
  ++segment.done;
}

bool is_done(const Segment& segment) {
  return segment.done == segment.count + (segment.has_next ? 1 : 0);
}

/// Follows all pieces at once, each from its `pose`.
void follow_in_lanes(const FrameSolver& solver, std::vector<Segment>& segments, int threads,
                     Guide& guide) {
  std::atomic<std::size_t> next = 0;
  run_on_threads(threads, [&] {
    const LaneSolver lanes = lane_solver(solver);
    std::vector<Segment*> of_lane(index(solver.kernel->lanes), nullptr);
    solve_in_lanes(lanes, [&](int lane, const LaneAnswer* answer, LaneJob& job) {
      Segment*& segment = of_lane[index(lane)];
      if (answer != nullptr) take_answer(solver, lanes, *answer, *segment, guide);
      if (segment == nullptr || is_done(*segment)) {
        const std::size_t mine = next++;
        if (mine >= segments.size()) return false;
        segment = &segments[mine];
      }
      job.frame = segment->at() * guide.spacing;
      job.start = segment->pose.data();
      return true;
    });
  });
}

/// The pose of the guide, among `known`, whose markers look most like those of a frame, put where
/// they are.
Eigen::VectorXd most_alike(const FrameSolver& solver, const Guide& guide,
                           const std::vector<Eigen::Index>& known, Eigen::Index frame) {
  const Eigen::MatrixXd& points = solver.trajectories.points_m;
  Eigen::Index best = known.front();
  Eigen::Vector3d best_shift = Eigen::Vector3d::Zero();
  double least = std::numeric_limits<double>::infinity();
  for (const Eigen::Index candidate : known) {
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    double squares = 0.0;
    double n = 0.0;
    for (const int point : solver.plan.point_index) {
      const Eigen::Vector3d off =
          (points.block<1, 3>(frame, 3 * Eigen::Index{point}) -
           points.block<1, 3>(candidate * guide.spacing, 3 * Eigen::Index{point}))
              .transpose();
      if (off.array().isNaN().any()) continue;
      sum += off;
      squares += off.squaredNorm();
      n += 1.0;
    }
    if (n < 3.0) continue;
    const double spread = (squares - sum.squaredNorm() / n) / n;
    if (!(spread < least)) continue;
    least = spread;
    best = candidate;
    best_shift = sum / n;
  }
  Eigen::VectorXd q = guide.poses.col(best);
  shift_root(solver.plan, best_shift, q);
  return q;
}

/// Where a piece leads elsewhere than the next one started, that one is followed again, from there.
void join_segments(const FrameSolver& solver, std::vector<Segment>& segments, Guide& guide) {
  constexpr double kSame = 0.05;  // rad and m
  FrameTargets targets;
  PoseWorkspace work = make_pose_workspace(solver.plan);
  for (std::size_t s = 1; s < segments.size(); ++s) {
    Segment& segment = segments[s];
    if (!segments[s - 1].has_next) continue;
    Eigen::VectorXd pose = segments[s - 1].beyond;
    const Eigen::VectorXd off = pose - guide.poses.col(segment.first);
    if (off.size() == 0 || off.lpNorm<Eigen::Infinity>() < kSame) continue;
    guide.poses.col(segment.first) = pose;
    for (segment.done = 1; segment.done < segment.count; ++segment.done) {
      follow_one(solver, segment.at() * guide.spacing, pose, targets, work);
      guide.poses.col(segment.at()) = pose;
    }
    if (segment.has_next) follow_one(solver, segment.at() * guide.spacing, pose, targets, work);
    segment.beyond = pose;
  }
}

/// A second from the seed in both directions is followed first. The rest, in pieces, starts from
/// the poses seen there that look most alike, all pieces at once; then it is made sure that they
/// meet. So the guide is what following the motion from end to end would have given.
void follow_all(const FrameSolver& solver, const Eigen::VectorXd& seed, Eigen::Index middle,
                Guide& guide) {
  constexpr double kFirst_s = 0.8;     // a stride
  constexpr Eigen::Index kPieces = 8;  // in each direction
  const Eigen::Index n = guide.poses.cols();
  const Eigen::Index stride = std::max<Eigen::Index>(
      1, static_cast<Eigen::Index>(kFirst_s * solver.trajectories.rate_hz) / guide.spacing);
  const Eigen::Index right = std::min(stride, n - middle);
  const Eigen::Index left = std::min(stride, middle);
  std::vector<Segment> first;
  cut(middle, right, 1, 1, first);
  cut(middle - 1, left, -1, 1, first);
  std::vector<Eigen::Index> known;
  for (Segment& segment : first) {
    segment.pose = seed;
    segment.has_next = true;
    const Eigen::Index end = segment.first + segment.direction * segment.count;
    if (end < 0 || end >= n) segment.has_next = false;
    for (Eigen::Index i = 0; i < segment.count; ++i) {
      known.push_back(segment.first + i * segment.direction);
    }
  }
  follow_in_lanes(solver, first, 1, guide);
  std::vector<Segment> rest;
  std::vector<Segment> all;
  cut(middle + right, n - middle - right, 1, kPieces, rest);
  cut(middle - left - 1, middle - left, -1, kPieces, rest);
  for (Segment& segment : rest) {
    segment.pose = most_alike(solver, guide, known, segment.first * guide.spacing);
  }
  follow_in_lanes(solver, rest, n > 100 ? solver.threads : 1, guide);
  for (const Segment& start : first) {
    all.push_back(start);
    std::copy_if(rest.begin(), rest.end(), std::back_inserter(all),
                 [&](const Segment& s) { return s.direction == start.direction; });
  }
  join_segments(solver, all, guide);
}

// ---- The frames -------------------------------------------------------------------------------

/// What the frames are written into, and what all threads share.
struct Paths {
  const FrameSolver& solver;
  const Guide& guide;
  const InverseKinematicsOptions& options;
  InverseKinematics& out;
  std::vector<char>& converged;  // (n_frames) a byte each: threads write side by side
  Eigen::Index n_frames = 0;
  Eigen::Index chunk_size = 1;
  Eigen::Index n_chunks = 1;
  std::atomic<Eigen::Index> next = 0;
  std::atomic<Eigen::Index> done = 0;
};

void report_chunk(Paths& paths) {
  const Eigen::Index so_far = ++paths.done;
  if (!paths.options.progress) return;
  paths.options.progress(static_cast<double>(so_far) / static_cast<double>(paths.n_chunks));
}

const double* guide_pose(const Paths& paths, Eigen::Index frame) {
  return paths.guide.poses.col(frame / paths.guide.spacing).data();
}

/// The row of residuals is written; sums it up.
void sum_residuals(Eigen::Index frame, InverseKinematics& out) {
  double sum = 0.0;
  int seen = 0;
  double largest = -1.0;
  for (Eigen::Index m = 0; m < out.residual_m.cols(); ++m) {
    const double distance = out.residual_m(frame, m);
    if (std::isnan(distance)) continue;
    sum += distance * distance;
    ++seen;
    if (distance > largest) {
      largest = distance;
      out.worst[frame] = static_cast<int>(m);
    }
  }
  out.rms_m[frame] = std::sqrt(sum / seen);
}

/// Writes one frame solved by solve_pose; `work` holds the model at q.
void store_frame(Paths& paths, const FrameTargets& targets, Eigen::Index frame,
                 const Eigen::VectorXd& q, const PoseWorkspace& work) {
  const PosePlan& plan = paths.solver.plan;
  InverseKinematics& out = paths.out;
  for (std::size_t m = 0; m < plan.markers.size(); ++m) {
    const PoseMarker& marker = plan.markers[m];
    const Eigen::Vector3d at =
        work.ground_from_body[index(marker.body)] * marker.position_in_body_m;
    const auto column = static_cast<Eigen::Index>(m);
    out.residual_m(frame, column) = (at - targets.points_m.segment<3>(3 * column)).norm();
  }
  sum_residuals(frame, out);
  out.motion.q.row(frame) = q.transpose();
  // What no marker of this frame sees is lost, not invented.
  for (std::size_t c = 0; c < plan.variable_of_coordinate.size(); ++c) {
    const int v = plan.variable_of_coordinate[c];
    if (v != kNone && work.unobservable[index(v)]) {
      out.motion.q(frame, static_cast<Eigen::Index>(c)) = kNan;
    }
  }
}

/// Scratch of one thread.
struct ChunkScratch {
  FrameTargets targets;
  Eigen::VectorXd q, before, start;
  PoseWorkspace work;
};

/// One frame after another.
void solve_chunk(Paths& paths, Eigen::Index first, Eigen::Index last, ChunkScratch& scratch) {
  const FrameSolver& solver = paths.solver;
  const Eigen::Index n_q = paths.guide.poses.rows();
  auto& [targets, q, before, start, work] = scratch;
  int run_length = 0;  // solved frames just before this one
  for (Eigen::Index frame = first; frame < last; ++frame) {
    read_targets(solver.plan, solver.trajectories, frame, targets);
    if (targets.points_m.array().isNaN().all()) {
      run_length = 0;
      continue;
    }
    start = Eigen::Map<const Eigen::VectorXd>(guide_pose(paths, frame), n_q);
    if (run_length > 0) start = q;
    if (run_length > 1) start += q - before;
    const PoseOutcome outcome = solve_pose(solver.plan, targets, solver.options, start, work);
    if (!root_is_seen(solver, work)) {
      run_length = 0;
      continue;
    }
    paths.converged[index(frame)] = outcome.converged ? 1 : 0;
    paths.out.iterations[frame] = outcome.iterations;
    store_frame(paths, targets, frame, start, work);
    before = q;
    q = start;
    ++run_length;
  }
}

void solve_chunks(Paths& paths) {
  ChunkScratch scratch;
  scratch.q = scratch.before = scratch.start = Eigen::VectorXd::Zero(paths.guide.poses.rows());
  scratch.work = make_pose_workspace(paths.solver.plan);
  for (Eigen::Index c = paths.next++; c < paths.n_chunks; c = paths.next++) {
    const Eigen::Index first = c * paths.chunk_size;
    solve_chunk(paths, first, std::min(paths.n_frames, first + paths.chunk_size), scratch);
    report_chunk(paths);
  }
}

/// A lane on its way through a chunk.
struct LaneChunk {
  Eigen::Index frame = 0;
  Eigen::Index last = 0;
  int run_length = 0;
};

/// Scratch of one thread.
struct LaneThread {
  std::vector<LaneChunk> chunks;
  Eigen::VectorXd q;
  FrameTargets targets;
  PoseWorkspace work;
};

/// Solves a frame that a lane could not, and lets the lane go on from there. False: lost.
bool solve_hard_frame(Paths& paths, const LaneSolver& lanes, const LaneAnswer& answer,
                      LaneThread& thread) {
  const Eigen::Index frame = answer.job.frame;
  const FrameSolver& solver = paths.solver;
  read_targets(solver.plan, solver.trajectories, frame, thread.targets);
  thread.q = Eigen::Map<const Eigen::VectorXd>(guide_pose(paths, frame), paths.guide.poses.rows());
  earlier_pose(lanes, answer, thread.q);
  const PoseOutcome outcome =
      solve_pose(solver.plan, thread.targets, solver.options, thread.q, thread.work);
  if (!root_is_seen(solver, thread.work)) return false;
  paths.converged[index(frame)] = outcome.converged ? 1 : 0;
  paths.out.iterations[frame] = answer.iterations + outcome.iterations;
  store_frame(paths, thread.targets, frame, thread.q, thread.work);
  replace_answer(lanes, answer, thread.q);
  return true;
}

/// Writes what a lane found. False: too few markers to place the body.
bool store_answer(Paths& paths, const LaneSolver& lanes, const LaneAnswer& answer,
                  LaneThread& thread) {
  if (!answer.known) return false;
  if (!answer.converged) return solve_hard_frame(paths, lanes, answer, thread);
  if (!lane_sees_root(paths.solver, lanes, answer)) return false;
  const PosePlan& plan = paths.solver.plan;
  const Eigen::Index frame = answer.job.frame;
  InverseKinematics& out = paths.out;
  paths.converged[index(frame)] = 1;
  out.iterations[frame] = answer.iterations;
  for (std::size_t m = 0; m < lanes.program.markers_of_plan.size(); ++m) {
    out.residual_m(frame, lanes.program.markers_of_plan[m]) =
        answer_distance(answer, static_cast<int>(m));
  }
  sum_residuals(frame, out);
  answer_pose(lanes, answer, thread.q);
  for (std::size_t c = 0; c < plan.variable_of_coordinate.size(); ++c) {
    const int v = plan.variable_of_coordinate[c];
    const bool lost = v != kNone && answer_is_unseen(lanes, answer, v);
    out.motion.q(frame, static_cast<Eigen::Index>(c)) =
        lost ? kNan : thread.q[static_cast<Eigen::Index>(c)];
  }
  return true;
}

void solve_chunks_in_lanes(Paths& paths) {
  const LaneSolver lanes = lane_solver(paths.solver);
  LaneThread thread;
  thread.chunks.resize(index(lanes.kernel.lanes));
  thread.q = default_pose(*paths.solver.plan.model);
  thread.work = make_pose_workspace(paths.solver.plan);
  thread.targets.points_m.resize(3 * static_cast<Eigen::Index>(paths.solver.plan.markers.size()));
  solve_in_lanes(lanes, [&](int lane, const LaneAnswer* answer, LaneJob& job) {
    LaneChunk& chunk = thread.chunks[index(lane)];
    if (answer != nullptr) {
      const bool solved = store_answer(paths, lanes, *answer, thread);
      chunk.run_length = solved ? chunk.run_length + 1 : 0;
      if (++chunk.frame == chunk.last) report_chunk(paths);
    }
    if (chunk.frame == chunk.last) {
      const Eigen::Index c = paths.next++;
      if (c >= paths.n_chunks) return false;
      const Eigen::Index first = c * paths.chunk_size;
      chunk = {first, std::min(paths.n_frames, first + paths.chunk_size), 0};
    }
    job.frame = chunk.frame;
    job.earlier = std::min(2, chunk.run_length);
    job.start = guide_pose(paths, chunk.frame);
    return true;
  });
}

}  // namespace

Guide follow_coarsely(const FrameSolver& solver, const Eigen::VectorXd& seed,
                      Eigen::Index seed_frame) {
  // Limbs turn by up to 20 degrees in this time at a sprint: a warm start copes.
  constexpr double kGuideInterval_s = 0.03;
  Guide guide;
  guide.spacing = std::max<Eigen::Index>(
      1, static_cast<Eigen::Index>(kGuideInterval_s * solver.trajectories.rate_hz));
  const Eigen::Index n = (solver.trajectories.time_s.size() - 1) / guide.spacing + 1;
  guide.poses.resize(seed.size(), n);
  FrameSolver coarse = solver;
  coarse.options.step_tolerance = 1e-2;  // the step after it would be some 1e-4
  const Eigen::Index middle = std::min(n - 1, seed_frame / guide.spacing);
  if (coarse.program != nullptr) {
    follow_all(coarse, seed, middle, guide);
    return guide;
  }
  PoseWorkspace work = make_pose_workspace(solver.plan);
  FrameTargets targets;
  for (const Eigen::Index direction : {1, -1}) {
    Eigen::VectorXd pose = seed;
    for (Eigen::Index i = direction > 0 ? middle : middle - 1; i >= 0 && i < n; i += direction) {
      follow_one(coarse, i * guide.spacing, pose, targets, work);
      guide.poses.col(i) = pose;
    }
  }
  return guide;
}

void solve_paths(const FrameSolver& solver, const InverseKinematicsOptions& options,
                 const Guide& guide, InverseKinematics& out) {
  const Eigen::Index n_frames = solver.trajectories.time_s.size();
  const Eigen::Index size = std::max(1, options.chunk_frames);
  std::vector<char> converged(index(n_frames), 0);
  Paths paths{solver, guide, options, out, converged, n_frames, size, (n_frames + size - 1) / size};
  const auto n_threads = std::min<Eigen::Index>(solver.threads, paths.n_chunks);
  run_on_threads(static_cast<int>(n_threads), [&] {
    if (solver.program != nullptr) {
      solve_chunks_in_lanes(paths);
    } else {
      solve_chunks(paths);
    }
  });
  out.converged.assign(converged.begin(), converged.end());
}

}  // namespace catena
