#include "catena/math/butterworth.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace catena {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Eigen::VectorXd sine(int n, double rate_hz, double frequency_hz, double phase_rad = 0.0) {
  Eigen::VectorXd x(n);
  for (int k = 0; k < n; ++k) x(k) = std::sin(2 * kPi * frequency_hz * k / rate_hz + phase_rad);
  return x;
}

// Amplitude at one frequency, by correlation over whole periods in the middle.
double gain(double rate_hz, double cutoff_hz, double frequency_hz) {
  const int n = 6000;
  const Eigen::VectorXd x = sine(n, rate_hz, frequency_hz);
  const Eigen::VectorXd y = low_pass_zero_lag(x, rate_hz, cutoff_hz);
  return y.segment(1500, 3000).dot(x.segment(1500, 3000)) / x.segment(1500, 3000).squaredNorm();
}

// Squared magnitude of the bilinear section, from the definition.
double gain_in_theory(double rate_hz, double cutoff_hz, double frequency_hz) {
  const double corner = std::tan(kPi * cutoff_hz / rate_hz) / std::pow(std::sqrt(2.0) - 1.0, 0.25);
  return 1.0 / (1.0 + std::pow(std::tan(kPi * frequency_hz / rate_hz) / corner, 4));
}

TEST(LowPassZeroLag, HalvesThePowerAtTheCutoff) {
  for (const double cutoff_hz : {3.0, 12.0, 40.0}) {
    EXPECT_NEAR(gain(250.0, cutoff_hz, cutoff_hz), std::sqrt(0.5), 1e-9) << cutoff_hz;
  }
}

TEST(LowPassZeroLag, HasTheGainOfAButterworthTwiceAtEveryFrequency) {
  for (const double frequency_hz : {1.0, 5.0, 10.0, 20.0, 50.0, 100.0}) {
    EXPECT_NEAR(gain(250.0, 12.0, frequency_hz), gain_in_theory(250.0, 12.0, frequency_hz), 1e-9);
  }
}

TEST(LowPassZeroLag, DoesNotShiftASine) {
  const Eigen::VectorXd x = sine(3000, 150.0, 3.0);
  const Eigen::VectorXd quarter = sine(3000, 150.0, 3.0, kPi / 2);
  const Eigen::VectorXd y = low_pass_zero_lag(x, 150.0, 6.0);
  EXPECT_NEAR(y.segment(500, 2000).dot(quarter.segment(500, 2000)) / 1000.0, 0.0, 1e-10);
}

TEST(LowPassZeroLag, LetsAStraightLineThroughUnchangedToTheEnds) {
  const Eigen::VectorXd line = Eigen::VectorXd::LinSpaced(400, -3.0, 9.0);
  const Eigen::VectorXd filtered = low_pass_zero_lag(line, 250.0, 12.0);
  EXPECT_LT((filtered - line).cwiseAbs().maxCoeff(), 1e-4 * (line(1) - line(0)));
}

TEST(LowPassZeroLag, IsTheSameRunBackwards) {
  const Eigen::VectorXd x = sine(700, 150.0, 2.3) + 0.3 * sine(700, 150.0, 31.0, 1.0);
  const Eigen::VectorXd forward = low_pass_zero_lag(x, 150.0, 6.0);
  const Eigen::VectorXd backward = low_pass_zero_lag(x.reverse(), 150.0, 6.0).reverse();
  // The ends are continued by guess, and each pass guesses once: they agree away from them.
  EXPECT_LT((forward - backward).segment(80, 540).cwiseAbs().maxCoeff(), 1e-4);
}

TEST(LowPassZeroLag, TreatsThePartsBetweenGapsAsRecordingsOfTheirOwn) {
  const Eigen::VectorXd x = sine(500, 150.0, 2.0) + 0.5 * sine(500, 150.0, 40.0, 0.4);
  Eigen::VectorXd with_gap = x;
  with_gap.segment(200, 5).setConstant(kNan);
  const Eigen::VectorXd filtered = low_pass_zero_lag(with_gap, 150.0, 10.0);
  const Eigen::VectorXd before = low_pass_zero_lag(x.head(200), 150.0, 10.0);
  const Eigen::VectorXd after = low_pass_zero_lag(x.tail(295), 150.0, 10.0);
  EXPECT_TRUE(filtered.segment(200, 5).array().isNaN().all());
  EXPECT_EQ((filtered.head(200) - before).cwiseAbs().maxCoeff(), 0.0);
  EXPECT_EQ((filtered.tail(295) - after).cwiseAbs().maxCoeff(), 0.0);
}

TEST(LowPassZeroLag, LeavesAloneWhatItCannotFilter) {
  const Eigen::VectorXd x = sine(50, 20.0, 3.0);
  EXPECT_EQ(low_pass_zero_lag(x, 20.0, 12.0), x);  // the cutoff is above half the rate
  Eigen::VectorXd lonely(5);
  lonely << kNan, 1.5, kNan, kNan, kNan;
  const Eigen::VectorXd filtered = low_pass_zero_lag(lonely, 150.0, 12.0);
  EXPECT_EQ(filtered(1), 1.5);
  EXPECT_EQ(filtered.array().isNaN().count(), 4);
  EXPECT_EQ(low_pass_zero_lag(Eigen::VectorXd(0), 150.0, 12.0).size(), 0);
}

TEST(LowPassZeroLag, StaysFiniteOnTwoAndThreeSamples) {
  EXPECT_TRUE(low_pass_zero_lag(Eigen::Vector2d(1.0, 2.0), 150.0, 12.0).allFinite());
  EXPECT_TRUE(low_pass_zero_lag(Eigen::Vector3d(1.0, 2.0, 0.0), 150.0, 12.0).allFinite());
}

}  // namespace
}  // namespace catena
