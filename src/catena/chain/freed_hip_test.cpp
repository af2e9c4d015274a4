// What is planted at a stop must be what the freed hip gives back.
#include "catena/chain/freed_hip.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "catena/chain/take_up.h"
#include "catena/core/units.h"

namespace catena {
namespace {

using Legs = std::array<std::vector<DemandStrides>, 2>;

constexpr double kStopAt_deg = 26.0;  // thigh extension
constexpr double kFarthest_deg = 30.0;

/// Seven demands from 18 to 30 deg whose strides hardly scatter. The hip gives 0.6 of each degree
/// up to the stop and `beyond` after it; of what it then leaves, lean takes `to_lean`.
std::vector<DemandStrides> strides_of(double beyond, double to_lean = 0.0, int width = 3) {
  std::vector<DemandStrides> demands;
  for (int d = 0; d < 7; ++d) {
    DemandStrides demand = {std::to_string(d), false, Eigen::VectorXd::LinSpaced(12, 0.0, 8.0),
                            Eigen::MatrixXd(12, width)};
    for (Eigen::Index i = 0; i < 12; ++i) {
      const double scatter = 0.02 * (i % 2 == 0 ? 1.0 : -1.0);
      const double thigh = 18.0 + 2.0 * d;
      const double past = std::max(0.0, thigh - kStopAt_deg);
      const double hip = 10.0 + 0.6 * (thigh - 18.0) - (0.6 - beyond) * past + scatter;
      const double lean = 3.0 + 0.1 * thigh + to_lean * (0.6 - beyond) * past;
      if (width == 3) demand.parts_rad.row(i) << hip, thigh - hip - lean, lean;
      if (width == 2) demand.parts_rad.row(i) << hip, thigh - hip;
    }
    demand.parts_rad *= kRadPerDeg;
    demands.push_back(demand);
  }
  return demands;
}

const TakeUpOptions kQuick = {.details = false, .prior = {}};

/// Medians in degrees over the draws that stop.
struct Bent {
  double part = 0.0;  // of all draws
  double stop_hip_deg = std::numeric_limits<double>::quiet_NaN();
  double low_back_deg = std::numeric_limits<double>::quiet_NaN();
};

double middle_of(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

Bent bent_draws(const FreedHip& freed) {
  std::vector<double> hip;
  std::vector<double> low_back;
  for (Eigen::Index i = 0; i < freed.stop_hip_rad.size(); ++i) {
    if (std::isnan(freed.stop_hip_rad[i])) {
      EXPECT_EQ(freed.low_back_rad[i], 0.0);
      continue;
    }
    hip.push_back(freed.stop_hip_rad[i] * kDegPerRad);
    low_back.push_back(freed.low_back_rad[i] * kDegPerRad);
  }
  Bent bent = {static_cast<double>(hip.size()) / static_cast<double>(freed.stop_hip_rad.size())};
  if (!hip.empty()) {
    bent.stop_hip_deg = middle_of(hip);
    bent.low_back_deg = middle_of(low_back);
  }
  return bent;
}

TEST(FreedHip, GivesBackWhatTheStopPutOnTheLowBack) {
  for (const TakeUp& leg : estimate_take_up(Legs{strides_of(0.0), strides_of(0.0)}, kQuick)) {
    ASSERT_EQ(leg.freed.stop_hip_rad.size(), TakeUpOptions().n_draws);
    const Bent bent = bent_draws(leg.freed);
    EXPECT_GT(bent.part, 0.99);
    EXPECT_NEAR(bent.stop_hip_deg, 10.0 + 0.6 * (kStopAt_deg - 18.0), 0.3);
    EXPECT_NEAR(bent.low_back_deg, 0.6 * (kFarthest_deg - kStopAt_deg), 0.3);
    EXPECT_NEAR(leg.freed.hip_farthest_rad.mean() * kDegPerRad, 14.8, 0.2);
  }
}

TEST(FreedHip, WhatTheLeanTookUpIsNoReliefOfTheLowBack) {
  const auto legs = estimate_take_up(Legs{strides_of(0.0, 1.0), strides_of(0.0, 0.5)}, kQuick);
  EXPECT_NEAR(bent_draws(legs[0].freed).low_back_deg, 0.0, 0.2);
  EXPECT_NEAR(bent_draws(legs[1].freed).low_back_deg, 1.2, 0.2);
}

TEST(FreedHip, WithoutAThoraxItIsThePelvisThatIsRelieved) {
  const auto legs =
      estimate_take_up(Legs{strides_of(0.0, 0.5, 2), strides_of(0.0, 0.5, 2)}, kQuick);
  EXPECT_NEAR(bent_draws(legs[0].freed).low_back_deg, 2.4, 0.3);
}

TEST(FreedHip, AStraightHipHasHardlyAnyStopToTakeAway) {
  // Freedom from departures is certain here, so that even tiny bends are ruled out or are tiny.
  for (const TakeUp& leg : estimate_take_up(Legs{strides_of(0.6), strides_of(0.6)}, kQuick)) {
    EXPECT_LT(bent_draws(leg.freed).part, 0.05);
    EXPECT_LT(leg.freed.low_back_rad.mean() * kDegPerRad, 0.02);
  }
}

TEST(FreedHip, AHipThatGivesMoreBeyondHasNothingToGiveBack) {
  const auto legs = estimate_take_up(Legs{strides_of(0.9), strides_of(0.9)}, kQuick);
  EXPECT_LT(legs[0].freed.low_back_rad.maxCoeff(), 1e-12);
}

TEST(FreedHip, ExchangedLegsGiveExchangedAnswers) {
  const Legs legs = {strides_of(0.0), strides_of(0.3)};
  const auto here = estimate_take_up(legs, kQuick);
  const auto there = estimate_take_up(Legs{legs[1], legs[0]}, kQuick);
  for (std::size_t k = 0; k < 2; ++k) {
    const Bent a = bent_draws(here.at(k).freed);
    const Bent b = bent_draws(there.at(1 - k).freed);
    EXPECT_NEAR(a.low_back_deg, b.low_back_deg, 0.05);
    EXPECT_NEAR(a.stop_hip_deg, b.stop_hip_deg, 0.05);
  }
}

TEST(FreedHip, DrawsHoldTheStopWithTheProbabilityOfTheVerdict) {
  const auto legs = estimate_take_up(Legs{strides_of(0.15), strides_of(0.15)}, kQuick);
  const TakeUp& leg = legs[0];
  EXPECT_DOUBLE_EQ(leg.freed.stop_prior, TakeUpPrior().stop_probability);
  EXPECT_NEAR(bent_draws(leg.freed).part, leg.hip_stop.towards_stop, 1e-12);
}

TEST(FreedHip, AHipThatBendsGentlyHasNoStopToTakeAway) {
  for (const TakeUp& leg : estimate_take_up(Legs{strides_of(0.4), strides_of(0.4)}, kQuick)) {
    EXPECT_GT(leg.hip_stop.gently, 0.9);
    EXPECT_LT(bent_draws(leg.freed).part, 0.1);
  }
}

TEST(FreedHip, IsEmptyWhereNoShareIsGiven) {
  const auto legs = estimate_take_up(Legs{strides_of(0.0), {}}, kQuick);
  EXPECT_EQ(legs[1].freed.stop_hip_rad.size(), 0);
  EXPECT_EQ(legs[1].freed.low_back_rad.size(), 0);
  EXPECT_GT(legs[0].freed.low_back_rad.size(), 0);
}

}  // namespace
}  // namespace catena
