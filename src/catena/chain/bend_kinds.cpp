#include "catena/chain/bend_kinds.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace catena {
namespace {

/// How much a draw of one leg counts as each kind.
struct KindWeights {
  double straight = 0.0, stop = 0.0, gentle = 0.0, other_way = 0.0;

  [[nodiscard]] double sum() const { return straight + stop + gentle + other_way; }
};

/// Not normalised: factors common to all kinds are left out.
double bell(double value, double mean, double sd) {
  const double z = (value - mean) / sd;
  return std::exp(-0.5 * z * z) / sd;
}

KindWeights weights_of(const LegAxis& axis, const DrawnCurve& curve, const TakeUpPrior& prior) {
  const double before = corrected_slope(axis, curve.slope)[0];
  const double beyond = corrected_slope(axis, curve.slope + curve.bend_slope)[0];
  // No share is impossible: strides that are wrong may show any.
  constexpr double kOdd = 1e-9;
  const double plausible = kOdd + bell(before, prior.hip_share_mean, prior.hip_share_sd);
  const double drawn_way = 0.5 * prior.bend_probability;  // towards a stop, or the other way
  KindWeights weights;
  if (curve.bend < 0) {
    weights.straight = plausible * prior.straight_probability() / (1.0 - prior.bend_probability);
    return weights;
  }
  if (curve.bend_slope[0] >= 0.0) {
    weights.other_way = plausible * prior.other_way_probability / drawn_way;
    return weights;
  }
  // Densities of the hip's share beyond the bend over that of the bend as it was drawn; bell()
  // lacks the root of two pi, the half-normal has twice.
  constexpr double kRootTwoPi = 2.5066282746310002;
  constexpr double kHardlyDrawn = 1e-100;
  const double drawn =
      std::max(kHardlyDrawn, 2.0 * bell(curve.bend_slope[0], 0.0, prior.hip_bend_sd));
  weights.stop = plausible * prior.stop_probability / drawn_way *
                 bell(beyond, 0.0, prior.stop_share_sd) / drawn;
  const double least = prior.gentle_keeps * before;
  if (beyond > least && before > least) {
    weights.gentle =
        plausible * prior.gentle_probability / drawn_way * kRootTwoPi / (before - least) / drawn;
  }
  return weights;
}

BendKind draw_kind(const KindWeights& weights, RandomStream& stream) {
  if (weights.straight > 0.0) return BendKind::kStraight;
  if (weights.other_way > 0.0) return BendKind::kOtherWay;
  return stream.uniform() * weights.sum() < weights.stop ? BendKind::kStop : BendKind::kGentle;
}

}  // namespace

std::array<TakeUpDraws, 2> tell_bends(const std::array<TakeUpDraws, 2>& draws,
                                      const TakeUpPrior& prior, RandomStream stream) {
  const std::size_t n = std::max(draws[0].curves.size(), draws[1].curves.size());
  std::array<std::vector<KindWeights>, 2> weights;
  std::vector<double> up_to(n, 1.0);
  for (std::size_t leg = 0; leg < 2; ++leg) {
    const TakeUpDraws& of_leg = draws.at(leg);
    for (std::size_t i = 0; i < of_leg.curves.size(); ++i) {
      weights.at(leg).push_back(weights_of(of_leg.axis, of_leg.curves[i], prior));
      up_to[i] *= weights.at(leg).back().sum();
    }
  }
  double sum = 0.0;
  for (double& weight : up_to) weight = (sum += weight);
  if (!(sum > 0.0)) {  // nothing is like any kind: each draw counts alike
    for (double& weight : up_to) weight = (sum += 1.0);
  }

  // Even steps through the weights: each draw as often as it counts, without more chance.
  std::array<TakeUpDraws, 2> told = draws;
  std::size_t from = 0;
  for (std::size_t k = 0; k < n; ++k) {
    const double at = (static_cast<double>(k) + 0.5) / static_cast<double>(n) * sum;
    while (from + 1 < n && up_to[from] < at) ++from;
    for (std::size_t leg = 0; leg < 2; ++leg) {
      if (draws.at(leg).curves.empty()) continue;
      told.at(leg).curves[k] = draws.at(leg).curves[from];
      told.at(leg).artefacts[k] = draws.at(leg).artefacts[from];
      told.at(leg).kinds.push_back(draw_kind(weights.at(leg)[from], stream));
    }
  }
  return told;
}

}  // namespace catena
