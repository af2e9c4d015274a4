// Where markers sit on their segments and how far they are from each other, in one recording.
#pragma once

#include <Eigen/Core>
#include <limits>
#include <string>
#include <vector>

#include "catena/trajectories/marker_clusters.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

/// What stays the same while a body moves: the places of markers on their segments; and what
/// changes little: distances between them.
struct BodyShape {
  std::vector<std::string> labels;
  Eigen::Matrix3Xd places_m;   // (3, n_labels) each in a frame of its own cluster; NaN: never seen
  Eigen::VectorXd spread_m;    // (n_labels) how far a marker wanders from its place, SD-like
  Eigen::MatrixXd distance_m;  // (n_labels, n_labels) medians over the frames that show both
  // Labels are exchanged by this shape only when that brings the markers of a segment as near to
  // their places as this (RMS). For shapes that may be another body's, as a model of average size.
  double largest_misfit_m = std::numeric_limits<double>::infinity();
};

/// Of the labels that a cluster names. Medians over some hundred frames: a few spoiled ones change
/// nothing.
BodyShape describe_shape(const Trajectories& trajectories, const MarkerClusters& clusters);

/// The same from some of the frames, without labels.
BodyShape describe_shape(const Eigen::MatrixXd& points_m, const PointClusters& clusters,
                         const std::vector<Eigen::Index>& frames);

/// Median distance of two points over the frames that show both, at most some hundred of them; NaN
/// when none does.
double median_distance_m(const Eigen::MatrixXd& points_m, int one, int other);

/// The point with this label; -1 when there is none.
int point_of(const Trajectories& trajectories, const std::string& label);

/// At most `most` frames out of [first, last], evenly spread.
std::vector<Eigen::Index> some_frames(Eigen::Index first, Eigen::Index last, Eigen::Index most);

/// Places and spread of the members of one cluster in the given frames, when member k is taken
/// from point sources[k] (-1: from none).
struct ClusterShape {
  Eigen::Matrix3Xd places_m;  // (3, n_members)
  Eigen::VectorXd spread_m;   // (n_members)
};
ClusterShape cluster_shape(const Eigen::MatrixXd& points_m, const std::vector<int>& sources,
                           const std::vector<Eigen::Index>& frames);

/// The points of one frame, side by side; NaN for source -1.
Eigen::Matrix3Xd points_at(const Eigen::MatrixXd& points_m, Eigen::Index frame,
                           const std::vector<int>& sources);

}  // namespace catena
