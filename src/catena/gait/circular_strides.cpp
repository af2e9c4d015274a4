#include "catena/gait/circular_strides.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "catena/math/student_t.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// From sums of cosines and sines over n strides. E[R^2] = rho^2 + (1 - rho^2) / n.
double deviation_of(double squared_length, double n) {
  if (n < 2) return kNan;
  const double R_squared = (squared_length / n - 1.0) / (n - 1.0);
  return std::sqrt(2.0 * (1.0 - std::sqrt(std::max(0.0, std::min(1.0, R_squared)))));
}

Estimate jackknifed(double value, const Eigen::VectorXd& without, double level) {
  const auto n = static_cast<double>(without.size());
  Estimate out;
  out.value = value;
  out.level = level;
  out.source = fmt::format("{} strides, each left out once", without.size());
  if (without.size() < 3) return out;
  const double squares = (without.array() - without.mean()).square().sum();
  const double half =
      student_t_exceeded((1.0 - level) / 2.0, n - 1) * std::sqrt((n - 1.0) / n * squares);
  // Of what cannot be negative, and scatters in proportion to its size.
  out.low = value > 0.0 ? value * std::exp(-half / value) : value;
  out.high = value > 0.0 ? value * std::exp(half / value) : value;
  return out;
}

}  // namespace

CircularSummary summarize_circular(const Eigen::MatrixXd& cosine, const Eigen::MatrixXd& sine,
                                   double level) {
  const Eigen::Index n_strides = cosine.rows();
  const Eigen::Index n_percents = cosine.cols();
  const auto n = static_cast<double>(n_strides);
  CircularSummary out;
  out.mean_rad.resize(n_percents);
  out.deviation_rad.resize(n_percents);
  Eigen::VectorXd deviation_without = Eigen::VectorXd::Zero(n_strides);
  Eigen::VectorXd absolute_without = Eigen::VectorXd::Zero(n_strides);
  for (Eigen::Index k = 0; k < n_percents; ++k) {
    const double C = cosine.col(k).sum();
    const double S = sine.col(k).sum();
    out.mean_rad[k] = std::atan2(S, C);
    out.deviation_rad[k] = deviation_of(C * C + S * S, n);
    for (Eigen::Index i = 0; i < n_strides; ++i) {
      const double c = C - cosine(i, k);
      const double s = S - sine(i, k);
      deviation_without[i] += deviation_of(c * c + s * s, n - 1);
      absolute_without[i] += std::abs(std::atan2(s, c));
    }
  }
  const auto percents = static_cast<double>(n_percents);
  out.mean_deviation_rad =
      jackknifed(out.deviation_rad.mean(), deviation_without / percents, level);
  out.mean_absolute_rad =
      jackknifed(out.mean_rad.cwiseAbs().mean(), absolute_without / percents, level);
  return out;
}

}  // namespace catena
