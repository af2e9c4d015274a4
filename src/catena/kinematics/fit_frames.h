// Which frames a body is fitted to, and the poses from which the fit starts.
#pragma once

#include <vector>

#include "catena/core/error.h"
#include "catena/kinematics/fit_system.h"

namespace catena {

/// Picks frames that show most markers, spread evenly over each trial: standing trials first.
///
/// returns    targets in the order of the model's markers; poses not yet known
std::vector<FitFrame> pick_fit_frames(const BodyPrior& prior, const std::vector<FitTrial>& trials,
                                      const BodyFitOptions& options);

/// Finds a first pose of every frame from the markers whose places are known, puts the other
/// markers where these poses show them, and finds the poses anew from all. Frames that no pose
/// resembles are dropped and counted.
///
/// state      place_m of the markers put anywhere is set
/// errors     kMissingData: no frame shows enough markers whose place on the body is known
Result<void> start_poses(const BodyPrior& prior, std::vector<FitFrame>& frames, FitState& state,
                         std::vector<std::string>& assumptions);

/// The fitted frames as a recording of their own, for inverse kinematics.
Trajectories as_recording(const Model& model, const std::vector<FitFrame>& frames);

}  // namespace catena
