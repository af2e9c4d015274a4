#include "catena/report/parts.h"

#include <algorithm>

#include "catena/report/palette.h"

namespace catena {

std::vector<PartStyle> chain_parts(bool has_thorax) {
  const PartStyle hip{"hip", kHipColor, &BudgetSummary::hip_deg, &Budget::hip, &TakeUp::hip};
  if (!has_thorax) {
    return {hip, pelvis_part()};
  }
  return {hip,
          {"low back", kLowBackColor, &BudgetSummary::low_back_deg, &Budget::low_back,
           &TakeUp::low_back},
          {"forward lean", kLeanColor, &BudgetSummary::lean_deg, &Budget::lean, &TakeUp::lean}};
}

PartStyle pelvis_part() {
  return {"pelvis", kPelvisColor, &BudgetSummary::other_deg, &Budget::pelvis, &TakeUp::pelvis};
}

std::vector<std::string> demand_order(const Results& results) {
  std::vector<std::string> names;
  for (const RecordingResult& recording : results.recordings) {
    if (std::find(names.begin(), names.end(), recording.demand) == names.end()) {
      names.push_back(recording.demand);
    }
  }
  return names;
}

}  // namespace catena
