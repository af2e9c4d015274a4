// What the points of both legs leave open about their lines and bends: a posterior on a fixed grid.
//
// Given the covariance of the departures and where each leg may bend, offsets, slopes and bends are
// Gaussian, exactly. The posterior is the sum of these over a grid of covariances and of places,
// weighted by likelihood times prior: no sampler to tune, the same answer every time.
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "catena/chain/take_up_cell.h"
#include "catena/chain/take_up_points.h"
#include "catena/chain/take_up_prior.h"
#include "catena/chain/take_up_rows.h"
#include "catena/math/random_stream.h"

namespace catena {

/// What is known of one leg's curve, summed over the grid.
struct LegPosterior {
  // Probabilities of a line and of bends of any size; what a bend is, bend_kinds.h tells.
  double line = 0.0, towards_stop = 0.0, other_way = 0.0;
  // Mean slope of (h, m) on x from the least thigh angle to the farthest, before the correction
  // for the error of x.
  Eigen::Vector2d chord = Eigen::Vector2d::Zero();
};

struct TakeUpPosterior {
  bool has_thorax = false;
  std::array<LegAxis, 2> axes;
  std::vector<TakeUpRows> rows;      // one for each drift time
  std::vector<DepartureCell> cells;  // by rising SD
  std::array<LegPosterior, 2> legs;
  TakeUpPrior prior;
};

/// One leg's curve, drawn: h and m over x counted from the leg's mean.
struct DrawnCurve {
  Eigen::Vector2d offset_rad = Eigen::Vector2d::Zero();
  Eigen::Vector2d slope = Eigen::Vector2d::Zero();       // before the bend
  int bend = -1;                                         // index of its place; -1: straight
  Eigen::Vector2d bend_slope = Eigen::Vector2d::Zero();  // what the slope changes by
};

/// points     right, left: three rows at least in each leg that is fitted, which differ in x
/// with_bends false: straight lines only
/// source     errors in variables: Fuller 1987, Measurement Error Models, ch. 1-2; marginal
///            likelihood with flat slopes: Harville 1974, Biometrika 61:383
TakeUpPosterior take_up_posterior(const std::array<TakeUpPoints, 2>& points,
                                  const std::array<bool, 2>& fitted, bool with_bends,
                                  const TakeUpPrior& prior);

/// Draws of both legs' curves; those of a leg that is not fitted are zero.
std::vector<std::array<DrawnCurve, 2>> draw_curves(const TakeUpPosterior& posterior, int n_draws,
                                                   RandomStream stream);

/// The slope of (h, m) from the least thigh angle to the farthest, corrected for the error of x.
Eigen::Vector2d chord_slope(const LegAxis& axis, const DrawnCurve& curve);

/// A slope, corrected for the error of x.
Eigen::Vector2d corrected_slope(const LegAxis& axis, const Eigen::Vector2d& slope);

/// Posterior quantile of the departures' SD.
double deviation_quantile_rad(const TakeUpPosterior& posterior, double p);

}  // namespace catena
