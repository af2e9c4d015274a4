#include "catena/gait/spatiotemporal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catena/gait/planted_strides.h"
#include "catena/math/random_stream.h"

namespace catena {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Spatiotemporal summed_up(const PlantedRunner& runner) {
  const auto [points, strides] = make_planted(runner);
  return spatiotemporal(strides, points);
}

bool holds(const Estimate& estimate, double truth) {
  return estimate.low <= truth && truth <= estimate.high;
}

TEST(Spatiotemporal, SumsUpEachSideAndBoth) {
  const Spatiotemporal s = summed_up({});
  EXPECT_EQ(s.gait, Gait::kRunning);
  const MeasureSummary& contact = s.measures[kContactTime];
  EXPECT_NEAR(contact.side[kRight].value, 0.26, 1e-9);
  EXPECT_NEAR(contact.side[kLeft].value, 0.25, 1e-9);
  EXPECT_NEAR(contact.both.value, 0.255, 1e-9);
  EXPECT_THAT(contact.n, ElementsAre(12, 12));
  EXPECT_THAT(contact.n_lost, ElementsAre(0, 0));
  EXPECT_NEAR(contact.asymmetry.value, 0.010, 1e-9);
  EXPECT_NEAR(contact.asymmetry_percent, 100.0 * 0.010 / 0.255, 1e-6);
  EXPECT_NEAR(s.measures[kSpeed].both.value, 3.5, 1e-6);
  EXPECT_EQ(s.belt_by, "found from the standing feet");
  EXPECT_THAT(s.notes, IsEmpty());
}

TEST(Spatiotemporal, RhythmAndWayAreNotComparedBetweenSides) {
  const Spatiotemporal s = summed_up({});
  for (const StrideMeasure m : {kStrideTime, kCadence, kStrideLength, kSpeed, kStepWidth}) {
    EXPECT_TRUE(std::isnan(s.measures[m].asymmetry.value)) << kMeasures[m].name;
    EXPECT_FALSE(s.measures[m].distinguishable);
  }
  // The heel may be behind the hip, so a percentage has no meaning.
  EXPECT_FALSE(std::isnan(s.measures[kOverstride].asymmetry.value));
  EXPECT_TRUE(std::isnan(s.measures[kOverstride].asymmetry_percent));
}

TEST(Spatiotemporal, TenMillisecondsAreToldFromNoneOnlyByEventsThatAreSureEnough) {
  PlantedRunner sure;
  sure.event_sd_s = 0.002;
  const MeasureSummary by_plate = summed_up(sure).measures[kContactTime];
  // Four events of 2 ms: 1.96 x 4 ms.
  EXPECT_NEAR(by_plate.smallest_detectable, 1.96 * 0.004, 1e-4);
  EXPECT_TRUE(by_plate.distinguishable);
  PlantedRunner unsure;
  unsure.event_sd_s = 0.006;
  const MeasureSummary by_markers = summed_up(unsure).measures[kContactTime];
  EXPECT_NEAR(by_markers.smallest_detectable, 1.96 * 0.012, 1e-4);
  EXPECT_FALSE(by_markers.distinguishable);
}

TEST(Spatiotemporal, TheBeltsErrorIsOneForBothSidesAndCancelsBetweenThem) {
  const MeasureSummary step = summed_up({}).measures[kStepLength];
  // 1.5 % of 3.5 m/s in a step of 0.36 s, but only 1.5 % of a difference of 0.08 m.
  EXPECT_GT(step.both.high - step.both.value, 0.02);
  EXPECT_LT(step.smallest_detectable, 0.005);
  EXPECT_TRUE(step.distinguishable);
}

TEST(Spatiotemporal, MoreStridesDoNotLessenWhatTheyShare) {
  PlantedRunner few;
  few.event_sd_s = 0.005;
  PlantedRunner many = few;
  many.n_strides = 200;
  const Estimate of_few = summed_up(few).measures[kContactTime].both;
  const Estimate of_many = summed_up(many).measures[kContactTime].both;
  EXPECT_NEAR(of_many.high - of_many.low, 2.0 * 1.645 * 0.005 * std::sqrt(2.0), 1e-4);
  EXPECT_NEAR(of_few.high - of_few.low, of_many.high - of_many.low, 1e-4);
}

TEST(Spatiotemporal, TheGreaterGaitIsSummedUpAndTheOtherSaid) {
  auto [points, strides] = make_planted({});
  for (std::size_t i = 0; i < 6; ++i) strides.strides[i].gait = Gait::kWalking;
  strides.strides[6].gait = Gait::kUnknown;
  const Spatiotemporal s = spatiotemporal(strides, points);
  EXPECT_EQ(s.gait, Gait::kRunning);
  EXPECT_EQ(s.measures[kStrideTime].n[kRight] + s.measures[kStrideTime].n[kLeft], 24 - 7);
  EXPECT_EQ(s.strides.size(), 24U);
  EXPECT_THAT(s.notes, ElementsAre(HasSubstr("7 of 24 strides are not summed up")));
}

TEST(Spatiotemporal, WhatCannotBeKnownSaysWhy) {
  auto [points, strides] = make_planted({});
  points.is_planar = true;
  points.hip_m[kRight].resize(0, 3);
  points.hip_m[kLeft].resize(0, 3);
  points.pelvis_m.resize(0, 3);
  const Spatiotemporal s = spatiotemporal(strides, points);
  EXPECT_THAT(s.measures[kStepWidth].why, HasSubstr("one side only"));
  EXPECT_THAT(s.measures[kOverstride].why, HasSubstr("No hip"));
  EXPECT_THAT(s.measures[kSpeed].why, HasSubstr("No point of the pelvis"));
  EXPECT_THAT(s.measures[kDoubleSupport].why, HasSubstr("none in running"));
  EXPECT_THAT(s.measures[kContactTime].why, IsEmpty());
  EXPECT_THAT(spatiotemporal({}, points).measures[kContactTime].why,
              HasSubstr("No complete stride"));
}

TEST(Spatiotemporal, OneCameraDoesNotJudgeTheNearLegAgainstTheFarOne) {
  auto [points, strides] = make_planted({});
  EXPECT_TRUE(spatiotemporal(strides, points).measures[kContactTime].distinguishable);
  points.is_planar = true;
  const Spatiotemporal s = spatiotemporal(strides, points);
  EXPECT_NEAR(s.measures[kContactTime].asymmetry.value, 0.010, 1e-9);
  EXPECT_TRUE(std::isnan(s.measures[kContactTime].asymmetry.low));
  EXPECT_TRUE(std::isnan(s.measures[kContactTime].smallest_detectable));
  EXPECT_FALSE(s.measures[kContactTime].distinguishable);
  EXPECT_THAT(s.notes, ElementsAre(HasSubstr("not judged against each other")));
}

TEST(Spatiotemporal, LostStridesAreCountedBySide) {
  auto [points, strides] = make_planted({});
  points.toe_m[kLeft].setConstant(kNaN);
  const Spatiotemporal s = spatiotemporal(strides, points);
  EXPECT_THAT(s.measures[kStrideLength].n, ElementsAre(12, 0));
  EXPECT_THAT(s.measures[kStrideLength].n_lost, ElementsAre(0, 12));
  EXPECT_NEAR(s.measures[kStrideLength].both.value, 2.52, 1e-6);
  EXPECT_THAT(s.measures[kContactTime].n_lost, ElementsAre(0, 0));
}

TEST(Spatiotemporal, AnAssumedHeightIsSaidAndWidensLengths) {
  auto [points, strides] = make_planted({});
  points.is_scaled = false;
  points.length_sd = 0.05;
  const Spatiotemporal s = spatiotemporal(strides, points);
  EXPECT_THAT(s.notes, ElementsAre(HasSubstr("assumed height")));
  const Estimate length = s.measures[kStrideLength].both;
  EXPECT_NEAR(length.high - length.value, 1.645 * std::hypot(0.05, 0.015) * 2.52, 0.005);
}

TEST(Spatiotemporal, ASpeedThatWasSaidIsUsedAndDoubtedWhereTheFeetDoNotAgree) {
  auto [points, strides] = make_planted({});
  const Spatiotemporal agreed = spatiotemporal(strides, points, {.belt_speed_m_s = 3.55});
  EXPECT_EQ(agreed.belt_by, "given");
  EXPECT_NEAR(agreed.measures[kSpeed].both.value, 3.55, 1e-6);
  EXPECT_THAT(agreed.notes, IsEmpty());
  const Spatiotemporal doubted = spatiotemporal(strides, points, {.belt_speed_m_s = 5.0});
  EXPECT_THAT(doubted.notes, ElementsAre(HasSubstr("standing feet go 3.50 m/s")));
}

TEST(Spatiotemporal, ATreadmillOfUnknownSpeedIsAskedOfTheFeet) {
  auto [points, strides] = make_planted({});
  points.belt_speed_m_s = kNaN;
  EXPECT_NEAR(spatiotemporal(strides, points).measures[kSpeed].both.value, 3.5, 1e-6);
}

TEST(Spatiotemporal, ARunnerWhoDriftsOrQuickensIsSaid) {
  PlantedRunner drifting;
  drifting.drift_m_s = 0.05;
  EXPECT_THAT(summed_up(drifting).notes, ElementsAre(HasSubstr("drifts forward on the belt")));

  auto [points, strides] = make_planted({});
  const double first_s = strides.strides[0].from_s;
  // A clock that runs ever slower: strides shorten by a tenth.
  const auto quicken = [&](double t) { return t - 0.006 * (t - first_s) * (t - first_s); };
  for (Stride& s : strides.strides) {
    for (double* t : {&s.from_s, &s.to_s, &s.toe_off_s, &s.other_toe_off_s, &s.other_contact_s}) {
      *t = quicken(*t);
    }
  }
  const Spatiotemporal s = spatiotemporal(strides, points);
  EXPECT_TRUE(s.measures[kCadence].drifts);
  EXPECT_GT(s.measures[kCadence].trend_per_min.value, 0.0);
  EXPECT_THAT(s.notes, testing::Contains(HasSubstr("cadence rises")));
}

/// Strides whose contact times scatter, resembling their neighbours.
GaitStrides scattered(const GaitStrides& even, double sd_s, double correlation,
                      RandomStream& random) {
  GaitStrides out = even;
  std::array<double, 2> off_s = {random.normal(0.0, sd_s), random.normal(0.0, sd_s)};
  for (Stride& s : out.strides) {
    double& off = off_s[s.side];
    s.toe_off_s += off;
    off = correlation * off + random.normal(0.0, sd_s * std::sqrt(1 - correlation * correlation));
  }
  return out;
}

TEST(Spatiotemporal, NineIntervalsInTenHoldTheMeanAlsoOfStridesThatResembleEachOther) {
  RandomStream random(5);
  PlantedRunner runner;
  runner.contact_s = {0.25, 0.25};
  for (const int n_strides : {8, 40}) {
    runner.n_strides = n_strides;
    const auto [points, even] = make_planted(runner);
    for (const double correlation : {0.0, 0.3, 0.5}) {
      constexpr int kTrials = 250;
      int n_held = 0;
      int n_false = 0;
      for (int trial = 0; trial < kTrials; ++trial) {
        const GaitStrides strides = scattered(even, 0.008, correlation, random);
        const MeasureSummary contact = spatiotemporal(strides, points).measures[kContactTime];
        n_held += holds(contact.side[kRight], 0.25) ? 1 : 0;
        n_false += contact.distinguishable ? 1 : 0;
      }
      const double held = static_cast<double>(n_held) / kTrials;
      const double false_alarms = static_cast<double>(n_false) / kTrials;
      EXPECT_GT(held, 0.85) << n_strides << " strides, correlation " << correlation;
      EXPECT_LT(held, 0.99) << n_strides << " strides, correlation " << correlation;
      EXPECT_LT(false_alarms, 0.08) << n_strides << " strides, correlation " << correlation;
    }
  }
}

TEST(Spatiotemporal, ASingleStrideHasNoInterval) {
  auto [points, strides] = make_planted({});
  strides.strides.resize(1);
  const MeasureSummary contact = spatiotemporal(strides, points).measures[kContactTime];
  EXPECT_NEAR(contact.both.value, 0.26, 1e-9);
  EXPECT_TRUE(std::isnan(contact.both.low));
  EXPECT_TRUE(std::isnan(contact.smallest_detectable));
  EXPECT_FALSE(contact.distinguishable);
}

}  // namespace
}  // namespace catena
