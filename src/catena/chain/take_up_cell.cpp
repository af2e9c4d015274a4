#include "catena/chain/take_up_cell.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <vector>

namespace catena {
namespace {

using Eigen::Matrix2d;
using Eigen::Matrix4d;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Columns of the regression: contrast q of leg a is component 2a + q. Each has an offset and a
// slope (the base), and one column for each place of a bend.
constexpr Eigen::Index kComponents = 4;

/// Closed forms: millions of these are what the time goes to.
template <int n>
void invert(const BendFit::Matrix& precision, BendFit& fit) {
  const Eigen::Matrix<double, n, n> fixed = precision;
  fit.covariance = fixed.inverse();
  fit.log_evidence -= 0.5 * std::log(fixed.determinant());
}

}  // namespace

TakeUpCell::TakeUpCell(const TakeUpRows& rows, const std::array<LegAxis, 2>& axes,
                       const DepartureCell& cell, const Eigen::Vector2d& bend_sd)
    : rows_(rows), axes_(axes), bend_sd_(bend_sd) {
  solve_base(weigh_rows(cell));
}

/// Gram matrix of all columns and, last, of the measured angles, each row weighted by the
/// inverse of its covariance.
MatrixXd TakeUpCell::weigh_rows(const DepartureCell& cell) {
  const Eigen::Index n = rows_.departure.size();
  std::array<VectorXd, 10> weights;  // upper triangle of the 4 x 4 weights of every row
  for (VectorXd& w : weights) w = VectorXd::Zero(n);
  MatrixXd pulls = MatrixXd::Zero(n, kComponents);
  double squares = 0.0;
  for (Eigen::Index i = 0; i < n; ++i) {
    const Matrix4d weight = weight_of_row(cell, i);
    Eigen::Vector4d y;
    for (std::size_t leg = 0; leg < 2; ++leg) {
      y.segment<2>(static_cast<Eigen::Index>(2 * leg)) << rows_.legs.at(leg).h[i],
          rows_.legs.at(leg).m[i];
    }
    const Eigen::Vector4d pull = weight * y;
    pulls.row(i) = pull.transpose();
    squares += y.dot(pull);
    std::size_t k = 0;
    for (Eigen::Index a = 0; a < kComponents; ++a) {
      for (Eigen::Index b = a; b < kComponents; ++b) weights.at(k++)[i] = weight(a, b);
    }
  }

  std::array<MatrixXd, 2> columns;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    const LegRows& of_leg = rows_.legs.at(leg);
    columns.at(leg).resize(n, 2 + n_bends(leg));
    columns.at(leg) << of_leg.one, of_leg.x, of_leg.bend;
  }
  std::array<Eigen::Index, 5> first{};
  for (std::size_t c = 0; c < 4; ++c) first.at(c + 1) = first.at(c) + columns.at(c / 2).cols();
  MatrixXd gram = MatrixXd::Zero(first[4] + 1, first[4] + 1);
  std::size_t k = 0;
  for (std::size_t a = 0; a < 4; ++a) {
    const MatrixXd& of_a = columns.at(a / 2);
    gram.col(first[4]).segment(first.at(a), of_a.cols()) =
        of_a.transpose() * pulls.col(static_cast<Eigen::Index>(a));
    for (std::size_t b = a; b < 4; ++b) {
      const MatrixXd& of_b = columns.at(b / 2);
      const MatrixXd block = of_a.transpose() * weights.at(k++).asDiagonal() * of_b;
      gram.block(first.at(a), first.at(b), of_a.cols(), of_b.cols()) = block;
      gram.block(first.at(b), first.at(a), of_b.cols(), of_a.cols()) = block.transpose();
    }
  }
  gram(first[4], first[4]) = squares;
  first_ = first;
  return gram;
}

/// Inverse of the covariance of (h, m) right and (h, m) left in a row; zero where not seen. Adds
/// its determinant to the evidence.
Matrix4d TakeUpCell::weight_of_row(const DepartureCell& cell, Eigen::Index i) {
  Matrix4d C = Matrix4d::Zero();
  for (Eigen::Index a = 0; a < 2; ++a) {
    const auto leg = static_cast<std::size_t>(a);
    for (Eigen::Index b = 0; b < 2; ++b) {
      const double together = a == b ? 1.0 : cell.legs_correlation;
      C.block<2, 2>(2 * a, 2 * b) = together * rows_.departure[i] * cell.covariance;
    }
    C.block<2, 2>(2 * a, 2 * a) += rows_.legs.at(leg).stride[i] * axes_.at(leg).stride_covariance;
  }
  const bool right = rows_.legs[0].seen[i];
  const bool left = rows_.legs[1].seen[i];
  if (right && left) {
    const Eigen::LLT<Matrix4d> root(C);
    log_evidence_ -= root.matrixLLT().diagonal().array().log().sum();
    return root.solve(Matrix4d::Identity());
  }
  Matrix4d weight = Matrix4d::Zero();
  const Eigen::Index at = right ? 0 : 2;
  const Matrix2d alone = C.block<2, 2>(at, at);
  log_evidence_ -= 0.5 * std::log(alone.determinant());
  weight.block<2, 2>(at, at) = alone.inverse();
  return weight;
}

