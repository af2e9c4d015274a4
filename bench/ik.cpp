// Inverse kinematics: frames per second and distance from the converged answer, frames side by side
// in SIMD lanes beside the same program frame by frame and a plain dense Gauss-Newton solver, all
// in the same run.
//
//   bench_ik [REPEATS]      on Dorn's 7 m/s run where ../shared/data is there, else on a synthetic
//                           one; as recorded, and played forth and back to half a minute
//
// Frames a second are of processor time on one core (the machine may be busy), of wall time for two
// threads. Floating-point operations: lane_flops counts those of one pass over a frame from the
// plan's tables,
//   2 a value + 58 a turn (+45 if skew) + 40 a body + 21 a shift + 78 a marker + 114 a column
//   + 11 a pair of columns (5 if the shallow one only shifts) + n (n+1) + 5 n + 25 a row of n
// entries; a frame's are that times its iterations. The peak is that of multiply-adds in registers
// with the same instructions, measured in turn with the rest.
#include <fmt/core.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/kinematics/lane_program.h"
#include "catena/kinematics/lane_solver.h"
#include "catena/kinematics/pose_plan.h"
#include "catena/model/osim_reader.h"
#include "catena/recording/trc.h"
#include "catena/synthetic/runner.h"
#include "catena/trajectories/from_recording.h"

