#include "catena/validation/point_study.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "catena/core/units.h"
#include "catena/math/random_stream.h"
#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr double kRamp_s = 75.0;
constexpr int kRampStrides = 106;  // 1.42 strides a second
// SD of what skin motion adds from the least demand to the farthest.
constexpr double kThighArtefact_deg = 0.4;
constexpr double kPelvisArtefact_deg = 0.85;
constexpr double kThoraxArtefact_deg = 0.25;

/// A drift of SD one at each time.
Eigen::VectorXd draw_drift(const Eigen::VectorXd& time_s, Drift drift, RandomStream& stream) {
  const Eigen::Index n = time_s.size();
  Eigen::VectorXd value = Eigen::VectorXd::Zero(n);
  if (drift == Drift::kWaves) {
    for (int k = 0; k < 4; ++k) {
      const double period_s = std::exp(stream.uniform(std::log(15.0), std::log(2.0 * kRamp_s)));
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
Eigen::MatrixXd draw_departures(const PointStudyCell& cell, const Eigen::VectorXd& time_s,
                                Eigen::Index n, RandomStream& stream) {
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

/// Hip 0.2 to 0.9, low back 0 to 0.6, lean -0.1 to 0.4.
Eigen::RowVector3d draw_shares(RandomStream& stream) {
  while (true) {
    const double hip = stream.uniform(0.2, 0.9);
    const double lean = stream.uniform(-0.1, 0.4);
    const double low_back = 1.0 - hip - lean;
    if (low_back >= 0.0 && low_back <= 0.6) return {hip, low_back, lean};
  }
}

/// What skin motion adds to the parts from the least demand to the farthest.
Eigen::RowVector3d draw_artefact_deg(RandomStream& stream) {
  const double thigh = kThighArtefact_deg * stream.normal();
  const double pelvis = kPelvisArtefact_deg * stream.normal();
  const double thorax = kThoraxArtefact_deg * stream.normal();
  return {thigh - pelvis, pelvis - thorax, thorax};
}

}  // namespace

PlantedLeg plant_leg(const PointStudyCell& cell, std::uint64_t seed) {
  const RandomStream root(seed);
  RandomStream stream = root.child("leg");
  const Eigen::RowVector3d shares = draw_shares(stream);
  const Eigen::RowVector3d offset_deg(stream.normal(12.0, 5.0), stream.normal(0.0, 8.0),
                                      stream.normal(6.0, 3.0));
  const Eigen::RowVector3d artefact_deg = draw_artefact_deg(stream);

  const bool ramp = cell.n_demands == 0;
  const Eigen::Index places = ramp ? kRampStrides : cell.n_demands;
  const double last_s = kRamp_s * (1.0 - 1.0 / static_cast<double>(places));
  const Eigen::VectorXd time_s = Eigen::VectorXd::LinSpaced(places, 0.0, last_s);
  RandomStream departure_stream = root.child("departure");
  const Eigen::MatrixXd departures = draw_departures(cell, time_s, places, departure_stream);

  PlantedLeg leg;
  leg.shares = {shares[0], shares[1], shares[2]};
  RandomStream strides = root.child("strides");
  if (ramp) leg.demands.push_back({"ramp", true, time_s, Eigen::MatrixXd(places, 3)});
  for (Eigen::Index i = 0; i < places; ++i) {
    const double along = static_cast<double>(i) / static_cast<double>(places - 1);
    const Eigen::RowVector3d on_line =
        offset_deg + along * (cell.thigh_spread_deg * shares + artefact_deg);
    const int n =
        ramp ? 1 : cell.min_strides + strides.index(cell.max_strides - cell.min_strides + 1);
    Eigen::MatrixXd parts(n, 3);
    for (int k = 0; k < n; ++k) {
      const Eigen::RowVector3d scatter = draw_scatter_deg(strides);
      parts.row(k) = kRadPerDeg * (on_line + departures.row(i) + scatter);
    }
    if (ramp) {
      leg.demands[0].parts_rad.row(i) = parts;
    } else {
      leg.demands.push_back({fmt::format("demand {}", i + 1), false,
                             Eigen::VectorXd::LinSpaced(n, 0.0, 0.7 * n), parts});
    }
  }
  return leg;
}

PointStudyRow run_point_study(const PointStudyCell& cell, int n_sessions, std::uint64_t seed,
                              const TakeUpOptions& options) {
  PointStudyRow row = {.cell = cell, .n_sessions = n_sessions};
  std::array<std::vector<double>, 4> widths;
  for (int s = 0; s < n_sessions; ++s) {
    const auto session = static_cast<std::uint64_t>(s);
    const PlantedLeg leg = plant_leg(cell, RandomStream(seed).child(cell.name, session).bits());
    const TakeUp found = estimate_take_up({leg.demands, {}}, options)[0];
    if (std::isnan(found.hip.estimate.value)) continue;
    ++row.n_given;
    const std::array estimates = {found.hip.estimate, found.low_back.estimate, found.lean.estimate,
                                  found.pelvis.estimate};
    const std::array truths = {leg.shares[0], leg.shares[1], leg.shares[2], 1.0 - leg.shares[0]};
    for (std::size_t k = 0; k < 4; ++k) {
      const Estimate& e = estimates.at(k);
      row.coverage.at(k) += e.low <= truths.at(k) && truths.at(k) <= e.high ? 1.0 : 0.0;
      row.mean_error.at(k) += e.value - truths.at(k);
      widths.at(k).push_back(e.high - e.low);
    }
  }
  for (std::size_t k = 0; k < 4; ++k) {
    row.coverage.at(k) /= row.n_given;
    row.mean_error.at(k) /= row.n_given;
    row.width.at(k) = quantile(widths.at(k), 0.5);
  }
  return row;
}

std::vector<PointStudyCell> point_study_cells() {
  std::vector<PointStudyCell> cells;
  const auto add = [&](int n_demands, double hip_deg, double back_deg, const std::string& note,
                       Departure departure = Departure::kThighHeld, Drift drift = Drift::kWaves) {
    const std::string plan = n_demands == 0 ? "ramp" : fmt::format("{} speeds", n_demands);
    PointStudyCell cell;
    cell.name = note.empty() ? plan : plan + ", " + note;
    cell.n_demands = n_demands;
    cell.hip_deviation_deg = hip_deg;
    cell.back_deviation_deg = back_deg;
    cell.departure = departure;
    cell.drift = drift;
    cells.push_back(cell);
  };
  // The contract.
  for (const int n_demands : {3, 5, 0}) {
    for (const double deg : {0.0, 0.7, 1.5}) add(n_demands, deg, deg, "");
  }
  // What nobody promised.
  add(4, 0.7, 0.7, "");
  for (const int n_demands : {3, 5}) {
    add(n_demands, 0.3, 0.3, "");
    add(n_demands, 2.5, 2.5, "");
    add(n_demands, 1.5, 0.75, "hip departs more");
    add(n_demands, 0.75, 1.5, "low back departs more");
    add(n_demands, 1.5, 1.5, "every part by itself", Departure::kEveryPart);
    add(n_demands, 1.5, 1.5, "low back takes what the hip leaves", Departure::kPelvisInOne);
  }
  for (const double deg : {0.7, 1.5}) {
    add(0, deg, deg, "smooth drift", Departure::kThighHeld, Drift::kSmooth);
    add(0, deg, deg, "rough drift", Departure::kThighHeld, Drift::kRough);
  }
  return cells;
}

std::string to_markdown(std::span<const PointStudyRow> rows) {
  std::string text =
      "| plan | departure SD, deg (hip / low back) | given | cover: hip | low back | lean | pelvis "
      "| width: hip | low back | lean | pelvis | mean error: hip | low back | lean |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const PointStudyRow& row : rows) {
    text += fmt::format("| {} | {} / {} | {} of {} |", row.cell.name, row.cell.hip_deviation_deg,
                        row.cell.back_deviation_deg, row.n_given, row.n_sessions);
    for (const double c : row.coverage) text += fmt::format(" {:.1f} % |", 100.0 * c);
    for (const double w : row.width) text += fmt::format(" {:.2f} |", w);
    for (std::size_t k = 0; k < 3; ++k) text += fmt::format(" {:+.3f} |", row.mean_error.at(k));
    text += "\n";
  }
  return text;
}

}  // namespace catena
