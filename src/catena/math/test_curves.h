// For tests only: random curves of known smoothness.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <numbers>

#include "catena/math/random_stream.h"

namespace catena::test {

/// White noise under a Gaussian kernel, unit variance, no edges: (n, n_samples).
///
/// fwhm       in samples, above 0; infinity: each curve is one random number
inline Eigen::MatrixXd smooth_curves(RandomStream& random, int n, int n_samples, double fwhm) {
  Eigen::MatrixXd curves(n, n_samples);
  if (std::isinf(fwhm)) {
    for (int i = 0; i < n; ++i) curves.row(i).setConstant(random.normal());
    return curves;
  }
  const double sd = fwhm / std::sqrt(8 * std::numbers::ln2);
  const int reach = static_cast<int>(std::ceil(4 * sd));
  Eigen::VectorXd kernel(2 * reach + 1);
  for (int k = -reach; k <= reach; ++k) kernel[k + reach] = std::exp(-0.5 * k * k / (sd * sd));
  kernel /= kernel.norm();
  Eigen::VectorXd noise(n_samples + 2 * reach);
  for (int i = 0; i < n; ++i) {
    for (double& x : noise) x = random.normal();
    for (int s = 0; s < n_samples; ++s) curves(i, s) = kernel.dot(noise.segment(s, kernel.size()));
  }
  return curves;
}

}  // namespace catena::test
