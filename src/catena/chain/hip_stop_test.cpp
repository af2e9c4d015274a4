// The hip stop and what else both legs together tell, from planted strides to the verdict.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "catena/chain/take_up.h"
#include "catena/core/units.h"
#include "catena/math/random_stream.h"

namespace catena {
namespace {

using testing::HasSubstr;
using Legs = std::array<std::vector<DemandStrides>, 2>;

constexpr double kStopAt_deg = 28.0;  // thigh extension

/// Strides of a hip that gives `before` of each degree up to the stop and `beyond` after it; lean
/// takes a tenth, the low back the rest. Ten strides a demand, which scatter by 0.5 deg.
std::vector<DemandStrides> strides_of(double before, double beyond, std::uint64_t seed,
                                      int n_demands = 6) {
  RandomStream stream(seed);
  std::vector<DemandStrides> demands;
  for (int d = 0; d < n_demands; ++d) {
    DemandStrides demand = {std::to_string(d), false, Eigen::VectorXd::LinSpaced(10, 0.0, 7.0),
                            Eigen::MatrixXd(10, 3)};
    demand.rest_rad.resize(10, 3);
    for (Eigen::Index i = 0; i < 10; ++i) {
      const double thigh = 18.0 + 3.5 * d + 0.5 * stream.normal();
      const double up_to = std::min(thigh, kStopAt_deg) - 18.0;
      const double hip = 15.0 + before * up_to + beyond * std::max(0.0, thigh - kStopAt_deg) +
                         0.5 * stream.normal();
      const double lean = 3.0 + 0.1 * thigh + 0.3 * stream.normal();
      demand.parts_rad.row(i) << hip, thigh - hip - lean, lean;
      // By rotation and drop: a twentieth of each degree to the low back, taken from the hip.
      demand.rest_rad.row(i) << -0.05 * thigh, 0.05 * thigh, 0.0;
    }
    demand.parts_rad *= kRadPerDeg;
    demand.rest_rad *= kRadPerDeg;
    demands.push_back(demand);
  }
  return demands;
}

TEST(HipStop, AFullStopIsReachedWhereItWasPlanted) {
  for (const TakeUp& leg :
       estimate_take_up(Legs{strides_of(0.6, 0.0, 1), strides_of(0.6, 0.0, 2)})) {
    const HipStop& stop = leg.hip_stop;
    EXPECT_EQ(stop.verdict, StopVerdict::kReached);
    EXPECT_LT(stop.thigh_rad.low, kStopAt_deg * kRadPerDeg);
    EXPECT_GT(stop.thigh_rad.high, kStopAt_deg * kRadPerDeg);
    EXPECT_NEAR(stop.hip_rad.value, 21.0 * kRadPerDeg, 1.0 * kRadPerDeg);
    EXPECT_NEAR(stop.share_before.value, 0.6, 0.1);
    EXPECT_LT(stop.share_beyond.low, 0.0);
    EXPECT_GT(stop.share_beyond.high, 0.0);
    EXPECT_GT(stop.share_before.low, stop.share_beyond.high);
    EXPECT_FALSE(leg.bend.thigh_rad.size() == 0);
  }
}

TEST(HipStop, AHipThatGivesMoreBeyondIsNotAccused) {
  const auto legs = estimate_take_up(Legs{strides_of(0.2, 0.7, 3), strides_of(0.2, 0.7, 4)});
  for (const TakeUp& leg : legs) {
    EXPECT_EQ(leg.hip_stop.verdict, StopVerdict::kNotReached);
    EXPECT_GT(leg.hip_stop.other_way, 0.9);
    EXPECT_TRUE(std::isnan(leg.hip_stop.thigh_rad.value));
  }
}

TEST(HipStop, AHipThatGivesLessButGoesOnGivingBendsGentlyAndIsNotSaidToStop) {
  const auto legs = estimate_take_up(Legs{strides_of(0.8, 0.4, 19), strides_of(0.8, 0.4, 20)});
  for (const TakeUp& leg : legs) {
    EXPECT_GT(leg.hip_stop.gently, 0.8);
    EXPECT_NE(leg.hip_stop.verdict, StopVerdict::kReached);
  }
}

TEST(HipStop, ProbabilitiesSumToOneAndAStraightHipIsNotAccused) {
  const auto legs = estimate_take_up(Legs{strides_of(0.5, 0.5, 5), strides_of(0.5, 0.5, 6)});
  for (const TakeUp& leg : legs) {
    const HipStop& stop = leg.hip_stop;
    EXPECT_NEAR(stop.line + stop.towards_stop + stop.gently + stop.other_way, 1.0, 1e-12);
    EXPECT_NE(stop.verdict, StopVerdict::kReached);
    EXPECT_GT(stop.line, 0.5);
  }
}

TEST(HipStop, AHipThatGivesNothingAnywhereIsNotCalledFree) {
  const auto legs = estimate_take_up(Legs{strides_of(0.0, 0.0, 7), strides_of(0.5, 0.5, 8)});
  EXPECT_EQ(legs[0].hip_stop.verdict, StopVerdict::kUndecided);
  EXPECT_THAT(legs[0].hip_stop.why, HasSubstr("a stop before the least demand"));
}

TEST(HipStop, TwoDemandsNeverTestIt) {
  const auto legs = estimate_take_up(Legs{strides_of(0.6, 0.0, 9, 2), strides_of(0.6, 0.0, 10, 2)});
  EXPECT_EQ(legs[0].hip_stop.verdict, StopVerdict::kCannotBeTested);
  EXPECT_THAT(legs[0].hip_stop.why, HasSubstr("two demands"));
  EXPECT_TRUE(std::isnan(legs[0].hip_stop.towards_stop));
}

TEST(TakeUpOfBothLegs, ExchangedLegsGiveExchangedAnswers) {
  const Legs legs = {strides_of(0.6, 0.1, 11), strides_of(0.4, 0.4, 12)};
  const auto a = estimate_take_up(legs);
  const auto b = estimate_take_up(Legs{legs[1], legs[0]});
  for (std::size_t k = 0; k < 2; ++k) {
    const TakeUp& here = a.at(k);
    const TakeUp& there = b.at(1 - k);
    EXPECT_NEAR(here.hip.estimate.value, there.hip.estimate.value, 1e-9);
    // Ends of intervals and kinds of bends are of 4000 draws.
    EXPECT_NEAR(here.hip_stop.towards_stop, there.hip_stop.towards_stop, 0.02);
    EXPECT_NEAR(here.hip.estimate.low, there.hip.estimate.low, 0.02);
  }
}

TEST(TakeUpOfBothLegs, ALegThatWasNotSeenChangesNothingOfTheOther) {
  const auto alone = estimate_take_up(Legs{strides_of(0.5, 0.5, 13), {}});
  EXPECT_NEAR(alone[0].hip.estimate.value, 0.5, 0.1);
  EXPECT_TRUE(std::isnan(alone[1].hip.estimate.value));
  EXPECT_THAT(alone[1].hip.why, HasSubstr("no stride"));
}

TEST(TakeUpOfBothLegs, TheOtherLegsStrayingWidensTheInterval) {
  // The same leg beside one that lies on its line, and beside one whose demands stray by 3 deg.
  std::vector<DemandStrides> strays = strides_of(0.5, 0.5, 14);
  RandomStream stream(15);
  for (DemandStrides& demand : strays) {
    const double hip = 3.0 * kRadPerDeg * stream.normal();
    demand.parts_rad.col(0).array() += hip;
    demand.parts_rad.col(1).array() -= hip;
  }
  const auto width = [](const TakeUp& t) { return t.hip.estimate.high - t.hip.estimate.low; };
  const auto calm = estimate_take_up(Legs{strides_of(0.5, 0.5, 16), strides_of(0.5, 0.5, 14)});
  const auto rough = estimate_take_up(Legs{strides_of(0.5, 0.5, 16), strays});
  EXPECT_GT(width(rough[0]), 1.2 * width(calm[0]));
}

TEST(TakeUpOfBothLegs, RotationAndDropHaveTheirPartOfTheShare) {
  const auto legs = estimate_take_up(Legs{strides_of(0.5, 0.5, 17), strides_of(0.5, 0.5, 18)});
  EXPECT_NEAR(legs[0].hip.rest.value, -0.05, 1e-6);
  EXPECT_NEAR(legs[0].low_back.rest.value, 0.05, 1e-6);
  EXPECT_NEAR(legs[0].pelvis.rest.value, 0.05, 1e-6);
  EXPECT_NEAR(legs[0].lean.rest.value, 0.0, 1e-6);
}

}  // namespace
}  // namespace catena
