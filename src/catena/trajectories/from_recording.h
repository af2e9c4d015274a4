// From what a laboratory delivered to points in ground: turned upright, lost positions marked.
#pragma once

#include "catena/core/error.h"
#include "catena/recording/lost_position.h"
#include "catena/recording/point_recording.h"
#include "catena/trajectories/ground_frame.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

struct TrajectoryOptions {
  // How the file's axes lie; as constructed they are taken for ground.
  GroundFrame ground;
  double farthest_m = kFarthest_m;
};

/// Turns a recording into ground and marks lost positions with NaN.
///
/// Lost are: NaN, any coordinate lost of the three, exactly 0 0 0, and places beyond farthest_m;
/// each kind is counted in the notes. The turn is by multiples of 90 degrees and is said in a note;
/// the few degrees that the runner's way lies off the axis are found later, from the motion. Points
/// without a label are kept. Nothing is smoothed, filled or moved: see clean for that.
///
/// errors     kMissingData: no position is left
Result<Trajectories> make_trajectories(const PointRecording& recording,
                                       const TrajectoryOptions& options = {});

}  // namespace catena
