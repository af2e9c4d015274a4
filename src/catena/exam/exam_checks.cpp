#include "catena/exam/exam_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace catena {
namespace {

bool is_yes(Answered answer) { return answer == Answered(true); }

/// What tells of a pain, by its key; empty: nothing does.
std::string sign_of_pain(const Symptoms& symptoms) {
  if (!symptoms.places.empty()) return "a place of pain is named";
  if (symptoms.worst_0_10 > 0.0) return "the worst pain is more than 0";
  for (const SymptomKey& known : kSymptomKeys) {
    if (known.key == "has_pain" || known.key == "training_rose") continue;
    if (is_yes(symptoms.*known.member)) return fmt::format("{} is true", known.key);
  }
  return "";
}

/// The place of a key, or of the table.
const TreeValue& at(const TreeValue& table, std::string_view key) {
  const TreeValue* value = table.find(key);
  return value ? *value : table;
}

/// Two that cannot both be true.
void settle_pair(const TreeValue& table, std::string_view first, std::string_view second,
                 Answered& a, Answered& b, ExamReader& reader) {
  if (!is_yes(a) || !is_yes(b)) return;
  reader.note(at(table, second),
              fmt::format("{} and {} contradict each other; neither is used", first, second),
              "ask again");
  a.reset();
  b.reset();
}

}  // namespace

void settle_symptoms(const TreeValue& table, Answered only_running, Symptoms& symptoms,
                     ExamReader& reader) {
  if (is_yes(only_running)) {
    for (const auto& [key, member] : {std::pair{"in_daily_life", &Symptoms::in_daily_life},
                                      std::pair{"at_rest_or_night", &Symptoms::at_rest_or_night}}) {
      settle_pair(table, "only_running", key, only_running, symptoms.*member, reader);
    }
  }
  if (is_yes(only_running)) symptoms.in_daily_life = false;
  settle_pair(table, "by_sitting", "eased_by_sitting_or_flexion", symptoms.by_sitting,
              symptoms.eased_by_sitting_or_flexion, reader);
  settle_pair(table, "by_flexion", "eased_by_sitting_or_flexion", symptoms.by_flexion,
              symptoms.eased_by_sitting_or_flexion, reader);
  const std::string sign = sign_of_pain(symptoms);
  if (symptoms.has_pain == Answered(false) && !sign.empty()) {
    reader.note(at(table, "has_pain"),
                fmt::format("has_pain is false, but {}: taken as pain", sign), "ask again");
    symptoms.has_pain = true;
  }
  if (symptoms.has_pain == Answered() && !sign.empty()) symptoms.has_pain = true;
  if (is_yes(symptoms.has_pain) && symptoms.worst_0_10 == 0.0) {
    reader.note(at(table, "worst_0_10"),
                "there is pain, but the worst is 0 of 10; that number is not used", "ask again");
    symptoms.worst_0_10 = std::nan("");
  }
}

void settle_training(const TreeValue& table, Training& training, ExamReader& reader) {
  if (!(training.km_per_session > training.km_per_week)) return;
  reader.note(at(table, "km_per_session"),
              "one run is longer than all runs of a week; the run's length is not used",
              "ask again");
  training.km_per_session = std::nan("");
}

}  // namespace catena
