// What the segments of a body weigh, and how that mass lies in them.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/model/body_dimensions.h"

namespace catena {

/// De Leva's segments. Ends: head vertex to mid-gonion; upper trunk suprasternal notch to xiphoid;
/// middle trunk to omphalion; lower trunk to the midpoint of the hips; limbs joint centre to joint
/// centre; hand wrist to third knuckle; foot heel to tip of the toes.
enum class DeLevaSegment {
  kHead,
  kUpperTrunk,
  kMiddleTrunk,
  kLowerTrunk,
  kUpperArm,
  kForearm,
  kHand,
  kThigh,
  kShank,
  kFoot
};

struct SegmentShape {
  double mass = 0.0;    // share of the body's
  double center = 0.0;  // from the upper (the foot's: heel) end, share of the length
  // Radii of gyration about the mass centre, shares of the length: about the axis forward, along
  // the segment, and to the side.
  double radius_sagittal = 0.0;
  double radius_long = 0.0;
  double radius_transverse = 0.0;
  double mean_length_m = 0.0;  // of the people who were measured
};

/// source     de Leva 1996, J Biomech 29:1223, table 4 (Zatsiorsky's 15 women and 100 men, between
///            joint centres)
const SegmentShape& de_leva(DeLevaSegment segment, bool female);

/// Mean height of the people behind the table, m.
double de_leva_height_m(bool female);

/// The segments' shares, made to sum to one: the table's own sum is 1 to 0.1 %.
SegmentMassShares de_leva_mass_shares(bool female);

/// A mass, its centre, and its inertia about that centre.
struct MassProperties {
  double mass_kg = 0.0;
  Eigen::Vector3d center_m = Eigen::Vector3d::Zero();
  Eigen::Matrix3d inertia_kg_m2 = Eigen::Matrix3d::Zero();
};

/// One segment that hangs down (the foot: lies forward) from `upper_m`.
MassProperties hanging_segment(DeLevaSegment segment, bool female, double mass_kg, double length_m,
                               const Eigen::Vector3d& upper_m = Eigen::Vector3d::Zero());

/// All of them as one rigid body (parallel axes).
MassProperties together(const std::vector<MassProperties>& parts);

/// What is left of a rigid body when a part is taken out.
MassProperties without(const MassProperties& whole, const MassProperties& part);

/// Upper and middle trunk, in the torso's frame: along the line from the middle of the hips to the
/// middle of the shoulders, which is divided as de Leva's trunk is.
MassProperties trunk_masses(const BodyDimensions& dimensions);

/// Head and neck, in the torso's frame; the head ends where the person's height does.
MassProperties head_masses(const BodyDimensions& dimensions);

/// The lower trunk, in the pelvis frame.
MassProperties pelvis_masses(const BodyDimensions& dimensions);

/// A slice of the trunk, as broad and deep as the middle trunk is, its centre at the origin.
MassProperties trunk_slice(const BodyDimensions& dimensions, double mass_kg, double slice_height_m);

}  // namespace catena
