// All recordings of one visit against those of another.
#pragma once

#include <string>
#include <vector>

#include "catena/gait/curve_comparison.h"

namespace catena {

struct VisitComparison {
  std::vector<CurveComparison> pairs;  // of recordings of one demand, slowest first
  std::vector<std::string> notes;      // what has no counterpart, and why: one sentence each
};

/// Pairs the recordings of one gait, ground and incline whose speeds differ least, by 5 % at most,
/// and compares each pair. One recording against one is compared whatever they were.
///
/// errors     those of compare_recordings; kMismatch: no two recordings are of one demand
Result<VisitComparison> compare_visits(const std::vector<GaitProfile>& before,
                                       const std::vector<GaitProfile>& after,
                                       const CurveComparisonOptions& options = {});

}  // namespace catena
