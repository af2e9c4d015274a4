#include "catena/findings/quantities.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "catena/chain/hip_stop.h"
#include "catena/core/normal_estimate.h"
#include "catena/core/units.h"

namespace catena {
namespace {

Estimate exactly(double value) { return {value, value, value, 0.90, ""}; }

void put(Quantities& into, const std::string& name, const Estimate& estimate) {
  if (std::isfinite(estimate.value)) into[name] = estimate;
}

void put(Quantities& into, const std::string& name, const Answered& answered) {
  if (answered) into[name] = exactly(*answered ? 1.0 : 0.0);
}

Estimate in_degrees(Estimate estimate) {
  estimate.value *= kDegPerRad;
  estimate.low *= kDegPerRad;
  estimate.high *= kDegPerRad;
  return estimate;
}

void collect_leg(const LegFindings& leg, const Pattern& pattern, Side side, Quantities& q) {
  const TakeUp& take_up = leg.take_up;
  const HipStop& stop = take_up.hip_stop;
  const bool fitted = std::isfinite(take_up.hip.estimate.value);
  put(q, "leg_is_known", Answered(fitted));
  if (fitted) {
    const bool throughout = may_be_stopped_throughout(take_up);
    put(q, "stop_is_reached", Answered(stop.verdict == StopVerdict::kReached));
    put(q, "stop_is_not_reached", Answered(stop.verdict == StopVerdict::kNotReached));
    put(q, "stop_is_undecided", Answered(stop.verdict == StopVerdict::kUndecided && !throughout));
    put(q, "stop_may_lie_before", Answered(throughout));
    put(q, "stop_probability", exactly(stop.towards_stop));
  }
  put(q, "stop_hip_extension_deg", in_degrees(stop.hip_rad));
  put(q, "hip_share", take_up.hip.estimate);
  put(q, "low_back_share", take_up.low_back.estimate);
  put(q, "lean_share", take_up.lean.estimate);
  put(q, "pelvis_share", take_up.pelvis.estimate);
  put(q, "hip_use_deg", in_degrees(leg.hip_use_rad));
  put(q, "low_back_use_deg", in_degrees(leg.low_back_use_rad));
  put(q, "lean_deg", in_degrees(leg.lean_rad));
  put(q, "relief_deg", in_degrees(relief_of(pattern, side)));
}

void collect_capacity(const CapacityAndUse& row, Quantities& q) {
  const bool is_hip = row.joint == "hip" && row.direction == "extension";
  if (!is_hip && row.joint != "ankle") return;
  const std::string name = is_hip ? "hip_extension" : "dorsiflexion";
  // Of several tests of the hip the one that says most is looked at.
  const auto seen = q.find(name + "_left_deg");
  const Estimate left = in_degrees(row.left_rad);
  const auto width = [](const Estimate& e) { return e.high - e.low; };
  if (seen != q.end() && !(width(left) < width(seen->second))) return;
  q[name + "_left_deg"] = left;
  put(q, name + "_is_reached", Answered(row.verdict == CapacityVerdict::kReached));
  put(q, name + "_is_not_reached", Answered(row.verdict == CapacityVerdict::kNotReached));
  put(q, name + "_is_not_distinguishable",
      Answered(row.verdict == CapacityVerdict::kNotDistinguishable));
  put(q, name + "_was_recorded", Answered(row.offset_sd_rad == 0.0));
  put(q, name + "_capacity_deg", in_degrees(row.capacity_rad));
}

bool hurts_at(const Symptoms& symptoms, std::initializer_list<PainPlace> places) {
  return std::ranges::any_of(symptoms.places, [&](PainPlace place) {
    return std::ranges::find(places, place) != places.end();
  });
}

void collect_symptoms(const Symptoms& s, Quantities& q) {
  put(q, "has_pain", s.has_pain);
  if (!s.has_pain || !*s.has_pain) return;
  if (!s.places.empty()) {
    put(q, "hurts_low_back", Answered(hurts_at(s, {PainPlace::kLowBack, PainPlace::kButtock})));
    put(q, "hurts_groin", Answered(hurts_at(s, {PainPlace::kGroin})));
  }
  if (s.during_run || s.after_run || s.next_morning) {
    put(q, "hurts_with_running",
        Answered(s.during_run.value_or(false) || s.after_run.value_or(false) ||
                 s.next_morning.value_or(false)));
  }
  put(q, "hurts_in_daily_life", s.in_daily_life);
  put(q, "hurts_at_rest", s.at_rest_or_night);
  put(q, "hurts_by_extension", s.by_extension);
  put(q, "hurts_by_flexion", s.by_flexion);
  put(q, "hurts_by_sitting", s.by_sitting);
  put(q, "hurts_by_speed", s.by_speed);
  put(q, "eased_by_flexion", s.eased_by_sitting_or_flexion);
  put(q, "training_rose", s.training_rose);
}

/// A finding of yes or no, on either side.
Answered positive(const Examination& exam, const std::string& test) {
  Answered any;
  for (const ExamValue& value : exam.values) {
    if (value.test != test || !std::isfinite(value.value)) continue;
    any = any.value_or(false) || value.value > 0.5;
  }
  return any;
}

void put_value(const Examination& exam, const std::string& test, const std::string& name,
               double scale, Quantities& q) {
  const ExamValue* value = find_value(exam, test, std::nullopt);
  if (value == nullptr || !std::isfinite(value->value)) return;
  const double sem = std::isfinite(value->sem) ? value->sem : 0.0;
  put(q, name, normal_estimate(scale * value->value, scale * sem, "error of the test"));
}

/// Right less left of one test, where its error is known.
void put_difference(const Examination& exam, const std::string& test, const std::string& name,
                    double scale, Quantities& q) {
  const ExamValue* right = find_value(exam, test, kRight);
  const ExamValue* left = find_value(exam, test, kLeft);
  if (right == nullptr || left == nullptr) return;
  const double difference = scale * std::abs(right->value - left->value);
  const double error = scale * kNormal95 * std::hypot(right->sem, left->sem);
  if (!std::isfinite(difference) || !std::isfinite(error)) return;
  put(q, name,
      Estimate{difference, difference - error, difference + error, 0.95,
               "smallest detectable difference of the test"});
}

void collect_exam(const Examination& exam, Quantities& q) {
  collect_symptoms(exam.symptoms, q);
  for (const char* test : {"slump", "straight_leg_raise", "crossed_straight_leg_raise",
                           "prone_instability", "fadir", "extension_rotation"}) {
    put(q, std::string(test) + "_is_positive", positive(exam, test));
  }
  constexpr double kMillimetres = 1000.0;
  put_value(exam, "sij_cluster", "sacroiliac_tests", 1.0, q);
  put_value(exam, "leg_length_difference", "leg_length_difference_mm", kMillimetres, q);
  put_value(exam, "standing_tilt", "standing_tilt_deg", kDegPerRad, q);
  put_difference(exam, "modified_thomas", "hip_extension_difference_deg", kDegPerRad, q);
  put_difference(exam, "weight_bearing_lunge", "dorsiflexion_difference_deg", kDegPerRad, q);
}

/// Who takes up more: whether the intervals of the sides' shares lie apart.
void compare_sides(const RunFindings& run, Quantities& q) {
  const Estimate& right = run.legs[kRight].take_up.pelvis.estimate;
  const Estimate& left = run.legs[kLeft].take_up.pelvis.estimate;
  if (!std::isfinite(right.value) || !std::isfinite(left.value)) return;
  put(q, "sides_differ", Answered(right.low > left.high || left.low > right.high));
}

}  // namespace

const Estimate* find_quantity(const AllQuantities& all, const std::string& name,
                              std::optional<Side> side) {
  if (side) {
    const Quantities& of_side = all.of_side.at(*side);
    if (const auto found = of_side.find(name); found != of_side.end()) return &found->second;
  }
  const auto found = all.of_runner.find(name);
  return found == all.of_runner.end() ? nullptr : &found->second;
}

std::string unit_of(const std::string& name) {
  for (const char* unit : {"deg", "mm", "percent", "probability", "share"}) {
    if (name.ends_with(std::string("_") + unit)) {
      return std::string(unit) == "share" || std::string(unit) == "probability" ? "1" : unit;
    }
  }
  return "";
}

AllQuantities collect_quantities(const RunFindings& run, const std::optional<Examination>& exam,
                                 const std::vector<CapacityAndUse>& capacities,
                                 const Pattern& pattern) {
  AllQuantities all;
  put(all.of_runner, "has_run", Answered(run.has_run));
  if (run.has_run) put(all.of_runner, "thorax_is_seen", Answered(run.has_thorax));
  for (const Side side : kSides) {
    if (run.has_run) collect_leg(run.legs.at(side), pattern, side, all.of_side.at(side));
  }
  for (const CapacityAndUse& row : capacities) collect_capacity(row, all.of_side.at(row.side));
  if (exam) collect_exam(*exam, all.of_runner);
  compare_sides(run, all.of_runner);
  for (const NamedFinding& other : run.others) put(all.of_runner, other.name, other.value);
  return all;
}

std::string fill_in(const std::string& sentence, const AllQuantities& all,
                    std::optional<Side> side) {
  std::string out;
  std::size_t at = 0;
  while (at < sentence.size()) {
    const std::size_t open = sentence.find('{', at);
    const std::size_t close = open == std::string::npos ? open : sentence.find('}', open);
    if (close == std::string::npos) break;
    out += sentence.substr(at, open - at);
    std::string name = sentence.substr(open + 1, close - open - 1);
    at = close + 1;
    if (name == "side") {
      out += side ? kSideNames.at(*side) : "either";
      continue;
    }
    const std::string interval = ":interval";
    const bool with_interval = name.ends_with(interval);
    if (with_interval) name.resize(name.size() - interval.size());
    const Estimate* found = find_quantity(all, name, side);
    if (found == nullptr) {
      out += "not known";
      continue;
    }
    const bool is_probability = name.ends_with("_probability");
    const double scale = is_probability ? 100.0 : 1.0;
    // No more digits than the interval bears, as in the report's tables.
    constexpr double kWideDeg = 5.0;
    const bool is_wide = with_interval && found->high - found->low >= kWideDeg;
    const int decimals = is_probability || is_wide ? 0 : unit_of(name) == "1" ? 2 : 1;
    out += fmt::format("{:.{}f}", scale * found->value, decimals);
    if (with_interval) {
      out += fmt::format(" ({:.0f} % {:.{}f} to {:.{}f})", 100.0 * found->level, scale * found->low,
                         decimals, scale * found->high, decimals);
    }
  }
  return out + sentence.substr(std::min(at, sentence.size()));
}

}  // namespace catena
