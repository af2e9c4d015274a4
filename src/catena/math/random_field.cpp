#include "catena/math/random_field.h"

#include <cassert>
#include <cmath>
#include <numbers>

#include "catena/math/student_t.h"

namespace catena {
namespace {

const double kFourLog2 = 4 * std::numbers::ln2;

/// Expected number of upcrossings of a t curve, per resel.
double upcrossings_per_resel(double t, double dof) {
  const double rate = std::sqrt(kFourLog2) / (2 * std::numbers::pi);
  if (std::isinf(dof)) return rate * std::exp(-0.5 * t * t);
  return rate * std::exp(0.5 * (1 - dof) * std::log1p(t * t / dof));
}

}  // namespace

double resel_count(const Eigen::Ref<const Eigen::MatrixXd>& residuals,
                   SmoothnessEstimate estimate) {
  double length = 0.0;
  const Eigen::Index n_samples = residuals.cols();
  for (Eigen::Index i = 0; i + 1 < n_samples; ++i) {
    const double here = residuals.col(i).norm();
    const double next = residuals.col(i + 1).norm();
    if (estimate == SmoothnessEstimate::kNormalisedResiduals) {
      if (here <= 0 || next <= 0) continue;
      length += (residuals.col(i + 1) / next - residuals.col(i) / here).norm();
    } else if (here > 0) {
      // The mean over n samples, of which the last counts as zero, times n - 1 intervals.
      length += (residuals.col(i + 1) - residuals.col(i)).norm() / here *
                static_cast<double>(n_samples - 1) / static_cast<double>(n_samples);
    }
  }
  return length / std::sqrt(kFourLog2);
}

double probability_of_peak(double t, double dof, double resels) {
  assert(resels >= 0);
  const double above = student_t_above(t, dof);
  const double expected = above + resels * upcrossings_per_resel(t, dof);
  return resels > 0 ? -std::expm1(-expected) : above;
}

double peak_threshold(double alpha, double dof, double resels) {
  assert(alpha > 0 && alpha < 1);
  double low = 0.0;
  double high = 1.0;
  while (probability_of_peak(high, dof, resels) > alpha && high < 1e300) high *= 2;
  for (int i = 0; i < 200 && high - low > 1e-13 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (probability_of_peak(middle, dof, resels) > alpha ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double probability_of_cluster(double extent_resels, double t, double dof, double resels) {
  assert(extent_resels >= 0);
  const double above = student_t_above(t, dof);
  const double per_resel = upcrossings_per_resel(t, dof);
  const double expected = above + resels * per_resel;
  // Mean width of an excursion, in resels; its square is distributed exponentially.
  const double mean_width = above / per_resel;
  const double root = std::tgamma(1.5) * extent_resels / mean_width;
  return -std::expm1(-expected * std::exp(-root * root));
}

}  // namespace catena
