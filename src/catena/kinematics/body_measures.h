// What a person asks of a fitted body: how long the segments are, where the joints lie in the
// pelvis, and how sure that is.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "catena/core/estimate.h"
#include "catena/kinematics/body_fit.h"

namespace catena {

/// One measure of a body.
struct BodyMeasure {
  std::string name;   // "right thigh length", "right hip in pelvis, x"
  std::string body;   // the body that it is of: "femur_r"
  Estimate estimate;  // m, 90 %
  // Share of the belief that the recordings brought: 1 - (sd after / sd before)^2. Near 0 the
  // number is the prior's.
  double measured_share = 0.0;
};

/// A body's name for a person: "femur_r" is the "right thigh"; other names stand for themselves.
std::string segment_words(const std::string& body);

/// A measure of a model of which all is known.
struct NamedLength {
  std::string name;
  double value_m = 0.0;
};

/// Lengths between the joints of each segment that has one beyond it; hip centres and the low
/// back's joint in the pelvis frame (x forward, y up, z right).
std::vector<NamedLength> measures_of(const Model& model);

/// Those of them that the fit could change, with their intervals.
std::vector<BodyMeasure> measure_body(const BodyPrior& prior, const BodyFit& fit);

}  // namespace catena
