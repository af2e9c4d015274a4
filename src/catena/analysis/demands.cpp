#include "catena/analysis/demands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

#include "catena/chain/take_up.h"
#include "catena/core/text.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
// Slower than this nobody runs or walks.
constexpr double kSlowest_m_s = 0.5;  // NOLINT(readability-identifier-naming)
// A speed that was given and the way that the runner travels may differ so much.
constexpr double kSpeedsAgree = 0.15;
// A ramp outweighs any number of single speeds that people record.
constexpr int kDemandsOfARamp = 100;
constexpr std::array<const char*, 5> kKindNames = {"speed", "incline", "cadence", "stride length",
                                                   "condition"};
// A belt whose speed changes by more is a ramp, also when nobody said so.
constexpr double kRampPart = 0.2;

/// What is known of a run, before runs are compared.
struct Known {
  RunDemand demand;
  std::string text;  // as the person wrote it; may be empty
  std::string source;
  bool nothing = false;
  bool ramp_seen = false;  // though nobody said so
};

/// A run's place in the grid of all things that can differ: equal numbers, equal setting.
struct Setting {
  std::array<int, 5> group = {0, 0, 0, 0, 0};  // by DemandKind
  bool ramp = false;
  auto operator<=>(const Setting&) const = default;
};

/// Numbers the groups of values from 0 in rising order; a value joins the group before it when it
/// lies within 5 % of that group's smallest. NaN is group -1.
std::vector<int> group_alike(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t i) { return std::isnan(values[i]); });
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<int> groups(values.size(), -1);
  int group = -1;
  double smallest = kNan;
  for (const std::size_t i : order) {
    // Negated so that NaN begins the first group.
    if (!(values[i] - smallest <=
          kSameDemand * std::max(std::abs(values[i]), std::abs(smallest)))) {
      smallest = values[i];
      ++group;
    }
    groups[i] = group;
  }
  return groups;
}

bool is_ramp(const SeenSpeed& seen) {
  const auto [slow, fast] = std::minmax(seen.from_m_s, seen.to_m_s);
  return slow > kSlowest_m_s && fast > (1.0 + kRampPart) * slow;  // false for NaN
}

std::vector<Known> what_is_known(const std::vector<RunInput>& inputs,
                                 const std::vector<SeenSpeed>& seen) {
  std::vector<Known> all;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Known known;
    known.text = inputs[i].demand;
    known.demand = said_demand(inputs[i]);
    known.source = inputs[i].source.empty() ? "given" : inputs[i].source;
    RunDemand& d = known.demand;
    known.nothing = d.is_empty();
    const double speed_m_s = seen[i].speed_m_s;
    const bool travels = speed_m_s > kSlowest_m_s;
    if (known.text.empty() && !d.speed_m_s && !d.ramp && is_ramp(seen[i])) {
      d.ramp = true;
      known.ramp_seen = true;
      if (known.nothing) {
        known.source = fmt::format(
            "the belt goes from {:.2f} to {:.2f} m/s, found from the "
            "standing feet",
            seen[i].from_m_s, seen[i].to_m_s);
      }
      known.nothing = false;
    }
    if (known.text.empty() && !d.speed_m_s && !d.ramp && travels) {
      d.speed_m_s = speed_m_s;
      if (known.nothing) {
        known.source =
            seen[i].of_belt
                ? fmt::format("belt speed {:.2f} m/s, found from the standing feet", speed_m_s)
                : fmt::format("speed over the ground {:.2f} m/s", speed_m_s);
      }
      known.nothing = false;
    }
    all.push_back(known);
  }
  return all;
}

