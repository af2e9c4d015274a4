#include "catena/kinematics/lane_solver.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "catena/model/scalar_function.h"

namespace catena {
namespace {

// A pivot this small beside the weights, in m^2 per rad^2, means that no marker sees the variable.
constexpr double kUnseenPivot = 1e-9;
// A frame that needs more is given back unsolved.
constexpr int kMostSteps = 30;

std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// Newton's iteration of one lane, between passes.
struct LaneState {
  bool busy = false;
  bool fresh = true;  // x is where the iteration stands, not a step to be judged
  LaneJob job;
  int iterations = 0;
  double cost = 0.0;
  bool step_was_newton = true;
  double step_damping = 0.0;
};

}  // namespace

struct LaneWorkspace {
  LaneTables tables;
  LaneArrays arrays;
  int lanes = 0;
  std::vector<double> memory;
  std::vector<LaneState> states;
  std::vector<double> coordinate, coordinate_slope;  // scratch for externals

  double& at(double* rows, int row, int lane) const { return rows[row * lanes + lane]; }
  long long& at(long long* rows, int row, int lane) const { return rows[row * lanes + lane]; }
};

namespace {

/// Deals out rows of lanes from one piece of memory; the first round only counts.
struct Dealer {
  int lanes = 0;
  double* next = nullptr;
  std::size_t used = 0;

