// How a foot swings from the front to the back of the body: once a stride. Used by marker_events.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace catena {

/// A foot on its way back: from where it is farthest ahead of the pelvis to where it is farthest
/// behind. It stands on the ground for most of that time.
struct BackSwing {
  double front_frame = 0.0, rear_frame = 0.0;  // between frames
  // false: the recording, or what is known of the foot, begins or ends on the way.
  bool front_seen = true, rear_seen = true;
};

/// The swings of one foot, in order of time.
///
/// ahead_m    (n_frames) of the foot before the pelvis, smooth; NaN where lost
/// shortest_m what moves less is no swing; swings are told from wobbles by a third of their range
std::vector<BackSwing> back_swings(const Eigen::VectorXd& ahead_m, double shortest_m);

}  // namespace catena
