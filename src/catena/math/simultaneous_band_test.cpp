#include "catena/math/simultaneous_band.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "catena/math/student_t.h"
#include "catena/math/test_curves.h"

namespace catena {
namespace {

using test::smooth_curves;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Coverage {
  double band = 0.0, pointwise = 0.0;  // parts of new curves that lie wholly inside
};

/// Bands of n curves, each met by fifty new ones.
Coverage coverage_of(int n, double fwhm, int n_bands) {
  RandomStream random = RandomStream(1).child("band", static_cast<std::uint64_t>(n));
  Coverage coverage;
  BandOptions options;
  options.n_samples = 200;
  for (int k = 0; k < n_bands; ++k) {
    const auto band = prediction_band(smooth_curves(random, n, 101, fwhm), options);
    const Eigen::MatrixXd fresh = smooth_curves(random, 50, 101, fwhm);
    for (int j = 0; j < fresh.rows(); ++j) {
      const double distance = farthest_in_sd(fresh.row(j).transpose(), *band);
      coverage.band += distance <= band->multiplier ? 1.0 / 50 / n_bands : 0.0;
      coverage.pointwise += distance <= 1.96 ? 1.0 / 50 / n_bands : 0.0;
    }
  }
  return coverage;
}

TEST(SimultaneousBand, HoldsWholeNewCurvesAtItsLevel) {
  for (const int n : {4, 8, 20, 30}) {
    for (const double fwhm : {16.0, 30.0}) {
      const double part = coverage_of(n, fwhm, 200).band;
      EXPECT_GT(part, 0.86) << n << " runners, FWHM " << fwhm;
      EXPECT_LT(part, 0.95) << n << " runners, FWHM " << fwhm;
    }
  }
}

// facts: a band of +-1.96 SD is meant for 95 % of points, and is often drawn as if it were for
// curves.
TEST(SimultaneousBand, PointwiseBandsHoldFarFewerCurvesThanTheySeemTo) {
  EXPECT_LT(coverage_of(20, 16, 200).pointwise, 0.50);
  EXPECT_LT(coverage_of(30, 30, 200).pointwise, 0.75);
  // Where curves differ by an offset only the two are nearly the same.
  EXPECT_GT(coverage_of(30, kInfinity, 200).pointwise, 0.90);
}

TEST(SimultaneousBand, IsThePredictionIntervalOfOneNumberWhereCurvesAreFlat) {
  RandomStream random(2);
  const Eigen::MatrixXd flat = smooth_curves(random, 5, 101, kInfinity);
  const auto band = prediction_band(flat);
  EXPECT_EQ(band->method, BandMethod::kTField);
  EXPECT_NEAR(band->multiplier, student_t_exceeded(0.05, 4) * std::sqrt(1.2), 1e-9);
}

TEST(SimultaneousBand, IsTheSameEveryTime) {
  RandomStream random(3);
  const Eigen::MatrixXd curves = smooth_curves(random, 25, 101, 20);
  const auto once = prediction_band(curves);
  const auto again = prediction_band(curves);
  EXPECT_EQ(once->method, BandMethod::kBootstrap);
  EXPECT_EQ(once->multiplier, again->multiplier);
  EXPECT_EQ(once->mean, again->mean);
}

TEST(SimultaneousBand, FollowsUnitAndOffset) {
  RandomStream random(4);
  const Eigen::MatrixXd curves = smooth_curves(random, 6, 101, 20);
  const auto band = prediction_band(curves);
  const auto other = prediction_band(((curves * 57.3).array() + 10).matrix());
  EXPECT_NEAR(other->multiplier, band->multiplier, 1e-9);
  EXPECT_LT((other->sd - 57.3 * band->sd).norm(), 1e-9);
}

TEST(SimultaneousBand, FindsACurveThatLeavesItInOnePlace) {
  RandomStream random(5);
  const auto band = prediction_band(smooth_curves(random, 20, 101, 20));
  Eigen::VectorXd curve = band->mean;
  EXPECT_EQ(farthest_in_sd(curve, *band), 0.0);
  curve[40] += 7 * band->sd[40];
  EXPECT_NEAR(farthest_in_sd(curve, *band), 7.0, 1e-9);
}

TEST(SimultaneousBand, LeavesEachCurveOutInItsTurn) {
  RandomStream random(6);
  Eigen::MatrixXd curves = smooth_curves(random, 8, 101, 20);
  curves.row(3).array() += 1000;  // lies outside what the others make, and hides nothing of them
  BandOptions options;
  EXPECT_LE(n_inside_when_left_out(curves, options), 7);
  EXPECT_EQ(n_inside_when_left_out(curves.topRows(3), options), -1);
  EXPECT_EQ(prediction_band(curves.topRows(2)).error().what, "2 curves make no band");
}

}  // namespace
}  // namespace catena
