// Means and scatter of directions over strides.
#pragma once

#include <Eigen/Core>

#include "catena/core/estimate.h"

namespace catena {

/// Of directions at every percent of every stride.
struct CircularSummary {
  Eigen::VectorXd mean_rad;       // (n_percents), in (-pi, pi]
  Eigen::VectorXd deviation_rad;  // angular deviation sqrt(2 (1 - R)), Batschelet 1981; R the
                                  // resultant length, freed of what few strides add to it. NaN for
                                  // one stride
  Estimate mean_deviation_rad;    // of deviation_rad over the percents
  Estimate mean_absolute_rad;     // of |mean_rad| over the percents
};

/// The intervals by leaving out each stride once (jackknife), Student's t, of the logarithm.
///
/// cosine, sine   of the directions, (n_strides, n_percents), all known
CircularSummary summarize_circular(const Eigen::MatrixXd& cosine, const Eigen::MatrixXd& sine,
                                   double level);

}  // namespace catena
