#include "catena/findings/pattern.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
// More draws say no more of a quantile, and cost by their square.
constexpr Eigen::Index kDrawsForInformation = 400;
constexpr int kReadings = 41;

double normal_density(double z) {
  return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
}

double normal_below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

/// How likely a hip is to be read to end here. One that stops ends at its stop; of one that does
/// not, no more is known than that it goes on beyond its use, by a half-normal amount.
double likelihood(double read_rad, double stop_rad, double use_rad, double sd_rad,
                  double spare_sd_rad) {
  if (std::isfinite(stop_rad)) return normal_density((read_rad - stop_rad) / sd_rad) / sd_rad;
  const double both = std::hypot(sd_rad, spare_sd_rad);
  const double z = (read_rad - use_rad) / both;
  return 2.0 * normal_density(z) / both * normal_below(z * spare_sd_rad / sd_rad);
}

double entropy_bits(double p) {
  const auto term = [](double q) { return q > 0.0 ? -q * std::log2(q) : 0.0; };
  return term(p) + term(1.0 - p);
}

bool is_present(const Pattern& pattern, Eigen::Index draw, std::optional<Side> side,
                double smallest_rad) {
  const auto relief = pattern.relief_rad.row(draw);
  return (side ? relief[*side] : relief.maxCoeff()) >= smallest_rad;
}

double raw_probability(const Pattern& pattern, double smallest_rad, std::optional<Side> side) {
  double p = 0.0;
  for (Eigen::Index i = 0; i < pattern.weight.size(); ++i) {
    if (is_present(pattern, i, side, smallest_rad)) p += pattern.weight[i];
  }
  return p;
}

double recalibrated(double raw, const PatternAssumptions& assumptions) {
  return 1.0 / (1.0 + std::exp(-assumptions.shift - assumptions.slope * log_odds(raw)));
}

}  // namespace

double log_odds(double probability) {
  // No number of draws proves that a thing cannot be.
  constexpr double kLeast = 1e-3;
  const double p = std::clamp(probability, kLeast, 1.0 - kLeast);
  return std::log(p / (1.0 - p));
}

Pattern pattern_of_run(const RunFindings& run, const PatternAssumptions& assumptions) {
  Pattern pattern;
  Eigen::Index n = 0;
  for (const Side side : kSides) {
    const FreedHip& freed = run.legs.at(side).take_up.freed;
    pattern.known.at(side) = freed.low_back_rad.size() > 0;
    n = std::max(n, freed.low_back_rad.size());
  }
  if (n == 0) return pattern;
  pattern.weight = Eigen::VectorXd::Ones(n);
  pattern.relief_rad = Eigen::MatrixXd::Zero(n, 2);
  pattern.stop_rad = pattern.use_rad = Eigen::MatrixXd::Constant(n, 2, kNan);
  for (const Side side : kSides) {
    if (!pattern.known.at(side)) continue;
    const FreedHip& freed = run.legs.at(side).take_up.freed;
    const double drawn_odds = freed.stop_prior / (1.0 - freed.stop_prior);
    const double own_odds = assumptions.stop_prior / (1.0 - assumptions.stop_prior);
    pattern.stop_rad.col(side) = freed.stop_hip_rad;
    pattern.use_rad.col(side) = freed.hip_farthest_rad;
    for (Eigen::Index i = 0; i < n; ++i) {
      if (std::isfinite(freed.stop_hip_rad[i])) pattern.weight[i] *= own_odds / drawn_odds;
      // Without a thorax the pelvis's part is known; of it the low back has any part between the
      // two, spread evenly over the draws.
      const double even = std::fmod((static_cast<double>(i) + 0.5) * std::numbers::phi, 1.0);
      const double part =
          run.has_thorax ? 1.0 : std::lerp(assumptions.least_split, assumptions.most_split, even);
      pattern.relief_rad(i, side) = part * freed.low_back_rad[i];
    }
  }
  pattern.weight /= pattern.weight.sum();
  return pattern;
}

Pattern with_hip_end(Pattern pattern, Side side, const HipEnd& end,
                     const PatternAssumptions& assumptions) {
  if (!pattern.known.at(side)) return pattern;
  Eigen::VectorXd weight = pattern.weight;
  for (Eigen::Index i = 0; i < weight.size(); ++i) {
    weight[i] *= likelihood(end.extension_rad, pattern.stop_rad(i, side), pattern.use_rad(i, side),
                            end.sd_rad, assumptions.spare_sd_rad);
  }
  // A reading that no draw can explain says that something else is wrong, and nothing of the hip.
  constexpr double kUnexplained = 1e-9;
  if (!(weight.sum() > kUnexplained)) return pattern;
  pattern.weight = end.speaks * weight / weight.sum() + (1.0 - end.speaks) * pattern.weight;
  return pattern;
}

