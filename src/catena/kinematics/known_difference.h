// How far two solutions are apart, for tests of solvers.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>

namespace catena::test {

/// Largest difference; infinite where one knows a value and the other does not.
inline double difference(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  double largest = 0.0;
  for (Eigen::Index i = 0; i < a.size(); ++i) {
    const double x = a.data()[i];
    const double y = b.data()[i];
    if (std::isnan(x) != std::isnan(y)) return std::numeric_limits<double>::infinity();
    if (!std::isnan(x)) largest = std::max(largest, std::abs(x - y));
  }
  return largest;
}

}  // namespace catena::test
