// Recordings without a model: the same marker under one label in all of them, and what each label
// means by the registry of marker sets.
#pragma once

#include <string>
#include <vector>

#include "catena/analysis/body_setup.h"
#include "catena/trajectories/identify_labels.h"
#include "catena/trajectories/marker_clusters.h"

namespace catena {

struct SharedLabels {
  std::vector<std::string> labels;  // of all recordings, each once
  IdentifiedLabels meaning;         // (n_labels)
  MarkerClusters clusters;          // the markers of each segment, neighbours joined
  std::vector<std::string> notes;   // labels of which nothing is known, near misses
};

/// Renames labels to those that an earlier recording has for the same marker, and gives each
/// recording the meanings that all labels together have: a standing trial names the set also for
/// runs that show a part of it.
///
/// runs       changed; the first names what the others follow
SharedLabels share_labels(const std::vector<FittedRun*>& runs);

/// The markers of each segment; segments that share a joint are joined, across those without
/// markers. Computed points belong to none.
MarkerClusters clusters_of(const std::vector<std::string>& labels, const IdentifiedLabels& meaning);

}  // namespace catena
