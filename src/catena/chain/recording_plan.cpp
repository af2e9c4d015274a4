#include "catena/chain/recording_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "catena/chain/take_up.h"

namespace catena {
namespace {

constexpr double kSlowest_m_s = 2.0;  // NOLINT(readability-identifier-naming)
constexpr double kFastest_m_s = 9.0;  // NOLINT(readability-identifier-naming)
// Power from which a stop has a fair chance to be found.
constexpr double kFairChance = 0.8;
constexpr double kKmHPerMS = 3.6;
// Spread over 2.5 to 4.5 m/s in 26 runners: least, median and most, deg.
constexpr std::array<double, 3> kSpreadOfRunners = {5.0, 12.0, 16.0};

struct ThighAtSpeed {
  double speed_m_s, thigh_deg;
};
constexpr std::array<ThighAtSpeed, 5> kThigh = {
    {{2.5, 20.0}, {3.5, 26.0}, {4.5, 32.0}, {7.0, 39.0}, {9.0, 45.0}}};

double thigh_deg(double speed_m_s) {
  std::size_t i = 0;
  while (i + 2 < kThigh.size() && speed_m_s > kThigh.at(i + 1).speed_m_s) ++i;
  const ThighAtSpeed& a = kThigh.at(i);
  const ThighAtSpeed& b = kThigh.at(i + 1);
  return a.thigh_deg +
         (speed_m_s - a.speed_m_s) / (b.speed_m_s - a.speed_m_s) * (b.thigh_deg - a.thigh_deg);
}

std::array<double, 2> range_of(const RecordingPlan& plan) {
  if (plan.is_ramp()) {
    return {std::min(plan.ramp_from_m_s, plan.ramp_to_m_s),
            std::max(plan.ramp_from_m_s, plan.ramp_to_m_s)};
  }
  const auto [slowest, fastest] = std::ranges::minmax(plan.speeds_m_s);
  return {slowest, fastest};
}

tl::unexpected<Error> bad(std::string what, std::string hint) {
  return fail(Errc::kBadOption, std::move(what), "", std::move(hint));
}

/// A plan that can be thought of at all.
Result<void> check_speeds(const RecordingPlan& plan) {
  std::vector<double> speeds = plan.speeds_m_s;
  if (plan.is_ramp()) speeds = {plan.ramp_from_m_s, plan.ramp_to_m_s};
  for (const double speed_m_s : speeds) {
    if (speed_m_s >= kSlowest_m_s && speed_m_s <= kFastest_m_s) continue;
    return bad(fmt::format("nothing is known of {:.3g} m/s ({:.3g} km/h)", speed_m_s,
                           speed_m_s * kKmHPerMS),
               fmt::format(
                   "give speeds of running from {:.0f} to {:.0f} m/s ({:.1f} to {:.1f} km/h)",
                   kSlowest_m_s, kFastest_m_s, kSlowest_m_s * kKmHPerMS, kFastest_m_s * kKmHPerMS));
  }
  std::ranges::sort(speeds);
  for (std::size_t i = 1; i < speeds.size(); ++i) {
    if (speeds[i] - speeds[i - 1] > kSameDemand * speeds[i]) continue;
    return bad(fmt::format("{:.3g} and {:.3g} m/s lie within 5 % of each other and "
                           "are one demand",
                           speeds[i - 1], speeds[i]),
               "set the speeds farther apart");
  }
  if (speeds.size() < 2) {
    return bad("one speed shows no change, so no share", "plan a ramp, five speeds, or three");
  }
  return {};
}

/// Whether the table holds so many speeds and strides, or so long a ramp.
Result<void> check_size(const RecordingPlan& plan, const PlanTable& table) {
  const PlanLimits limits = limits_of(table, plan.is_ramp());
  if (plan.is_ramp()) {
    if (plan.ramp_s >= limits.least_size && plan.ramp_s <= limits.largest_size) return {};
    return bad(
        fmt::format("no ramp of {:.4g} s was simulated", plan.ramp_s),
        fmt::format("plan one of {:.0f} to {:.0f} s", limits.least_size, limits.largest_size));
  }
  const auto n = static_cast<double>(plan.speeds_m_s.size());
  if (n > limits.largest_size) {
    return bad(fmt::format("more than {:.0f} speeds were not simulated", limits.largest_size),
               "plan a ramp instead");
  }
  if (plan.strides >= limits.least_strides && plan.strides <= limits.largest_strides) return {};
  return bad(fmt::format("{:.4g} strides of each leg at a speed were not simulated", plan.strides),
             fmt::format("plan {:.0f} to {:.0f}", limits.least_strides, limits.largest_strides));
}

std::optional<Outlook> look_up_plan(const PlanTable& table, const RecordingPlan& plan,
                                    double spread_deg) {
  PlanCell cell;
  cell.is_ramp = plan.is_ramp();
  cell.size = plan.is_ramp() ? plan.ramp_s : static_cast<double>(plan.speeds_m_s.size());
  cell.strides = plan.strides;
  cell.spread_deg = spread_deg;
  return look_up(table, cell);
}

RecordingPlan speeds_plan(int n, double slowest_m_s, double fastest_m_s, double strides) {
  RecordingPlan plan;
  for (int i = 0; i < n; ++i) {
    plan.speeds_m_s.push_back(slowest_m_s + (fastest_m_s - slowest_m_s) * i / (n - 1.0));
  }
  plan.strides = strides;
  return plan;
}

RecordingPlan ramp_plan(double seconds, double slowest_m_s, double fastest_m_s) {
  RecordingPlan plan;
  plan.ramp_from_m_s = slowest_m_s;
  plan.ramp_to_m_s = fastest_m_s;
  plan.ramp_s = seconds;
  return plan;
}

/// What else could be recorded, least trouble first.
std::vector<RecordingPlan> other_plans(const PlanOutlook& outlook, const PlanTable& table) {
  constexpr double kFaster_m_s = 1.0;  // NOLINT(readability-identifier-naming)
  const double strides = outlook.plan.is_ramp() ? 10.0 : outlook.plan.strides;
  const double slow = outlook.slowest_m_s;
  std::vector<RecordingPlan> plans;
  for (const double more : {0.0, kFaster_m_s}) {
    const double fast = std::min(kFastest_m_s, outlook.fastest_m_s + more);
    plans.push_back(ramp_plan(75.0, slow, fast));
    plans.push_back(speeds_plan(5, slow, fast, strides));
    plans.push_back(ramp_plan(limits_of(table, true).largest_size, slow, fast));
    plans.push_back(speeds_plan(8, slow, fast, strides));
  }
  std::erase_if(plans, [&](const RecordingPlan& plan) {
    return !check_speeds(plan) || !check_size(plan, table);
  });
  return plans;
}

/// "the hip's share would be known to within 0.15 instead of 0.31, and a hip stop 4 deg inside
/// the range would be found in 85 % of runners instead of 30 %"
std::string gain(const Outlook& from, const Outlook& to, const PlanTable& table) {
  std::string text =
      fmt::format("the hip's share would be known to within {:.2f}", known_within(to));
  if (!std::isnan(from.width)) text += fmt::format(" instead of {:.2f}", known_within(from));
  if (std::isnan(to.power)) return text;
  text += fmt::format(", and a hip stop {:.0f} deg inside the range would be found in {:.0f} %",
                      table.stop_deg, 100.0 * to.power);
  if (!std::isnan(from.power)) text += fmt::format(" instead of {:.0f} %", 100.0 * from.power);
  return text;
}

/// What would halve the error or give a stop a fair chance, as far as the table knows.
std::string advise(const PlanOutlook& outlook, const PlanTable& table) {
  const Outlook& now = *outlook.middle;
  const bool knows_little = std::isnan(now.width) || now.given < 0.5;
  const bool wants_power = now.power < kFairChance;  // not where it is not known
  const RecordingPlan* best = nullptr;
  Outlook most = now;
  const std::vector<RecordingPlan> plans = other_plans(outlook, table);
  for (const RecordingPlan& plan : plans) {
    const auto [slowest, fastest] = range_of(plan);
    const auto then = look_up_plan(table, plan, expected_spread(slowest, fastest).middle_deg);
    if (!then || std::isnan(then->width) || then->given < 0.5) continue;
    const bool enough = knows_little || known_within(*then) <= 0.5 * known_within(now) ||
                        (wants_power && then->power >= kFairChance);
    if (enough) {
      return fmt::format("With {}, {}.", name_of(plan), gain(now, *then, table));
    }
    if (!best || known_within(*then) < known_within(most)) {
      best = &plan;
      most = *then;
    }
  }
  if (!best || !(known_within(most) < 0.9 * known_within(now) || most.power > now.power + 0.1)) {
    return "No other plan that was simulated would tell clearly more.";
  }
  return fmt::format(
      "No plan that was simulated would halve the error{}; most would be gained by {}: {}.",
      wants_power ? " or give a hip stop a fair chance" : "", name_of(*best),
      gain(now, most, table));
}

}  // namespace

ThighSpread expected_spread(double slowest_m_s, double fastest_m_s) {
  const double middle_deg = thigh_deg(fastest_m_s) - thigh_deg(slowest_m_s);
  const auto of_runners = [&](std::size_t i) {
    return middle_deg * kSpreadOfRunners.at(i) / kSpreadOfRunners[1];
  };
  return {of_runners(0), of_runners(1), of_runners(2)};
}

Result<PlanOutlook> outlook_of(const RecordingPlan& plan, const PlanTable& table) {
  CATENA_CHECK(check_speeds(plan));
  CATENA_CHECK(check_size(plan, table));
  PlanOutlook out;
  out.plan = plan;
  std::ranges::sort(out.plan.speeds_m_s);
  const auto [slowest, fastest] = range_of(plan);
  out.slowest_m_s = slowest;
  out.fastest_m_s = fastest;
  out.spread = expected_spread(slowest, fastest);
  out.least = look_up_plan(table, plan, out.spread.least_deg);
  out.middle = look_up_plan(table, plan, out.spread.middle_deg);
  out.most = look_up_plan(table, plan, out.spread.most_deg);
  if (!out.middle) {
    const PlanLimits limits = limits_of(table, plan.is_ramp());
    return bad(
        fmt::format("from {:.3g} to {:.3g} m/s the thigh goes about {:.1f} deg further behind, and "
                    "{:.0f} to {:.0f} deg were simulated",
                    slowest, fastest, out.spread.middle_deg, limits.least_spread_deg,
                    limits.largest_spread_deg),
        "choose another range of speeds");
  }
  out.advice = advise(out, table);

  const std::vector<double>& speeds = out.plan.speeds_m_s;
  double widest = 0.0;
  for (std::size_t i = 1; i < speeds.size(); ++i) {
    widest = std::max(widest, speeds[i] - speeds[i - 1]);
  }
  const auto steps = static_cast<double>(speeds.size()) - 1.0;
  if (speeds.size() > 2 && widest > 1.5 * (fastest - slowest) / steps) {
    out.notes.emplace_back(
        "The speeds are not evenly spread over their range; the simulated ones were.");
  }
  return out;
}

std::string name_of(const RecordingPlan& plan) {
  const auto [slowest, fastest] = range_of(plan);
  const std::string range = fmt::format("from {:.1f} to {:.1f} m/s ({:.1f} to {:.1f} km/h)",
                                        slowest, fastest, slowest * kKmHPerMS, fastest * kKmHPerMS);
  if (plan.is_ramp()) return fmt::format("a ramp of {:.0f} s {}", plan.ramp_s, range);
  return fmt::format("{} speeds {}, {:.0f} strides of each leg at each", plan.speeds_m_s.size(),
                     range, plan.strides);
}

}  // namespace catena
