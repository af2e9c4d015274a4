// A motion: the value of every coordinate of a model at every instant.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "catena/core/rigid_transform.h"

namespace catena {

struct Motion {
  std::string name;
  double rate_hz = 0.0;
  Eigen::VectorXd time_s;  // (n_frames)
  Eigen::MatrixXd q;       // (n_frames, n_coordinates) rad and m; NaN where no pose is known
};

/// ground_from_body for every body of a model, ground itself first.
using Pose = std::vector<RigidTransform>;

}  // namespace catena
