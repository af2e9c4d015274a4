#include "catena/validation/take_up_score.h"

#include <cmath>
#include <vector>

#include "catena/math/statistics.h"

namespace catena {
namespace {

bool holds(const Estimate& estimate, double truth) {
  return estimate.low <= truth && truth <= estimate.high;
}

}  // namespace

ScoredLeg score_leg(const PlantedTakeUp& planted, const TakeUp& found) {
  ScoredLeg leg;
  leg.planted = planted;
  leg.found = {found.hip.estimate, found.low_back.estimate, found.lean.estimate,
               found.pelvis.estimate};
  leg.given = true;
  for (const Estimate& e : leg.found) leg.given = leg.given && std::isfinite(e.value);
  leg.verdict = found.hip_stop.verdict;
  leg.stop_thigh_rad = found.hip_stop.thigh_rad;
  return leg;
}

ShareCounts count_shares(std::span<const ScoredLeg> legs, std::size_t quantity) {
  ShareCounts counts;
  std::vector<double> widths;
  double covered = 0.0;
  double squares = 0.0;
  for (const ScoredLeg& leg : legs) {
    ++counts.n_legs;
    if (!leg.given) continue;
    ++counts.n_given;
    const Estimate& e = leg.found.at(quantity);
    const double error = e.value - leg.planted.shares.at(quantity);
    if (holds(e, leg.planted.shares.at(quantity))) covered += 1.0;
    counts.bias += error;
    squares += error * error;
    widths.push_back(e.high - e.low);
    counts.mean_width += e.high - e.low;
  }
  const double n = counts.n_given;
  counts.coverage = covered / n;
  counts.coverage_error = std::sqrt(counts.coverage * (1.0 - counts.coverage) / (n / 2.0));
  counts.bias /= n;
  counts.rms_error = std::sqrt(squares / n);
  counts.mean_width /= n;
  counts.median_width = quantile(widths, 0.5);
  return counts;
}

StopCounts count_verdicts(std::span<const ScoredLeg> legs, bool that_stop) {
  StopCounts counts;
  std::vector<double> widths;
  double covered = 0.0;
  for (const ScoredLeg& leg : legs) {
    const bool stops = std::isfinite(leg.planted.stop_thigh_rad);
    if (stops != that_stop) continue;
    ++counts.n_legs;
    switch (leg.verdict) {
      case StopVerdict::kReached:
        counts.reached += 1.0;
        break;
      case StopVerdict::kNotReached:
        counts.not_reached += 1.0;
        break;
      case StopVerdict::kUndecided:
        counts.undecided += 1.0;
        break;
      case StopVerdict::kCannotBeTested:
        counts.cannot_be_tested += 1.0;
        break;
    }
    if (!stops || leg.verdict != StopVerdict::kReached) continue;
    ++counts.n_located;
    if (holds(leg.stop_thigh_rad, leg.planted.stop_thigh_rad)) covered += 1.0;
    widths.push_back(leg.stop_thigh_rad.high - leg.stop_thigh_rad.low);
  }
  const double n = counts.n_legs;
  counts.reached /= n;
  counts.not_reached /= n;
  counts.undecided /= n;
  counts.cannot_be_tested /= n;
  counts.reached_error = std::sqrt(counts.reached * (1.0 - counts.reached) / (n / 2.0));
  counts.coverage = covered / counts.n_located;
  counts.median_width_rad = quantile(widths, 0.5);
  return counts;
}

}  // namespace catena
