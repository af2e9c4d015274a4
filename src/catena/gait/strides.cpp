#include "catena/gait/strides.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<GaitEvent> events_of(const GaitEvents& events, Side side, GaitEventKind kind) {
  std::vector<GaitEvent> out;
  for (const GaitEvent& event : events.events) {
    if (event.side == side && event.kind == kind) out.push_back(event);
  }
  return out;
}

std::vector<GaitEvent> between(const std::vector<GaitEvent>& events, double from_s, double to_s) {
  std::vector<GaitEvent> out;
  for (const GaitEvent& event : events) {
    if (event.time_s > from_s && event.time_s < to_s) out.push_back(event);
  }
  return out;
}

// The last foot's leaving before an instant decides how a step began: NaN where it is not known.
double last_before(const std::vector<GaitEvent>& events, double from_s, double to_s) {
  const std::vector<GaitEvent> within = between(events, from_s, to_s);
  return within.empty() ? kNan : within.back().time_s;
}

// Of one foot alone: who stands on it for more than half of the stride has both feet down at times,
// if the other does as this one.
Gait gait_of_one_foot(const Stride& stride) {
  const double part = (stride.toe_off_s - stride.from_s) / (stride.to_s - stride.from_s);
  return part > 0.5 ? Gait::kWalking : Gait::kRunning;
}

// Whether both steps of a stride fly, both have double support, or it cannot be told.
Gait gait_of(const Stride& stride, const std::vector<GaitEvent>& other_toe_offs) {
  // First step: this foot leaves before (flight) or after the other one lands.
  if (std::isnan(stride.toe_off_s) || std::isnan(stride.other_contact_s)) return Gait::kUnknown;
  const double first_s = stride.other_contact_s - stride.toe_off_s;
  // Second step: the other foot leaves before or after this one lands again.
  const double other_left_s = last_before(other_toe_offs, stride.other_contact_s, stride.to_s);
  const bool walks = first_s < 0.0;
  const bool second_flies = !std::isnan(other_left_s);
  if (walks && !second_flies) return Gait::kWalking;
  if (!walks && second_flies) return Gait::kRunning;
  return Gait::kUnknown;
}

// A flight of this length would lift the body by 11 cm: runners rise by 10 cm at most, half of it
// in the air. Longer, and a step is missing between.
constexpr double kLongestFlight_s = 0.3;  // NOLINT(readability-identifier-naming)
// Half of a stride, and what sides may differ and events err by.
constexpr double kMoreThanHalf = 0.55;
// A stride that takes so many times as long as most of its gait is two, with a contact lost
// between, as where markers are hidden for a while.
constexpr double kTwoStrides = 1.6;

// Whether a running stride has the times of one: feet that are down for more than half of it, or
// flights that last, are events of different strides.
bool can_be_one(const Stride& stride, const std::vector<GaitEvent>& other_toe_offs) {
  if (stride.gait != Gait::kRunning || std::isnan(stride.other_contact_s)) return true;
  const double other_left_s = last_before(other_toe_offs, stride.other_contact_s, stride.to_s);
  const double half_s = kMoreThanHalf * (stride.to_s - stride.from_s);
  return stride.toe_off_s - stride.from_s < half_s &&
         stride.other_contact_s - stride.toe_off_s < kLongestFlight_s &&
         other_left_s - stride.other_contact_s < half_s &&
         stride.to_s - other_left_s < kLongestFlight_s;
}

// Takes out what lasts as long as two strides of its gait; of unknown gait, of any.
void take_out_doubles(GaitStrides& found) {
  std::array<double, 3> typical_s = {0.0, 0.0, 0.0};
  for (const Gait gait : {Gait::kRunning, Gait::kWalking}) {
    std::vector<double> long_s;
    for (const Stride& stride : found.strides) {
      if (stride.gait == gait) long_s.push_back(stride.to_s - stride.from_s);
    }
    if (long_s.size() >= 3) typical_s.at(static_cast<std::size_t>(gait)) = median(long_s);
  }
  typical_s[0] = std::max(typical_s[1], typical_s[2]);
  std::erase_if(found.strides, [&](const Stride& stride) {
    const double typical = typical_s.at(static_cast<std::size_t>(stride.gait));
    const bool is_double = typical > 0.0 && stride.to_s - stride.from_s > kTwoStrides * typical;
    if (is_double) ++found.n_incomplete.at(stride.side);
    return is_double;
  });
}

