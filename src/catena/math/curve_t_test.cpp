#include "catena/math/curve_t.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "catena/math/student_t.h"
#include "catena/math/test_curves.h"

namespace catena {
namespace {

using test::smooth_curves;

/// The random numbers of the published example: NumPy's RandomState(seed).randn(rows, columns).
Eigen::MatrixXd published_noise(unsigned seed, int rows, int columns) {
  std::mt19937 bits(seed);
  const auto uniform = [&] {
    const double high = static_cast<double>(bits() >> 5);
    const double low = static_cast<double>(bits() >> 6);
    return (high * 67108864.0 + low) / 9007199254740992.0;
  };
  Eigen::MatrixXd noise(rows, columns);
  double spare = 0;
  bool has_spare = false;
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      if (has_spare) {
        noise(r, c) = spare;
        has_spare = false;
        continue;
      }
      double x = 0, y = 0, square = 0;
      do {
        x = 2 * uniform() - 1;
        y = 2 * uniform() - 1;
        square = x * x + y * y;
      } while (square >= 1 || square == 0);
      const double scale = std::sqrt(-2 * std::log(square) / square);
      spare = scale * x;
      has_spare = true;
      noise(r, c) = scale * y;
    }
  }
  return noise;
}

/// Under a Gaussian kernel of 10 samples FWHM, cut at four SD, the ends joined.
Eigen::MatrixXd published_smoothing(const Eigen::MatrixXd& noise) {
  const double sd = 10 / std::sqrt(8 * std::numbers::ln2);
  const auto reach = static_cast<Eigen::Index>(4 * sd + 0.5);
  Eigen::MatrixXd smooth = Eigen::MatrixXd::Zero(noise.rows(), noise.cols());
  double sum = 0;
  for (Eigen::Index k = -reach; k <= reach; ++k) {
    const double weight = std::exp(-0.5 * static_cast<double>(k * k) / (sd * sd));
    sum += weight;
    for (Eigen::Index c = 0; c < noise.cols(); ++c) {
      smooth.col(c) += weight * noise.col((c + k + noise.cols()) % noise.cols());
    }
  }
  return smooth / sum;
}

// The worked example that the documentation of spm1d 0.4 makes from a seed ("Statistical testing of
// 1D continua", "Test outputs"): every number that it prints.
TEST(CurveTTest, GivesThePublishedWorkedExample) {
  const Eigen::MatrixXd curves =
      published_smoothing((published_noise(0, 10, 100).array() + 0.21).matrix());
  CurveTestOptions options;
  options.two_sided = false;
  options.smoothness = SmoothnessEstimate::kResidualSlopes;
  const auto test = one_sample_t(curves, options);
  ASSERT_TRUE(test.has_value());
  EXPECT_EQ(test->dof, 9);
  EXPECT_NEAR(test->fwhm_samples, 11.219185575045229, 1e-11);
  EXPECT_NEAR(test->resels, 8.82417, 5e-6);
  EXPECT_NEAR(test->threshold, 3.82411, 5e-6);
  ASSERT_EQ(test->clusters.size(), 1u);
  const CurveCluster& cluster = test->clusters[0];
  // "Cluster at location 17, extent 3, height (min) 3.86630"
  EXPECT_EQ(cluster.peak, 17);
  EXPECT_EQ(std::ceil(cluster.from), 16);
  EXPECT_EQ(std::floor(cluster.to), 18);
  EXPECT_NEAR(test->t.segment(16, 3).minCoeff(), 3.86630, 5e-6);
  // Printed is 0.03102 for three whole samples; between the crossings the excursion is wider.
  EXPECT_NEAR(probability_of_cluster(3 / test->fwhm_samples, 3.86630, test->dof, test->resels),
              0.03102, 5e-6);
  EXPECT_GT(cluster.p, 0.025);
  EXPECT_LT(cluster.p, 0.032);
  // "the one-tailed results reach the threshold, the two-tailed do not"
  options.two_sided = true;
  EXPECT_TRUE(one_sample_t(curves, options)->clusters.empty());
}

TEST(CurveTTest, IsTheTextbooksAtEverySample) {
  // Student 1908: additional hours of sleep, t = 4.0621 of ten pairs; two samples 1.8608.
  Eigen::VectorXd one(10), two(10);
  one << 0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0;
  two << 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4;
  const auto paired = paired_t(two.replicate(1, 5), one.replicate(1, 5));
  EXPECT_NEAR(paired->t[3], 4.0621, 5e-5);
  EXPECT_NEAR(paired->p, 0.00283, 5e-6);  // no length: the scalar test
  CurveTestOptions pooled;
  pooled.equal_variances = true;
  const auto unpaired = two_sample_t(two.replicate(1, 5), one.replicate(1, 5), pooled);
  EXPECT_NEAR(unpaired->t[0], 1.8608, 5e-5);
  EXPECT_EQ(unpaired->dof, 18);
  EXPECT_NEAR(unpaired->p, 0.07919, 5e-6);
  const auto welch = two_sample_t(two.replicate(1, 5), one.replicate(1, 5));
  EXPECT_NEAR(welch->dof, 17.776, 5e-4);
  EXPECT_NEAR(welch->p, 0.07939, 5e-6);
}

