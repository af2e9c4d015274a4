#include "catena/analysis/findings_of_run.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "catena/core/normal_estimate.h"
#include "catena/core/units.h"
#include "catena/gait/stride_measures.h"

namespace catena {
namespace {

/// The demand whose thigh peaks lie farthest behind; empty when no stride was seen.
std::string farthest_demand(const LegResult& leg) {
  const auto thigh = [](const DemandBudget& demand) {
    const double value = demand.at_peak.thigh_deg.value;
    return std::isfinite(value) ? value : -std::numeric_limits<double>::infinity();
  };
  const auto farthest = std::ranges::max_element(leg.by_demand, {}, thigh);
  return farthest == leg.by_demand.end() ? "" : farthest->demand;
}

/// Mean over strides and how well it is known (90 %).
Estimate mean_of(const std::vector<double>& values, const std::string& source) {
  double sum = 0.0;
  double squares = 0.0;
  double n = 0.0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    sum += value;
    squares += value * value;
    n += 1.0;
  }
  if (n < 2.0) return {};
  const double mean = sum / n;
  const double variance = std::max(0.0, squares - n * mean * mean) / (n - 1.0);
  return normal_estimate(mean, std::sqrt(variance / n), source);
}

/// Hip, low back and lean at the peaks of the farthest demand.
void put_use(const Results& results, const std::string& demand, const LegResult& from,
             LegFindings& leg) {
  std::vector<double> hip;
  std::vector<double> low_back;
  std::vector<double> lean;
  for (const StrideResult& stride : from.strides) {
    const auto recording = static_cast<std::size_t>(stride.recording);
    if (results.recordings[recording].demand != demand) continue;
    hip.push_back(stride.at_peak.hip.total_rad);
    if (!stride.at_peak.has_thorax) continue;
    low_back.push_back(stride.at_peak.low_back.total_rad);
    lean.push_back(stride.absolute.lean.total_rad);
  }
  const std::string source = "strides at " + demand;
  leg.hip_use_rad = mean_of(hip, source);
  leg.low_back_use_rad = mean_of(low_back, source);
  leg.lean_rad = mean_of(lean, source);
}

/// One number of the strides' curve, counted from standing where that is known; + or - as `sign`.
Estimate value_of(const StrideCurves& curves, const std::string& angle, const std::string& value,
                  double sign) {
  const StrideCurve* curve = find_curve(curves, angle);
  if (curve == nullptr) return {};
  const auto found = std::ranges::find(curve->values, value, &CurveValue::name);
  if (found == curve->values.end()) return {};
  Estimate mean = found->mean_rad;
  const bool is_range = value == "range";
  const double zero = is_range || !std::isfinite(curve->standing_rad) ? 0.0 : curve->standing_rad;
  mean.value = sign * (mean.value - zero);
  mean.low = sign * (mean.low - zero);
  mean.high = sign * (mean.high - zero);
  if (sign < 0.0) std::swap(mean.low, mean.high);
  return mean;
}

void put_rotations(const Results& results, const std::string& demand, Side side, LegFindings& leg) {
  for (const RecordingResult& recording : results.recordings) {
    if (recording.demand != demand) continue;
    const StrideCurves& curves = recording.gait.curves.at(side);
    leg.hip_rotation_in_use_rad = value_of(curves, "hip_rotation", "maximum", 1.0);
    leg.hip_rotation_out_use_rad = value_of(curves, "hip_rotation", "minimum", -1.0);
    leg.ankle_use_rad = value_of(curves, "ankle_dorsiflexion", "stance_maximum", 1.0);
    return;
  }
}

RecordingLoad load_of(const RecordingResult& recording, bool has_thorax) {
  const Spatiotemporal& spatiotemporal = recording.gait.spatiotemporal;
  RecordingLoad load;
  load.recording = recording.name;
  load.demand = recording.demand;
  load.cadence_steps_min = spatiotemporal.measures[kCadence].both;
  load.speed_m_s = spatiotemporal.measures[kSpeed].both;
  load.stride_length_m = spatiotemporal.measures[kStrideLength].both;
  if (has_thorax) {
    load.low_back_excursion_rad =
        value_of(recording.gait.curves[kRight], "low_back_extension", "range", 1.0);
  }
  return load;
}

}  // namespace

RunFindings findings_of_run(const Results& results) {
  RunFindings run;
  run.has_run = !results.recordings.empty();
  run.has_thorax = results.has_thorax;
  run.has_standing = results.has_standing;
  for (const Side side : kSides) {
    const LegResult& from = results.legs.at(side);
    LegFindings& leg = run.legs.at(side);
    leg.take_up = from.take_up;
    run.n_demands = std::max(run.n_demands, from.take_up.n_demands);
    const std::string demand = farthest_demand(from);
    put_use(results, demand, from, leg);
    put_rotations(results, demand, side, leg);
  }
  for (const RecordingResult& recording : results.recordings) {
    run.loads.push_back(load_of(recording, results.has_thorax));
  }
  std::ranges::stable_sort(run.loads, {}, [](const RecordingLoad& load) {
    const double speed = load.speed_m_s.value;
    return std::isfinite(speed) ? speed : std::numeric_limits<double>::infinity();
  });
  return run;
}

}  // namespace catena
