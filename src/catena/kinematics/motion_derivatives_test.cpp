#include "catena/kinematics/motion_derivatives.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace catena {
namespace {

constexpr double kStride_rad_s = 2.0 * std::numbers::pi * 1.4;

/// Two coordinates that swing once a stride, the second a quarter ahead and twice as far.
Motion swinging() {
  Motion motion;
  motion.name = "run";
  motion.rate_hz = 200.0;
  motion.time_s = Eigen::VectorXd::LinSpaced(400, 0.0, 399.0 / 200.0);
  motion.q.resize(400, 2);
  motion.q.col(0) = (kStride_rad_s * motion.time_s.array()).sin();
  motion.q.col(1) = 2.0 * (kStride_rad_s * motion.time_s.array()).cos();
  return motion;
}

TEST(MotionDerivatives, AreThoseOfAKnownMotion) {
  const Motion motion = swinging();
  const Result<MotionDerivatives> d = differentiate(motion);
  ASSERT_TRUE(d) << to_sentence(d.error());
  const Eigen::Index from = 100;  // the ends are felt for some three periods of the cutoff
  const Eigen::Index n = 200;
  // 1.4 Hz passes a cutoff of 10 Hz but for 3e-6 of it.
  const auto rest = [&](const Eigen::VectorXd& x) {
    return x.segment(from, n).cwiseAbs().maxCoeff();
  };
  const double w = kStride_rad_s;
  EXPECT_LT(rest(d->q.col(0) - motion.q.col(0)), 1e-5);
  EXPECT_LT(rest(d->velocity.col(0) - w / 2.0 * motion.q.col(1)), 1e-4);
  EXPECT_LT(rest(d->velocity.col(1) + 2.0 * w * motion.q.col(0)), 2e-4);
  EXPECT_LT(rest(d->acceleration.col(1) + w * w * motion.q.col(1)), 1e-3);
}

TEST(MotionDerivatives, AreSmootherForALowerCutoff) {
  Motion motion = swinging();
  motion.q.col(0) += 0.1 * (2.0 * std::numbers::pi * 30.0 * motion.time_s.array()).sin().matrix();
  const auto roughness = [&](double cutoff_hz) {
    const Result<MotionDerivatives> d = differentiate(motion, {.cutoff_hz = cutoff_hz});
    return d ? d->acceleration.col(0).segment(50, 300).norm() : -1.0;
  };
  EXPECT_GT(roughness(100.0), 10.0 * roughness(10.0));
}

TEST(MotionDerivatives, StayLostWherePosesAreLost) {
  Motion motion = swinging();
  motion.q.row(100).setConstant(std::numeric_limits<double>::quiet_NaN());
  motion.q.row(102).setConstant(std::numeric_limits<double>::quiet_NaN());
  const Result<MotionDerivatives> d = differentiate(motion);
  ASSERT_TRUE(d);
  EXPECT_TRUE(d->velocity.row(100).array().isNaN().all());
  EXPECT_EQ(d->q.row(101), motion.q.row(101));
  EXPECT_TRUE(d->velocity.row(101).array().isNaN().all()) << "one frame alone has no speed";
  EXPECT_TRUE(d->acceleration.row(103).allFinite());
}

TEST(MotionDerivatives, NeedACutoffAndARate) {
  Motion motion = swinging();
  const Result<MotionDerivatives> no_cutoff = differentiate(motion, {.cutoff_hz = 0.0});
  ASSERT_FALSE(no_cutoff);
  EXPECT_EQ(to_sentence(no_cutoff.error()),
            "run: the cutoff for velocities is not a positive number of hertz; give between 6 and "
            "15 for running");
  motion.rate_hz = 0.0;
  const Result<MotionDerivatives> no_rate = differentiate(motion);
  ASSERT_FALSE(no_rate);
  EXPECT_EQ(no_rate.error().code, Errc::kMissingData);
}

}  // namespace
}  // namespace catena