// Strides of one side.
void add_strides(const GaitEvents& events, Side side, const StrideOptions& options,
                 GaitStrides& out) {
  const Side other = side == kRight ? kLeft : kRight;
  const std::vector<GaitEvent> contacts = events_of(events, side, GaitEventKind::kContact);
  const std::vector<GaitEvent> toe_offs = events_of(events, side, GaitEventKind::kToeOff);
  const std::vector<GaitEvent> other_contacts = events_of(events, other, GaitEventKind::kContact);
  const std::vector<GaitEvent> other_toe_offs = events_of(events, other, GaitEventKind::kToeOff);
  for (std::size_t k = 0; k + 1 < contacts.size(); ++k) {
    Stride stride;
    stride.side = side;
    stride.from_s = contacts[k].time_s;
    stride.to_s = contacts[k + 1].time_s;
    stride.from_sd_s = contacts[k].sd_s;
    stride.to_sd_s = contacts[k + 1].sd_s;
    const auto own = between(toe_offs, stride.from_s, stride.to_s);
    const auto landings = between(other_contacts, stride.from_s, stride.to_s);
    const auto leavings = between(other_toe_offs, stride.from_s, stride.to_s);
    const double long_s = stride.to_s - stride.from_s;
    if (own.size() != 1 || landings.size() > 1 || long_s < options.shortest_s ||
        long_s > options.longest_s) {
      ++out.n_incomplete.at(side);
      continue;
    }
    stride.toe_off_s = own.front().time_s;
    stride.toe_off_sd_s = own.front().sd_s;
    stride.other_contact_s = landings.empty() ? kNan : landings.front().time_s;
    stride.other_toe_off_s = leavings.empty() ? kNan : leavings.front().time_s;
    const bool alone = other_contacts.empty() && other_toe_offs.empty();
    stride.gait = alone ? gait_of_one_foot(stride) : gait_of(stride, other_toe_offs);
    if (!can_be_one(stride, other_toe_offs)) {
      ++out.n_incomplete.at(side);
      continue;
    }
    out.strides.push_back(stride);
  }
  // Before the first contact and after the last there are events of strides that are cut off.
  const auto cut = [&](bool before) {
    if (contacts.empty()) return before && !toe_offs.empty();
    return std::any_of(toe_offs.begin(), toe_offs.end(), [&](const GaitEvent& event) {
      return before ? event.time_s < contacts.front().time_s
                    : event.time_s > contacts.back().time_s;
    });
  };
  if (cut(true)) ++out.n_incomplete.at(side);
  // After the last contact a stride always goes on.
  if (!contacts.empty()) ++out.n_incomplete.at(side);
}

void note_incomplete(const GaitStrides& found, double first_s, double last_s,
                     std::vector<std::string>& notes) {
  const int n = found.n_incomplete[kRight] + found.n_incomplete[kLeft];
  if (n == 0) return;
  notes.push_back(
      fmt::format("{} stride{} of the right and {} of the left foot {} not complete between {:.2f} "
                  "and {:.2f} s: "
                  "begun before, ended after, or with an event missing.",
                  found.n_incomplete[kRight], found.n_incomplete[kRight] == 1 ? "" : "s",
                  found.n_incomplete[kLeft],
                  n == 1 && found.n_incomplete[kLeft] == 1 ? "is" : "are", first_s, last_s));
}

// Each change between running and walking from one stride to the next that is told.
void note_changes(const GaitStrides& found, std::vector<std::string>& notes) {
  const Stride* before = nullptr;
  for (const Stride& stride : found.strides) {
    if (stride.gait == Gait::kUnknown) continue;
    if (before != nullptr && before->gait != stride.gait) {
      notes.push_back(fmt::format("The gait changes from {} to {} at about {:.2f} s.",
                                  kGaitNames.at(static_cast<std::size_t>(before->gait)),
                                  kGaitNames.at(static_cast<std::size_t>(stride.gait)),
                                  stride.from_s));
    }
    before = &stride;
  }
}

}  // namespace

GaitStrides strides_of(const GaitEvents& events, double first_s, double last_s,
                       const StrideOptions& options) {
  GaitStrides out;
  for (const Side side : kSides) add_strides(events, side, options, out);
  take_out_doubles(out);
  std::stable_sort(out.strides.begin(), out.strides.end(),
                   [](const Stride& a, const Stride& b) { return a.from_s < b.from_s; });
  note_incomplete(out, first_s, last_s, out.notes);
  note_changes(out, out.notes);
  return out;
}

}  // namespace catena
