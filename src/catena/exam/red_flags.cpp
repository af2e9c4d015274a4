#include "catena/exam/red_flags.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>

#include "catena/core/json_node.h"
#include "catena/exam/exam_keys.h"
#include "catena/exam/exam_tests.h"
#include "catena/exam/red_flags_file.h"

namespace catena {
namespace {

using Kind = SafetyCondition::Kind;

constexpr std::array<const char*, 4> kUrgencyNames = {"none", "before the next run", "this week",
                                                      "today"};
// By the order of Kind.
constexpr std::array<const char*, 7> kTextKeys = {"all",      "any",     "answer", "positive",
                                                  "negative", "symptom", "place"};

class RuleReader {
 public:
  explicit RuleReader(const SafetyRules& rules) : rules_(rules) {}

  /// The file nests no deeper than its reader allows.
  // NOLINTNEXTLINE(misc-no-recursion)
  [[nodiscard]] Result<SafetyCondition> read(const JsonNode& node) const {
    SafetyCondition condition;
    if (const auto word = node.text()) {
      if (*word != "pain_this_side") return node.wrong("a condition that is not known");
      condition.kind = Kind::kPainThisSide;
      return condition;
    }
    for (const auto& [key, kind] :
         {std::pair{"age_below", Kind::kAgeBelow}, std::pair{"age_from", Kind::kAgeFrom}}) {
      if (!node.has(key)) continue;
      CATENA_TRY(number, node.number(key, 0.0, 200.0));
      condition.kind = kind;
      condition.number = number;
      return condition;
    }
    for (std::size_t i = 0; i < kTextKeys.size(); ++i) {
      if (!node.has(kTextKeys[i])) continue;
      condition.kind = static_cast<Kind>(i);
      if (condition.kind == Kind::kAll || condition.kind == Kind::kAny) {
        CATENA_TRY(parts, node.items(kTextKeys[i]));
        for (const JsonNode& part : parts) {
          CATENA_TRY(read_part, read(part));
          condition.parts.push_back(read_part);
        }
        if (condition.parts.empty()) return node.wrong("a condition without parts");
        return condition;
      }
      CATENA_TRY(id, node.text(kTextKeys[i]));
      condition.id = id;
      if (!is_known(condition)) return node.wrong("'" + id + "' is not known");
      return condition;
    }
    return node.wrong("a condition that is not known");
  }

 private:
  [[nodiscard]] bool is_known(const SafetyCondition& condition) const {
    switch (condition.kind) {
      case Kind::kAnswer:
        return std::ranges::find(rules_.questions, condition.id, &SafetyQuestion::id) !=
               rules_.questions.end();
      case Kind::kPositive:
      case Kind::kNegative:
        return find_test(condition.id) != nullptr;
      case Kind::kSymptom:
        return std::ranges::find(kSymptomKeys, condition.id, &SymptomKey::key) !=
               kSymptomKeys.end();
      case Kind::kPlace:
        return std::ranges::find(kPainPlaceNames, condition.id) != kPainPlaceNames.end();
      default:
        return true;
    }
  }

  const SafetyRules& rules_;
};

Result<SafetyFlag> read_flag(const JsonNode& node, const RuleReader& reader) {
  SafetyFlag flag;
  CATENA_TRY(id, node.text("id"));
  CATENA_TRY(urgency, node.word("urgency", kUrgencyNames));
  CATENA_TRY(where_to, node.text("where_to"));
  CATENA_TRY(source, node.text("source"));
  CATENA_TRY(when, node.at("when"));
  CATENA_TRY(condition, reader.read(when));
  if (node.has("sentence")) {
    CATENA_TRY(sentence, node.text("sentence"));
    flag.sentence = sentence;
  }
  if (node.has("sided")) {
    CATENA_TRY(sided, node.truth("sided"));
    flag.sided = sided;
  }
  flag.id = id;
  flag.urgency = static_cast<Urgency>(urgency);
  flag.where_to = where_to;
  flag.source = source;
  flag.when = condition;
  return flag;
}

}  // namespace

Result<SafetyRules> parse_safety_rules(std::string_view bytes, std::string_view source) {
  CATENA_TRY(root, JsonNode::parse(bytes, source, "take the file that comes with the program"));
  SafetyRules rules;
  std::set<std::string> ids;
  CATENA_TRY(questions, root.items("questions"));
  for (const JsonNode& node : questions) {
    CATENA_TRY(id, node.text("id"));
    CATENA_TRY(ask, node.text("ask"));
    CATENA_TRY(reported, node.text("reported"));
    if (!ids.insert(id).second) return node.wrong("this question is there twice");
    rules.questions.push_back({id, ask, reported});
  }
  CATENA_TRY(flags, root.items("flags"));
  const RuleReader reader(rules);
  for (const JsonNode& node : flags) {
    CATENA_TRY(flag, read_flag(node, reader));
    rules.flags.push_back(flag);
  }
  return rules;
}

const SafetyRules& safety_rules() {
  static const SafetyRules rules = [] {
    auto parsed = parse_safety_rules(red_flags_file(), "red_flags.json");
    assert(parsed.has_value());  // a test reads it
    return parsed ? *parsed : SafetyRules();
  }();
  return rules;
}

std::string name_of(Urgency urgency) { return kUrgencyNames[static_cast<std::size_t>(urgency)]; }

}  // namespace catena