  void operator()(double*& rows, int n) {
    rows = next == nullptr ? nullptr : next + used;
    used += static_cast<std::size_t>(n) * index(lanes);
  }
  void operator()(long long*& rows, int n) {
    static_assert(sizeof(long long) == sizeof(double));
    rows = next == nullptr ? nullptr : reinterpret_cast<long long*>(next + used);
    used += static_cast<std::size_t>(n) * index(lanes);
  }
};

void deal(const LaneTables& t, Dealer& dealer, LaneArrays& a) {
  const int n = t.n_variables;
  for (double** rows :
       {&a.x, &a.base, &a.next, &a.earlier1, &a.earlier2, &a.gradient, &a.diagonal}) {
    dealer(*rows, n);
  }
  dealer(a.value, t.n_values);
  dealer(a.slope, t.n_values);
  dealer(a.rotation, 9 * t.n_bodies);
  dealer(a.origin, 3 * t.n_bodies);
  dealer(a.turn_axis, 3 * t.n_turns);
  dealer(a.shift_axis, 3 * t.n_shifts);
  dealer(a.target, 3 * t.n_markers);
  dealer(a.weight, t.n_markers);
  dealer(a.distance2, t.n_markers);
  dealer(a.sums, 22 * t.n_bodies);
  dealer(a.twist, 6 * t.n_columns);
  dealer(a.matrix, t.n_entries);
  dealer(a.row, 3 * n);
  dealer(a.frozen, n);
  dealer(a.unseen, n);
  for (double** rows : {&a.newton, &a.damping, &a.weight_seen, &a.smallest_pivot, &a.cost,
                        &a.length, &a.blend1, &a.blend2}) {
    dealer(*rows, 1);
  }
  for (long long** rows : {&a.indefinite, &a.advance, &a.retreat, &a.finished, &a.started}) {
    dealer(*rows, 1);
  }
}

void make_workspace(const LaneSolver& solver, LaneWorkspace& work) {
  constexpr std::uintptr_t kAlignment = 64;
  work.tables = lane_tables(solver.program);
  work.lanes = solver.kernel.lanes;
  Dealer dealer{work.lanes, nullptr, 0};
  deal(work.tables, dealer, work.arrays);
  work.memory.assign(dealer.used + kAlignment / sizeof(double), 0.0);
  const auto address = reinterpret_cast<std::uintptr_t>(work.memory.data());
  const std::uintptr_t gap = (kAlignment - address % kAlignment) % kAlignment;
  dealer = {work.lanes, work.memory.data() + gap / sizeof(double), 0};
  deal(work.tables, dealer, work.arrays);

  work.states.resize(index(work.lanes));
  work.coordinate.assign(solver.plan.model->coordinates.size(), 0.0);
  work.coordinate_slope = work.coordinate;
  for (int lane = 0; lane < work.lanes; ++lane) {
    for (int i = 0; i < 3; ++i) work.at(work.arrays.rotation, 4 * i, lane) = 1.0;  // ground
    for (int v = 0; v < work.tables.n_values; ++v) {
      work.at(work.arrays.slope, v, lane) = solver.program.values[index(v)].slope;
    }
    for (int v = 0; v < work.tables.n_variables; ++v) {
      const auto of_plan = index(solver.program.variables[index(v)]);
      work.at(work.arrays.frozen, v, lane) =
          !solver.frozen.empty() && solver.frozen[of_plan] ? -1 : 0;
    }
  }
}

/// Coordinates from a lane's variables, in the model's order, with their slopes by the variables.
void settle_lane(const LaneSolver& solver, const double* rows, int lane, double time_s,
                 LaneWorkspace& work) {
  const Model& model = *solver.plan.model;
  for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
    const Coordinate& coordinate = model.coordinates[c];
    const int v = solver.plan.variable_of_coordinate[c];
    work.coordinate_slope[c] = v == kNone ? 0.0 : 1.0;
    if (coordinate.prescribed) {
      work.coordinate[c] = evaluate(*coordinate.prescribed, time_s).value;
    } else if (coordinate.locked) {
      work.coordinate[c] = coordinate.default_value;
    } else if (v != kNone && solver.program.lane_of_variable[index(v)] != kNone) {
      work.coordinate[c] = rows[solver.program.lane_of_variable[index(v)] * work.lanes + lane];
    }
  }
  for (const CoordinateCoupler& coupler : model.couplers) {
    const ValueAndSlope at =
        evaluate(coupler.function, work.coordinate[index(coupler.independent)]);
    work.coordinate[index(coupler.dependent)] = at.value;
    work.coordinate_slope[index(coupler.dependent)] =
        at.slope * work.coordinate_slope[index(coupler.independent)];
  }
}

/// Axes that are no linear function of a variable.
void evaluate_externals(const LaneSolver& solver, LaneWorkspace& work) {
  if (solver.program.externals.empty()) return;
  const Model& model = *solver.plan.model;
  for (int lane = 0; lane < work.lanes; ++lane) {
    const LaneState& state = work.states[index(lane)];
    if (!state.busy) continue;
    if (solver.program.must_settle) {
      settle_lane(solver, work.arrays.x, lane, solver.trajectories.time_s[state.job.frame], work);
    }
    for (const LaneExternal& external : solver.program.externals) {
      const TransformAxis& axis = model.joints[index(external.joint)].axes[index(external.axis)];
      const bool is_own = external.variable != kNone;
      const std::size_t c = index(axis.coordinate);
      const double x =
          is_own ? work.at(work.arrays.x, external.variable, lane) : work.coordinate[c];
      const double inner = is_own ? 1.0 : work.coordinate_slope[c];
      const ValueAndSlope at = evaluate(axis.function, x);
      work.at(work.arrays.value, external.value, lane) = external.sign * at.value;
      work.at(work.arrays.slope, external.value, lane) = external.sign * at.slope * inner;
    }
  }
}

/// Puts the markers of the job's frame before a lane; false: none was seen.
bool load_frame(const LaneSolver& solver, int lane, Eigen::Index frame, LaneWorkspace& work) {
  const Eigen::Index stride = solver.trajectories.points_m.rows();
  const double* points = solver.trajectories.points_m.data() + frame;
  double weight_seen = 0.0;
  for (int m = 0; m < work.tables.n_markers; ++m) {
    const auto of_plan = index(solver.program.markers_of_plan[index(m)]);
    const double* p = points + 3 * stride * solver.plan.point_index[of_plan];
    const double x = p[0];
    const double y = p[stride];
    const double z = p[2 * stride];
    const bool seen = x == x && y == y && z == z;
    const double weight = seen ? solver.plan.markers[of_plan].weight : 0.0;
    work.at(work.arrays.target, 3 * m, lane) = seen ? x : 0.0;
    work.at(work.arrays.target, 3 * m + 1, lane) = seen ? y : 0.0;
    work.at(work.arrays.target, 3 * m + 2, lane) = seen ? z : 0.0;
    work.at(work.arrays.weight, m, lane) = weight;
    weight_seen += weight;
  }
  work.arrays.weight_seen[lane] = weight_seen;
  work.arrays.smallest_pivot[lane] = kUnseenPivot * weight_seen;
  return weight_seen > 0.0;
}

void write_variables(const LaneSolver& solver, const double* q, int lane, double* rows,
                     const LaneWorkspace& work) {
  for (int v = 0; v < work.tables.n_variables; ++v) {
    const PoseVariable& variable = solver.plan.variables[index(solver.program.variables[index(v)])];
    work.at(rows, v, lane) = std::clamp(q[variable.coordinate], variable.min, variable.max);
  }
}

/// Gives an idle lane its next frame. Frames without any marker come straight back.
void feed_lane(const LaneSolver& solver, const LaneFeed& feed, const LaneAnswer* answer, int lane,
               LaneWorkspace& work) {
  LaneState& state = work.states[index(lane)];
  LaneAnswer nothing_seen;
  LaneJob job;
  while (true) {
    state.busy = feed(lane, answer, job);
    if (!state.busy) return;
    if (load_frame(solver, lane, job.frame, work)) break;
    nothing_seen = {job, false, false, 0, 0.0, &work, lane};
    answer = &nothing_seen;
    job = LaneJob{};
  }
  state = LaneState{};
  state.busy = true;
  state.job = job;
  const LaneArrays& a = work.arrays;
  // Far from the answer Newton's matrix is seldom positive.
  a.newton[lane] = job.earlier == 0 ? 0.0 : 1.0;
  a.damping[lane] = 0.0;
  if (job.earlier == 0) {
    write_variables(solver, job.start, lane, a.x, work);
    return;
  }
  a.started[lane] = -1;
  a.blend1[lane] = job.earlier;
  a.blend2[lane] = job.earlier == 2 ? -1.0 : 0.0;
}

/// What a lane does after a pass. Returns whether it has finished its frame.
bool judge_step(const LaneSolver& solver, int lane, const LaneWorkspace& work, LaneState& state,
                bool& converged) {
  const LaneArrays& a = work.arrays;
  converged = false;
  // Rounding may raise the cost of a tiny step in its last digits.
  if (!state.fresh && !(a.cost[lane] <= state.cost * (1.0 + 1e-13) + 1e-30)) {
    a.damping[lane] =
        state.step_was_newton ? state.step_damping : std::max(10.0 * state.step_damping, 1e-4);
    a.newton[lane] = 0.0;
    a.retreat[lane] = -1;
    state.fresh = true;
    state.step_was_newton = false;
    return ++state.iterations >= kMostSteps;
  }
  state.cost = a.cost[lane];
  if (a.indefinite[lane] != 0) {  // again from here, with Gauss and Newton's matrix
    a.newton[lane] = 0.0;
    state.fresh = true;
    return ++state.iterations >= kMostSteps;
  }
  ++state.iterations;
  const double damping = a.damping[lane];
  if (a.length[lane] <= solver.options.step_tolerance && damping < 1e-3) {
    converged = true;
    return true;
  }
  if (state.iterations >= std::min(kMostSteps, solver.options.max_iterations)) return true;
  a.advance[lane] = -1;
  state.fresh = false;
  state.step_was_newton = a.newton[lane] != 0.0;
  state.step_damping = damping;
  a.damping[lane] = damping < 1e-6 ? 0.0 : 0.1 * damping;
  a.newton[lane] = a.damping[lane] == 0.0 ? 1.0 : 0.0;
  return false;
}

/// A variable that no marker of this frame sees stays where it was, and stops there.
void stop_unseen(const LaneJob& job, int lane, const LaneWorkspace& work) {
  const LaneArrays& a = work.arrays;
  for (int v = 0; v < work.tables.n_variables; ++v) {
    if (work.at(a.unseen, v, lane) == 0) continue;
    const double stay = work.at(job.earlier == 0 ? a.earlier1 : a.earlier2, v, lane);
    work.at(a.earlier1, v, lane) = work.at(a.earlier2, v, lane) = stay;
  }
}

void run(const LaneSolver& solver, const LaneFeed& feed, LaneWorkspace& work) {
  const LaneArrays& a = work.arrays;
  const auto clear = [&](long long* flags) { std::fill(flags, flags + work.lanes, 0LL); };
  clear(a.started);
  for (int lane = 0; lane < work.lanes; ++lane) feed_lane(solver, feed, nullptr, lane, work);
  const auto any_busy = [&] {
    return std::any_of(work.states.begin(), work.states.end(),
                       [](const LaneState& state) { return state.busy; });
  };
  while (any_busy()) {
    solver.kernel.start(work.tables, a);
    evaluate_externals(solver, work);
    solver.kernel.pass(work.tables, a);
    for (long long* flags : {a.advance, a.retreat, a.finished, a.started}) clear(flags);
    bool any_finished = false;
    for (int lane = 0; lane < work.lanes; ++lane) {
      LaneState& state = work.states[index(lane)];
      bool converged = false;
      if (!state.busy || !judge_step(solver, lane, work, state, converged)) continue;
      a.advance[lane] = a.retreat[lane] = 0;
      a.finished[lane] = converged ? -1 : -2;
      any_finished = true;
    }
    solver.kernel.move(work.tables, a);
    if (!any_finished) continue;
    for (int lane = 0; lane < work.lanes; ++lane) {
      if (a.finished[lane] == 0) continue;
      const LaneState& state = work.states[index(lane)];
      const LaneAnswer answer{state.job, true, a.finished[lane] == -1, state.iterations, state.cost,
                              &work,     lane};
      stop_unseen(answer.job, lane, work);
      feed_lane(solver, feed, &answer, lane, work);
    }
  }
}

}  // namespace

