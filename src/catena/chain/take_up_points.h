// From strides to the points that the take-up line goes through.
#pragma once

#include <Eigen/Core>
#include <array>
#include <string>
#include <vector>

#include "catena/chain/take_up.h"

namespace catena {

/// One point is one demand: the mean of its strides; or one of up to twenty blocks of a ramp.
struct TakeUpPoint {
  std::string label;          // the demand, or "ramp, 12 to 20 s"
  std::string demand;         // the demand
  int block = 0;              // of a ramp, from its start
  bool in_ramp = false;       // departures are correlated in time within a ramp
  double time_s = 0.0;        // mean over the block's strides
  int n_strides = 0;          // that were used
  Eigen::VectorXd parts_rad;  // (3) hip, low back, lean; or (2) hip, pelvis
};

struct TakeUpPoints {
  bool has_thorax = false;
  std::vector<TakeUpPoint> points;
  Eigen::MatrixXd strides_rad;        // (n, 3 or 2) every stride that was used
  Eigen::MatrixXd stride_covariance;  // (3, 3) or (2, 2) about the points, rad^2; zero if unknown
  double degrees_of_freedom = 0.0;    // of stride_covariance
  std::vector<std::string> remarks;   // strides lost, few strides, a ramp too short
};

/// Points of both legs. Strides with a NaN are passed over and counted in the remarks. If any
/// demand has no thorax, low back and lean are added up everywhere. A ramp has as many blocks on
/// the right as on the left where both legs were seen.
std::array<TakeUpPoints, 2> take_up_points(
    const std::array<std::vector<DemandStrides>, 2>& demands);

}  // namespace catena
