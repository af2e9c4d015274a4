// Strides: milliseconds for everything that is made of 30 s of a runner's 51 markers at 150 Hz,
// stage by stage, beside a plain pass over the same numbers (each position read once) in the same
// run. The poses of a body are there already: bench/ik has what they take.
//
//   bench_strides [REPEATS]
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>

#include "catena/gait/clinical_angles.h"
#include "catena/gait/coordination.h"
#include "catena/gait/gait_events.h"
#include "catena/gait/spatiotemporal.h"
#include "catena/gait/stride_curves.h"
#include "catena/gait/strides.h"
#include "catena/model/chain_map.h"
#include "catena/synthetic/runner.h"
#include "catena/trajectories/from_recording.h"
#include "catena/trajectories/identify_labels.h"
#include "fastest.h"

namespace catena {
namespace {

int run(int repeats) {
  RunnerOptions options;
  options.seed = 3;
  options.speeds_m_s = {3.5};
  options.seconds = 30.0;
  const Result<SyntheticSession> session = make_session(options);
  if (!session) return 1;
  Recording recording;
  recording.points = session->runs[0];
  const BodyPoints body = body_points(identify_labels(recording.points.labels));
  const GroundFrame ground = find_ground_frame(recording, body).value();
  const Trajectories run = make_trajectories(recording.points, {.ground = ground}).value();
  const Model& model = session->body.model;
  const SegmentMotion segments =
      segment_motion(model, find_chain(model).value(), session->motions[0]).value();

  double total_ms = 0.0;
  const auto stage = [&](const char* name, const std::function<void()>& work) {
    const double ms = 1e3 * fastest_s(repeats, work);
    total_ms += ms;
    fmt::print("  {:<34}{:>8.2f} ms\n", name, ms);
  };
  fmt::print("{} frames x {} markers, 30 s\n", run.points_m.rows(), run.labels.size());

  GaitPoints points;
  stage("paths of feet and pelvis", [&] { points = gait_points(run, body, ground).value(); });
  GaitEvents events;
  stage("events from markers", [&] { events = marker_events(points); });
  GaitStrides strides;
  stage("strides",
        [&] { strides = strides_of(events, run.time_s[0], run.time_s[run.time_s.size() - 1]); });
  Spatiotemporal measures;
  stage("times, lengths, speed", [&] { measures = spatiotemporal(strides, points); });
  std::array<std::vector<AngleChannel>, 2> channels;
  stage("clinical angles of both sides", [&] {
    for (const Side side : kSides) channels[side] = clinical_angles(segments, side);
  });
  std::array<StrideCurves, 2> curves;
  stage("curves, bands and outliers", [&] {
    for (const Side side : kSides) {
      curves[side] = stride_curves(channels[side], segments.time_s, strides.strides);
    }
  });
  std::array<std::vector<Coupling>, 2> couplings;
  stage("coordination", [&] {
    for (const Side side : kSides)
      couplings[side] = coordination(channels[side], segments.time_s, curves[side]);
  });
  fmt::print("  {:<34}{:>8.2f} ms\n", "together", total_ms);

  double sum = 0.0;
  const double pass_ms = 1e3 * fastest_s(repeats, [&] {
                           sum +=
                               run.points_m.array().isNaN().select(0.0, run.points_m.array()).sum();
                         });
  fmt::print("  {:<34}{:>8.2f} ms{}\n", "a plain pass over the positions", pass_ms,
             std::isnan(sum) ? " " : "");
  fmt::print("{} strides of {} angles and {} couplings a side; {} events\n", strides.strides.size(),
             curves[0].curves.size(), couplings[0].size(), events.events.size());
  return 0;
}

}  // namespace
}  // namespace catena

int main(int argc, char** argv) { return catena::run(argc > 1 ? std::atoi(argv[1]) : 10); }
