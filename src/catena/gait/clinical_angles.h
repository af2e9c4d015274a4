// The angles that a clinic reads, in its signs, of any model: docs/methods/curves.md.
#pragma once

#include <Eigen/Core>
#include <span>
#include <string>
#include <vector>

#include "catena/gait/segment_motion.h"
#include "catena/kinematics/motion.h"
#include "catena/model/chain_map.h"
#include "catena/model/model.h"

namespace catena {

enum class AnglePlane { kSagittal, kFrontal, kTransverse };

/// From proximal to distal; what stands alone as a segment; a model's own coordinates.
enum class AnglePart {
  kTrunk,
  kLowBack,
  kPelvis,
  kHip,
  kThigh,
  kKnee,
  kShank,
  kAnkle,
  kFoot,
  kModel
};

struct AngleMeaning {
  std::string name;   // never changes: "hip_flexion"
  std::string label;  // "hip flexion"
  std::string plus;   // what more of it is: "thigh forward on the pelvis"
  AnglePart part = AnglePart::kModel;
  AnglePlane plane = AnglePlane::kSagittal;
};

/// One angle over a recording.
struct AngleChannel {
  AngleMeaning angle;
  Side side = kRight;
  Eigen::VectorXd angle_rad;  // (n_frames), without jumps of a turn; NaN where lost
};

/// How the angles are made, for files and comparisons: only equal ones are compared.
inline constexpr const char* kAngleConvention =
    "catena angles 1: model frames; pelvis and trunk rotation-obliquity-tilt; joints Z-X-Y";

/// Pelvis, low back (thorax on pelvis), hip, knee and ankle, and trunk, thigh, shank and foot seen
/// in the plane of progression, of one side, in clinical signs: mirrored motion has the same values
/// on the other side. Made from how the bodies lie, not from the model's coordinates: the same for
/// every model whose bodies have x forward, y up and z right when it stands.
///
/// returns    without a thorax no low back and no trunk; without shank or foot none of theirs;
///            knee_adduction and knee_rotation, ankle_inversion and ankle_rotation only where the
///            model's joint has as many angles free of each other: those of a hinge are none
/// source     pelvis and trunk: Baker 2001, Gait Posture 13:1; hip and ankle: Wu et al. 2002,
///            J Biomech 35:543; knee: Grood & Suntay 1983, J Biomech Eng 105:136
std::vector<AngleChannel> clinical_angles(const SegmentMotion& motion, Side side);

/// The model's own angles in its own signs, "model/pelvis_tilt" (which tips backward where
/// pelvis_tilt tips forward), those of the other side left out (..._l for the right). Translations
/// are no angles and are left out.
std::vector<AngleChannel> coordinate_angles(const Model& model, const Motion& motion, Side side);

/// The channel of that name, or null.
const AngleChannel* find_angle(std::span<const AngleChannel> channels, const std::string& name);

/// Angles in (-pi, pi] without jumps of a turn from frame to frame. Each run of known frames is
/// placed as a whole, its mean within half a turn of the mean direction of all.
void unwrap(Eigen::VectorXd& angle_rad);

}  // namespace catena
