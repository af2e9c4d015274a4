#include "catena/validation/curved_runner.h"

#include <algorithm>
#include <cmath>

namespace catena {
namespace {

/// Rises from 0 to 1, early when rate > 0, late when rate < 0.
double rise(double rate, double u) {
  return std::abs(rate) < 1e-6 ? u : std::expm1(-rate * u) / std::expm1(-rate);
}

/// 0 at both ends, 1 in the middle.
double bulge(double u) { return 4.0 * u * (1.0 - u); }

/// Student's t with four degrees of freedom, scaled to an SD of one.
double draw_heavy(RandomStream& stream) {
  const double top = stream.normal();
  double squares = 0.0;
  for (int k = 0; k < 4; ++k) {
    const double z = stream.normal();
    squares += z * z;
  }
  return std::sqrt(0.5) * top / std::sqrt(squares / 4.0);
}

/// Departures of SD one: of each demand by itself; along a ramp a random walk or one step.
Eigen::VectorXd draw_straying(Eigen::Index n, bool ramp, bool step, RandomStream& stream) {
  Eigen::VectorXd value(n);
  if (!ramp) {
    for (Eigen::Index i = 0; i < n; ++i) value[i] = draw_heavy(stream);
    return value;
  }
  if (step) {
    const auto at = static_cast<Eigen::Index>(stream.uniform(0.25, 0.75) * static_cast<double>(n));
    const double up = stream.uniform() < 0.5 ? 2.0 : -2.0;
    for (Eigen::Index i = 0; i < n; ++i) value[i] = i < at ? 0.0 : up;
    return value;
  }
  // The variance of a walk of n steps about its own mean is n / 6 on average.
  double walk = 0.0;
  for (Eigen::Index i = 0; i < n; ++i) {
    walk += std::sqrt(6.0 / static_cast<double>(n)) * stream.normal();
    value[i] = walk;
  }
  return value;
}

/// (n, 3) hip, low back, lean at the thigh's angle: pelvis and lean stray, each by itself.
Eigen::MatrixXd draw_departures(const StrideCell& cell, Eigen::Index n, bool step,
                                RandomStream stream) {
  const bool ramp = cell.n_demands == 0;
  const Eigen::VectorXd pelvis = cell.hip_deviation_deg * draw_straying(n, ramp, step, stream);
  const Eigen::VectorXd lean =
      0.75 * cell.back_deviation_deg * draw_straying(n, ramp, step, stream);
  Eigen::MatrixXd departures(n, 3);
  departures << -pelvis, pelvis - lean, lean;
  return departures;
}

/// Strides of a demand: each resembles the one before, with heavy tails. SD 0.7, 0.8, 0.7 deg of
/// thigh, tilt and lean, thigh and tilt together.
class CurvedScatter {
 public:
  explicit CurvedScatter(RandomStream stream) : stream_(stream) {}

  Eigen::RowVector3d next(bool first) {
    constexpr double kLikeLast = 0.35;
    constexpr double kTogether = 0.5;
    const double fresh = first ? 1.0 : std::sqrt(1.0 - kLikeLast * kLikeLast);
    if (first) state_.setZero();
    for (double& value : state_) value = kLikeLast * value + fresh * draw_heavy(stream_);
    const double thigh = 0.7 * state_[0];
    const double tilt =
        0.8 * (kTogether * state_[0] + std::sqrt(1.0 - kTogether * kTogether) * state_[1]);
    const double lean = 0.7 * state_[2];
    return {thigh - tilt, tilt - lean, lean};
  }

