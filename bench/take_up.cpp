// Take-up: milliseconds from the poses of a 90 s ramp at 150 Hz to the shares of both legs, stage
// by stage, beside a plain pass over the same poses (each number read once) in the same run; and
// how far the shares are from those planted. The poses themselves: bench/ik has what they take.
//
//   bench_take_up [REPEATS]
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <vector>

#include "catena/chain/stride_result.h"
#include "catena/chain/take_up.h"
#include "catena/gait/segment_motion.h"
#include "catena/model/chain_map.h"
#include "catena/synthetic/runner.h"
#include "fastest.h"

namespace catena {
namespace {

DemandStrides as_ramp(const std::vector<StrideResult>& strides) {
  const auto n = static_cast<Eigen::Index>(strides.size());
  DemandStrides ramp = {"ramp", true, Eigen::VectorXd(n), Eigen::MatrixXd(n, 3),
                        Eigen::MatrixXd(n, 3)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const StrideResult& stride = strides[static_cast<std::size_t>(i)];
    const Budget& b = stride.at_peak;
    ramp.time_s[i] = stride.peak_time_s;
    ramp.parts_rad.row(i) << b.hip.total_rad, b.low_back.total_rad, b.lean.total_rad;
    ramp.rest_rad.row(i) << b.hip.rest_rad, b.low_back.rest_rad, b.lean.rest_rad;
  }
  return ramp;
}

int run(int repeats) {
  RunnerOptions options;
  options.seed = 3;
  options.ramp = SpeedRamp{2.5, 4.5, 90.0};
  options.shares = {SagittalShares{0.6, 0.25, 0.15}, SagittalShares{0.45, 0.4, 0.15}};
  const Result<SyntheticSession> session = make_session(options);
  if (!session) return 1;
  const Model& model = session->body.model;
  const ChainMap chain = find_chain(model).value();
  const Motion& poses = session->motions[0];

  double total_ms = 0.0;
  const auto stage = [&](const char* name, const std::function<void()>& work) {
    const double ms = 1e3 * fastest_s(repeats, work);
    total_ms += ms;
    fmt::print("  {:<34}{:>9.2f} ms\n", name, ms);
  };
  fmt::print("{} poses of {} coordinates, 90 s\n", poses.q.rows(), poses.q.cols());

  SegmentMotion segments;
  stage("segments", [&] { segments = segment_motion(model, chain, poses).value(); });
  std::array<std::vector<StrideResult>, 2> strides;
  stage("peaks and budgets of both legs", [&] {
    for (const Side side : kSides) strides[side] = find_strides(segments, side, std::nullopt, 0);
  });
  std::array<TakeUp, 2> take_up;
  stage("take-up of both legs", [&] {
    take_up = estimate_take_up(
        {std::vector{as_ramp(strides[kRight])}, std::vector{as_ramp(strides[kLeft])}});
  });
  fmt::print("  {:<34}{:>9.2f} ms\n", "together", total_ms);

  double sum = 0.0;
  const double pass_ms = 1e3 * fastest_s(repeats, [&] { sum += poses.q.sum(); });
  fmt::print("  {:<34}{:>9.3f} ms{}\n", "a plain pass over the poses", pass_ms,
             std::isnan(sum) ? " " : "");
  for (const Side side : kSides) {
    const Estimate& hip = take_up[side].hip.estimate;
    const double planted = session->truth.lines[side].shares.hip;
    fmt::print("{} leg, {} strides: share of the hip {:.3f} ({:.3f} to {:.3f}), planted {:.3f}\n",
               kSideNames[side], strides[side].size(), hip.value, hip.low, hip.high, planted);
  }
  return 0;
}

}  // namespace
}  // namespace catena

int main(int argc, char** argv) { return catena::run(argc > 1 ? std::atoi(argv[1]) : 5); }
