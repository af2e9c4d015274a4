#include "catena/gait/stride_bands.h"

#include <cmath>
#include <limits>

#include "catena/math/random_stream.h"
#include "catena/math/statistics.h"
#include "catena/math/student_t.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kFewestForWhole = 5;
// Curves are smooth: their largest deviation is not missed at every other percent.
constexpr Eigen::Index kStep = 2;

constexpr double kMostCorrelation = 0.9;
constexpr int kFewestForCorrelation = 8;

/// How much strides resemble the next one, pooled over the percents: a drift, a habit of every
/// other stride. Freed to first order of what taking away the mean does to it (Kendall 1954,
/// Biometrika 41:403).
double correlation_of_neighbours(const Eigen::MatrixXd& residuals) {
  std::vector<Eigen::Index> rows;
  for (Eigen::Index i = 0; i < residuals.rows(); ++i) {
    if (residuals.row(i).cwiseAbs().maxCoeff() > 0.0) rows.push_back(i);
  }
  const auto n = static_cast<double>(rows.size());
  if (n < kFewestForCorrelation) return 0.0;
  double products = 0.0;
  double squares = 0.0;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    squares += residuals.row(rows[k]).squaredNorm();
    if (k > 0) products += residuals.row(rows[k]).dot(residuals.row(rows[k - 1]));
  }
  const double found = products / squares * n / (n - 1.0);
  return std::min(std::max(0.0, (found + 1.0 / n) / (1.0 - 3.0 / n)), kMostCorrelation);
}

}  // namespace

StrideBands::StrideBands(int n_strides, const StrideCurveOptions& options)
    : level_(options.level), signs_(options.bootstrap_draws, n_strides) {
  RandomStream random(options.seed);
  std::uint64_t bits = 0;
  int left = 0;
  for (float& sign : signs_.reshaped()) {
    if (left == 0) {
      bits = random.bits();
      left = 64;
    }
    sign = (bits & 1U) != 0 ? 1.0F : -1.0F;
    bits >>= 1U;
    --left;
  }
}

double StrideBands::whole_factor(const Eigen::MatrixXd& residuals,
                                 const Eigen::ArrayXd& counts) const {
  // Strides weighted by random signs have mean zero and the strides' own scatter: how far the
  // largest |t| of their mean goes is how far the mean's goes. The squares do not change with the
  // signs, so each draw's SD follows from its mean.
  if (residuals.rows() == 0 || signs_.rows() == 0) return kNan;
  std::vector<Eigen::Index> used;
  for (Eigen::Index t = 0; t < residuals.cols(); t += kStep) {
    const bool varies = residuals.col(t).cwiseAbs().maxCoeff() > 0.0;
    if (counts[t] >= kFewestForWhole && varies) used.push_back(t);
  }
  if (used.empty()) return kNan;
  const Eigen::MatrixXd chosen = residuals(Eigen::all, used);
  const Eigen::ArrayXd n = counts(used);
  const Eigen::ArrayXd mean_square = chosen.colwise().squaredNorm().transpose().array() / n;
  // Scaled so that a draw's mean is in units of the root of that.
  const Eigen::MatrixXf scaled =
      (chosen * (1.0 / (mean_square.sqrt() * n)).matrix().asDiagonal()).cast<float>();
  const Eigen::MatrixXf means = signs_ * scaled;
  const Eigen::ArrayXf dof = (n - 1.0).cast<float>();
  Eigen::ArrayXf most = Eigen::ArrayXf::Zero(means.rows());  // t squared
  for (Eigen::Index j = 0; j < means.cols(); ++j) {
    const auto squared = means.col(j).array().square();
    most = most.max(dof[j] * squared / (1.0F - squared).max(1e-6F));
  }
  const std::vector<double> largest(most.begin(), most.end());
  return std::sqrt(quantile(largest, level_));
}

CurveSummary StrideBands::summarize(const Eigen::MatrixXd& strides_rad,
                                    const std::vector<bool>& left_out) const {
  const Eigen::Index n_percents = strides_rad.cols();
  CurveSummary out;
  // What is lost or left out counts nothing.
  Eigen::MatrixXd residuals = strides_rad;
  for (Eigen::Index i = 0; i < residuals.rows(); ++i) {
    if (left_out[static_cast<std::size_t>(i)]) residuals.row(i).setConstant(kNan);
    out.n_strides += residuals.row(i).array().isNaN().all() ? 0 : 1;
  }
  const auto known = (!residuals.array().isNaN()).eval();
  const Eigen::ArrayXd counts = known.cast<double>().colwise().sum().transpose();
  residuals = known.select(residuals.array(), 0.0);
  const auto or_nan = [&](const Eigen::ArrayXd& values, double fewest) {
    return Eigen::VectorXd((counts >= fewest).select(values, kNan));
  };
  out.mean_rad = or_nan(residuals.colwise().sum().transpose().array() / counts, 1);
  residuals = known.select((residuals.rowwise() - out.mean_rad.transpose()).array(), 0.0);
  const Eigen::ArrayXd squares = residuals.colwise().squaredNorm().transpose().array();
  out.sd_rad = or_nan((squares / (counts - 1.0)).sqrt(), 2);

  out.neighbour_correlation = correlation_of_neighbours(residuals);
  const double fewer = free_strides(1.0, out.neighbour_correlation);
  const Eigen::ArrayXd standard_error = out.sd_rad.array() / (counts * fewer).sqrt();
  Eigen::ArrayXd t(n_percents);
  for (Eigen::Index k = 0; k < n_percents; ++k) {
    // Mostly the same count all along.
    const bool same = k > 0 && counts[k] == counts[k - 1];
    t[k] = counts[k] < 2 ? kNan
           : same        ? t[k - 1]
                  : student_t_exceeded((1.0 - level_) / 2, std::max(1.0, counts[k] * fewer - 1.0));
  }
  out.pointwise_half_rad = t * standard_error;
  // Of all percents together never less than of one alone.
  const double whole = whole_factor(residuals, counts);
  out.whole_half_rad = (counts >= kFewestForWhole).select(t.max(whole) * standard_error, kNan);
  if (std::isnan(whole)) out.whole_half_rad.setConstant(n_percents, kNan);
  return out;
}

}  // namespace catena
