// The answer, the safety and the verdicts in words that the report, its tables and result.json
// share.
#pragma once

#include <optional>
#include <string>

#include "catena/report/number_text.h"
#include "catena/report/results.h"

namespace catena {

/// The question that the report answers.
std::string question();

/// "reached", "not reached", "not distinguishable"
std::string verdict_words(CapacityVerdict verdict);

/// "internal rotation" of "internal_rotation"
std::string with_spaces(std::string words);

/// "modified Thomas test: hip" of the catalogue's id; the id in words where the catalogue lacks it.
std::string test_words(const std::string& test);

/// "low back"
std::string place_words(PainPlace place);

/// "right", "left", or "runner" where it is of the runner as a whole.
std::string side_words(const std::optional<Side>& side);

/// "12 deg (4 to 20)", "62 % (40 to 81)", or "yes or no" where the rule looked at no number.
std::string evidence_value(const Evidence& evidence, Script script);

/// "+0.8 to the log odds", "+1 for the pain", both, or "nothing".
std::string evidence_adds(const Evidence& evidence, Script script);

/// "about 5 minutes"
std::string minutes_words(double minutes);

/// The probability in a sentence, with what it is a probability of; empty where there is none.
std::string probability_sentence(const Answer& answer);

/// Red flags come before the answer: neither class nor probability is to be shown.
bool is_held_back(const Results& results);

/// The leg whose hip matters more to the answer; the one with a figure where that is not known.
Side side_to_show(const Results& results);

}  // namespace catena
