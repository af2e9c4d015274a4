#include "catena/report/strides_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "catena/core/test_schema.h"
#include "catena/gait/planted_strides.h"

namespace catena {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

/// The planted runner, with events 2 ms off.
RecordingStrides planted(bool is_planar = false) {
  PlantedRunner runner;
  runner.event_sd_s = 0.002;
  auto [points, strides] = make_planted(runner);
  points.is_planar = is_planar;
  RecordingStrides out;
  out.file = "run35.trc";
  out.format = "TRC";
  out.marker_set = "Some set";
  out.n_frames = static_cast<int>(points.time_s.size());
  out.rate_hz = points.rate_hz;
  out.last_s = points.time_s[points.time_s.size() - 1];
  out.axes = "y is up";
  out.treadmill = true;
  for (const Stride& s : strides.strides) {
    out.events.events.push_back(
        {s.side, GaitEventKind::kContact, s.from_s, s.from_sd_s, "markers"});
    out.events.events.push_back(
        {s.side, GaitEventKind::kToeOff, s.toe_off_s, s.toe_off_sd_s, "markers"});
  }
  out.events.notes = {"An event was left out."};
  out.strides = strides;
  out.strides.n_incomplete = {1, 2};
  out.spatiotemporal = spatiotemporal(strides, points);
  out.notes = {"It was assumed."};
  return out;
}

std::string line_with(const std::string& text, const std::string& words) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(words) != std::string::npos) return line;
  }
  return "";
}

TEST(StridesText, ShowsEachMeasureRightLeftBothAndTheDifference) {
  const std::string text = render_strides(planted());
  EXPECT_EQ(line_with(text, "contact time"),
            "  contact time, ms                 260     250     255  250 to 260"
            "        10 (3.9 %) *          8");
  EXPECT_EQ(line_with(text, "cadence"),
            "  cadence, steps/min             166.7   166.7   166.7  166.7 to 166.7");
  EXPECT_THAT(text, HasSubstr("12 right, 12 left, running; incomplete: 1 right, 2 left"));
  EXPECT_THAT(text, HasSubstr("from markers: 24 contacts, 24 toe-offs; error of one 2.0 ms (SD)"));
  EXPECT_THAT(text, HasSubstr("* marks those that are"));
  EXPECT_THAT(text, HasSubstr("An event was left out."));
  EXPECT_THAT(text, HasSubstr("It was assumed."));
  EXPECT_THAT(text, Not(HasSubstr("double support")));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

TEST(StridesText, KeepsToAHundredColumnsOfAscii) {
  for (const bool is_planar : {false, true}) {
    std::istringstream lines(render_strides(planted(is_planar)));
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(line.size(), 100U) << line;
      for (const char c : line) EXPECT_TRUE(c >= ' ' && c <= '~') << line;
    }
  }
}

TEST(StridesText, OfOneCameraThereIsNoWidthAndNoVerdict) {
  const std::string text = render_strides(planted(true));
  EXPECT_THAT(line_with(text, "step width"), HasSubstr("seen from one side"));
  EXPECT_THAT(text, Not(HasSubstr("*")));
  EXPECT_THAT(text, HasSubstr("not judged against each other"));
}

TEST(StridesText, LostStridesAreCounted) {
  RecordingStrides found = planted();
  found.spatiotemporal.measures[kStepWidth].n_lost = {3, 1};
  EXPECT_THAT(render_strides(found), HasSubstr("step width in 3 right, 1 left"));
}

TEST(StridesJson, HoldsEveryMeasureByName) {
  const Json json = Json::parse(render_strides_json(planted()));
  EXPECT_EQ(json["file"], "run35.trc");
  EXPECT_EQ(json["events"].size(), 48U);
  EXPECT_EQ(json["events"][1]["kind"], "toe_off");
  EXPECT_EQ(json["events"][0]["side"], "right");
  const Json& s = json["spatiotemporal"];
  EXPECT_EQ(s["gait"], "running");
  for (const MeasureInfo& info : kMeasures) {
    ASSERT_TRUE(s["measures"].contains(info.name)) << info.name;
    EXPECT_EQ(s["measures"][info.name]["unit"], info.unit);
  }
  EXPECT_NEAR(s["measures"]["contact_time"]["right"]["value"], 0.26, 1e-9);
  EXPECT_TRUE(s["measures"]["contact_time"]["asymmetry"]["distinguishable"]);
  EXPECT_TRUE(s["measures"]["double_support"]["both"].is_null());
  EXPECT_THAT(s["measures"]["double_support"]["why"], HasSubstr("none in running"));
  EXPECT_NEAR(s["strides"][0]["step_length"], 1.30, 1e-9);
  EXPECT_EQ(json["notes"].size(), 2U);
  // The parts stand alone as well.
  EXPECT_EQ(Json::parse(events_json(planted().events)), json["events"]);
  EXPECT_EQ(Json::parse(spatiotemporal_json(planted().spatiotemporal)), s);
}

TEST(StridesJson, KeepsToTheSchemaWhateverIsKnown) {
  if (!can_check_schemas()) GTEST_SKIP() << "skipped: no python3-jsonschema";
  RecordingStrides nothing;
  nothing.spatiotemporal = spatiotemporal({}, {});
  EXPECT_TRUE(follow_schema(
      "strides",
      {render_strides_json(planted()), render_strides_json(planted(true)),
       render_strides_json(nothing),
       render_strides_json("l\xe4ufer.trc", {Errc::kBadFormat, "it is broken", "x", ""})}));
}

}  // namespace
}  // namespace catena
