// Inverse kinematics: frames per second and distance from the converged answer, beside a plain
// dense Gauss-Newton solver in the same run.
//
//   bench_ik [REPEATS]      on Dorn's 7 m/s run where ../shared/data is there, else on a synthetic
//   one
#include <fmt/core.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/kinematics/inverse_kinematics.h"
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
  const char* given = std::getenv("CATENA_DATA");
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

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
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

int run(int repeats) {
  const auto loaded = load_case();
  if (!loaded) {
    fmt::print(stderr, "{}\n", to_sentence(loaded.error()));
    return 1;
  }
  const Case& c = *loaded;
  InverseKinematicsOptions exact;
  exact.step_tolerance = 1e-12;
  exact.threads = 1;
  const auto reference = inverse_kinematics(c.model, c.trajectories, exact);
  if (!reference) {
    fmt::print(stderr, "{}\n", to_sentence(reference.error()));
    return 1;
  }
  const double frames = static_cast<double>(c.trajectories.time_s.size());
  fmt::print("{}: {:.0f} frames, {} markers, {} coordinates; median of {} runs each, in turn\n\n",
             c.name, frames, reference->marker_index.size(), c.model.coordinates.size(), repeats);
  fmt::print("{:<34}{:>12}{:>12}{:>14}{:>14}\n", "solver", "frames/s", "iterations", "off, RMS deg",
             "largest deg");

  struct Row {
    std::string name;
    double tolerance;
    int threads;
    std::vector<double> times = {};
  };
  std::vector<Row> rows = {{"plain dense Gauss-Newton", 0.0, 1},
                           {"catena, 1 thread", 1e-7, 1},
                           {"catena, 1 thread, tolerance 1e-4", 1e-4, 1},
                           {"catena, 2 threads", 1e-7, 2}};
  std::vector<std::string> lines(rows.size());
  for (int repeat = 0; repeat < repeats; ++repeat) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Eigen::MatrixXd q;
      double iterations = 0.0;
      rows[i].times.push_back(seconds([&] {
        if (rows[i].tolerance == 0.0) {
          const Baseline plain = solve_plainly(c, reference->motion.q.row(0).transpose());
          q = plain.q;
          iterations = plain.iterations;
          return;
        }
        InverseKinematicsOptions options;
        options.step_tolerance = rows[i].tolerance;
        options.threads = rows[i].threads;
        const auto fit = inverse_kinematics(c.model, c.trajectories, options);
        q = fit->motion.q;
        iterations = fit->iterations.cast<double>().mean();
      }));
      const auto [rms, largest] = distance_deg(c, q, reference->motion.q);
      std::vector<double> sorted = rows[i].times;
      std::sort(sorted.begin(), sorted.end());
      lines[i] = fmt::format("{:<34}{:>12.0f}{:>12.1f}{:>14.2g}{:>14.2g}", rows[i].name,
                             frames / sorted[sorted.size() / 2], iterations, rms, largest);
    }
  }
  for (const std::string& line : lines) fmt::print("{}\n", line);
  fmt::print("\nTimes include the search for the first frame's pose from any orientation.\n");
  return 0;
}

}  // namespace
}  // namespace catena

int main(int argc, char** argv) {
  return catena::run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 5);
}
