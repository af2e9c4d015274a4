// Right and left, as indices of pairs.
#pragma once

#include <array>

namespace catena {

enum Side { kRight = 0, kLeft = 1 };
inline constexpr std::array<Side, 2> kSides = {kRight, kLeft};
inline constexpr std::array<const char*, 2> kSideNames = {"right", "left"};

}  // namespace catena