/// Each run's setting: first incline, cadence and condition, then speeds among those alike.
std::vector<Setting> settings_of(const std::vector<Known>& runs) {
  const std::size_t n = runs.size();
  std::vector<Setting> settings(n);
  const auto put = [&](DemandKind kind, const std::vector<int>& groups) {
    for (std::size_t i = 0; i < n; ++i) {
      settings[i].group[static_cast<std::size_t>(kind)] = groups[i];
    }
  };
  std::vector<double> inclines;
  std::vector<double> cadences;
  std::vector<double> stride_lengths;
  std::vector<int> conditions;
  std::map<std::string, int> seen;
  for (const Known& run : runs) {
    // Level is what is not said.
    inclines.push_back(run.demand.incline_percent.value_or(0.0));
    cadences.push_back(run.demand.cadence_steps_min.value_or(kNan));
    stride_lengths.push_back(run.demand.stride_length_m.value_or(kNan));
    conditions.push_back(
        run.demand.condition.empty()
            ? -1
            : seen.emplace(run.demand.condition, static_cast<int>(seen.size())).first->second);
  }
  put(DemandKind::kIncline, group_alike(inclines));
  put(DemandKind::kCadence, group_alike(cadences));
  put(DemandKind::kStrideLength, group_alike(stride_lengths));
  put(DemandKind::kCondition, conditions);
  for (std::size_t i = 0; i < n; ++i) settings[i].ramp = runs[i].demand.ramp;

  constexpr auto kSpeed = static_cast<std::size_t>(DemandKind::kSpeed);
  std::map<Setting, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < n; ++i) alike[settings[i]].push_back(i);
  for (const auto& [setting, members] : alike) {
    std::vector<double> speeds;
    for (const std::size_t i : members) speeds.push_back(runs[i].demand.speed_m_s.value_or(kNan));
    const std::vector<int> groups = group_alike(speeds);
    for (std::size_t k = 0; k < members.size(); ++k) {
      settings[members[k]].group[kSpeed] = groups[k];
    }
  }
  // A run of which nothing is known is alike to none, and so is a ramp: its times are its own.
  int alone = -2 - static_cast<int>(n);  // rising, so that labels are numbered in order
  for (std::size_t i = 0; i < n; ++i) {
    if (runs[i].nothing || settings[i].ramp) settings[i].group[kSpeed] = ++alone;
  }
  return settings;
}

double mean_of(const std::vector<const Known*>& runs, std::optional<double> RunDemand::* member) {
  double sum = 0.0;
  double n = 0.0;
  for (const Known* run : runs) {
    if (!(run->demand.*member)) continue;
    sum += *(run->demand.*member);
    n += 1.0;
  }
  return sum / n;  // NaN where none knows it
}

/// "3.0 m/s, +5 % incline, barefoot"; empty when nothing is known.
std::string label_of(const std::vector<const Known*>& runs, int decimals) {
  const Known& first = *runs.front();
  const bool one_text = std::all_of(runs.begin(), runs.end(),
                                    [&](const Known* run) { return run->text == first.text; });
  if (one_text && !first.text.empty()) return first.text;
  std::vector<std::string> parts;
  const double speed_m_s = mean_of(runs, &RunDemand::speed_m_s);
  const double incline = mean_of(runs, &RunDemand::incline_percent);
  const double cadence = mean_of(runs, &RunDemand::cadence_steps_min);
  const double stride_length_m = mean_of(runs, &RunDemand::stride_length_m);
  if (first.demand.ramp) parts.emplace_back("ramp");
  if (!std::isnan(speed_m_s)) parts.push_back(fmt::format("{:.{}f} m/s", speed_m_s, decimals));
  if (incline != 0.0 && !std::isnan(incline)) {
    parts.push_back(fmt::format("{:+.3g} % incline", incline));
  }
  if (!std::isnan(cadence)) parts.push_back(fmt::format("{:.0f} steps/min", cadence));
  if (!std::isnan(stride_length_m))
    parts.push_back(fmt::format("{:.2f} m stride", stride_length_m));
  if (!first.demand.condition.empty()) parts.push_back(first.demand.condition);
  if (parts.empty() && incline == 0.0) parts.emplace_back("level");
  std::string label;
  for (const std::string& part : parts) label += (label.empty() ? "" : ", ") + part;
  return label;
}

