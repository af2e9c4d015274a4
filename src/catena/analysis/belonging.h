// Whether recordings, standing trial and model belong together, and what of a recording to trust.
#pragma once

#include <string>

#include "catena/analysis/body_setup.h"

namespace catena {

/// Whether the distances between markers of one segment are the model's. Warns when they differ
/// as after poor scaling.
///
/// errors     kMismatch: the unit of length is wrong, or the model is somebody else's
Result<void> check_size(FittedRun& run, const BodySetup& body);

/// Whether the fitted model lies where the markers are. Warns when they are farther off than skin
/// moves.
///
/// errors     kMismatch: no pose of the model resembles the recording
Result<void> check_fit(FittedRun& run);

/// errors     kMissingData: pelvis or a thigh shows no marker in the whole recording
Result<void> check_links_are_seen(const FittedRun& run, const BodySetup& body);

/// Says of a pelvis that lies down whether the upward axis or something else is to blame.
Error explain_posture(Error error, const GroundFrame& ground, const std::string& path);

/// Whether the runner stands, and stands still.
///
/// errors     kMismatch
Result<void> check_stands(const FittedRun& standing);

/// Whether the distances between markers of one segment agree between two recordings.
///
/// errors     kMismatch: they do not, so these are different runners or marker placements; or both
///            are one recording
Result<void> check_same_runner(const FittedRun& first, const FittedRun& other,
                               const BodySetup& body);

/// Whether the thorax itself shows three markers in the recording, and two of them in half of its
/// frames.
bool thorax_is_seen(const FittedRun& run, const BodySetup& body);

/// Takes out the frames that show too little of a link to say how it stands: one marker of a
/// thigh, two of the pelvis and, where it is used, two of the thorax, one of a shank or foot or
/// beyond. Inverse kinematics bridges such frames through the neighbours, which is no measurement.
/// A shank or foot that never shows one is left out altogether. Warns.
void leave_out_hidden(FittedRun& run, const BodySetup& body);

}  // namespace catena
