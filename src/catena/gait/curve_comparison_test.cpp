#include "catena/gait/curve_comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "catena/gait/profile_fixture.h"

namespace catena {
namespace {

using test::planted_profile;
using test::PlantedRunner;
using testing::Contains;
using testing::HasSubstr;

/// Strides of one runner, each resembling the last by r.
Eigen::MatrixXd following_strides(RandomStream& random, int n, double r) {
  Eigen::MatrixXd strides = test::smooth_curves(random, n, kStridePercents, 18);
  for (int i = 1; i < n; ++i) {
    strides.row(i) = r * strides.row(i - 1) + std::sqrt(1 - r * r) * strides.row(i);
  }
  return kRadPerDeg * strides;
}

/// One hip flexion curve a side; of n strides, 0.7 s each.
GaitProfile recording(RandomStream& random, const std::string& name, int n, double r) {
  GaitProfile profile;
  profile.runner = "runner";
  profile.recording = name;
  profile.speed_m_s = 3.0;
  profile.gait = Gait::kRunning;
  for (const Side side : kSides) {
    ProfileCurve curve;
    curve.name = "hip_flexion";
    curve.side = side;
    curve.strides_rad = following_strides(random, n, r);
    curve.from_s =
        Eigen::VectorXd::LinSpaced(n, 0, 0.7 * (n - 1)).array() + (side == kLeft ? 0.35 : 0.0);
    profile.curves.push_back(curve);
  }
  return profile;
}

TEST(CurveComparison, FindsAPlantedDifference) {
  RandomStream random(1);
  const GaitProfile before = recording(random, "before", 30, 0.3);
  GaitProfile after = recording(random, "after", 25, 0.3);
  after.curves[0].strides_rad.middleCols(40, 11).array() += 8 * kRadPerDeg;
  const auto result = compare_recordings(before, after);
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->curves.size(), 2u);
  const CurveDifference& d = result->curves[0];
  EXPECT_FALSE(d.is_paired);
  ASSERT_EQ(d.spans.size(), 1u);
  EXPECT_NEAR(d.spans[0].from_percent, 39.5, 0.6);
  EXPECT_NEAR(d.spans[0].to_percent, 50.5, 0.6);
  EXPECT_NEAR(d.spans[0].largest_rad, 8 * kRadPerDeg, 1 * kRadPerDeg);
  EXPECT_TRUE(d.spans[0].is_detectable);
  EXPECT_LT(d.spans[0].p, 1e-4);
  EXPECT_THAT(d.sentence, HasSubstr("Right hip flexion differs from 39 to 51 % by up to +8"));
  EXPECT_THAT(result->curves[1].sentence, HasSubstr("no difference shown at 5 %"));
}

TEST(CurveComparison, TurnsRoundWithTheOrder) {
  RandomStream random(2);
  const GaitProfile before = recording(random, "before", 30, 0.3);
  GaitProfile after = recording(random, "after", 25, 0.3);
  after.curves[0].strides_rad.array() += 3 * kRadPerDeg;
  const auto forth = compare_recordings(before, after);
  const auto back = compare_recordings(after, before);
  EXPECT_LT((forth->curves[0].test.t + back->curves[0].test.t).norm(), 1e-9);
  EXPECT_NEAR(forth->curves[0].test.dof, back->curves[0].test.dof, 1e-9);
}

TEST(CurveComparison, SmallDifferencesAreNotDistinguishable) {
  RandomStream random(3);
  const GaitProfile before = recording(random, "before", 40, 0.0);
  GaitProfile after = recording(random, "after", 40, 0.0);
  after.curves[0].strides_rad.array() += 3 * kRadPerDeg;
  const auto anew = compare_recordings(before, after);
  ASSERT_EQ(anew->curves[0].spans.size(), 1u);
  EXPECT_FALSE(anew->curves[0].spans[0].is_detectable);
  EXPECT_THAT(anew->curves[0].sentence, HasSubstr("not distinguishable from measurement error"));
  CurveComparisonOptions options;
  options.same_markers = true;
  EXPECT_TRUE(compare_recordings(before, after, options)->curves[0].spans[0].is_detectable);
}

TEST(CurveComparison, PairsRightStridesWithLeftOnes) {
  RandomStream random(4);
  GaitProfile profile = recording(random, "run", 30, 0.0);
  // What both sides share from stride to stride cancels in pairs only.
  const Eigen::MatrixXd shared = 5 * following_strides(random, 30, 0.0);
  for (ProfileCurve& curve : profile.curves) curve.strides_rad += shared;
  profile.curves[1].strides_rad.array() += 2 * kRadPerDeg;
  const auto paired = compare_sides(profile);
  ASSERT_EQ(paired.curves.size(), 1u);
  EXPECT_TRUE(paired.curves[0].is_paired);
  EXPECT_EQ(paired.curves[0].n_strides[0], 30);
  EXPECT_EQ(paired.curves[0].spans.size(), 1u);
  EXPECT_THAT(paired.curves[0].sentence, HasSubstr("Left minus right: hip flexion differs"));
  // A stride that was left out takes its pair with it and shifts no other.
  GaitProfile gap = profile;
  Eigen::MatrixXd& left = gap.curves[1].strides_rad;
  left = (Eigen::MatrixXd(29, kStridePercents) << left.topRows(9), left.bottomRows(20)).finished();
  Eigen::VectorXd& times = gap.curves[1].from_s;
  times = (Eigen::VectorXd(29) << times.head(9), times.tail(20)).finished();
  const auto with_gap = compare_sides(gap);
  EXPECT_EQ(with_gap.curves[0].n_strides[0], 29);
  EXPECT_EQ(with_gap.curves[0].spans.size(), 1u);
  // Without times nothing says which belong together.
  profile.curves[1].from_s.resize(0);
  const auto unpaired = compare_sides(profile);
  EXPECT_FALSE(unpaired.curves[0].is_paired);
  EXPECT_TRUE(unpaired.curves[0].spans.empty());
  EXPECT_THAT(unpaired.notes, Contains(HasSubstr("two samples")));
}

/// In how many of 400 pairs of recordings of one runner a difference is found where there is none.
double false_positives(int n, double r, bool believe_in_independence) {
  RandomStream random = RandomStream(5).child("null", static_cast<std::uint64_t>(100 * r));
  int found = 0;
  const int repeats = 400;
  for (int k = 0; k < repeats; ++k) {
    const Eigen::MatrixXd a = following_strides(random, n, r);
    const Eigen::MatrixXd b = following_strides(random, n, r);
    CurveTestOptions options;
    if (!believe_in_independence) options.effective_n = {effective_count(a), effective_count(b)};
    found += two_sample_t(a, b, options)->clusters.empty() ? 0 : 1;
  }
  return static_cast<double>(found) / repeats;
}

TEST(CurveComparison, HoldsFalsePositivesThoughStridesResembleTheirNeighbours) {
  EXPECT_LT(false_positives(40, 0.0, false), 0.08);
  EXPECT_LT(false_positives(40, 0.3, false), 0.08);
  EXPECT_LT(false_positives(40, 0.6, false), 0.09);
  // What it would be if strides were taken for independent.
  EXPECT_GT(false_positives(40, 0.3, true), 0.12);
  EXPECT_GT(false_positives(40, 0.6, true), 0.45);
}

TEST(CurveComparison, ComparesNumbersAndTheirIntervals) {
  RandomStream random(6);
  PlantedRunner planted;
  const GaitProfile before = planted_profile(random, planted);
  GaitProfile after = before;
  for (double& x : after.scalars[0].strides) x += 0.020 + 0.002 * random.normal();
  after.scalars[0].strides[2] = NAN;
  const auto result = compare_recordings(before, after);
  const ScalarDifference& d = result->scalars[0];
  EXPECT_NEAR(d.difference.value, 0.020, 0.003);
  EXPECT_LT(d.difference.low, 0.020);
  EXPECT_GT(d.difference.high, 0.020);
  EXPECT_LT(d.p, 1e-4);
  EXPECT_THAT(d.sentence, testing::MatchesRegex("Right contact time differs by .(19|20|21) ms "
                                                ".[+]1[0-9] to [+]2[0-9].[.]"));
  EXPECT_THAT(result->scalars[1].sentence, HasSubstr("no difference shown"));
  // Running has no double support: not a word of it.
  GaitProfile none = before;
  none.scalars[0].strides.setConstant(NAN);
  EXPECT_EQ(compare_recordings(none, none)->scalars.size(), before.scalars.size() - 1);
}

// Events found in another way shift every stride: their scatter knows nothing of it.
TEST(CurveComparison, AnErrorThatAllStridesShareIsNoDifference) {
  RandomStream random(9);
  GaitProfile before = planted_profile(random, {});
  before.scalars[0].shared_sd = 0.006;
  const auto shifted = [&](double by_s) {
    GaitProfile after = before;
    after.scalars[0].shared_sd = 0.008;
    after.scalars[0].strides.array() += by_s;
    return compare_recordings(before, after)->scalars[0];
  };
  const ScalarDifference small = shifted(0.005);
  EXPECT_DOUBLE_EQ(small.shared_sd, 0.010);
  EXPECT_TRUE(small.is_shown);
  EXPECT_FALSE(small.is_detectable);
  EXPECT_GT(small.p, 0.5);
  EXPECT_LT(small.difference.low, -1.4 * 0.010);
  EXPECT_GT(small.difference.high, 2.4 * 0.010);
  EXPECT_THAT(small.sentence, HasSubstr("differs by +5 ms (-"));
  EXPECT_THAT(small.sentence, HasSubstr(", not distinguishable from measurement error."));
  const ScalarDifference large = shifted(0.040);
  EXPECT_TRUE(large.is_detectable);
  EXPECT_GT(large.difference.low, 0.015);
  EXPECT_LT(large.p, 0.001);
  EXPECT_THAT(large.sentence, testing::Not(HasSubstr("not distinguishable")));
  // Where it is not known, nothing can be said.
  before.scalars[0].shared_sd = NAN;
  EXPECT_THAT(shifted(0.040).sentence, HasSubstr("is not compared: the error that all strides"));
}

TEST(CurveComparison, CountsOnlyWhatWasComparedAmongChances) {
  RandomStream random(10);
  const GaitProfile before = planted_profile(random, {});
  GaitProfile after = before;
  after.scalars[0].strides = after.scalars[0].strides.head(2).eval();
  const auto result = compare_recordings(before, after);
  EXPECT_THAT(result->scalars[0].why, HasSubstr("too few to compare"));
  EXPECT_FALSE(result->scalars[0].is_shown);
  EXPECT_THAT(result->notes, Contains(HasSubstr("11 comparisons are made")));
}

TEST(CurveComparison, TellsNoStretchShorterThanAFiftiethOfTheStride) {
  RandomStream random(11);
  const GaitProfile before = recording(random, "before", 30, 0.0);
  GaitProfile after = recording(random, "after", 30, 0.0);
  after.curves[0].strides_rad.col(50).array() += 9 * kRadPerDeg;
  const CurveDifference d = compare_recordings(before, after)->curves[0];
  ASSERT_EQ(d.spans.size(), 1u);
  EXPECT_LT(d.spans[0].to_percent - d.spans[0].from_percent, 2);
  EXPECT_THAT(d.sentence, HasSubstr("no difference shown"));
}

TEST(CurveComparison, TellsLargeDifferencesFirstAndSmallOnesTogether) {
  RandomStream random(8);
  const GaitProfile before = recording(random, "before", 40, 0.0);
  GaitProfile after = recording(random, "after", 40, 0.0);
  after.curves[0].strides_rad.middleCols(10, 11).array() += 9 * kRadPerDeg;
  after.curves[0].strides_rad.middleCols(40, 11).array() -= 3 * kRadPerDeg;
  after.curves[0].strides_rad.middleCols(80, 11).array() += 2 * kRadPerDeg;
  EXPECT_THAT(compare_recordings(before, after)->curves[0].sentence,
              testing::MatchesRegex("Right hip flexion differs from 9 to 21 % by up to .9.. deg; "
                                    "elsewhere by up to -3.. deg, not distinguishable from "
                                    "measurement error."));
}

TEST(CurveComparison, RefusesOrSaysWhatIsNotAlike) {
  RandomStream random(7);
  const GaitProfile a = recording(random, "a", 5, 0.0);
  const auto with = [&](auto change) {
    GaitProfile b = a;
    b.recording = "b";
    change(b);
    return compare_recordings(a, b);
  };
  EXPECT_EQ(with([](GaitProfile& p) { p.gait = Gait::kWalking; }).error().what,
            "a and b cannot be compared: one is running, the other walking");
  EXPECT_THAT(with([](GaitProfile& p) { p.convention = "x"; }).error().what,
              HasSubstr("their angles are made differently"));
  EXPECT_EQ(with([](GaitProfile& p) { p.marker_set = "x"; }).error().code, Errc::kMismatch);
  EXPECT_EQ(with([](GaitProfile& p) { p.body = "x"; }).error().code, Errc::kMismatch);
  EXPECT_THAT(with([](GaitProfile& p) { p.speed_m_s = 3.5; })->notes,
              Contains(HasSubstr("The speeds differ (3.00 and 3.50 m/s)")));
  EXPECT_THAT(with([](GaitProfile& p) { p.runner = "x"; })->notes,
              Contains(HasSubstr("These are two runners")));
  const auto few = with(
      [](GaitProfile& p) { p.curves[0].strides_rad = p.curves[0].strides_rad.topRows(2).eval(); });
  EXPECT_THAT(few->curves[0].sentence, HasSubstr("too few to compare"));
}

}  // namespace
}  // namespace catena
