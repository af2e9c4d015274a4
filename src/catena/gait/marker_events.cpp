#include "catena/gait/marker_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "catena/gait/marker_methods.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// What a method says less what a plate says at 20 N: mean, and SD over runners and steps. How they
// were found, and how they do on runners that they were not taken from: docs/methods/events.md.
struct MethodError {
  double late_s = 0.0;
  double sd_s = kNan;  // NaN: the method is no use for this gait
};
// The pelvis falls fastest a part of the stance after contact, and this much besides.
constexpr double kFastestDownPart = 0.16;

constexpr std::array<MethodError, kContactMethods> kRunningContact = {
    {{-0.028, 0.012},   // foot farthest ahead
     {0.004, 0.004},    // first impact
     {-0.006, 0.006},   // first jolt
     {0.002, 0.006},    // pelvis fastest down
     {0.011, 0.008}}};  // heel stops
constexpr std::array<MethodError, kContactMethods> kWalkingContact = {
    {{-0.035, 0.010}, {-0.006, 0.018}, {0.0, kNan}, {0.0, kNan}, {-0.025, 0.010}}};
constexpr std::array<MethodError, kToeOffMethods> kRunningToeOff = {
    {{0.003, 0.006},   // ball rises
     {-0.037, 0.006},  // ball moves
     {-0.021, 0.006},  // ball moves up
     {0.022, 0.008},   // leg longest
     {0.082, kNan}}};  // foot farthest behind
constexpr std::array<MethodError, kToeOffMethods> kWalkingToeOff = {
    {{0.0, kNan}, {0.0, kNan}, {-0.030, 0.030}, {0.0, kNan}, {-0.008, 0.008}}};

// What all methods share of error: the runner, the shoe, the plate's own tail.
constexpr double kSharedContactSdS = 0.003, kSharedToeOffSdS = 0.003, kSharedWalkingSdS = 0.008;
// A method that lies farther from the mean of the others than this many SD is left out.
constexpr double kFarthestSd = 3.0;
// Nobody stands for less or longer on one foot and goes on.
constexpr double kShortestStanceS = 0.06, kLongestStanceS = 2.0;

struct Estimate1 {
  double value = kNan, sd = kNan;
};

// Weighed mean of what the methods say; methods that contradict all others are left out.
Estimate1 combine(std::span<const double> says_s, std::span<const MethodError> errors) {
  std::vector<Estimate1> used;
  for (std::size_t k = 0; k < says_s.size(); ++k) {
    if (std::isnan(says_s[k]) || std::isnan(errors[k].sd_s)) continue;
    used.push_back({says_s[k] - errors[k].late_s, errors[k].sd_s});
  }
  const auto mean_of = [&](std::size_t without) {
    double sum = 0.0, weights = 0.0;
    for (std::size_t k = 0; k < used.size(); ++k) {
      if (k == without) continue;
      const double weight = 1.0 / (used[k].sd * used[k].sd);
      sum += weight * used[k].value;
      weights += weight;
    }
    return Estimate1{sum / weights, 1.0 / std::sqrt(weights)};
  };
  while (used.size() >= 3) {
    std::size_t worst = used.size();
    double farthest = kFarthestSd;
    for (std::size_t k = 0; k < used.size(); ++k) {
      const Estimate1 others = mean_of(k);
      const double off = std::abs(used[k].value - others.value) / std::hypot(used[k].sd, others.sd);
      if (off <= farthest) continue;
      farthest = off;
      worst = k;
    }
    if (worst == used.size()) break;
    used.erase(used.begin() + static_cast<std::ptrdiff_t>(worst));
  }
  if (used.empty()) return {};
  Estimate1 all = mean_of(used.size());
  if (used.size() >= 2) {
    // Methods that agree less well than their errors say know less.
    double chi2 = 0.0;
    for (const Estimate1& one : used) chi2 += std::pow((one.value - all.value) / one.sd, 2.0);
    all.sd *= std::sqrt(std::max(1.0, chi2 / static_cast<double>(used.size() - 1)));
  }
  return all;
}

// One time of a foot on the ground.
struct Stance {
  Side side = kRight;
  std::array<double, kContactMethods> contact_s;
  std::array<double, kToeOffMethods> toe_off_s;
  Estimate1 contact, toe_off;  // NaN: not seen
  bool walking = false;
};

void estimate(Stance& stance) {
  const auto& toe_off = stance.walking ? kWalkingToeOff : kRunningToeOff;
  const auto& contact = stance.walking ? kWalkingContact : kRunningContact;
  stance.toe_off = combine(stance.toe_off_s, toe_off);
  std::array<double, kContactMethods> says_s = stance.contact_s;
  // p = contact + part * (toe-off - contact), solved for contact.
  double& fastest_down_s = says_s[kPelvisFastestDown];
  fastest_down_s =
      (fastest_down_s - kFastestDownPart * stance.toe_off.value) / (1.0 - kFastestDownPart);
  stance.contact = combine(says_s, contact);
}

