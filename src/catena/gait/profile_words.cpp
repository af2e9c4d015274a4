#include "catena/gait/profile_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/gait/stride_measures.h"

namespace catena {

std::string scalar_words(const std::string& name, Side side) {
  std::string words = side == kRight ? "Right " + name : "Left " + name;
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string curve_words(const std::string& name, Side side, bool from_standing) {
  return scalar_words(name, side) + (from_standing ? " (from standing)" : "");
}

std::string ShownUnit::difference(double value) const {
  if (decimals < 0) return fmt::format("{:+.3g}", value * per_unit);
  return fmt::format("{:+.{}f}", value * per_unit, decimals);
}

ShownUnit shown_unit(const std::string& name, const std::string& unit) {
  for (const MeasureInfo& info : kMeasures) {
    if (name != info.name || unit != info.unit) continue;
    // A difference of "2 %" would be read as a fiftieth of it.
    const std::string words = std::string(info.shown_unit) == "%" ? "points of %" : info.shown_unit;
    return {" " + words, info.shown_per_unit, info.decimals};
  }
  return {unit == "1" ? "" : " " + unit, 1.0, -1};
}

double finite_mean(const Eigen::VectorXd& values) {
  double sum = 0.0;
  int n = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    sum += value;
    ++n;
  }
  return n > 0 ? sum / n : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace catena
