#include "catena/analysis/plan_of_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "catena/analysis/demands.h"
#include "catena/analysis/strides_of_file.h"

namespace catena {
namespace {

/// What the feet of one run show.
struct SeenRun {
  SeenSpeed speed;
  double strides = 0.0;  // of the leg that has fewer
  double duration_s = 0.0;
};

Result<SeenRun> look_at(const SessionRun& run, const GroundFrameOptions& axes) {
  RecordingStridesOptions options;
  options.axes = axes;
  options.axes.belt_rise_rad = belt_rise_rad(run.demand);
  CATENA_TRY(found, strides_of_file(run.file, options));
  SeenRun seen;
  seen.speed = found.treadmill
                   ? seen_of_belt(found.spatiotemporal, found.first_s, found.last_s)
                   : SeenSpeed{.speed_m_s = found.spatiotemporal.measures.at(kSpeed).both.value};
  std::array<double, 2> of_side = {0.0, 0.0};
  for (const Stride& stride : found.strides.strides) of_side.at(stride.side) += 1.0;
  seen.strides = std::min(of_side[kRight], of_side[kLeft]);
  seen.duration_s = found.last_s - found.first_s;
  return seen;
}

/// Those strides that each speed has, and no more than the table holds.
double strides_at_each(const std::map<std::string, double>& strides, const PlanTable& table,
                       std::vector<std::string>& notes) {
  double fewest = INFINITY;
  for (const auto& [demand, n] : strides) fewest = std::min(fewest, n);
  const double most = limits_of(table, false).largest_strides;
  if (fewest <= most) return fewest;
  notes.push_back(fmt::format(
      "Each speed has {:.0f} strides of each leg or more; {:.0f} is the most that was simulated, "
      "and more of them tell hardly more.",
      fewest, most));
  return most;
}

}  // namespace

Result<RecordedPlan> plan_of_session(const Session& session, const PlanTable& table) {
  // What was recorded.
  std::vector<SeenRun> runs;
  std::vector<SeenSpeed> speeds;
  std::vector<std::string> names;
  for (const SessionRun& run : session.runs) {
    CATENA_TRY(seen, look_at(run, session.axes));
    runs.push_back(seen);
    speeds.push_back(seen.speed);
    names.push_back(run.file.stem().string());
  }
  const Demands demands = find_demands(inputs_of(session).runs, names, speeds);
  RecordedPlan out;
  out.notes = demands.notes;
  const std::string folder = session.folder.string();
  if (demands.kind != DemandKind::kSpeed) {
    return fail(Errc::kBadOption,
                "only speeds and ramps were simulated, and these recordings "
                "differ in something else",
                folder, "name speeds: catena plan --speeds 2.5,3.5,4.5");
  }

  // As a plan: a ramp before all, as in the analysis.
  std::map<std::string, double> strides;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const DemandOfRun& demand = demands.of_runs[i];
    if (!demand.in_series) continue;
    if (std::isnan(demand.from_m_s) || std::isnan(demand.to_m_s)) {
      return fail(Errc::kBadOption, fmt::format("the speed of {} is not known", names[i]), folder,
                  "say it in session.toml");
    }
    if (demand.is_ramp) {
      out.plan = {};
      out.plan.ramp_from_m_s = demand.from_m_s;
      out.plan.ramp_to_m_s = demand.to_m_s;
      out.plan.ramp_s = runs[i].duration_s;
      return out;
    }
    if (!strides.contains(demand.label)) out.plan.speeds_m_s.push_back(demand.from_m_s);
    strides[demand.label] += runs[i].strides;
  }
  out.plan.strides = strides_at_each(strides, table, out.notes);
  return out;
}

}  // namespace catena
