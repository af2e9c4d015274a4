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

// A method that lies farther from the mean of the others than this many SD is left out.
constexpr double kFarthestSd = 3.0;
// Between frames an event of markers is found to this part of their distance: measured by leaving
// out four of five frames at 150 Hz. Landmarks in a picture jump by centimetres from one to the
// next, and the frame is all that is known.
constexpr double kFramePart = 0.1, kPictureFramePart = 0.29;
// Two events of one kind of one foot are farther apart: half of a sprinter's stride.
constexpr double kSameEventS = 0.2;
// Nobody stands for less or longer on one foot and goes on.
constexpr double kShortestStanceS = 0.06, kLongestStanceS = 2.0;

struct WeighedTime {
  double value = kNan, sd = kNan;
};

// Weighed mean of what the methods say; methods that contradict all others are left out.
WeighedTime combine(std::span<const double> says_s, std::span<const MethodError> errors) {
  std::vector<WeighedTime> used;
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
    return WeighedTime{sum / weights, 1.0 / std::sqrt(weights)};
  };
  while (used.size() >= 3) {
    std::size_t worst = used.size();
    double farthest = kFarthestSd;
    for (std::size_t k = 0; k < used.size(); ++k) {
      const WeighedTime others = mean_of(k);
      const double off = std::abs(used[k].value - others.value) / std::hypot(used[k].sd, others.sd);
      if (off <= farthest) continue;
      farthest = off;
      worst = k;
    }
    if (worst == used.size()) break;
    used.erase(used.begin() + static_cast<std::ptrdiff_t>(worst));
  }
  if (used.empty()) return {};
  WeighedTime all = mean_of(used.size());
  if (used.size() >= 2) {
    // Methods that agree less well than their errors say know less.
    double chi2 = 0.0;
    for (const WeighedTime& one : used) chi2 += std::pow((one.value - all.value) / one.sd, 2.0);
    all.sd *= std::sqrt(std::max(1.0, chi2 / static_cast<double>(used.size() - 1)));
  }
  return all;
}

// How long the gap is that a path was led across at an instant; 0: it was seen.
double unseen_s(const GaitPaths& paths, Side side, double frame) {
  double longest = 0.0;
  for (const SmoothPoint* point : {&paths.heel.at(side), &paths.ball.at(side)}) {
    const auto n = static_cast<std::ptrdiff_t>(point->bridged.size());
    const auto is_lost = [&](std::ptrdiff_t k) {
      return k >= 0 && k < n && point->bridged[static_cast<std::size_t>(k)];
    };
    const auto at = static_cast<std::ptrdiff_t>(std::lround(frame));
    if (!is_lost(at)) continue;
    std::ptrdiff_t first = at, last = at;
    while (is_lost(first - 1)) --first;
    while (is_lost(last + 1)) ++last;
    longest = std::max(longest, static_cast<double>(last - first + 2));
  }
  return longest / paths.rate_hz;
}

// One time of a foot on the ground.
struct Stance {
  Side side = kRight;
  std::array<double, kContactMethods> contact_s;
  std::array<double, kToeOffMethods> toe_off_s;
  WeighedTime contact, toe_off;  // NaN: not seen
  bool walking = false;
};

void estimate(Stance& stance, const MethodErrors& errors) {
  const auto& toe_off = stance.walking ? errors.walking_toe_off : errors.running_toe_off;
  const auto& contact = stance.walking ? errors.walking_contact : errors.running_contact;
  const double part = errors.fastest_down_part;
  stance.toe_off = combine(stance.toe_off_s, toe_off);
  std::array<double, kContactMethods> says_s = stance.contact_s;
  // p = contact + part * (toe-off - contact), solved for contact.
  double& fastest_down_s = says_s[kPelvisFastestDown];
  fastest_down_s = (fastest_down_s - part * stance.toe_off.value) / (1.0 - part);
  stance.contact = combine(says_s, contact);
}

std::vector<Stance> stances_of(const GaitPaths& paths, Side side, double first_s,
                               const MethodErrors& errors) {
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
    estimate(stance, errors);
    stances.push_back(stance);
  }
  return stances;
}

