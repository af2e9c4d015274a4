// One stride of one leg as budgets, and what stands for many strides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catena/chain/budget.h"
#include "catena/core/estimate.h"
#include "catena/gait/segment_motion.h"
#include "catena/gait/thigh_peaks.h"

namespace catena {

/// One peak of thigh extension. Angles are absolute: counted from the upright chain, from gravity,
/// in the plane of progression; thigh = hip + low_back + lean, pelvis = low_back + lean.
struct StrideResult {
  int recording = 0;
  int peak_frame = 0;
  double peak_time_s = 0.0;
  Budget absolute;               // from the upright chain
  Budget at_peak;                // from the runner's own standing
  std::optional<Budget> gained;  // from the thigh vertical
};

/// A budget over strides: NaN where there is none. other = what the named parts do not carry
/// (without a thorax: the pelvis's part, which low back and lean share in unknown measure).
struct BudgetSummary {
  Estimate hip_deg, low_back_deg, lean_deg, other_deg, thigh_deg;
  Estimate hip_rest_deg, low_back_rest_deg, lean_rest_deg;  // of which by pelvic rotation and drop
  int n_strides = 0;
};

struct DemandBudget {
  std::string demand;
  BudgetSummary at_peak;
};

/// Every stride of one leg in one recording.
///
/// standing   of the same side; none: at_peak is counted from the upright chain, as absolute is
/// recording  index that each stride carries
std::vector<StrideResult> find_strides(const SegmentMotion& motion, Side side,
                                       const std::optional<ChainPosture>& standing, int recording,
                                       const ThighPeakOptions& options = {});

}  // namespace catena
