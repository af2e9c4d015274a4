#include "catena/core/normal_estimate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace catena {
namespace {

/// How much of a normal distribution lies within so many SD of its mean.
double part_within(double sds) { return std::erf(sds / std::numbers::sqrt2); }

TEST(NormalEstimate, ItsDeviatesHoldWhatTheirNamesSay) {
  EXPECT_NEAR(part_within(kNormal90), 0.90, 1e-15);
  EXPECT_NEAR(part_within(kNormal95), 0.95, 1e-15);
}

TEST(NormalEstimate, GivesItsSdBack) {
  const Estimate estimate = normal_estimate(-3.0, 0.4, "somewhere");
  EXPECT_NEAR(sd_of(estimate), 0.4, 1e-15);
  EXPECT_NEAR(0.5 * (estimate.low + estimate.high), -3.0, 1e-15);
  EXPECT_EQ(estimate.value, -3.0);
  EXPECT_EQ(estimate.level, 0.90);
  EXPECT_EQ(estimate.source, "somewhere");
}

TEST(NormalEstimate, HasNoSdWithoutAnInterval) { EXPECT_TRUE(std::isnan(sd_of(Estimate()))); }

}  // namespace
}  // namespace catena
