// Where a running laboratory puts its markers.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "catena/synthetic/body_dimensions.h"

namespace catena {

/// A marker's place before it is known which bodies a model has.
struct PlacedMarker {
  std::string name;
  std::string body;
  Eigen::Vector3d position_in_body_m = Eigen::Vector3d::Zero();
};

/// Markers of trunk, pelvis and legs, and of arms and feet where the body has them.
std::vector<PlacedMarker> place_markers(const BodyDimensions& dimensions,
                                        const SyntheticBodyOptions& options);

/// Points under the feet, in the calcanei and toes, or below the ankles without feet.
std::vector<PlacedMarker> sole_points(const BodyDimensions& dimensions,
                                      const SyntheticBodyOptions& options);

}  // namespace catena
