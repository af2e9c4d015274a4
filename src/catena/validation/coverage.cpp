#include "catena/validation/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "catena/chain/stride_result.h"
#include "catena/gait/segment_motion.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/math/random_stream.h"
#include "catena/model/chain_map.h"
#include "catena/trajectories/from_recording.h"
#include "catena/validation/for_each_session.h"
#include "catena/validation/take_up_tables.h"
#include "catena/validation/wrong_prior.h"

namespace catena {
namespace {

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

constexpr const char* kStartHead = "| recorded | deviation, deg | stop | skin | priors |";
constexpr const char* kStartRule = "|---|---|---|---|---|";

/// The columns that say what a row is of.
std::string row_start(const CoverageRow& row) {
  const std::string stop = row.cell.stop_inside_deg > 0.0
                               ? fmt::format("{:.0f} deg inside", row.cell.stop_inside_deg)
                               : "none";
  return fmt::format("| {} | {:.1f} | {} | {} | {} |", row.cell.design, row.cell.deviation_sd_deg,
                     stop, row.cell.artefact ? "yes" : "no", prior_words(row.prior_factor));
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
  leg.scored = score_leg(planted_take_up(truth, side), take_up);
  leg.slope_found = {take_up.hip.pooled_slope, take_up.low_back.pooled_slope,
                     take_up.lean.pooled_slope, take_up.pelvis.pooled_slope};
  leg.slope_planted = planted_slopes(truth, static_cast<int>(side));
  return leg;
}

/// Legs for each prior, right and left.
using SessionLegs = std::vector<std::array<CoverageLeg, 2>>;

Result<SessionLegs> run_session(const CoverageCell& cell, const CoverageOptions& options,
                                std::uint64_t seed) {
  CATENA_TRY(session, make_coverage_session(cell, seed));
  CATENA_TRY(demands, demands_of_session(session));
  SessionLegs legs;
  for (const double factor : options.prior_factors) {
    TakeUpOptions take_up = options.take_up;
    take_up.details = false;
    // As in point_study.cpp.
    take_up.n_draws = std::min(take_up.n_draws, 1000);
    take_up.seed = static_cast<unsigned>(seed);
    take_up.prior = wrong_prior(take_up.prior, factor);
    const std::array<TakeUp, 2> found = estimate_take_up(demands, take_up);
    legs.push_back({compare(session.truth, found[0], 0), compare(session.truth, found[1], 1)});
  }
  return legs;
}

}  // namespace

Result<std::array<std::vector<DemandStrides>, 2>> demands_of_session(
    const SyntheticSession& session) {
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
  return demands;
}

std::vector<CoverageRow> run_coverage(const CoverageCell& cell, const CoverageOptions& options) {
  const auto n = static_cast<std::size_t>(std::max(0, options.sessions));
  std::vector<Result<SessionLegs>> outcomes(n);
  std::atomic<std::size_t> done = 0;
  // The same runners whatever deviation, stop and skin are.
  const RandomStream seeds = RandomStream(options.seed).child(cell.design);
  for_each_session(n, options.threads, [&](std::size_t i) {
    outcomes[i] = run_session(cell, options, seeds.child("session", i).bits());
    ++done;
    if (options.progress) options.progress(static_cast<double>(done) / static_cast<double>(n));
  });

  std::vector<CoverageRow> rows;
  for (std::size_t k = 0; k < options.prior_factors.size(); ++k) {
    CoverageRow row = {.cell = cell,
                       .prior_factor = options.prior_factors[k],
                       .n_sessions = options.sessions,
                       .legs = {},
                       .failures = {}};
    for (const Result<SessionLegs>& outcome : outcomes) {
      if (outcome) {
        row.legs.insert(row.legs.end(), (*outcome)[k].begin(), (*outcome)[k].end());
      } else {
        row.failures.push_back(to_sentence(outcome.error()));
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<ScoredLeg> scored_legs(const CoverageRow& row) {
  std::vector<ScoredLeg> legs;
  for (const CoverageLeg& leg : row.legs) legs.push_back(leg.scored);
  return legs;
}

std::string coverage_shares_table(std::span<const CoverageRow> rows) {
  std::string text =
      fmt::format("{}{}\n{}{}\n", kStartHead, shares_head(), kStartRule, shares_rule());
  for (const CoverageRow& row : rows)
    text += row_start(row) + shares_cells(scored_legs(row)) + "\n";
  return text;
}

std::string coverage_stops_table(std::span<const CoverageRow> rows) {
  std::string text =
      fmt::format("{}{}\n{}{}\n", kStartHead, stops_head(), kStartRule, stops_rule());
  for (const CoverageRow& row : rows) {
    const bool stop = row.cell.stop_inside_deg > 0.0;
    text += row_start(row) + stops_cells(scored_legs(row), stop) + "\n";
  }
  return text;
}

}  // namespace catena
