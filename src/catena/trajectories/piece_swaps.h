// Labels exchanged while nobody looked: at a loss too long for a path to be continued.
#pragma once

#include "catena/trajectories/body_shape.h"
#include "catena/trajectories/label_tracking.h"
#include "catena/trajectories/marker_clusters.h"

namespace catena {

/// Between two long losses or breaks of one of the labels, the shape of the segments decides which
/// is which, by the same rule as for whole recordings (see judge). Pieces shorter than 0.1 s are
/// left.
///
/// shape        of the body in another recording, or over all of this one
/// longest_part  of the recording that may be exchanged: a third where the shape is its own, for
///              that may be the wrong one; else all
void exchange_pieces(LabelledPoints& labelled, const PointClusters& clusters,
                     const BodyShape& shape, double rate_hz, double longest_part = 1.0);

}  // namespace catena