namespace catena {
namespace {

struct Case {
  std::string name;
  Model model;
  Trajectories trajectories;
};

Result<Case> load_case() {
  const char* given = std::getenv("CATENA_DATA");  // NOLINT(concurrency-mt-unsafe)
  const std::filesystem::path folder =
      std::filesystem::path(given ? given : "../shared/data") / "dorn2012";
  Case out;
  if (std::filesystem::exists(folder)) {
    out.name = "Dorn 2012, 7 m/s";
    CATENA_TRY(model, read_osim(folder / "sprinter_scaled.osim"));
    CATENA_TRY(recording, read_trc(folder / "run0700cms.trc"));
    CATENA_TRY(trajectories, make_trajectories(recording));
    out.model = std::move(model);
    out.trajectories = std::move(trajectories);
    return out;
  }
  out.name = "synthetic runner, 3.5 m/s";
  RunnerOptions options;
  options.speeds_m_s = {3.5};
  CATENA_TRY(session, make_session(options));
  CATENA_TRY(trajectories, make_trajectories(session.runs.front()));
  out.model = session.user_model;
  out.trajectories = std::move(trajectories);
  return out;
}

/// The baseline: dense Jacobian, dense normal equations, bounds clipped, one frame after another,
/// until a step is shorter than 1e-7. Starts from the answer of the first frame.
struct Baseline {
  Eigen::MatrixXd q;
  double iterations = 0.0;
};

Baseline solve_plainly(const Case& c, const Eigen::VectorXd& start) {
  Baseline out;
  out.q.resize(c.trajectories.time_s.size(), start.size());
  std::vector<Eigen::Index> points;
  Model model = c.model;
  std::erase_if(model.markers, [&](const ModelMarker& marker) {
    return std::find(c.trajectories.labels.begin(), c.trajectories.labels.end(), marker.name) ==
           c.trajectories.labels.end();
  });
  for (const ModelMarker& marker : model.markers) {
    points.push_back(
        std::find(c.trajectories.labels.begin(), c.trajectories.labels.end(), marker.name) -
        c.trajectories.labels.begin());
  }
  Eigen::VectorXd q = start;
  for (Eigen::Index f = 0; f < out.q.rows(); ++f) {
    Eigen::VectorXd target(3 * static_cast<Eigen::Index>(points.size()));
    for (std::size_t m = 0; m < points.size(); ++m) {
      target.segment<3>(3 * static_cast<Eigen::Index>(m)) =
          c.trajectories.points_m.block<1, 3>(f, 3 * points[m]).transpose();
    }
    for (int i = 0; i < 60; ++i) {
      out.iterations += 1.0;
      const Eigen::VectorXd r = target - marker_positions(model, forward_kinematics(model, q));
      const Eigen::VectorXd clean = r.array().isNaN().select(0.0, r);
      Eigen::MatrixXd J = marker_jacobian(model, q);
      for (Eigen::Index k = 0; k < r.size(); ++k) {
        if (std::isnan(r[k])) J.row(k).setZero();
      }
      Eigen::MatrixXd H = J.transpose() * J;
      H.diagonal().array() += 1e-12;
      const Eigen::VectorXd step = H.ldlt().solve(J.transpose() * clean);
      const Eigen::VectorXd before = q;
      q += step;
      for (Eigen::Index j = 0; j < q.size(); ++j) {
        const Coordinate& limit = model.coordinates[static_cast<std::size_t>(j)];
        if (limit.clamped) q[j] = std::clamp(q[j], limit.min, limit.max);
        if (limit.locked) q[j] = limit.default_value;
      }
      apply_couplers(model, q);
      if ((q - before).lpNorm<Eigen::Infinity>() < 1e-7) break;
    }
    out.q.row(f) = q.transpose();
  }
  out.iterations /= static_cast<double>(out.q.rows());
  return out;
}

/// The recording forth and back until it is `seconds` long: a motion without a jump.
Trajectories forth_and_back(const Trajectories& once, double seconds) {
  Trajectories out = once;
  const Eigen::Index n = once.time_s.size();
  const auto n_long = static_cast<Eigen::Index>(seconds * once.rate_hz);
  out.time_s.resize(n_long);
  out.points_m.resize(n_long, once.points_m.cols());
  for (Eigen::Index f = 0; f < n_long; ++f) {
    const Eigen::Index within = f % (2 * n - 2);
    out.points_m.row(f) = once.points_m.row(within < n ? within : 2 * n - 2 - within);
    out.time_s[f] = static_cast<double>(f) / once.rate_hz;
  }
  return out;
}

double now(clockid_t clock) {
  timespec t = {};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

struct Timed {
  double processor_s = 0.0;
  double wall_s = 0.0;
};

Timed time_of(const std::function<void()>& work) {
  const double wall = now(CLOCK_MONOTONIC);
  const double processor = now(CLOCK_PROCESS_CPUTIME_ID);
  work();
  return {now(CLOCK_PROCESS_CPUTIME_ID) - processor, now(CLOCK_MONOTONIC) - wall};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Largest and RMS distance of rotations from the reference, degrees; unknown values left out.
std::pair<double, double> distance_deg(const Case& c, const Eigen::MatrixXd& q,
                                       const Eigen::MatrixXd& reference) {
  double largest = 0.0;
  double sum = 0.0;
  double count = 0.0;
  for (Eigen::Index j = 0; j < q.cols(); ++j) {
    if (c.model.coordinates[static_cast<std::size_t>(j)].kind != CoordinateKind::kRotation) {
      continue;
    }
    for (Eigen::Index f = 0; f < q.rows(); ++f) {
      const double d = std::abs(q(f, j) - reference(f, j)) * kDegPerRad;
      if (std::isnan(d)) continue;
      largest = std::max(largest, d);
      sum += d * d;
      count += 1.0;
    }
  }
  return {std::sqrt(sum / count), largest};
}

struct Row {
  std::string name;
  int lanes = 0;  // -1: the plain solver
  double tolerance = 1e-7;
  int threads = 1;
  std::vector<double> processor_s = {}, wall_s = {}, peak_flops = {};
  double iterations = 0.0;
  std::pair<double, double> off_deg = {};
};

std::vector<Row> rows_to_time(bool with_plain) {
  std::vector<Row> rows;
  if (with_plain) rows.push_back({"plain dense Gauss-Newton", -1});
  rows.push_back({"one frame after another", 1});
  for (const int lanes : {2, 4, 8}) {
    const LaneKernel* kernel = find_lane_kernel(lanes);
    if (kernel == nullptr) continue;
    const std::string name = fmt::format("{} lanes, {}", lanes, kernel->instructions);
    rows.push_back({name, lanes});
    rows.push_back({name + ", 1e-3", lanes, 1e-3});
  }
  rows.push_back({"widest, 2 threads (wall)", 0, 1e-7, 2});
  return rows;
}

void time_row(const Case& c, const InverseKinematics& reference, Row& row) {
  Eigen::MatrixXd q;
  const Timed timed = time_of([&] {
    if (row.lanes < 0) {
      Baseline plain = solve_plainly(c, reference.motion.q.row(0).transpose());
      q = std::move(plain.q);
      row.iterations = plain.iterations;
      return;
    }
    InverseKinematicsOptions options;
    options.step_tolerance = row.tolerance;
    options.threads = row.threads;
    options.lanes = row.lanes;
    auto fit = inverse_kinematics(c.model, c.trajectories, options);
    q = std::move(fit->motion.q);
    row.iterations = fit->iterations.cast<double>().mean();
  });
  row.processor_s.push_back(timed.processor_s);
  row.wall_s.push_back(timed.wall_s);
  row.off_deg = distance_deg(c, q, reference.motion.q);
  if (const LaneKernel* kernel = find_lane_kernel(row.lanes); row.lanes > 1) {
    double operations = 0.0;
    double ignored = 0.0;
    const Timed spun = time_of([&] { operations = kernel->spin(2000000, &ignored); });
    row.peak_flops.push_back(operations / spun.processor_s);
  }
}

/// One recording, all solvers in turn.
int time_case(const Case& c, int repeats, bool with_plain) {
  InverseKinematicsOptions exact;
  exact.step_tolerance = 1e-12;
  exact.threads = 1;
  exact.lanes = 1;
  const auto reference = inverse_kinematics(c.model, c.trajectories, exact);
  const auto plan = make_pose_plan(c.model, c.trajectories.labels, exact);
  if (!reference || !plan) {
    fmt::print(stderr, "{}\n", to_sentence(reference ? plan.error() : reference.error()));
    return 1;
  }
  const double flops = lane_flops(make_lane_program(*plan));
  const double frames = static_cast<double>(c.trajectories.time_s.size());
  fmt::print("{}: {:.0f} frames, {} markers, {} coordinates ({} free); {:.0f} operations a pass\n",
             c.name, frames, reference->marker_index.size(), c.model.coordinates.size(),
             plan->variables.size(), flops);
  fmt::print("{:<28}{:>10}{:>8}{:>14}{:>13}{:>11}{:>9}\n", "", "frames/s", "passes", "off, RMS deg",
             "largest deg", "kflop/frame", "of peak");
  std::vector<Row> rows = rows_to_time(with_plain);
  for (int repeat = 0; repeat < repeats; ++repeat) {
    for (Row& row : rows) time_row(c, *reference, row);
  }
  Timed one_thread;
  for (const Row& row : rows) {
    const double s = median(row.threads > 1 ? row.wall_s : row.processor_s);
    std::string share = "-";
    std::string work = "-";
    if (row.lanes > 1) {
      if (row.tolerance == 1e-7) one_thread = {median(row.processor_s), median(row.wall_s)};
      work = fmt::format("{:.0f}", 1e-3 * flops * row.iterations);
      share = fmt::format("{:.0f} %",
                          100.0 * flops * row.iterations * frames / s / median(row.peak_flops));
    }
    fmt::print("{:<28}{:>10.0f}{:>8.1f}{:>14.2g}{:>13.2g}{:>11}{:>9}\n", row.name, frames / s,
               row.iterations, row.off_deg.first, row.off_deg.second, work, share);
    if (row.threads > 1) {
      fmt::print(
          "two threads: {:.2f} times one, wall against wall, with {:.2f} cores to be had; {:.2f} "
          "of its processor time\n\n",
          one_thread.wall_s / s, median(row.processor_s) / s,
          median(row.processor_s) / one_thread.processor_s);
    }
  }
  return 0;
}

int run(int repeats) {
  auto loaded = load_case();
  if (!loaded) {
    fmt::print(stderr, "{}\n", to_sentence(loaded.error()));
    return 1;
  }
  Case& c = *loaded;
  fmt::print("median of {} runs each, in turn; times include the search for the first pose\n\n",
             repeats);
  if (const int failed = time_case(c, repeats, true); failed != 0) return failed;
  c.trajectories = forth_and_back(c.trajectories, 30.0);
  c.name += ", forth and back for 30 s";
  if (const int failed = time_case(c, repeats, false); failed != 0) return failed;
  for (const int lanes : {2, 4, 8}) {
    const LaneKernel* kernel = find_lane_kernel(lanes);
    if (kernel == nullptr) continue;
    double ignored = 0.0;
    double operations = 0.0;
    const Timed spun = time_of([&] { operations = kernel->spin(20000000, &ignored); });
    fmt::print("peak of one core, {}: {:.1f} Gflop/s\n", kernel->instructions,
               1e-9 * operations / spun.processor_s);
  }
  return 0;
}

}  // namespace
}  // namespace catena

int main(int argc, char** argv) {
  return catena::run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 5);
}
