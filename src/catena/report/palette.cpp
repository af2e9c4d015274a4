#include "catena/report/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace catena {
namespace {

// Amber to navy by way of grey: lightness falls steadily, and the two ends differ in blue against
// yellow, which red-green blindness leaves alone (the idea of cividis, Nunez et al. 2018).
constexpr std::array<std::array<double, 3>, 5> kRamp = {
    {{244, 190, 76}, {201, 148, 92}, {142, 116, 118}, {82, 83, 125}, {22, 38, 92}}};

}  // namespace

std::string demand_color(int index, int count) {
  const double along = count < 2 ? 1.0 : static_cast<double>(index) / (count - 1);
  const double place = std::clamp(along, 0.0, 1.0) * (kRamp.size() - 1);
  const std::size_t below = std::min(static_cast<std::size_t>(place), kRamp.size() - 2);
  const double part = place - static_cast<double>(below);
  std::array<int, 3> rgb{};
  for (std::size_t i = 0; i < 3; ++i) {
    rgb[i] = static_cast<int>(
        std::lround(kRamp[below][i] + part * (kRamp[below + 1][i] - kRamp[below][i])));
  }
  return fmt::format("#{:02x}{:02x}{:02x}", rgb[0], rgb[1], rgb[2]);
}

MarkerShape demand_shape(int index) { return static_cast<MarkerShape>(index % kMarkerShapes); }

}  // namespace catena
