// From landmarks in the pictures of one camera to the paths that strides are read from.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/gait/gait_points.h"
#include "catena/recording/pose_json.h"

namespace catena {

struct PictureOptions {
  double height_m = std::numeric_limits<double>::quiet_NaN();  // the person's; NaN: 1.75 m assumed
};

struct PicturePoints {
  GaitPoints points;               // planar: z is NaN
  bool faces_left = false;         // in the picture
  double metres_per_px = 0.0;      // in the plane in which the person runs
  std::string marker_set;          // of the landmarks; empty: of no known set
  std::vector<std::string> notes;  // what was assumed, one sentence each
};

/// Turns and scales landmarks: x the way the runner faces, y up from the lowest that the feet get,
/// metres.
///
/// The scale comes from the person's height and the lengths of head and neck, trunk, thigh and
/// shank in the picture, as far as they are there, which make up known parts of it (Winter 2009,
/// fig. 4.1, after Drillis & Contini 1966). The camera is taken to look square at the runner and to
/// be level; a picture seen at an angle shortens all that lies along the way.
///
/// errors     kMissingData: no hips, no feet, or no segment to take the scale from is known;
///            kMismatch: the runner stands on the head, as where y grows upwards
Result<PicturePoints> picture_points(const PoseRecording& pose, const PictureOptions& options = {});

}  // namespace catena
