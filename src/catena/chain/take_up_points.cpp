#include "catena/chain/take_up_points.h"

#include <fmt/format.h>

#include <Eigen/QR>
#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

namespace catena {
namespace {

constexpr int kRampBlocks = 20;
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

void add_ramp(const CleanStrides& strides, Eigen::Index blocks, TakeUpPoint point,
              TakeUpPoints& out) {
  const Eigen::Index n = strides.parts_rad.rows();
  point.in_ramp = true;
  const std::string label = point.label;
  for (Eigen::Index b = 0; b < blocks; ++b) {
    point.block = static_cast<int>(b);
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

/// Low back and lean are known only where every demand of both legs has them.
bool thorax_is_known(const std::array<std::vector<DemandStrides>, 2>& demands) {
  bool any = false;
  for (const std::vector<DemandStrides>& of_leg : demands) {
    for (const DemandStrides& demand : of_leg) {
      if (demand.parts_rad.rows() == 0) continue;
      assert(demand.parts_rad.cols() == 2 || demand.parts_rad.cols() == 3);
      if (demand.parts_rad.cols() == 2) return false;
      any = true;
    }
  }
  return any;
}

/// Blocks of each ramp, by label: no more than the leg with fewer strides has.
std::map<std::string, Eigen::Index> ramp_blocks(
    const std::array<std::vector<CleanStrides>, 2>& strides,
    const std::array<std::vector<DemandStrides>, 2>& demands) {
  std::map<std::string, Eigen::Index> blocks;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    for (std::size_t d = 0; d < demands.at(leg).size(); ++d) {
      if (!demands.at(leg)[d].is_ramp) continue;
      const Eigen::Index n = strides.at(leg)[d].parts_rad.rows() / kMinBlockStrides;
      if (n < kMinRampBlocks) continue;  // not used at all
      const auto [place, added] =
          blocks.emplace(demands.at(leg)[d].label, std::min<Eigen::Index>(kRampBlocks, n));
      if (!added) place->second = std::min(place->second, n);
    }
  }
  return blocks;
}

}  // namespace

std::array<TakeUpPoints, 2> take_up_points(
    const std::array<std::vector<DemandStrides>, 2>& demands) {
  const bool has_thorax = thorax_is_known(demands);
  std::array<std::vector<CleanStrides>, 2> strides;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    for (const DemandStrides& demand : demands.at(leg)) {
      strides.at(leg).push_back(clean(demand, has_thorax));
    }
  }
  const std::map<std::string, Eigen::Index> blocks = ramp_blocks(strides, demands);

  std::array<TakeUpPoints, 2> points;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    TakeUpPoints& out = points.at(leg);
    out.has_thorax = has_thorax;
    const Eigen::Index width = has_thorax ? 3 : 2;
    out.stride_covariance = Eigen::MatrixXd::Zero(width, width);
    out.strides_rad.resize(0, width);
    for (std::size_t d = 0; d < demands.at(leg).size(); ++d) {
      const DemandStrides& demand = demands.at(leg)[d];
      const CleanStrides& of_demand = strides.at(leg)[d];
      note_strides(demand, of_demand, out);
      const Eigen::Index n = of_demand.parts_rad.rows();
      if (n == 0 || (demand.is_ramp && n < kMinRampBlocks * kMinBlockStrides)) continue;
      out.strides_rad.conservativeResize(out.strides_rad.rows() + n, width);
      out.strides_rad.bottomRows(n) = of_demand.parts_rad;
      TakeUpPoint point;
      point.label = point.demand = demand.label;
      if (demand.is_ramp) {
        add_ramp(of_demand, blocks.at(demand.label), point, out);
      } else {
        add_point(of_demand, 0, n, point, out);
      }
    }
    if (out.degrees_of_freedom > 0.0) out.stride_covariance /= out.degrees_of_freedom;
  }
  return points;
}

}  // namespace catena
