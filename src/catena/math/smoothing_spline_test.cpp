#include "catena/math/smoothing_spline.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <numbers>

#include "catena/math/butterworth.h"
#include "catena/math/random_stream.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kTurn = 2.0 * std::numbers::pi;

Eigen::VectorXd times(Eigen::Index n, double rate_hz) {
  return Eigen::VectorXd::LinSpaced(n, 0.0, static_cast<double>(n - 1) / rate_hz);
}

Eigen::VectorXd sine(const Eigen::VectorXd& t, double frequency_hz) {
  return (kTurn * frequency_hz * t.array()).sin();
}

TEST(SmoothingSpline, ParabolasPassUnchangedToTheirEnds) {
  const double rate = 150.0;
  const Eigen::VectorXd t = times(200, rate);
  const Eigen::VectorXd y = 0.3 - 1.7 * t.array() + 4.0 * t.array().square();
  for (const double cutoff : {0.5, 6.0, 40.0, 200.0}) {
    const SplineDerivatives s = smoothing_spline(y, rate, cutoff);
    EXPECT_LT((s.value.col(0) - y).cwiseAbs().maxCoeff(), 1e-8) << cutoff;
    EXPECT_LT((s.first.col(0).array() + 1.7 - 8.0 * t.array()).abs().maxCoeff(), 1e-6) << cutoff;
    EXPECT_LT((s.second.col(0).array() - 8.0).abs().maxCoeff(), 1e-4) << cutoff;
  }
}

TEST(SmoothingSpline, HalvesThePowerAtItsCutoff) {
  for (const double rate : {100.0, 250.0, 1000.0}) {
    for (const double cutoff : {0.02 * rate, 0.1 * rate, 0.45 * rate}) {
      const auto n = static_cast<Eigen::Index>(40.0 * rate / cutoff);
      const Eigen::VectorXd y = sine(times(n, rate), cutoff);
      const SplineDerivatives s = smoothing_spline(y, rate, cutoff);
      const Eigen::VectorXd error = s.value.col(0) - y / std::numbers::sqrt2;
      EXPECT_LT(error.segment(n / 3, n / 3).cwiseAbs().maxCoeff(), 1e-6) << rate << " " << cutoff;
    }
  }
}

TEST(SmoothingSpline, FallsOffAsAThirdOrderButterworthRunTwice) {
  const double rate = 500.0;
  const double cutoff = 8.0;
  const Eigen::VectorXd t = times(3000, rate);
  for (const double frequency : {2.0, 5.0, 12.0, 20.0}) {
    const double wanted =
        1.0 / (1.0 + (std::numbers::sqrt2 - 1.0) * std::pow(frequency / cutoff, 6));
    const Eigen::VectorXd y = sine(t, frequency);
    const Eigen::VectorXd error = smoothing_spline(y, rate, cutoff).value.col(0) - wanted * y;
    EXPECT_LT(error.segment(1000, 1000).cwiseAbs().maxCoeff(), 1e-5) << frequency;
  }
}

TEST(SmoothingSpline, DerivativesOfASineAreItsCosineAndItself) {
  const double rate = 200.0;
  const Eigen::VectorXd t = times(800, rate);
  const double w = kTurn * 2.0;
  const Eigen::VectorXd y = (w * t.array()).sin();
  const SplineDerivatives s = smoothing_spline(y, rate, 100.0);
  const Eigen::Index from = 50;
  const Eigen::Index n = 700;
  const Eigen::ArrayXd first = s.first.col(0).array() - w * (w * t.array()).cos();
  const Eigen::ArrayXd second = s.second.col(0).array() + w * w * (w * t.array()).sin();
  EXPECT_LT(first.segment(from, n).abs().maxCoeff() / w, 1e-6);
  EXPECT_LT(second.segment(from, n).abs().maxCoeff() / (w * w), 1e-5);
}

TEST(SmoothingSpline, IsTheLeastOfWhatItMinimises) {
  // Against the same problem written down densely: natural quintic splines as a sum of |t - t_i|^5
  // and a parabola, whose roughness is a quadratic form.
  const Eigen::Index n = 12;
  RandomStream random(3);
  Eigen::VectorXd y(n);
  for (double& v : y) v = random.normal();
  const double rate = 1.0;
  const double cutoff = 0.11;
  Eigen::MatrixXd kernel(n, n);
  Eigen::MatrixXd parabola(n, 3);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      kernel(i, j) = std::pow(std::abs(static_cast<double>(i - j)), 5) / 240.0;
    }
    parabola.row(i) << 1.0, static_cast<double>(i), static_cast<double>(i * i);
  }
  double weight = 0.0;
  for (int k = -50; k <= 50; ++k) weight += std::pow(kTurn * (cutoff + k), -6.0);
  weight *= std::numbers::sqrt2 - 1.0;
  // f = K a + P b with P'a = 0 and (for m = 3) roughness -a'Ka: (K - weight I) a + P b = y.
  Eigen::MatrixXd system = Eigen::MatrixXd::Zero(n + 3, n + 3);
  system.topLeftCorner(n, n) = kernel - weight * Eigen::MatrixXd::Identity(n, n);
  system.topRightCorner(n, 3) = parabola;
  system.bottomLeftCorner(3, n) = parabola.transpose();
  Eigen::VectorXd right = Eigen::VectorXd::Zero(n + 3);
  right.head(n) = y;
  const Eigen::VectorXd solution = system.fullPivLu().solve(right);
  const Eigen::VectorXd wanted = kernel * solution.head(n) + parabola * solution.tail(3);
  EXPECT_LT((smoothing_spline(y, rate, cutoff).value.col(0) - wanted).cwiseAbs().maxCoeff(), 1e-8);
  EXPECT_GT((wanted - y).cwiseAbs().maxCoeff(), 0.1) << "something was smoothed";
}