std::vector<Stance> stances_of(const GaitPaths& paths, Side side, double first_s) {
  std::vector<Stance> stances;
  for (const BackSwing& swing : paths.swings.at(side)) {
    Stance stance;
    stance.side = side;
    stance.contact_s = contact_frames(paths, side, swing);
    stance.toe_off_s = toe_off_frames(paths, side, swing);
    // What is seen of the foot itself must show an event that lies near an end or a gap.
    if (!swing.front_seen && std::isnan(stance.contact_s[kHeelStops])) stance.contact_s.fill(kNan);
    if (!swing.rear_seen && std::isnan(stance.toe_off_s[kBallRises])) stance.toe_off_s.fill(kNan);
    for (double& frame : stance.contact_s) frame = first_s + frame / paths.rate_hz;
    for (double& frame : stance.toe_off_s) frame = first_s + frame / paths.rate_hz;
    estimate(stance);
    stances.push_back(stance);
  }
  return stances;
}

// Seconds in which both feet are down (+) or up (-) where one follows on the other; NaN: not known.
double shared_s(const Stance& earlier, const Stance& later) {
  return earlier.toe_off.value - later.contact.value;
}

// Where feet overlap they walk. What shows neither goes as its neighbours.
void tell_walking(std::vector<Stance>& stances) {
  std::vector<double> shared(stances.size(), kNan);
  for (std::size_t k = 0; k < stances.size(); ++k) {
    double sum = 0.0;
    int n = 0;
    for (const std::size_t other : {k - 1, k + 1}) {
      if (other >= stances.size() || stances[other].side == stances[k].side) continue;
      const double s = shared_s(stances[std::min(k, other)], stances[std::max(k, other)]);
      if (std::isnan(s)) continue;
      sum += s;
      ++n;
    }
    if (n > 0) shared[k] = sum / n;
  }
  for (std::size_t k = 0; k < stances.size(); ++k) {
    for (std::size_t away = 0; away < stances.size() && std::isnan(shared[k]); ++away) {
      for (const std::size_t other : {k - away, k + away}) {
        if (other < stances.size() && !std::isnan(shared[other])) shared[k] = shared[other];
      }
    }
    stances[k].walking = shared[k] > 0.0;
    if (stances[k].walking) estimate(stances[k]);
  }
}

}  // namespace

GaitEvents marker_events(const GaitPoints& points, const MarkerEventOptions& options) {
  const GaitPaths paths = gait_paths(points, options.path_cutoff_hz, options.impact_cutoff_hz,
                                     options.shortest_swing_m);
  const double first_s = points.time_s.size() > 0 ? points.time_s(0) : 0.0;
  std::vector<Stance> stances;
  for (const Side side : kSides) {
    const std::vector<Stance> of_side = stances_of(paths, side, first_s);
    stances.insert(stances.end(), of_side.begin(), of_side.end());
  }
  const auto when = [](const Stance& stance) {
    if (std::isnan(stance.contact.value)) return stance.toe_off.value - 0.2;
    return std::isnan(stance.toe_off.value)
               ? stance.contact.value
               : 0.5 * (stance.contact.value + stance.toe_off.value - 0.2);
  };
  std::erase_if(stances, [&](const Stance& stance) { return std::isnan(when(stance)); });
  std::stable_sort(stances.begin(), stances.end(),
                   [&](const Stance& a, const Stance& b) { return when(a) < when(b); });
  tell_walking(stances);

  GaitEvents out;
  int n_unlikely = 0;
  const double frame_sd_s = 1.0 / (points.rate_hz * std::sqrt(12.0));
  const std::string source = points.is_planar ? "landmarks in a picture" : "markers";
  for (const Stance& stance : stances) {
    const double stance_s = stance.toe_off.value - stance.contact.value;
    if (stance_s < kShortestStanceS || stance_s > kLongestStanceS) {  // false for NaN
      ++n_unlikely;
      continue;
    }
    const auto add = [&](GaitEventKind kind, const Estimate1& event, double shared_sd_s) {
      if (std::isnan(event.value)) return;
      const double sd_s =
          std::sqrt(event.sd * event.sd + shared_sd_s * shared_sd_s + frame_sd_s * frame_sd_s);
      out.events.push_back({stance.side, kind, event.value, sd_s, source});
    };
    add(GaitEventKind::kContact, stance.contact,
        stance.walking ? kSharedWalkingSdS : kSharedContactSdS);
    add(GaitEventKind::kToeOff, stance.toe_off,
        stance.walking ? kSharedWalkingSdS : kSharedToeOffSdS);
  }
  std::stable_sort(out.events.begin(), out.events.end(),
                   [](const GaitEvent& a, const GaitEvent& b) { return a.time_s < b.time_s; });
  if (out.events.empty()) out.notes.emplace_back("The markers show no step.");
  if (n_unlikely > 0) {
    out.notes.push_back(fmt::format(
        "{} stance{} of less than {:.2f} s or more than {:.0f} s by the markers {} left out.",
        n_unlikely, n_unlikely == 1 ? "" : "s", kShortestStanceS, kLongestStanceS,
        n_unlikely == 1 ? "was" : "were"));
  }
  return out;
}

}  // namespace catena
