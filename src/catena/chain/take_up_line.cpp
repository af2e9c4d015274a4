#include "catena/chain/take_up_line.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace catena {
namespace {

using Eigen::Matrix2d;
using Eigen::Matrix4d;
using Eigen::Vector2d;
using Eigen::Vector4d;

constexpr int kDeviationCells = 16;
constexpr int kRatioCells = 9;        // over plus and minus two SDs
constexpr int kCorrelationCells = 5;  // evenly, ends included

/// The points turned so that their errors are independent: within a ramp along the principal axes
/// of the drift, elsewhere as they are.
struct Rows {
  Eigen::VectorXd one, x, h, m;  // of the regression h, m = offset * one + slope * x
  Eigen::VectorXd departure;     // variance of the departure, in units of its covariance
  Eigen::VectorXd stride;        // of the strides' error, in units of one stride's covariance
};

/// (2, n_parts): takes parts to the contrasts (h, m); without a thorax m is always zero.
Eigen::MatrixXd contrasts_from_parts(bool has_thorax) {
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(2, has_thorax ? 3 : 2);
  a(0, 0) = 1.0;
  if (has_thorax) a.row(1) << 0.0, 0.5, -0.5;
  return a;
}

Eigen::VectorXd parts_from_contrasts(bool has_thorax, double x, const Vector2d& contrasts) {
  const double pelvis = x - contrasts[0];
  if (!has_thorax) return Eigen::Vector2d(contrasts[0], pelvis);
  return Eigen::Vector3d(contrasts[0], 0.5 * pelvis + contrasts[1], 0.5 * pelvis - contrasts[1]);
}

double matern_three_halves(double apart_s, double length_s) {
  const double a = std::sqrt(3.0) * std::abs(apart_s) / length_s;
  return (1.0 + a) * std::exp(-a);
}

/// Turns the rows [first, first + n) of one ramp along the principal axes of its drift.
void turn_ramp(std::span<const TakeUpPoint> ramp, Eigen::Index first, double drift_time_s,
               Rows& rows) {
  const auto n = static_cast<Eigen::Index>(ramp.size());
  Eigen::MatrixXd K(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      const double apart_s =
          ramp[static_cast<std::size_t>(i)].time_s - ramp[static_cast<std::size_t>(j)].time_s;
      K(i, j) = matern_three_halves(apart_s, drift_time_s);
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> axes(K);
  const Eigen::MatrixXd turn = axes.eigenvectors().transpose();
  for (Eigen::VectorXd* v : {&rows.one, &rows.x, &rows.h, &rows.m}) {
    v->segment(first, n) = (turn * v->segment(first, n)).eval();
  }
  rows.departure.segment(first, n) = axes.eigenvalues().cwiseMax(0.0);
  // A ramp's blocks hold equal numbers of strides up to one, so their errors turn with them.
  rows.stride.segment(first, n).setConstant(rows.stride.segment(first, n).mean());
}

Rows make_rows(const TakeUpPoints& points, double drift_time_s) {
  const auto n = static_cast<Eigen::Index>(points.points.size());
  const Eigen::MatrixXd A = contrasts_from_parts(points.has_thorax);
  Rows rows = {.one = Eigen::VectorXd::Ones(n),
               .x = Eigen::VectorXd(n),
               .h = Eigen::VectorXd(n),
               .m = Eigen::VectorXd(n),
               .departure = Eigen::VectorXd::Ones(n),
               .stride = Eigen::VectorXd(n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const TakeUpPoint& point = points.points[static_cast<std::size_t>(i)];
    const Vector2d contrasts = A * point.parts_rad;
    rows.x[i] = point.parts_rad.sum();
    rows.h[i] = contrasts[0];
    rows.m[i] = contrasts[1];
    rows.stride[i] = 1.0 / point.n_strides;
  }
  rows.x.array() -= rows.x.mean();
  rows.h.array() -= rows.h.mean();
  rows.m.array() -= rows.m.mean();

  for (std::size_t i = 0; i < points.points.size();) {
    std::size_t end = i + 1;
    if (points.points[i].in_ramp) {
      while (end < points.points.size() && points.points[end].demand == points.points[i].demand) {
        ++end;
      }
      turn_ramp(std::span(points.points).subspan(i, end - i), static_cast<Eigen::Index>(i),
                drift_time_s, rows);
    }
    i = end;
  }
  return rows;
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

Vector2d ordinary_slope(const Rows& rows) {
  const Eigen::VectorXd x = rows.x - rows.one * (rows.one.dot(rows.x) / rows.one.squaredNorm());
  return Vector2d(x.dot(rows.h), x.dot(rows.m)) / x.squaredNorm();
}

/// Solves the regression with covariance departure_i * departure + stride_i * stride in row i.
/// Fills the cell but its weight.
///
/// returns    log of the marginal likelihood, offsets and slopes flat
double solve_cell(const Rows& rows, const Matrix2d& departure, const Matrix2d& stride,
                  TakeUpCell& cell) {
  Matrix2d one_one = Matrix2d::Zero();
  Matrix2d one_x = Matrix2d::Zero();
  Matrix2d x_x = Matrix2d::Zero();
  Vector4d right = Vector4d::Zero();
  double squares = 0.0;
  double log_likelihood = 0.0;
  for (Eigen::Index i = 0; i < rows.x.size(); ++i) {
    const Matrix2d C = rows.departure[i] * departure + rows.stride[i] * stride;
    const Matrix2d weight = C.inverse();
    const Vector2d y(rows.h[i], rows.m[i]);
    const Vector2d pull = weight * y;
    one_one += rows.one[i] * rows.one[i] * weight;
    one_x += rows.one[i] * rows.x[i] * weight;
    x_x += rows.x[i] * rows.x[i] * weight;
    right.head<2>() += rows.one[i] * pull;
    right.tail<2>() += rows.x[i] * pull;
    squares += y.dot(pull);
    log_likelihood -= 0.5 * std::log(C.determinant());
  }
  Matrix4d A;
  A << one_one, one_x, one_x, x_x;
  const Matrix4d inverse = A.inverse();
  const Vector4d solution = inverse * right;
  cell.offset_rad = solution.head<2>();
  cell.slope = solution.tail<2>();
  cell.covariance = inverse.bottomRightCorner<2, 2>();
  log_likelihood -= 0.5 * std::log(A.determinant());
  return log_likelihood - 0.5 * (squares - solution.dot(right));
}

/// One covariance of the departures and the log of its prior probability.
struct DeparturePrior {
  double sd_rad = 0.0;
  Matrix2d covariance = Matrix2d::Zero();
  double log_probability = 0.0;
};

std::vector<DeparturePrior> departure_grid(const TakeUpPrior& prior) {
  std::vector<DeparturePrior> grid;
  grid.push_back({.log_probability = std::log(prior.on_line_probability)});

  // Middles of equal steps on the log scale.
  const double low = std::log(prior.deviation_min_rad);
  const double step = (std::log(prior.deviation_max_rad) - low) / kDeviationCells;
  std::array<double, kRatioCells> ratio{};
  std::array<double, kRatioCells> ratio_weight{};
  for (std::size_t k = 0; k < kRatioCells; ++k) {
    const double z = 4.0 * static_cast<double>(k) / (kRatioCells - 1) - 2.0;
    ratio.at(k) = std::exp(0.5 * z * prior.contrast_log_ratio_sd);
    ratio_weight.at(k) = std::exp(-0.5 * z * z);
  }
  const double total = std::accumulate(ratio_weight.begin(), ratio_weight.end(), 0.0) *
                       kDeviationCells * kCorrelationCells;
  for (int i = 0; i < kDeviationCells; ++i) {
    const double sd = std::exp(low + (i + 0.5) * step);
    for (std::size_t j = 0; j < kRatioCells; ++j) {
      const double first = sd * ratio.at(j);
      // At ratio one hip, low back and lean depart alike: m then has sqrt(3/4) of their SD.
      const double second = std::sqrt(0.75) * sd / ratio.at(j);
      for (int k = 0; k < kCorrelationCells; ++k) {
        const double correlation =
            prior.contrast_correlation_max * (2.0 * k / (kCorrelationCells - 1) - 1.0);
        DeparturePrior cell = {.sd_rad = sd};
        cell.covariance << first * first, correlation * first * second,
            correlation * first * second, second * second;
        cell.log_probability =
            std::log((1.0 - prior.on_line_probability) * ratio_weight.at(j) / total);
        grid.push_back(cell);
      }
    }
  }
  return grid;
}

/// Sets how far the strides' own error flattens the line: measured scatter only, so that strides
/// without scatter are taken at their word.
void set_attenuation(const TakeUpPoints& points, TakeUpLine& line) {
  const Eigen::MatrixXd& W = points.stride_covariance;
  const double thigh_variance = W.sum();
  if (!(thigh_variance > 0.0)) return;
  double inverse_strides = 0.0;
  double scatter = 0.0;
  for (const TakeUpPoint& point : points.points) {
    inverse_strides += 1.0 / point.n_strides;
    const double x = point.parts_rad.sum() - line.mean_thigh_rad;
    scatter += x * x;
  }
  const auto n = static_cast<double>(points.points.size());
  const double of_error = (n - 1.0) * thigh_variance * inverse_strides / n;
  // A floor keeps the correction finite; shares are not given anywhere near it.
  line.reliability = std::max(1.0 - of_error / scatter, 0.5);
  line.error_slope = contrasts_from_parts(points.has_thorax) * W.rowwise().sum() / thigh_variance;
}

Vector2d corrected(const TakeUpLine& line, const Vector2d& slope) {
  return (slope - (1.0 - line.reliability) * line.error_slope) / line.reliability;
}

}  // namespace

TakeUpLine fit_take_up_line(const TakeUpPoints& points, const TakeUpPrior& prior) {
  TakeUpLine line;
  line.has_thorax = points.has_thorax;
  const auto n = static_cast<double>(points.points.size());
  for (const TakeUpPoint& point : points.points) {
    line.mean_thigh_rad += point.parts_rad.sum() / n;
    line.mean_contrasts_rad += contrasts_from_parts(points.has_thorax) * point.parts_rad / n;
  }
  const auto [least, most] = std::ranges::minmax(
      points.points, {}, [](const TakeUpPoint& point) { return point.parts_rad.sum(); });
  line.thigh_spread_rad = most.parts_rad.sum() - least.parts_rad.sum();
  set_attenuation(points, line);

  // Where there is no ramp, one pass stands for all drifts.
  const bool has_ramp = std::ranges::any_of(points.points, &TakeUpPoint::in_ramp);
  const std::size_t n_drifts = has_ramp ? prior.drift_times_s.size() : 1;
  std::vector<double> log_weight;
  std::vector<Rows> rows;
  for (std::size_t k = 0; k < n_drifts; ++k) {
    rows.push_back(make_rows(points, prior.drift_times_s.at(k)));
  }
  const Matrix2d stride = contrast_covariance(stride_covariance(points, prior), points.has_thorax,
                                              ordinary_slope(rows[0]));
  for (DeparturePrior& departure : departure_grid(prior)) {
    Matrix2d& D = departure.covariance;
    if (!points.has_thorax) D(0, 1) = D(1, 0) = D(1, 1) = 0.0;
    for (const Rows& of_drift : rows) {
      TakeUpCell cell = {.deviation_rad = departure.sd_rad};
      log_weight.push_back(departure.log_probability + solve_cell(of_drift, D, stride, cell));
      line.cells.push_back(cell);
    }
  }

  const double largest = *std::ranges::max_element(log_weight);
  double total = 0.0;
  for (double& w : log_weight) total += (w = std::exp(w - largest));
  for (std::size_t k = 0; k < line.cells.size(); ++k) line.cells[k].weight = log_weight[k] / total;
  return line;
}

Eigen::VectorXd mean_shares(const TakeUpLine& line) {
  Vector2d slope = Vector2d::Zero();
  for (const TakeUpCell& cell : line.cells) slope += cell.weight * cell.slope;
  return parts_from_contrasts(line.has_thorax, 1.0, corrected(line, slope));
}

Eigen::VectorXd center_of_line_rad(const TakeUpLine& line) {
  Vector2d contrasts = line.mean_contrasts_rad;
  for (const TakeUpCell& cell : line.cells) contrasts += cell.weight * cell.offset_rad;
  return parts_from_contrasts(line.has_thorax, line.mean_thigh_rad, contrasts);
}

Eigen::MatrixXd draw_shares(const TakeUpLine& line, const TakeUpPrior& prior, int n_draws,
                            RandomStream stream) {
  Eigen::MatrixXd draws(n_draws, line.has_thorax ? 3 : 2);
  std::size_t k = 0;
  double below = line.cells.empty() ? 1.0 : line.cells[0].weight;
  for (int i = 0; i < n_draws; ++i) {
    // Cells in proportion to their weight, without chance.
    const double place = (i + 0.5) / n_draws;
    while (below < place && k + 1 < line.cells.size()) below += line.cells[++k].weight;
    const TakeUpCell& cell = line.cells[k];
    const Matrix2d root = cell.covariance.llt().matrixL();
    const double first = stream.normal();
    const double second = stream.normal();
    const Vector2d slope = corrected(line, cell.slope + root * Vector2d(first, second));

    // What is seen of the pelvis is (pelvis + artefact of pelvis) / (1 + artefact of thigh).
    const double thigh = prior.artefact_thigh_rad / line.thigh_spread_rad * stream.normal();
    const double pelvis_artefact =
        prior.artefact_pelvis_rad / line.thigh_spread_rad * stream.normal();
    const double thorax_artefact =
        prior.artefact_thorax_rad / line.thigh_spread_rad * stream.normal();
    const double pelvis = (1.0 - slope[0]) * (1.0 + thigh) - pelvis_artefact;
    const double lean = (0.5 * (1.0 - slope[0]) - slope[1]) * (1.0 + thigh) - thorax_artefact;
    if (line.has_thorax) {
      draws.row(i) << 1.0 - pelvis, pelvis - lean, lean;
    } else {
      draws.row(i) << 1.0 - pelvis, pelvis;
    }
  }
  // In no order, so that any part of the draws stands for all.
  for (int i = n_draws - 1; i > 0; --i) draws.row(i).swap(draws.row(stream.index(i + 1)));
  return draws;
}

double deviation_quantile_rad(const TakeUpLine& line, double p) {
  // The grid runs from the smallest SD to the largest.
  double below = 0.0;
  for (const TakeUpCell& cell : line.cells) {
    below += cell.weight;
    if (below >= p) return cell.deviation_rad;
  }
  return line.cells.empty() ? std::numeric_limits<double>::quiet_NaN()
                            : line.cells.back().deviation_rad;
}

double typical_share_error(const TakeUpPoints& points, const TakeUpPrior& prior) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  if (points.points.size() < 2) return kNever;
  const Rows rows = make_rows(points, prior.drift_times_s[prior.drift_times_s.size() / 2]);
  const double departure = prior.typical_deviation_rad * prior.typical_deviation_rad;
  const double stride = stride_covariance(points, prior).sum();
  const Eigen::VectorXd weight = (departure * rows.departure + stride * rows.stride).cwiseInverse();
  const double one_one = (weight.array() * rows.one.array().square()).sum();
  const double one_x = (weight.array() * rows.one.array() * rows.x.array()).sum();
  const double x_x = (weight.array() * rows.x.array().square()).sum();
  const double information = x_x - one_x * one_x / one_one;
  return information > 1e-9 * x_x && information > 0.0 ? 1.0 / std::sqrt(information) : kNever;
}

}  // namespace catena
