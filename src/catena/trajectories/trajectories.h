// Clean, labelled points in the ground frame: x forward, y up, z right.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace catena {

struct Trajectories {
  std::string name;
  double rate_hz = 0.0;
  std::vector<std::string> labels;  // n_points
  Eigen::VectorXd time_s;           // (n_frames)
  Eigen::MatrixXd points_m;         // (n_frames, 3 n_points) in ground; NaN where lost
  std::vector<std::string> notes;   // what should be looked at, one sentence each
  std::vector<std::string> asides;  // what was done as a matter of course: turned axes, a few
                                    // positions taken as lost
};

}  // namespace catena
