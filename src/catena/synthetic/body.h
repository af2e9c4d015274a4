// A three-dimensional body of our own, with the names and signs of OpenSim's running models.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/model/model.h"
#include "catena/synthetic/body_dimensions.h"

namespace catena {

/// A model, and what a model does not say of the person.
struct SyntheticBody {
  Model model;
  BodyDimensions dimensions;
  std::vector<ModelMarker> sole;  // points under the feet (under the ankles when feet are left out)
};

/// Pelvis, legs, torso and arms with a running laboratory's markers. Stands on the ground, y = 0,
/// in its default pose. Bodies and coordinates are named as in gait2392 and its successors:
/// pelvis_tilt + is backwards, knee_angle + is flexion, lumbar_extension + is extension.
SyntheticBody make_synthetic_body(const SyntheticBodyOptions& options = {});

/// The same from known dimensions; options say which parts the body has, and its seed how each
/// marker departs from its place.
SyntheticBody make_synthetic_body(const BodyDimensions& dimensions,
                                  const SyntheticBodyOptions& options);

/// The model alone.
Model synthetic_body(const SyntheticBodyOptions& options = {});

/// Height of the lowest point of the soles above the ground, m.
double lowest_sole_height_m(const SyntheticBody& body, const Eigen::Ref<const Eigen::VectorXd>& q);

/// The same of one foot: 0 right, 1 left.
double lowest_sole_height_m(const SyntheticBody& body, int side,
                            const Eigen::Ref<const Eigen::VectorXd>& q);

}  // namespace catena
