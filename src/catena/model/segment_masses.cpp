#include "catena/model/segment_masses.h"

#include <array>
#include <cassert>

namespace catena {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

constexpr std::size_t kSegmentCount = 10;
using Table = std::array<SegmentShape, kSegmentCount>;

// mass, centre, radii sagittal, long, transverse, mean length. In the order of DeLevaSegment.
constexpr Table kFemale = {{
    {0.0668, 0.5894, 0.330, 0.318, 0.359, 0.2002},  // head
    {0.1545, 0.2077, 0.746, 0.718, 0.502, 0.1425},  // upper trunk
    {0.1465, 0.4512, 0.433, 0.415, 0.354, 0.2053},  // middle trunk
    {0.1247, 0.4920, 0.433, 0.444, 0.402, 0.1815},  // lower trunk
    {0.0255, 0.5754, 0.278, 0.148, 0.260, 0.2751},  // upper arm
    {0.0138, 0.4559, 0.261, 0.094, 0.257, 0.2643},  // forearm
    {0.0056, 0.7474, 0.531, 0.335, 0.454, 0.0780},  // hand
    {0.1478, 0.3612, 0.369, 0.162, 0.364, 0.3685},  // thigh
    {0.0481, 0.4416, 0.271, 0.093, 0.267, 0.4323},  // shank
    {0.0129, 0.4014, 0.299, 0.139, 0.279, 0.2283},  // foot
}};
constexpr Table kMale = {{
    {0.0694, 0.5976, 0.362, 0.312, 0.376, 0.2033},  // head
    {0.1596, 0.2999, 0.716, 0.659, 0.454, 0.1707},  // upper trunk
    {0.1633, 0.4502, 0.482, 0.468, 0.383, 0.2155},  // middle trunk
    {0.1117, 0.6115, 0.615, 0.587, 0.551, 0.1457},  // lower trunk
    {0.0271, 0.5772, 0.285, 0.158, 0.269, 0.2817},  // upper arm
    {0.0162, 0.4574, 0.276, 0.121, 0.265, 0.2689},  // forearm
    {0.0061, 0.7900, 0.628, 0.401, 0.513, 0.0862},  // hand
    {0.1416, 0.4095, 0.329, 0.149, 0.329, 0.4222},  // thigh
    {0.0433, 0.4459, 0.255, 0.103, 0.249, 0.4340},  // shank
    {0.0137, 0.4415, 0.257, 0.124, 0.245, 0.2581},  // foot
}};
constexpr double kFemaleHeight_m = 1.735;
constexpr double kMaleHeight_m = 1.741;

/// Inertia of a mass at an offset from the point that it is counted about.
Matrix3d inertia_of_offset(double mass_kg, const Vector3d& offset_m) {
  return mass_kg *
         (offset_m.squaredNorm() * Matrix3d::Identity() - offset_m * offset_m.transpose());
}

double torso_share(bool female) {
  return de_leva(DeLevaSegment::kHead, female).mass +
         de_leva(DeLevaSegment::kUpperTrunk, female).mass +
         de_leva(DeLevaSegment::kMiddleTrunk, female).mass;
}

/// Mass of a part of the torso: the torso's own, divided as in the table.
double part_of_torso_kg(const BodyDimensions& d, DeLevaSegment part) {
  return d.mass_kg * d.mass_share.torso * de_leva(part, d.female).mass / torso_share(d.female);
}

/// Middle of the hips, in the torso's frame when everything stands at zero.
Vector3d middle_of_hips_in_torso(const BodyDimensions& d) {
  return (d.hip_in_pelvis_m[0] + d.hip_in_pelvis_m[1]) / 2.0 - d.lumbosacral_in_pelvis_m;
}

struct TrunkLevels {
  Vector3d notch, xiphoid, omphalion;
};

TrunkLevels trunk_levels(const BodyDimensions& d) {
  const double upper = de_leva(DeLevaSegment::kUpperTrunk, d.female).mean_length_m;
  const double middle = de_leva(DeLevaSegment::kMiddleTrunk, d.female).mean_length_m;
  const double lower = de_leva(DeLevaSegment::kLowerTrunk, d.female).mean_length_m;
  const double whole = upper + middle + lower;
  // The notch stands at the height of the shoulders' joints.
  const Vector3d notch(d.shoulder_in_torso_m.x(), d.shoulder_in_torso_m.y(), 0.0);
  const Vector3d down = middle_of_hips_in_torso(d) - notch;
  return {notch, notch + upper / whole * down, notch + (upper + middle) / whole * down};
}

/// A piece of trunk between two levels that lie nearly above each other.
MassProperties trunk_piece(const BodyDimensions& d, DeLevaSegment segment, const Vector3d& upper,
                           const Vector3d& lower) {
  MassProperties piece = hanging_segment(segment, d.female, part_of_torso_kg(d, segment),
                                         (upper - lower).norm(), Vector3d::Zero());
  piece.center_m = upper + de_leva(segment, d.female).center * (lower - upper);
  return piece;
}

}  // namespace

const SegmentShape& de_leva(DeLevaSegment segment, bool female) {
  return (female ? kFemale : kMale).at(static_cast<std::size_t>(segment));
}

