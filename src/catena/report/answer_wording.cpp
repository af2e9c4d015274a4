#include "catena/report/answer_wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/exam/exam_keys.h"
#include "catena/exam/exam_tests.h"

namespace catena {
namespace {

// Units as the rules name them, and as people write them.
struct UnitWords {
  const char* unit;
  const char* typographic;
  const char* ascii;
  double scale;  // of what is shown
  int decimals;
};
constexpr UnitWords kUnits[] = {
    {"deg", "\u00b0", " deg", 1.0, 1},
    {"mm", " mm", " mm", 1.0, 0},
    {"percent", " %", " %", 1.0, 0},
    {"probability", " %", " %", 100.0, 0},
    {"share", "", "", 1.0, 2},
    {"weeks", " weeks", " weeks", 1.0, 0},
    {"km", " km", " km", 1.0, 0},
    {"m", " m", " m", 1.0, 2},
    {"steps_min", "/min", " steps/min", 1.0, 0},
};

UnitWords words_of(const std::string& unit) {
  for (const UnitWords& words : kUnits) {
    if (unit == words.unit) return words;
  }
  return {"", "", "", 1.0, 2};
}

std::string signed_number(double value, int decimals, Script script) {
  return (value > 0.0 ? "+" : "") + plain_number(value, decimals, script);
}

}  // namespace

std::string question() { return "Are your hips to blame for your low back pain?"; }

std::string verdict_words(CapacityVerdict verdict) {
  switch (verdict) {
    case CapacityVerdict::kReached:
      return "reached";
    case CapacityVerdict::kNotReached:
      return "not reached";
    case CapacityVerdict::kNotDistinguishable:
      break;
  }
  return "not distinguishable";
}

std::string with_spaces(std::string words) {
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string test_words(const std::string& test) {
  const ExamTest* known = find_test(test);
  return known != nullptr ? known->name : with_spaces(test);
}

std::string place_words(PainPlace place) {
  return with_spaces(std::string(kPainPlaceNames.at(static_cast<std::size_t>(place))));
}

std::string side_words(const std::optional<Side>& side) {
  return side ? kSideNames.at(*side) : "runner";
}

std::string evidence_value(const Evidence& evidence, Script script) {
  const Estimate& value = evidence.value;
  if (!std::isfinite(value.value)) return "yes or no";
  const UnitWords words = words_of(evidence.unit);
  const auto shown = [&](double number) {
    return plain_number(words.scale * number, words.decimals, script);
  };
  const std::string unit = script == Script::kAscii ? words.ascii : words.typographic;
  // A probability has no interval of its own.
  const bool has_interval = std::isfinite(value.low) && value.high > value.low;
  if (!has_interval) return shown(value.value) + unit;
  if (evidence.unit == "deg") return degrees_text(value, script, unit);
  return fmt::format("{}{} ({} to {})", shown(value.value), unit, shown(value.low),
                     shown(value.high));
}

std::string evidence_adds(const Evidence& evidence, Script script) {
  std::string text;
  if (evidence.log_odds != 0.0) {
    text = signed_number(evidence.log_odds, 2, script) + " log odds";
  }
  if (evidence.pain_points != 0) {
    if (!text.empty()) text += ", ";
    const bool is_one = std::abs(evidence.pain_points) == 1;
    text +=
        signed_number(evidence.pain_points, 0, script) + (is_one ? " pain point" : " pain points");
  }
  return text.empty() ? "nothing" : text;
}

std::string minutes_words(double minutes) {
  if (!std::isfinite(minutes)) return "";
  const std::string number = plain_number(minutes, 0);
  return fmt::format("about {} minute{}", number, number == "1" ? "" : "s");
}

std::string probability_sentence(const Answer& answer) {
  if (!std::isfinite(answer.probability)) return "";
  return fmt::format("Probability that the mechanical pattern is present: {}.",
                     probability_text(answer.probability));
}

bool is_held_back(const Results& results) {
  return results.answer.held_back || !results.safety.present.empty();
}

Side side_to_show(const Results& results) {
  const auto& probability = results.answer.probability_of_hip;
  const auto is_drawn = [&](Side side) { return results.legs.at(side).figure.known; };
  if (!is_drawn(kRight)) return kLeft;
  if (!is_drawn(kLeft)) return kRight;
  return probability[kLeft] > probability[kRight] ? kLeft : kRight;
}

}  // namespace catena
