// The take-up line through demands: its posterior, on a grid over the departures' covariance.
//
// Written in thigh extension x and two contrasts at that x: h = hip, and m = half of low back less
// lean. A normal errors-in-variables line factors into x alone and (h, m) given x, which is a
// regression; the error of x itself is corrected for in closed form. So the slopes are Gaussian in
// each cell of the grid, and the posterior is a weighted sum of these.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/chain/take_up_points.h"
#include "catena/chain/take_up_prior.h"
#include "catena/math/random_stream.h"

namespace catena {

/// The line given one covariance of the departures.
struct TakeUpCell {
  double weight = 0.0;         // posterior probability
  double deviation_rad = 0.0;  // geometric mean of the SDs of the two contrasts
  Eigen::Vector2d slope = Eigen::Vector2d::Zero();       // of h and m on x, before correction
  Eigen::Matrix2d covariance = Eigen::Matrix2d::Zero();  // of slope
  Eigen::Vector2d offset_rad = Eigen::Vector2d::Zero();  // of h and m at the mean x
};

struct TakeUpLine {
  bool has_thorax = false;
  std::vector<TakeUpCell> cells;
  // Of the scatter of x between points, the part that is not the strides' error.
  double reliability = 1.0;
  // Slope of (h, m) on x that the strides' error alone would give.
  Eigen::Vector2d error_slope = Eigen::Vector2d::Zero();
  double mean_thigh_rad = 0.0;
  double thigh_spread_rad = 0.0;  // largest less smallest
  Eigen::Vector2d mean_contrasts_rad = Eigen::Vector2d::Zero();
};

/// points     at least two that differ in thigh extension
/// source     errors in variables: Fuller 1987, Measurement Error Models, ch. 1-2; marginal
///            likelihood with flat slopes: Harville 1974, Biometrika 61:383
TakeUpLine fit_take_up_line(const TakeUpPoints& points, const TakeUpPrior& prior);

/// Posterior mean of the shares: (3) hip, low back, lean, or (2) hip, pelvis; sums to one.
Eigen::VectorXd mean_shares(const TakeUpLine& line);

/// A point on the line: the parts at the mean thigh extension.
Eigen::VectorXd center_of_line_rad(const TakeUpLine& line);

/// Draws of the shares, skin artefact included: (n_draws, 3 or 2), every row sums to one.
Eigen::MatrixXd draw_shares(const TakeUpLine& line, const TakeUpPrior& prior, int n_draws,
                            RandomStream stream);

/// Posterior quantile of the departures' SD.
double deviation_quantile_rad(const TakeUpLine& line, double p);

/// Standard error of the hip's share if demands depart by the typical amount and nothing else were
/// unknown: from the thigh's angles alone. Infinite with fewer than two points or no spread.
double typical_share_error(const TakeUpPoints& points, const TakeUpPrior& prior);

}  // namespace catena
