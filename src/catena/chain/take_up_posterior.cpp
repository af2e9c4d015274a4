#include "catena/chain/take_up_posterior.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace catena {
namespace {

using Eigen::Vector2d;
using Vector8d = TakeUpCell::Vector8d;

constexpr int kBends = 12;
constexpr int kDeviationCells = 10;
constexpr int kRatioCells = 5;        // over plus and minus two SDs
constexpr int kCorrelationCells = 3;  // evenly, ends included

std::vector<DepartureCell> departure_grid(const TakeUpPrior& prior, std::size_t n_drifts,
                                          bool has_thorax) {
  // Middles of equal steps on the log scale.
  const double low = std::log(prior.deviation_min_rad);
  const double step = (std::log(prior.deviation_max_rad) - low) / kDeviationCells;
  std::array<double, kRatioCells> ratio{};
  std::array<double, kRatioCells> ratio_weight{};
  for (std::size_t k = 0; k < kRatioCells; ++k) {
    const double z = 4.0 * static_cast<double>(k) / (kRatioCells - 1) - 2.0;
    ratio.at(k) = std::exp(0.5 * z * prior.contrast_log_ratio_sd);
    ratio_weight.at(k) = std::exp(-0.5 * z * z);
  }
  const double all_ratios = std::accumulate(ratio_weight.begin(), ratio_weight.end(), 0.0);

  std::vector<DepartureCell> grid;
  for (std::size_t drift = 0; drift < n_drifts; ++drift) {
    grid.push_back({.drift = drift, .log_prior = std::log(prior.on_line_probability)});
  }
  for (int i = 0; i < kDeviationCells; ++i) {
    DepartureCell cell = {.sd_rad = std::exp(low + (i + 0.5) * step)};
    for (std::size_t j = 0; j < kRatioCells; ++j) {
      const double first = cell.sd_rad * ratio.at(j);
      // At ratio one hip, low back and lean depart alike: m then has sqrt(3/4) of their SD.
      const double second = has_thorax ? std::sqrt(0.75) * cell.sd_rad / ratio.at(j) : 0.0;
      for (int k = 0; k < kCorrelationCells; ++k) {
        const double correlation =
            prior.contrast_correlation_max * (2.0 * k / (kCorrelationCells - 1) - 1.0);
        cell.covariance << first * first, correlation * first * second,
            correlation * first * second, second * second;
        for (const double legs : prior.legs_correlations) {
          cell.legs_correlation = legs;
          const double n = kDeviationCells * kCorrelationCells *
                           static_cast<double>(prior.legs_correlations.size());
          cell.log_prior =
              std::log((1.0 - prior.on_line_probability) * ratio_weight.at(j) / (all_ratios * n));
          for (cell.drift = 0; cell.drift < n_drifts; ++cell.drift) grid.push_back(cell);
        }
      }
    }
  }
  return grid;
}

/// Calls visit(places, fit, log evidence with the places' prior) for every pair, none included.
template <class Visit>
void for_each_pair(const TakeUpCell& cell, double bend_probability, Visit&& visit) {
  const auto log_prior = [&](std::size_t leg, int place) {
    const int n = cell.n_bends(leg);
    if (n == 0) return 0.0;
    return std::log(place < 0 ? 1.0 - bend_probability : bend_probability / n);
  };
  for (int right = -1; right < cell.n_bends(0); ++right) {
    for (int left = -1; left < cell.n_bends(1); ++left) {
      const BendFit fit = cell.fit_bends(right, left);
      visit(std::array{right, left}, fit,
            fit.log_evidence + log_prior(0, right) + log_prior(1, left));
    }
  }
}

/// Both legs' curves when offsets, slopes and bends are these.
std::array<DrawnCurve, 2> curves_of(const std::array<int, 2>& places, const BendFit& fit,
                                    const Vector8d& base, const BendFit::Vector& bends) {
  std::array<DrawnCurve, 2> curves;
  const int n_of_leg = fit.first[0] >= 0 && fit.first[1] >= 0 ? fit.n / 2 : fit.n;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    DrawnCurve& curve = curves.at(leg);
    const auto at = static_cast<Eigen::Index>(4 * leg);
    curve.offset_rad << base[at], base[at + 2];
    curve.slope << base[at + 1], base[at + 3];
    curve.bend = places.at(leg);
    if (curve.bend < 0) continue;
    curve.bend_slope.head(n_of_leg) = bends.segment(fit.first.at(leg), n_of_leg);
  }
  return curves;
}

