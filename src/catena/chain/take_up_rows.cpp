#include "catena/chain/take_up_rows.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace catena {
namespace {

using Eigen::Matrix2d;
using Eigen::Vector2d;
using Eigen::VectorXd;

double matern_three_halves(double apart_s, double length_s) {
  const double a = std::sqrt(3.0) * std::abs(apart_s) / length_s;
  return (1.0 + a) * std::exp(-a);
}

/// Covariance of one stride's parts: as measured, drawn towards the prior when strides are few.
Eigen::MatrixXd stride_covariance(const TakeUpPoints& points, const TakeUpPrior& prior) {
  const Eigen::Index width = points.stride_covariance.rows();
  const double weight = prior.stride_sd_weight;
  const Eigen::MatrixXd assumed =
      prior.stride_sd_rad * prior.stride_sd_rad * Eigen::MatrixXd::Identity(width, width);
  return (weight * assumed + points.degrees_of_freedom * points.stride_covariance) /
         (weight + points.degrees_of_freedom);
}

/// Covariance of (h, m) of one stride about a line of the given slope. Without a thorax m is no
/// measurement: unit variance there drops out of every comparison.
Matrix2d contrast_covariance(const Eigen::MatrixXd& parts_covariance, bool has_thorax,
                             const Vector2d& slope) {
  Eigen::MatrixXd A = contrasts_from_parts(has_thorax);
  A -= slope * Eigen::RowVectorXd::Ones(A.cols());
  Matrix2d C = A * parts_covariance * A.transpose();
  if (!has_thorax) C(0, 1) = C(1, 0) = 0.0;
  if (!has_thorax) C(1, 1) = 1.0;
  return C;
}

/// How far the strides' own error flattens the line: measured scatter only, so that strides without
/// scatter are taken at their word.
void set_attenuation(const TakeUpPoints& points, double scatter, LegAxis& axis) {
  const Eigen::MatrixXd& W = points.stride_covariance;
  const double thigh_variance = W.sum();
  if (!(thigh_variance > 0.0)) return;
  double inverse_strides = 0.0;
  for (const TakeUpPoint& point : points.points) inverse_strides += 1.0 / point.n_strides;
  const auto n = static_cast<double>(points.points.size());
  const double of_error = (n - 1.0) * thigh_variance * inverse_strides / n;
  // A floor keeps the correction finite; shares are not given anywhere near it.
  axis.reliability = std::max(1.0 - of_error / scatter, 0.5);
  axis.error_slope = contrasts_from_parts(points.has_thorax) * W.rowwise().sum() / thigh_variance;
}

LegAxis leg_axis(const TakeUpPoints& points, int n_bends, const TakeUpPrior& prior) {
  LegAxis axis;
  axis.fitted = true;
  const Eigen::MatrixXd A = contrasts_from_parts(points.has_thorax);
  const auto n = static_cast<double>(points.points.size());
  for (const TakeUpPoint& point : points.points) {
    axis.mean_thigh_rad += point.parts_rad.sum() / n;
    axis.mean_contrasts_rad += A * point.parts_rad / n;
  }
  axis.low_rad = std::numeric_limits<double>::infinity();
  axis.high_rad = -axis.low_rad;
  double scatter = 0.0;
  Vector2d slope = Vector2d::Zero();
  for (const TakeUpPoint& point : points.points) {
    const double x = point.parts_rad.sum() - axis.mean_thigh_rad;
    axis.low_rad = std::min(axis.low_rad, x);
    axis.high_rad = std::max(axis.high_rad, x);
    scatter += x * x;
    slope += x * (A * point.parts_rad - axis.mean_contrasts_rad);
  }
  slope /= scatter;
  axis.stride_covariance =
      contrast_covariance(stride_covariance(points, prior), points.has_thorax, slope);
  set_attenuation(points, scatter, axis);

  // Middles of equal steps over the range.
  const double step = (axis.high_rad - axis.low_rad) / std::max(1, n_bends);
  axis.bend_rad.resize(n_bends);
  for (int k = 0; k < n_bends; ++k) axis.bend_rad[k] = axis.low_rad + (k + 0.5) * step;
  return axis;
}

/// Which point of each leg stands in a row; -1: none.
struct RowPlace {
  std::array<int, 2> point = {-1, -1};
  bool in_ramp = false;
  std::string demand;
};

/// Rows by demand and block, in the order in which the right leg has them, then the left.
std::vector<RowPlace> pair_points(const std::array<TakeUpPoints, 2>& points,
                                  const std::array<LegAxis, 2>& axes) {
  std::vector<RowPlace> rows;
  std::map<std::pair<std::string, int>, std::size_t> places;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    if (!axes.at(leg).fitted) continue;
    const std::vector<TakeUpPoint>& of_leg = points.at(leg).points;
    for (std::size_t i = 0; i < of_leg.size(); ++i) {
      const auto [place, added] =
          places.emplace(std::pair(of_leg[i].demand, of_leg[i].block), rows.size());
      if (added) rows.push_back({{-1, -1}, of_leg[i].in_ramp, of_leg[i].demand});
      rows[place->second].point.at(leg) = static_cast<int>(i);
    }
  }
  return rows;
}

