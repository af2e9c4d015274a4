#include "catena/trajectories/marker_clusters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "catena/math/statistics.h"
#include "catena/trajectories/body_shape.h"

namespace catena {
namespace {

// Skin lets two markers of one segment come nearer and farther by this much (10 to 20 mm each at
// the thigh, Leardini et al. 2005, Gait Posture 21:212), small segments by a tenth of their size.
constexpr double kLargestChange_m = 0.025;  // NOLINT(readability-identifier-naming)
constexpr double kLargestChange = 0.10;
// Farther apart than a segment is long.
constexpr double kLongestSegment_m = 0.6;  // NOLINT(readability-identifier-naming)

/// How much the distance of two points changes, against what one segment allows: 1 is the limit.
double looseness(const Eigen::MatrixXd& points_m, const std::vector<Eigen::Index>& frames, int i,
                 int j) {
  std::vector<double> distances;
  for (const Eigen::Index f : frames) {
    const double d = (points_m.block<1, 3>(f, 3 * i) - points_m.block<1, 3>(f, 3 * j)).norm();
    if (!std::isnan(d)) distances.push_back(d);
  }
  constexpr std::size_t kFewest = 10;
  if (distances.size() < kFewest) return std::numeric_limits<double>::infinity();
  const std::vector<double> range = quantiles(distances, std::array{0.05, 0.5, 0.95});
  if (range[1] > kLongestSegment_m) return std::numeric_limits<double>::infinity();
  const double allowed_m = std::min(kLargestChange_m, std::max(0.008, kLargestChange * range[1]));
  return (range[2] - range[0]) / allowed_m;
}

/// Joins the two groups whose loosest pair is tightest, for as long as all pairs stay within
/// limits.
std::vector<std::vector<int>> join_tightest(Eigen::MatrixXd loose) {
  std::vector<std::vector<int>> groups;
  for (int i = 0; i < loose.rows(); ++i) groups.push_back({i});
  loose.diagonal().setConstant(std::numeric_limits<double>::infinity());
  while (true) {
    Eigen::Index one = 0;
    Eigen::Index other = 0;
    if (loose.size() == 0 || !(loose.minCoeff(&one, &other) <= 1.0)) break;
    // Of joined groups the looser distance counts; the other is out of the game.
    loose.row(one) = loose.row(one).cwiseMax(loose.row(other));
    loose.col(one) = loose.row(one).transpose();
    loose.row(other).setConstant(std::numeric_limits<double>::infinity());
    loose.col(other).setConstant(std::numeric_limits<double>::infinity());
    std::vector<int>& to = groups[static_cast<std::size_t>(one)];
    std::vector<int>& from = groups[static_cast<std::size_t>(other)];
    to.insert(to.end(), from.begin(), from.end());
    from.clear();
  }
  std::erase_if(groups, [](const std::vector<int>& group) { return group.size() < 2; });
  return groups;
}

}  // namespace

MarkerClusters find_clusters(const Trajectories& trajectories) {
  constexpr Eigen::Index kMostFrames = 200;
  const int n = static_cast<int>(trajectories.labels.size());
  const std::vector<Eigen::Index> frames =
      some_frames(0, trajectories.points_m.rows() - 1, kMostFrames);
  Eigen::MatrixXd loose = Eigen::MatrixXd::Zero(n, n);
  int n_far = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = i + 1; j < n; ++j) {
      loose(i, j) = loose(j, i) = looseness(trajectories.points_m, frames, i, j);
      if (loose(i, j) > 1.0) ++n_far;
    }
  }
  // A body that moves has more pairs on different segments than on one.
  if (2 * n_far < n * (n - 1) / 2) return {};

  const std::vector<std::vector<int>> groups = join_tightest(loose);
  MarkerClusters clusters;
  for (const std::vector<int>& group : groups) {
    clusters.members.emplace_back();
    for (const int i : group) {
      clusters.members.back().push_back(trajectories.labels[static_cast<std::size_t>(i)]);
    }
  }
  return clusters;
}

PointClusters place_clusters(const MarkerClusters& clusters,
                             const std::vector<std::string>& labels) {
  PointClusters placed;
  placed.cluster_of.assign(labels.size(), -1);
  placed.neighbours.resize(clusters.members.size());
  std::map<std::string, int> points;
  for (std::size_t i = 0; i < labels.size(); ++i) points.emplace(labels[i], static_cast<int>(i));
  for (const std::vector<std::string>& members : clusters.members) {
    const int cluster = static_cast<int>(placed.members.size());
    placed.members.emplace_back();
    for (const std::string& label : members) {
      const auto at = points.find(label);
      if (at == points.end()) continue;
      int& of = placed.cluster_of[static_cast<std::size_t>(at->second)];
      if (of >= 0) continue;
      of = cluster;
      placed.members.back().push_back(at->second);
    }
  }
  for (const auto& [one, other] : clusters.joined) {
    placed.neighbours[static_cast<std::size_t>(one)].push_back(other);
    placed.neighbours[static_cast<std::size_t>(other)].push_back(one);
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (placed.cluster_of[i] >= 0) continue;
    placed.cluster_of[i] = static_cast<int>(placed.members.size());
    placed.members.push_back({static_cast<int>(i)});
    placed.neighbours.emplace_back();
  }
  return placed;
}

}  // namespace catena