double pattern_probability(const Pattern& pattern, const PatternAssumptions& assumptions,
                           std::optional<Side> side) {
  if (pattern.weight.size() == 0 || (side && !pattern.known.at(*side))) return kNan;
  return recalibrated(raw_probability(pattern, assumptions.smallest_change_rad, side), assumptions);
}

Estimate relief_of(const Pattern& pattern, Side side) {
  std::vector<std::pair<double, double>> drawn;  // relief, weight
  double total = 0.0;
  for (Eigen::Index i = 0; i < pattern.weight.size(); ++i) {
    if (!pattern.known.at(side) || !std::isfinite(pattern.stop_rad(i, side))) continue;
    drawn.emplace_back(pattern.relief_rad(i, side), pattern.weight[i]);
    total += pattern.weight[i];
  }
  Estimate relief;
  constexpr std::size_t kFewestDraws = 20;
  if (drawn.size() < kFewestDraws) return relief;
  std::ranges::sort(drawn);
  const auto at = [&](double p) {
    double below = 0.0;
    for (const auto& [value, weight] : drawn) {
      below += weight;
      if (below >= p * total) return value;
    }
    return drawn.back().first;
  };
  return {at(0.5), at(0.05), at(0.95), 0.90, "posterior draws in which the hip stops"};
}

Expected expect_hip_end(const Pattern& pattern, Side side, const HipEnd& end,
                        const PatternAssumptions& assumptions) {
  const double sd_rad = end.sd_rad;
  Expected expected;
  if (pattern.weight.size() == 0 || !pattern.known.at(side)) return expected;
  // Readings on a grid, and how probable each is with the pattern and without it.
  const Eigen::Index step = std::max<Eigen::Index>(1, pattern.weight.size() / kDrawsForInformation);
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (Eigen::Index i = 0; i < pattern.weight.size(); i += step) {
    const double stop = pattern.stop_rad(i, side);
    low = std::min(low, std::isfinite(stop) ? stop : pattern.use_rad(i, side));
    high = std::max(high, pattern.use_rad(i, side));
  }
  const Eigen::VectorXd readings = Eigen::VectorXd::LinSpaced(
      kReadings, low - 3.0 * sd_rad, high + 3.0 * std::hypot(sd_rad, assumptions.spare_sd_rad));
  Eigen::MatrixXd chance = Eigen::MatrixXd::Zero(kReadings, 2);  // absent, present
  for (Eigen::Index i = 0; i < pattern.weight.size(); i += step) {
    const bool present = is_present(pattern, i, std::nullopt, assumptions.smallest_change_rad);
    for (Eigen::Index k = 0; k < kReadings; ++k) {
      chance(k, present ? 1 : 0) +=
          pattern.weight[i] * likelihood(readings[k], pattern.stop_rad(i, side),
                                         pattern.use_rad(i, side), sd_rad,
                                         assumptions.spare_sd_rad);
    }
  }
  chance /= chance.sum();
  // What it would say counts only as far as it speaks of the running hip.
  const double before = chance.col(1).sum();
  for (Eigen::Index k = 0; k < kReadings; ++k) {
    const double here = chance.row(k).sum();
    const double present = end.speaks * chance(k, 1) + (1.0 - end.speaks) * before * here;
    chance.row(k) << here - present, present;
  }
  expected.bits = entropy_bits(before);
  double below = 0.0;
  bool early_is_set = false;
  bool late_is_set = false;
  for (Eigen::Index k = 0; k < kReadings; ++k) {
    const double here = chance.row(k).sum();
    if (!(here > 0.0)) continue;
    const double present = chance(k, 1) / here;
    expected.bits -= here * entropy_bits(present);
    below += here;
    if (below >= 0.25 && !early_is_set) {
      expected.if_early_probability = recalibrated(present, assumptions);
      early_is_set = true;
    }
    if (below >= 0.75 && !late_is_set) {
      expected.if_late_probability = recalibrated(present, assumptions);
      late_is_set = true;
    }
  }
  expected.bits = std::max(0.0, expected.bits);
  return expected;
}

Expected expect_yes_or_no(double probability, double yes_if_present, double yes_if_absent) {
  const double yes = probability * yes_if_present + (1.0 - probability) * yes_if_absent;
  Expected expected;
  if (!(yes > 0.0) || !(yes < 1.0)) return expected;
  const double if_yes = probability * yes_if_present / yes;
  const double if_no = probability * (1.0 - yes_if_present) / (1.0 - yes);
  expected.bits = std::max(0.0, entropy_bits(probability) - yes * entropy_bits(if_yes) -
                                    (1.0 - yes) * entropy_bits(if_no));
  expected.if_early_probability = if_yes;
  expected.if_late_probability = if_no;
  return expected;
}

}  // namespace catena
