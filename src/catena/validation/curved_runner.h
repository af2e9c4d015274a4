// The second family of planted runners, made by rules that the estimator does not know. Thigh,
// pelvis and lean each follow a curve of their own over speed; nothing is straight, and no part is
// a function of the thigh. A hip comes to its stop softly, over several degrees. Strides scatter
// with heavy tails and resemble the stride before; demands depart by Student's t; along a ramp
// posture walks at random, or steps once.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>

#include "catena/validation/planted_session.h"

namespace catena {

/// One leg's mean posture over speed; u is 0 at the slowest speed and 1 at the fastest. Degrees.
struct CurvedLeg {
  Eigen::RowVector3d start_deg = Eigen::RowVector3d::Zero();  // hip, low back, lean at u = 0
  double thigh_deg = 12.0, thigh_rate = 0.0;                  // rise to u = 1; how it saturates
  double pelvis_deg = 4.0, pelvis_rate = 0.0;                 // the same
  double pelvis_bulge_deg = 0.0;                              // in the middle of the range
  double lean_deg = 1.5, lean_bulge_deg = 0.0;                // the same, a parabola
  // Where the hip's gain stops, counted from u = 0, and half the width over which it does; what is
  // lost goes to the low back but for a part that the lean takes.
  double stop_hip_deg = std::numeric_limits<double>::infinity();
  double stop_softness_deg = 1.0;
  double lost_to_lean = 0.0;
};

/// Hip, low back, lean at u.
Eigen::RowVector3d mean_posture_deg(const CurvedLeg& leg, double u);

/// How far hip extension at three speeds strays from a line over thigh extension: the residuals'
/// SD, as it was counted in the public runners; + where it bends towards a stop.
double bend_of_three_speeds_deg(const CurvedLeg& leg);

/// The hip's slope on the thigh at the far end, over that at the near end.
double slope_left(const CurvedLeg& leg);

/// A leg without a stop strays by less than 0.15 deg (nearly straight) or by 0.3 to 1 deg, and
/// keeps a third of its slope at least; one with a stop keeps less than a third. Redrawn until so.
CurvedLeg draw_curved_leg(const StrideCell& cell, bool stops, RandomStream stream);

PlantedSession plant_curved(const StrideCell& cell, std::uint64_t seed);

}  // namespace catena
