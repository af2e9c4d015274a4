#include "catena/analysis/legs.h"

#include <algorithm>
#include <map>
#include <string>

#include "catena/analysis/stick_figure.h"
#include "catena/chain/summary.h"

namespace catena {
namespace {

/// The strides of one leg in each demand of the series, in the order in which these first appear.
std::vector<DemandStrides> strides_by_demand(const std::vector<StrideResult>& strides,
                                             const std::vector<DemandOfRun>& demands) {
  std::vector<DemandStrides> groups;
  std::map<std::string, std::vector<const StrideResult*>> members;
  for (const DemandOfRun& demand : demands) {
    if (members.contains(demand.label) || !demand.in_series) continue;
    members[demand.label] = {};
    groups.push_back({demand.label, demand.is_ramp, {}, {}});
  }
  for (const StrideResult& stride : strides) {
    const DemandOfRun& demand = demands[static_cast<std::size_t>(stride.recording)];
    if (demand.in_series) members[demand.label].push_back(&stride);
  }
  for (DemandStrides& group : groups) {
    const std::vector<const StrideResult*>& of = members[group.label];
    const auto n = static_cast<Eigen::Index>(of.size());
    const bool has_thorax = n == 0 || of.front()->at_peak.has_thorax;
    group.time_s.resize(n);
    group.parts_rad.resize(n, has_thorax ? 3 : 2);
    group.rest_rad.resize(n, has_thorax ? 3 : 2);
    const auto put = [&](Eigen::Index i, Eigen::Index part, const Contribution& contribution) {
      group.parts_rad(i, part) = contribution.total_rad;
      group.rest_rad(i, part) = contribution.rest_rad;
    };
    for (Eigen::Index i = 0; i < n; ++i) {
      const Budget& budget = of[static_cast<std::size_t>(i)]->at_peak;
      group.time_s[i] = of[static_cast<std::size_t>(i)]->peak_time_s;
      put(i, 0, budget.hip);
      put(i, 1, has_thorax ? budget.low_back : budget.pelvis);
      if (has_thorax) put(i, 2, budget.lean);
    }
  }
  std::erase_if(groups, [](const DemandStrides& g) { return g.time_s.size() == 0; });
  return groups;
}

}  // namespace

std::array<LegResult, 2> analyze_legs(const RunnerRecordings& recordings, const Demands& demands) {
  const auto& [body, standing, runs] = recordings;
  std::vector<std::string> labels;
  for (const DemandOfRun& demand : demands.of_runs) labels.push_back(demand.label);

  std::array<LegResult, 2> legs;
  std::array<std::vector<DemandStrides>, 2> by_demand;
  for (const Side side : kSides) {
    LegResult& leg = legs[side];
    std::optional<ChainPosture> zero;
    if (standing) zero = mean_posture(standing->segments, side);
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const std::vector<StrideResult> strides =
          find_strides(runs[i].segments, side, zero, static_cast<int>(i));
      leg.strides.insert(leg.strides.end(), strides.begin(), strides.end());
    }
    leg.at_peak = summarize_at_peak(leg.strides);
    leg.gained = summarize_gained(leg.strides);
    leg.by_demand = summarize_by_demand(leg.strides, labels);
    leg.figure = draw_stick_figure(body, runs, side, leg, labels);
    by_demand[side] = strides_by_demand(leg.strides, demands.of_runs);
  }

  // One pelvis carries both legs: they are fitted together.
  std::array<TakeUp, 2> take_up = estimate_take_up(by_demand);
  for (const Side side : kSides) legs[side].take_up = std::move(take_up[side]);
  return legs;
}

}  // namespace catena
