#include "catena/math/statistics.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <iterator>
#include <limits>

namespace catena {

std::vector<double> quantiles(std::span<const double> values, std::span<const double> p) {
  std::vector<double> sorted;
  sorted.reserve(values.size());
  std::ranges::copy_if(values, std::back_inserter(sorted), [](double v) { return !std::isnan(v); });
  std::ranges::sort(sorted);

  std::vector<double> result;
  for (const double part : p) {
    assert(part >= 0.0 && part <= 1.0);
    if (sorted.empty()) {
      result.push_back(std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    const double place = part * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double rest = place - static_cast<double>(below);
    result.push_back(sorted[below] + rest * (sorted[above] - sorted[below]));
  }
  return result;
}

double median(std::vector<double>& values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

double median_of_known(const Eigen::VectorXd& values) {
  std::vector<double> known;
  for (const double value : values) {
    if (!std::isnan(value)) known.push_back(value);
  }
  return median(known);
}

double quantile(std::span<const double> values, double p) {
  return quantiles(values, std::array{p}).front();
}

}  // namespace catena
