#include "catena/chain/take_up_posterior.h"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <cmath>

#include "catena/chain/take_up_draws.h"

namespace catena {
namespace {

constexpr double kDeg = kRadPerDeg;

/// Demands with one mean each, without scatter of strides.
TakeUpPoints points_at(const Eigen::MatrixXd& means_deg, int n_strides = 10) {
  TakeUpPoints data;
  data.has_thorax = means_deg.cols() == 3;
  data.stride_covariance = Eigen::MatrixXd::Zero(means_deg.cols(), means_deg.cols());
  data.degrees_of_freedom = 30.0;
  for (Eigen::Index i = 0; i < means_deg.rows(); ++i) {
    TakeUpPoint point;
    point.label = point.demand = std::to_string(i);
    point.n_strides = n_strides;
    point.parts_rad = kDeg * means_deg.row(i).transpose();
    data.points.push_back(point);
  }
  return data;
}

Eigen::MatrixXd bent_demands_deg() {
  Eigen::MatrixXd means(4, 3);
  means << 25.0, -9.0, 10.0, 30.0, -5.0, 9.0, 32.0, -2.0, 7.0, 34.0, -3.0, 14.0;
  return means;
}

/// Ordinary slope of each part on thigh extension.
Eigen::VectorXd ordinary_shares(const Eigen::MatrixXd& means) {
  const Eigen::MatrixXd centred = means.rowwise() - means.colwise().mean();
  const Eigen::VectorXd x = centred.rowwise().sum();
  return centred.transpose() * x / x.squaredNorm();
}

/// Straight lines through the right leg's points alone.
TakeUpPosterior line_of(const TakeUpPoints& right, const TakeUpPrior& prior = {}) {
  return take_up_posterior({right, TakeUpPoints{}}, {true, false}, false, prior);
}

Eigen::VectorXd mean_shares(const TakeUpPosterior& posterior) {
  return shares_of_slope(posterior.has_thorax,
                         corrected_slope(posterior.axes[0], posterior.legs[0].chord));
}

Eigen::MatrixXd draw_shares(const TakeUpPosterior& posterior, int n, std::uint64_t seed) {
  return shares_of_draws(draw_take_up(posterior, n, RandomStream(seed))[0]);
}

/// A hip that gives `before` of each degree up to 24 deg and `beyond` after it; the low back takes
/// what it leaves.
TakeUpPoints hip_that_bends(double before, double beyond) {
  Eigen::MatrixXd means(7, 3);
  for (Eigen::Index i = 0; i < 7; ++i) {
    const double x = 3.0 * static_cast<double>(i);
    const double hip = before * std::min(x, 9.0) + beyond * std::max(0.0, x - 9.0);
    means.row(i) << 5.0 + hip, x - hip - 0.1 * x, 10.0 + 0.1 * x;
  }
  return points_at(means, 20);
}

TEST(TakeUpPosterior, EqualDemandsWithoutStrideErrorGiveTheOrdinarySlope) {
  // All responses share one regressor, so every covariance gives the ordinary slope.
  const TakeUpPosterior line = line_of(points_at(bent_demands_deg()));
  EXPECT_LT((mean_shares(line) - ordinary_shares(bent_demands_deg())).norm(), 1e-10);
  double total = 0.0;
  for (const DepartureCell& cell : line.cells) total += cell.weight;
  EXPECT_NEAR(total, 1.0, 1e-12);
  EXPECT_DOUBLE_EQ(line.legs[0].line, 1.0);
}

TEST(TakeUpPosterior, StrideErrorInTheThighIsCorrectedByItsClosedForm) {
  TakeUpPoints data = points_at(bent_demands_deg());
  // Scatter of the hip alone: it flattens the others' slopes and steepens the hip's.
  data.stride_covariance(0, 0) = 4.0 * kDeg * kDeg;
  const Eigen::VectorXd x = kDeg * bent_demands_deg().rowwise().sum();
  const double sxx = (x.array() - x.mean()).square().sum();
  const double reliability = 1.0 - 3.0 * (4.0 * kDeg * kDeg / 10.0) / sxx;
  const Eigen::Vector3d ordinary = ordinary_shares(bent_demands_deg());
  const Eigen::Vector3d expected =
      (ordinary - (1.0 - reliability) * Eigen::Vector3d(1.0, 0.0, 0.0)) / reliability;
  const Eigen::VectorXd shares = mean_shares(line_of(data));
  EXPECT_LT((shares - expected).norm(), 1e-10);
  EXPECT_NEAR(shares.sum(), 1.0, 1e-12);
}

TEST(TakeUpPosterior, IsTheDenseGaussianModelCellByCell) {
  // The same model written out: all angles of both legs jointly normal, offsets and slopes with a
  // prior so wide that it is flat, bends integrated by enumeration.
  Eigen::MatrixXd right(4, 2), left(3, 2);
  right << 12.0, 8.0, 14.5, 10.0, 17.5, 11.0, 19.0, 13.5;
  left << 10.0, 9.0, 13.5, 9.8, 15.0, 13.1;  // one demand was not seen
  const std::array<TakeUpPoints, 2> points = {points_at(right, 8), points_at(left, 11)};
  TakeUpPrior prior;
  prior.drift_times_s = {2.0, 2.0, 2.0};
  const TakeUpPosterior posterior = take_up_posterior(points, {true, true}, true, prior);

  const std::array<Eigen::VectorXd, 2> x = {kDeg * right.rowwise().sum(),
                                            kDeg * left.rowwise().sum()};
  Eigen::VectorXd y(7);
  y << kDeg * right.col(0), kDeg * left.col(0);
  const auto log_density = [&](const DepartureCell& cell, int bend_right, int bend_left) {
    Eigen::MatrixXd design = Eigen::MatrixXd::Zero(7, 6);
    Eigen::MatrixXd C = Eigen::MatrixXd::Zero(7, 7);
    for (Eigen::Index a = 0; a < 2; ++a) {
      const LegAxis& axis = posterior.axes.at(static_cast<std::size_t>(a));
      const Eigen::VectorXd& of_leg = x.at(static_cast<std::size_t>(a));
      const int bend = a == 0 ? bend_right : bend_left;
      const double stride = axis.stride_covariance(0, 0) / (a == 0 ? 8.0 : 11.0);
      for (Eigen::Index i = 0; i < of_leg.size(); ++i) {
        const Eigen::Index row = 4 * a + i;
        design(row, 2 * a) = 1.0;
        design(row, 2 * a + 1) = of_leg[i] - of_leg.mean();
        if (bend >= 0) {
          design(row, 4 + a) = std::max(0.0, of_leg[i] - of_leg.mean() - axis.bend_rad[bend]);
        }
        C(row, row) = cell.covariance(0, 0) + stride;
      }
    }
    for (Eigen::Index i = 0; i < 3; ++i) {
      C(i, 4 + i) = C(4 + i, i) = cell.legs_correlation * cell.covariance(0, 0);
    }
    Eigen::VectorXd variance(6);
    variance << 1e4, 1e4, 1e4, 1e4, std::pow(prior.hip_bend_sd, 2), std::pow(prior.hip_bend_sd, 2);
    const Eigen::MatrixXd V = C + design * variance.asDiagonal() * design.transpose();
    const Eigen::LLT<Eigen::MatrixXd> root(V);
    return -root.matrixLLT().diagonal().array().log().sum() - 0.5 * y.dot(root.solve(y));
  };
  const double p = prior.bend_probability;
  const auto n_bends = static_cast<int>(posterior.axes[0].bend_rad.size());
  double all = 0.0, straight_right = 0.0, on_line = 0.0;
  const double reference = log_density(posterior.cells.front(), -1, -1);
  for (const DepartureCell& cell : posterior.cells) {
    for (int i = -1; i < n_bends; ++i) {
      for (int j = -1; j < n_bends; ++j) {
        const double w = std::exp(cell.log_prior + log_density(cell, i, j) - reference) *
                         (i < 0 ? 1.0 - p : p / n_bends) * (j < 0 ? 1.0 - p : p / n_bends);
        all += w;
        if (i < 0) straight_right += w;
        if (cell.sd_rad == 0.0) on_line += w;
      }
    }
  }
  EXPECT_NEAR(posterior.legs[0].line, straight_right / all, 1e-4);
  EXPECT_NEAR(posterior.cells.front().weight, on_line / all, 1e-4);
}

TEST(TakeUpPosterior, FindsABendTowardsAStopAndWhere) {
  const TakeUpPosterior posterior =
      take_up_posterior({hip_that_bends(0.6, 0.0), TakeUpPoints{}}, {true, false}, true, {});
  EXPECT_GT(posterior.legs[0].towards_stop, 0.95);
  // From the least thigh angle to the farthest the hip goes 5.4 of 18 deg.
  EXPECT_NEAR(mean_shares(posterior)[0], 0.3, 0.01);
}

TEST(TakeUpPosterior, FindsABendTheOtherWay) {
  const TakeUpPosterior posterior =
      take_up_posterior({hip_that_bends(0.1, 0.7), TakeUpPoints{}}, {true, false}, true, {});
  EXPECT_GT(posterior.legs[0].other_way, 0.95);
}

TEST(TakeUpPosterior, ProbabilitiesSumToOneAndAStraightHipIsNotSaidToStop) {
  const TakeUpPoints straight = hip_that_bends(0.5, 0.5);
  const TakeUpPosterior posterior = take_up_posterior({straight, straight}, {true, true}, true, {});
  for (const LegPosterior& leg : posterior.legs) {
    EXPECT_NEAR(leg.line + leg.towards_stop + leg.other_way, 1.0, 1e-12);
    EXPECT_LT(leg.towards_stop, 0.2);
    EXPECT_NEAR(leg.towards_stop, leg.other_way, 1e-6);
  }
}

TEST(TakeUpPosterior, AMuchTighterContrastIsKnownBetter) {
  Eigen::MatrixXd means(5, 3);
  means << 20.0, 0.0, 5.0, 22.0, 4.0, 2.0, 24.0, -2.0, 10.0, 26.0, 6.0, 4.0, 28.0, 1.0, 11.0;
  TakeUpPrior prior;
  prior.artefact_thigh_rad = prior.artefact_pelvis_rad = prior.artefact_thorax_rad = 0.0;
  const Eigen::MatrixXd draws = draw_shares(line_of(points_at(means), prior), 4000, 1);
  const Eigen::RowVectorXd mean = draws.colwise().mean();
  const Eigen::RowVectorXd variance = (draws.rowwise() - mean).array().square().colwise().mean();
  EXPECT_LT(9.0 * variance[0], variance[1]);
}

TEST(TakeUpPosterior, EveryDrawSumsToOne) {
  for (const int width : {2, 3}) {
    const Eigen::MatrixXd draws =
        draw_shares(line_of(points_at(bent_demands_deg().leftCols(width))), 2000, 3);
    ASSERT_EQ(draws.cols(), width);
    EXPECT_LT((draws.rowwise().sum().array() - 1.0).abs().maxCoeff(), 1e-13);
  }
}

TEST(TakeUpPosterior, DrawsCentreOnTheMeanSharesWithBendsToo) {
  const TakeUpPoints bent = hip_that_bends(0.6, 0.2);
  const TakeUpPosterior posterior = take_up_posterior({bent, bent}, {true, true}, true, {});
  const Eigen::MatrixXd draws = draw_shares(posterior, 40000, 5);
  const Eigen::VectorXd mean = draws.colwise().mean();
  EXPECT_LT((mean - mean_shares(posterior)).cwiseAbs().maxCoeff(), 0.01);
}

TEST(TakeUpPosterior, SkinArtefactAloneSetsTheSpreadWhenDemandsLieOnALine) {
  TakeUpPrior prior;
  prior.on_line_probability = 1.0 - 1e-12;
  Eigen::MatrixXd means(3, 2);
  means << 10.0, 0.0, 16.0, 4.0, 22.0, 8.0;
  const Eigen::MatrixXd draws = draw_shares(line_of(points_at(means, 100000000), prior), 40000, 7);
  const double pelvis = 0.4;
  const double spread = 20.0 * kDeg;
  const double expected = std::sqrt(std::pow(prior.artefact_thigh_rad / spread * pelvis, 2) +
                                    std::pow(prior.artefact_pelvis_rad / spread, 2));
  const double sd = std::sqrt((draws.col(1).array() - pelvis).square().mean());
  EXPECT_NEAR(sd / expected, 1.0, 0.02);
}

TEST(TypicalShareError, IsTheDeparturesSdOverTheSpread) {
  TakeUpPrior prior;
  const double sxx = 72.0;  // -6, 0, 6 deg
  Eigen::MatrixXd means(3, 2);
  means << 10.0, 0.0, 14.0, 2.0, 18.0, 4.0;
  EXPECT_NEAR(typical_share_error(points_at(means, 100000000), prior), 0.8 / std::sqrt(sxx), 1e-6);
}

TEST(TypicalShareError, IsInfiniteWithoutSpread) {
  EXPECT_TRUE(std::isinf(typical_share_error(points_at(Eigen::MatrixXd::Constant(3, 3, 5.0)), {})));
  EXPECT_TRUE(std::isinf(typical_share_error(points_at(Eigen::MatrixXd::Constant(1, 3, 5.0)), {})));
}

}  // namespace
}  // namespace catena
