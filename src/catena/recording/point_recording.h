// Points in space over time, as a laboratory delivered them.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace catena {

/// Marker positions as read: in metres, but still in the file's own axes.
struct PointRecording {
  std::string name;  // file name without folder and ending
  double rate_hz = 0.0;
  std::vector<std::string> labels;  // n_points, as spelled in the file
  Eigen::VectorXd time_s;           // (n_frames), built from the rate, not from a rounded column
  Eigen::MatrixXd points_m;         // (n_frames, 3 n_points) x y z of each point; NaN where lost
  std::vector<std::string> notes;   // what had to be assumed while reading, one sentence each
};

}  // namespace catena
