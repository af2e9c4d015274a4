#include "catena/math/random_field.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "catena/math/student_t.h"
#include "catena/math/test_curves.h"

namespace catena {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The numbers that the documentation of rft1d 0.1 prints for Gaussian curves of 101 samples
// (Pataky 2016, J Stat Softw 71(7); module rft1d.distributions). It prints 0.0590 for height 3 and
// FWHM 5 as well, which follows from 101 intervals and not from the 100 that the others have.
TEST(RandomField, GivesThePublishedProbabilitiesOfPeaks) {
  EXPECT_NEAR(probability_of_peak(3, kInfinity, 100 / 1.5), 0.179, 5e-4);
  EXPECT_NEAR(probability_of_peak(2, kInfinity, 100 / 10.0), 0.31710, 5e-6);
  EXPECT_NEAR(probability_of_peak(2, kInfinity, 100 / 100.0), 0.05693, 5e-6);
  // "Smoothness infinite"
  EXPECT_NEAR(probability_of_peak(2, kInfinity, 0.0), 0.02275, 5e-6);
}

// The worked example in the documentation of spm1d 0.4 ("Test outputs"): ten curves, 8.82417
// resels, one-sided.
TEST(RandomField, GivesThePublishedThresholdAndClusterProbability) {
  EXPECT_NEAR(peak_threshold(0.05, 9, 8.82417), 3.82411, 1e-5);
  EXPECT_NEAR(probability_of_cluster(0.26740, 3.86630, 9, 8.82417), 0.03102, 5e-6);
}

TEST(RandomField, IsStudentsTWithoutLength) {
  EXPECT_NEAR(peak_threshold(0.025, 9, 0.0), student_t_exceeded(0.025, 9), 1e-9);
}

TEST(RandomField, AClusterWithoutWidthIsAPeak) {
  EXPECT_NEAR(probability_of_cluster(0.0, 3.2, 12, 6), probability_of_peak(3.2, 12, 6), 1e-14);
  EXPECT_LT(probability_of_cluster(0.5, 3.2, 12, 6), probability_of_cluster(0.2, 3.2, 12, 6));
}

// The law by which smoothness is defined: curves on a circle of the plane of two curves have a
// path whose length is known.
TEST(RandomField, CountsTheLengthOfAKnownPath) {
  const int n = 2001;
  Eigen::MatrixXd curves(2, n);
  for (int i = 0; i < n; ++i) {
    const double angle = 2 * std::numbers::pi * i / (n - 1);
    curves.col(i) << 3 * std::cos(angle), 3 * std::sin(angle);
  }
  EXPECT_NEAR(resel_count(curves), 2 * std::numbers::pi / std::sqrt(4 * std::numbers::ln2), 1e-5);
  EXPECT_NEAR(resel_count(curves.rowwise().reverse()), resel_count(curves), 1e-12);
  EXPECT_NEAR(resel_count(1e6 * curves), resel_count(curves), 1e-9);
}

TEST(RandomField, FindsTheSmoothnessThatWasPlantedWithoutBias) {
  RandomStream random(1);
  for (const double fwhm : {8.0, 15.0, 30.0}) {
    for (const int n : {4, 10, 30}) {
      double sum = 0;
      const int repeats = 4000 / n;
      for (int k = 0; k < repeats; ++k) {
        const Eigen::MatrixXd curves = test::smooth_curves(random, n, 101, fwhm);
        sum += resel_count(curves.rowwise() - curves.colwise().mean());
      }
      EXPECT_NEAR(sum / repeats * fwhm / 100, 1.0, 0.025) << n << " curves, " << fwhm;
    }
  }
}

TEST(RandomField, CurvesThatScatterByAnOffsetHaveNoLength) {
  RandomStream random(2);
  EXPECT_EQ(resel_count(test::smooth_curves(random, 5, 101, kInfinity)), 0.0);
  EXPECT_EQ(resel_count(Eigen::MatrixXd::Zero(5, 101)), 0.0);
}

}  // namespace
}  // namespace catena
