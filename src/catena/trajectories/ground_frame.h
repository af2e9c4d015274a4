// How the laboratory's axes lie: which one is up, which way the runner goes, and on what.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/recording.h"
#include "catena/trajectories/body_points.h"

namespace catena {

/// A direction along one of the file's axes.
enum class LabAxis { kPlusX, kMinusX, kPlusY, kMinusY, kPlusZ, kMinusZ };

Eigen::Vector3d unit_vector(LabAxis axis);

/// "+x", "-z"
std::string to_text(LabAxis axis);

/// Of "x", "+x" or "-x"; none for any other word.
std::optional<LabAxis> axis_named(std::string_view text);

/// What a person said of the axes; what is not said is found from the data.
struct GroundFrameOptions {
  std::optional<LabAxis> up;
  std::optional<LabAxis> forward;
  std::optional<bool> treadmill;
  // Without a forward axis: leave the horizontal axes as the file has them.
  bool keep_forward = false;
  // The file's up is the normal of a belt that rises forward by this angle; ground's is gravity's.
  double belt_rise_rad = 0.0;
};

enum class Certainty {
  kGiven,    // the person said so
  kSure,     // the data says so, and nothing in it speaks against
  kLikely,   // one weak sign says so
  kAssumed,  // the data says nothing, or contradicts itself: the file's own axis is kept
};

struct FoundAxis {
  LabAxis axis = LabAxis::kPlusY;
  Certainty certainty = Certainty::kAssumed;
  std::string by;               // "the force plates lie flat"; completes "z is up: ..."
  std::optional<LabAxis> seen;  // what the data alone says, also where the person said otherwise
};

/// As constructed: the file's own axes are taken for ground.
struct GroundFrame {
  // A turn by multiples of 90 degrees (nothing is lost), then by the rise of a belt whose normal
  // the file has for up. The few degrees that the way of the runner lies off the axis are found
  // later, from the pelvis (gait/segment_motion).
  Eigen::Matrix3d ground_from_lab = Eigen::Matrix3d::Identity();
  FoundAxis up = {LabAxis::kPlusY, Certainty::kAssumed, {}, {}};
  FoundAxis forward = {LabAxis::kPlusX, Certainty::kAssumed, {}, {}};
  bool treadmill = false;
  // Of the body over what the feet stand on, a belt or the ground; NaN where it is not known. About
  // zero for a standing trial.
  double speed_m_s = 0.0;
  double belt_rise_rad = 0.0;      // as it was said
  std::string motion_by;           // how treadmill and speed were found
  std::vector<std::string> notes;  // what contradicts, or had to be assumed: one sentence each
};

/// Finds the ground frame (x the way the runner goes, y up, z to the right) from plates, known
/// landmarks and the way the points move.
///
/// Up: the axis across the force plates on the side where the points are; the way from the feet to
/// the pelvis; without either, the axis along which the body is tallest and does not travel, with
/// the swinging end and the end near the origin below. Forward: the way that the body goes over
/// what the feet stand on; in standing, the way that pelvis and feet face; else the file's own. Two
/// strong signs that contradict each other decide nothing: the file's axes are kept, and a note
/// says so.
///
/// body       which points are landmarks, as far as the labels say
/// errors     kBadOption: up and forward lie along one axis
Result<GroundFrame> find_ground_frame(const Recording& recording, const BodyPoints& body = {},
                                      const GroundFrameOptions& options = {});

/// "z is up (the force plates lie flat), -x forward (...); a treadmill at 3.5 m/s": for a person.
std::string to_text(const GroundFrame& frame);

}  // namespace catena
