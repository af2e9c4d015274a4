#include "catena/findings/pattern.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "catena/math/random_stream.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double normal_density(double z) {
  return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
}

double normal_below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

/// That which a half-normal amount of SD one exceeds with this probability.
double beyond_which(double probability) {
  double low = 0.0;
  double high = 10.0;
  for (int k = 0; k < 60; ++k) {
    const double middle = 0.5 * (low + high);
    (2.0 * normal_below(-middle) > probability ? low : high) = middle;
  }
  return low;
}

double raw_probability(const Pattern& pattern, const PatternAssumptions& assumptions,
                       std::optional<Side> side) {
  double p = 0.0;
  for (Eigen::Index i = 0; i < pattern.weight.size(); ++i) {
    if (is_present(pattern, i, assumptions, side)) p += pattern.weight[i];
  }
  return p;
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
  if (!run.has_thorax) pattern.low_back_part.resize(n);
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
      if (!run.has_thorax) pattern.low_back_part[i] = part;
      pattern.relief_rad(i, side) = part * freed.low_back_rad[i];
    }
  }
  pattern.weight /= pattern.weight.sum();
  return pattern;
}

Pattern pattern_before_run(const PatternAssumptions& assumptions) {
  constexpr Eigen::Index kDraws = 2000;
  Pattern pattern;
  pattern.known = {true, true};
  pattern.weight = Eigen::VectorXd::Constant(kDraws, 1.0 / kDraws);
  pattern.relief_rad = Eigen::MatrixXd::Zero(kDraws, 2);
  pattern.stop_rad = pattern.use_rad = Eigen::MatrixXd::Constant(kDraws, 2, kNan);
  const double shows = assumptions.hip_pattern_prior / assumptions.stop_prior;
  const double spread_rad = assumptions.smallest_change_rad / beyond_which(shows);
  RandomStream stream(1);
  for (Eigen::Index i = 0; i < kDraws; ++i) {
    for (const Side side : kSides) {
      const double relief_rad = spread_rad * std::abs(stream.normal());
      if (stream.uniform() < assumptions.stop_prior) pattern.relief_rad(i, side) = relief_rad;
    }
  }
  return pattern;
}

Pattern with_hip_end(Pattern pattern, Side side, const HipEnd& end,
                     const PatternAssumptions& assumptions) {
  if (!pattern.known.at(side)) return pattern;
  Eigen::VectorXd weight = pattern.weight;
  for (Eigen::Index i = 0; i < weight.size(); ++i) {
    weight[i] *= end_likelihood(end.extension_rad, pattern.stop_rad(i, side),
                                pattern.use_rad(i, side), end, assumptions);
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
  return recalibrated(raw_probability(pattern, assumptions, side), assumptions);
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

double end_likelihood(double read_rad, double stop_rad, double use_rad, const HipEnd& end,
                      const PatternAssumptions& assumptions) {
  const double sd_rad = end.sd_rad;
  if (std::isfinite(stop_rad)) return normal_density((read_rad - stop_rad) / sd_rad) / sd_rad;
  const double spare_sd_rad = assumptions.spare_sd_rad;
  const double both = std::hypot(sd_rad, spare_sd_rad);
  const double z = (read_rad - use_rad) / both;
  return 2.0 * normal_density(z) / both * normal_below(z * spare_sd_rad / sd_rad);
}

bool is_present(const Pattern& pattern, Eigen::Index draw, const PatternAssumptions& assumptions,
                std::optional<Side> side) {
  const auto relief = pattern.relief_rad.row(draw);
  return (side ? relief[*side] : relief.maxCoeff()) >= assumptions.smallest_change_rad;
}

double recalibrated(double raw, const PatternAssumptions& assumptions) {
  return 1.0 / (1.0 + std::exp(-assumptions.shift - assumptions.slope * log_odds(raw)));
}

}  // namespace catena
