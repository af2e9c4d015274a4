#include "catena/report/json_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "catena/core/test_schema.h"
#include "catena/core/units.h"
#include "catena/report/answer_fixture.h"
#include "catena/report/results_fixture.h"
#include "catena/report/take_up_fixture.h"

namespace catena {
namespace {

using Json = nlohmann::json;

TEST(JsonReport, HoldsEveryRecordingWithItsDemandAndFit) {
  const Json json = Json::parse(render_json(fixture_results()));
  EXPECT_EQ(json["schema_version"], "1.0");
  ASSERT_EQ(json["recordings"].size(), 4u);
  const Json& run = json["recordings"][2];
  EXPECT_EQ(run["name"], "run3");
  EXPECT_EQ(run["demand"], "7 m/s");
  EXPECT_EQ(run["frames"], 6);
  EXPECT_EQ(run["rate_hz"], 250.0);
  EXPECT_EQ(run["marker_rms_m"], 0.0142);
  EXPECT_EQ(run["converged_fraction"], 1.0);
}

TEST(JsonReport, ListsEveryRepairWithItsFrames) {
  Results results = fixture_results();
  results.standing_repairs = {{RepairKind::kSpike, {"C7"}, 7, 7, 1, 0.028, 0.028, 0.03}};
  const Json json = Json::parse(render_json(results));
  const Json& repairs = json["recordings"][0]["repairs"];
  ASSERT_EQ(repairs.size(), 2u);
  EXPECT_EQ(repairs[0]["kind"], "swap");
  EXPECT_EQ(repairs[0]["markers"], Json({"R.MT1", "R.MT5"}));
  EXPECT_EQ(repairs[0]["first_frame"], 2);
  EXPECT_EQ(repairs[0]["last_frame"], 5);
  EXPECT_EQ(repairs[0]["last_s"], 0.020);
  EXPECT_EQ(repairs[1]["kind"], "gap filled by cluster");
  EXPECT_TRUE(repairs[1]["size_m"].is_null());
  EXPECT_EQ(json["standing_repairs"][0]["kind"], "spike");
}

TEST(JsonReport, WritesStrideAnglesInDegreesThatAddUp) {
  const Results results = fixture_results();
  const Json json = Json::parse(render_json(results));
  const Json& strides = json["legs"]["left"]["strides"];
  ASSERT_EQ(strides.size(), 12u);
  for (std::size_t i = 0; i < strides.size(); ++i) {
    const StrideResult& stride = results.legs[kLeft].strides[i];
    EXPECT_NEAR(strides[i]["thigh_deg"].get<double>(), stride.absolute.thigh_rad * kDegPerRad,
                1e-12);
    const Json& standing = strides[i]["relative_to_standing"];
    for (const Json& angles : {strides[i], standing}) {
      EXPECT_NEAR(angles["hip_deg"].get<double>() + angles["low_back_deg"].get<double>() +
                      angles["lean_deg"].get<double>(),
                  angles["thigh_deg"].get<double>(), 1e-9);
    }
    EXPECT_NEAR(standing["hip_deg"].get<double>(), stride.at_peak.hip.total_rad * kDegPerRad,
                1e-12);
  }
  EXPECT_EQ(strides[0]["recording"], "run1");
  EXPECT_TRUE(strides[0]["gained"].is_null());
  EXPECT_TRUE(strides[1]["gained"].is_object());
}

TEST(JsonReport, GivesEveryShareWithIntervalLevelSlopeAndLeftOutDemands) {
  const Json json = Json::parse(render_json(fixture_results()));
  const Json& hip = json["legs"]["right"]["take_up"]["hip"];
  EXPECT_EQ(hip["value"], 0.50);
  EXPECT_EQ(hip["low"], 0.41);
  EXPECT_EQ(hip["high"], 0.59);
  EXPECT_EQ(hip["level"], 0.90);
  EXPECT_EQ(hip["pooled_slope"], 0.50);
  EXPECT_EQ(hip["left_out"][3]["demand"], "9 m/s");
  EXPECT_EQ(hip["left_out"][3]["share"], 0.62);
  EXPECT_FALSE(hip.contains("why"));
  EXPECT_EQ(json["legs"]["right"]["take_up"]["n_demands"], 4);
  EXPECT_NEAR(json["legs"]["right"]["take_up"]["thigh_spread_deg"].get<double>(), 19.0, 1e-9);
}

TEST(JsonReport, PutsNullAndAReasonWhereAShareIsNotKnown) {
  const Json json = Json::parse(render_json(fixture_without_thorax()));
  const Json& low_back = json["legs"]["right"]["take_up"]["low_back"];
  EXPECT_TRUE(low_back["value"].is_null());
  EXPECT_TRUE(low_back["low"].is_null());
  EXPECT_TRUE(low_back["high"].is_null());
  EXPECT_EQ(low_back["why"], "there are no thorax markers; put markers on C7, T8 and the sternum");
  EXPECT_TRUE(json["legs"]["right"]["strides"][0]["lean_deg"].is_null());
  EXPECT_TRUE(json["legs"]["right"]["budget_at_peak"]["low_back_deg"]["value"].is_null());
  EXPECT_TRUE(json["legs"]["right"]["budget_at_peak"]["other_deg"]["value"].is_number());
}

TEST(JsonReport, SaysWhatTheBudgetIsCountedFrom) {
  const Json with = Json::parse(render_json(fixture_results()));
  EXPECT_EQ(with["legs"]["right"]["budget_at_peak"]["reference"], "standing");
  const Json without = Json::parse(render_json(fixture_one_demand()));
  EXPECT_EQ(without["legs"]["right"]["budget_at_peak"]["reference"], "upright");
  EXPECT_EQ(without["warnings"].size(), 1u);
  EXPECT_TRUE(without["legs"]["right"]["strides"][0]["relative_to_standing"].is_null());
}

TEST(JsonReport, ReplacesBytesThatAreNoUtf8) {
  Results results = fixture_one_demand();
  results.recordings[0].name = "l\xe4ufer";  // Latin-1
  const Json json = Json::parse(render_json(results));
  EXPECT_EQ(json["recordings"][0]["name"],
            "l\xef\xbf\xbd"
            "ufer");
}

TEST(JsonReport, GivesTheHipStopInDegreesWithItsProbabilities) {
  const Json json = Json::parse(render_json(fixture_with_verdict(StopVerdict::kReached)));
  const Json& stop = json["legs"]["left"]["take_up"]["hip_stop"];
  EXPECT_EQ(stop["verdict"], "reached");
  EXPECT_FALSE(stop.contains("why"));
  EXPECT_NEAR(stop["hip_deg"]["value"].get<double>(), 31.0, 1e-9);
  EXPECT_NEAR(stop["hip_deg"]["low"].get<double>(), 29.0, 1e-9);
  EXPECT_NEAR(stop["thigh_deg"]["high"].get<double>(), 38.5, 1e-9);
  EXPECT_EQ(stop["share_before"]["value"], 0.60);
  EXPECT_EQ(stop["share_beyond"]["low"], -0.10);
  double sum = 0.0;
  for (const char* curve : {"line", "towards_stop", "gently", "other_way"}) {
    sum += stop["probabilities"][curve].get<double>();
  }
  EXPECT_NEAR(sum, 1.0, 1e-9);
}

TEST(JsonReport, GivesNoPlaceOfAStopThatIsNotReached) {
  const Json json = Json::parse(render_json(fixture_with_verdict(StopVerdict::kNotReached)));
  const Json& stop = json["legs"]["right"]["take_up"]["hip_stop"];
  EXPECT_EQ(stop["verdict"], "not reached");
  EXPECT_TRUE(stop["hip_deg"]["value"].is_null());
  EXPECT_EQ(stop["probabilities"]["towards_stop"], 0.02);
}

TEST(JsonReport, SaysWhyAStopCannotBeTested) {
  const Json json = Json::parse(render_json(fixture_with_verdict(StopVerdict::kCannotBeTested)));
  const Json& stop = json["legs"]["right"]["take_up"]["hip_stop"];
  EXPECT_EQ(stop["verdict"], "cannot be tested");
  EXPECT_EQ(stop["why"], "two demands always lie on a line; record a ramp, or five speeds");
  EXPECT_TRUE(stop["probabilities"]["line"].is_null());
}

TEST(JsonReport, SaysWhyAStopIsUndecidedBeyondWhatProbabilitiesSay) {
  Results results = fixture_with_verdict(StopVerdict::kUndecided);
  results.legs[kRight].take_up.hip_stop.why = "a stop before the least demand would look the same";
  const Json json = Json::parse(render_json(results));
  EXPECT_EQ(json["legs"]["right"]["take_up"]["hip_stop"]["why"],
            "a stop before the least demand would look the same");
  EXPECT_FALSE(json["legs"]["left"]["take_up"]["hip_stop"].contains("why"));
}

TEST(JsonReport, GivesThePointsAndTheBandsThatTheCurveIsDrawnFrom) {
  const Results results = fixture_with_verdict(StopVerdict::kUndecided);
  const Json json = Json::parse(render_json(results));
  const Json& take_up = json["legs"]["right"]["take_up"];
  ASSERT_EQ(take_up["points"].size(), 4u);
  const Json& point = take_up["points"][2];
  EXPECT_EQ(point["demand"], "7 m/s");
  EXPECT_EQ(point["n_strides"], 3);
  EXPECT_NEAR(point["hip_deg"]["mean"].get<double>() + point["low_back_deg"]["mean"].get<double>() +
                  point["lean_deg"]["mean"].get<double>(),
              point["thigh_deg"]["mean"].get<double>(), 1e-9);
  EXPECT_GT(point["hip_deg"]["sd"].get<double>(), 0.0);
  EXPECT_TRUE(point["pelvis_deg"]["mean"].is_null());
  for (const char* curve : {"line", "bend"}) {
    const Json& band = take_up["bands"][curve];
    ASSERT_EQ(band["thigh_deg"].size(), 21u);
    EXPECT_LT(band["lean_deg"]["low"][7], band["lean_deg"]["middle"][7]);
    EXPECT_GT(band["lean_deg"]["high"][7], band["lean_deg"]["middle"][7]);
    EXPECT_TRUE(band["pelvis_deg"]["low"].empty());
  }
  EXPECT_NEAR(take_up["pelvis"]["rest"]["value"].get<double>(), 0.06, 1e-12);
}

TEST(JsonReport, PutsThePelvisBesideOtherRunnersOrSaysWhyNot) {
  Results results = fixture_without_thorax();
  for (LegResult& leg : results.legs) {
    leg.pelvis_reference = compare_pelvis_share(leg.take_up, {2.5, 4.5, true});
  }
  results.legs[kLeft].pelvis_reference =
      compare_pelvis_share(results.legs[kLeft].take_up, {3.5, 9.0, true});
  const Json json = Json::parse(render_json(results));
  const Json& right = json["legs"]["right"]["pelvis_reference"];
  EXPECT_EQ(right["value"], 0.50);
  EXPECT_EQ(right["others"]["n_runners"], 26);
  EXPECT_EQ(right["others"]["quantiles"].size(), 5u);
  const Json& left = json["legs"]["left"]["pelvis_reference"];
  EXPECT_TRUE(left["others"].is_null());
  EXPECT_NE(left["sentence"], "");
}

TEST(JsonReport, KeepsToTheSchemaWhateverIsKnown) {
  if (!can_check_schemas()) GTEST_SKIP() << "skipped: no python3-jsonschema";
  std::vector<std::string> texts;
  for (const Results& results : all_fixtures()) texts.push_back(render_json(results));
  for (const auto& [name, results] : answer_fixtures()) texts.push_back(render_json(results));
  EXPECT_TRUE(follow_schema("result", texts));
}

}  // namespace
}  // namespace catena