double below_zero(double mean, double sd) {
  return 0.5 * std::erfc(mean / (sd * std::numbers::sqrt2));
}

Vector2d uncorrected_chord(const LegAxis& axis, const DrawnCurve& curve) {
  if (curve.bend < 0) return curve.slope;
  const double beyond =
      (axis.high_rad - axis.bend_rad[curve.bend]) / (axis.high_rad - axis.low_rad);
  return curve.slope + beyond * curve.bend_slope;
}

/// What one cell knows, all bends counted.
struct CellSum {
  double log_evidence = 0.0;
  std::array<LegPosterior, 2> legs;
};

void scale(LegPosterior& leg, double factor) {
  leg.line *= factor;
  leg.towards_stop *= factor;
  leg.other_way *= factor;
  leg.chord *= factor;
}

CellSum sum_cell(const TakeUpPosterior& posterior, const TakeUpCell& cell) {
  CellSum sum;
  double largest = -std::numeric_limits<double>::infinity();
  double total = 0.0;
  const auto add = [&](const std::array<int, 2>& places, const BendFit& fit, double log_evidence) {
    if (log_evidence > largest) {
      // Everything so far is counted against the largest.
      const double shrink = std::exp(largest - log_evidence);
      total *= shrink;
      for (LegPosterior& leg : sum.legs) scale(leg, shrink);
      largest = log_evidence;
    }
    const double w = std::exp(log_evidence - largest);
    total += w;
    const std::array<DrawnCurve, 2> mean =
        curves_of(places, fit, cell.base_given(fit, fit.mean), fit.mean);
    for (std::size_t a = 0; a < 2; ++a) {
      LegPosterior& leg = sum.legs.at(a);
      leg.chord += w * uncorrected_chord(posterior.axes.at(a), mean.at(a));
      if (places.at(a) < 0) {
        leg.line += w;
        continue;
      }
      const int hip = fit.first.at(a);
      const double falls = below_zero(fit.mean[hip], std::sqrt(fit.covariance(hip, hip)));
      leg.towards_stop += w * falls;
      leg.other_way += w * (1.0 - falls);
    }
  };
  for_each_pair(cell, posterior.prior.bend_probability, add);
  for (LegPosterior& leg : sum.legs) scale(leg, 1.0 / total);
  sum.log_evidence = cell.log_evidence() + largest + std::log(total);
  return sum;
}

TakeUpCell make_cell(const TakeUpPosterior& posterior, const DepartureCell& cell) {
  const Vector2d bend_sd(posterior.prior.hip_bend_sd,
                         posterior.has_thorax ? posterior.prior.back_bend_sd : 0.0);
  return {posterior.rows[cell.drift], posterior.axes, cell, bend_sd};
}

}  // namespace

TakeUpPosterior take_up_posterior(const std::array<TakeUpPoints, 2>& points,
                                  const std::array<bool, 2>& fitted, bool with_bends,
                                  const TakeUpPrior& prior) {
  TakeUpPosterior posterior;
  posterior.prior = prior;
  posterior.has_thorax = points[fitted[0] ? 0 : 1].has_thorax;
  posterior.axes = leg_axes(points, fitted, with_bends ? kBends : 0, prior);
  bool has_ramp = false;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    has_ramp = has_ramp || (fitted.at(leg) &&
                            std::ranges::any_of(points.at(leg).points, &TakeUpPoint::in_ramp));
  }
  // Where there is no ramp, one pass stands for all drifts.
  const std::size_t n_drifts = has_ramp ? prior.drift_times_s.size() : 1;
  for (std::size_t k = 0; k < n_drifts; ++k) {
    posterior.rows.push_back(take_up_rows(points, posterior.axes, prior.drift_times_s.at(k)));
  }

  // Cells that can have no weight are passed over: their bends are not looked at.
  std::vector<TakeUpCell> cells;
  double likeliest_line = -std::numeric_limits<double>::infinity();
  for (const DepartureCell& cell : departure_grid(prior, n_drifts, posterior.has_thorax)) {
    cells.push_back(make_cell(posterior, cell));
    posterior.cells.push_back(cell);
    likeliest_line = std::max(likeliest_line, cell.log_prior + cells.back().log_evidence());
  }
  constexpr double kNoWeight = 14.0;  // one in a million
  std::vector<CellSum> sums;
  std::vector<DepartureCell> kept;
  double largest = -std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const DepartureCell& cell = posterior.cells[k];
    if (cell.log_prior + cells[k].most_evidence() < likeliest_line - kNoWeight) continue;
    sums.push_back(sum_cell(posterior, cells[k]));
    kept.push_back(cell);
    largest = std::max(largest, cell.log_prior + sums.back().log_evidence);
  }
  posterior.cells = std::move(kept);
  double total = 0.0;
  for (std::size_t k = 0; k < sums.size(); ++k) {
    DepartureCell& cell = posterior.cells[k];
    total += (cell.weight = std::exp(cell.log_prior + sums[k].log_evidence - largest));
  }
  for (std::size_t k = 0; k < sums.size(); ++k) {
    const double w = (posterior.cells[k].weight /= total);
    for (std::size_t a = 0; a < 2; ++a) {
      const LegPosterior& in = sums[k].legs.at(a);
      LegPosterior& out = posterior.legs.at(a);
      out.line += w * in.line;
      out.towards_stop += w * in.towards_stop;
      out.other_way += w * in.other_way;
      out.chord += w * in.chord;
    }
  }
  return posterior;
}

