#include "catena/validation/plan_study.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/math/random_stream.h"
#include "catena/math/statistics.h"
#include "catena/validation/for_each_session.h"
#include "catena/validation/planted_session.h"
#include "catena/validation/take_up_score.h"

namespace catena {
namespace {

constexpr double kStop_deg = 4.0;       // NOLINT(readability-identifier-naming)
constexpr double kDeviation_deg = 0.8;  // NOLINT(readability-identifier-naming)
// The thigh must go farther than the stop lies inside.
constexpr double kLeastSpreadOfStops_deg = 6.0;  // NOLINT(readability-identifier-naming)

constexpr std::array kSpreads_deg = {5.0, 8.0, 12.0, 16.0, 25.0};
constexpr std::array kSpeeds = {2, 3, 5, 8};
constexpr std::array kStrides = {2, 8, 40};
constexpr std::array kRamps_s = {45.0, 75.0, 120.0};

/// Right and left of every session, one after the other.
std::vector<ScoredLeg> run_sessions(const PlanCell& plan, bool with_stop,
                                    const PlanStudyOptions& options) {
  StrideCell cell;
  cell.n_demands = plan.is_ramp ? 0 : static_cast<int>(plan.size);
  if (plan.is_ramp) cell.ramp_s = plan.size;
  cell.thigh_spread_deg = plan.spread_deg;
  cell.min_strides = cell.max_strides = static_cast<int>(plan.strides);
  if (with_stop) cell.stop.inside_deg = kStop_deg;

  const auto n = static_cast<std::size_t>(options.sessions);
  std::vector<ScoredLeg> legs(2 * n);
  for_each_session(n, options.threads, [&](std::size_t i) {
    RandomStream stream = RandomStream(options.seed).child("plan", i);
    StrideCell runner = cell;
    runner.hip_deviation_deg = std::abs(stream.normal(0.0, kDeviation_deg));
    runner.back_deviation_deg = runner.hip_deviation_deg;
    const PlantedSession session = plant_session(runner, stream.bits());
    TakeUpOptions take_up;
    take_up.details = false;
    const auto found = estimate_take_up(session.demands, take_up);
    for (std::size_t side = 0; side < 2; ++side) {
      legs[2 * i + side] = score_leg(session.planted.at(side), found.at(side));
    }
  });
  return legs;
}

/// Nine of ten of the shares that were given err by less.
double error_of_hip(const std::vector<ScoredLeg>& legs) {
  std::vector<double> errors;
  for (const ScoredLeg& leg : legs) {
    if (leg.given) errors.push_back(std::abs(leg.found[0].value - leg.planted.shares[0]));
  }
  return quantile(errors, 0.9);
}

/// Of verdicts that were given at all; NaN where none was.
double part_reached(const StopCounts& counts) {
  return counts.cannot_be_tested < 1.0 ? counts.reached : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

std::vector<PlanCell> plan_study_cells() {
  std::vector<PlanCell> cells;
  for (const double spread_deg : kSpreads_deg) {
    for (const int n : kSpeeds) {
      for (const int strides : kStrides) {
        cells.push_back(
            {false, static_cast<double>(n), static_cast<double>(strides), spread_deg, {}});
      }
    }
    for (const double seconds : kRamps_s) cells.push_back({true, seconds, 0.0, spread_deg, {}});
  }
  return cells;
}

PlanTable run_plan_study(const PlanStudyOptions& options) {
  PlanTable table;
  table.command = fmt::format("catena-validate plan-table --sessions {} --seed {}",
                              options.sessions, options.seed);
  table.sessions = options.sessions;
  table.stop_deg = kStop_deg;
  table.deviation_deg = kDeviation_deg;
  table.level = TakeUpOptions().level;
  table.cells = options.cells;
  double done = 0.0;
  for (PlanCell& cell : table.cells) {
    const std::vector<ScoredLeg> free = run_sessions(cell, false, options);
    const ShareCounts hip = count_shares(free, 0);
    cell.outlook.given = static_cast<double>(hip.n_given) / static_cast<double>(hip.n_legs);
    if (hip.n_given > 0) {
      cell.outlook.width = hip.median_width;
      cell.outlook.error = error_of_hip(free);
    }
    cell.outlook.accused = part_reached(count_verdicts(free, false));
    if (cell.spread_deg >= kLeastSpreadOfStops_deg) {
      const std::vector<ScoredLeg> stopped = run_sessions(cell, true, options);
      cell.outlook.power = part_reached(count_verdicts(stopped, true));
    }
    if (options.progress) options.progress(++done / static_cast<double>(table.cells.size()));
  }
  return table;
}

std::string to_json(const PlanTable& table) {
  const auto number = [](double value) {
    return std::isnan(value) ? std::string("null") : fmt::format("{:.3f}", value);
  };
  std::string text = fmt::format(
      "{{\n  \"command\": \"{}\",\n  \"sessions\": {},\n  \"stop_deg\": {},\n"
      "  \"deviation_deg\": {},\n  \"level\": {},\n  \"cells\": [\n",
      table.command, table.sessions, table.stop_deg, table.deviation_deg, table.level);
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const PlanCell& cell = table.cells[i];
    text += cell.is_ramp
                ? fmt::format("    {{\"ramp_s\": {}", cell.size)
                : fmt::format("    {{\"speeds\": {}, \"strides\": {}", cell.size, cell.strides);
    text += fmt::format(
        ", \"spread_deg\": {}, \"given\": {}, \"width\": {}, \"error\": {}, \"power\": {}, "
        "\"accused\": {}}}{}\n",
        cell.spread_deg, number(cell.outlook.given), number(cell.outlook.width),
        number(cell.outlook.error), number(cell.outlook.power), number(cell.outlook.accused),
        i + 1 < table.cells.size() ? "," : "");
  }
  return text + "  ]\n}\n";
}

}  // namespace catena
