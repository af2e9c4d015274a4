#include "catena/model/chain_map.h"

#include <gtest/gtest.h>

namespace catena {
namespace {

Model model_with(std::initializer_list<const char*> names) {
  Model model;
  model.name = "m";
  model.bodies.push_back({.name = "ground"});
  for (const char* name : names) model.bodies.push_back({.name = name});
  return model;
}

TEST(ChainMap, FindsTheNamesOfGaitModels) {
  const auto chain = find_chain(model_with({"pelvis", "femur_r", "tibia_r", "talus_r", "calcn_r",
                                            "femur_l", "tibia_l", "calcn_l", "torso"}));
  ASSERT_TRUE(chain);
  EXPECT_EQ(chain->pelvis, 1);
  EXPECT_EQ(chain->thigh[kRight], 2);
  EXPECT_EQ(chain->shank[kRight], 3);
  EXPECT_EQ(chain->foot[kRight], 5);
  EXPECT_EQ(chain->thigh[kLeft], 6);
  EXPECT_EQ(chain->shank[kLeft], 7);
  EXPECT_EQ(chain->foot[kLeft], 8);
  EXPECT_EQ(chain->thorax, 9);
}

TEST(ChainMap, FindsOtherSpellings) {
  const auto chain =
      find_chain(model_with({"Pelvis", "r_thigh", "LeftThigh", "Thorax", "shank_right", "l_foot"}));
  ASSERT_TRUE(chain);
  EXPECT_EQ(chain->pelvis, 1);
  EXPECT_EQ(chain->thigh[kRight], 2);
  EXPECT_EQ(chain->thigh[kLeft], 3);
  EXPECT_EQ(chain->thorax, 4);
  EXPECT_EQ(chain->shank[kRight], 5);
  EXPECT_EQ(chain->shank[kLeft], kNone);
  EXPECT_EQ(chain->foot[kLeft], 6);
}

TEST(ChainMap, LeavesTheThoraxOpenForModelsOfPelvisAndLegs) {
  const auto chain = find_chain(model_with({"pelvis", "femur_r", "femur_l"}));
  ASSERT_TRUE(chain);
  EXPECT_EQ(chain->thorax, kNone);
}

TEST(ChainMap, SaysWhichLinkIsMissingAndWhatThereIs) {
  const auto arm = find_chain(model_with({"humerus", "ulna"}));
  ASSERT_FALSE(arm);
  EXPECT_EQ(arm.error().code, Errc::kMissingData);
  EXPECT_EQ(arm.error().what, "the model has no pelvis; its bodies are humerus, ulna");
  const auto one_leg = find_chain(model_with({"pelvis", "femur_r"}));
  ASSERT_FALSE(one_leg);
  EXPECT_EQ(one_leg.error().what, "the model has no left thigh; its bodies are pelvis, femur_r");
}

}  // namespace
}  // namespace catena
