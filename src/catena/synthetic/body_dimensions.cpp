#include "catena/synthetic/body_dimensions.h"

#include <cmath>

#include "catena/core/units.h"

namespace catena {
namespace {

// Adults differ from proportions of their height by about this much of each length.
constexpr double kLengthError = 0.04;
// Spread of de Leva's segment masses between subjects.
constexpr double kMassError = 0.08;
// Leave-one-out errors of the hip regressions, x y z.
const Eigen::Vector3d kHipError_m(0.0052, 0.0036, 0.0032);  // NOLINT(cert-err58-cpp)
constexpr double kLumbosacralError_m = 0.010;
constexpr double kPelvisShapeError_rad = 5.0 * kRadPerDeg;
constexpr double kKneeAxisError_rad = 3.0 * kRadPerDeg;
// Half of the mean leg-length difference of 5.2 mm (Knutson 2005) falls on each of two segments.
constexpr double kSideDifference_m = 0.0025;
// The shoulder's half width varies at the skin, this much outside its joint.
constexpr double kShoulderInside_m = 0.045;

/// Departures from a prior, in units of its error.
class Departure {
 public:
  Departure(RandomStream stream, double scale) : stream_(stream), scale_(scale) {}
  double operator()(double sd) { return scale_ * sd * stream_.normal(); }
  double factor(double sd) { return 1.0 + (*this)(sd); }
  Eigen::Vector3d point(const Eigen::Vector3d& sd) {
    return {(*this)(sd.x()), (*this)(sd.y()), (*this)(sd.z())};
  }

 private:
  RandomStream stream_;
  double scale_;
};

SegmentMassShares mass_shares(SegmentMassShares s, Departure& depart) {
  for (double* share : {&s.pelvis, &s.torso, &s.thigh, &s.shank, &s.foot, &s.upper_arm, &s.forearm})
    *share *= depart.factor(kMassError);
  return normalized(s);
}

/// A point of the frame by ASIS and PSIS, in which the regressions are published, in a pelvis frame
/// whose horizontal lies above the line from PSIS to ASIS.
Eigen::Vector3d raised(const Eigen::Vector3d& point, double psis_drop_rad) {
  const double c = std::cos(psis_drop_rad);
  const double s = std::sin(psis_drop_rad);
  return {c * point.x() + s * point.y(), c * point.y() - s * point.x(), point.z()};
}

void depart_pelvis(BodyDimensions& d, Departure& depart) {
  d.asis_width_m *= depart.factor(kLengthError);
  d.pelvis_depth_m *= depart.factor(kLengthError);
  d.psis_drop_rad = 10.0 * kRadPerDeg + depart(kPelvisShapeError_rad);
  const Eigen::Vector3d hip = harrington_hip_m(d.pelvis_depth_m, d.asis_width_m, 0.53 * d.height_m);
  for (std::size_t side = 0; side < 2; ++side) {
    const Eigen::Vector3d mirror(1.0, 1.0, side == 0 ? 1.0 : -1.0);
    d.hip_in_pelvis_m[side] =
        raised(mirror.cwiseProduct(hip + depart.point(kHipError_m)), d.psis_drop_rad);
  }
  d.lumbosacral_in_pelvis_m = reed_lumbosacral_m(d.asis_width_m, d.female);
  d.lumbosacral_in_pelvis_m.x() += depart(kLumbosacralError_m);
  d.lumbosacral_in_pelvis_m.y() += depart(kLumbosacralError_m);
  d.lumbosacral_in_pelvis_m = raised(d.lumbosacral_in_pelvis_m, d.psis_drop_rad);
}

}  // namespace

BodyDimensions body_dimensions(const SyntheticBodyOptions& options) {
  Departure depart(RandomStream(options.seed).child("body dimensions"), options.variation);
  BodyDimensions d = proportional_dimensions(options.height_m, options.mass_kg, options.female);
  const double half_width = d.shoulder_in_torso_m.z() + kShoulderInside_m;
  depart_pelvis(d, depart);
  const double thigh = d.thigh_length_m[0] * depart.factor(kLengthError);
  const double shank = d.shank_length_m[0] * depart.factor(kLengthError);
  for (std::size_t side = 0; side < 2; ++side) {
    d.thigh_length_m[side] = thigh + depart(kSideDifference_m);
    d.shank_length_m[side] = shank + depart(kSideDifference_m);
    d.knee_axis_tilt_rad[side] = {depart(kKneeAxisError_rad), depart(kKneeAxisError_rad)};
  }
  d.ankle_height_m *= depart.factor(kLengthError);
  d.foot_length_m *= depart.factor(kLengthError);
  d.shoulder_in_torso_m = {0.0, shoulder_above_lumbosacral_m(d) * depart.factor(kLengthError),
                           half_width * depart.factor(kLengthError) - kShoulderInside_m};
  d.upper_arm_length_m *= depart.factor(kLengthError);
  d.forearm_length_m *= depart.factor(kLengthError);
  d.mass_share = mass_shares(d.mass_share, depart);
  return d;
}

BodyDimensions believed_dimensions(const BodyDimensions& truth, double error_scale,
                                   RandomStream stream) {
  Departure depart(stream, error_scale);
  BodyDimensions d = truth;
  for (std::size_t side = 0; side < 2; ++side) {
    d.hip_in_pelvis_m[side] += depart.point(kHipError_m);
    // Knee and ankle centres lie midway between two palpated points, each good to some 6 mm
    // (Della Croce et al. 1999, Med Biol Eng Comput 37:155).
    d.thigh_length_m[side] += depart(0.006);
    d.shank_length_m[side] += depart(0.006);
    d.knee_axis_tilt_rad[side] += Eigen::Vector2d(depart(0.05), depart(0.05));
  }
  d.lumbosacral_in_pelvis_m.x() += depart(kLumbosacralError_m);
  d.lumbosacral_in_pelvis_m.y() += depart(kLumbosacralError_m);
  d.shoulder_in_torso_m += depart.point(Eigen::Vector3d::Constant(0.010));
  d.upper_arm_length_m += depart(0.006);
  d.forearm_length_m += depart(0.006);
  d.ankle_height_m += depart(0.003);
  return d;
}

}  // namespace catena
