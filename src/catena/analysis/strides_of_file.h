// Events and strides of one recording of any kind, without a body.
#pragma once

#include <filesystem>
#include <limits>
#include <string_view>

#include "catena/core/error.h"
#include "catena/gait/gait_events.h"
#include "catena/recording/pose_json.h"
#include "catena/recording/recording.h"
#include "catena/report/recording_strides.h"
#include "catena/trajectories/ground_frame.h"
#include "catena/trajectories/identify_labels.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

struct RecordingStridesOptions {
  EventChoice events = EventChoice::kAuto;
  // NaN: not said.
  double height_m = std::numeric_limits<double>::quiet_NaN();  // scales pictures
  double belt_speed_m_s = std::numeric_limits<double>::quiet_NaN();
  double least_score = PoseOptions{}.least_score;  // of landmarks in pictures
  GroundFrameOptions axes;
};

/// Events, strides and their measures of a recording in space.
///
/// recording  for its plates and events
/// points     of it, turned into ground and repaired
/// meaning    of the points' labels
/// errors     kMissingData: no marker of a foot is known, or the events that were chosen are not
///            there
Result<RecordingStrides> strides_of_recording(const Recording& recording,
                                              const Trajectories& points,
                                              const IdentifiedLabels& meaning,
                                              const GroundFrame& ground,
                                              const RecordingStridesOptions& options = {});

/// The same of landmarks that one camera saw.
///
/// errors     kBadOption: events of plates or of the file, which pictures have not; those of
///            picture_points
Result<RecordingStrides> strides_of_pose(const PoseRecording& pose,
                                         const RecordingStridesOptions& options = {});

/// Reads C3D, TRC or landmarks in JSON, told apart by what is in the file; repairs and turns points
/// in space.
///
/// errors     those of the readers and of the above; kMissingData: there is no event at all
Result<RecordingStrides> strides_of_bytes(std::string_view bytes, const std::filesystem::path& file,
                                          const RecordingStridesOptions& options = {});

Result<RecordingStrides> strides_of_file(const std::filesystem::path& file,
                                         const RecordingStridesOptions& options = {});

}  // namespace catena
