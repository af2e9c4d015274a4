#include "catena/gait/profile_words.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace catena {

std::string scalar_words(const std::string& name, Side side) {
  std::string words = side == kRight ? "Right " + name : "Left " + name;
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string curve_words(const std::string& name, Side side, bool from_standing) {
  return scalar_words(name, side) + (from_standing ? " (from standing)" : "");
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
