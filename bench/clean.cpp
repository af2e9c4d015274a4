// Cleaning: milliseconds for 30 s of a runner's 51 markers at 150 Hz, beside a plain copy of the
// same positions in the same run; as recorded, and with gaps and exchanged labels.
//
//   bench_clean [REPEATS]
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <limits>

#include "catena/analysis/cleaning.h"
#include "catena/synthetic/runner.h"
#include "catena/trajectories/clean.h"
#include "catena/trajectories/from_recording.h"
#include "fastest.h"

namespace catena {
namespace {

int run(int repeats) {
  for (const bool faulty : {false, true}) {
    RunnerOptions options;
    options.seed = 3;
    options.speeds_m_s = {3.5};
    options.seconds = 30.0;
    if (faulty) {
      options.faults.gaps_per_marker_minute = 10.0;
      options.faults.swapped_pairs = 2;
    }
    const Result<SyntheticSession> session = make_session(options);
    if (!session) return 1;
    const Trajectories run = make_trajectories(session->runs[0]).value();
    const MarkerClusters clusters = clusters_of(session->user_model);
    const BodyShape standing =
        describe_shape(make_trajectories(session->standing).value(), clusters);
    CleanCounts counts;
    const double clean_ms =
        1e3 * fastest_s(repeats, [&] { counts = clean(run, clusters, &standing).value().counts; });
    double sum = 0.0;
    const double copy_ms = 1e3 * fastest_s(repeats, [&] {
                             const Eigen::MatrixXd copy = run.points_m;
                             sum += copy(0, 0);
                           });
    fmt::print("{} frames x {} markers, {} swaps, {} gaps: {:.1f} ms; a copy {:.2f} ms{}\n",
               run.points_m.rows(), run.labels.size(), counts.swaps,
               counts.gaps_filled + counts.gaps_left, clean_ms, copy_ms, sum == 0.0 ? " " : "");
  }
  return 0;
}

}  // namespace
}  // namespace catena

int main(int argc, char** argv) { return catena::run(argc > 1 ? std::atoi(argv[1]) : 10); }
