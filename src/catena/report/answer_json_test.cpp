#include "catena/report/answer_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "catena/report/answer_fixture.h"
#include "catena/report/json_report.h"

namespace catena {
namespace {

using Json = nlohmann::json;

TEST(AnswerJson, HoldsTheAnswerWithItsEvidenceAndTheNextMeasurements) {
  const Json json = Json::parse(render_json(fixture_yes()));
  const Json& answer = json["answer"];
  EXPECT_EQ(answer["class"], "yes, probably");
  EXPECT_EQ(answer["probability"], 0.86);
  EXPECT_EQ(answer["probability_of_hip"]["left"], 0.31);
  ASSERT_EQ(answer["for"].size(), 4u);
  EXPECT_EQ(answer["for"][0]["rule"], "hip_stop");
  EXPECT_EQ(answer["for"][0]["side"], "right");
  EXPECT_EQ(answer["for"][1]["value"]["low"], -7.2);
  EXPECT_TRUE(answer["for"][2]["side"].is_null());
  EXPECT_TRUE(answer["for"][2]["value"].is_null());
  EXPECT_EQ(answer["for"][2]["pain_points"], 1);
  EXPECT_EQ(answer["against"][0]["log_odds"], -0.62);
  EXPECT_EQ(answer["context"].size(), 2u);
  EXPECT_EQ(answer["next"][0]["id"], "ramp");
  EXPECT_EQ(answer["next"].size(), 3u);
  EXPECT_EQ(answer["repetition"]["demands"][1]["strides_per_km"]["value"], 310.0);
}

TEST(AnswerJson, GivesCapacityAndUseInDegreesWithTheirOffset) {
  const Json json = Json::parse(render_json(fixture_yes()));
  const Json& left = json["answer"]["capacity_and_use"][1];
  EXPECT_EQ(left["side"], "left");
  EXPECT_NEAR(left["capacity_deg"]["value"].get<double>(), 9.0, 1e-12);
  EXPECT_NEAR(left["use_deg"]["high"].get<double>(), 35.0, 1e-12);
  EXPECT_NEAR(left["offset_sd_deg"].get<double>(), 8.0, 1e-12);
  EXPECT_EQ(left["verdict"], "not distinguishable");
}

TEST(AnswerJson, HoldsClassProbabilityAndEvidenceBackWhereARedFlagIsPresent) {
  const Json json = Json::parse(render_json(fixture_held_back()));
  const Json& answer = json["answer"];
  EXPECT_TRUE(answer["held_back"].get<bool>());
  EXPECT_TRUE(answer["class"].is_null());
  EXPECT_TRUE(answer["probability"].is_null());
  EXPECT_TRUE(answer["probability_of_hip"]["right"].is_null());
  EXPECT_TRUE(answer["why_no_class"].is_string());
  EXPECT_TRUE(answer["for"].empty());
  EXPECT_TRUE(answer["reasons"].empty());
  EXPECT_EQ(answer["for_runner"], "");
  EXPECT_EQ(json["safety"]["urgency"], "today");
  EXPECT_EQ(json["safety"]["present"][0]["id"], "cauda_equina");
}

TEST(AnswerJson, TellsWhatWasNotAskedFromNo) {
  const Json exam = Json::parse(render_json(fixture_yes()))["examination"];
  EXPECT_FALSE(exam["symptoms"]["in_daily_life"].get<bool>());
  EXPECT_TRUE(exam["symptoms"]["by_flexion"].is_null());
  EXPECT_FALSE(exam["red_flags"]["trauma"].get<bool>());
  EXPECT_TRUE(exam["red_flags"]["fever"].is_null());
  EXPECT_EQ(exam["symptoms"]["places"][0], "low_back");
  ASSERT_EQ(exam["values"].size(), 4u);
  EXPECT_EQ(exam["values"][0]["test"], "modified_thomas");
  EXPECT_NEAR(exam["values"][0]["value"].get<double>(), 2.0, 1e-9);
  EXPECT_NEAR(exam["values"][0]["sem"].get<double>(), 5.6, 1e-9);
  EXPECT_EQ(exam["values"][0]["unit"], "deg");
  EXPECT_EQ(exam["values"][1]["value"], false);  // FADIR
  EXPECT_TRUE(exam["values"][1]["pelvis_controlled"].is_null());
  EXPECT_TRUE(Json::parse(render_json(fixture_cannot_tell()))["examination"].is_null());
}

TEST(AnswerJson, SaysWhyThereIsNoProbability) {
  const Json answer = Json::parse(render_json(fixture_cannot_tell()))["answer"];
  EXPECT_EQ(answer["class"], "cannot tell from this recording");
  EXPECT_TRUE(answer["probability"].is_null());
  EXPECT_EQ(answer["why_no_probability"], "no run could be judged");
}

}  // namespace
}  // namespace catena