/// One label for each setting; no two alike.
std::map<Setting, std::string> label_settings(
    const std::map<Setting, std::vector<const Known*>>& members) {
  for (const int decimals : {1, 2}) {
    std::map<Setting, std::string> labels;
    std::map<std::string, int> count;
    bool clash = false;
    for (const auto& [setting, runs] : members) {
      std::string label = label_of(runs, decimals);
      const int before = label.empty() ? 0 : count[label]++;
      clash = clash || before > 0;
      if (before > 0) label += fmt::format(" ({})", before + 1);
      labels[setting] = label;
    }
    if (!clash || decimals == 2) return labels;
  }
  return {};
}

struct Series {
  DemandKind kind = DemandKind::kSpeed;
  Setting setting;  // with the kind's own group blanked out
  int n_demands = 0;
};

Setting without(Setting setting, DemandKind kind) {
  setting.group[static_cast<std::size_t>(kind)] = 0;
  if (kind == DemandKind::kSpeed) setting.ramp = false;
  return setting;
}

/// The largest set of settings that differ in one thing.
Series longest_series(const std::map<Setting, std::vector<const Known*>>& members) {
  Series longest;
  for (const DemandKind kind : {DemandKind::kSpeed, DemandKind::kIncline, DemandKind::kCadence,
                                DemandKind::kStrideLength, DemandKind::kCondition}) {
    std::map<Setting, int> n_demands;
    for (const auto& [setting, runs] : members) {
      n_demands[without(setting, kind)] +=
          setting.ramp && kind == DemandKind::kSpeed ? kDemandsOfARamp : 1;
    }
    for (const auto& [setting, n] : n_demands) {
      if (n > longest.n_demands) longest = {kind, setting, n};
    }
  }
  return longest;
}

/// What was seen of a ramp, where it is not what was said.
void note_ramp(const std::string& name, const Known& run, const SeenSpeed& seen,
               std::vector<std::string>& notes) {
  if (run.ramp_seen) {
    notes.push_back(fmt::format(
        "{}: The belt's speed changes steadily from {:.2f} to {:.2f} m/s, so the recording is "
        "taken "
        "for a ramp though nobody said so; give its speed or its condition if it is none.",
        name, seen.from_m_s, seen.to_m_s));
  } else if (run.demand.ramp && seen.speed_m_s > kSlowest_m_s && !is_ramp(seen)) {
    notes.push_back(fmt::format(
        "{}: A ramp is said, but the speed that is seen, {:.2f} m/s, does not change steadily by a "
        "fifth; what was said is used.",
        name, seen.speed_m_s));
  }
}

}  // namespace

RunDemand parse_demand(const std::string& text) {
  RunDemand demand;
  const std::string words = to_lower(trim(text));
  if (words == "ramp") {
    demand.ramp = true;
    return demand;
  }
  const std::size_t end = words.find_first_not_of("+-.0123456789");
  double value = 0.0;
  if (end != std::string::npos && end > 0 &&
      parse_number(words.substr(0, end), value) == NumberKind::kNumber) {
    const std::string_view unit = trim(std::string_view(words).substr(end));
    if (unit == "m/s" && value > 0.0) demand.speed_m_s = value;
    if (unit == "km/h" && value > 0.0) demand.speed_m_s = value / 3.6;
    if (unit == "% incline" || unit == "%") demand.incline_percent = value;
    if (unit == "steps/min" && value > 0.0) demand.cadence_steps_min = value;
    if (unit == "m stride" && value > 0.0) demand.stride_length_m = value;
  }
  if (demand.is_empty()) demand.condition = trim(text);
  return demand;
}

RunDemand said_demand(const RunInput& input) {
  return input.demand.empty() ? input.asked : parse_demand(input.demand);
}

