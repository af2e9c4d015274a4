// Where the landmarks that marker sets name lie on the built-in body, and how surely.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "catena/model/body_dimensions.h"
#include "catena/model/built_in_body.h"
#include "catena/model/model.h"

namespace catena {

/// The place of a marker's centre (14 mm, on the skin over the landmark), and what may be expected
/// of a person of these dimensions: palpation (Della Croce et al. 1999, Med Biol Eng Comput 37:155:
/// 6 mm an axis) together with how far the landmark itself varies against its body's joints.
struct BodyLandmark {
  std::string name;  // as in the marker sets: "right_asis"
  std::string body;
  Eigen::Vector3d position_in_body_m = Eigen::Vector3d::Zero();
  Eigen::Vector3d sd_m = Eigen::Vector3d::Zero();  // along the body's axes
};

/// Every landmark of the marker sets that lies on a body that the options leave in. The head's are
/// on the torso where the head has no body, with the neck's motion in their SD. Joint centres are
/// there as "right_hip_centre" and so on: as programs compute them, not exact.
///
/// source     widths and lengths: the dimensions; places on their segments: markers of public
///            running models, scaled by height; grade C, and so only ever a prior
std::vector<BodyLandmark> landmarks_of(const BodyDimensions& dimensions,
                                       const BuiltInBodyOptions& options = {});

/// The landmarks as markers of a model that has their bodies.
std::vector<ModelMarker> as_markers(const Model& model, const std::vector<BodyLandmark>& landmarks);

}  // namespace catena
