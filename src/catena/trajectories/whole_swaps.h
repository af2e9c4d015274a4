// Labels exchanged for a whole recording.
#pragma once

#include <vector>

#include "catena/trajectories/body_shape.h"
#include "catena/trajectories/label_tracking.h"
#include "catena/trajectories/swaps.h"

namespace catena {

/// Labels of one segment: the shape of the segment decides, and its neighbours where that looks
/// the same either way. What remains open is added to `doubtful`.
void exchange_within_segments(LabelledPoints& labelled, const PointClusters& clusters,
                              const BodyShape& reference, std::vector<FoundSwap>& doubtful);

/// Labels of different segments: they keep no place on the segment that they are said to ride on.
void exchange_across_segments(LabelledPoints& labelled, const PointClusters& clusters,
                              const BodyShape* reference, std::vector<FoundSwap>& doubtful);

}  // namespace catena
