// Smooth values with their velocities and accelerations, of signals sampled at a steady rate.
#pragma once

#include <Eigen/Core>

namespace catena {

/// Each (n_frames, n_columns); NaN where the signal is lost.
struct SplineDerivatives {
  Eigen::MatrixXd value;
  Eigen::MatrixXd first;   // per second
  Eigen::MatrixXd second;  // per second squared
};

/// Natural quintic smoothing spline: of all curves the one with the least
///
///     sum (y_i - f(t_i))^2 + p integral (f''')^2 dt
///
/// Away from the ends it is a low-pass without lag, of amplitude 1 / (1 + p r w^6) at w rad/s and
/// r samples a second while that is far below half the rate: a Butterworth filter of third order
/// run forwards and backwards. p is set so that the amplitude is 0.707 at cutoff_hz, half the
/// power, as of low_pass_zero_lag. On samples r w^6 becomes r^6 / sum_k (w/r + 2 pi k)^-6, and this
/// is what is used: the cutoff is exact up to half the rate. At the ends f''' and the two
/// derivatives above it are zero, and no data are made up. Parabolas pass unchanged.
///
/// samples    (n_frames, n_columns); NaN where lost. Each run of known samples is smoothed alone;
///            what is lost stays lost. A run of one or two samples keeps its values and has no
///            derivatives: NaN
/// cutoff_hz  at or above half the rate the spline goes through the samples
/// cost       about a thousand operations a frame and 150 more a column, for neighbouring columns
///            that are lost together; by orthogonal transformations of a band, which lose half as
///            many digits as normal equations would where the cutoff is far below the rate
/// source     Woltring 1986, Adv Eng Software 8:104
SplineDerivatives smoothing_spline(const Eigen::Ref<const Eigen::MatrixXd>& samples, double rate_hz,
                                   double cutoff_hz);

}  // namespace catena
