// Kinds of bends from draws whose odds are known in closed form.
#include "catena/chain/bend_kinds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace catena {
namespace {

LegAxis plain_axis() {
  LegAxis axis;
  axis.fitted = true;
  axis.low_rad = -0.1;
  axis.high_rad = 0.1;
  axis.bend_rad = Eigen::VectorXd::Constant(1, 0.0);
  axis.reliability = 1.0;
  axis.error_slope.setZero();
  return axis;
}

/// Draws as recordings give them that say nothing: any slope, bends as the prior has them.
TakeUpDraws unseen_draws(int n, const TakeUpPrior& prior, RandomStream stream) {
  TakeUpDraws draws;
  draws.axis = plain_axis();
  for (int i = 0; i < n; ++i) {
    DrawnCurve curve;
    curve.slope[0] = stream.uniform(-1.0, 2.5);
    if (stream.uniform() < prior.bend_probability) {
      curve.bend = 0;
      curve.bend_slope[0] = prior.hip_bend_sd * stream.normal();
    }
    draws.curves.push_back(curve);
    draws.artefacts.emplace_back();
  }
  return draws;
}

double part_of(const TakeUpDraws& draws, BendKind kind) {
  return static_cast<double>(std::ranges::count(draws.kinds, kind)) /
         static_cast<double>(draws.kinds.size());
}

TEST(BendKinds, WhereNothingWasSeenTheyComeWithTheOddsOfThePrior) {
  // Bends that are all but even, so that draws of every size are there to be told.
  TakeUpPrior prior;
  prior.bend_probability = 0.6;
  const std::array<TakeUpDraws, 2> told = tell_bends(
      {unseen_draws(200000, prior, RandomStream(1)), TakeUpDraws{}}, prior, RandomStream(2));
  ASSERT_EQ(told[0].kinds.size(), 200000);
  EXPECT_TRUE(told[1].kinds.empty());
  // 0.015 is where no hip share is positive: such a hip can neither bend gently.
  EXPECT_NEAR(part_of(told[0], BendKind::kStraight), prior.straight_probability(), 0.015);
  EXPECT_NEAR(part_of(told[0], BendKind::kStop), prior.stop_probability, 0.015);
  EXPECT_NEAR(part_of(told[0], BendKind::kGentle), prior.gentle_probability, 0.015);
  EXPECT_NEAR(part_of(told[0], BendKind::kOtherWay), prior.other_way_probability, 0.015);

  double sum = 0.0;
  double squares = 0.0;
  double stop_squares = 0.0;
  double stops = 0.0;
  for (std::size_t i = 0; i < told[0].curves.size(); ++i) {
    const DrawnCurve& curve = told[0].curves[i];
    sum += curve.slope[0];
    squares += std::pow(curve.slope[0] - prior.hip_share_mean, 2);
    if (told[0].kinds[i] != BendKind::kStop) continue;
    stops += 1.0;
    stop_squares += std::pow(curve.slope[0] + curve.bend_slope[0], 2);
  }
  const double n = static_cast<double>(told[0].curves.size());
  EXPECT_NEAR(sum / n, prior.hip_share_mean, 0.01);
  EXPECT_NEAR(std::sqrt(squares / n), prior.hip_share_sd, 0.01);
  EXPECT_NEAR(std::sqrt(stop_squares / stops), prior.stop_share_sd, 0.02);
}

TEST(BendKinds, StraightDrawsThatCountAlikeAreEachTakenOnce) {
  TakeUpDraws draws;
  draws.axis = plain_axis();
  for (int i = 0; i < 50; ++i) {
    DrawnCurve curve;
    curve.slope[0] = 0.5;
    curve.offset_rad[0] = i;
    draws.curves.push_back(curve);
    draws.artefacts.emplace_back();
  }
  const std::array<TakeUpDraws, 2> told = tell_bends({draws, draws}, {}, RandomStream(3));
  for (int i = 0; i < 50; ++i) {
    const auto k = static_cast<std::size_t>(i);
    EXPECT_EQ(told[0].curves[k].offset_rad[0], i);
    EXPECT_EQ(told[1].curves[k].offset_rad[0], i);
    EXPECT_EQ(told[0].kinds[k], BendKind::kStraight);
  }
}

TEST(BendKinds, DrawsThatNoHipResemblesAreAllTaken) {
  TakeUpDraws draws;
  draws.axis = plain_axis();
  for (int i = 0; i < 20; ++i) {
    DrawnCurve curve;
    curve.slope[0] = -40.0;
    curve.bend = 0;
    curve.bend_slope[0] = -60.0;
    curve.offset_rad[0] = i;
    draws.curves.push_back(curve);
    draws.artefacts.emplace_back();
  }
  const TakeUpDraws told = tell_bends({draws, TakeUpDraws{}}, {}, RandomStream(5))[0];
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(told.curves[static_cast<std::size_t>(i)].offset_rad[0], i);
  }
}

TEST(BendKinds, WhatAHipKeepsBeyondDecides) {
  const auto told_of = [](double before, double beyond) {
    TakeUpDraws draws;
    draws.axis = plain_axis();
    DrawnCurve curve;
    curve.slope[0] = before;
    curve.bend = 0;
    curve.bend_slope[0] = beyond - before;
    draws.curves.assign(1000, curve);
    draws.artefacts.resize(1000);
    return tell_bends({draws, TakeUpDraws{}}, {}, RandomStream(4))[0];
  };
  EXPECT_EQ(part_of(told_of(0.6, 0.0), BendKind::kStop), 1.0);
  EXPECT_EQ(part_of(told_of(0.6, 0.15), BendKind::kStop), 1.0);
  EXPECT_GT(part_of(told_of(0.6, 0.45), BendKind::kGentle), 0.95);
  EXPECT_EQ(part_of(told_of(0.6, 0.9), BendKind::kOtherWay), 1.0);
}

}  // namespace
}  // namespace catena
