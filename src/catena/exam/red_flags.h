// The questions about red flags and the patterns of answers and tests that make one, as data:
// exam/red_flags.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/exam/safety.h"

namespace catena {

/// A question with yes or no.
struct SafetyQuestion {
  std::string id;        // "saddle_numbness"
  std::string ask;       // one plain sentence
  std::string reported;  // what a yes says: "new numbness around the saddle"
};

/// What makes a flag present. One of these, by `kind`.
struct SafetyCondition {
  enum class Kind {
    kAll,           // of parts
    kAny,           // of parts
    kAnswer,        // the question `id` is answered with yes
    kPositive,      // the test `id` was done and is positive, on this side where it has sides
    kNegative,      // the test `id` was done and is negative
    kSymptom,       // the yes or no `id` of the symptoms is yes
    kPlace,         // `id` is a place of the pain
    kPainThisSide,  // the pain is said to be on this side
    kAgeBelow,      // the age is known and below `number`
    kAgeFrom,       // the age is known and at least `number`
  };
  Kind kind = Kind::kAll;
  std::string id;
  double number = 0.0;
  std::vector<SafetyCondition> parts;
};

struct SafetyFlag {
  std::string id;  // "cauda_equina"
  Urgency urgency = Urgency::kThisWeek;
  bool sided = false;    // looked for on the right and on the left
  std::string sentence;  // empty: what the answers reported; {side} is "right" or "left"
  std::string where_to, source;
  SafetyCondition when;
};

struct SafetyRules {
  std::vector<SafetyQuestion> questions;  // in the order in which they are asked
  std::vector<SafetyFlag> flags;
};

/// Reads such a file.
///
/// errors     kBadFormat, with the place; a question, test, symptom or place that is not known
Result<SafetyRules> parse_safety_rules(std::string_view bytes, std::string_view source);

/// The rules that come with the program.
const SafetyRules& safety_rules();

/// "today", "this week", "before the next run"
std::string name_of(Urgency urgency);

}  // namespace catena
