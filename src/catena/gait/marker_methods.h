// The single methods that tell contact and toe-off from markers. Used by marker_events, and by the
// validation that measures each of them.
#pragma once

#include <Eigen/Core>
#include <array>
#include <limits>

#include "catena/gait/foot_swings.h"
#include "catena/gait/marker_paths.h"

namespace catena {

enum ContactMethod {
  kFootFarthestAhead,  // of the pelvis
  kFirstImpact,        // peak of vertical acceleration of heel or ball, whichever comes first
  kFirstJolt,          // peak of its rise: vertical jerk
  kPelvisFastestDown,
  kHeelStops,  // its speed over the ground falls through 1 m/s
};
inline constexpr std::size_t kContactMethods = 5;

enum ToeOffMethod {
  kBallRises,    // 30 mm above where it stood
  kBallMoves,    // faster than 0.5 m/s over the ground
  kBallMovesUp,  // faster than 0.5 m/s
  kLegLongest,   // from pelvis to ball
  kFootFarthestBehind,
};
inline constexpr std::size_t kToeOffMethods = 5;

inline constexpr std::array<const char*, kContactMethods> kContactMethodNames = {
    "foot farthest ahead", "first impact", "first jolt", "pelvis fastest down", "heel stops"};
inline constexpr std::array<const char*, kToeOffMethods> kToeOffMethodNames = {
    "ball rises", "ball moves", "ball moves up", "leg longest", "foot farthest behind"};

/// What a method says less what a plate says at 20 N: mean, and SD over runners and steps.
struct MethodError {
  double late_s = 0.0;
  double sd_s = std::numeric_limits<double>::quiet_NaN();  // NaN: no use for this gait
};

struct MethodErrors {
  std::array<MethodError, kContactMethods> running_contact, walking_contact;
  std::array<MethodError, kToeOffMethods> running_toe_off, walking_toe_off;
  // The pelvis falls fastest this part of the stance after contact in running, and late_s besides.
  double fastest_down_part = 0.16;
  // What the methods' mean errs by that they have in common: runner, shoe, a plate's own tail.
  double running_contact_sd_s = 0.001, running_toe_off_sd_s = 0.0025, walking_sd_s = 0.008;
};

/// As measured: running on twelve trials of four runners on an instrumented treadmill (37 to 56
/// strides a side and trial), the foot's farthest place and
/// SDs widened for what runners over the ground and sprinters do; walking on ten events over plates
/// in five recordings, which is little (docs/methods/events.md).
MethodErrors measured_errors();

/// What each method says of one swing, in frames; NaN where it finds nothing. As the methods have
/// it: nothing is taken off.
std::array<double, kContactMethods> contact_frames(const GaitPaths& paths, std::size_t side,
                                                   const BackSwing& swing);
std::array<double, kToeOffMethods> toe_off_frames(const GaitPaths& paths, std::size_t side,
                                                  const BackSwing& swing);

}  // namespace catena
