// Landmarks that a program found in the pictures of a video, as JSON.
#pragma once

#include <Eigen/Core>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

/// One person's landmarks over time, in the picture.
struct PoseRecording {
  std::string name;    // file name without folder and ending
  std::string source;  // the program or network, as the file says: "rtmpose-halpe26"; may be empty
  std::string view;    // as the file says: "side-left"; may be empty
  double rate_hz = 0.0;
  double width_px = std::numeric_limits<double>::quiet_NaN();  // of the picture; NaN: not said
  double height_px = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::string> labels;  // n_points, as spelled in the file
  Eigen::VectorXd time_s;           // (n_frames), even
  Eigen::MatrixXd places_px;   // (n_frames, 2 n_points): x to the right, y down; NaN where lost
  double least_score = 0.0;    // as asked for
  Eigen::Index n_doubted = 0;  // places that were found with a lower score, taken as lost
  Eigen::Index n_empty_frames = 0;  // in which nobody was found
  std::vector<std::string> notes;   // what had to be assumed while reading, one sentence each
};

struct PoseOptions {
  // Places of a lower score are lost. 0.3 is what the tools around such networks use (Sports2D's
  // keypoint_likelihood_threshold, MMPose's kpt_thr).
  double least_score = 0.3;
};

/// Whether a text begins as JSON does.
bool looks_like_json(std::string_view bytes);

/// Reads
///
///     { "fps": 30.0, "keypoint_names": ["l_heel", ...],
///       "frames": [ [[x, y, score], ...], ... ],          # a point may be null, a frame empty
///       "timestamps": [0.0, 0.0333, ...],                 # may be left out, or fps may be
///       "width": 720, "height": 1280, "source": "...", "view": "..." }      # may be left out
///
/// x to the right and y down in pixels; a score may be left out. Other keys are passed over.
///
/// errors     kBadFormat: not JSON, cut off, a frame with another number of points, no rate;
///            kMissingData: no names or no frames; kUnsupported: more than fits into memory
Result<PoseRecording> parse_pose_json(std::string_view bytes, std::string_view source,
                                      const PoseOptions& options = {});

Result<PoseRecording> read_pose_json(const std::filesystem::path& path,
                                     const PoseOptions& options = {});

}  // namespace catena
