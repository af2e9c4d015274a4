// How large a synthetic body is: published proportions, and each body's own departure from them.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>

#include "catena/math/random_stream.h"

namespace catena {

struct SyntheticBodyOptions {
  double height_m = 1.75;
  double mass_kg = 68.0;
  bool female = false;  // which of de Leva's two columns
  // How far this body departs from the published proportions, in units of their published error.
  // 0: exactly the proportions; the same body for every seed.
  double variation = 1.0;
  bool arms = true;
  bool feet = true;      // false: the shank ends at the ankle, and carries no foot markers
  bool subtalar = true;  // false: the coordinate is there, but locked
  bool mtp = false;      // false: the coordinate is there, but locked
  std::uint64_t seed = 1;
};

/// Shares of body mass; each limb segment once. Together with their twins they sum to one.
struct SegmentMassShares {
  double pelvis = 0.0;
  double torso = 0.0;  // with the head
  double thigh = 0.0;
  double shank = 0.0;
  double foot = 0.0;
  double upper_arm = 0.0;
  double forearm = 0.0;  // with the hand
};

/// Right before left where there are two. Points of the pelvis are counted from the midpoint of
/// the ASIS, of the torso from the L5/S1 joint: x forward, y up, z right.
struct BodyDimensions {
  double height_m = 0.0;
  double mass_kg = 0.0;
  bool female = false;
  double asis_width_m = 0.0;
  double pelvis_depth_m = 0.0;  // ASIS to PSIS
  double psis_drop_rad = 0.0;   // line PSIS to ASIS below the pelvis frame's horizontal; bony shape
  std::array<Eigen::Vector3d, 2> hip_in_pelvis_m;
  Eigen::Vector3d lumbosacral_in_pelvis_m = Eigen::Vector3d::Zero();
  std::array<double, 2> thigh_length_m{};
  std::array<double, 2> shank_length_m{};
  // Turns of the knee's hinge away from the line to the right, about x and about y.
  std::array<Eigen::Vector2d, 2> knee_axis_tilt_rad;
  double ankle_height_m = 0.0;
  double foot_length_m = 0.0;
  Eigen::Vector3d shoulder_in_torso_m = Eigen::Vector3d::Zero();  // right; left is its mirror
  double upper_arm_length_m = 0.0;
  double forearm_length_m = 0.0;
  SegmentMassShares mass_share;
};

/// The proportions of one body.
///
/// source     lengths: Drillis & Contini 1966; masses: de Leva 1996, J Biomech 29:1223; hip centre:
///            Harrington et al. 2007, J Biomech 40:595 (leave-one-out error 5.2, 3.6, 3.2 mm);
///            L5/S1: Reed et al. 1999; bony pelvis shape SD 5 degrees: Preece et al. 2008
BodyDimensions body_dimensions(const SyntheticBodyOptions& options);

/// What a laboratory that scales a model to this body would believe its dimensions to be.
///
/// error_scale  1: joint centres wrong by their published errors; 0: no error
BodyDimensions believed_dimensions(const BodyDimensions& truth, double error_scale,
                                   RandomStream stream);

}  // namespace catena
