// The body that comes with the program, with the names and signs of OpenSim's running models.
#pragma once

#include <string>

#include "catena/model/body_dimensions.h"
#include "catena/model/model.h"

namespace catena {

/// The knee as a hinge, or with the two turns that a hinge should not make (knee_adduction_r,
/// knee_rotation_r), held at zero or free.
enum class KneeMotion { kHinge, kLocked, kFree };

/// The low back as one joint of thorax on pelvis, or spread over L1 to S1 (low_back.h).
enum class LowBack { kOneJoint, kSpread };

struct BuiltInBodyOptions {
  KneeMotion knee = KneeMotion::kHinge;  // kFree for the question of uneven ground
  LowBack low_back = LowBack::kOneJoint;
  bool arms = true;
  bool feet = true;      // false: the shank ends at the ankle, and weighs what the foot does more
  bool head = false;     // true: a body of its own; needs three markers on it
  bool subtalar = true;  // false: the coordinate is there, but locked
  bool mtp = false;      // false: the coordinate is there, but locked
  std::string name = "catena_runner";
};

/// Pelvis, legs, torso and arms without markers. Stands on the ground, y = 0, in its default pose,
/// every body's axes as the ground's (ISB: x forward, y up, z right). Bodies and coordinates are
/// named as in gait2392 and its successors: pelvis_tilt + is backwards, knee_angle + is flexion,
/// lumbar_extension + is extension; what belongs to a side is mirrored (hip_rotation_l + is
/// internal as hip_rotation_r is).
///
/// source     masses, centres, radii: de Leva 1996, J Biomech 29:1223; ankle and subtalar axes:
///            Isman & Inman 1969, as running models have them; joint frames: Wu et al. 2002,
///            J Biomech 35:543
Model built_in_body(const BodyDimensions& dimensions, const BuiltInBodyOptions& options = {});

/// Ankle centre to the calcaneus's origin, and from there to the toes' joint, m; right foot.
Eigen::Vector3d calcaneus_from_ankle_m(const BodyDimensions& dimensions);
Eigen::Vector3d toes_from_calcaneus_m(const BodyDimensions& dimensions);

}  // namespace catena
