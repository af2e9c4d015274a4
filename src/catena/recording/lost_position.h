// What counts as a place, and what as a laboratory's sign for "not seen".
#pragma once

#include <Eigen/Core>

namespace catena {

// A coordinate this far away is a laboratory's sign for "not seen" (9999999 mm, -3.7e28), not a
// place: no capture volume is 9 km wide.
inline constexpr double kFarthest_m = 9e3;  // NOLINT(readability-identifier-naming)

/// False for a place with a lost coordinate, for exactly 0 0 0, and beyond farthest_m.
inline bool is_seen(const Eigen::RowVector3d& p, double farthest_m = kFarthest_m) {
  return !p.hasNaN() && p.cwiseAbs().maxCoeff() < farthest_m && !p.isZero(0.0);
}

}  // namespace catena
