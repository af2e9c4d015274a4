#include "catena/gait/visit_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace catena {
namespace {

constexpr double kSameSpeed = 0.05;
constexpr double kSameIncline = 0.25;

bool is_same_kind(const GaitProfile& a, const GaitProfile& b) {
  const auto incline = [](const GaitProfile& p) {
    return std::isfinite(p.incline_percent) ? p.incline_percent : 0.0;
  };
  return a.gait == b.gait && a.treadmill == b.treadmill &&
         std::abs(incline(a) - incline(b)) <= kSameIncline;
}

/// The one of `others` that is nearest in speed, or none.
const GaitProfile* counterpart(const GaitProfile& profile, const std::vector<GaitProfile>& others) {
  const GaitProfile* nearest = nullptr;
  double least = kSameSpeed;
  for (const GaitProfile& other : others) {
    const double off = std::abs(other.speed_m_s / profile.speed_m_s - 1);
    if (!is_same_kind(profile, other) || !(off <= least)) continue;
    least = off;
    nearest = &other;
  }
  return nearest;
}

}  // namespace

Result<VisitComparison> compare_visits(const std::vector<GaitProfile>& before,
                                       const std::vector<GaitProfile>& after,
                                       const CurveComparisonOptions& options) {
  VisitComparison result;
  if (before.size() == 1 && after.size() == 1) {
    CATENA_TRY(comparison, compare_recordings(before[0], after[0], options));
    result.pairs.push_back(std::move(comparison));
    return result;
  }
  std::vector<GaitProfile> sorted = before;
  std::ranges::stable_sort(sorted, {}, [](const GaitProfile& p) {
    return std::isfinite(p.speed_m_s) ? p.speed_m_s : INFINITY;
  });
  std::vector<const GaitProfile*> met;
  for (const GaitProfile& profile : sorted) {
    const GaitProfile* other = counterpart(profile, after);
    if (other == nullptr) {
      result.notes.push_back(
          fmt::format("{} has no counterpart of the same demand.", profile.recording));
      continue;
    }
    met.push_back(other);
    CATENA_TRY(comparison, compare_recordings(profile, *other, options));
    result.pairs.push_back(std::move(comparison));
  }
  for (const GaitProfile& profile : after) {
    if (std::ranges::find(met, &profile) != met.end()) continue;
    result.notes.push_back(
        fmt::format("{} has no counterpart of the same demand.", profile.recording));
  }
  if (result.pairs.empty()) {
    return fail(Errc::kMismatch, "no two recordings are of one demand", "",
                "compare recordings of one gait, ground and incline at speeds within 5 %");
  }
  return result;
}

}  // namespace catena
