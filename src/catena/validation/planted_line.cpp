#include "catena/validation/planted_line.h"

#include <Eigen/Cholesky>
#include <cmath>
#include <numbers>

namespace catena {
namespace {

/// A drift of SD one at each time.
Eigen::VectorXd draw_drift(const Eigen::VectorXd& time_s, Drift drift, RandomStream& stream) {
  const Eigen::Index n = time_s.size();
  Eigen::VectorXd value = Eigen::VectorXd::Zero(n);
  if (drift == Drift::kWaves) {
    for (int k = 0; k < 4; ++k) {
      const double period_s =
          std::exp(stream.uniform(std::log(15.0), std::log(2 * kPlantedRamp_s)));
      const double phase = stream.uniform(0.0, 2.0 * std::numbers::pi);
      value.array() +=
          std::sqrt(0.5) * (2.0 * std::numbers::pi / period_s * time_s.array() + phase).sin();
    }
    return value;
  }
  Eigen::MatrixXd K(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      const double apart = std::abs(time_s[i] - time_s[j]) / 15.0;
      K(i, j) = drift == Drift::kSmooth ? std::exp(-0.5 * apart * apart) : std::exp(-apart);
    }
    K(i, i) += 1e-8;
  }
  for (Eigen::Index i = 0; i < n; ++i) value[i] = stream.normal();
  return K.llt().matrixL() * value;
}

/// Departures at each of n places, degrees: (n, 3) hip, low back, lean.
Eigen::MatrixXd draw_departures(const StrideCell& cell, const Eigen::VectorXd& time_s,
                                RandomStream stream) {
  const Eigen::Index n = time_s.size();
  const auto draw = [&] {
    if (cell.n_demands == 0) return draw_drift(time_s, cell.drift, stream);
    Eigen::VectorXd value(n);
    for (Eigen::Index i = 0; i < n; ++i) value[i] = stream.normal();
    return value;
  };
  const Eigen::VectorXd first = cell.hip_deviation_deg * draw();
  const Eigen::VectorXd second = cell.back_deviation_deg * draw();
  Eigen::MatrixXd departures(n, 3);
  switch (cell.departure) {
    case Departure::kThighHeld: {
      // With this factor all three parts have the same SD when both contrasts do.
      const Eigen::VectorXd back = std::sqrt(0.75) * second;
      departures << first, -0.5 * first + back, -0.5 * first - back;
      break;
    }
    case Departure::kEveryPart: {
      const Eigen::VectorXd third = cell.back_deviation_deg * draw();
      departures << first, second, third;
      break;
    }
    case Departure::kPelvisInOne:
      departures << first, -first + second, -second;
      break;
  }
  return departures;
}

/// Strides scatter as in the public runners: thigh and tilt together, lean by itself.
Eigen::RowVector3d draw_scatter_deg(RandomStream& stream) {
  constexpr double kTogether = 0.56;
  const double a = stream.normal();
  const double thigh = 0.7 * a;
  const double tilt =
      0.8 * (kTogether * a + std::sqrt(1.0 - kTogether * kTogether) * stream.normal());
  const double lean = 0.7 * stream.normal();
  return {thigh - tilt, tilt - lean, lean};
}

Eigen::RowVector3d draw_shares(RandomStream& stream) {
  while (true) {
    const double hip = stream.uniform(0.2, 0.9);
    const double lean = stream.uniform(-0.1, 0.4);
    const double low_back = 1.0 - hip - lean;
    if (low_back >= 0.0 && low_back <= 0.6) return {hip, low_back, lean};
  }
}

/// What skin motion adds to the parts of one leg from the least demand to the farthest. Half of the
/// variance is common to both legs: one pelvis, one thorax.
Eigen::RowVector3d draw_artefact_deg(RandomStream common, RandomStream own) {
  constexpr PlantedArtefact kSize;
  constexpr double kThighWithPelvis = -0.3;
  const auto draw = [&] { return std::sqrt(0.5) * (common.normal() + own.normal()); };
  const double a = draw();
  const double b = draw();
  const double thigh = kSize.thigh_deg * a;
  const double pelvis =
      kSize.pelvis_deg *
      (kThighWithPelvis * a + std::sqrt(1.0 - kThighWithPelvis * kThighWithPelvis) * b);
  const double thorax = kSize.thorax_deg * draw();
  return {thigh - pelvis, pelvis - thorax, thorax};
}

/// The planted curve at so many degrees of thigh beyond the least demand.
Eigen::RowVector3d on_curve_deg(const Eigen::RowVector3d& shares, const PlannedStop& stop,
                                double stop_deg, double thigh_deg) {
  Eigen::RowVector3d parts = thigh_deg * shares;
  const double lost = (1.0 - stop.slope_kept) * shares[0] * std::max(0.0, thigh_deg - stop_deg);
  parts[0] -= lost;
  parts[1] += lost;
  return parts;
}

}  // namespace

