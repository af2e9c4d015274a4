#include "catena/validation/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "catena/chain/stride_result.h"
#include "catena/core/units.h"
#include "catena/gait/segment_motion.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/math/random_stream.h"
#include "catena/math/statistics.h"
#include "catena/model/chain_map.h"
#include "catena/trajectories/from_recording.h"

namespace catena {
namespace {

constexpr std::array<const char*, 4> kQuantities = {"hip", "low back", "lean", "pelvis"};

std::array<double, 4> with_pelvis(double hip, double low_back, double lean) {
  return {hip, low_back, lean, low_back + lean};
}

Result<SegmentMotion> fit(const SyntheticSession& session, const ChainMap& chain,
                          const PointRecording& recording) {
  CATENA_TRY(trajectories, make_trajectories(recording));
  InverseKinematicsOptions options;
  options.threads = 1;  // sessions are what runs side by side
  CATENA_TRY(ik, inverse_kinematics(session.user_model, trajectories, options));
  return segment_motion(session.user_model, chain, ik.motion);
}

DemandStrides as_demand(const std::vector<StrideResult>& strides, const PlantedRun& run) {
  DemandStrides demand;
  demand.label = run.name;
  demand.is_ramp = run.from_m_s != run.to_m_s;
  const auto n = static_cast<Eigen::Index>(strides.size());
  demand.time_s.resize(n);
  demand.parts_rad.resize(n, 3);
  for (Eigen::Index i = 0; i < n; ++i) {
    const StrideResult& stride = strides[static_cast<std::size_t>(i)];
    demand.time_s[i] = stride.peak_time_s;
    demand.parts_rad.row(i) << stride.at_peak.hip.total_rad, stride.at_peak.low_back.total_rad,
        stride.at_peak.lean.total_rad;
  }
  return demand;
}

/// Ordinary slopes of the planted parts on the planted thigh over all peaks of one leg.
std::array<double, 4> planted_slopes(const SyntheticTruth& truth, int side) {
  double n = 0.0;
  double x = 0.0;
  double xx = 0.0;
  Eigen::Vector3d y = Eigen::Vector3d::Zero();
  Eigen::Vector3d xy = Eigen::Vector3d::Zero();
  for (const PlantedPeak& peak : truth.peaks) {
    if (peak.side != side) continue;
    const double thigh = peak.posture.thigh();
    const Eigen::Vector3d parts(peak.posture.hip, peak.posture.low_back, peak.posture.lean);
    n += 1.0;
    x += thigh;
    xx += thigh * thigh;
    y += parts;
    xy += thigh * parts;
  }
  const Eigen::Vector3d slope = (xy - x / n * y) / (xx - x * x / n);
  return with_pelvis(slope[0], slope[1], slope[2]);
}

CoverageLeg compare(const SyntheticTruth& truth, const TakeUp& take_up, std::size_t side) {
  CoverageLeg leg;
  const SagittalShares& s = truth.lines.at(side).shares;
  leg.planted = with_pelvis(s.hip, s.low_back, s.lean);
  const std::array<const Share*, 4> shares = {&take_up.hip, &take_up.low_back, &take_up.lean,
                                              &take_up.pelvis};
  leg.given = true;
  for (std::size_t k = 0; k < 4; ++k) {
    leg.found.at(k) = shares.at(k)->estimate;
    leg.slope_found.at(k) = shares.at(k)->pooled_slope;
    leg.given = leg.given && std::isfinite(shares.at(k)->estimate.value);
  }
  leg.slope_planted = planted_slopes(truth, static_cast<int>(side));
  return leg;
}

struct SessionOutcome {
  std::vector<CoverageLeg> legs;
  std::string failure;
};

SessionOutcome run_session(const CoverageCell& cell, const CoverageOptions& options,
                           std::uint64_t seed) {
  SessionOutcome outcome;
  const Result<SyntheticSession> session = make_session(coverage_runner(cell, options, seed));
  if (!session) {
    outcome.failure = to_sentence(session.error());
    return outcome;
  }
  TakeUpOptions take_up_options = options.take_up;
  take_up_options.seed = static_cast<unsigned>(seed);
  const Result<std::array<TakeUp, 2>> take_up = take_up_of_session(*session, take_up_options);
  if (!take_up) {
    outcome.failure = to_sentence(take_up.error());
    return outcome;
  }
  for (std::size_t side = 0; side < 2; ++side) {
    outcome.legs.push_back(compare(session->truth, take_up->at(side), side));
  }
  return outcome;
}

}  // namespace

std::vector<CoverageCell> coverage_cells() {
  std::vector<CoverageCell> cells;
  for (const double deviation_deg : {0.0, 0.7, 1.5}) {
    cells.push_back({"3 speeds", {2.5, 3.5, 4.5}, {}, deviation_deg});
    cells.push_back({"5 speeds", {2.5, 3.0, 3.5, 4.0, 4.5}, {}, deviation_deg});
    cells.push_back({"ramp", {}, SpeedRamp{2.5, 4.5, 75.0}, deviation_deg});
  }
  return cells;
}

RunnerOptions coverage_runner(const CoverageCell& cell, const CoverageOptions& options,
                              std::uint64_t seed) {
  RandomStream stream = RandomStream(seed).child("coverage runner");
  RunnerOptions o;
  o.seed = seed;
  o.speeds_m_s = cell.speeds_m_s;
  o.ramp = cell.ramp;
  o.strides = options.strides;
  o.rate_hz = options.rate_hz;
  o.deviation_sd_deg = cell.deviation_sd_deg;
  o.artefact.on = options.artefact;
  // Only what the chain needs, so that thousands of sessions stay cheap.
  o.body.arms = false;
  o.body.feet = false;
  o.body.female = stream.uniform() < 0.4;
  o.body.height_m = std::clamp(stream.normal(o.body.female ? 1.66 : 1.78, 0.065), 1.45, 2.05);
  o.body.mass_kg = 21.5 * o.body.height_m * o.body.height_m * stream.uniform(0.9, 1.15);
  o.thigh_spread_scale = std::clamp(stream.normal(1.0, 0.25), 0.4, 1.4);
  o.asymmetry_deg = stream.normal(0.0, 1.5);
  const double pelvis = stream.normal(0.35, 0.17);
  const double lean = stream.normal(0.13, 0.12);
  for (SagittalShares& shares : o.shares) {
    const double of_side = pelvis + stream.normal(0.0, 0.08);
    shares.lean = lean + stream.normal(0.0, 0.05);
    shares.low_back = of_side - shares.lean;
    shares.hip = 1.0 - of_side;
  }
  return o;
}

Result<std::array<TakeUp, 2>> take_up_of_session(const SyntheticSession& session,
                                                 const TakeUpOptions& options) {
  CATENA_TRY(chain, find_chain(session.user_model));
  CATENA_TRY(standing, fit(session, chain, session.standing));
  std::array<std::vector<DemandStrides>, 2> demands;
  for (std::size_t r = 0; r < session.runs.size(); ++r) {
    CATENA_TRY(run, fit(session, chain, session.runs[r]));
    for (const Side side : kSides) {
      const std::vector<StrideResult> strides =
          find_strides(run, side, mean_posture(standing, side), static_cast<int>(r));
      demands[side].push_back(as_demand(strides, session.truth.runs[r]));
    }
  }
  return estimate_take_up(demands, options);
}

CoverageRow run_coverage(const CoverageCell& cell, const CoverageOptions& options) {
  const auto n = static_cast<std::size_t>(std::max(0, options.sessions));
  std::vector<SessionOutcome> outcomes(n);
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  const RandomStream seeds =
      RandomStream(options.seed)
          .child(cell.design,
                 static_cast<std::uint64_t>(std::lround(1000.0 * cell.deviation_sd_deg)));
  const auto work = [&] {
    for (std::size_t i = next++; i < n; i = next++) {
      outcomes[i] = run_session(cell, options, seeds.child("session", i).bits());
      ++done;
      if (options.progress) {
        options.progress(static_cast<double>(done) / static_cast<double>(n));
      }
    }
  };
  const unsigned n_threads = options.threads > 0
                                 ? static_cast<unsigned>(options.threads)
                                 : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::jthread> threads;
  for (unsigned k = 1; k < n_threads; ++k) threads.emplace_back(work);
  work();
  threads.clear();

  CoverageRow row = {.cell = cell, .n_sessions = options.sessions, .legs = {}, .failures = {}};
  for (SessionOutcome& outcome : outcomes) {
    row.legs.insert(row.legs.end(), outcome.legs.begin(), outcome.legs.end());
    if (!outcome.failure.empty()) row.failures.push_back(std::move(outcome.failure));
  }
  return row;
}

CoverageSummary summarize(const CoverageRow& row, std::size_t quantity) {
  CoverageSummary s;
  std::vector<double> widths;
  double covered = 0.0;
  double squares = 0.0;
  for (const CoverageLeg& leg : row.legs) {
    ++s.n_legs;
    if (!leg.given) continue;
    ++s.n_given;
    const Estimate& e = leg.found.at(quantity);
    const double truth = leg.planted.at(quantity);
    if (e.low <= truth && truth <= e.high) covered += 1.0;
    s.bias += e.value - truth;
    squares += (e.value - truth) * (e.value - truth);
    widths.push_back(e.high - e.low);
    s.mean_width += e.high - e.low;
  }
  const double n = s.n_given;
  s.coverage = covered / n;
  s.coverage_error = std::sqrt(s.coverage * (1.0 - s.coverage) / (n / 2.0));
  s.bias /= n;
  s.rms_error = std::sqrt(squares / n);
  s.mean_width /= n;
  s.median_width = quantile(widths, 0.5);
  return s;
}

std::string coverage_table_head() {
  return "| recorded | deviation, deg | part | sessions | cannot tell | coverage of 90 % | "
         "standard "
         "error | bias | RMS error | mean width | median width |\n"
         "|---|---|---|---|---|---|---|---|---|---|---|\n";
}

std::string to_markdown(const CoverageRow& row) {
  std::string out;
  for (std::size_t k = 0; k < kQuantities.size(); ++k) {
    const CoverageSummary s = summarize(row, k);
    out += fmt::format(
        "| {} | {:.1f} | {} | {} | {:.1f} % | {:.1f} % | {:.1f} % | {:+.3f} | {:.3f} | {:.3f} | "
        "{:.3f} |\n",
        row.cell.design, row.cell.deviation_sd_deg, kQuantities.at(k), row.n_sessions,
        100.0 * (1.0 - static_cast<double>(s.n_given) / std::max(1, s.n_legs)), 100.0 * s.coverage,
        100.0 * s.coverage_error, s.bias, s.rms_error, s.mean_width, s.median_width);
  }
  return out;
}

}  // namespace catena