double de_leva_height_m(bool female) { return female ? kFemaleHeight_m : kMaleHeight_m; }

SegmentMassShares de_leva_mass_shares(bool female) {
  const auto mass = [female](DeLevaSegment segment) { return de_leva(segment, female).mass; };
  SegmentMassShares s;
  s.pelvis = mass(DeLevaSegment::kLowerTrunk);
  s.torso = torso_share(female);
  s.thigh = mass(DeLevaSegment::kThigh);
  s.shank = mass(DeLevaSegment::kShank);
  s.foot = mass(DeLevaSegment::kFoot);
  s.upper_arm = mass(DeLevaSegment::kUpperArm);
  s.forearm = mass(DeLevaSegment::kForearm) + mass(DeLevaSegment::kHand);
  return normalized(s);
}

MassProperties hanging_segment(DeLevaSegment segment, bool female, double mass_kg, double length_m,
                               const Vector3d& upper_m) {
  const SegmentShape& shape = de_leva(segment, female);
  const bool lies = segment == DeLevaSegment::kFoot;
  const Vector3d along = lies ? Vector3d::UnitX() : Vector3d(-Vector3d::UnitY());
  // The foot's axes turn with it: its long one points forward, its sagittal one up.
  const Vector3d radii =
      lies ? Vector3d(shape.radius_long, shape.radius_sagittal, shape.radius_transverse)
           : Vector3d(shape.radius_sagittal, shape.radius_long, shape.radius_transverse);
  MassProperties result;
  result.mass_kg = mass_kg;
  result.center_m = upper_m + shape.center * length_m * along;
  result.inertia_kg_m2 = (mass_kg * (radii * length_m).array().square()).matrix().asDiagonal();
  return result;
}

MassProperties together(const std::vector<MassProperties>& parts) {
  MassProperties sum;
  for (const MassProperties& part : parts) {
    sum.mass_kg += part.mass_kg;
    sum.center_m += part.mass_kg * part.center_m;
  }
  if (sum.mass_kg > 0.0) sum.center_m /= sum.mass_kg;
  for (const MassProperties& part : parts) {
    sum.inertia_kg_m2 +=
        part.inertia_kg_m2 + inertia_of_offset(part.mass_kg, part.center_m - sum.center_m);
  }
  return sum;
}

MassProperties without(const MassProperties& whole, const MassProperties& part) {
  assert(part.mass_kg < whole.mass_kg);
  MassProperties rest;
  rest.mass_kg = whole.mass_kg - part.mass_kg;
  rest.center_m = (whole.mass_kg * whole.center_m - part.mass_kg * part.center_m) / rest.mass_kg;
  rest.inertia_kg_m2 = whole.inertia_kg_m2 - part.inertia_kg_m2 -
                       inertia_of_offset(part.mass_kg, part.center_m - whole.center_m) -
                       inertia_of_offset(rest.mass_kg, rest.center_m - whole.center_m);
  return rest;
}

MassProperties trunk_masses(const BodyDimensions& d) {
  const TrunkLevels at = trunk_levels(d);
  return together({trunk_piece(d, DeLevaSegment::kUpperTrunk, at.notch, at.xiphoid),
                   trunk_piece(d, DeLevaSegment::kMiddleTrunk, at.xiphoid, at.omphalion)});
}

MassProperties head_masses(const BodyDimensions& d) {
  const SegmentShape& shape = de_leva(DeLevaSegment::kHead, d.female);
  const double length = shape.mean_length_m / de_leva_height_m(d.female) * d.height_m;
  return hanging_segment(DeLevaSegment::kHead, d.female, part_of_torso_kg(d, DeLevaSegment::kHead),
                         length, vertex_in_torso_m(d));
}

MassProperties pelvis_masses(const BodyDimensions& d) {
  const Vector3d hips = middle_of_hips_in_torso(d);
  const Vector3d up = trunk_levels(d).omphalion - hips;
  MassProperties result = hanging_segment(DeLevaSegment::kLowerTrunk, d.female,
                                          d.mass_kg * d.mass_share.pelvis, up.norm());
  const double center = de_leva(DeLevaSegment::kLowerTrunk, d.female).center;
  result.center_m = d.lumbosacral_in_pelvis_m + hips + (1.0 - center) * up;
  return result;
}

MassProperties trunk_slice(const BodyDimensions& d, double mass_kg, double slice_height_m) {
  const SegmentShape& middle = de_leva(DeLevaSegment::kMiddleTrunk, d.female);
  const TrunkLevels at = trunk_levels(d);
  const double length = (at.omphalion - at.xiphoid).norm();
  // Mean squares of the places in the slice: across, what the middle trunk's radii leave when its
  // length is taken away; along, a twelfth of the square of the height.
  const auto across = [length](double radius) {
    return (radius * radius - 1.0 / 12.0) * length * length;
  };
  const double x = across(middle.radius_transverse);
  const double z = across(middle.radius_sagittal);
  const double y = slice_height_m * slice_height_m / 12.0;
  MassProperties slice;
  slice.mass_kg = mass_kg;
  slice.inertia_kg_m2 = (mass_kg * Vector3d(y + z, x + z, x + y)).asDiagonal();
  return slice;
}

}  // namespace catena
