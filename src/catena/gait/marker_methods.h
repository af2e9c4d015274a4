// The single methods that tell contact and toe-off from markers. Used by marker_events, and by the
// validation that measures each of them.
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "catena/gait/foot_swings.h"
#include "catena/gait/gait_points.h"

namespace catena {

enum ContactMethod {
  kFootFarthestAhead,  // of the pelvis
  kFirstImpact,        // peak of vertical acceleration of heel or ball, whichever comes first
  kFirstJolt,          // peak of its rise: vertical jerk
  kPelvisFastestDown,
  kHeelStops,  // its speed over the ground falls through 1 m/s
  kContactMethods
};

enum ToeOffMethod {
  kBallRises,    // 30 mm above where it stood
  kBallMoves,    // faster than 0.5 m/s over the ground
  kBallMovesUp,  // faster than 0.5 m/s
  kLegLongest,   // from pelvis to ball
  kFootFarthestBehind,
  kToeOffMethods
};

/// In the plane of progression, (n_frames) each; NaN where lost.
struct SmoothPoint {
  Eigen::VectorXd x_m, y_m, vx_m_s, vy_m_s;
  Eigen::VectorXd impact_m_s2, jolt_m_s3;  // upwards
};

struct GaitPaths {
  double rate_hz = 0.0;
  SmoothPoint pelvis;             // empty: there is none
  Eigen::VectorXd pelvis_up_m_s;  // smoother
  std::array<SmoothPoint, 2> heel, ball;
  std::array<std::vector<BackSwing>, 2> swings;
  bool has_impacts = true;                        // false: the rate is too low for them
  std::array<double, 2> ground_m_s = {0.0, 0.0};  // along x, of what each foot stands on
  // (n_frames) of heel and ball over what they stand on; from pelvis to ball.
  std::array<Eigen::VectorXd, 2> heel_m_s, ball_m_s, leg_m;
};

/// Filters the paths and finds the swings.
GaitPaths gait_paths(const GaitPoints& points, double path_cutoff_hz, double impact_cutoff_hz,
                     double shortest_swing_m);

/// What each method says of one swing, in frames; NaN where it finds nothing. As the methods have
/// it: nothing is taken off.
std::array<double, kContactMethods> contact_frames(const GaitPaths& paths, std::size_t side,
                                                   const BackSwing& swing);
std::array<double, kToeOffMethods> toe_off_frames(const GaitPaths& paths, std::size_t side,
                                                  const BackSwing& swing);

}  // namespace catena
