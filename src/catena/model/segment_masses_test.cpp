#include "catena/model/segment_masses.h"

#include <gtest/gtest.h>

#include <array>

namespace catena {
namespace {

constexpr std::array<DeLevaSegment, 10> kAll = {
    DeLevaSegment::kHead,       DeLevaSegment::kUpperTrunk, DeLevaSegment::kMiddleTrunk,
    DeLevaSegment::kLowerTrunk, DeLevaSegment::kUpperArm,   DeLevaSegment::kForearm,
    DeLevaSegment::kHand,       DeLevaSegment::kThigh,      DeLevaSegment::kShank,
    DeLevaSegment::kFoot};

TEST(DeLeva, SegmentsMakeAWholeBody) {
  for (const bool female : {false, true}) {
    double sum = 0.0;
    for (const DeLevaSegment segment : kAll) {
      const bool twice = segment >= DeLevaSegment::kUpperArm;
      sum += (twice ? 2.0 : 1.0) * de_leva(segment, female).mass;
    }
    EXPECT_NEAR(sum, 1.0, 2e-4);
    EXPECT_NEAR(sum_of(de_leva_mass_shares(female)), 1.0, 1e-15);
  }
}

TEST(DeLeva, TrunkOfItsPartsIsTheTrunkOfTheTable) {
  // The whole trunk, notch to hips, has a row of its own: 43.46 and 42.57 % of the mass, centre
  // at 44.86 and 41.51 %, radii 37.2, 34.7, 19.1 and 35.7, 33.9, 17.1 % of 531.9 and 529.3 mm.
  struct Row {
    bool female;
    double mass, center, sagittal, transverse, along, length_m;
  };
  for (const Row& row : {Row{false, 0.4346, 0.4486, 0.372, 0.347, 0.191, 0.5319},
                         Row{true, 0.4257, 0.4151, 0.357, 0.339, 0.171, 0.5293}}) {
    std::vector<MassProperties> parts;
    double upper = 0.0;
    for (const DeLevaSegment segment :
         {DeLevaSegment::kUpperTrunk, DeLevaSegment::kMiddleTrunk, DeLevaSegment::kLowerTrunk}) {
      const SegmentShape& shape = de_leva(segment, row.female);
      parts.push_back(hanging_segment(segment, row.female, shape.mass, shape.mean_length_m,
                                      {0.0, -upper, 0.0}));
      upper += shape.mean_length_m;
    }
    const MassProperties trunk = together(parts);
    EXPECT_NEAR(upper, row.length_m, 1e-3);
    EXPECT_NEAR(trunk.mass_kg, row.mass, 2e-4);
    // The table agrees with itself to 3 mm.
    EXPECT_NEAR(-trunk.center_m.y() / upper, row.center, 0.006);
    const Eigen::Vector3d radii =
        (trunk.inertia_kg_m2.diagonal() / trunk.mass_kg).cwiseSqrt() / upper;
    EXPECT_NEAR(radii.x(), row.sagittal, 0.004);
    EXPECT_NEAR(radii.y(), row.along, 0.004);
    EXPECT_NEAR(radii.z(), row.transverse, 0.004);
  }
}

TEST(MassProperties, TwoBallsHaveTheInertiaOfADumbbell) {
  const MassProperties a = {2.0, {1.0, 0.0, 0.0}, 0.1 * Eigen::Matrix3d::Identity()};
  const MassProperties b = {6.0, {-1.0, 0.0, 0.0}, 0.2 * Eigen::Matrix3d::Identity()};
  const MassProperties both = together({a, b});
  EXPECT_NEAR(both.center_m.x(), -0.5, 1e-15);
  // The reduced mass, 1.5 kg, at 2 m.
  EXPECT_NEAR(both.inertia_kg_m2(0, 0), 0.3, 1e-12);
  EXPECT_NEAR(both.inertia_kg_m2(1, 1), 6.3, 1e-12);
  EXPECT_NEAR(both.inertia_kg_m2(0, 1), 0.0, 1e-12);
}

TEST(MassProperties, TakingAPartOutUndoesPuttingItIn) {
  const MassProperties a = {2.0, {1.0, 0.3, -0.2}, Eigen::Vector3d(0.1, 0.2, 0.25).asDiagonal()};
  const MassProperties b = {5.0, {-0.4, 0.1, 0.7}, Eigen::Vector3d(0.3, 0.3, 0.4).asDiagonal()};
  const MassProperties rest = without(together({a, b}), b);
  EXPECT_NEAR(rest.mass_kg, a.mass_kg, 1e-15);
  EXPECT_LT((rest.center_m - a.center_m).norm(), 1e-14);
  EXPECT_LT((rest.inertia_kg_m2 - a.inertia_kg_m2).norm(), 1e-14);
}

}  // namespace
}  // namespace catena
