#include "catena/validation/planted_session.h"

#include <fmt/format.h>

#include <cmath>

#include "catena/validation/curved_runner.h"
#include "catena/validation/planted_line.h"

namespace catena {

std::string plan_name(int n_demands) {
  return n_demands == 0 ? "ramp" : fmt::format("{} speeds", n_demands);
}

Eigen::VectorXd planted_times_s(const StrideCell& cell) {
  const double ramp_strides = kPlantedRampStrides * cell.ramp_s / kPlantedRamp_s;
  const Eigen::Index n = cell.n_demands == 0 ? std::lround(ramp_strides) : cell.n_demands;
  const double last_s = cell.ramp_s * (1.0 - 1.0 / static_cast<double>(n));
  return Eigen::VectorXd::LinSpaced(n, 0.0, last_s);
}

std::array<double, 4> chord_of(const Eigen::MatrixXd& curve, bool ramp) {
  const Eigen::Index end = ramp ? std::max<Eigen::Index>(1, curve.rows() / 10) : 1;
  const Eigen::RowVector3d chord =
      curve.bottomRows(end).colwise().mean() - curve.topRows(end).colwise().mean();
  const Eigen::RowVector3d shares = chord / chord.sum();
  return {shares[0], shares[1], shares[2], shares[1] + shares[2]};
}

PlantedSession plant_session(const StrideCell& cell, std::uint64_t seed) {
  return cell.curved ? plant_curved(cell, seed) : plant_on_line(cell, seed);
}

}  // namespace catena
