// What plates, landmarks and moving points say of the laboratory's axes. Used by ground_frame only.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "catena/recording/recording.h"
#include "catena/trajectories/body_points.h"
#include "catena/trajectories/ground_frame.h"
#include "catena/trajectories/sampled_points.h"

namespace catena {

/// The axis across the force plates, towards the points. None without plates of a size, when they
/// are inclined or contradict each other, or when the points are on both sides.
std::optional<LabAxis> up_of_plates(const std::vector<ForcePlateSetup>& plates,
                                    const SampledPoints& points);

/// The way from the feet to the pelvis.
std::optional<LabAxis> up_of_landmarks(const BodyPoints& body, const SampledPoints& points);

/// Where the body is tallest; `up` has the more swinging end, and the end near the origin, below.
struct UpOfShape {
  std::optional<LabAxis> up;
  bool direction_is_seen = false;  // false: the axis stands out, its direction does not
};
UpOfShape up_of_shape(const SampledPoints& points);

/// How body and feet move along the ground, in the file's axes; across `up` zero.
struct MotionOverGround {
  Eigen::Vector3d body_m_s = Eigen::Vector3d::Zero();
  bool travels = false;                              // farther and faster than on a belt
  std::optional<Eigen::Vector3d> standing_feet_m_s;  // the feet's while they stand, when it is seen
};
MotionOverGround motion_over_ground(const SampledPoints& points, const BodyPoints& body,
                                    LabAxis up);

/// The horizontal way that pelvis and feet face; none when it is not known. Not normalised.
std::optional<Eigen::Vector3d> facing(const BodyPoints& body, const SampledPoints& points,
                                      LabAxis up);

}  // namespace catena
