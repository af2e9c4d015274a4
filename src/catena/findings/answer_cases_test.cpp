// Written cases of runners, as data: each gives the expected answer and names the expected
// evidence.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "catena/core/units.h"
#include "catena/exam/exam_file.h"
#include "catena/findings/answer.h"
#include "catena/findings/findings_fixture.h"
#include "catena/findings/rules.h"

namespace catena {
namespace {

using Json = nlohmann::json;

Json read_cases() {
  std::ifstream file(CATENA_SOURCE_DIR "/src/catena/findings/answer_cases.json");
  return Json::parse(file);
}

PlantedShare share_of(const Json& json) { return {json[0], json[1], json[2]}; }

PlantedLeg leg_of(const Json& json) {
  PlantedLeg leg;
  if (json.empty()) return leg;
  leg.known = true;
  leg.stop_probability = json["stop"];
  leg.stop_at_deg = json["at_deg"][0];
  leg.stop_sd_deg = json["at_deg"][1];
  leg.relief_deg = json["relief_deg"][0];
  leg.relief_sd_deg = json["relief_deg"][1];
  leg.use_deg = json["use_deg"];
  leg.hip = share_of(json["hip"]);
  leg.low_back = share_of(json["low_back"]);
  leg.lean = share_of(json["lean"]);
  return leg;
}

RunFindings run_of(const Json& json, const Json& legs) {
  RunFindings run;
  if (json.is_null()) return run;
  run.has_run = run.has_standing = true;
  run.has_thorax = json["thorax"];
  run.n_demands = json["demands"];
  run.legs[kRight] = plant_leg(leg_of(legs[json["right"].get<std::string>()]), run.has_thorax, 1);
  run.legs[kLeft] = plant_leg(leg_of(legs[json["left"].get<std::string>()]), run.has_thorax, 2);
  return run;
}

std::vector<RecordedCapacity> recorded_of(const Json& the_case) {
  std::vector<RecordedCapacity> recorded;
  if (!the_case.contains("recorded")) return recorded;
  for (const Json& json : the_case["recorded"]) {
    const double at = json["extension_deg"].get<double>() * kRadPerDeg;
    RecordedCapacity position;
    position.test = json["test"];
    position.side = json["side"] == "right" ? kRight : kLeft;
    position.hip_extension_rad = {at, at - 0.5 * kRadPerDeg, at + 0.5 * kRadPerDeg, 0.90, ""};
    recorded.push_back(position);
  }
  return recorded;
}

std::optional<Examination> exam_of(const Json& the_case) {
  if (the_case["exam"].is_null()) return std::nullopt;
  const auto exam = parse_exam(the_case["exam"].dump(), "answer_cases.json");
  EXPECT_TRUE(exam.has_value()) << the_case["name"];
  if (!exam) return std::nullopt;
  for (const std::string& note : exam->notes) ADD_FAILURE() << the_case["name"] << ": " << note;
  return *exam;
}

/// "for stop_relieves right"
std::set<std::string> named_evidence(const Answer& answer) {
  std::set<std::string> names;
  const auto add = [&](const char* counts, const std::vector<Evidence>& list) {
    for (const Evidence& evidence : list) {
      std::string name = std::string(counts) + " " + evidence.rule;
      if (evidence.side) name += std::string(" ") + kSideNames.at(*evidence.side);
      names.insert(name);
    }
  };
  add("for", answer.evidence_for);
  add("against", answer.evidence_against);
  add("context", answer.context);
  return names;
}

std::string listed(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += "\n  " + name;
  return text;
}

TEST(AnswerCases, EachGivesTheExpectedAnswerAndNamesItsEvidence) {
  const Json cases = read_cases();
  ASSERT_GE(cases["cases"].size(), 40u);
  for (const Json& the_case : cases["cases"]) {
    const std::string name = the_case["name"];
    SCOPED_TRACE(name);
    const Answer answer = find_answer(run_of(the_case["run"], cases["legs"]), exam_of(the_case),
                                      recorded_of(the_case));
    const Json& expected = the_case["expect"];
    const std::set<std::string> evidence = named_evidence(answer);
    EXPECT_EQ(name_of(answer.answer_class), expected["class"]) << answer.probability;
    EXPECT_EQ(answer.situation, expected["situation"]) << answer.probability << listed(evidence);
    for (const std::string wanted : expected["evidence"]) {
      EXPECT_TRUE(evidence.contains(wanted)) << wanted << " is not among" << listed(evidence);
    }
    if (expected.contains("absent")) {
      for (const std::string unwanted : expected["absent"]) {
        const bool there = std::ranges::any_of(evidence, [&](const std::string& found) {
          return found.find(" " + unwanted) != std::string::npos;
        });
        EXPECT_FALSE(there) << unwanted;
      }
    }
    if (expected.contains("next")) {
      ASSERT_GE(answer.next.size(), expected["next"].size());
      for (std::size_t i = 0; i < expected["next"].size(); ++i) {
        EXPECT_EQ(answer.next[i].id, expected["next"][i]);
      }
    }
  }
}

TEST(AnswerCases, HoldTheKindsThatMatter) {
  const Json cases = read_cases();
  std::set<std::string> kinds;
  for (const Json& the_case : cases["cases"]) kinds.insert(the_case["kind"]);
  for (const char* kind :
       {"clear yes", "clear no", "conflicting", "too little", "red flags", "exam only", "run only",
        "hip stop without symptoms", "symptoms without stop", "one side", "both"}) {
    EXPECT_TRUE(kinds.contains(kind)) << kind;
  }
}

TEST(AnswerCases, MeetEverySituation) {
  const Json cases = read_cases();
  std::set<std::string> situations;
  for (const Json& the_case : cases["cases"]) {
    situations.insert(the_case["expect"]["situation"]);
  }
  for (const auto& [situation, sentences] : answer_rules().answers) {
    EXPECT_TRUE(situations.contains(situation)) << situation;
    EXPECT_FALSE(sentences.runner.empty());
  }
}

}  // namespace
}  // namespace catena
