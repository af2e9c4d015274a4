// Labels that were exchanged, for a whole recording or for a while: found, and put right where the
// exchanged labels clearly fit better.
#pragma once

#include <vector>

#include "catena/trajectories/body_shape.h"
#include "catena/trajectories/label_tracking.h"
#include "catena/trajectories/marker_clusters.h"

namespace catena {

/// Labels that changed places; a third means that three changed round.
struct FoundSwap {
  std::vector<int> points;
  Eigen::Index first_frame = 0;
  Eigen::Index last_frame = 0;
  Eigen::Index n_frames = 0;     // exchanged ones between first and last
  bool repaired = false;         // false: suspected only, and left as recorded
  double misfit_before_m = 0.0;  // of the segments' markers, as recorded
  double misfit_after_m = 0.0;
};

/// Finds exchanged labels and puts them right.
///
/// In the middle of a recording two labels give themselves away by jumping onto each other's path,
/// see follow_labels; the shape of their segments in the other frames must confirm it. At a longer
/// loss the shape alone decides, see exchange_pieces. For a whole recording the shape of their
/// segments in the reference must say so: see judge for the rule. Two labels on different segments
/// are found without a reference too, for they keep no distance from the others of their segments.
///
/// reference  in the order of the points; nullptr: there is none
std::vector<FoundSwap> repair_swaps(LabelledPoints& labelled, const PointClusters& clusters,
                                    const BodyShape* reference, double rate_hz);

}  // namespace catena
