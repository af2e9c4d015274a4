// From what a laboratory delivered to points in ground: turned upright, lost positions marked.
#pragma once

#include <optional>

#include "catena/core/error.h"
#include "catena/recording/point_recording.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

enum class UpAxis { kX, kY, kZ };

struct TrajectoryOptions {
  // The file's own upward axis. OpenSim's files are y up, most laboratories are z up.
  UpAxis up_axis = UpAxis::kY;
  // A coordinate this far away is a laboratory's sign for "not seen" (9999999 mm, -3.7e28), not a
  // place: no capture volume is 9 km wide.
  double farthest_m = 9e3;
};

/// Turns a recording into ground and marks lost positions with NaN.
///
/// Lost are: NaN, any coordinate lost of the three, exactly 0 0 0, and places beyond farthest_m;
/// each kind is counted in the notes. The turn is 90 degrees about x (z up) or z (x up); which way
/// the runner goes in the horizontal plane is found later, from the motion. Points without a label
/// are kept. Nothing is smoothed, filled or moved; jumps that no body makes are only noted.
///
/// errors     kMissingData: no position is left
Result<Trajectories> make_trajectories(const PointRecording& recording,
                                       const TrajectoryOptions& options = {});

/// The axis along which the points of one frame reach farthest, when it stands out: a body is
/// taller than it is wide. None for legs alone in a long stride, or for a few points.
std::optional<UpAxis> likely_up_axis(const PointRecording& recording);

}  // namespace catena
