#include "catena/gait/reference_comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "catena/gait/profile_fixture.h"

namespace catena {
namespace {

using test::planted_profile;
using test::PlantedRunner;
using testing::HasSubstr;

Reference planted_reference(int n, double step_m_s = 1.0) {
  RandomStream random(1);
  std::vector<std::vector<GaitProfile>> runners;
  for (int r = 0; r < n; ++r) {
    PlantedRunner planted;
    planted.name = "runner" + std::to_string(r);
    std::vector<GaitProfile> profiles;
    for (const double speed : {2.5, 2.5 + step_m_s}) {
      planted.speed_m_s = speed;
      profiles.push_back(planted_profile(random, planted));
    }
    runners.push_back(profiles);
  }
  return *build_reference(runners);
}

GaitProfile someone(double speed_m_s, double offset_deg = 0.0, std::uint64_t seed = 99) {
  RandomStream random(seed);
  PlantedRunner planted;
  planted.name = "someone";
  planted.speed_m_s = speed_m_s;
  planted.offset_deg = offset_deg;
  return planted_profile(random, planted);
}

TEST(ReferenceComparison, FindsWhereACurveLeavesTheBand) {
  GaitProfile profile = someone(2.5);
  profile.curves[0].strides_rad.middleCols(20, 11).array() += 40 * kRadPerDeg;
  profile.curves[0].strides_rad.middleCols(70, 5).array() -= 40 * kRadPerDeg;
  const auto result = compare_with_reference(profile, planted_reference(24));
  ASSERT_EQ(result.curves.size(), 8u);
  const CurveAgainstReference& curve = result.curves[0];
  ASSERT_EQ(curve.outside.size(), 2u);
  EXPECT_EQ(curve.outside[0].from_percent, 20);
  EXPECT_EQ(curve.outside[0].to_percent, 30);
  EXPECT_GT(curve.outside[0].farthest_rad, 15 * kRadPerDeg);
  EXPECT_EQ(curve.outside[1].from_percent, 70);
  EXPECT_LT(curve.outside[1].farthest_rad, -15 * kRadPerDeg);
  EXPECT_THAT(curve.sentence, HasSubstr("Right hip flexion leaves the 90 % band of 24 runners from "
                                        "20 to 30 % by up to"));
  EXPECT_EQ(result.n_runners, 24);
}

// Whole new runners, end to end: the share of curves that stay inside is the band's level.
TEST(ReferenceComparison, HoldsNewRunnersAtItsLevel) {
  const Reference reference = planted_reference(30);
  int inside = 0, all = 0;
  for (std::uint64_t seed = 1000; seed < 1150; ++seed) {
    const auto result = compare_with_reference(someone(2.5, 0, seed), reference);
    for (const CurveAgainstReference& curve : result.curves) {
      if (curve.from_standing) continue;
      ++all;
      inside += curve.outside.empty() ? 1 : 0;
    }
  }
  EXPECT_GT(static_cast<double>(inside) / all, 0.83);
  EXPECT_LT(static_cast<double>(inside) / all, 0.97);
}

TEST(ReferenceComparison, DrawsAStraightLineBetweenSpeedsAndNoneBeyond) {
  const Reference reference = planted_reference(6);
  const auto at = [&](double speed) { return compare_with_reference(someone(speed), reference); };
  const auto slow = at(2.5);
  const auto middle = at(3.0);
  const auto fast = at(3.5);
  EXPECT_LT(
      (middle.curves[0].middle_rad - 0.5 * (slow.curves[0].middle_rad + fast.curves[0].middle_rad))
          .norm(),
      1e-12);
  EXPECT_THAT(middle.notes, testing::Contains(HasSubstr("a straight line between 2.50 and 3.50")));
  // Within 5 % of the ends a runner is at the end.
  EXPECT_LT((at(2.4).curves[0].middle_rad - slow.curves[0].middle_rad).norm(), 1e-12);
  EXPECT_LT((at(3.6).curves[0].middle_rad - fast.curves[0].middle_rad).norm(), 1e-12);
  const auto beyond = at(4.5);
  EXPECT_TRUE(beyond.curves.empty());
  EXPECT_TRUE(beyond.scalars.empty());
  EXPECT_EQ(beyond.why_no_curves, "4.50 m/s lies outside the reference's 2.50 to 3.50 m/s.");
  EXPECT_EQ(beyond.why_no_scalars, beyond.why_no_curves);
}

TEST(ReferenceComparison, RefusesWhatDoesNotMatchAndSaysWhy) {
  const Reference reference = planted_reference(6);
  const auto with = [&](auto change) {
    GaitProfile profile = someone(2.5);
    change(profile);
    return compare_with_reference(profile, reference);
  };
  const auto overground = with([](GaitProfile& p) { p.treadmill = false; });
  EXPECT_EQ(overground.why_no_curves, "The reference has no running over the ground.");
  EXPECT_TRUE(overground.scalars.empty());
  const auto hill = with([](GaitProfile& p) { p.incline_percent = 5; });
  EXPECT_EQ(hill.why_no_scalars, "The reference has no running on a treadmill at +5.0 %.");
  const auto walking = with([](GaitProfile& p) { p.gait = Gait::kWalking; });
  EXPECT_EQ(walking.why_no_scalars, "The reference has no walking on a treadmill.");
  const auto unknown = with([](GaitProfile& p) { p.speed_m_s = NAN; });
  EXPECT_EQ(unknown.why_no_scalars, "The speed of someone_25 is not known.");
  // Angles need more than times do.
  const auto other = with([](GaitProfile& p) { p.convention = "other"; });
  EXPECT_EQ(other.why_no_curves,
            "The convention of angles is 'other' in someone_25 and 'planted angles' in the "
            "reference: angles cannot be compared.");
  EXPECT_EQ(other.scalars.size(), 4u);
  EXPECT_EQ(other.why_no_scalars, "");
  EXPECT_THAT(with([](GaitProfile& p) { p.marker_set = ""; }).why_no_curves,
              HasSubstr("The marker set is not known"));
  EXPECT_THAT(with([](GaitProfile& p) { p.body = "x"; }).why_no_curves,
              HasSubstr("The body is 'x'"));
}

TEST(ReferenceComparison, GivesTheQuantileOfANumber) {
  Reference reference = planted_reference(24);
  ReferenceScalar& known = reference.conditions[0].scalars[0];
  ASSERT_EQ(known.name, "contact_time");
  known.p = Eigen::VectorXd::LinSpaced(5, 0, 1);
  known.value = Eigen::VectorXd::LinSpaced(5, 0.20, 0.28);
  const auto with = [&](double value) {
    GaitProfile profile = someone(2.5);
    profile.scalars[0].strides.setConstant(value);
    profile.scalars[0].strides[3] = NAN;  // an event was lost
    return compare_with_reference(profile, reference).scalars[0];
  };
  EXPECT_NEAR(with(0.25).quantile, 0.625, 1e-9);
  EXPECT_THAT(with(0.25).sentence, HasSubstr("Right contact time is at the 6"));
  EXPECT_EQ(with(0.29).quantile, 1.0);
  EXPECT_EQ(with(0.29).sentence, "Right contact time is above all those of 24 runners.");
  EXPECT_EQ(with(0.19).sentence, "Right contact time is below all those of 24 runners.");
}

TEST(ReferenceComparison, NeverCallsFewRunnersNormal) {
  const auto result = compare_with_reference(someone(2.5), planted_reference(4));
  ASSERT_FALSE(result.notes.empty());
  EXPECT_THAT(result.notes[0], HasSubstr("4 runners describe themselves, not runners at large"));
  for (const ScalarAgainstReference& scalar : result.scalars) {
    EXPECT_THAT(scalar.sentence, HasSubstr("4 runners"));
    EXPECT_THAT(scalar.sentence, testing::Not(HasSubstr("percentile")));
  }
  for (const CurveAgainstReference& curve : result.curves) {
    EXPECT_THAT(curve.sentence, testing::Not(HasSubstr("normal")));
    EXPECT_THAT(curve.sentence, testing::Not(HasSubstr("inside")));
    EXPECT_THAT(
        curve.sentence,
        HasSubstr(curve.outside.empty() ? ": 4 runners are too few for a band that says anything."
                                        : "leaves the 90 % band of 4 runners"));
  }
}

}  // namespace
}  // namespace catena
