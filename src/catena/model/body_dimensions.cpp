#include "catena/model/body_dimensions.h"

#include "catena/model/segment_masses.h"

namespace catena {
namespace {

// Drillis & Contini 1966, as in Winter 2009, Biomechanics and Motor Control, figure 4.1: shares of
// the height.
constexpr double kThigh = 0.245;
constexpr double kShank = 0.246;
constexpr double kHipHeight = 0.530;
constexpr double kAnkleHeight = 0.039;
constexpr double kFootLength = 0.152;
constexpr double kShoulderHeight = 0.818;
constexpr double kShoulderHalfWidth = 0.129;
constexpr double kUpperArm = 0.186;
constexpr double kForearm = 0.146;
// The shoulder's joint lies within the half width, which is taken at the skin.
constexpr double kShoulderInside_m = 0.045;
// Between the ASIS, and from ASIS to PSIS: 24 and 16 cm at 1.75 m. Measured wherever they can be.
constexpr double kAsisWidth = 0.136;
constexpr double kPelvisDepth = 0.089;
// Over markers on the skin: 105 and 72 mm at 1.75 m. Measured wherever they can be.
constexpr double kKneeWidth = 0.060;
constexpr double kAnkleWidth = 0.041;

}  // namespace

double sum_of(const SegmentMassShares& s) {
  return s.pelvis + s.torso + 2.0 * (s.thigh + s.shank + s.foot + s.upper_arm + s.forearm);
}

SegmentMassShares normalized(const SegmentMassShares& shares) {
  SegmentMassShares s = shares;
  const double sum = sum_of(shares);
  for (double* share : {&s.pelvis, &s.torso, &s.thigh, &s.shank, &s.foot, &s.upper_arm, &s.forearm})
    *share /= sum;
  return s;
}

Eigen::Vector3d harrington_hip_m(double pelvis_depth_m, double asis_width_m, double leg_length_m) {
  return {-0.24 * pelvis_depth_m - 0.0099, -0.16 * asis_width_m - 0.04 * leg_length_m - 0.0071,
          0.28 * pelvis_depth_m + 0.16 * asis_width_m + 0.0079};
}

Eigen::Vector3d reed_lumbosacral_m(double asis_width_m, bool female) {
  return {(female ? -0.289 : -0.264) * asis_width_m, (female ? 0.172 : 0.126) * asis_width_m, 0.0};
}

double shoulder_above_lumbosacral_m(const BodyDimensions& d) {
  const double lumbosacral_height_m =
      kHipHeight * d.height_m - d.hip_in_pelvis_m[0].y() + d.lumbosacral_in_pelvis_m.y();
  return kShoulderHeight * d.height_m - lumbosacral_height_m;
}

Eigen::Vector3d vertex_in_torso_m(const BodyDimensions& d) {
  double hips_to_ground_m = d.ankle_height_m;
  for (std::size_t side = 0; side < 2; ++side) {
    hips_to_ground_m +=
        (d.thigh_length_m[side] + d.shank_length_m[side] - d.hip_in_pelvis_m[side].y()) / 2.0;
  }
  return {0.0, d.height_m - hips_to_ground_m - d.lumbosacral_in_pelvis_m.y(), 0.0};
}

Eigen::Vector3d neck_in_torso_m(const BodyDimensions& d) {
  return {-0.017 * d.height_m, d.shoulder_in_torso_m.y() + 0.037 * d.height_m, 0.0};
}

BodyDimensions proportional_dimensions(double height_m, double mass_kg, bool female) {
  BodyDimensions d;
  d.height_m = height_m;
  d.mass_kg = mass_kg;
  d.female = female;
  d.asis_width_m = kAsisWidth * height_m;
  d.pelvis_depth_m = kPelvisDepth * height_m;
  const Eigen::Vector3d hip =
      harrington_hip_m(d.pelvis_depth_m, d.asis_width_m, kHipHeight * height_m);
  d.hip_in_pelvis_m = {hip, hip.cwiseProduct(Eigen::Vector3d(1.0, 1.0, -1.0))};
  d.lumbosacral_in_pelvis_m = reed_lumbosacral_m(d.asis_width_m, female);
  d.thigh_length_m.fill(kThigh * height_m);
  d.shank_length_m.fill(kShank * height_m);
  d.knee_width_m = kKneeWidth * height_m;
  d.ankle_width_m = kAnkleWidth * height_m;
  d.ankle_height_m = kAnkleHeight * height_m;
  d.foot_length_m = kFootLength * height_m;
  d.shoulder_in_torso_m = {0.0, shoulder_above_lumbosacral_m(d),
                           kShoulderHalfWidth * height_m - kShoulderInside_m};
  d.upper_arm_length_m = kUpperArm * height_m;
  d.forearm_length_m = kForearm * height_m;
  d.mass_share = de_leva_mass_shares(female);
  return d;
}

}  // namespace catena