void fill_row(const TakeUpPoint& point, bool has_thorax, const LegAxis& axis, Eigen::Index i,
              LegRows& rows) {
  const Vector2d contrasts =
      contrasts_from_parts(has_thorax) * point.parts_rad - axis.mean_contrasts_rad;
  rows.seen[i] = true;
  rows.one[i] = 1.0;
  rows.x[i] = point.parts_rad.sum() - axis.mean_thigh_rad;
  rows.h[i] = contrasts[0];
  rows.m[i] = contrasts[1];
  rows.stride[i] = 1.0 / point.n_strides;
  rows.bend.row(i) = (rows.x[i] - axis.bend_rad.array()).max(0.0).transpose();
}

/// Turns the rows [first, first + n) of one ramp along the principal axes of its drift.
void turn_ramp(const VectorXd& time_s, Eigen::Index first, double drift_time_s, TakeUpRows& rows) {
  const Eigen::Index n = time_s.size();
  Eigen::MatrixXd K(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      K(i, j) = matern_three_halves(time_s[i] - time_s[j], drift_time_s);
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> axes(K);
  const Eigen::MatrixXd turn = axes.eigenvectors().transpose();
  for (LegRows& leg : rows.legs) {
    for (VectorXd* v : {&leg.one, &leg.x, &leg.h, &leg.m}) {
      v->segment(first, n) = (turn * v->segment(first, n)).eval();
    }
    leg.bend.middleRows(first, n) = (turn * leg.bend.middleRows(first, n)).eval();
    // A ramp's blocks hold equal numbers of strides up to one, so their errors turn with them.
    leg.stride.segment(first, n).setConstant(leg.stride.segment(first, n).mean());
  }
  rows.departure.segment(first, n) = axes.eigenvalues().cwiseMax(0.0);
}

}  // namespace

Eigen::MatrixXd contrasts_from_parts(bool has_thorax) {
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(2, has_thorax ? 3 : 2);
  a(0, 0) = 1.0;
  if (has_thorax) a.row(1) << 0.0, 0.5, -0.5;
  return a;
}

VectorXd parts_from_contrasts(bool has_thorax, double x, const Vector2d& contrasts) {
  const double pelvis = x - contrasts[0];
  if (!has_thorax) return Vector2d(contrasts[0], pelvis);
  return Eigen::Vector3d(contrasts[0], 0.5 * pelvis + contrasts[1], 0.5 * pelvis - contrasts[1]);
}

std::array<LegAxis, 2> leg_axes(const std::array<TakeUpPoints, 2>& points,
                                const std::array<bool, 2>& fitted, int n_bends,
                                const TakeUpPrior& prior) {
  std::array<LegAxis, 2> axes;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    if (fitted.at(leg)) axes.at(leg) = leg_axis(points.at(leg), n_bends, prior);
  }
  return axes;
}

TakeUpRows take_up_rows(const std::array<TakeUpPoints, 2>& points,
                        const std::array<LegAxis, 2>& axes, double drift_time_s) {
  const std::vector<RowPlace> places = pair_points(points, axes);
  const auto n = static_cast<Eigen::Index>(places.size());
  TakeUpRows rows;
  rows.departure = VectorXd::Ones(n);
  VectorXd time_s = VectorXd::Zero(n);
  for (std::size_t leg = 0; leg < 2; ++leg) {
    LegRows& of_leg = rows.legs.at(leg);
    of_leg.one = of_leg.x = of_leg.h = of_leg.m = of_leg.stride = VectorXd::Zero(n);
    of_leg.bend = Eigen::MatrixXd::Zero(n, axes.at(leg).bend_rad.size());
    of_leg.seen = Eigen::VectorX<bool>::Constant(n, false);
    for (Eigen::Index i = 0; i < n; ++i) {
      const int k = places[static_cast<std::size_t>(i)].point.at(leg);
      if (k < 0) continue;
      const TakeUpPoint& point = points.at(leg).points[static_cast<std::size_t>(k)];
      fill_row(point, points.at(leg).has_thorax, axes.at(leg), i, of_leg);
      time_s[i] = point.time_s;  // the other leg's is half a stride away
    }
  }

  for (std::size_t i = 0; i < places.size();) {
    std::size_t end = i + 1;
    if (places[i].in_ramp) {
      while (end < places.size() && places[end].demand == places[i].demand) ++end;
      const auto first = static_cast<Eigen::Index>(i);
      turn_ramp(time_s.segment(first, static_cast<Eigen::Index>(end - i)), first, drift_time_s,
                rows);
    }
    i = end;
  }
  return rows;
}

double typical_share_error(const TakeUpPoints& points, const TakeUpPrior& prior) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  if (points.points.size() < 2) return kNever;
  const std::array<TakeUpPoints, 2> alone = {points, TakeUpPoints{}};
  const std::array<LegAxis, 2> axes = leg_axes(alone, {true, false}, 0, prior);
  if (!(axes[0].high_rad > axes[0].low_rad)) return kNever;
  const TakeUpRows rows =
      take_up_rows(alone, axes, prior.drift_times_s[prior.drift_times_s.size() / 2]);
  const LegRows& leg = rows.legs[0];
  const double departure = prior.typical_deviation_rad * prior.typical_deviation_rad;
  const double stride = stride_covariance(points, prior).sum();
  const VectorXd weight = (departure * rows.departure + stride * leg.stride).cwiseInverse();
  const double one_one = (weight.array() * leg.one.array().square()).sum();
  const double one_x = (weight.array() * leg.one.array() * leg.x.array()).sum();
  const double x_x = (weight.array() * leg.x.array().square()).sum();
  const double information = x_x - one_x * one_x / one_one;
  return information > 1e-9 * x_x && information > 0.0 ? 1.0 / std::sqrt(information) : kNever;
}

}  // namespace catena
