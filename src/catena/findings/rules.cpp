#include "catena/findings/rules.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>

#include "catena/core/json_node.h"
#include "catena/core/units.h"
#include "catena/findings/rules_file.h"

namespace catena {
namespace {

constexpr double kMostLogOdds = 20.0;

Result<double> radians(const JsonNode& node, const char* key) {
  CATENA_TRY(value_deg, node.number(key, 0.0, 90.0));
  return value_deg * kRadPerDeg;
}

Result<PatternAssumptions> read_pattern(const JsonNode& node) {
  PatternAssumptions pattern;
  CATENA_TRY(stop, node.number("stop_prior", 0.001, 0.999));
  CATENA_TRY(either, node.number("pattern_prior", 0.001, 0.999));
  CATENA_TRY(one, node.number("hip_pattern_prior", 0.001, 0.999));
  CATENA_TRY(change, radians(node, "smallest_change_deg"));
  CATENA_TRY(flat_back, radians(node, "flat_back_deg"));
  CATENA_TRY(zero, radians(node, "exam_zero_sd_deg"));
  CATENA_TRY(recorded, radians(node, "recorded_sd_deg"));
  CATENA_TRY(spare, radians(node, "spare_sd_deg"));
  CATENA_TRY(exam_speaks, node.number("exam_speaks", 0.0, 1.0));
  CATENA_TRY(recorded_speaks, node.number("recorded_speaks", 0.0, 1.0));
  CATENA_TRY(split, node.values("low_back_part_of_pelvis", 2));
  CATENA_TRY(shift, node.number("shift", -kMostLogOdds, kMostLogOdds));
  CATENA_TRY(slope, node.number("slope", 0.01, 10.0));
  CATENA_TRY(source, node.text("source"));
  pattern = {.stop_prior = stop,
             .pattern_prior = either,
             .hip_pattern_prior = one,
             .smallest_change_rad = change,
             .flat_back_rad = flat_back,
             .exam_zero_sd_rad = zero,
             .recorded_sd_rad = recorded,
             .exam_speaks = exam_speaks,
             .recorded_speaks = recorded_speaks,
             .spare_sd_rad = spare,
             .least_split = split[0],
             .most_split = split[1],
             .shift = shift,
             .slope = slope,
             .source = source};
  return pattern;
}

Result<ClassCuts> read_cuts(const JsonNode& node) {
  CATENA_TRY(yes, node.number("yes_from", 0.0, 1.0));
  CATENA_TRY(possibly, node.number("possibly_from", 0.0, 1.0));
  CATENA_TRY(below, node.number("not_below", 0.0, 1.0));
  CATENA_TRY(fits, node.count("pain_fits_from"));
  CATENA_TRY(against, node.count("pain_speaks_against_to", -100));
  CATENA_TRY(source, node.text("source"));
  if (!(below < possibly && possibly < yes)) return node.wrong("the cuts are not in rising order");
  return ClassCuts{yes, possibly, below, fits, against, source};
}

Result<RuleCondition> read_condition(const JsonNode& node) {
  static constexpr std::array kComparisons = {"is", "at_least", "at_most", "surely_at_least",
                                              "surely_at_most"};
  CATENA_TRY(input, node.text("input"));
  for (std::size_t i = 0; i < kComparisons.size(); ++i) {
    if (!node.has(kComparisons.at(i))) continue;
    if (i == 0) {
      CATENA_TRY(truth, node.truth("is"));
      return RuleCondition{input, Comparison::kIs, truth ? 1.0 : 0.0};
    }
    CATENA_TRY(value, node.number(kComparisons.at(i), -1e6, 1e6));
    return RuleCondition{input, static_cast<Comparison>(i), value};
  }
  return node.wrong("a condition needs is, at_least, at_most, surely_at_least or surely_at_most");
}

Result<FindingRule> read_rule(const JsonNode& node) {
  static constexpr std::array kOf = {"runner", "side"};
  static constexpr std::array kCounts = {"for", "against", "context", "by_sign"};
  static constexpr std::array kAdds = {"nothing", "run", "exam"};
  static constexpr std::array kGrades = {"A", "B", "judgement"};
  FindingRule rule;
  CATENA_TRY(id, node.text("id"));
  CATENA_TRY(of, node.word("of", kOf));
  CATENA_TRY(when, node.items("when"));
  for (const JsonNode& item : when) {
    CATENA_TRY(condition, read_condition(item));
    rule.conditions.push_back(condition);
  }
  CATENA_TRY(counts, node.word("counts", kCounts));
  CATENA_TRY(runner, node.text("runner"));
  CATENA_TRY(clinician, node.text("clinician"));
  CATENA_TRY(source, node.text("source"));
  CATENA_TRY(grade, node.word("grade", kGrades));
  rule.id = id;
  rule.of_side = of == 1;
  rule.counts = static_cast<Counts>(counts);
  rule.runner = runner;
  rule.clinician = clinician;
  rule.source = source;
  rule.grade = kGrades.at(grade);
  if (node.has("adds")) {
    CATENA_TRY(adds, node.word("adds", kAdds));
    rule.adds = static_cast<LogOddsOf>(adds);
  }
  if (node.has("pain_points")) {
    CATENA_TRY(points, node.count("pain_points", -9));
    rule.pain_points = points;
  }
  if (node.has("shows")) {
    CATENA_TRY(shows, node.text("shows"));
    rule.shows = shows;
  }
  return rule;
}

}  // namespace

Result<Rules> parse_rules(std::string_view bytes, std::string_view source) {
  CATENA_TRY(root, JsonNode::parse(bytes, source, "see docs/methods/answer.md"));
  Rules rules;
  CATENA_TRY(pattern_node, root.at("pattern"));
  CATENA_TRY(pattern, read_pattern(pattern_node));
  CATENA_TRY(cuts_node, root.at("classes"));
  CATENA_TRY(cuts, read_cuts(cuts_node));
  CATENA_TRY(reached, radians(root, "reached_within_deg"));
  rules.pattern = pattern;
  rules.cuts = cuts;
  rules.reached_within_rad = reached;
  CATENA_TRY(items, root.items("rules"));
  std::set<std::string> ids;
  for (const JsonNode& item : items) {
    CATENA_TRY(rule, read_rule(item));
    if (!ids.insert(rule.id).second) return item.wrong("the rule " + rule.id + " stands twice");
    rules.rules.push_back(std::move(rule));
  }
  CATENA_TRY(answers, root.items("answers"));
  for (const JsonNode& item : answers) {
    CATENA_TRY(when, item.text("when"));
    CATENA_TRY(runner, item.text("runner"));
    CATENA_TRY(clinician, item.text("clinician"));
    if (!rules.answers.emplace(when, AnswerSentences{runner, clinician}).second) {
      return item.wrong("the answer for " + when + " stands twice");
    }
  }
  return rules;
}

const Rules& answer_rules() {
  static const Rules rules = [] {
    auto parsed = parse_rules(rules_file(), "rules.json");
    assert(parsed.has_value());  // a test reads it
    return parsed ? *parsed : Rules();
  }();
  return rules;
}

}  // namespace catena
