// Which markers ride on one segment of the body.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "catena/trajectories/trajectories.h"

namespace catena {

struct MarkerClusters {
  std::vector<std::vector<std::string>> members;  // labels; each in one cluster at most
  std::vector<std::pair<int, int>> joined;        // clusters on segments that share a joint
};

/// Clusters from the motion alone: markers that keep their distances from each other, all from
/// all, while others do not. None where nothing moves against anything, as in standing.
MarkerClusters find_clusters(const Trajectories& trajectories);

/// The clusters with points for labels: what the labels of `trajectories` say, every point that no
/// cluster names as a cluster of its own.
struct PointClusters {
  std::vector<std::vector<int>> members;     // points
  std::vector<int> cluster_of;               // (n_points)
  std::vector<std::vector<int>> neighbours;  // of each cluster: clusters joined to it
};
PointClusters place_clusters(const MarkerClusters& clusters,
                             const std::vector<std::string>& labels);

}  // namespace catena
