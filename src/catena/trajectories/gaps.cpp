#include "catena/trajectories/gaps.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include "catena/math/rigid_fit.h"
#include "catena/trajectories/body_shape.h"
#include "catena/trajectories/learned_place.h"

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

Eigen::Index length(const FoundGap& gap) { return gap.last_frame - gap.first_frame + 1; }

/// Those of some points that are seen in all frames of a gap and in the one on either side.
std::vector<int> seen_throughout(const Eigen::MatrixXd& points_m, const std::vector<int>& points,
                                 const FoundGap& gap) {
  const Eigen::Index first = std::max<Eigen::Index>(0, gap.first_frame - 1);
  const Eigen::Index last = std::min(points_m.rows() - 1, gap.last_frame + 1);
  std::vector<int> seen;
  for (const int point : points) {
    if (point == gap.point) continue;
    if (points_m.col(3 * point).segment(first, last - first + 1).hasNaN()) continue;
    seen.push_back(point);
  }
  return seen;
}

/// Whether mates hold a marker's place well: they are not nearly on one line as far as the marker
/// is from their middle.
bool hold(const Eigen::Matrix3Xd& mates, const Eigen::Vector3d& marker) {
  // The error of the mates is multiplied by the marker's distance over their reach.
  constexpr double kLargestLever = 4.0;
  const Eigen::Vector3d reach_m = principal_reach_m(mates);
  return (marker - mates.rowwise().mean()).norm() < kLargestLever * reach_m[1];
}

/// The frames beside a gap, as far as the recording has them.
std::vector<Eigen::Index> frames_beside(const Eigen::MatrixXd& points_m, const FoundGap& gap) {
  std::vector<Eigen::Index> frames;
  if (gap.first_frame > 0) frames.push_back(gap.first_frame - 1);
  if (gap.last_frame + 1 < points_m.rows()) frames.push_back(gap.last_frame + 1);
  return frames;
}

