#include "catena/trajectories/sampled_points.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "catena/recording/lost_position.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Some hundred frames show how a recording lies.
constexpr Eigen::Index kMostSamples = 500;

// Points that stand in the room while the body moves: starting blocks, a corner of the treadmill.
void find_what_moves(SampledPoints& points) {
  constexpr double kStill_m = 0.01;      // NOLINT(readability-identifier-naming)
  constexpr double kBodyMoves_m = 0.10;  // NOLINT(readability-identifier-naming)
  constexpr double kLongEnough_s = 1.0;  // NOLINT(readability-identifier-naming)
  const auto n_points = static_cast<std::size_t>(points.seen_s.size());
  std::vector<double> ranges_m(n_points, kNaN);
  std::vector<double> known;
  for (std::size_t j = 0; j < n_points; ++j) {
    double range_m = 0.0;
    bool any = false;
    for (int k = 0; k < 3; ++k) {
      double low = std::numeric_limits<double>::infinity();
      double high = -low;
      for (const double x : points.places_m.col(static_cast<Eigen::Index>(3 * j) + k)) {
        if (std::isnan(x)) continue;
        low = std::min(low, x);
        high = std::max(high, x);
        any = true;
      }
      range_m = std::max(range_m, high - low);
    }
    if (!any) continue;
    ranges_m[j] = range_m;
    known.push_back(range_m);
  }
  points.moves.assign(n_points, true);
  if (!(quantile(known, 0.75) > kBodyMoves_m)) return;  // the feet, when anything
  for (std::size_t j = 0; j < n_points; ++j) {
    const bool long_enough = points.seen_s[static_cast<Eigen::Index>(j)] > kLongEnough_s;
    points.moves[j] = !(long_enough && ranges_m[j] < kStill_m);
  }
}

}  // namespace

SampledPoints sample_points(const PointRecording& recording, double farthest_m) {
  const Eigen::MatrixXd& p = recording.points_m;
  const Eigen::Index n_frames = p.rows();
  const auto n_points = static_cast<Eigen::Index>(recording.labels.size());
  const Eigen::Index step = std::max<Eigen::Index>(1, n_frames / kMostSamples);
  const Eigen::Index n_samples = (n_frames + step - 1) / step;
  // Speeds over 15 ms or two frames, so that noise at a high rate is none of speed.
  const double rate_hz = recording.rate_hz > 0.0 ? recording.rate_hz : 1.0;
  const double in_reach = std::clamp(0.0075 * rate_hz, 1.0, 1e3);
  const auto reach = static_cast<Eigen::Index>(std::lround(in_reach));
  SampledPoints out;
  out.places_m = Eigen::MatrixXd::Constant(n_samples, 3 * n_points, kNaN);
  out.speeds_m_s = out.places_m;
  out.net_speed_m_s = Eigen::MatrixXd::Zero(3, n_points);
  out.seen_s = Eigen::VectorXd::Zero(n_points);
  for (Eigen::Index j = 0; j < n_points; ++j) {
    const auto at = [&](Eigen::Index i) -> Eigen::RowVector3d {
      return p.row(i).segment<3>(3 * j);
    };
    const auto seen = [&](Eigen::Index i) { return is_seen(at(i), farthest_m); };
    for (Eigen::Index s = 0; s < n_samples; ++s) {
      const Eigen::Index i = s * step;
      if (!seen(i)) continue;
      out.places_m.row(s).segment<3>(3 * j) = at(i);
      if (i < reach || i + reach >= n_frames || !seen(i - reach) || !seen(i + reach)) continue;
      out.speeds_m_s.row(s).segment<3>(3 * j) =
          (at(i + reach) - at(i - reach)) * rate_hz / (2.0 * static_cast<double>(reach));
    }
    Eigen::Index first = 0;
    Eigen::Index last = n_frames - 1;
    while (first < n_frames && !seen(first)) ++first;
    while (last > first && !seen(last)) --last;
    if (last <= first) continue;
    out.seen_s[j] = static_cast<double>(last - first) / rate_hz;
    out.net_speed_m_s.col(j) = (at(last) - at(first)).transpose() / out.seen_s[j];
  }
  find_what_moves(out);
  return out;
}

double quantile(std::vector<double>& values, double part) {
  if (values.empty()) return kNaN;
  const auto index = static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return values[static_cast<std::size_t>(index)];
}

Eigen::Vector3d across(const Eigen::Vector3d& v, LabAxis up) {
  const Eigen::Vector3d u = unit_vector(up);
  return v - v.dot(u) * u;
}

Eigen::Vector3d middle(const SampledPoints& points, Eigen::Index sample,
                       const std::vector<Eigen::Index>& of) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  int n = 0;
  for (const Eigen::Index point : of) {
    const Eigen::Vector3d p = points.places_m.row(sample).segment<3>(3 * point);
    if (p.hasNaN()) continue;
    sum += p;
    ++n;
  }
  return n > 0 ? Eigen::Vector3d(sum / n) : Eigen::Vector3d::Constant(kNaN);
}

Eigen::Vector3d mean_way(const SampledPoints& points, const std::vector<Eigen::Index>& from,
                         const std::vector<Eigen::Index>& to) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  int n = 0;
  if (from.empty() || to.empty()) return sum;
  for (Eigen::Index i = 0; i < points.places_m.rows(); ++i) {
    const Eigen::Vector3d way = middle(points, i, to) - middle(points, i, from);
    if (way.hasNaN()) continue;
    sum += way;
    ++n;
  }
  return n > 0 ? Eigen::Vector3d(sum / n) : sum;
}

Eigen::Vector3d body_speed(const SampledPoints& points) {
  const double longest_s = points.seen_s.size() > 0 ? points.seen_s.maxCoeff() : 0.0;
  std::array<std::vector<double>, 3> speeds;
  for (Eigen::Index j = 0; j < points.seen_s.size(); ++j) {
    if (!points.moves[static_cast<std::size_t>(j)]) continue;
    if (!(points.seen_s[j] > 0.0) || points.seen_s[j] < 0.5 * longest_s) continue;
    for (std::size_t k = 0; k < 3; ++k) {
      speeds[k].push_back(points.net_speed_m_s(static_cast<Eigen::Index>(k), j));
    }
  }
  if (speeds[0].empty()) return Eigen::Vector3d::Zero();
  return {quantile(speeds[0], 0.5), quantile(speeds[1], 0.5), quantile(speeds[2], 0.5)};
}

Eigen::Vector3d travelled(const SampledPoints& points) {
  const double duration_s = points.seen_s.size() > 0 ? points.seen_s.maxCoeff() : 0.0;
  return duration_s * body_speed(points).cwiseAbs();
}

}  // namespace catena
