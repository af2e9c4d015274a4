#include "catena/report/limb.h"

#include <array>
#include <cmath>
#include <string_view>
#include <vector>

namespace catena {
namespace {

struct NamedWidth {
  std::string_view name_start;
  LimbWidth width;
};
constexpr std::array<NamedWidth, 9> kLimbWidths = {{{"thigh", {0.072, 0.047}},
                                                    {"shank", {0.047, 0.030}},
                                                    {"foot", {0.032, 0.020}},
                                                    {"pelvis", {0.078, 0.066}},
                                                    {"trunk", {0.066, 0.078}},
                                                    {"shoulders", {0.050, 0.050}},
                                                    {"head", {0.045, 0.078}},
                                                    {"upper_arm", {0.042, 0.034}},
                                                    {"forearm", {0.034, 0.024}}}};

}  // namespace

LimbWidth limb_width(const std::string& bone) {
  for (const NamedWidth& known : kLimbWidths) {
    if (bone.starts_with(known.name_start)) return known.width;
  }
  return {};
}

void draw_limb(Svg& svg, const SvgPoint& from, double from_radius, const SvgPoint& to,
               double to_radius, const std::string& color) {
  if (!from.allFinite() || !to.allFinite()) return;
  svg.circle(from, from_radius, {.fill = color});
  svg.circle(to, to_radius, {.fill = color});
  const double length = (to - from).norm();
  if (!(length > std::abs(from_radius - to_radius))) return;
  // The outer tangents of the two circles.
  const SvgPoint along = (to - from) / length;
  const SvgPoint across(-along.y(), along.x());
  const double lift = (from_radius - to_radius) / length;
  const double reach = std::sqrt(1.0 - lift * lift);
  const SvgPoint upper = lift * along + reach * across;
  const SvgPoint lower = lift * along - reach * across;
  svg.polygon(std::vector<SvgPoint>{from + from_radius * upper, to + to_radius * upper,
                                    to + to_radius * lower, from + from_radius * lower},
              {.fill = color});
}

}  // namespace catena
