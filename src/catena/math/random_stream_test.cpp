#include "catena/math/random_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace catena {
namespace {

TEST(RandomStream, GivesTheSameNumbersForTheSameSeed) {
  RandomStream a(7);
  RandomStream b(7);
  RandomStream c(8);
  EXPECT_EQ(a.bits(), b.bits());
  EXPECT_EQ(a.normal(), b.normal());
  EXPECT_NE(a.bits(), c.bits());
}

TEST(RandomStream, ChildrenDoNotDependOnWhatWasDrawnBefore) {
  RandomStream a(7);
  const RandomStream b(7);
  for (int i = 0; i < 10; ++i) a.bits();
  RandomStream from_used = a.child("noise", 3);
  RandomStream from_fresh = b.child("noise", 3);
  EXPECT_EQ(from_used.bits(), from_fresh.bits());
}

TEST(RandomStream, ChildrenOfOtherNamesAndIndicesDiffer) {
  const RandomStream a(7);
  const std::uint64_t first = a.child("noise").bits();
  EXPECT_NE(first, a.child("artefact").bits());
  EXPECT_NE(first, a.child("noise", 1).bits());
  EXPECT_NE(first, RandomStream(8).child("noise").bits());
}

TEST(RandomStream, NormalHasMeanZeroAndUnitVariance) {
  RandomStream stream(1);
  const int n = 200000;
  double sum = 0.0;
  double squares = 0.0;
  double fourths = 0.0;
  for (int i = 0; i < n; ++i) {
    const double x = stream.normal();
    sum += x;
    squares += x * x;
    fourths += x * x * x * x;
  }
  // Five standard errors: 1/sqrt(n), sqrt(2/n), sqrt(96/n).
  EXPECT_NEAR(sum / n, 0.0, 5.0 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1.0, 5.0 * std::sqrt(2.0 / n));
  EXPECT_NEAR(fourths / n, 3.0, 5.0 * std::sqrt(96.0 / n));
}

TEST(RandomStream, UniformStaysInItsRangeAndFillsIt) {
  RandomStream stream(1);
  double least = 1.0;
  double most = 0.0;
  for (int i = 0; i < 10000; ++i) {
    const double x = stream.uniform(2.0, 3.0);
    ASSERT_GE(x, 2.0);
    ASSERT_LT(x, 3.0);
    least = std::min(least, x - 2.0);
    most = std::max(most, x - 2.0);
  }
  EXPECT_LT(least, 0.01);
  EXPECT_GT(most, 0.99);
}

TEST(RandomStream, IndexReachesEveryValueAndNoOther) {
  RandomStream stream(1);
  std::array<int, 3> counts{};
  for (int i = 0; i < 3000; ++i) ++counts.at(static_cast<std::size_t>(stream.index(3)));
  for (const int count : counts) EXPECT_GT(count, 800);
}

}  // namespace
}  // namespace catena
