#include "catena/math/statistics.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Quantile, RunsStraightBetweenNeighbours) {
  const std::array values = {4.0, 1.0, 3.0, 2.0};
  EXPECT_DOUBLE_EQ(quantile(values, 0.0), 1.0);
  EXPECT_DOUBLE_EQ(quantile(values, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantile(values, 0.1), 1.3);
  EXPECT_DOUBLE_EQ(quantile(values, 1.0), 4.0);
}

TEST(Quantile, PassesOverNan) {
  const std::array values = {kNan, 5.0, kNan, 7.0};
  EXPECT_DOUBLE_EQ(quantile(values, 0.5), 6.0);
  EXPECT_TRUE(std::isnan(quantile(std::array{kNan}, 0.5)));
  EXPECT_TRUE(std::isnan(quantile(std::vector<double>{}, 0.5)));
}

TEST(Quantile, OfOneValueIsThatValue) {
  EXPECT_EQ(quantiles(std::array{3.0}, std::array{0.0, 0.5, 1.0}), (std::vector{3.0, 3.0, 3.0}));
}

TEST(Statistics, MedianOfWhatIsKnownPassesOverNan) {
  const double nan = std::nan("");
  EXPECT_EQ(median_of_known(Eigen::Vector4d(nan, 3.0, 1.0, 2.0)), 2.0);
  EXPECT_EQ(median_of_known(Eigen::Vector2d(1.0, 2.0)), 2.0);  // the upper of the two
  EXPECT_TRUE(std::isnan(median_of_known(Eigen::Vector2d(nan, nan))));
}

}  // namespace
}  // namespace catena