double belt_rise_rad(const RunDemand& demand) {
  if (!demand.up_is_belt_normal) return 0.0;
  return std::atan(demand.incline_percent.value_or(0.0) / 100.0);
}

SeenSpeed seen_of_belt(const Spatiotemporal& run, double first_s, double last_s) {
  SeenSpeed seen = {.speed_m_s = run.measures.at(kSpeed).both.value, .of_belt = true};
  const BeltSpeed& belt = run.belt;
  if (belt.rise_m_s2 == 0.0) return seen;
  seen.from_m_s = belt.speed_m_s + belt.rise_m_s2 * (first_s - belt.at_s);
  seen.to_m_s = belt.speed_m_s + belt.rise_m_s2 * (last_s - belt.at_s);
  return seen;
}

Demands find_demands(const std::vector<RunInput>& inputs, const std::vector<std::string>& names,
                     const std::vector<SeenSpeed>& seen) {
  Demands out;
  const std::vector<Known> runs = what_is_known(inputs, seen);
  const std::vector<Setting> settings = settings_of(runs);
  std::map<Setting, std::vector<const Known*>> members;
  for (std::size_t i = 0; i < runs.size(); ++i) members[settings[i]].push_back(&runs[i]);
  const std::map<Setting, std::string> labels = label_settings(members);
  const Series series = longest_series(members);
  out.kind = series.kind;

  std::string beside;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    DemandOfRun demand;
    demand.label = labels.at(settings[i]);
    demand.source = runs[i].source;
    if (runs[i].nothing) {
      demand.label = names[i];
      demand.source = "a demand of its own: the treadmill's speed is not known";
    }
    demand.is_ramp = runs[i].demand.ramp;
    demand.incline_percent = runs[i].demand.incline_percent.value_or(0.0);
    demand.from_m_s = demand.is_ramp ? seen[i].from_m_s : runs[i].demand.speed_m_s.value_or(kNan);
    demand.to_m_s = demand.is_ramp ? seen[i].to_m_s : demand.from_m_s;
    demand.in_series = without(settings[i], series.kind) == series.setting;
    if (!demand.in_series) beside += (beside.empty() ? "" : ", ") + names[i];
    const double given = runs[i].demand.speed_m_s.value_or(kNan);
    const double speed_m_s = seen[i].speed_m_s;
    if (speed_m_s > kSlowest_m_s && std::abs(speed_m_s / given - 1.0) > kSpeedsAgree) {
      out.notes.push_back(fmt::format(
          "{}: The speed is said to be {:.2f} m/s, but the recording shows {:.2f} m/s; what was "
          "said is used.",
          names[i], given, speed_m_s));
    }
    note_ramp(names[i], runs[i], seen[i], out.notes);
    out.of_runs.push_back(std::move(demand));
  }
  if (!beside.empty()) {
    out.notes.push_back(fmt::format(
        "Shares are taken from the recordings that differ in {} only. Shown, but not fitted with "
        "them, because they differ in something else too: {}.",
        kKindNames[static_cast<std::size_t>(series.kind)], beside));
  }
  return out;
}

SpeedRange speeds_of_series(const Demands& demands) {
  SpeedRange range;
  if (demands.kind != DemandKind::kSpeed) return range;
  double slowest = std::numeric_limits<double>::infinity();
  double fastest = -slowest;
  for (const DemandOfRun& run : demands.of_runs) {
    if (!run.in_series) continue;
    if (std::isnan(run.from_m_s) || std::isnan(run.to_m_s)) return range;
    slowest = std::min({slowest, run.from_m_s, run.to_m_s});
    fastest = std::max({fastest, run.from_m_s, run.to_m_s});
    range.level = range.level && run.incline_percent == 0.0;
  }
  if (slowest <= fastest) range = {slowest, fastest, range.level};
  return range;
}

}  // namespace catena
