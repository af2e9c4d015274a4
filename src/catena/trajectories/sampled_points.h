// The recording's points, thinned out, and what the evidence is computed from. Used by ground_*
// only.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/recording/point_recording.h"
#include "catena/trajectories/ground_frame.h"

namespace catena {

/// Some frames of a recording, enough to see how it lies: places and speeds in the file's axes, NaN
/// where a point or its neighbour in time is lost.
struct SampledPoints {
  Eigen::MatrixXd places_m;       // (n_samples, 3 n_points)
  Eigen::MatrixXd speeds_m_s;     // (n_samples, 3 n_points)
  Eigen::MatrixXd net_speed_m_s;  // (3, n_points) from the first to the last frame that shows it
  Eigen::VectorXd seen_s;         // (n_points) time between these two
  std::vector<bool> moves;        // false for points that stand in the room while others move
};

SampledPoints sample_points(const PointRecording& recording, double farthest_m);

/// The value below which this part of the values lies; NaN of none. Reorders them.
double quantile(std::vector<double>& values, double part);

/// What of a vector is horizontal.
Eigen::Vector3d across(const Eigen::Vector3d& v, LabAxis up);

/// Mean place of those of the points that one sample shows; NaN when none is.
Eigen::Vector3d middle(const SampledPoints& points, Eigen::Index sample,
                       const std::vector<Eigen::Index>& of);

/// Mean way from one group of points to another; zero when no sample shows both.
Eigen::Vector3d mean_way(const SampledPoints& points, const std::vector<Eigen::Index>& from,
                         const std::vector<Eigen::Index>& to);

/// The speed that most of the body has: the median over the points seen for long, axis by axis.
Eigen::Vector3d body_speed(const SampledPoints& points);

/// How far the body goes along each axis.
Eigen::Vector3d travelled(const SampledPoints& points);

}  // namespace catena
