// The points of both legs as rows of one regression: row i of both legs is one demand.
//
// Written in thigh extension x and two contrasts at that x: h = hip, and m = half of low back less
// lean. A normal errors-in-variables line factors into x alone and (h, m) given x, which is a
// regression; the error of x itself is corrected for in closed form.
#pragma once

#include <Eigen/Core>
#include <array>

#include "catena/chain/take_up_points.h"
#include "catena/chain/take_up_prior.h"

namespace catena {

/// What a leg's angles are counted from, and where its curve may bend.
struct LegAxis {
  bool fitted = false;
  double mean_thigh_rad = 0.0;
  Eigen::Vector2d mean_contrasts_rad = Eigen::Vector2d::Zero();
  double low_rad = 0.0, high_rad = 0.0;  // of the points' thigh angles, less the mean
  Eigen::VectorXd bend_rad;              // (n_bends) thigh angles, less the mean
  Eigen::Matrix2d stride_covariance = Eigen::Matrix2d::Zero();  // of (h, m) about the line
  // Of the scatter of x between points, the part that is not the strides' error; and the slope of
  // (h, m) on x that this error alone would give.
  double reliability = 1.0;
  Eigen::Vector2d error_slope = Eigen::Vector2d::Zero();
};

/// One leg's rows. Where it was not seen all but `seen` is zero.
struct LegRows {
  Eigen::VectorXd one, x, h, m;  // of the regression h, m = offset * one + slope * x + ...
  Eigen::MatrixXd bend;          // (n, n_bends) what a bend at each place adds per unit of it
  Eigen::VectorXd stride;        // variance of the strides' error, in strides' covariances
  Eigen::VectorX<bool> seen;
};

/// Rows whose errors are independent of each other: within a ramp they lie along the principal
/// axes of the drift, elsewhere they are the points.
struct TakeUpRows {
  std::array<LegRows, 2> legs;
  Eigen::VectorXd departure;  // (n) variance of the departure, in units of its covariance
};

/// points     right, left
/// fitted     a leg that is not is left out
/// n_bends    0: straight lines only
std::array<LegAxis, 2> leg_axes(const std::array<TakeUpPoints, 2>& points,
                                const std::array<bool, 2>& fitted, int n_bends,
                                const TakeUpPrior& prior);

/// drift_time_s   over which departures along a ramp are correlated (Matern 3/2)
TakeUpRows take_up_rows(const std::array<TakeUpPoints, 2>& points,
                        const std::array<LegAxis, 2>& axes, double drift_time_s);

/// (2, n_parts): takes parts to the contrasts (h, m); without a thorax m is always zero.
Eigen::MatrixXd contrasts_from_parts(bool has_thorax);

/// The parts at thigh extension x.
Eigen::VectorXd parts_from_contrasts(bool has_thorax, double x, const Eigen::Vector2d& contrasts);

/// Standard error of the hip's share if demands depart by the typical amount and nothing else were
/// unknown: from the thigh's angles alone. Infinite with fewer than two points or no spread.
double typical_share_error(const TakeUpPoints& points, const TakeUpPrior& prior);

}  // namespace catena
