#include "catena/validation/coverage_runner.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "catena/core/units.h"
#include "catena/math/random_stream.h"
#include "catena/synthetic/runner_style.h"

namespace catena {
namespace {

constexpr std::array<double, 2> kNoEnds = {std::numeric_limits<double>::infinity(),
                                           -std::numeric_limits<double>::infinity()};

/// Mean thigh peaks of one leg in the least demand and in the farthest.
std::array<double, 2> thigh_ends_rad(const SyntheticTruth& truth, std::size_t side) {
  std::vector<std::vector<double>> of_run(truth.runs.size());
  for (const PlantedPeak& peak : truth.peaks) {
    if (peak.side != static_cast<int>(side)) continue;
    of_run[static_cast<std::size_t>(peak.recording)].push_back(peak.posture.thigh());
  }
  const auto mean = [](auto begin, auto end) {
    return std::accumulate(begin, end, 0.0) / static_cast<double>(end - begin);
  };
  std::array<double, 2> ends = kNoEnds;
  const auto take = [&](double thigh_rad) {
    ends = {std::min(ends[0], thigh_rad), std::max(ends[1], thigh_rad)};
  };
  for (const std::vector<double>& thigh : of_run) {
    if (truth.options.ramp) {
      const auto tenth = std::max<std::ptrdiff_t>(1, std::ssize(thigh) / 10);
      take(mean(thigh.begin(), thigh.begin() + tenth));
      take(mean(thigh.end() - tenth, thigh.end()));
    } else {
      take(mean(thigh.begin(), thigh.end()));
    }
  }
  return ends;
}

}  // namespace

std::vector<CoverageCell> coverage_cells(bool artefact) {
  std::vector<CoverageCell> cells;
  for (const double inside_deg : {0.0, 4.0}) {
    for (const double deg : {0.0, 0.7, 1.5}) {
      cells.push_back({"3 speeds", {2.5, 3.5, 4.5}, {}, deg, inside_deg, artefact});
      cells.push_back({"5 speeds", {2.5, 3.0, 3.5, 4.0, 4.5}, {}, deg, inside_deg, artefact});
      cells.push_back({"ramp", {}, SpeedRamp{2.5, 4.5, 75.0}, deg, inside_deg, artefact});
    }
  }
  return cells;
}

RunnerOptions coverage_runner(const CoverageCell& cell, std::uint64_t seed) {
  RandomStream stream = RandomStream(seed).child("coverage runner");
  RunnerOptions o;
  o.seed = seed;
  o.speeds_m_s = cell.speeds_m_s;
  o.ramp = cell.ramp;
  o.strides = 9;
  o.rate_hz = 100.0;
  o.deviation_sd_deg = cell.deviation_sd_deg;
  o.artefact.on = cell.artefact;
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
    // A hip that gives nothing could not stop.
    const double of_side = std::min(0.95, pelvis + stream.normal(0.0, 0.08));
    shares.lean = lean + stream.normal(0.0, 0.05);
    shares.low_back = of_side - shares.lean;
    shares.hip = 1.0 - of_side;
  }
  return o;
}

Result<SyntheticSession> make_coverage_session(const CoverageCell& cell, std::uint64_t seed) {
  RunnerOptions options = coverage_runner(cell, seed);
  if (!(cell.stop_inside_deg > 0.0)) return make_session(options);
  // Where a runner's line lies is known once the runner is: a short visit shows it, since one knob
  // leaves all other draws as they were.
  RunnerOptions brief = options;
  brief.ramp.reset();
  brief.speeds_m_s = {3.5};
  brief.strides = 1;
  CATENA_TRY(glance, make_session(brief));
  const double fastest_m_s =
      cell.ramp ? cell.ramp->to_m_s : *std::ranges::max_element(cell.speeds_m_s);
  for (std::size_t side = 0; side < 2; ++side) {
    const double stop_thigh_rad =
        peak_thigh_extension_rad(options, fastest_m_s, side) - cell.stop_inside_deg * kRadPerDeg;
    const SagittalPosture at_stop =
        posture_on_line(glance.truth.lines.at(side), stop_thigh_rad, {});
    options.hip_stop_deg.at(side) = at_stop.hip * kDegPerRad;
  }
  return make_session(options);
}

PlantedTakeUp planted_take_up(const SyntheticTruth& truth, std::size_t side) {
  const PlantedLine& line = truth.lines.at(side);
  const std::array<double, 2> ends = thigh_ends_rad(truth, side);
  const SagittalPosture least = posture_on_line(line, ends[0], {});
  const SagittalPosture farthest = posture_on_line(line, ends[1], {});
  const double thigh = farthest.thigh() - least.thigh();
  PlantedTakeUp planted;
  planted.shares = {
      (farthest.hip - least.hip) / thigh, (farthest.low_back - least.low_back) / thigh,
      (farthest.lean - least.lean) / thigh, (farthest.pelvis() - least.pelvis()) / thigh};
  if (std::isfinite(line.hip_stop_rad)) {
    planted.stop_thigh_rad = line.center.thigh() +
                             (line.hip_stop_rad - line.center.hip) / line.shares.hip -
                             truth.standing.thigh();
  }
  return planted;
}

}  // namespace catena
