#include "catena/analysis/point_quality.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

#include "catena/math/statistics.h"
#include "catena/recording/lost_position.h"

namespace catena {
namespace {

// No point of a body is accelerated like this (200 g): what moves so has jumped.
constexpr double kJump_m_s2 = 2000.0;  // NOLINT(readability-identifier-naming)
// Median of |x| of a normal distribution, in SDs.
constexpr double kMedianOfNormal = 0.6745;
// Some hundred differences tell a median well.
constexpr Eigen::Index kMostFrames = 400;

/// SD of the white part of one point, per axis; NaN for a few frames.
double noise_of(const PointRecording& recording, Eigen::Index point, std::vector<double>& scratch) {
  const Eigen::Index n = recording.points_m.rows();
  const Eigen::Index step = std::max<Eigen::Index>(1, n / kMostFrames);
  scratch.clear();
  for (Eigen::Index i = 0; i + 3 < n; i += step) {
    bool seen = true;
    for (Eigen::Index k = 0; k < 4 && seen; ++k) {
      seen = is_seen(recording.points_m.row(i + k).segment<3>(3 * point));
    }
    if (!seen) continue;
    for (Eigen::Index axis = 0; axis < 3; ++axis) {
      const auto x = [&](Eigen::Index k) { return recording.points_m(i + k, 3 * point + axis); };
      scratch.push_back(std::abs(x(3) - 3.0 * x(2) + 3.0 * x(1) - x(0)));
    }
  }
  constexpr std::size_t kFewest = 30;
  if (scratch.size() < kFewest) return std::numeric_limits<double>::quiet_NaN();
  return median(scratch) / (kMedianOfNormal * std::sqrt(20.0));
}

void assess_noise(const PointRecording& recording, QualityFinding& quality) {
  std::vector<double> noises;
  std::vector<double> scratch;
  for (std::size_t point = 0; point < recording.labels.size(); ++point) {
    const double noise_m = noise_of(recording, static_cast<Eigen::Index>(point), scratch);
    if (std::isnan(noise_m)) continue;
    noises.push_back(noise_m);
    if (quality.noisiest_m >= noise_m) continue;  // false for NaN
    quality.noisiest_m = noise_m;
    quality.noisiest = recording.labels[point];
  }
  if (!noises.empty()) quality.noise_m = median(noises);
}

void count_jumps(const PointRecording& recording, QualityFinding& quality) {
  const double limit_m = kJump_m_s2 / (recording.rate_hz * recording.rate_hz);
  const Eigen::Index n = recording.points_m.rows();
  double farthest2_m2 = 0.0;
  for (std::size_t point = 0; point < recording.labels.size(); ++point) {
    const auto p = recording.points_m.middleCols<3>(static_cast<Eigen::Index>(3 * point));
    const double* x = p.col(0).data();
    const double* y = p.col(1).data();
    const double* z = p.col(2).data();
    bool in_jump = false;
    for (Eigen::Index i = 1; i + 1 < n; ++i) {
      const double bx = x[i - 1] - 2.0 * x[i] + x[i + 1];
      const double by = y[i - 1] - 2.0 * y[i] + y[i + 1];
      const double bz = z[i - 1] - 2.0 * z[i] + z[i + 1];
      const double bend2_m2 = bx * bx + by * by + bz * bz;
      // False for NaN; the dearer question comes last.
      const bool jumps = bend2_m2 > limit_m * limit_m && is_seen(p.row(i - 1)) &&
                         is_seen(p.row(i)) && is_seen(p.row(i + 1));
      if (jumps && !in_jump) ++quality.n_jumps;
      in_jump = jumps;
      if (!jumps || bend2_m2 <= farthest2_m2) continue;
      farthest2_m2 = bend2_m2;
      quality.worst_jump = fmt::format("{}, {:.0f} mm at {:.3f} s", recording.labels[point],
                                       1e3 * std::sqrt(bend2_m2), recording.time_s[i]);
    }
  }
}

/// Two labels that are at one place whenever both are seen.
void find_twins(const PointRecording& recording, QualityFinding& quality) {
  const Eigen::Index n = recording.points_m.rows();
  const auto same = [&](Eigen::Index a, Eigen::Index b) {
    Eigen::Index both = 0;
    for (Eigen::Index i = 0; i < n; ++i) {
      const Eigen::RowVector3d p = recording.points_m.row(i).segment<3>(3 * a);
      const Eigen::RowVector3d q = recording.points_m.row(i).segment<3>(3 * b);
      if (!is_seen(p) || !is_seen(q)) continue;
      if (p != q) return false;
      ++both;
    }
    return both > 0;
  };
  // Only points that agree in one frame are looked at in all.
  std::map<std::tuple<double, double, double>, std::vector<Eigen::Index>> at;
  const Eigen::Index middle = n / 2;
  for (Eigen::Index point = 0; n > 0 && 3 * point < recording.points_m.cols(); ++point) {
    const Eigen::RowVector3d p = recording.points_m.row(middle).segment<3>(3 * point);
    if (!is_seen(p)) continue;
    for (const Eigen::Index other : at[{p[0], p[1], p[2]}]) {
      if (!same(other, point)) continue;
      quality.twins.push_back(fmt::format("{} and {}",
                                          recording.labels[static_cast<std::size_t>(other)],
                                          recording.labels[static_cast<std::size_t>(point)]));
    }
    at[{p[0], p[1], p[2]}].push_back(point);
  }
}

}  // namespace

QualityFinding assess_points(const PointRecording& recording) {
  QualityFinding quality;
  assess_noise(recording, quality);
  count_jumps(recording, quality);
  find_twins(recording, quality);
  return quality;
}

std::vector<Loss> find_losses(const PointRecording& recording, double& fraction_of_all) {
  std::vector<Loss> losses;
  const Eigen::Index n = recording.points_m.rows();
  double sum = 0.0;
  for (std::size_t point = 0; point < recording.labels.size(); ++point) {
    Eigen::Index n_lost = 0;
    Eigen::Index gap = 0;
    Eigen::Index longest = 0;
    for (Eigen::Index i = 0; i < n; ++i) {
      const bool lost =
          !is_seen(recording.points_m.row(i).segment<3>(static_cast<Eigen::Index>(3 * point)));
      n_lost += lost ? 1 : 0;
      gap = lost ? gap + 1 : 0;
      longest = std::max(longest, gap);
    }
    if (n_lost == 0) continue;
    const double fraction = static_cast<double>(n_lost) / static_cast<double>(n);
    sum += fraction;
    losses.push_back(
        {recording.labels[point], fraction, static_cast<double>(longest) / recording.rate_hz});
  }
  fraction_of_all =
      recording.labels.empty() ? 0.0 : sum / static_cast<double>(recording.labels.size());
  std::stable_sort(losses.begin(), losses.end(),
                   [](const Loss& a, const Loss& b) { return a.fraction > b.fraction; });
  return losses;
}

}  // namespace catena