// Seconds in which both feet are down (+) or up (-) where one follows on the other; NaN: not known.
double shared_s(const Stance& earlier, const Stance& later) {
  return earlier.toe_off.value - later.contact.value;
}

// The same of one foot alone, from stance and stride: half of what its stance is longer than its
// swing, if the other foot does the same.
double shared_by_one_foot_s(const Stance& stance, const Stance& next) {
  const double stride_s = next.contact.value - stance.contact.value;
  return stance.toe_off.value - stance.contact.value - 0.5 * stride_s;
}

// Where feet overlap they walk. What shows neither goes as its neighbours.
void tell_walking(std::vector<Stance>& stances, const MethodErrors& errors) {
  std::vector<double> shared(stances.size(), kNan);
  for (std::size_t k = 0; k < stances.size(); ++k) {
    double sum = 0.0;
    int n = 0;
    for (const std::size_t other : {k - 1, k + 1}) {
      if (other >= stances.size()) continue;
      const Stance &earlier = stances[std::min(k, other)], &later = stances[std::max(k, other)];
      const bool alone = earlier.side == later.side;
      const double s = alone ? shared_by_one_foot_s(earlier, later) : shared_s(earlier, later);
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
    if (stances[k].walking) estimate(stances[k], errors);
  }
}

// What is left of a swing on either side of a gap may show its event twice: the surer one stays.
void leave_one_of_each(std::vector<GaitEvent>& events) {
  std::vector<GaitEvent> kept;
  for (const GaitEvent& event : events) {
    const auto same = std::find_if(kept.rbegin(), kept.rend(), [&](const GaitEvent& other) {
      return other.side == event.side && other.kind == event.kind;
    });
    if (same == kept.rend() || event.time_s - same->time_s > kSameEventS) {
      kept.push_back(event);
    } else if (event.sd_s < same->sd_s) {
      kept.erase(std::next(same).base());
      kept.push_back(event);
    }
  }
  events = std::move(kept);
}

}  // namespace

GaitEvents marker_events(const GaitPoints& points, const MarkerEventOptions& options) {
  const GaitPaths paths = gait_paths(points, options.path_cutoff_hz, options.impact_cutoff_hz,
                                     options.shortest_swing_m);
  const double first_s = points.time_s.size() > 0 ? points.time_s(0) : 0.0;
  std::vector<Stance> stances;
  for (const Side side : kSides) {
    const std::vector<Stance> of_side = stances_of(paths, side, first_s, options.errors);
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
  tell_walking(stances, options.errors);

  GaitEvents out;
  int n_unlikely = 0;
  const double frame_sd_s = (points.is_planar ? kPictureFramePart : kFramePart) / points.rate_hz;
  const std::string source = points.is_planar ? "landmarks in a picture" : "markers";
  for (const Stance& stance : stances) {
    const double stance_s = stance.toe_off.value - stance.contact.value;
    if (stance_s < kShortestStanceS || stance_s > kLongestStanceS) {  // false for NaN
      ++n_unlikely;
      continue;
    }
    const auto add = [&](GaitEventKind kind, const WeighedTime& event, double shared_sd_s) {
      if (std::isnan(event.value)) return;
      const double gap_sd_s =
          unseen_s(paths, stance.side, (event.value - first_s) * points.rate_hz) / std::sqrt(12.0);
      const double sd_s =
          std::hypot(std::hypot(event.sd, shared_sd_s), std::hypot(frame_sd_s, gap_sd_s));
      out.events.push_back({stance.side, kind, event.value, sd_s, source});
    };
    add(GaitEventKind::kContact, stance.contact,
        stance.walking ? options.errors.walking_sd_s : options.errors.running_contact_sd_s);
    add(GaitEventKind::kToeOff, stance.toe_off,
        stance.walking ? options.errors.walking_sd_s : options.errors.running_toe_off_sd_s);
  }
  std::stable_sort(out.events.begin(), out.events.end(),
                   [](const GaitEvent& a, const GaitEvent& b) { return a.time_s < b.time_s; });
  leave_one_of_each(out.events);
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
