// Answer, safety and examination as JSON, for result.json.
#pragma once

#include <string>

#include "catena/report/results.h"

namespace catena {

/// An object with "safety", "examination" and "answer", to be merged into result.json. Angles in
/// degrees. Where a red flag is present the class, the probability and the evidence are held back
/// here as they are on the page.
std::string answer_json(const Results& results);

}  // namespace catena
