#include "catena/trajectories/gaps.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <optional>

#include "catena/math/rigid_fit.h"
#include "catena/trajectories/body_shape.h"

namespace catena {
namespace {

std::vector<FoundGap> gaps_of(const Eigen::MatrixXd& points_m, int point) {
  std::vector<FoundGap> gaps;
  const auto lost = points_m.col(3 * point).array().isNaN();
  const Eigen::Index n = points_m.rows();
  for (Eigen::Index f = 0; f < n; ++f) {
    if (!lost[f]) continue;
    FoundGap gap = {point, f, f, GapFill::kLeftLost};
    while (gap.last_frame + 1 < n && lost[gap.last_frame + 1]) ++gap.last_frame;
    f = gap.last_frame;
    gaps.push_back(gap);
  }
  // Never seen.
  if (gaps.size() == 1 && gaps[0].first_frame == 0 && gaps[0].last_frame == n - 1) gaps.clear();
  return gaps;
}

/// Members of the cluster that are seen in all frames [first, last].
std::vector<int> mates_throughout(const Eigen::MatrixXd& points_m, const std::vector<int>& members,
                                  int point, Eigen::Index first, Eigen::Index last) {
  std::vector<int> mates;
  for (const int mate : members) {
    if (mate == point) continue;
    if (points_m.col(3 * mate).segment(first, last - first + 1).hasNaN()) continue;
    mates.push_back(mate);
  }
  return mates;
}

/// Whether mates hold a marker's place well: they are not nearly on one line as far as the marker
/// is from their middle.
bool hold(const Eigen::Matrix3Xd& mates, const Eigen::Vector3d& marker) {
  // The error of the mates is multiplied by the marker's distance over their reach.
  constexpr double kLargestLever = 4.0;
  const Eigen::Vector3d reach_m = principal_reach_m(mates);
  return (marker - mates.rowwise().mean()).norm() < kLargestLever * reach_m[1];
}

/// The gap's positions from the others of the cluster; empty when they cannot tell.
std::optional<Eigen::MatrixX3d> from_cluster(const Eigen::MatrixXd& points_m,
                                             const std::vector<int>& members, const FoundGap& gap) {
  constexpr std::size_t kFewestMates = 3;
  const bool has_before = gap.first_frame > 0;
  const bool has_after = gap.last_frame + 1 < points_m.rows();
  const Eigen::Index before = gap.first_frame - (has_before ? 1 : 0);
  const Eigen::Index after = gap.last_frame + (has_after ? 1 : 0);
  const std::vector<int> mates = mates_throughout(points_m, members, gap.point, before, after);
  if (mates.size() < kFewestMates) return std::nullopt;

  // The marker's place among its mates, before and after.
  struct Anchor {
    Eigen::Matrix3Xd mates;
    Eigen::Vector3d marker;
    Eigen::Index frame;
  };
  std::vector<Anchor> anchors;
  for (const Eigen::Index frame : {before, after}) {
    if (frame >= gap.first_frame && frame <= gap.last_frame) continue;  // no such side
    anchors.push_back({points_at(points_m, frame, mates),
                       points_m.block<1, 3>(frame, 3 * gap.point).transpose(), frame});
    if (!hold(anchors.back().mates, anchors.back().marker)) return std::nullopt;
  }
  Eigen::MatrixX3d filled(gap.last_frame - gap.first_frame + 1, 3);
  for (Eigen::Index f = gap.first_frame; f <= gap.last_frame; ++f) {
    const Eigen::Matrix3Xd here = points_at(points_m, f, mates);
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    double weights = 0.0;
    for (const Anchor& anchor : anchors) {
      const double weight = 1.0 / static_cast<double>(std::abs(f - anchor.frame));
      sum += weight * (fit_rigid(anchor.mates, here).images_from_places * anchor.marker);
      weights += weight;
    }
    filled.row(f - gap.first_frame) = (sum / weights).transpose();
  }
  return filled;
}

/// Position and slope at one end of a gap: a parabola through up to five frames beside it, a
/// straight line through two.
struct EndOfGap {
  Eigen::RowVector3d position = Eigen::RowVector3d::Zero();
  Eigen::RowVector3d per_frame = Eigen::RowVector3d::Zero();  // in the direction of time
};

std::optional<EndOfGap> end_of_gap(const Eigen::MatrixXd& points_m, int point, Eigen::Index beside,
                                   int away) {
  constexpr Eigen::Index kMost = 5;
  constexpr Eigen::Index kFewest = 2;
  Eigen::Index n = 0;
  while (n < kMost && beside + n * away >= 0 && beside + n * away < points_m.rows() &&
         !std::isnan(points_m(beside + n * away, 3 * point))) {
    ++n;
  }
  if (n < kFewest) return std::nullopt;
  if (n == kFewest) {
    const Eigen::RowVector3d here = points_m.block<1, 3>(beside, 3 * point);
    return EndOfGap{here, away * (points_m.block<1, 3>(beside + away, 3 * point) - here)};
  }
  Eigen::MatrixX3d powers(n, 3);
  Eigen::MatrixX3d positions(n, 3);
  for (Eigen::Index k = 0; k < n; ++k) {
    const auto t = static_cast<double>(k * away);
    powers.row(k) << 1.0, t, t * t;
    positions.row(k) = points_m.block<1, 3>(beside + k * away, 3 * point);
  }
  const Eigen::Matrix3d coefficients =
      (powers.transpose() * powers).ldlt().solve(powers.transpose() * positions);
  // The recorded end itself, so that no step is left.
  return EndOfGap{positions.row(0), coefficients.row(1)};
}

/// The gap's positions from the frames on either side; empty when these are too few.
std::optional<Eigen::MatrixX3d> from_spline(const Eigen::MatrixXd& points_m, const FoundGap& gap) {
  const std::optional<EndOfGap> from = end_of_gap(points_m, gap.point, gap.first_frame - 1, -1);
  const std::optional<EndOfGap> to = end_of_gap(points_m, gap.point, gap.last_frame + 1, 1);
  if (!from || !to) return std::nullopt;
  const auto span = static_cast<double>(gap.last_frame - gap.first_frame + 2);
  Eigen::MatrixX3d filled(gap.last_frame - gap.first_frame + 1, 3);
  for (Eigen::Index f = gap.first_frame; f <= gap.last_frame; ++f) {
    const double u = static_cast<double>(f - gap.first_frame + 1) / span;
    filled.row(f - gap.first_frame) =
        (1.0 - u) * (1.0 - u) * ((1.0 + 2.0 * u) * from->position + u * span * from->per_frame) +
        u * u * ((3.0 - 2.0 * u) * to->position - (1.0 - u) * span * to->per_frame);
  }
  return filled;
}

}  // namespace

std::vector<FoundGap> fill_gaps(Eigen::MatrixXd& points_m, const PointClusters& clusters,
                                double rate_hz, const GapOptions& options) {
  const Eigen::MatrixXd recorded_m = points_m;
  const auto frames_in = [&](double seconds) {
    return static_cast<Eigen::Index>(std::floor(seconds * rate_hz + 1e-9));
  };
  std::vector<FoundGap> found;
  for (int point = 0; 3 * point < points_m.cols(); ++point) {
    const int cluster = clusters.cluster_of[static_cast<std::size_t>(point)];
    const std::vector<int>& members = clusters.members[static_cast<std::size_t>(cluster)];
    for (FoundGap& gap : gaps_of(recorded_m, point)) {
      const Eigen::Index length = gap.last_frame - gap.first_frame + 1;
      std::optional<Eigen::MatrixX3d> filled;
      if (length <= frames_in(options.longest_by_cluster_s)) {
        filled = from_cluster(recorded_m, members, gap);
        if (filled) gap.fill = GapFill::kByCluster;
      }
      if (!filled && length <= frames_in(options.longest_by_spline_s)) {
        filled = from_spline(recorded_m, gap);
        if (filled) gap.fill = GapFill::kBySpline;
      }
      if (filled) points_m.block(gap.first_frame, 3 * point, length, 3) = *filled;
      found.push_back(gap);
    }
  }
  return found;
}

}  // namespace catena