TEST(SmoothingSpline, AcceleratesBetterThanTheFilterAtTheEnds) {
  // A joint angle of running with noise as inverse kinematics has it: RMS errors of the second
  // derivative over the first and last five samples, 40 draws.
  const double rate = 150.0;
  const Eigen::Index n = 300;
  const Eigen::VectorXd t = times(n, rate);
  double of_spline = 0.0;
  double of_filter = 0.0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    RandomStream random(seed);
    const double phase = random.uniform(0.0, kTurn);
    const Eigen::ArrayXd angle = kTurn * 1.4 * t.array() + phase;
    const Eigen::ArrayXd truth = -std::pow(kTurn * 1.4, 2) * angle.sin() -
                                 0.3 * std::pow(kTurn * 2.8, 2) * (2.0 * angle).cos();
    Eigen::VectorXd y = angle.sin() + 0.3 * (2.0 * angle).cos();
    for (double& v : y) v += 0.005 * random.normal();
    const SplineDerivatives s = smoothing_spline(y, rate, 10.0);
    const Eigen::VectorXd f = low_pass_zero_lag(y, rate, 10.0);
    for (Eigen::Index k = 1; k <= 5; ++k) {
      for (const Eigen::Index i : {k, n - 1 - k}) {
        const double filtered = (f[i + 1] - 2.0 * f[i] + f[i - 1]) * rate * rate;
        of_spline += std::pow(s.second(i, 0) - truth[i], 2);
        of_filter += std::pow(filtered - truth[i], 2);
      }
    }
  }
  EXPECT_LT(std::sqrt(of_spline), 0.8 * std::sqrt(of_filter));
}

TEST(SmoothingSpline, KeepsGapsAndLeaksNothingAcrossThem) {
  const double rate = 100.0;
  Eigen::MatrixXd y(120, 3);
  y.col(0) = sine(times(120, rate), 1.5);
  y.col(1) = 2.0 * y.col(0);
  y.col(2) = y.col(0);
  y.block(50, 0, 7, 2).setConstant(kNan);
  y(0, 2) = kNan;
  const SplineDerivatives s = smoothing_spline(y, rate, 6.0);
  for (Eigen::Index c = 0; c < 3; ++c) {
    for (Eigen::Index i = 0; i < 120; ++i) {
      EXPECT_EQ(std::isnan(s.value(i, c)), std::isnan(y(i, c)));
      EXPECT_EQ(std::isnan(s.second(i, c)), std::isnan(y(i, c)));
    }
  }
  const SplineDerivatives before = smoothing_spline(y.topRows(50).col(1), rate, 6.0);
  EXPECT_LT((s.first.col(1).head(50) - before.first.col(0)).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LT((s.second.col(1).tail(63) - 2.0 * s.second.col(0).tail(63)).cwiseAbs().maxCoeff(),
            1e-9);
}

TEST(SmoothingSpline, HasNoDerivativesOfOneOrTwoSamples) {
  Eigen::VectorXd y(7);
  y << 1.0, kNan, 2.0, 5.0, kNan, kNan, 4.0;
  const SplineDerivatives s = smoothing_spline(y, 100.0, 6.0);
  EXPECT_EQ(s.value(0, 0), 1.0);
  EXPECT_EQ(s.value(3, 0), 5.0);
  EXPECT_TRUE(s.first.col(0).array().isNaN().all());
  EXPECT_TRUE(s.second.col(0).array().isNaN().all());
  EXPECT_EQ(smoothing_spline(Eigen::MatrixXd(0, 2), 100.0, 6.0).value.cols(), 2);
}

TEST(SmoothingSpline, KeepsItsDigitsAtACutoffFarBelowTheRate) {
  const double rate = 2000.0;
  const Eigen::VectorXd t = times(8000, rate);
  const Eigen::VectorXd y = 100.0 + 3.0 * t.array() - t.array().square();
  const SplineDerivatives s = smoothing_spline(y, rate, 2.0);
  EXPECT_LT((s.value.col(0) - y).cwiseAbs().maxCoeff(), 1e-6);
  EXPECT_LT((s.second.col(0).array() + 2.0).abs().maxCoeff(), 1e-3);
}

TEST(SmoothingSpline, ReversedTimeReversesIt) {
  RandomStream random(11);
  Eigen::VectorXd y(90);
  for (double& v : y) v = random.normal();
  const SplineDerivatives forward = smoothing_spline(y, 100.0, 9.0);
  const SplineDerivatives back = smoothing_spline(y.reverse(), 100.0, 9.0);
  EXPECT_LT((forward.value.col(0) - back.value.col(0).reverse()).cwiseAbs().maxCoeff(), 1e-10);
  EXPECT_LT((forward.first.col(0) + back.first.col(0).reverse()).cwiseAbs().maxCoeff(), 1e-8);
}

}  // namespace
}  // namespace catena
