// Zero-lag low-pass for signals sampled at a steady rate.
#pragma once

#include <Eigen/Core>

namespace catena {

/// Butterworth low-pass run forwards and backwards: a second-order section twice, so fourth order
/// and no lag. The section's own cutoff is raised so that the two passes together halve the power
/// (0.707 of the amplitude) at cutoff_hz. A straight line passes unchanged.
///
/// signal     (n_frames); NaN where lost. Each run of known samples is filtered alone, what is
///            lost stays lost, and nothing leaks across a gap. A single known sample stays as it is
/// cutoff_hz  at or above half the rate nothing can be taken away: the signal comes back as it is
/// source     Winter 2009, Biomechanics and Motor Control of Human Movement, chapter 3 (0.802 for
///            two passes); Robertson & Dowling 2003, J Electromyogr Kinesiol 13:569
Eigen::VectorXd low_pass_zero_lag(const Eigen::Ref<const Eigen::VectorXd>& signal, double rate_hz,
                                  double cutoff_hz);

}  // namespace catena
