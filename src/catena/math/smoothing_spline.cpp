#include "catena/math/smoothing_spline.h"

#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace catena {
namespace {

using Eigen::Index;
using RowVector = Eigen::RowVectorXd;
using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// A quintic B-spline reaches over six intervals: six coefficients act within one, five on a knot.
constexpr Index kBand = 6;
using BandRow = Eigen::Matrix<double, 1, kBand>;
constexpr double kLost = std::numeric_limits<double>::quiet_NaN();
// Weight of roughness that leaves the samples as they are, but settles what they do not.
constexpr double kInterpolation = 1e-14;
constexpr Index kFewestForDerivatives = 3;

/// p for samples one unit apart: (sqrt(2) - 1) over the least roughness that a wave of this
/// frequency can have on its samples, so that value and roughness balance at 0.707.
double roughness_weight(double rate_hz, double cutoff_hz) {
  if (cutoff_hz >= 0.5 * rate_hz) return kInterpolation;
  const double wave = 2.0 * std::numbers::pi * cutoff_hz / rate_hz;
  constexpr int kAliases = 20;  // those beyond weigh less than 1e-12
  double sum = 0.0;
  for (int k = -kAliases; k <= kAliases; ++k) {
    sum += std::pow(wave + 2.0 * std::numbers::pi * k, -6.0);
  }
  return (std::numbers::sqrt2 - 1.0) * sum;
}

/// Least squares with equations that come in the order of their first unknown, each with unknowns
/// within a band, solved by Givens rotations. Every column of the right side is one problem.
class BandedLeastSquares {
 public:
  BandedLeastSquares(Index unknowns, Index columns)
      : r_(RowMatrix::Zero(unknowns, kBand)), right_(RowMatrix::Zero(unknowns, columns)) {}

  /// Takes in one equation; `row` and `right` are used up.
  void add(Index first, BandRow& row, RowVector& right) {
    for (Index k = 0; k < kBand; ++k) {
      if (row[k] == 0.0) continue;
      const Index pivot = first + k;
      const double length = std::hypot(r_(pivot, 0), row[k]);
      const double c = r_(pivot, 0) / length;
      const double s = row[k] / length;
      // A row of the triangle begins at its diagonal. What it has beyond this equation's band is
      // zero still: only later equations reach there.
      for (Index j = 0; j + k < kBand; ++j) {
        const double upper = r_(pivot, j);
        r_(pivot, j) = c * upper + s * row[k + j];
        row[k + j] = c * row[k + j] - s * upper;
      }
      rotated_ = right_.row(pivot);
      right_.row(pivot) = c * rotated_ + s * right;
      right = c * right - s * rotated_;
    }
  }

  /// (unknowns, columns). The equations must settle every unknown.
  const RowMatrix& solve() {
    const Index n = r_.rows();
    for (Index i = n; i-- > 0;) {
      for (Index k = 1; k < kBand && i + k < n; ++k) {
        right_.row(i) -= r_(i, k) * right_.row(i + k);
      }
      right_.row(i) /= r_(i, 0);
    }
    return right_;
  }

 private:
  RowMatrix r_;
  RowMatrix right_;
  RowVector rotated_;
};

/// Third derivative within an interval, at u from 0 to 1, as sums of its six coefficients: the
/// third differences of these in quadratic B-splines.
BandRow third_derivative(double u) {
  const std::array<double, 3> quadratic = {0.5 * (1.0 - u) * (1.0 - u), 0.5 + u * (1.0 - u),
                                           0.5 * u * u};
  BandRow row = BandRow::Zero();
  for (std::size_t j = 0; j < 3; ++j) {
    row.segment<4>(static_cast<Index>(j)) +=
        quadratic.at(j) * Eigen::RowVector4d(-1.0, 3.0, -3.0, 1.0);
  }
  return row;
}

/// Coefficients of the B-splines, (n + 4, columns), of n samples one unit apart.
RowMatrix fit_coefficients(const Eigen::Ref<const Eigen::MatrixXd>& samples, double weight) {
  const Index n = samples.rows();
  // Three Gauss points integrate the square of a parabola exactly.
  const double off = 0.5 * std::sqrt(0.6);
  const std::array<double, 3> place = {0.5 - off, 0.5, 0.5 + off};
  const std::array<double, 3> share = {5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0};
  BandedLeastSquares equations(n + 4, samples.cols());
  for (Index i = 0; i < n; ++i) {
    BandRow row;
    row << 1.0, 26.0, 66.0, 26.0, 1.0, 0.0;
    row /= 120.0;
    RowVector right = samples.row(i);
    equations.add(i, row, right);
    for (std::size_t g = 0; i + 1 < n && g < 3; ++g) {
      row = std::sqrt(weight * share.at(g)) * third_derivative(place.at(g));
      right.setZero();
      equations.add(i, row, right);
    }
  }
  return equations.solve();
}

/// Some rows and columns of the signal in which nothing is lost.
void smooth_known(const Eigen::Ref<const Eigen::MatrixXd>& samples, double weight, double rate_hz,
                  Index first_row, Index first_column, SplineDerivatives& out) {
  const Index n = samples.rows();
  const Index columns = samples.cols();
  auto value = out.value.block(first_row, first_column, n, columns);
  if (n < kFewestForDerivatives) {
    value = samples;
    return;
  }
  auto first = out.first.block(first_row, first_column, n, columns);
  auto second = out.second.block(first_row, first_column, n, columns);
  const RowMatrix c = fit_coefficients(samples, weight);
  for (Index i = 0; i < n; ++i) {
    value.row(i) =
        (c.row(i) + c.row(i + 4) + 26.0 * (c.row(i + 1) + c.row(i + 3)) + 66.0 * c.row(i + 2)) /
        120.0;
    first.row(i) =
        rate_hz / 24.0 * (c.row(i + 4) - c.row(i) + 10.0 * (c.row(i + 3) - c.row(i + 1)));
    second.row(i) =
        rate_hz * rate_hz / 6.0 *
        (c.row(i) + c.row(i + 4) + 2.0 * (c.row(i + 1) + c.row(i + 3)) - 6.0 * c.row(i + 2));
  }
}

bool lost_together(const Eigen::Ref<const Eigen::MatrixXd>& samples, Index a, Index b) {
  return (samples.col(a).array().isFinite() == samples.col(b).array().isFinite()).all();
}

}  // namespace

SplineDerivatives smoothing_spline(const Eigen::Ref<const Eigen::MatrixXd>& samples, double rate_hz,
                                   double cutoff_hz) {
  assert(rate_hz > 0.0 && cutoff_hz > 0.0);
  const Index n = samples.rows();
  const Eigen::MatrixXd lost = Eigen::MatrixXd::Constant(n, samples.cols(), kLost);
  SplineDerivatives out = {lost, lost, lost};
  const double weight = roughness_weight(rate_hz, cutoff_hz);

  // Neighbouring columns that are lost together share one factorisation of each run.
  for (Index column = 0; column < samples.cols();) {
    Index end_column = column + 1;
    while (end_column < samples.cols() && lost_together(samples, column, end_column)) ++end_column;
    for (Index row = 0; row < n;) {
      if (!std::isfinite(samples(row, column))) {
        ++row;
        continue;
      }
      Index end_row = row;
      while (end_row < n && std::isfinite(samples(end_row, column))) ++end_row;
      smooth_known(samples.block(row, column, end_row - row, end_column - column), weight, rate_hz,
                   row, column, out);
      row = end_row;
    }
    column = end_column;
  }
  return out;
}

}  // namespace catena
