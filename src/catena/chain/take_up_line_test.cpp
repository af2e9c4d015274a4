#include "catena/chain/take_up_line.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>

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
    point.label = std::to_string(i);
    point.demand = static_cast<int>(i);
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

TEST(TakeUpLine, EqualDemandsWithoutStrideErrorGiveTheOrdinarySlope) {
  // All responses share one regressor, so every covariance gives the ordinary slope.
  const TakeUpLine line = fit_take_up_line(points_at(bent_demands_deg()), TakeUpPrior{});
  const Eigen::VectorXd expected = ordinary_shares(bent_demands_deg());
  EXPECT_LT((mean_shares(line) - expected).norm(), 1e-10);
  for (const TakeUpCell& cell : line.cells) EXPECT_NEAR(cell.slope[0], expected[0], 1e-9);
  double total = 0.0;
  for (const TakeUpCell& cell : line.cells) total += cell.weight;
  EXPECT_NEAR(total, 1.0, 1e-12);
}

TEST(TakeUpLine, StrideErrorInTheThighIsCorrectedByItsClosedForm) {
  TakeUpPoints data = points_at(bent_demands_deg());
  // Scatter of the hip alone: it flattens the others' slopes and steepens the hip's.
  data.stride_covariance(0, 0) = 4.0 * kDeg * kDeg;
  const Eigen::VectorXd x = kDeg * bent_demands_deg().rowwise().sum();
  const double sxx = (x.array() - x.mean()).square().sum();
  const double reliability = 1.0 - 3.0 * (4.0 * kDeg * kDeg / 10.0) / sxx;
  const Eigen::Vector3d ordinary = ordinary_shares(bent_demands_deg());
  const Eigen::Vector3d expected =
      (ordinary - (1.0 - reliability) * Eigen::Vector3d(1.0, 0.0, 0.0)) / reliability;
  const Eigen::VectorXd shares = mean_shares(fit_take_up_line(data, TakeUpPrior{}));
  EXPECT_LT((shares - expected).norm(), 1e-10);
  EXPECT_NEAR(shares.sum(), 1.0, 1e-12);
}

TEST(TakeUpLine, LargerDeparturesMakeTheSlopesLessCertainByTheClosedForm) {
  // With K = 1 and equal strides, var(slope) = (departure + stride / n) / Sxx.
  TakeUpPrior prior;
  prior.on_line_probability = 1e-300;
  const TakeUpPoints data = points_at(bent_demands_deg(), 1000000);
  const TakeUpLine line = fit_take_up_line(data, prior);
  const Eigen::VectorXd x = kDeg * bent_demands_deg().rowwise().sum();
  const double sxx = (x.array() - x.mean()).square().sum();
  for (const TakeUpCell& cell : line.cells) {
    const double hip_variance = cell.covariance(0, 0) * sxx;
    const double back_variance = cell.covariance(1, 1) * sxx;
    // Whatever the ratio, the product of the two SDs is sqrt(3/4) of the mean's square.
    const double expected = 0.75 * std::pow(cell.deviation_rad, 4);
    if (cell.deviation_rad == 0.0) continue;
    EXPECT_NEAR(hip_variance * back_variance / expected, 1.0, 1e-4);
  }
}

TEST(TakeUpLine, AMuchTighterContrastIsKnownBetter) {
  Eigen::MatrixXd means(5, 3);
  means << 20.0, 0.0, 5.0, 22.0, 4.0, 2.0, 24.0, -2.0, 10.0, 26.0, 6.0, 4.0, 28.0, 1.0, 11.0;
  TakeUpPrior prior;
  prior.artefact_thigh_rad = prior.artefact_pelvis_rad = prior.artefact_thorax_rad = 0.0;
  const Eigen::MatrixXd draws =
      draw_shares(fit_take_up_line(points_at(means), prior), prior, 4000, RandomStream(1));
  const Eigen::RowVectorXd mean = draws.colwise().mean();
  const Eigen::RowVectorXd variance = (draws.rowwise() - mean).array().square().colwise().mean();
  EXPECT_LT(9.0 * variance[0], variance[1]);
}

TEST(TakeUpLine, EveryDrawSumsToOne) {
  for (const int width : {2, 3}) {
    const TakeUpLine line =
        fit_take_up_line(points_at(bent_demands_deg().leftCols(width)), TakeUpPrior{});
    const Eigen::MatrixXd draws = draw_shares(line, TakeUpPrior{}, 2000, RandomStream(3));
    ASSERT_EQ(draws.cols(), width);
    EXPECT_LT((draws.rowwise().sum().array() - 1.0).abs().maxCoeff(), 1e-13);
  }
}

TEST(TakeUpLine, DrawsCentreOnTheMeanShares) {
  const TakeUpLine line = fit_take_up_line(points_at(bent_demands_deg()), TakeUpPrior{});
  const Eigen::MatrixXd draws = draw_shares(line, TakeUpPrior{}, 40000, RandomStream(5));
  const Eigen::VectorXd mean = draws.colwise().mean();
  EXPECT_LT((mean - mean_shares(line)).cwiseAbs().maxCoeff(), 0.01);
}

TEST(TakeUpLine, SkinArtefactAloneSetsTheSpreadWhenDemandsLieOnALine) {
  TakeUpPrior prior;
  prior.on_line_probability = 1.0 - 1e-12;
  Eigen::MatrixXd means(3, 2);
  means << 10.0, 0.0, 16.0, 4.0, 22.0, 8.0;
  const TakeUpLine line = fit_take_up_line(points_at(means, 100000000), prior);
  const Eigen::MatrixXd draws = draw_shares(line, prior, 40000, RandomStream(7));
  const double pelvis = 0.4;
  const double spread = 20.0 * kDeg;
  const double expected = std::sqrt(std::pow(prior.artefact_thigh_rad / spread * pelvis, 2) +
                                    std::pow(prior.artefact_pelvis_rad / spread, 2));
  const double sd = std::sqrt((draws.col(1).array() - pelvis).square().mean());
  EXPECT_NEAR(sd / expected, 1.0, 0.02);
}

TEST(TakeUpLine, CenterLiesOnTheLine) {
  Eigen::MatrixXd means(3, 3);
  means << 10.0, 0.0, 5.0, 16.0, 4.0, 7.0, 22.0, 8.0, 9.0;
  const TakeUpLine line = fit_take_up_line(points_at(means), TakeUpPrior{});
  EXPECT_LT((center_of_line_rad(line) - kDeg * Eigen::Vector3d(16.0, 4.0, 7.0)).norm(), 1e-12);
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
