// Limbs as every drawing of a body has them: tapered, with round ends.
#pragma once

#include <string>

#include "catena/report/svg.h"

namespace catena {

/// Half widths of a limb at its two ends, m: drawn like a body, not to its measure.
struct LimbWidth {
  double from_m = 0.032;
  double to_m = 0.026;
};

/// By the start of a bone's name: "thigh", "shank", "foot", "pelvis", "trunk", "shoulders", "head",
/// "upper_arm", "forearm"; any other bone is a thin one.
LimbWidth limb_width(const std::string& bone);

/// The hull of two circles.
void draw_limb(Svg& svg, const SvgPoint& from, double from_radius, const SvgPoint& to,
               double to_radius, const std::string& color);

}  // namespace catena
