// What a laboratory's cameras make of a moving body: noise, skin motion, gaps, swapped labels.
#pragma once

#include "catena/synthetic/runner.h"
#include "catena/synthetic/running_motion.h"
#include "catena/synthetic/skin_motion.h"

namespace catena {

/// A recording of the body's markers without any fault.
///
/// motion     true coordinates, (n_frames)
/// skin       displacement of each frame's markers in their bodies; may be null
PointRecording record_markers(const SyntheticBody& body, const Motion& motion,
                              const RunningMotion* run, const SkinMotion* skin);

/// Normal, independent for every marker, frame and axis.
void add_marker_noise(PointRecording& recording, double sd_m, RandomStream stream);

/// Swaps, gaps and dropped frames, each noted in the truth.
void add_faults(PointRecording& recording, const SyntheticBody& body, const FaultOptions& faults,
                int recording_index, SyntheticTruth& truth);

/// What the laboratory takes for the runner's body: wrong joint centres and frames, the markers put
/// where the standing trial shows them.
Model scaled_model(const SyntheticBody& body, const RunnerOptions& options,
                   const Eigen::VectorXd& standing);

}  // namespace catena
