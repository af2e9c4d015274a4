// The curves of both legs given one covariance of the departures and the places of their bends: all
// that is unknown is then Gaussian, in closed form.
#pragma once

#include <Eigen/Core>
#include <array>

#include "catena/chain/take_up_rows.h"

namespace catena {

/// One covariance of the departures.
struct DepartureCell {
  double sd_rad = 0.0;  // geometric mean of the SDs of the two contrasts; zero: on the line
  Eigen::Matrix2d covariance = Eigen::Matrix2d::Zero();  // of (h, m) of one leg
  double legs_correlation = 0.0;                         // of right and left
  std::size_t drift = 0;                                 // index into the prior's drift times
  double log_prior = 0.0;
  double weight = 0.0;  // posterior probability
};

/// What bends at a pair of places leave to know.
struct BendFit {
  // Two contrasts of two legs bend at most.
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, 4, 4>;
  using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 4, 1>;

  double log_evidence = 0.0;  // against straight lines
  int n = 0;                  // bends
  std::array<Eigen::Index, 4> columns{};
  std::array<int, 2> first = {-1, -1};  // of each leg's bends: the hip's, then m's
  Vector mean;
  Matrix covariance;
};

/// Everything that one covariance of the departures leaves to know.
class TakeUpCell {
 public:
  using Matrix8d = Eigen::Matrix<double, 8, 8>;
  using Vector8d = Eigen::Matrix<double, 8, 1>;

  /// bend_sd   prior SD of the bends of h and m; zero for m: it does not bend
  TakeUpCell(const TakeUpRows& rows, const std::array<LegAxis, 2>& axes, const DepartureCell& cell,
             const Eigen::Vector2d& bend_sd);

  /// Log of the marginal likelihood of straight lines.
  [[nodiscard]] double log_evidence() const { return log_evidence_; }

  /// No bends can have a larger one: with it they would explain all that lines leave.
  [[nodiscard]] double most_evidence() const { return log_evidence_ + 0.5 * residual_; }

  [[nodiscard]] int n_bends(std::size_t leg) const {
    return static_cast<int>(axes_.at(leg).bend_rad.size());
  }

  /// Bends at these places right and left; -1: none.
  [[nodiscard]] BendFit fit_bends(int right, int left) const;

  /// Offsets and slopes (h, then m; right, then left) when the bends are these.
  [[nodiscard]] Vector8d base_given(const BendFit& fit, const BendFit::Vector& bends) const;

  /// A root of the covariance of offsets and slopes when the bends are known.
  [[nodiscard]] const Matrix8d& base_root() const { return base_root_; }

 private:
  Eigen::MatrixXd weigh_rows(const DepartureCell& cell);
  Eigen::Matrix4d weight_of_row(const DepartureCell& cell, Eigen::Index i);
  void solve_base(const Eigen::MatrixXd& gram);

  const TakeUpRows& rows_;
  const std::array<LegAxis, 2>& axes_;
  Eigen::Vector2d bend_sd_;
  double log_evidence_ = 0.0;
  double residual_ = 0.0;                // of straight lines, squared, in units of its variance
  std::array<Eigen::Index, 5> first_{};  // columns of each component in the Gram matrix
  std::array<Eigen::Index, 4> first_bend_{};  // among the bends' columns
  Vector8d base_ = Vector8d::Zero();
  Matrix8d base_root_ = Matrix8d::Zero();
  Eigen::MatrixXd base_from_bends_;  // (8, n) what offsets and slopes give way per unit of a bend
  Eigen::MatrixXd curvature_;        // (n, n) information on the bends, offsets and slopes free
  Eigen::VectorXd pull_;             // (n)
};

}  // namespace catena
