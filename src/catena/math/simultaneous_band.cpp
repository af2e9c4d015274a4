#include "catena/math/simultaneous_band.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

#include "catena/math/random_field.h"
#include "catena/math/random_stream.h"
#include "catena/math/statistics.h"

namespace catena {
namespace {

using Eigen::Index;
using Curves = Eigen::Ref<const Eigen::MatrixXd>;

double farthest(const Eigen::VectorXd& off, const Eigen::VectorXd& sd) {
  double most = 0.0;
  for (Index i = 0; i < off.size(); ++i) {
    if (off[i] == 0.0) continue;
    most = std::max(most,
                    sd[i] > 0 ? std::abs(off[i]) / sd[i] : std::numeric_limits<double>::infinity());
  }
  return most;
}

void set_mean_and_sd(const Curves& curves, SimultaneousBand& band) {
  band.mean = curves.colwise().mean().transpose();
  const Eigen::MatrixXd residuals = curves.rowwise() - band.mean.transpose();
  band.sd = (residuals.colwise().squaredNorm() / static_cast<double>(curves.rows() - 1))
                .cwiseSqrt()
                .transpose();
}

/// The distance within which the wanted part of curves that were not drawn lie.
double bootstrap_multiplier(const Curves& curves, const BandOptions& options) {
  const Index n = curves.rows();
  SimultaneousBand band;
  set_mean_and_sd(curves, band);
  const Eigen::MatrixXd centred = curves.rowwise() - band.mean.transpose();
  const Eigen::MatrixXd squares = centred.cwiseAbs2();
  const auto count = static_cast<double>(n);
  RandomStream random(options.seed);
  std::vector<double> distances;
  Eigen::VectorXd times(n);  // that each curve was drawn
  for (int k = 0; k < options.n_samples; ++k) {
    times.setZero();
    for (Index i = 0; i < n; ++i) times[random.index(static_cast<int>(n))] += 1;
    if ((times.array() > 0).count() < 3) continue;  // no scatter to speak of
    const Eigen::VectorXd mean = centred.transpose() * times / count;
    const Eigen::VectorXd variance =
        (squares.transpose() * times - count * mean.cwiseAbs2()) / (count - 1);
    const Eigen::VectorXd sd = variance.cwiseMax(0.0).cwiseSqrt();
    for (Index j = 0; j < n; ++j) {
      if (times[j] > 0) continue;
      distances.push_back(farthest(centred.row(j).transpose() - mean, sd));
    }
  }
  // Means of drawn curves rest on fewer different ones than the band's own does, and curves that
  // helped to make a band lie better in it than new ones. Efron 1983, J Am Stat Assoc 78:316: the
  // truth is 0.632 of the one and 0.368 of the other.
  std::vector<std::pair<double, double>> weighted;  // distance, weight
  for (const double d : distances) {
    weighted.emplace_back(d, 0.632 / static_cast<double>(distances.size()));
  }
  for (Index j = 0; j < n; ++j) {
    weighted.emplace_back(farthest(centred.row(j).transpose(), band.sd),
                          0.368 / static_cast<double>(n));
  }
  std::ranges::sort(weighted);
  double covered = 0.0;
  for (const auto& [distance, weight] : weighted) {
    covered += weight;
    if (covered >= options.level) return distance;
  }
  return weighted.back().first;
}

}  // namespace

Result<SimultaneousBand> prediction_band(const Curves& curves, const BandOptions& options) {
  assert(options.level > 0 && options.level < 1);
  if (curves.rows() < 3 || curves.cols() < 2) {
    return fail(Errc::kMissingData, fmt::format("{} curves make no band", curves.rows()), "",
                "at least three are needed");
  }
  if (!curves.allFinite()) return fail(Errc::kBadFormat, "a curve has lost values");
  SimultaneousBand band;
  band.n = static_cast<int>(curves.rows());
  set_mean_and_sd(curves, band);
  if (band.n >= options.fewest_for_bootstrap) {
    band.method = BandMethod::kBootstrap;
    band.multiplier = bootstrap_multiplier(curves, options);
    return band;
  }
  band.method = BandMethod::kTField;
  const double resels = resel_count(curves.rowwise() - band.mean.transpose());
  const double n = band.n;
  // A new curve and the mean of n both scatter.
  band.multiplier = peak_threshold((1 - options.level) / 2, n - 1, resels) * std::sqrt(1 + 1 / n);
  return band;
}

double farthest_in_sd(const Eigen::Ref<const Eigen::VectorXd>& curve,
                      const SimultaneousBand& band) {
  assert(curve.size() == band.mean.size());
  return farthest(curve - band.mean, band.sd);
}

int n_inside_when_left_out(const Curves& curves, const BandOptions& options) {
  const Index n = curves.rows();
  BandOptions fewer = options;  // n bands, of which only a count is wanted
  fewer.n_samples = std::max(1, options.n_samples / 10);
  int inside = 0;
  for (Index left_out = 0; left_out < n; ++left_out) {
    Eigen::MatrixXd others(n - 1, curves.cols());
    others << curves.topRows(left_out), curves.bottomRows(n - 1 - left_out);
    const auto band = prediction_band(others, fewer);
    if (!band) return -1;
    if (farthest_in_sd(curves.row(left_out).transpose(), *band) <= band->multiplier) ++inside;
  }
  return inside;
}

}  // namespace catena
