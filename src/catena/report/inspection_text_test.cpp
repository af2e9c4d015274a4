#include "catena/report/inspection_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace catena {
namespace {

using testing::HasSubstr;
using testing::Not;

Inspection recording() {
  Inspection found;
  found.file = "run25.c3d";
  found.format = "C3D (Intel, real)";
  found.maker = "Maker 1.2";
  found.n_frames = 4500;
  found.rate_hz = 150.0;
  found.last_s = 29.993;
  found.labels = {"RASI", "LASI", "C7"};
  found.missing_fraction = 0.05;
  found.losses = {{"C7", 0.1, 0.25}, {"LASI", 0.05, 0.1}};
  found.analog_channels = 6;
  found.analog_rate_hz = 300.0;
  found.plates = {{4, "", 637.43}, {2, "", std::numeric_limits<double>::quiet_NaN()}};
  found.events = {{"right", "Foot Strike", 0.1}, {"right", "Foot Strike", 0.8}};
  found.contacts = {38, 37, 1};
  found.axes = {true, "+y", "+x", true, 2.5, "y is up; a treadmill at 2.50 m/s"};
  found.marker_set = {"Some set", 2, {"RPSI"}, {"C7"}, {}};
  found.quality.noise_m = 0.0005;
  found.quality.noisiest_m = 0.001;
  found.quality.noisiest = "C7";
  found.mass_kg = 65.0;
  found.can = {"One thing."};
  found.cannot = {"Another thing."};
  found.problems = {"Look here."};
  found.notes = {"It was assumed."};
  return found;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(InspectionText, ShowsARecordingLineByLine) {
  EXPECT_EQ(render_inspection(recording()),
            "run25.c3d\n"
            "  kind      C3D (Intel, real), made by Maker 1.2\n"
            "  time      4500 frames at 150 Hz, 29.993 s (from 0.000 to 29.993 s)\n"
            "  markers   3: RASI LASI C7\n"
            "  set       Some set: 2 of its labels; lacks RPSI; beside it C7\n"
            "  lost      5.0 % of all; most in C7 10.0 % (gaps up to 0.25 s), LASI 5.0 % (gaps up "
            "to 0.10 s)\n"
            "  analog    6 channels at 300 Hz\n"
            "  plates    1: type 4, mean vertical force 637.4 N = 1.000 body weights; 2: type 2, "
            "not usable\n"
            "  contacts  38 right, 37 left, 1 of nobody knows which foot\n"
            "  events    2 right Foot Strike\n"
            "  axes      y is up; a treadmill at 2.50 m/s\n"
            "  quality   noise 0.50 mm in the middle, 1.00 mm in C7; no jumps\n"
            "  can tell  One thing.\n"
            "  cannot    Another thing.\n"
            "  problem   Look here.\n"
            "  note      It was assumed.\n");
}

TEST(InspectionText, WithoutAMassForcesAreInNewtonsAlone) {
  Inspection found = recording();
  found.mass_kg = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(render_inspection(found), Not(HasSubstr("body weights")));
  EXPECT_THAT(render_inspection(found), HasSubstr("637.4 N"));
}

TEST(InspectionText, KeepsToOneScreenAndSaysWhatItLeavesOut) {
  Inspection found = recording();
  found.labels.assign(200, "LONGLABEL");
  found.marker_set.missing.assign(50, "LACKING");
  found.cannot.assign(9, "Something of some length that cannot be told from this recording alone.");
  found.notes.assign(30, "A note.");
  const std::vector<std::string> lines = lines_of(render_inspection(found));
  EXPECT_LE(lines.size(), 24U);
  for (const std::string& line : lines) EXPECT_LE(line.size(), 100U) << line;
  EXPECT_THAT(render_inspection(found), HasSubstr("markers   200: LONGLABEL"));
  EXPECT_THAT(render_inspection(found), HasSubstr(" more\n"));
  EXPECT_THAT(lines.back(), HasSubstr("more; --json has them all"));
}

TEST(InspectionText, ShowsATableAndAModel) {
  Inspection table;
  table.file = "ik.mot";
  table.kind = FileKind::kTable;
  table.format = "MOT or STO";
  table.n_frames = 1;
  table.in_degrees = true;
  table.labels = {"hip"};
  EXPECT_EQ(render_inspection(table),
            "ik.mot\n"
            "  kind      MOT or STO\n"
            "  time      1 row, 0.000 s (from 0.000 to 0.000 s), angles in degrees\n"
            "  columns   1: hip\n"
            "  lost      nothing\n");
  Inspection model;
  model.file = "runner.osim";
  model.kind = FileKind::kModel;
  model.format = "OpenSim model";
  model.facts = {"12 bodies"};
  EXPECT_EQ(render_inspection(model),
            "runner.osim\n  kind      OpenSim model\n  holds     12 bodies\n");
}

TEST(InspectionJson, HasEveryPromisedFieldOnOneLine) {
  const std::string text = render_inspection_json(recording());
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["file"], "run25.c3d");
  EXPECT_EQ(json["format"], "C3D (Intel, real)");
  EXPECT_EQ(json["frames"], 4500);
  EXPECT_EQ(json["rate_hz"], 150.0);
  EXPECT_EQ(json["markers"].size(), 3U);
  EXPECT_EQ(json["missing_fraction"], 0.05);
  EXPECT_EQ(json["analog_channels"], 6);
  EXPECT_EQ(json["analog_rate_hz"], 300.0);
  EXPECT_EQ(json["plates"][0]["type"], 4);
  EXPECT_EQ(json["plates"][0]["mean_vertical_force_n"], 637.43);
  EXPECT_NEAR(json["plates"][0]["mean_vertical_force_body_weights"], 1.0, 1e-4);
  EXPECT_TRUE(json["plates"][1]["mean_vertical_force_n"].is_null());
  EXPECT_EQ(json["events"][1]["time_s"], 0.8);
  EXPECT_EQ(json["axes"]["up"], "+y");
  EXPECT_EQ(json["marker_set"], "Some set");
  EXPECT_EQ(json["problems"][0], "Look here.");
}

TEST(InspectionJson, WhatCannotBeReadSaysSo) {
  const auto json = nlohmann::json::parse(
      render_inspection_json("x.c3d", {Errc::kBadFormat, "it is cut off", "x.c3d", ""}));
  EXPECT_EQ(json["file"], "x.c3d");
  EXPECT_EQ(json["error"], "x.c3d: it is cut off");
  EXPECT_EQ(json["problems"][0], "x.c3d: it is cut off");
}

TEST(InspectionJson, NamesInAnyBytesAreStillJson) {
  Inspection found = recording();
  found.labels = {"\xff\xfe", "a\nb"};
  const std::string text = render_inspection_json(found);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_TRUE(nlohmann::json::accept(text));
}

}  // namespace
}  // namespace catena