/// The gap's positions as the others of the cluster carry the marker along; none when they cannot.
std::optional<Eigen::MatrixX3d> carried(const Eigen::MatrixXd& points_m,
                                        const std::vector<int>& mates, const FoundGap& gap) {
  // The marker's place among its mates, before and after.
  struct Anchor {
    Eigen::Matrix3Xd mates;
    Eigen::Vector3d marker;
    Eigen::Index frame;
  };
  std::vector<Anchor> anchors;
  for (const Eigen::Index frame : frames_beside(points_m, gap)) {
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

/// The gap's positions as learned, brought to the recorded ones beside it within fade frames.
std::optional<Eigen::MatrixX3d> from_learned(const Eigen::MatrixXd& points_m,
                                             const LearnedPlace& learned, const FoundGap& gap,
                                             double fade_frames) {
  struct Step {
    Eigen::Index frame;
    Eigen::Vector3d size_m;
  };
  std::vector<Step> steps;
  for (const Eigen::Index frame : frames_beside(points_m, gap)) {
    const std::optional<Eigen::Vector3d> told = place_in(learned, points_m, frame);
    if (!told) return std::nullopt;
    steps.push_back({frame, points_m.block<1, 3>(frame, 3 * gap.point).transpose() - *told});
  }
  const double fade = std::min(static_cast<double>(length(gap) + 1), fade_frames);
  Eigen::MatrixX3d filled(length(gap), 3);
  for (Eigen::Index f = gap.first_frame; f <= gap.last_frame; ++f) {
    const std::optional<Eigen::Vector3d> told = place_in(learned, points_m, f);
    if (!told) return std::nullopt;
    Eigen::Vector3d here = *told;
    for (const Step& step : steps) {
      const auto away = static_cast<double>(std::abs(f - step.frame));
      here += std::max(0.0, 1.0 - away / fade) * step.size_m;
    }
    filled.row(f - gap.first_frame) = here.transpose();
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

/// Fills gaps from one state of the positions.
class Filler {
 public:
  Filler(const Eigen::MatrixXd& points_m, const PointClusters& clusters, double rate_hz,
         const GapOptions& options)
      : points_m_(points_m), clusters_(clusters), rate_hz_(rate_hz), options_(options) {}

  [[nodiscard]] bool is_long(const FoundGap& gap) const {
    return length(gap) > frames_in(options_.longest_carried_s);
  }

  std::optional<Eigen::MatrixX3d> fill(FoundGap& gap) {
    std::optional<Eigen::MatrixX3d> filled = by_cluster(gap);
    if (filled) {
      gap.fill = GapFill::kByCluster;
    } else if (length(gap) <= frames_in(options_.longest_by_spline_s)) {
      filled = from_spline(points_m_, gap);
      if (filled) gap.fill = GapFill::kBySpline;
    }
    return filled;
  }

 private:
  [[nodiscard]] Eigen::Index frames_in(double seconds) const {
    return static_cast<Eigen::Index>(std::floor(seconds * rate_hz_ + 1e-9));
  }

  std::optional<Eigen::MatrixX3d> by_cluster(FoundGap& gap) {
    constexpr std::size_t kFewestMates = 3;
    const auto cluster =
        static_cast<std::size_t>(clusters_.cluster_of[static_cast<std::size_t>(gap.point)]);
    const std::vector<int> mates = seen_throughout(points_m_, clusters_.members[cluster], gap);
    if (mates.size() < kFewestMates) return std::nullopt;
    const auto n_seen =
        static_cast<double>((!points_m_.col(3 * gap.point).array().isNaN()).count());
    if (static_cast<double>(length(gap)) <= options_.longest_of_seen * n_seen) {
      const LearnedPlace* learned = learned_place(gap, mates);
      if (learned != nullptr && learned->error_m <= options_.largest_error_m) {
        gap.error_m = learned->error_m;
        return from_learned(points_m_, *learned, gap, 0.2 * rate_hz_);
      }
    }
    if (is_long(gap)) return std::nullopt;
    return carried(points_m_, mates, gap);
  }

  /// Learned once for all gaps that the same markers fill.
  const LearnedPlace* learned_place(const FoundGap& gap, const std::vector<int>& mates) {
    constexpr std::size_t kMostOthers = 12;
    std::vector<int> others = seen_throughout(points_m_, neighbours_by_distance(gap.point), gap);
    if (others.size() > kMostOthers) others.resize(kMostOthers);
    const auto key = std::make_tuple(gap.point, mates, others);
    const auto known = learned_.find(key);
    if (known != learned_.end()) return known->second.get();
    std::unique_ptr<LearnedPlace>& learned = learned_[key];
    std::optional<LearnedPlace> place = learn_place(points_m_, gap.point, mates, others);
    if (place) learned = std::make_unique<LearnedPlace>(std::move(*place));
    return learned.get();
  }

  const std::vector<int>& neighbours_by_distance(int point) {
    const auto known = neighbours_.find(point);
    if (known != neighbours_.end()) return known->second;
    const auto cluster =
        static_cast<std::size_t>(clusters_.cluster_of[static_cast<std::size_t>(point)]);
    std::vector<std::pair<double, int>> by_distance;
    for (const int joined : clusters_.neighbours[cluster]) {
      for (const int other : clusters_.members[static_cast<std::size_t>(joined)]) {
        const double d = median_distance_m(points_m_, point, other);
        if (!std::isnan(d)) by_distance.emplace_back(d, other);
      }
    }
    std::sort(by_distance.begin(), by_distance.end());
    std::vector<int>& sorted = neighbours_[point];
    for (const auto& [d, other] : by_distance) sorted.push_back(other);
    return sorted;
  }

  const Eigen::MatrixXd& points_m_;
  const PointClusters& clusters_;
  double rate_hz_;
  const GapOptions& options_;
  std::map<std::tuple<int, std::vector<int>, std::vector<int>>, std::unique_ptr<LearnedPlace>>
      learned_;
  std::map<int, std::vector<int>> neighbours_;
};

}  // namespace

std::vector<FoundGap> fill_gaps(Eigen::MatrixXd& points_m, const PointClusters& clusters,
                                double rate_hz, const GapOptions& options) {
  std::vector<FoundGap> found;
  for (int point = 0; 3 * point < points_m.cols(); ++point) {
    const std::vector<FoundGap> gaps = gaps_of(points_m, point);
    found.insert(found.end(), gaps.begin(), gaps.end());
  }
  for (const bool long_ones : {false, true}) {
    // All of a pass see the same positions.
    const Eigen::MatrixXd seen_m = points_m;
    Filler filler(seen_m, clusters, rate_hz, options);
    for (FoundGap& gap : found) {
      if (filler.is_long(gap) != long_ones) continue;
      const std::optional<Eigen::MatrixX3d> filled = filler.fill(gap);
      if (!filled) continue;
      points_m.block(gap.first_frame, 3 * gap.point, filled->rows(), 3) = *filled;
    }
  }
  return found;
}

}  // namespace catena
