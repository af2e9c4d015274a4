#include "catena/chain/take_up.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "catena/core/units.h"
#include "catena/math/random_stream.h"

namespace catena {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
const Eigen::RowVector3d kShares(0.55, 0.30, 0.15);
const Eigen::RowVector3d kOffset(0.20, -0.10, 0.15);

/// Of one leg whose other is not seen.
TakeUp take_up_of(const std::vector<DemandStrides>& demands, const TakeUpOptions& options = {}) {
  return estimate_take_up({demands, {}}, options)[0];
}

/// n strides with their thigh at each of the given angles.
DemandStrides demand_on_line(const std::string& label, double thigh_deg, int n) {
  DemandStrides demand = {label, false, Eigen::VectorXd::LinSpaced(n, 0.0, 0.7 * n),
                          Eigen::MatrixXd(n, 3)};
  for (int i = 0; i < n; ++i) {
    demand.parts_rad.row(i) = kOffset + thigh_deg * kRadPerDeg * kShares;
  }
  return demand;
}

std::vector<DemandStrides> exact_line() {
  return {demand_on_line("2.5 m/s", 20.0, 9), demand_on_line("3.5 m/s", 26.0, 10),
          demand_on_line("4.5 m/s", 32.0, 12)};
}

/// Adds independent scatter to every stride and a departure to every demand, degrees.
std::vector<DemandStrides> scattered(std::vector<DemandStrides> demands, double stride_deg,
                                     double departure_deg, std::uint64_t seed) {
  RandomStream stream(seed);
  for (DemandStrides& demand : demands) {
    const double hip = departure_deg * stream.normal();
    const double back = departure_deg * stream.normal();
    for (Eigen::Index i = 0; i < demand.parts_rad.rows(); ++i) {
      demand.parts_rad.row(i) += kRadPerDeg * Eigen::RowVector3d(hip, back - hip, -back);
      for (int k = 0; k < 3; ++k) {
        demand.parts_rad(i, k) += kRadPerDeg * stride_deg * stream.normal();
      }
    }
  }
  return demands;
}

std::array<const Share*, 4> shares_of(const TakeUp& t) {
  return {&t.hip, &t.low_back, &t.lean, &t.pelvis};
}

void expect_same(const TakeUp& a, const TakeUp& b, double tolerance) {
  for (std::size_t k = 0; k < 4; ++k) {
    const Estimate& x = shares_of(a).at(k)->estimate;
    const Estimate& y = shares_of(b).at(k)->estimate;
    EXPECT_NEAR(x.value, y.value, tolerance);
    EXPECT_NEAR(x.low, y.low, tolerance);
    EXPECT_NEAR(x.high, y.high, tolerance);
  }
}

TEST(TakeUp, IsTheSameWithoutDetails) {
  const std::vector<DemandStrides> demands = scattered(exact_line(), 0.7, 0.7, 3);
  TakeUpOptions brief;
  brief.details = false;
  const TakeUp whole = take_up_of(demands);
  const TakeUp part = take_up_of(demands, brief);
  expect_same(whole, part, 0.0);
  EXPECT_EQ(whole.hip_stop.verdict, part.hip_stop.verdict);
  EXPECT_EQ(whole.hip_stop.towards_stop, part.hip_stop.towards_stop);
  EXPECT_FALSE(whole.hip.left_out.empty());
  EXPECT_TRUE(part.hip.left_out.empty());
  EXPECT_EQ(part.line.thigh_rad.size(), 0);
}

TEST(TakeUp, RecoversAnExactLine) {
  const TakeUp found = take_up_of(exact_line());
  EXPECT_TRUE(found.has_thorax);
  EXPECT_EQ(found.n_demands, 3);
  EXPECT_NEAR(found.thigh_spread_rad, 12.0 * kRadPerDeg, 1e-12);
  EXPECT_NEAR(found.hip.estimate.value, 0.55, 1e-9);
  EXPECT_NEAR(found.low_back.estimate.value, 0.30, 1e-9);
  EXPECT_NEAR(found.lean.estimate.value, 0.15, 1e-9);
  EXPECT_NEAR(found.pelvis.estimate.value, 0.45, 1e-9);
  for (const Share* share : shares_of(found)) {
    EXPECT_TRUE(share->why.empty());
    EXPECT_LT(share->estimate.low, share->estimate.value);
    EXPECT_GT(share->estimate.high, share->estimate.value);
    EXPECT_NEAR(share->pooled_slope, share->estimate.value, 1e-9);
    ASSERT_EQ(share->left_out.size(), 3u);
    for (const LeftOut& rest : share->left_out) {
      EXPECT_NEAR(rest.share, share->estimate.value, 1e-9);
    }
  }
  EXPECT_EQ(found.hip.left_out[1].demand, "3.5 m/s");
}

TEST(TakeUp, SumsToOneInEveryDrawAndInTheEstimates) {
  const TakeUp found = take_up_of(scattered(exact_line(), 0.8, 1.0, 4));
  ASSERT_EQ(found.draws.rows(), 4000);
  ASSERT_EQ(found.draws.cols(), 3);
  EXPECT_LT((found.draws.rowwise().sum().array() - 1.0).abs().maxCoeff(), 1e-13);
  const double sum =
      found.hip.estimate.value + found.low_back.estimate.value + found.lean.estimate.value;
  EXPECT_NEAR(sum, 1.0, 1e-12);
  EXPECT_NEAR(found.pelvis.estimate.value + found.hip.estimate.value, 1.0, 1e-12);
}

TEST(TakeUp, PooledSlopeIsTheOrdinarySlopeOverAllStrides) {
  // Four strides, thigh 1, 2, 3, 4 with hip 1, 1, 2, 2: slope 0.4.
  DemandStrides a = {"a", false, Eigen::Vector2d(0, 1), Eigen::MatrixXd(2, 3)};
  DemandStrides b = a;
  a.parts_rad << 1.0, 0.0, 0.0, 1.0, 0.5, 0.5;
  b.parts_rad << 2.0, 0.5, 0.5, 2.0, 1.0, 1.0;
  const TakeUp found = take_up_of({a, b});
  EXPECT_NEAR(found.hip.pooled_slope, 0.4, 1e-14);
  EXPECT_NEAR(found.low_back.pooled_slope, 0.3, 1e-14);
  EXPECT_NEAR(found.lean.pooled_slope, 0.3, 1e-14);
  EXPECT_NEAR(found.pelvis.pooled_slope, 0.6, 1e-14);
}

TEST(TakeUp, AConstantOffsetOfEveryPartCancels) {
  const std::vector<DemandStrides> demands = scattered(exact_line(), 0.8, 1.0, 5);
  std::vector<DemandStrides> moved = demands;
  for (DemandStrides& demand : moved) {
    demand.parts_rad.rowwise() += Eigen::RowVector3d(0.2, -0.3, 0.15);
  }
  expect_same(take_up_of(demands), take_up_of(moved), 1e-9);
}

TEST(TakeUp, TheOrderOfDemandsIsNoMatter) {
  const std::vector<DemandStrides> demands = scattered(exact_line(), 0.8, 1.0, 6);
  const std::vector<DemandStrides> turned = {demands[2], demands[0], demands[1]};
  expect_same(take_up_of(demands), take_up_of(turned), 1e-9);
}

TEST(TakeUp, LargerAnglesWithPriorsAsMuchLargerGiveTheSameShares) {
  const std::vector<DemandStrides> demands = scattered(exact_line(), 0.8, 1.0, 7);
  std::vector<DemandStrides> doubled = demands;
  for (DemandStrides& demand : doubled) demand.parts_rad *= 2.0;
  TakeUpOptions options;
  options.prior.deviation_min_rad *= 2.0;
  options.prior.deviation_max_rad *= 2.0;
  options.prior.stride_sd_rad *= 2.0;
  options.prior.typical_deviation_rad *= 2.0;
  options.prior.artefact_thigh_rad *= 2.0;
  options.prior.artefact_pelvis_rad *= 2.0;
  options.prior.artefact_thorax_rad *= 2.0;
  expect_same(take_up_of(demands), take_up_of(doubled, options), 1e-9);
}

TEST(TakeUp, LowBackAndLeanChangePlacesWithTheirColumns) {
  const std::vector<DemandStrides> demands = scattered(exact_line(), 0.8, 1.0, 8);
  std::vector<DemandStrides> changed = demands;
  for (DemandStrides& demand : changed) {
    const Eigen::VectorXd low_back = demand.parts_rad.col(1);
    demand.parts_rad.col(1) = demand.parts_rad.col(2);
    demand.parts_rad.col(2) = low_back;
  }
  // The same but for the thorax's artefact, which is lean's alone.
  TakeUpOptions options;
  options.n_draws = 40000;
  options.prior.artefact_pelvis_rad = options.prior.artefact_thorax_rad = 0.0;
  const TakeUp a = take_up_of(demands, options);
  const TakeUp b = take_up_of(changed, options);
  EXPECT_NEAR(a.low_back.estimate.value, b.lean.estimate.value, 1e-9);
  EXPECT_NEAR(a.hip.estimate.value, b.hip.estimate.value, 1e-9);
  EXPECT_NEAR(a.low_back.estimate.high, b.lean.estimate.high, 0.03);
}

TEST(TakeUp, TheSameSeedGivesTheSameNumbers) {
  const std::vector<DemandStrides> demands = scattered(exact_line(), 0.8, 1.0, 9);
  const TakeUp a = take_up_of(demands);
  const TakeUp b = take_up_of(demands);
  EXPECT_EQ((a.draws - b.draws).norm(), 0.0);
  TakeUpOptions other;
  other.seed = 2;
  EXPECT_GT((a.draws - take_up_of(demands, other).draws).norm(), 0.0);
}

TEST(TakeUp, DeparturesWidenTheIntervals) {
  const auto width = [](const TakeUp& t) { return t.hip.estimate.high - t.hip.estimate.low; };
  const TakeUp close = take_up_of(scattered(exact_line(), 0.5, 0.0, 10));
  const TakeUp far = take_up_of(scattered(exact_line(), 0.5, 3.0, 10));
  EXPECT_LT(2.0 * width(close), width(far));
  EXPECT_EQ(close.deviation_low_rad, 0.0);
  EXPECT_GT(far.deviation_high_rad, 1.5 * kRadPerDeg);
}

TEST(TakeUp, WithoutThoraxOnlyHipAndPelvisAreKnown) {
  std::vector<DemandStrides> demands = exact_line();
  for (DemandStrides& demand : demands) {
    Eigen::MatrixXd two(demand.parts_rad.rows(), 2);
    two << demand.parts_rad.col(0), demand.parts_rad.rightCols(2).rowwise().sum();
    demand.parts_rad = two;
  }
  const TakeUp found = take_up_of(demands);
  EXPECT_FALSE(found.has_thorax);
  EXPECT_EQ(found.draws.cols(), 2);
  EXPECT_NEAR(found.hip.estimate.value, 0.55, 1e-9);
  EXPECT_NEAR(found.pelvis.estimate.value, 0.45, 1e-9);
  EXPECT_NEAR(found.pelvis.pooled_slope, 0.45, 1e-9);
  EXPECT_TRUE(std::isnan(found.low_back.estimate.value));
  EXPECT_TRUE(std::isnan(found.lean.pooled_slope));
  EXPECT_THAT(found.low_back.why, HasSubstr("put markers on C7, T8 and the sternum"));
  // The hip's interval does not depend on whether the pelvis can be divided, up to the prior's
  // ties.
  const TakeUp three = take_up_of(exact_line());
  EXPECT_NEAR(found.hip.estimate.high, three.hip.estimate.high, 0.06);
}

TEST(TakeUp, OneDemandGivesNoShareAndSaysWhatToRecord) {
  const TakeUp found = take_up_of({demand_on_line("3 m/s", 25.0, 12)});
  EXPECT_EQ(found.n_demands, 1);
  EXPECT_EQ(found.thigh_spread_rad, 0.0);
  EXPECT_EQ(found.draws.rows(), 0);
  for (const Share* share : shares_of(found)) {
    EXPECT_TRUE(std::isnan(share->estimate.value));
    EXPECT_THAT(share->why, HasSubstr("one demand shows no change; record a ramp"));
    EXPECT_THAT(share->left_out, IsEmpty());
  }
}

TEST(TakeUp, TwoDemandsGiveNoShareButAPooledSlope) {
  const TakeUp found = take_up_of({demand_on_line("a", 20.0, 12), demand_on_line("b", 30.0, 12)});
  EXPECT_TRUE(std::isnan(found.hip.estimate.value));
  EXPECT_THAT(found.hip.why, HasSubstr("two demands fix a line but show nothing of how far"));
  EXPECT_NEAR(found.hip.pooled_slope, 0.55, 1e-9);
}

TEST(TakeUp, NoStridesGiveNoShare) {
  const TakeUp none = take_up_of({});
  EXPECT_EQ(none.n_demands, 0);
  EXPECT_THAT(none.hip.why, HasSubstr("no stride could be used"));
  EXPECT_TRUE(std::isnan(none.hip.pooled_slope));
}

// Runner 028 of Fukuchi et al. 2017: the thigh goes no further behind from 3.5 to 4.5 m/s.
TEST(TakeUp, ThighsThatGoNoFurtherBehindGiveNoShare) {
  const TakeUp found =
      take_up_of({demand_on_line("2.5 m/s", 13.5, 40), demand_on_line("3.5 m/s", 18.6, 40),
                  demand_on_line("4.5 m/s", 18.9, 40)});
  EXPECT_TRUE(std::isnan(found.hip.estimate.value));
  EXPECT_EQ(found.n_demands, 3);
  EXPECT_NEAR(found.thigh_spread_rad, 5.4 * kRadPerDeg, 1e-9);
  EXPECT_THAT(found.hip.why, HasSubstr("no further behind"));
  EXPECT_THAT(found.hip.why, HasSubstr("at 3.5 m/s"));
  EXPECT_THAT(found.hip.why, HasSubstr("else five speeds, else three"));
}

// Runners 014, 015 and 020 of the same source, both sides: the narrowest spreads 8.7 deg.
TEST(TakeUp, OrdinarySpreadsOfThreeSpeedsGiveAShare) {
  for (const std::array<double, 3>& thigh_deg :
       {std::array{18.4, 26.7, 29.9}, std::array{21.3, 27.6, 30.0}, std::array{14.0, 20.7, 25.9},
        std::array{17.1, 23.0, 27.5}, std::array{15.3, 22.5, 27.2}}) {
    const TakeUp found = take_up_of({demand_on_line("2.5 m/s", thigh_deg[0], 40),
                                     demand_on_line("3.5 m/s", thigh_deg[1], 40),
                                     demand_on_line("4.5 m/s", thigh_deg[2], 40)});
    EXPECT_NEAR(found.hip.estimate.value, 0.55, 1e-9);
  }
}

TEST(TakeUp, LostStridesChangeNothingAndAreSaid) {
  std::vector<DemandStrides> demands = exact_line();
  const TakeUp whole = take_up_of(demands);
  DemandStrides& first = demands[0];
  first.parts_rad.conservativeResize(10, 3);
  first.parts_rad.row(9) << 0.3, kNan, 0.1;
  first.time_s.conservativeResize(10);
  first.time_s[9] = 7.0;
  const TakeUp found = take_up_of(demands);
  expect_same(whole, found, 1e-12);
  EXPECT_THAT(found.remarks, Contains(HasSubstr("1 of 10 strides at 2.5 m/s were passed over")));
}

TEST(TakeUp, FewStridesAreSaid) {
  std::vector<DemandStrides> demands = exact_line();
  demands[1] = demand_on_line("3.5 m/s", 26.0, 3);
  EXPECT_THAT(take_up_of(demands).remarks, Contains("Fewer than five strides at 3.5 m/s: 3."));
  EXPECT_THAT(take_up_of(exact_line()).remarks, Not(Contains(HasSubstr("Fewer"))));
}

TEST(TakeUp, HipKnownAndLowBackHardlyIsSaid) {
  // Four demands on the line in hip against pelvis, but low back and lean change places.
  std::vector<DemandStrides> demands = {demand_on_line("a", 20.0, 8), demand_on_line("b", 26.0, 8),
                                        demand_on_line("c", 32.0, 8), demand_on_line("d", 38.0, 8)};
  const std::array places_deg = {-2.0, 2.5, 2.0, -2.5};
  for (std::size_t d = 0; d < 4; ++d) {
    demands[d].parts_rad.col(1).array() += places_deg.at(d) * kRadPerDeg;
    demands[d].parts_rad.col(2).array() -= places_deg.at(d) * kRadPerDeg;
  }
  const std::string said = "Hip against pelvis is known here, low back against lean hardly";
  EXPECT_THAT(take_up_of(demands).remarks, Contains(HasSubstr(said)));
  EXPECT_THAT(take_up_of(exact_line()).remarks, Not(Contains(HasSubstr(said))));
}

TEST(TakeUp, ARampIsOneDemandAndGivesAShare) {
  DemandStrides ramp = {"ramp", true, Eigen::VectorXd::LinSpaced(100, 0.0, 70.0),
                        Eigen::MatrixXd(100, 3)};
  for (Eigen::Index i = 0; i < 100; ++i) {
    ramp.parts_rad.row(i) = kOffset + 0.14 * kRadPerDeg * static_cast<double>(i) * kShares;
  }
  const TakeUp found = take_up_of({ramp});
  EXPECT_EQ(found.n_demands, 1);
  EXPECT_NEAR(found.hip.estimate.value, 0.55, 1e-9);
  EXPECT_NEAR(found.lean.estimate.value, 0.15, 1e-9);
  EXPECT_EQ(found.hip.left_out.size(), 4u);
}

TEST(TakeUp, AShortRampGivesNoShareAndSaysWhy) {
  DemandStrides ramp = {"ramp", true, Eigen::VectorXd::LinSpaced(12, 0.0, 8.0),
                        Eigen::MatrixXd::Constant(12, 3, 0.1)};
  const TakeUp found = take_up_of({ramp});
  EXPECT_TRUE(std::isnan(found.hip.estimate.value));
  EXPECT_THAT(found.remarks, Contains(HasSubstr("12 strides of the 25 that it needs")));
}

}  // namespace
}  // namespace catena