TEST(CurveTTest, TurnsWithTheSignAndTheDirection) {
  RandomStream random(3);
  Eigen::MatrixXd a = smooth_curves(random, 12, 101, 15);
  const Eigen::MatrixXd b = smooth_curves(random, 9, 101, 15);
  a.middleCols(30, 20).array() += 3;
  const auto forth = two_sample_t(a, b);
  const auto back = two_sample_t(b, a);
  const auto mirrored = two_sample_t(a.rowwise().reverse(), b.rowwise().reverse());
  ASSERT_EQ(forth->clusters.size(), 1u);
  EXPECT_NEAR(forth->clusters[0].from, 29, 2);
  EXPECT_NEAR(forth->clusters[0].to, 50, 2);
  EXPECT_LT((forth->t + back->t).norm(), 1e-12);
  EXPECT_NEAR(back->clusters[0].p, forth->clusters[0].p, 1e-12);
  EXPECT_NEAR(mirrored->clusters[0].from, 100 - forth->clusters[0].to, 1e-9);
}

TEST(CurveTTest, EqualCurvesDoNotDiffer) {
  RandomStream random(4);
  const Eigen::MatrixXd a = smooth_curves(random, 5, 101, 15);
  const auto same = paired_t(a, a);
  EXPECT_EQ(same->t.cwiseAbs().maxCoeff(), 0.0);
  EXPECT_TRUE(same->clusters.empty());
  EXPECT_EQ(same->p, 1.0);
}

TEST(CurveTTest, ADifferenceWithoutScatterIsCertain) {
  const Eigen::MatrixXd a = Eigen::MatrixXd::Ones(4, 101);
  const auto test = one_sample_t(a);
  ASSERT_EQ(test->clusters.size(), 1u);
  EXPECT_EQ(test->clusters[0].from, 0);
  EXPECT_EQ(test->clusters[0].to, 100);
  EXPECT_EQ(test->p, 0.0);
}

TEST(CurveTTest, SaysWhatCannotBeCompared) {
  const Eigen::MatrixXd a = Eigen::MatrixXd::Ones(5, 101);
  EXPECT_EQ(one_sample_t(a.topRows(2)).error().what,
            "2 curves, worth 2.0 independent ones, are too few to compare");
  EXPECT_EQ(paired_t(a, a.topRows(4)).error().what, "5 curves cannot be paired with 4");
  Eigen::MatrixXd lost = a;
  lost(2, 7) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(one_sample_t(lost).error().what, "a curve has lost values");
  EXPECT_EQ(two_sample_t(a, a.leftCols(50)).error().code, Errc::kMismatch);
}

TEST(CurvePermutation, MakesEveryExchangeOfFewCurves) {
  // Five numbers, all positive: of 32 sign patterns only two reach |t|: themselves and all turned.
  Eigen::MatrixXd few(5, 1);
  few << 1.0, 2.0, 1.5, 3.0, 2.2;
  const auto signs = permute_one_sample(few);
  EXPECT_TRUE(signs->is_exact);
  EXPECT_EQ(signs->n_exchanges, 32);
  EXPECT_EQ(signs->p, 2.0 / 32);
  Eigen::MatrixXd low(3, 1), high(4, 1);
  low << 1, 2, 3;
  high << 7, 8, 9, 10;
  const auto groups = permute_two_sample(low, high);
  EXPECT_TRUE(groups->is_exact);
  EXPECT_EQ(groups->n_exchanges, 35);
  EXPECT_EQ(groups->p, 1.0 / 35);
  EXPECT_EQ(permute_two_sample(high, low)->p, 1.0 / 35);
}

// Two answers of different kind to one question.
TEST(CurvePermutation, AgreesWithRandomFields) {
  RandomStream random(5);
  double field = 0, exchanged = 0;
  const int repeats = 20;
  for (int k = 0; k < repeats; ++k) {
    const Eigen::MatrixXd curves = smooth_curves(random, 11, 101, 20);
    field += one_sample_t(curves)->threshold / repeats;
    exchanged += permute_one_sample(curves)->threshold / repeats;
  }
  EXPECT_NEAR(exchanged / field, 1.0, 0.06);
}

TEST(EffectiveCount, CountsCurvesThatFollowEachOther) {
  RandomStream random(6);
  for (const double r : {0.0, 0.3, 0.6}) {
    double sum = 0;
    const int repeats = 200;
    for (int k = 0; k < repeats; ++k) {
      Eigen::MatrixXd curves = smooth_curves(random, 40, 101, 15);
      for (int i = 1; i < 40; ++i) {
        curves.row(i) = r * curves.row(i - 1) + std::sqrt(1 - r * r) * curves.row(i);
      }
      sum += effective_count(curves) / repeats;
    }
    EXPECT_NEAR(sum / (40 * (1 - r) / (1 + r)), 1.0, 0.1) << r;
  }
}

}  // namespace
}  // namespace catena