const LaneKernel* find_lane_kernel(int lanes) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool has_avx512 =
      __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0;
  const bool has_avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
  if (has_avx512 && (lanes == 0 || lanes == 8)) return lane_kernel_avx512();
  if (has_avx2 && (lanes == 0 || lanes == 4)) return lane_kernel_avx2();
#endif
  return lanes == 0 || lanes == 2 ? lane_kernel_2() : nullptr;
}

void solve_in_lanes(const LaneSolver& solver, const LaneFeed& feed) {
  LaneWorkspace work;
  make_workspace(solver, work);
  run(solver, feed, work);
}

void answer_pose(const LaneSolver& solver, const LaneAnswer& answer, Eigen::VectorXd& q) {
  LaneWorkspace& work = *answer.work;
  for (std::size_t c = 0; c < work.coordinate.size(); ++c) {
    work.coordinate[c] = q[static_cast<Eigen::Index>(c)];
  }
  settle_lane(solver, work.arrays.earlier1, answer.lane,
              solver.trajectories.time_s[answer.job.frame], work);
  for (std::size_t c = 0; c < work.coordinate.size(); ++c) {
    q[static_cast<Eigen::Index>(c)] = work.coordinate[c];
  }
}

void earlier_pose(const LaneSolver& solver, const LaneAnswer& answer, Eigen::VectorXd& q) {
  const LaneWorkspace& work = *answer.work;
  if (answer.job.earlier == 0) return;
  for (int v = 0; v < work.tables.n_variables; ++v) {
    const auto of_plan = index(solver.program.variables[index(v)]);
    q[solver.plan.variables[of_plan].coordinate] = work.at(work.arrays.earlier2, v, answer.lane);
  }
}

double answer_distance(const LaneAnswer& answer, int lane_marker) {
  const LaneWorkspace& work = *answer.work;
  if (!(work.at(work.arrays.weight, lane_marker, answer.lane) > 0.0)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return std::sqrt(work.at(work.arrays.distance2, lane_marker, answer.lane));
}

bool answer_is_unseen(const LaneSolver& solver, const LaneAnswer& answer, int variable) {
  const int v = solver.program.lane_of_variable[index(variable)];
  return v == kNone || answer.work->at(answer.work->arrays.unseen, v, answer.lane) != 0;
}

void replace_answer(const LaneSolver& solver, const LaneAnswer& answer, const Eigen::VectorXd& q) {
  write_variables(solver, q.data(), answer.lane, answer.work->arrays.earlier1, *answer.work);
}

}  // namespace catena
