// Comparisons of recordings, and references of runners, for a terminal and for programs.
#pragma once

#include <string>

#include "catena/gait/reference.h"
#include "catena/gait/visit_comparison.h"

namespace catena {

/// What differs, what is not distinguishable, how many curves show nothing.
std::string render_comparison(const VisitComparison& comparison);

/// Everything that was found, as one JSON object (docs/reference.md).
std::string render_comparison_json(const VisitComparison& comparison);

/// What a reference holds, and how many runners lie inside the bands of the others.
std::string render_reference(const Reference& reference);

}  // namespace catena
