#include "catena/findings/repetition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "catena/core/units.h"

namespace catena {
namespace {

using testing::HasSubstr;

Estimate about(double value, double half) { return {value, value - half, value + half, 0.90, ""}; }

RecordingLoad load(const std::string& demand, double stride_m, double excursion_deg) {
  RecordingLoad out;
  out.recording = out.demand = demand;
  out.stride_length_m = about(stride_m, 0.02 * stride_m);
  if (std::isfinite(excursion_deg)) {
    out.low_back_excursion_rad = about(excursion_deg * kRadPerDeg, 0.5 * kRadPerDeg);
  }
  return out;
}

Examination running(double km_per_week) {
  Examination exam;
  exam.training.km_per_week = km_per_week;
  exam.training.km_per_session = km_per_week / 4.0;
  return exam;
}

TEST(Repetition, DoublingTheDistanceDoublesIt) {
  const auto once = repetition_of({load("3 m/s", 2.5, 12.0)}, running(20.0));
  const auto twice = repetition_of({load("3 m/s", 2.5, 12.0)}, running(40.0));
  ASSERT_EQ(once.demands.size(), 1u);
  const auto& a = once.demands[0];
  const auto& b = twice.demands[0];
  EXPECT_DOUBLE_EQ(b.strides_per_week.value, 2.0 * a.strides_per_week.value);
  EXPECT_DOUBLE_EQ(b.strides_per_session.high, 2.0 * a.strides_per_session.high);
  EXPECT_DOUBLE_EQ(b.excursion_deg_per_week.value, 2.0 * a.excursion_deg_per_week.value);
  EXPECT_DOUBLE_EQ(a.strides_per_km.value, 400.0);
  EXPECT_DOUBLE_EQ(a.excursion_deg_per_km.value, 2.0 * 12.0 * 400.0);
}

TEST(Repetition, ARunnerAgainstThemselvesIsOneInsideItsInterval) {
  const auto both =
      repetition_of({load("3 m/s", 2.5, 12.0), load("3 m/s again", 2.52, 12.1)}, std::nullopt);
  EXPECT_DOUBLE_EQ(both.demands[0].relative_per_km.value, 1.0);
  const Estimate& again = both.demands[1].relative_per_km;
  EXPECT_LE(again.low, 1.0);
  EXPECT_GE(again.high, 1.0);
  EXPECT_THAT(both.sentence, HasSubstr("not distinguishable"));
}

TEST(Repetition, WithoutAThoraxStridesAreComparedAndNothingIsSaidOfTheBack) {
  const double unknown = std::nan("");
  const auto out =
      repetition_of({load("3 m/s", 2.0, unknown), load("4 m/s", 2.5, unknown)}, running(30.0));
  EXPECT_TRUE(std::isnan(out.demands[1].excursion_deg_per_km.value));
  EXPECT_NEAR(out.demands[1].relative_per_km.value, 0.8, 1e-12);
  EXPECT_THAT(out.sentence, HasSubstr("number of strides"));
}

TEST(Repetition, WithoutASpeedNothingIsKnownAndThatIsSaid) {
  EXPECT_THAT(repetition_of({}, std::nullopt).sentence, HasSubstr("not known"));
}

}  // namespace
}  // namespace catena