 private:
  RandomStream stream_;
  Eigen::Vector3d state_ = Eigen::Vector3d::Zero();
};

/// What skin adds up to the fastest speed; not in step with the thigh.
Eigen::RowVector3d draw_artefact_deg(RandomStream& stream) {
  constexpr PlantedArtefact kSize;
  const double thigh = kSize.thigh_deg * draw_heavy(stream);
  const double pelvis = kSize.pelvis_deg * draw_heavy(stream);
  const double thorax = kSize.thorax_deg * draw_heavy(stream);
  return {thigh - pelvis, pelvis - thorax, thorax};
}

double free_hip_deg(const CurvedLeg& leg, double u) {
  return leg.thigh_deg * rise(leg.thigh_rate, u) - leg.pelvis_deg * rise(leg.pelvis_rate, u) -
         leg.pelvis_bulge_deg * bulge(u);
}

/// Where the thigh is so far below its farthest.
double speed_of_thigh(const CurvedLeg& leg, double below_farthest_deg) {
  double low = 0.0;
  double high = 1.0;
  for (int k = 0; k < 60; ++k) {
    const double u = 0.5 * (low + high);
    (leg.thigh_deg * (1.0 - rise(leg.thigh_rate, u)) > below_farthest_deg ? low : high) = u;
  }
  return 0.5 * (low + high);
}

double draw_bend_deg(NaturalBend bend, RandomStream& stream) {
  const double straight = stream.uniform(-0.15, 0.15);
  const double bent = stream.uniform(0.3, 1.0);
  if (bend == NaturalBend::kNearlyStraight) return straight;
  return bend == NaturalBend::kTowardsStop ? bent : -bent;
}

}  // namespace

Eigen::RowVector3d mean_posture_deg(const CurvedLeg& leg, double u) {
  const double thigh = leg.thigh_deg * rise(leg.thigh_rate, u);
  double hip = free_hip_deg(leg, u);
  double lean = leg.lean_deg * u + leg.lean_bulge_deg * bulge(u);
  if (std::isfinite(leg.stop_hip_deg)) {
    // Goes over from the free hip to the stop; half of the slope is left at the stop itself.
    const double w = leg.stop_softness_deg;
    const double room = (leg.stop_hip_deg - hip) / w;
    const double softly =
        room > 0.0 ? room + std::log1p(std::exp(-room)) : std::log1p(std::exp(room));
    const double stopped = leg.stop_hip_deg - w * softly;
    lean += leg.lost_to_lean * (hip - stopped);
    hip = stopped;
  }
  return leg.start_deg + Eigen::RowVector3d(hip, thigh - hip - lean, lean);
}

double bend_of_three_speeds_deg(const CurvedLeg& leg) {
  Eigen::Vector3d thigh;
  Eigen::Vector3d hip;
  for (int k = 0; k < 3; ++k) {
    const Eigen::RowVector3d parts = mean_posture_deg(leg, 0.5 * k);
    thigh[k] = parts.sum();
    hip[k] = parts[0];
  }
  thigh.array() -= thigh.mean();
  hip.array() -= hip.mean();
  const Eigen::Vector3d residual = hip - thigh.dot(hip) / thigh.squaredNorm() * thigh;
  return std::copysign(residual.norm(), residual[1]);
}

double slope_left(const CurvedLeg& leg) {
  const auto slope = [&](double from, double to) {
    const Eigen::RowVector3d step = mean_posture_deg(leg, to) - mean_posture_deg(leg, from);
    return step[0] / step.sum();
  };
  return slope(0.99, 1.0) / slope(0.0, 0.01);
}

CurvedLeg draw_curved_leg(const StrideCell& cell, bool stops, RandomStream stream) {
  while (true) {
    CurvedLeg leg;
    leg.start_deg << stream.normal(12.0, 5.0), stream.normal(0.0, 8.0), stream.normal(6.0, 3.0);
    leg.thigh_deg = std::clamp(stream.normal(cell.thigh_spread_deg, 2.0), 7.0, 17.0);
    leg.thigh_rate = stream.uniform(-0.5, 1.5);
    leg.pelvis_deg = leg.thigh_deg * (1.0 - std::clamp(stream.normal(0.65, 0.17), 0.2, 0.95));
    leg.pelvis_rate = stream.uniform(-1.0, 1.5);
    leg.lean_deg = leg.thigh_deg * stream.normal(0.13, 0.12);
    leg.lean_bulge_deg = leg.lean_deg * stream.uniform(-0.25, 0.25);

    // The residual is linear in the pelvis's bulge.
    const double wanted_deg = draw_bend_deg(cell.bend, stream);
    const double without_deg = bend_of_three_speeds_deg(leg);
    leg.pelvis_bulge_deg = 1e-3;
    const double per_bulge = (bend_of_three_speeds_deg(leg) - without_deg) / 1e-3;
    leg.pelvis_bulge_deg = (wanted_deg - without_deg) / per_bulge;

    const double stop_softness_deg = stream.uniform(0.3, 1.2);
    leg.lost_to_lean = stream.uniform(0.0, 0.4);
    if (stops) {
      leg.stop_softness_deg = stop_softness_deg;
      leg.stop_hip_deg = free_hip_deg(leg, speed_of_thigh(leg, cell.stop.inside_deg));
    }
    const double left = slope_left(leg);
    // A hip that loses slope without a stop, and one that turns back, are no clear cases.
    const bool clear = stops ? left < 1.0 / 3.0 : left >= 1.0 / 3.0 && left < 10.0;
    if (clear) return leg;
  }
}

PlantedSession plant_curved(const StrideCell& cell, std::uint64_t seed) {
  const RandomStream root(seed);
  const bool ramp = cell.n_demands == 0;
  const Eigen::Index n = planted_times_s(cell).size();
  const bool step = RandomStream(root.child("step or walk")).uniform() < 0.5;
  const Eigen::MatrixXd common =
      draw_departures(cell, n, step, root.child("departure", cell.recording));

  PlantedSession session;
  for (std::size_t side = 0; side < 2; ++side) {
    const std::uint64_t of_leg = 2 * cell.recording + side;
    const bool stops = cell.stop.inside_deg > 0.0 && !(cell.stop.right_only && side == 1);
    const CurvedLeg leg = draw_curved_leg(cell, stops, root.child("leg", side));
    const Eigen::VectorXd u = Eigen::VectorXd::LinSpaced(n, 0.0, 1.0);
    Eigen::MatrixXd curve_deg(n, 3);
    for (Eigen::Index i = 0; i < n; ++i) curve_deg.row(i) = mean_posture_deg(leg, u[i]);
    session.curve_rad.at(side) = kRadPerDeg * curve_deg;
    session.planted.at(side).shares = chord_of(curve_deg, ramp);
    if (stops) {
      const double at = speed_of_thigh(leg, cell.stop.inside_deg);
      session.planted.at(side).stop_thigh_rad = kRadPerDeg * mean_posture_deg(leg, at).sum();
      CurvedLeg freed = leg;
      freed.stop_hip_deg = std::numeric_limits<double>::infinity();
      session.hips.at(side) = {
          kRadPerDeg * (leg.start_deg[0] + leg.stop_hip_deg),
          kRadPerDeg * (mean_posture_deg(leg, 1.0)[1] - mean_posture_deg(freed, 1.0)[1])};
    }

    RandomStream skin = root.child("skin", side);
    const Eigen::RowVector3d artefact_deg =
        cell.artefact ? draw_artefact_deg(skin) : Eigen::RowVector3d::Zero();
    const Eigen::VectorXd growth = u.array().pow(skin.uniform(0.7, 1.5));
    const Eigen::MatrixXd own =
        draw_departures(cell, n, step, root.child("departure of leg", of_leg));
    const Eigen::MatrixXd places_deg = curve_deg + growth * artefact_deg +
                                       std::sqrt(cell.legs_alike) * common +
                                       std::sqrt(1.0 - cell.legs_alike) * own;
    RandomStream strides = root.child("strides", of_leg);
    CurvedScatter scatter(root.child("scatter", of_leg));
    session.demands.at(side) =
        record_strides(cell, places_deg, strides, [&](bool first) { return scatter.next(first); });
  }
  return session;
}

}  // namespace catena
