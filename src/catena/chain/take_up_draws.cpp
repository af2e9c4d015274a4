#include "catena/chain/take_up_draws.h"

#include <algorithm>
#include <utility>

#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr int kBandPoints = 17;
// Fewer draws say too little of where 5 and 95 % of them end.
constexpr std::size_t kFewestDraws = 100;
// More draw the same picture.
constexpr std::size_t kMostDraws = 1000;

SkinArtefact draw_artefact(const LegAxis& axis, const TakeUpPrior& prior, RandomStream& stream) {
  const double spread = axis.high_rad - axis.low_rad;
  SkinArtefact artefact;
  artefact.thigh = prior.artefact_thigh_rad / spread * stream.normal();
  artefact.pelvis = prior.artefact_pelvis_rad / spread * stream.normal();
  artefact.thorax = prior.artefact_thorax_rad / spread * stream.normal();
  return artefact;
}

}  // namespace

std::array<TakeUpDraws, 2> draw_take_up(const TakeUpPosterior& posterior, int n_draws,
                                        const RandomStream& stream) {
  const std::vector<std::array<DrawnCurve, 2>> curves =
      draw_curves(posterior, n_draws, stream.child("curves"));
  std::array<TakeUpDraws, 2> draws;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    TakeUpDraws& of_leg = draws.at(leg);
    of_leg.has_thorax = posterior.has_thorax;
    of_leg.axis = posterior.axes.at(leg);
    if (!of_leg.axis.fitted) continue;
    RandomStream skin = stream.child("skin", leg);
    for (const std::array<DrawnCurve, 2>& both : curves) {
      of_leg.curves.push_back(both.at(leg));
      of_leg.artefacts.push_back(draw_artefact(of_leg.axis, posterior.prior, skin));
    }
  }
  return draws;
}

Eigen::VectorXd shares_of_slope(bool has_thorax, const Eigen::Vector2d& slope,
                                const SkinArtefact& artefact) {
  // What is seen of the pelvis is (pelvis + its artefact) / (1 + artefact of the thigh).
  const double pelvis = (1.0 - slope[0]) * (1.0 + artefact.thigh) - artefact.pelvis;
  if (!has_thorax) return Eigen::Vector2d(1.0 - pelvis, pelvis);
  const double lean =
      (0.5 * (1.0 - slope[0]) - slope[1]) * (1.0 + artefact.thigh) - artefact.thorax;
  return Eigen::Vector3d(1.0 - pelvis, pelvis - lean, lean);
}

Eigen::MatrixXd shares_of_draws(const TakeUpDraws& draws) {
  const auto n = static_cast<Eigen::Index>(draws.curves.size());
  Eigen::MatrixXd shares(n, draws.has_thorax ? 3 : 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    shares.row(i) = shares_of_slope(draws.has_thorax, chord_slope(draws.axis, draws.curves[at]),
                                    draws.artefacts[at])
                        .transpose();
  }
  return shares;
}

Eigen::Vector2d contrasts_at(const LegAxis& axis, const DrawnCurve& curve, double x_rad) {
  Eigen::Vector2d at = curve.offset_rad + x_rad * curve.slope;
  if (curve.bend >= 0) at += std::max(0.0, x_rad - axis.bend_rad[curve.bend]) * curve.bend_slope;
  return at;
}

PlaceOfBend bend_of_draw(const TakeUpDraws& draws, std::size_t i) {
  const LegAxis& axis = draws.axis;
  const DrawnCurve& curve = draws.curves[i];
  const double cell = (axis.high_rad - axis.low_rad) / static_cast<double>(axis.bend_rad.size());
  const double spread = (static_cast<double>(i) + 0.5) / static_cast<double>(draws.curves.size());
  const double x = axis.bend_rad[curve.bend] + cell * (spread - 0.5);
  return {axis.mean_thigh_rad + x,
          axis.mean_contrasts_rad[0] + curve.offset_rad[0] + x * curve.slope[0]};
}

Estimate estimate_of_draws(const std::vector<double>& values, double level, std::string source) {
  const double tail = (1.0 - level) / 2.0;
  const std::vector<double> q = quantiles(values, std::array{tail, 0.5, 1.0 - tail});
  return {q[1], q[0], q[2], level, std::move(source)};
}

TakeUpBand band_of_draws(const TakeUpDraws& draws, double level, BendKind kind) {
  std::vector<const DrawnCurve*> chosen;
  for (std::size_t i = 0; i < draws.curves.size() && chosen.size() < kMostDraws; ++i) {
    if (draws.kinds[i] == kind) chosen.push_back(&draws.curves[i]);
  }
  TakeUpBand band;
  if (chosen.size() < kFewestDraws) return band;
  const LegAxis& axis = draws.axis;
  const Eigen::Index width = draws.has_thorax ? 3 : 2;
  band.thigh_rad = Eigen::VectorXd::LinSpaced(kBandPoints, axis.low_rad, axis.high_rad).array() +
                   axis.mean_thigh_rad;
  band.low_rad.resize(kBandPoints, width);
  band.middle_rad = band.high_rad = band.low_rad;
  const std::array p = {0.5 - level / 2.0, 0.5, 0.5 + level / 2.0};
  std::vector<std::vector<double>> values(static_cast<std::size_t>(width));
  for (Eigen::Index i = 0; i < kBandPoints; ++i) {
    for (std::vector<double>& of_part : values) of_part.clear();
    for (const DrawnCurve* curve : chosen) {
      const Eigen::Vector2d contrasts =
          axis.mean_contrasts_rad +
          contrasts_at(axis, *curve, band.thigh_rad[i] - axis.mean_thigh_rad);
      const Eigen::VectorXd parts =
          parts_from_contrasts(draws.has_thorax, band.thigh_rad[i], contrasts);
      for (Eigen::Index k = 0; k < width; ++k) {
        values[static_cast<std::size_t>(k)].push_back(parts[k]);
      }
    }
    for (Eigen::Index k = 0; k < width; ++k) {
      const std::vector<double> q = quantiles(values[static_cast<std::size_t>(k)], p);
      band.low_rad(i, k) = q[0];
      band.middle_rad(i, k) = q[1];
      band.high_rad(i, k) = q[2];
    }
  }
  return band;
}

}  // namespace catena
