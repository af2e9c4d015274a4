// The recordings of a session repaired together: each is asked what the others say of its labels.
#pragma once

#include <optional>
#include <vector>

#include "catena/analysis/body_setup.h"
#include "catena/trajectories/body_shape.h"
#include "catena/trajectories/marker_clusters.h"

namespace catena {

/// The model's markers by the body that carries them; bodies that share a joint are joined, across
/// those that carry no marker.
MarkerClusters clusters_of(const Model& model);

/// Where the model has its markers, standing upright as it does in its default pose.
BodyShape shape_of(const Model& model);

/// Repairs labels, takes out spikes and fills gaps in all recordings.
///
/// The standing trial is compared with the model, whose markers were put where the trial has them,
/// and the runs with the standing trial. Without one, the runs are compared with that one of them
/// with which most others agree, or with the model. A label that differs in every run from the
/// standing trial is put right in the runs, because the model follows the standing trial, and a
/// warning says that the standing trial may be the one that is wrong.
///
/// errors     those of clean
Result<void> clean_recordings(const BodySetup& body, std::optional<FittedRun>& standing,
                              std::vector<FittedRun>& runs);

/// The same where there is no model to ask: the runs are compared with the standing trial, or with
/// each other.
///
/// clusters   the markers of each segment, by the recordings' labels
Result<void> clean_recordings(const MarkerClusters& clusters, std::optional<FittedRun>& standing,
                              std::vector<FittedRun>& runs);

}  // namespace catena
