// Events and strides of one recording: what `catena strides` shows.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "catena/gait/gait_event.h"
#include "catena/gait/spatiotemporal.h"

namespace catena {

struct RecordingStrides {
  std::string file;        // as given
  std::string format;      // "TRC", "C3D (Intel, real)", "pose JSON (rtmpose-halpe26)"
  std::string marker_set;  // as recognised; empty: of no known set
  int n_frames = 0;
  double rate_hz = 0.0;
  double first_s = 0.0, last_s = 0.0;
  // How the file's axes lie, or how the runner is seen: a sentence's end, for a person.
  std::string axes;
  bool treadmill = false;
  GaitEvents events;
  GaitStrides strides;
  Spatiotemporal spatiotemporal;
  std::vector<std::string> notes;  // of the reader, axes, repairs and points: one sentence each
};

}  // namespace catena
