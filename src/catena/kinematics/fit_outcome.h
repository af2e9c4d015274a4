// What is read off a solved fit: the body for running, the weights of its markers, how it follows.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/kinematics/fit_system.h"

namespace catena {

/// The body as running has it, and the covariance of its shape and marker places.
///
/// covariance  of all unknowns of the problem
void read_off(const FitProblem& problem, const FitState& state, const Eigen::MatrixXd& covariance,
              BodyFit& fit);

/// Weights by what makes markers stray from the bone: camera noise and the motion of the skin as it
/// was found, with what is not known of it. Markers of a segment share some of that motion, and so
/// count together as no more than the shared part lets them.
std::vector<MarkerTask> weights_of(const FitProblem& problem, const FitState& state,
                                   const Eigen::MatrixXd& covariance);

/// How the rigid fitted body follows the markers in the frames that were used.
///
/// errors     those of inverse_kinematics
Result<void> follow(const FitProblem& problem, BodyFit& fit);

}  // namespace catena
