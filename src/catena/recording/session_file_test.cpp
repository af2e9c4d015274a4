#include "catena/recording/session_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace catena {
namespace {

using testing::HasSubstr;

constexpr const char* kWhole = R"(# a visit
model = "models/runner.osim"
standing = "static.trc"
labels = "ours.toml"
ik_setup = "setup_ik.xml"
marker_set = "markers.xml"
exam = "exam.toml"
up = "Z"
forward = "-x"
treadmill = true

[person]
name = "A. N. Other"
id = "R07"
sex = "female"
age_years = 34
height_m = 1.68
mass_kg = 58.5

[[run]]
file = "run25.c3d"
speed_m_s = 2.5

[[run]]
file = "hill.c3d"
speed_km_h = 10.8
incline_percent = 5
cadence_steps_min = 172
stride_length_m = 2.1
condition = " barefoot "

[[run]]
file = "ramp.c3d"
ramp = true
)";

std::string sentence_of(const std::string& text) {
  const auto session = parse_session(text, "s/session.toml");
  return session ? "no error" : to_sentence(session.error());
}

/// The sentence about one line in [person] or [[run]].
std::string about_person(const std::string& line) {
  return sentence_of("[person]\n" + line + "\n[[run]]\nfile = 'a.trc'\n");
}
std::string about_run(const std::string& line) {
  return sentence_of("[[run]]\nfile = 'a.trc'\n" + line + "\n");
}

TEST(SessionFile, ReadsEveryKey) {
  const auto session = parse_session(kWhole, "s/session.toml");
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_EQ(session->model.path, "models/runner.osim");
  EXPECT_EQ(session->model.where, "s/session.toml:2:9");
  EXPECT_EQ(session->standing.path, "static.trc");
  EXPECT_EQ(session->labels.path, "ours.toml");
  EXPECT_EQ(session->ik_setup.path, "setup_ik.xml");
  EXPECT_EQ(session->marker_set.path, "markers.xml");
  EXPECT_EQ(session->exam.path, "exam.toml");
  EXPECT_EQ(session->up, "z");
  EXPECT_EQ(session->forward, "-x");
  EXPECT_EQ(session->treadmill, true);
  EXPECT_EQ(session->person.name, "A. N. Other");
  EXPECT_EQ(session->person.id, "R07");
  EXPECT_EQ(session->person.sex, Sex::kFemale);
  EXPECT_EQ(session->person.age_years, 34.0);
  EXPECT_EQ(session->person.height_m, 1.68);
  EXPECT_EQ(session->person.mass_kg, 58.5);
}

TEST(SessionFile, ReadsRunsInOrderWithTheirDemands) {
  const auto session = parse_session(kWhole, "session.toml");
  ASSERT_TRUE(session);
  ASSERT_EQ(session->runs.size(), 3U);
  const RunDemand& level = session->runs[0].demand;
  EXPECT_EQ(session->runs[0].file.path, "run25.c3d");
  EXPECT_EQ(level.speed_m_s, 2.5);
  EXPECT_FALSE(level.incline_percent || level.cadence_steps_min || level.ramp);
  const RunDemand& hill = session->runs[1].demand;
  EXPECT_DOUBLE_EQ(*hill.speed_m_s, 3.0);  // 10.8 km/h
  EXPECT_EQ(hill.incline_percent, 5.0);
  EXPECT_EQ(hill.cadence_steps_min, 172.0);
  EXPECT_EQ(hill.stride_length_m, 2.1);
  EXPECT_EQ(hill.condition, "barefoot");
  EXPECT_TRUE(session->runs[2].demand.ramp);
}

TEST(SessionFile, OneRunIsEnough) {
  const auto session = parse_session("[[run]]\nfile = \"a.trc\"", "session.toml");
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_TRUE(session->model.path.empty());
  EXPECT_FALSE(session->person.mass_kg || session->treadmill || session->person.sex);
}

TEST(SessionFile, AsksWhetherAnotherKeyWasMeant) {
  EXPECT_EQ(about_person("heigth_m = 1.7"),
            "s/session.toml:2:1: there is no key 'heigth_m' in [person]; did you mean height_m?");
  EXPECT_EQ(about_run("speed = 3"),
            "s/session.toml:3:1: there is no key 'speed' in [[run]]; did you mean speed_m_s?");
  EXPECT_THAT(sentence_of("runs = 3\n"), HasSubstr("did you mean run?"));
  EXPECT_THAT(about_person("shoe = 3"), HasSubstr("known are name, id, sex"));
}

TEST(SessionFile, SaysThatAKeyOfTheTopStandsBelowATable) {
  EXPECT_EQ(about_person("model = 'a.osim'"),
            "s/session.toml:2:1: model does not belong in [person]; move it to the top, above the "
            "first [ ]");
}

TEST(SessionFile, SaysWhichNumberCannotBe) {
  EXPECT_EQ(about_person("height_m = 178"),
            "s/session.toml:2:12: height_m = 178: 178 m? give metres, such as 1.78");
  EXPECT_THAT(about_person("mass_kg = 64000"), HasSubstr("64000 kg? give kilograms"));
  EXPECT_THAT(about_person("mass_kg = -64"), HasSubstr("-64 kg?"));
  EXPECT_THAT(about_person("age_years = 1985"), HasSubstr("1985 years?"));
  EXPECT_THAT(about_person("mass_kg = nan"), HasSubstr("mass_kg = "));
  EXPECT_THAT(about_person("mass_kg = inf"), HasSubstr("mass_kg = "));
  EXPECT_THAT(about_run("speed_m_s = 35"), HasSubstr("35 m/s?"));
  EXPECT_THAT(about_run("speed_km_h = 350"), HasSubstr("350 km/h?"));
  EXPECT_THAT(about_run("incline_percent = 90"), HasSubstr("90 %?"));
  EXPECT_THAT(about_run("cadence_steps_min = 2.8"), HasSubstr("2.8 steps a minute?"));
  EXPECT_THAT(about_run("up_is_belt_normal = true"), HasSubstr("add incline_percent"));
  EXPECT_THAT(about_run("stride_length_m = 240"), HasSubstr("240 m?"));
}

