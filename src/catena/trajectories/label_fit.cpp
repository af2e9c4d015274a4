#include "catena/trajectories/label_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "catena/math/rigid_fit.h"
#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

constexpr double kClearlyBetter = 2.0;
constexpr double kNothingFitsBetter_m = 0.003;  // NOLINT(readability-identifier-naming)
constexpr double kPosture_m = 0.020;            // NOLINT(readability-identifier-naming)

std::set<int> clusters_of(const PointClusters& clusters, const std::vector<int>& points) {
  std::set<int> touched;
  for (const int p : points) touched.insert(clusters.cluster_of[static_cast<std::size_t>(p)]);
  return touched;
}

/// Mean over the frames of what a rigid fit of the cluster leaves; NaN when none shows two points.
double cluster_misfit_m(const Eigen::MatrixXd& points_m, const std::vector<int>& members,
                        const BodyShape& shape, const LabelSources& sources,
                        const std::vector<Eigen::Index>& frames) {
  Eigen::Matrix3Xd places(3, static_cast<Eigen::Index>(members.size()));
  std::vector<int> from;
  for (const int point : members) {
    places.col(static_cast<Eigen::Index>(from.size())) = shape.places_m.col(point);
    from.push_back(sources[static_cast<std::size_t>(point)]);
  }
  double sum_m = 0.0;
  int n = 0;
  for (const Eigen::Index f : frames) {
    const RigidFit fit = fit_rigid(places, points_at(points_m, f, from));
    if (fit.n_used < 2) continue;
    sum_m += fit.rms_m;
    ++n;
  }
  return n == 0 ? kNaN : sum_m / n;
}

double typical_distance_m(const Eigen::MatrixXd& points_m, int one, int other,
                          const std::vector<Eigen::Index>& frames) {
  if (one < 0 || other < 0) return kNaN;
  std::vector<double> distances;
  for (const Eigen::Index f : frames) {
    const double d = (points_m.block<1, 3>(f, 3 * one) - points_m.block<1, 3>(f, 3 * other)).norm();
    if (!std::isnan(d)) distances.push_back(d);
  }
  return median(distances);
}

constexpr std::size_t kFewestNeighbours = 3;

/// Points of the neighbouring clusters, and of their neighbours where these are few.
std::vector<int> neighbours_of(const PointClusters& clusters, const std::set<int>& touched) {
  std::set<int> known = touched;
  std::set<int> edge = touched;
  std::vector<int> points;
  constexpr int kRings = 2;
  for (int ring = 0; ring < kRings && points.size() < kFewestNeighbours; ++ring) {
    std::set<int> next;
    for (const int cluster : edge) {
      for (const int other : clusters.neighbours[static_cast<std::size_t>(cluster)]) {
        if (known.insert(other).second) next.insert(other);
      }
    }
    for (const int cluster : next) {
      const std::vector<int>& members = clusters.members[static_cast<std::size_t>(cluster)];
      points.insert(points.end(), members.begin(), members.end());
    }
    edge = next;
  }
  return points;
}

}  // namespace

LabelSources own_sources(std::size_t n_points) {
  LabelSources sources(n_points);
  std::iota(sources.begin(), sources.end(), 0);
  return sources;
}

LabelMisfit label_misfit(const Eigen::MatrixXd& points_m, const PointClusters& clusters,
                         const BodyShape& shape, const std::vector<int>& moved,
                         const LabelSources& sources, const std::vector<Eigen::Index>& frames) {
  LabelMisfit misfit;
  const std::set<int> touched = clusters_of(clusters, moved);

  // Within the clusters.
  double squares = 0.0;
  int n = 0;
  for (const int cluster : touched) {
    const double left_m = cluster_misfit_m(
        points_m, clusters.members[static_cast<std::size_t>(cluster)], shape, sources, frames);
    if (std::isnan(left_m)) continue;
    squares += left_m * left_m;
    ++n;
  }
  misfit.cluster_m = n == 0 ? kNaN : std::sqrt(squares / n);

  // Against the neighbours: each tells which of the labels have come nearer than the others.
  squares = 0.0;
  n = 0;
  for (const int neighbour : neighbours_of(clusters, touched)) {
    std::vector<double> nearer_m;
    for (const int point : moved) {
      const double now_m =
          typical_distance_m(points_m, sources[static_cast<std::size_t>(point)], neighbour, frames);
      const double change_m = now_m - shape.distance_m(point, neighbour);
      if (!std::isnan(change_m)) nearer_m.push_back(change_m);
    }
    if (nearer_m.size() < 2) continue;
    const Eigen::Map<const Eigen::ArrayXd> change(nearer_m.data(),
                                                  static_cast<Eigen::Index>(nearer_m.size()));
    squares += (change - change.mean()).square().mean();
    ++n;
  }
  misfit.neighbours_m = n < static_cast<int>(kFewestNeighbours) ? kNaN : std::sqrt(squares / n);
  return misfit;
}

