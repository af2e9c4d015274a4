// Degrees live at the edges only.
#pragma once

#include <numbers>

namespace catena {

inline constexpr double kRadPerDeg = std::numbers::pi / 180.0;
inline constexpr double kDegPerRad = 180.0 / std::numbers::pi;

}  // namespace catena