TEST(SessionFile, SaysWhichValueIsOfAnotherType) {
  EXPECT_EQ(about_person("mass_kg = \"64\""),
            "s/session.toml:2:11: mass_kg is a text, not a number; write it without quotes");
  EXPECT_THAT(about_person("mass_kg = true"), HasSubstr("true or false, not a number"));
  EXPECT_THAT(about_person("mass_kg = [64]"), HasSubstr("a list, not a number"));
  EXPECT_THAT(about_person("age_years = 1985-03-01"), HasSubstr("a date or time, not a number"));
  EXPECT_THAT(about_person("name = 3"), HasSubstr("name is a number, not a text"));
  EXPECT_THAT(about_person("sex = 'x'"), HasSubstr("sex is 'x'"));
  EXPECT_THAT(about_run("ramp = 'yes'"), HasSubstr("ramp is a text, not true or false"));
  EXPECT_THAT(sentence_of("model = 3\n"), HasSubstr("model is a number, not a text"));
  EXPECT_THAT(sentence_of("model = ' '\n"), HasSubstr("model is empty"));
  EXPECT_THAT(sentence_of("model = \"a\\u0000b\"\n"), HasSubstr("zero byte"));
  EXPECT_THAT(sentence_of("person = 3\n"), HasSubstr("person is a number, not a table"));
  EXPECT_THAT(sentence_of("up = 'up'\n"), HasSubstr("up is 'up', which is no axis"));
  EXPECT_THAT(sentence_of("up = ''\n"), HasSubstr("no axis"));
  EXPECT_THAT(sentence_of("up = 'z'\nforward = '-z'\n"), HasSubstr("same axis"));
}

TEST(SessionFile, SaysWhatIsWrongWithTheRuns) {
  EXPECT_THAT(sentence_of(""), HasSubstr("no run is named"));
  EXPECT_THAT(sentence_of("run = []\n"), HasSubstr("no run is named"));
  EXPECT_THAT(sentence_of("run = 3\n"), HasSubstr("[[run]]"));
  EXPECT_THAT(sentence_of("run = [3]\n"), HasSubstr("a number, not a table"));
  EXPECT_THAT(sentence_of("[run]\nfile = 'a'\n"), HasSubstr("two brackets"));
  EXPECT_THAT(sentence_of("[[run]]\nspeed_m_s = 3\n"), HasSubstr("1:1: this run has no file"));
  EXPECT_THAT(about_run("speed_m_s = 3\nspeed_km_h = 10.8"), HasSubstr("given twice"));
  EXPECT_THAT(about_run("ramp = true\nspeed_m_s = 3"), HasSubstr("no one speed"));
}

TEST(SessionFile, SaysWhereItIsNotToml) {
  EXPECT_THAT(sentence_of("[person]\nmass_kg = 1\nmass_kg = 2\n"),
              HasSubstr("s/session.toml:3:11: not well-formed TOML: "));
  EXPECT_THAT(sentence_of("\xff\xfe[person]"), HasSubstr("not well-formed TOML"));
  for (const char* header : {"[+]", "[[=]]", "[ #", "[\xc3\xa9]", "["}) {
    EXPECT_THAT(sentence_of(header), HasSubstr(":1:")) << header;
  }
  EXPECT_THAT(sentence_of("file: run.trc\n"), HasSubstr(":1:5: not well-formed TOML"));
}

TEST(SessionFile, NamesMayHoldAnyLetters) {
  const auto session = parse_session(
      "[person]\nname = 'Jos\xc3\xa9 @ home'\n[[run]]\nfile = \"l\xc3\xa4uft.trc\"\n", "s");
  ASSERT_TRUE(session) << to_sentence(session.error());
  EXPECT_EQ(session->person.name, "Jos\xc3\xa9 @ home");
  EXPECT_EQ(session->runs[0].file.path, "l\xc3\xa4uft.trc");
}

TEST(SessionFile, ErrorsArePlainTextAlsoWhereTheFileIsNot) {
  for (const char* text : {"a = \xc3\xa9\n", "[\xc3\xa9", "a = \"\xe2\x82", "a\xc3\xa9 = 1\n"}) {
    for (const char c : sentence_of(text)) EXPECT_TRUE(c >= ' ' && c <= '~') << text;
  }
}

TEST(SessionFile, RefusesFilesThatCouldExhaustTheStack) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "a.";
  EXPECT_THAT(sentence_of(deep + "b = 1"), HasSubstr("longer than such a file"));
  EXPECT_THAT(sentence_of(deep.substr(0, 65000) + "b = 1"),
              HasSubstr("more dots than such a file"));
  EXPECT_THAT(sentence_of(deep.substr(0, 16000) + "b = 1"), HasSubstr("no key 'a'"));
  EXPECT_THAT(sentence_of("a = " + std::string(60000, '[')), HasSubstr("not well-formed"));
}

}  // namespace
}  // namespace catena