LabelVerdict judge(const LabelMisfit& recorded, const LabelMisfit& exchanged) {
  const bool neighbours_known = !std::isnan(recorded.neighbours_m + exchanged.neighbours_m);
  const bool neighbours_for =
      neighbours_known &&
      recorded.neighbours_m >= kClearlyBetter * std::max(exchanged.neighbours_m, kPosture_m);
  const bool neighbours_against =
      neighbours_known && exchanged.neighbours_m > recorded.neighbours_m + 0.5 * kPosture_m;
  if (std::isnan(recorded.cluster_m + exchanged.cluster_m)) {
    return neighbours_for ? LabelVerdict::kExchange : LabelVerdict::kKeep;
  }
  const double floor_m = kNothingFitsBetter_m;
  const double before_m = std::max(recorded.cluster_m, floor_m);
  const double after_m = std::max(exchanged.cluster_m, floor_m);
  if (before_m >= kClearlyBetter * after_m) {
    return neighbours_against ? LabelVerdict::kDoubtful : LabelVerdict::kExchange;
  }
  // The cluster itself cannot tell.
  if (after_m >= kClearlyBetter * before_m) return LabelVerdict::kKeep;
  if (neighbours_for) return LabelVerdict::kExchange;
  const bool neighbours_lean =
      neighbours_known &&
      recorded.neighbours_m >= kClearlyBetter * std::max(exchanged.neighbours_m, 0.5 * kPosture_m);
  return neighbours_lean ? LabelVerdict::kDoubtful : LabelVerdict::kKeep;
}

double shape_misfit_m(const Trajectories& trajectories, const MarkerClusters& clusters,
                      const BodyShape& shape) {
  constexpr Eigen::Index kMostFrames = 40;
  constexpr std::size_t kFewestPoints = 3;
  const PointClusters placed = place_clusters(clusters, trajectories.labels);
  const BodyShape in_order = arranged(shape, trajectories.labels);
  const LabelSources own = own_sources(trajectories.labels.size());
  const std::vector<Eigen::Index> frames =
      some_frames(0, trajectories.points_m.rows() - 1, kMostFrames);
  std::vector<double> misfits;
  for (const std::vector<int>& members : placed.members) {
    if (members.size() < kFewestPoints) continue;
    const double m = cluster_misfit_m(trajectories.points_m, members, in_order, own, frames);
    if (!std::isnan(m)) misfits.push_back(m);
  }
  return median(misfits);
}

BodyShape arranged(const BodyShape& shape, const std::vector<std::string>& labels) {
  const auto n = static_cast<Eigen::Index>(labels.size());
  BodyShape out;
  out.labels = labels;
  out.largest_misfit_m = shape.largest_misfit_m;
  out.places_m = Eigen::Matrix3Xd::Constant(3, n, kNaN);
  out.spread_m = Eigen::VectorXd::Constant(n, kNaN);
  out.distance_m = Eigen::MatrixXd::Constant(n, n, kNaN);
  std::vector<Eigen::Index> from;
  for (const std::string& label : labels) {
    const auto at = std::find(shape.labels.begin(), shape.labels.end(), label);
    from.push_back(at == shape.labels.end() ? -1 : at - shape.labels.begin());
  }
  for (Eigen::Index i = 0; i < n; ++i) {
    const Eigen::Index a = from[static_cast<std::size_t>(i)];
    if (a < 0) continue;
    out.places_m.col(i) = shape.places_m.col(a);
    out.spread_m[i] = shape.spread_m[a];
    for (Eigen::Index j = 0; j < n; ++j) {
      const Eigen::Index b = from[static_cast<std::size_t>(j)];
      if (b >= 0) out.distance_m(i, j) = shape.distance_m(a, b);
    }
  }
  return out;
}

}  // namespace catena
