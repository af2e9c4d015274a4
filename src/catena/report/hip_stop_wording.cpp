#include "catena/report/hip_stop_wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/chain/hip_stop.h"
#include "catena/core/units.h"
#include "catena/report/html_page.h"

namespace catena {
namespace {

constexpr const char* kMayBeStopped =
    "The hip's share is not distinguishable from none, and a stop before this range would look the "
    "same: slower runs would tell.";

// "23 to 41": the thigh peaks of the demands.
std::string thigh_range(const TakeUp& take_up) {
  if (take_up.points.empty()) return "";
  double low_deg = take_up.points.front().parts_rad.sum() * kDegPerRad;
  double high_deg = low_deg;
  for (const DemandPoint& point : take_up.points) {
    low_deg = std::min(low_deg, point.parts_rad.sum() * kDegPerRad);
    high_deg = std::max(high_deg, point.parts_rad.sum() * kDegPerRad);
  }
  return fmt::format("{}\u00b0 to {}\u00b0", plain_number(low_deg, 0), plain_number(high_deg, 0));
}

std::string reached_sentence(const Results& results, const HipStop& stop) {
  return fmt::format(
      "In the runs recorded your hip's extension is consistent with a stop near {}: up to there it "
      "gave {} of each further degree, beyond it {}. The probability of a stop is {}. Degrees are "
      "counted from {}.",
      angle_text(stop.hip_rad, Script::kTypographic, "\u00b0"),
      share_text(stop.share_before, Script::kTypographic),
      share_text(stop.share_beyond, Script::kTypographic), probability_text(stop.towards_stop),
      results.has_standing ? "your own standing" : "the upright");
}

std::string not_reached_sentence(const Results& results, const TakeUp& take_up) {
  const std::string range = thigh_range(take_up);
  const std::string where = range.empty()
                                ? ""
                                : fmt::format(", whose thigh peaks lie {} behind {},", range,
                                              results.has_standing ? "standing" : "the upright");
  const std::string probability = probability_text(take_up.hip_stop.towards_stop);
  if (may_be_stopped_throughout(take_up)) {
    return fmt::format(
        "In the runs recorded{} your hip's extension is not consistent with a stop within them "
        "(probability {}). {}",
        where, probability, kMayBeStopped);
  }
  return fmt::format(
      "In the runs recorded{} your hip's extension is not consistent with a stop (probability {}). "
      "Farther back than these runs went there may be one.",
      where, probability);
}

std::string undecided_sentence(const TakeUp& take_up) {
  const bool ramp = !ramp_of(take_up).empty();
  return fmt::format(
             "With the runs recorded a stop of the hip can neither be shown nor ruled out "
             "(probability of a stop {}). {} would tell more.",
             probability_text(take_up.hip_stop.towards_stop),
             ramp
                 ? "A second ramp, over a wider range of speeds,"
                 : "A ramp (speed rising steadily for 60 to 90 s), or five speeds that lie farther "
                   "apart,") +
         (may_be_stopped_throughout(take_up) ? std::string(" ") + kMayBeStopped : "");
}

}  // namespace

bool bends_other_way(const HipStop& stop) {
  return stop.verdict != StopVerdict::kReached && stop.other_way > 0.5;
}

std::string stop_headline(const TakeUp& take_up, Script script) {
  const HipStop& stop = take_up.hip_stop;
  const std::string probability = probability_text(stop.towards_stop);
  switch (stop.verdict) {
    case StopVerdict::kReached:
      return fmt::format(
          "Hip stop: consistent with one near {}, probability {}",
          angle_text(stop.hip_rad, script, script == Script::kAscii ? " deg" : "\u00b0"),
          probability);
    case StopVerdict::kNotReached:
      if (may_be_stopped_throughout(take_up)) {
        return fmt::format(
            "Hip stop: no bend (probability {}), but a share that is not told from "
            "none",
            probability);
      }
      return fmt::format("Hip stop: not reached within the range recorded (probability {})",
                         probability);
    case StopVerdict::kUndecided:
      return fmt::format("Hip stop: neither shown nor ruled out (probability {})", probability);
    case StopVerdict::kCannotBeTested:
      break;
  }
  return "Hip stop: cannot be tested with these recordings";
}

std::string stop_sentence(const Results& results, Side side) {
  const LegResult& leg = results.legs[side];
  if (leg.strides.empty()) return "";
  const HipStop& stop = leg.take_up.hip_stop;
  std::string text;
  switch (stop.verdict) {
    case StopVerdict::kReached:
      return reached_sentence(results, stop);
    case StopVerdict::kNotReached:
      text = not_reached_sentence(results, leg.take_up);
      break;
    case StopVerdict::kUndecided:
      text = undecided_sentence(leg.take_up);
      break;
    case StopVerdict::kCannotBeTested:
      return sentence("Whether the hip comes to a stop cannot be tested with the runs recorded: " +
                      (stop.why.empty() ? "no reason was given" : stop.why));
  }
  if (stop.gently > 0.5) {
    text += fmt::format(
        " They are consistent with a gentle bend (probability {}): the hip gave less of each "
        "degree "
        "as the thigh went further, but went on giving.",
        probability_text(stop.gently));
  }
  if (bends_other_way(stop)) {
    text += fmt::format(
        " They are consistent with a bend the other way (probability {}): the hip gave more, not "
        "less, of each degree as the thigh went further.",
        probability_text(stop.other_way));
  }
  return text;
}

std::string linearity_sentence(const HipStop& stop) {
  if (stop.verdict == StopVerdict::kCannotBeTested || !std::isfinite(stop.line)) return "";
  return fmt::format(
      "Of the runs recorded: a straight line {}, a stop {}, a gentle bend {}, a bend the other way "
      "{}.",
      probability_text(stop.line), probability_text(stop.towards_stop),
      probability_text(stop.gently), probability_text(stop.other_way));
}

std::string beforehand_sentence() {
  const TakeUpPrior prior;
  const auto of_100 = [](double probability) { return std::lround(100.0 * probability); };
  return fmt::format(
      "Line and bends: probabilities of the runs recorded; beforehand the line counts {} of 100, a "
      "stop {}, a gentle bend {}, a bend the other way {}.",
      of_100(prior.straight_probability()), of_100(prior.stop_probability),
      of_100(prior.gentle_probability), of_100(prior.other_way_probability));
}

std::string ramp_of(const TakeUp& take_up) {
  for (const DemandPoint& point : take_up.points) {
    if (point.label != point.demand) return point.demand;
  }
  return "";
}

}  // namespace catena