std::vector<std::array<DrawnCurve, 2>> draw_curves(const TakeUpPosterior& posterior, int n_draws,
                                                   RandomStream stream) {
  std::vector<std::array<DrawnCurve, 2>> draws;
  double below = 0.0;
  for (const DepartureCell& of : posterior.cells) {
    // Cells in proportion to their weight, without chance.
    below += of.weight;
    const int until = &of == &posterior.cells.back()
                          ? n_draws
                          : static_cast<int>(std::ceil(below * n_draws - 0.5));
    if (static_cast<int>(draws.size()) >= until) continue;
    const TakeUpCell cell = make_cell(posterior, of);
    std::vector<std::array<int, 2>> pairs;
    std::vector<double> log_evidence;
    for_each_pair(cell, posterior.prior.bend_probability,
                  [&](const std::array<int, 2>& places, const BendFit&, double evidence) {
                    pairs.push_back(places);
                    log_evidence.push_back(evidence);
                  });
    const double largest = *std::ranges::max_element(log_evidence);
    std::vector<double> up_to(pairs.size());
    double sum = 0.0;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      up_to[k] = (sum += std::exp(log_evidence[k] - largest));
    }
    while (static_cast<int>(draws.size()) < until) {
      const auto found = std::ranges::upper_bound(up_to, stream.uniform() * sum);
      const auto k = static_cast<std::size_t>(std::min(found, up_to.end() - 1) - up_to.begin());
      const BendFit fit = cell.fit_bends(pairs[k][0], pairs[k][1]);
      BendFit::Vector bends = fit.mean;
      if (fit.n > 0) {
        const BendFit::Vector z =
            BendFit::Vector::NullaryExpr(fit.n, [&] { return stream.normal(); });
        bends += BendFit::Vector(fit.covariance.llt().matrixL() * z);
      }
      const Vector8d z = Vector8d::NullaryExpr([&] { return stream.normal(); });
      const Vector8d base = cell.base_given(fit, bends) + cell.base_root() * z;
      draws.push_back(curves_of(pairs[k], fit, base, bends));
    }
  }
  // In no order, so that any part of the draws stands for all.
  for (int i = n_draws - 1; i > 0; --i) {
    std::swap(draws[static_cast<std::size_t>(i)],
              draws[static_cast<std::size_t>(stream.index(i + 1))]);
  }
  return draws;
}

Vector2d corrected_slope(const LegAxis& axis, const Vector2d& slope) {
  return (slope - (1.0 - axis.reliability) * axis.error_slope) / axis.reliability;
}

Vector2d chord_slope(const LegAxis& axis, const DrawnCurve& curve) {
  return corrected_slope(axis, uncorrected_chord(axis, curve));
}

double deviation_quantile_rad(const TakeUpPosterior& posterior, double p) {
  // The grid runs from the smallest SD to the largest.
  double below = 0.0;
  for (const DepartureCell& cell : posterior.cells) {
    below += cell.weight;
    if (below >= p) return cell.sd_rad;
  }
  return posterior.cells.empty() ? std::numeric_limits<double>::quiet_NaN()
                                 : posterior.cells.back().sd_rad;
}

}  // namespace catena
