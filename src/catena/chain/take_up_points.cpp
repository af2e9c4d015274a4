#include "catena/chain/take_up_points.h"

#include <fmt/format.h>

#include <Eigen/QR>
#include <algorithm>
#include <cassert>
#include <numeric>

namespace catena {
namespace {

constexpr int kRampBlocks = 10;
constexpr int kMinRampBlocks = 5;
constexpr int kMinBlockStrides = 5;
constexpr int kFewStrides = 5;

/// The strides of one demand whose numbers are all there, in order of time.
struct CleanStrides {
  Eigen::VectorXd time_s;
  Eigen::MatrixXd parts_rad;
  int n_lost = 0;
};

CleanStrides clean(const DemandStrides& demand, bool has_thorax) {
  const Eigen::Index n = demand.parts_rad.rows();
  assert(!demand.is_ramp || demand.time_s.size() == n);
  std::vector<Eigen::Index> good;
  for (Eigen::Index i = 0; i < n; ++i) {
    const bool timed = !demand.is_ramp || std::isfinite(demand.time_s[i]);
    if (timed && demand.parts_rad.row(i).allFinite()) good.push_back(i);
  }
  if (demand.is_ramp) {
    std::ranges::stable_sort(
        good, [&](Eigen::Index a, Eigen::Index b) { return demand.time_s[a] < demand.time_s[b]; });
  }

  CleanStrides strides;
  const auto n_good = static_cast<Eigen::Index>(good.size());
  strides.n_lost = static_cast<int>(n - n_good);
  strides.time_s = Eigen::VectorXd::Zero(n_good);
  strides.parts_rad.resize(n_good, has_thorax ? 3 : 2);
  for (Eigen::Index k = 0; k < n_good; ++k) {
    const Eigen::Index i = good[static_cast<std::size_t>(k)];
    if (i < demand.time_s.size()) strides.time_s[k] = demand.time_s[i];
    const Eigen::RowVectorXd parts = demand.parts_rad.row(i);
    if (parts.size() == 3 && !has_thorax) {
      strides.parts_rad.row(k) << parts[0], parts[1] + parts[2];
    } else {
      strides.parts_rad.row(k) = parts;
    }
  }
  return strides;
}

/// Adds the point that rows [first, last) make, and their scatter about it. Along a ramp the
/// scatter is counted from a straight line in time, because the demand itself moves.
void add_point(const CleanStrides& strides, Eigen::Index first, Eigen::Index last,
               TakeUpPoint point, TakeUpPoints& out) {
  const Eigen::Index n = last - first;
  const Eigen::MatrixXd parts = strides.parts_rad.middleRows(first, n);
  const Eigen::VectorXd time_s = strides.time_s.segment(first, n);
  point.n_strides = static_cast<int>(n);
  point.time_s = time_s.mean();
  point.parts_rad = parts.colwise().mean().transpose();

  Eigen::MatrixXd rest = parts.rowwise() - point.parts_rad.transpose();
  double freedom = static_cast<double>(n) - 1.0;
  if (point.in_ramp) {
    const Eigen::VectorXd t = (time_s.array() - point.time_s).matrix();
    if (t.squaredNorm() > 0.0) {
      const Eigen::RowVectorXd slope = t.transpose() * rest / t.squaredNorm();
      rest -= t * slope;
      freedom -= 1.0;
    }
  }
  out.stride_covariance += rest.transpose() * rest;
  out.degrees_of_freedom += freedom;
  out.points.push_back(std::move(point));
}

void add_ramp(const CleanStrides& strides, TakeUpPoint point, TakeUpPoints& out) {
  const Eigen::Index n = strides.parts_rad.rows();
  const Eigen::Index blocks = std::min<Eigen::Index>(kRampBlocks, n / kMinBlockStrides);
  point.in_ramp = true;
  const std::string label = point.label;
  for (Eigen::Index b = 0; b < blocks; ++b) {
    const Eigen::Index first = b * n / blocks;
    const Eigen::Index last = (b + 1) * n / blocks;
    point.label = fmt::format("{}, {:.0f} to {:.0f} s", label, strides.time_s[first],
                              strides.time_s[last - 1]);
    add_point(strides, first, last, point, out);
  }
}

void note_strides(const DemandStrides& demand, const CleanStrides& strides, TakeUpPoints& out) {
  if (strides.n_lost > 0) {
    out.remarks.push_back(fmt::format("{} of {} strides at {} were passed over: an angle is lost.",
                                      strides.n_lost, demand.parts_rad.rows(), demand.label));
  }
  const auto n = strides.parts_rad.rows();
  if (demand.is_ramp && n < kMinRampBlocks * kMinBlockStrides) {
    out.remarks.push_back(
        fmt::format("The ramp {} has {} strides of the {} that it needs, so it was not used.",
                    demand.label, n, kMinRampBlocks * kMinBlockStrides));
  } else if (n < kFewStrides) {
    out.remarks.push_back(fmt::format("Fewer than five strides at {}: {}.", demand.label,
                                      n == 0 ? "none" : fmt::to_string(n)));
  }
}

}  // namespace

TakeUpPoints take_up_points(std::span<const DemandStrides> demands) {
  TakeUpPoints out;
  bool any = false;
  bool any_without = false;
  for (const DemandStrides& demand : demands) {
    if (demand.parts_rad.rows() == 0) continue;
    assert(demand.parts_rad.cols() == 2 || demand.parts_rad.cols() == 3);
    any = true;
    any_without = any_without || demand.parts_rad.cols() == 2;
  }
  out.has_thorax = any && !any_without;
  const Eigen::Index width = out.has_thorax ? 3 : 2;
  out.stride_covariance = Eigen::MatrixXd::Zero(width, width);
  out.strides_rad.resize(0, width);

  for (std::size_t d = 0; d < demands.size(); ++d) {
    const CleanStrides strides = clean(demands[d], out.has_thorax);
    note_strides(demands[d], strides, out);
    const Eigen::Index n = strides.parts_rad.rows();
    const bool short_ramp = demands[d].is_ramp && n < kMinRampBlocks * kMinBlockStrides;
    if (n == 0 || short_ramp) continue;
    out.strides_rad.conservativeResize(out.strides_rad.rows() + n, width);
    out.strides_rad.bottomRows(n) = strides.parts_rad;
    TakeUpPoint point;
    point.label = demands[d].label;
    point.demand = static_cast<int>(d);
    if (demands[d].is_ramp) {
      add_ramp(strides, point, out);
    } else {
      add_point(strides, 0, n, point, out);
    }
  }
  if (out.degrees_of_freedom > 0.0) out.stride_covariance /= out.degrees_of_freedom;
  return out;
}

}  // namespace catena
