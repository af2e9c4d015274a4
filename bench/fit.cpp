// The fit of a body: seconds for a session of a standing trial and three 30 s runs at 150 Hz, with
// the poses of all its frames, beside a copy of the same positions in the same run; and how near
// the planted body it comes.
//
//   bench_fit [REPEATS]
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "catena/kinematics/body_measures.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/kinematics/runner_prior.h"
#include "catena/synthetic/runner.h"
#include "catena/trajectories/from_recording.h"
#include "fastest.h"

namespace catena {
namespace {

/// Largest error of the thighs' and shanks' lengths, per cent.
double worst_length_percent(const Model& truth, const Model& fitted) {
  double worst = 0.0;
  for (const NamedLength& planted : measures_of(truth)) {
    if (planted.name.find("thigh length") == std::string::npos &&
        planted.name.find("shank length") == std::string::npos) {
      continue;
    }
    for (const NamedLength& found : measures_of(fitted)) {
      if (found.name != planted.name) continue;
      worst = std::max(worst, 100.0 * std::abs(found.value_m / planted.value_m - 1.0));
    }
  }
  return worst;
}

int run(int repeats) {
  RunnerOptions options;
  options.seed = 5;
  options.speeds_m_s = {2.5, 3.5, 4.5};
  options.seconds = 30.0;
  options.marker_noise_mm = 3.0;
  const Result<SyntheticSession> session = make_session(options);
  if (!session) return 1;
  std::vector<Trajectories> trials = {make_trajectories(session->standing).value()};
  for (const PointRecording& run : session->runs) {
    trials.push_back(make_trajectories(run).value());
  }
  std::vector<IdentifiedLabels> meanings;
  for (const Trajectories& trial : trials) meanings.push_back(identify_labels(trial.labels));
  std::vector<LabelledTrial> labelled;
  std::vector<FitTrial> for_fit;
  Eigen::Index n_frames = 0;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    labelled.push_back({&trials[i], &meanings[i], i == 0});
    for_fit.push_back({&trials[i], i == 0});
    if (i > 0) n_frames += trials[i].points_m.rows();
  }
  RunnerFacts facts;
  facts.height_m = options.body.height_m;
  fmt::print("{} frames x {} markers; fastest of {}\n", n_frames, trials[1].labels.size(), repeats);
  for (const int threads : {1, 2}) {
    BodyFitOptions fit_options;
    fit_options.threads = threads;
    BodyFit fit;
    const double fit_s = fastest_s(repeats, [&] {
      fit = fit_body(runner_prior(labelled, facts).value(), for_fit, fit_options).value();
    });
    InverseKinematicsOptions ik;
    ik.threads = threads;
    ik.marker_tasks = fit.weights;
    const double poses_s = fastest_s(repeats, [&] {
      for (std::size_t i = 1; i < trials.size(); ++i) {
        if (!inverse_kinematics(fit.model, trials[i], ik)) std::abort();
      }
    });
    fmt::print(
        "{} thread{}: fit {:.3f} s ({} iterations over {} frames, {} unknowns), poses {:.3f} s "
        "({:.0f} frames/s), marker RMS {:.1f} mm, worst leg length {:.1f} % off\n",
        threads, threads == 1 ? "" : "s", fit_s, fit.iterations, fit.frames, fit.covariance.rows(),
        poses_s, static_cast<double>(n_frames) / poses_s, 1e3 * fit.rms_m,
        worst_length_percent(session->body.model, fit.model));
  }
  double sum = 0.0;
  const double copy_s = fastest_s(repeats, [&] {
    for (std::size_t i = 1; i < trials.size(); ++i) {
      const Eigen::MatrixXd copy = trials[i].points_m;
      sum += copy(0, 0);
    }
  });
  fmt::print("a copy of the positions: {:.4f} s{}\n", copy_s, sum == 0.0 ? " " : "");
  return 0;
}

}  // namespace
}  // namespace catena

int main(int argc, char** argv) { return catena::run(argc > 1 ? std::atoi(argv[1]) : 5); }
