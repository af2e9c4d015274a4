#include "catena/report/wording.h"

#include <fmt/format.h>

#include <cmath>

#include "catena/core/units.h"
#include "catena/report/number_text.h"
#include "catena/report/parts.h"

namespace catena {
namespace {

std::string in_degrees(const Estimate& estimate) {
  return degrees_text(estimate, Script::kTypographic, "\u00b0");
}

std::string share(const Estimate& estimate) { return share_text(estimate, Script::kTypographic); }

// "a", "a and b", "a, b and c"
std::string join(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

// "the hip", "the low back", "forward lean"
std::string with_article(const std::string& part) {
  return part == "forward lean" ? part : "the " + part;
}

bool is_known(const Estimate& estimate) { return std::isfinite(estimate.value); }

}  // namespace

std::string leg_name(Side side) { return std::string(kSideNames[side]) + " leg"; }

std::string peak_sentence(const Results& results, Side side) {
  const BudgetSummary& budget = results.legs[side].at_peak;
  if (!is_known(budget.thigh_deg)) return "";
  std::vector<std::string> parts;
  for (const PartStyle& part : chain_parts(results.has_thorax)) {
    const Estimate& estimate = budget.*part.budget_deg;
    if (is_known(estimate)) parts.push_back(with_article(part.name) + " " + in_degrees(estimate));
  }
  std::string sentence =
      fmt::format("At its farthest the thigh was {} behind {}: {}.", in_degrees(budget.thigh_deg),
                  results.has_standing ? "where it is when you stand" : "the upright", join(parts));
  if (is_known(budget.low_back_deg) && budget.low_back_deg.high < 0.0) {
    sentence += " A negative low back means that it was flexed, not extended, at that instant.";
  }
  return sentence;
}

std::string take_up_sentence(const Results& results, Side side) {
  const TakeUp& take_up = results.legs[side].take_up;
  if (results.legs[side].strides.empty()) {
    return "No stride of this leg was seen from peak to peak, so nothing can be said about it.";
  }
  if (!is_known(take_up.hip.estimate)) {
    const std::string why = take_up.hip.why.empty() ? "no reason was given" : take_up.hip.why;
    return "Who takes up the next degree is not known: " + why + (why.back() == '.' ? "" : ".");
  }
  std::string sentence = fmt::format("Of each further degree the hip took up {} and the pelvis {}",
                                     share(take_up.hip.estimate), share(take_up.pelvis.estimate));
  if (take_up.has_thorax) {
    sentence += fmt::format("; of the pelvis's part the low back had {} and forward lean {}",
                            share(take_up.low_back.estimate), share(take_up.lean.estimate));
  }
  return sentence + fmt::format(" ({:.0f} % intervals).", 100.0 * take_up.hip.estimate.level);
}

std::string consistency_sentence(const Results& results, Side side) {
  const TakeUp& take_up = results.legs[side].take_up;
  if (!is_known(take_up.hip.estimate)) return "";
  const auto told = [](const Share& part) {
    return part.estimate.low > 0.0 || part.estimate.high < 0.0;
  };
  // The pelvis is named as one where neither of its halves can be told from none.
  const bool halves_told = told(take_up.low_back) || told(take_up.lean);
  std::vector<PartStyle> parts = chain_parts(take_up.has_thorax && halves_told);
  std::vector<std::string> taking;
  std::vector<std::string> other_way;
  std::vector<std::string> not_told;
  for (const PartStyle& part : parts) {
    const Share& of_part = take_up.*part.share;
    auto& list = !told(of_part) ? not_told : of_part.estimate.low > 0.0 ? taking : other_way;
    list.push_back(with_article(part.name));
  }
  std::vector<std::string> patterns;
  if (!taking.empty())
    patterns.push_back(join(taking) + " taking up a part of each further degree");
  if (!other_way.empty()) {
    patterns.push_back(join(other_way) + " moving the other way as the leg goes further");
  }
  std::string text;
  if (!patterns.empty()) text = "Your pattern is consistent with " + join(patterns) + ". ";
  if (!not_told.empty()) {
    text += "A part taken up by " + join(not_told) +
            " is not distinguishable from measurement error in these recordings. ";
  } else if (take_up.has_thorax && !halves_told) {
    text +=
        "How the pelvis's part divides between low back and forward lean is not "
        "distinguishable from measurement error in these recordings. ";
  }
  if (!text.empty()) text.pop_back();
  return text;
}

std::string rest_sentence(const Results& results, Side side) {
  const TakeUp& take_up = results.legs[side].take_up;
  std::vector<std::string> items;
  for (const PartStyle& part : chain_parts(false)) {
    const Share& of_part = take_up.*part.share;
    if (!is_known(of_part.estimate) || !is_known(of_part.rest)) continue;
    items.push_back(fmt::format("of {}'s share {}", with_article(part.name), share(of_part.rest)));
  }
  if (items.empty()) return "";
  return "By rotation and drop of the pelvis, out of the plane in which the runner goes, came " +
         join(items) + ".";
}

std::string sides_sentence(const Results& results) {
  const TakeUp& right = results.legs[kRight].take_up;
  const TakeUp& left = results.legs[kLeft].take_up;
  std::vector<std::string> apart;
  bool is_any_known = false;
  for (const PartStyle& part : chain_parts(right.has_thorax && left.has_thorax)) {
    const Estimate& of_right = (right.*part.share).estimate;
    const Estimate& of_left = (left.*part.share).estimate;
    if (!is_known(of_right) || !is_known(of_left)) continue;
    is_any_known = true;
    if (of_right.low > of_left.high || of_left.low > of_right.high) {
      apart.push_back(with_article(part.name));
    }
  }
  if (!is_any_known) return "";
  if (apart.empty()) {
    return "Right against left: the shares are not distinguishable, their intervals overlap.";
  }
  return fmt::format("Right against left: the intervals of {} do not overlap.",
                     join(apart) + (apart.size() == 1 ? "'s shares" : ""));
}

std::string red_flag_sentence() {
  return "See a clinician first, whatever this page shows, if you have: numbness around the "
         "groin or seat, new trouble with bladder or bowel, or weakness in a leg; back pain after "
         "a fall or accident; fever, unexplained weight loss, a history of cancer, or pain that "
         "does not let up at night; or pain in one groin, buttock or side of the low back that is "
         "worse on each landing.";
}

std::vector<std::string> limits(const Results& results) {
  std::vector<std::string> items;
  if (results.has_thorax) {
    items.emplace_back(
        "Hip against pelvis is known better than low back against forward lean: the pelvis is "
        "measured directly, while its two parts divide at the thorax, whose markers move with "
        "skin, shoulders and breathing.");
    items.emplace_back(
        "\"Low back\" here is the thorax relative to the pelvis. It holds everything between the "
        "two, not the lumbar vertebrae (L1 to L5) alone.");
  } else {
    items.emplace_back(
        "There were no thorax markers, so the pelvis's part cannot be divided into low back and "
        "forward lean. Markers at C7, T8 or T10 and the sternum would tell.");
  }
  items.emplace_back(
      "What the joints could do is not known from running. A stop is where the hip's extension "
      "ceased to grow in these runs; whether the hip's range ends there takes an examination.");
  items.emplace_back(
      "A share describes how this runner moved in these recordings. It is not a fault, and it "
      "does not say where pain comes from.");
  items.emplace_back(
      "Absolute hip and pelvis angles depend on marker placement and anatomy by 10 to 20\u00b0. "
      "Differences within one runner do not; the shares rest on those alone.");
  items.emplace_back(
      "Movement of skin over bone grows with the angle and does not cancel. Its size is part of "
      "the intervals as far as it is known.");
  return items;
}

std::vector<std::string> conventions(const Results& results) {
  std::vector<std::string> items;
  items.emplace_back(
      "Signs: hip extension +, low back extension +, anterior pelvic tilt +, forward lean +, thigh "
      "behind the vertical +.");
  items.emplace_back(
      "Angles lie in the plane in which the runner goes, counted from gravity. Thigh extension = "
      "hip + pelvic tilt, and pelvic tilt = low back + forward lean.");
  items.emplace_back(
      "In three dimensions rotations do not add, so each contribution is an integral of angular "
      "velocity along the movement. The parts sum to the thigh's angle without a remainder.");
  items.emplace_back(
      results.has_standing
          ? "\"At the peak\" is counted from the runner's own standing posture; \"gained\" from "
            "the "
            "last instant at which the thigh was vertical. Angles on the figures are counted from "
            "the upright."
          : "No standing trial was given, so \"at the peak\" is counted from the upright and holds "
            "the offsets of the markers; \"gained\" is counted from the last instant at which the "
            "thigh was vertical.");
  items.emplace_back(
      "An interval of a budget is the spread over strides; an interval of a share comes from a "
      "model in which demands, too, deviate from the line. Where the line bends, a share is that "
      "from "
      "the least to the farthest demand.");
  items.emplace_back("A stride is found by the searched peak of thigh extension of its own leg.");
  return items;
}

}  // namespace catena
