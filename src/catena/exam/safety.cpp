#include "catena/exam/safety.h"

#include <fmt/format.h>

#include <algorithm>

#include "catena/exam/exam_keys.h"
#include "catena/exam/exam_tests.h"
#include "catena/exam/red_flags.h"

namespace catena {
namespace {

using Kind = SafetyCondition::Kind;

bool is_yes(Answered answer) { return answer == Answered(true); }

class Evaluation {
 public:
  Evaluation(const Examination& exam, Side side) : exam_(exam), side_(side) {}

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the rules are
  [[nodiscard]] bool holds(const SafetyCondition& condition) const {
    const auto part_holds = [this](const SafetyCondition& part) { return holds(part); };
    switch (condition.kind) {
      case Kind::kAll:
        return std::ranges::all_of(condition.parts, part_holds);
      case Kind::kAny:
        return std::ranges::any_of(condition.parts, part_holds);
      case Kind::kAnswer:
        return answered_yes(condition.id);
      case Kind::kPositive:
        return result_of(condition.id) == Answered(true);
      case Kind::kNegative:
        return result_of(condition.id) == Answered(false);
      case Kind::kSymptom:
        return is_yes(exam_.symptoms.*
                      std::ranges::find(kSymptomKeys, condition.id, &SymptomKey::key)->member);
      case Kind::kPlace:
        return std::ranges::any_of(exam_.symptoms.places, [&](PainPlace place) {
          return kPainPlaceNames[static_cast<std::size_t>(place)] == condition.id;
        });
      case Kind::kPainThisSide:
        return exam_.symptoms.side == std::optional<Side>(side_);
      case Kind::kAgeBelow:
        return exam_.age_years && *exam_.age_years < condition.number;
      case Kind::kAgeFrom:
        return exam_.age_years && *exam_.age_years >= condition.number;
    }
    return false;
  }

  [[nodiscard]] bool answered_yes(const std::string& id) const {
    const auto at = exam_.red_flags.find(id);
    return at != exam_.red_flags.end() && is_yes(at->second);
  }

 private:
  [[nodiscard]] Answered result_of(const std::string& id) const {
    const ExamTest* test = find_test(id);
    if (!test) return std::nullopt;
    const std::optional<Side> side = test->sided ? std::optional<Side>(side_) : std::nullopt;
    const ExamValue* value = find_value(exam_, id, side);
    return value ? is_positive(*test, value->value) : std::nullopt;
  }

  const Examination& exam_;
  Side side_;
};

/// The ids of the answers that a condition asks for.
// NOLINTNEXTLINE(misc-no-recursion)
void collect_answers(const SafetyCondition& condition, std::vector<std::string>& ids) {
  if (condition.kind == Kind::kAnswer) ids.push_back(condition.id);
  for (const SafetyCondition& part : condition.parts) collect_answers(part, ids);
}

/// "New numbness around the saddle; new trouble with the bladder or the bowel."
std::string reported(const SafetyFlag& flag, const Examination& exam) {
  std::vector<std::string> ids;
  collect_answers(flag.when, ids);
  std::string sentence;
  for (const SafetyQuestion& question : safety_rules().questions) {
    const bool asked_for = std::ranges::find(ids, question.id) != ids.end();
    if (!asked_for || !Evaluation(exam, kRight).answered_yes(question.id)) continue;
    sentence += (sentence.empty() ? "" : "; ") + question.reported;
  }
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z') {
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  }
  return sentence + ".";
}

std::optional<RedFlag> find_flag(const SafetyFlag& flag, const Examination& exam) {
  const bool right = Evaluation(exam, kRight).holds(flag.when);
  const bool left = Evaluation(exam, kLeft).holds(flag.when);
  if (!right && !left) return std::nullopt;
  RedFlag present;
  present.id = flag.id;
  present.urgency = flag.urgency;
  present.where_to = flag.where_to;
  present.source = flag.source;
  present.sentence = flag.sentence.empty() ? reported(flag, exam) : flag.sentence;
  const std::string_view placeholder = "{side}";
  if (const std::size_t at = present.sentence.find(placeholder); at != std::string::npos) {
    const std::string side = right && left ? "side not told apart" : right ? "right" : "left";
    present.sentence.replace(at, placeholder.size(), side);
  }
  return present;
}

std::string sentence_of(const Safety& safety) {
  const std::string asked =
      safety.n_asked == 0
          ? fmt::format("none of the {} questions about red flags was answered", safety.n_questions)
      : safety.n_asked == safety.n_questions
          ? fmt::format("all {} questions about red flags were answered", safety.n_questions)
          : fmt::format("{} of {} questions about red flags were answered", safety.n_asked,
                        safety.n_questions);
  if (safety.present.empty()) {
    return safety.n_asked == 0
               ? "Whether there are red flags is not known: " + asked + "."
               : "No red flag was reported: " + asked +
                     (safety.n_asked < safety.n_questions ? "; what was not asked is not known."
                                                          : ".");
  }
  return fmt::format("{} present: a clinician should look at this {}, before any analysis ({}).",
                     safety.present.size() == 1
                         ? std::string("One red flag is")
                         : fmt::format("{} red flags are", safety.present.size()),
                     name_of(safety.urgency), asked);
}

}  // namespace

Safety assess_safety(const Examination& exam) {
  Safety safety;
  const SafetyRules& rules = safety_rules();
  safety.n_questions = static_cast<int>(rules.questions.size());
  for (const SafetyQuestion& question : rules.questions) {
    const auto at = exam.red_flags.find(question.id);
    if (at != exam.red_flags.end() && at->second) ++safety.n_asked;
  }
  for (const SafetyFlag& flag : rules.flags) {
    if (auto present = find_flag(flag, exam)) safety.present.push_back(std::move(*present));
  }
  std::ranges::stable_sort(safety.present, std::greater<>(), &RedFlag::urgency);
  if (!safety.present.empty()) safety.urgency = safety.present.front().urgency;
  safety.sentence = sentence_of(safety);
  return safety;
}

}  // namespace catena
