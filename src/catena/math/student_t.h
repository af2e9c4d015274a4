// Student's t distribution.
#pragma once

namespace catena {

/// Probability that t is larger than `t`.
///
/// dof        above 0, whole or not; infinity: the normal distribution
/// source     Press et al. 2007, Numerical Recipes, 3rd ed., 6.4 (incomplete beta function by its
///            continued fraction)
double student_t_above(double t, double dof);

/// The t that is exceeded with probability p, 0 < p < 1.
double student_t_exceeded(double p, double dof);

}  // namespace catena
