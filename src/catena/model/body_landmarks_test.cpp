#include "catena/model/body_landmarks.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace catena {
namespace {

TEST(BodyLandmarks, AreNamedOnceAndLieOnBodiesThatAreThere) {
  const BodyDimensions d = proportional_dimensions(1.75, 68.0, false);
  for (const BuiltInBodyOptions& options : {BuiltInBodyOptions{},
                                            {.arms = false},
                                            {.feet = false},
                                            {.head = true},
                                            {.low_back = LowBack::kSpread}}) {
    const Model model = built_in_body(d, options);
    std::set<std::string> names;
    for (const BodyLandmark& landmark : landmarks_of(d, options)) {
      EXPECT_TRUE(names.insert(landmark.name).second) << landmark.name;
      EXPECT_NE(find_body(model, landmark.body), kNone) << landmark.body;
      EXPECT_GE(landmark.sd_m.minCoeff(), 0.006) << landmark.name;
      EXPECT_LE(landmark.sd_m.maxCoeff(), 0.050) << landmark.name;
    }
  }
}

TEST(BodyLandmarks, LieOnTheSamePlaceWhetherOrNotTheHeadIsABody) {
  const BodyDimensions d = proportional_dimensions(1.75, 68.0, false);
  std::map<std::string, Eigen::Vector3d> on_torso;
  for (const BodyLandmark& l : landmarks_of(d)) on_torso[l.name] = l.position_in_body_m;
  int heads = 0;
  for (const BodyLandmark& l : landmarks_of(d, {.head = true})) {
    if (l.body != "head") continue;
    ++heads;
    EXPECT_LT((on_torso.at(l.name) - l.position_in_body_m - neck_in_torso_m(d)).norm(), 1e-15);
  }
  EXPECT_EQ(heads, 10);
}

TEST(BodyLandmarks, MeasureWhatTheDimensionsSay) {
  BodyDimensions d = proportional_dimensions(1.71, 68.0, true);
  d.asis_width_m = 0.251;
  d.knee_width_m = 0.101;
  d.ankle_width_m = 0.069;
  std::map<std::string, Eigen::Vector3d> at;
  for (const BodyLandmark& l : landmarks_of(d)) at[l.name] = l.position_in_body_m;
  EXPECT_NEAR((at["right_asis"] - at["left_asis"]).norm(), 0.251, 1e-15);
  EXPECT_NEAR((at["left_lateral_epicondyle"] - at["left_medial_epicondyle"]).norm(), 0.101, 1e-15);
  EXPECT_NEAR(at["right_lateral_malleolus"].z() - at["right_medial_malleolus"].z(), 0.069, 1e-15);
  EXPECT_EQ(at["left_hip_centre"], d.hip_in_pelvis_m[1]);
  // The pelvis frame is the one by ASIS and PSIS: all four lie in its plane.
  EXPECT_NEAR(at["right_psis"].y(), at["right_asis"].y(), 1e-15);
}

}  // namespace
}  // namespace catena