PlantedSession plant_on_line(const StrideCell& cell, std::uint64_t seed) {
  const RandomStream root(seed);
  const bool ramp = cell.n_demands == 0;
  const Eigen::VectorXd time_s = planted_times_s(cell);
  const Eigen::Index n = time_s.size();
  const Eigen::MatrixXd common =
      draw_departures(cell, time_s, root.child("departure", cell.recording));

  PlantedSession session;
  for (std::size_t side = 0; side < 2; ++side) {
    const std::uint64_t of_leg = 2 * cell.recording + side;
    RandomStream leg = root.child("leg", side);
    const Eigen::RowVector3d shares = draw_shares(leg);
    const Eigen::RowVector3d offset_deg(leg.normal(12.0, 5.0), leg.normal(0.0, 8.0),
                                        leg.normal(6.0, 3.0));
    const Eigen::RowVector3d artefact_deg =
        cell.artefact ? draw_artefact_deg(root.child("skin"), root.child("skin of leg", side))
                      : Eigen::RowVector3d::Zero();

    // The curve, where it stops, and its chord.
    const bool stops = cell.stop.inside_deg > 0.0 && !(cell.stop.right_only && side == 1);
    const double stop_deg = stops ? cell.thigh_spread_deg - cell.stop.inside_deg
                                  : std::numeric_limits<double>::infinity();
    const Eigen::VectorXd along = Eigen::VectorXd::LinSpaced(n, 0.0, 1.0);
    Eigen::MatrixXd curve_deg(n, 3);
    for (Eigen::Index i = 0; i < n; ++i) {
      curve_deg.row(i) =
          offset_deg + on_curve_deg(shares, cell.stop, stop_deg, along[i] * cell.thigh_spread_deg);
    }
    session.curve_rad.at(side) = kRadPerDeg * curve_deg;
    session.planted.at(side).shares = chord_of(curve_deg, ramp);
    if (stops) {
      session.planted.at(side).stop_thigh_rad = kRadPerDeg * (offset_deg.sum() + stop_deg);
      const double freed_deg = offset_deg[1] + shares[1] * cell.thigh_spread_deg;
      session.hips.at(side) = {kRadPerDeg * (offset_deg[0] + shares[0] * stop_deg),
                               kRadPerDeg * (curve_deg(n - 1, 1) - freed_deg)};
    }

    // What was recorded of it.
    const Eigen::MatrixXd own =
        draw_departures(cell, time_s, root.child("departure of leg", of_leg));
    const Eigen::MatrixXd places_deg = curve_deg + along * artefact_deg +
                                       std::sqrt(cell.legs_alike) * common +
                                       std::sqrt(1.0 - cell.legs_alike) * own;
    RandomStream strides = root.child("strides", of_leg);
    RandomStream scatter = root.child("scatter", of_leg);
    session.demands.at(side) =
        record_strides(cell, places_deg, strides, [&](bool) { return draw_scatter_deg(scatter); });
  }
  return session;
}

}  // namespace catena
