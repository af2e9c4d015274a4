// Comparisons of recordings, and references of runners, for a terminal and for programs.
#pragma once

#include <string>

#include "catena/findings/visit_change.h"
#include "catena/gait/reference.h"
#include "catena/gait/visit_comparison.h"

namespace catena {

/// What differs, what is not distinguishable, how many curves show nothing.
std::string render_comparison(const VisitComparison& comparison);

/// Everything that was found, as one JSON object (docs/comparison.schema.json).
///
/// changes    of the answers of two sessions; null: recordings were compared
std::string render_comparison_json(const VisitComparison& comparison,
                                   const VisitChanges* changes = nullptr);

/// What changed between two visits beyond measurement error, what did not, and whether pain moved
/// with it.
std::string render_changes(const VisitChanges& changes);

/// What a reference holds, and how many runners lie inside the bands of the others.
std::string render_reference(const Reference& reference);

}  // namespace catena
