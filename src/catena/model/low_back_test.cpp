#include "catena/model/low_back.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "catena/model/built_in_body.h"

namespace catena {
namespace {

double sum(const std::array<double, 5>& shares) {
  return std::accumulate(shares.begin(), shares.end(), 0.0);
}

TEST(LowBack, SharesOfEachDirectionSumToOne) {
  const LowBackShares shares = published_low_back_shares();
  for (const auto& column : {shares.flexion, shares.extension, shares.bending, shares.rotation}) {
    EXPECT_NEAR(sum(column), 1.0, 1e-15);
  }
}

TEST(LowBack, ExtendsAtItsEndsAndFlexesFromTheTop) {
  // Pearcey: of 16 degrees of extension, 5 at L5/S1 and 1 at L3/4.
  const LowBackShares shares = published_low_back_shares();
  EXPECT_NEAR(shares.extension[0], 5.0 / 16.0, 1e-15);
  EXPECT_NEAR(shares.extension[2], 1.0 / 16.0, 1e-15);
  EXPECT_NEAR(shares.flexion[4], 0.255, 1e-15);
  EXPECT_NEAR(shares.rotation[0] / shares.rotation[4], 0.208 / 0.169, 1e-12);
}

TEST(LowBack, LevelsSumToTheWholeEverywhere) {
  const LowBackShares shares = published_low_back_shares();
  for (int step = -170; step <= 170; ++step) {
    const double whole = 0.0071 * step;
    double levels = 0.0;
    for (std::size_t k = 0; k < 5; ++k) {
      levels += evaluate(level_extension(shares.flexion[k], shares.extension[k]), whole).value;
    }
    EXPECT_NEAR(levels, whole, 1e-15);
  }
}

TEST(LowBack, HasTheSharesOfItsDirectionBeyondTheBlend) {
  const ScalarFunction f = level_extension(0.2, 0.3, 0.1);
  for (const double x : {0.1, 0.15, 0.4, 1.3}) {
    EXPECT_NEAR(evaluate(f, x).value, 0.3 * x, 1e-15);
    EXPECT_NEAR(evaluate(f, -x).value, -0.2 * x, 1e-15);
  }
  EXPECT_EQ(evaluate(f, 0.0).value, 0.0);
}

TEST(LowBack, TurnsEveryLevelTheWayOfTheWholeWithoutASuddenChange) {
  const LowBackShares shares = published_low_back_shares();
  for (std::size_t k = 0; k < 5; ++k) {
    const ScalarFunction f = level_extension(shares.flexion[k], shares.extension[k]);
    double before = evaluate(f, -0.3).slope;
    for (int step = -600; step <= 600; ++step) {
      const double x = 0.0005 * step;
      const double slope = evaluate(f, x).slope;
      EXPECT_GT(slope, 0.02) << k;
      // Without the blend L5/S1 would jump by 0.19.
      EXPECT_LT(std::abs(slope - before), 0.06) << k << " at " << x;
      before = slope;
    }
  }
}

TEST(LowBack, LevelsStandAboveEachOtherWithinTheTrunk) {
  const BodyDimensions d = proportional_dimensions(1.75, 68.0, true);
  const Model model = built_in_body(d, {.low_back = LowBack::kSpread});
  double height = 0.0;
  for (const char* name : {"lumbar5", "lumbar4", "lumbar3", "lumbar2", "lumbar1"}) {
    const auto b = static_cast<std::size_t>(find_body(model, name));
    height += model.joints.at(b - 1).parent_from_frame.translation.y();
  }
  // Four levels above L5/S1 and still below the xiphoid.
  EXPECT_GT(height - d.lumbosacral_in_pelvis_m.y(), 0.12);
  EXPECT_LT(height - d.lumbosacral_in_pelvis_m.y(), 0.57 * d.shoulder_in_torso_m.y());
}

}  // namespace
}  // namespace catena
