// Results with planted answers, one of each kind that the report has to show.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "catena/report/results.h"

namespace catena {

/// An exam with two hips and a lumbar spine, symptoms, training and every red flag answered by no.
Examination fixture_exam();

/// "yes, probably", with evidence on all sides and an exam.
Results fixture_yes();

/// "possibly", where a part of the tests was done and not every red flag asked.
Results fixture_possibly();

Results fixture_probably_not();

/// "cannot tell", without an exam.
Results fixture_cannot_tell();

/// No thorax markers and no exam.
Results fixture_answer_without_thorax();

/// A red flag is present: the answer is there, and must not be shown.
Results fixture_held_back();

/// All of them by name.
std::vector<std::pair<std::string, Results>> answer_fixtures();

}  // namespace catena