/// Offsets and slopes, flat beforehand, are solved for; what they leave is for the bends.
void TakeUpCell::solve_base(const MatrixXd& gram) {
  Matrix8d base_gram;
  Vector8d right;
  std::vector<Eigen::Index> bends;
  for (std::size_t c = 0; c < 4; ++c) {
    first_bend_.at(c) = static_cast<Eigen::Index>(bends.size());
    for (Eigen::Index k = first_.at(c) + 2; k < first_.at(c + 1); ++k) bends.push_back(k);
  }
  std::array<Eigen::Index, 8> base{};
  for (std::size_t j = 0; j < 8; ++j) {
    base.at(j) = first_.at(j / 2) + static_cast<Eigen::Index>(j % 2);
  }
  const Eigen::Index last = first_[4];
  base_gram = gram(base, base);
  right = gram(base, last);
  for (std::size_t leg = 0; leg < 2; ++leg) {
    // A leg that is not fitted has no columns to solve for.
    if (axes_.at(leg).fitted) continue;
    base_gram.block<4, 4>(static_cast<Eigen::Index>(4 * leg), static_cast<Eigen::Index>(4 * leg))
        .setIdentity();
  }
  const Eigen::LLT<Matrix8d> precision(base_gram);
  base_ = precision.solve(right);
  base_root_ = precision.matrixU().solve(Matrix8d::Identity());
  log_evidence_ -= precision.matrixLLT().diagonal().array().log().sum();
  residual_ = std::max(0.0, gram(last, last) - right.dot(base_));
  log_evidence_ -= 0.5 * residual_;
  if (bends.empty()) return;
  const MatrixXd base_bends = gram(base, bends);
  base_from_bends_ = precision.solve(base_bends);
  curvature_ = gram(bends, bends) - base_bends.transpose() * base_from_bends_;
  pull_ = gram(bends, last) - base_bends.transpose() * base_;
}

BendFit TakeUpCell::fit_bends(int right, int left) const {
  BendFit fit;
  const std::array<int, 2> place = {right, left};
  std::array<double, 4> prior_sd{};
  for (std::size_t leg = 0; leg < 2; ++leg) {
    if (place.at(leg) < 0) continue;
    fit.first.at(leg) = fit.n;
    for (std::size_t q = 0; q < (bend_sd_[1] > 0.0 ? 2 : 1); ++q) {
      const auto at = static_cast<std::size_t>(fit.n++);
      fit.columns.at(at) = first_bend_.at(2 * leg + q) + place.at(leg);
      prior_sd.at(at) = bend_sd_[static_cast<Eigen::Index>(q)];
    }
  }
  if (fit.n == 0) return fit;
  BendFit::Matrix precision(fit.n, fit.n);
  BendFit::Vector pull(fit.n);
  for (int i = 0; i < fit.n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    pull[i] = pull_[fit.columns.at(row)];
    for (int j = 0; j < fit.n; ++j) {
      precision(i, j) =
          curvature_(fit.columns.at(row), fit.columns.at(static_cast<std::size_t>(j)));
    }
    precision(i, i) += 1.0 / (prior_sd.at(row) * prior_sd.at(row));
    fit.log_evidence -= std::log(prior_sd.at(row));
  }
  if (fit.n == 1) invert<1>(precision, fit);
  if (fit.n == 2) invert<2>(precision, fit);
  if (fit.n == 4) invert<4>(precision, fit);
  fit.mean = fit.covariance * pull;
  fit.log_evidence += 0.5 * pull.dot(fit.mean);
  return fit;
}

TakeUpCell::Vector8d TakeUpCell::base_given(const BendFit& fit,
                                            const BendFit::Vector& bends) const {
  Vector8d base = base_;
  for (int i = 0; i < fit.n; ++i) {
    base -= base_from_bends_.col(fit.columns.at(static_cast<std::size_t>(i))) * bends[i];
  }
  return base;
}

}  // namespace catena
