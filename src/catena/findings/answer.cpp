#include "catena/findings/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "catena/core/units.h"
#include "catena/findings/capacity_and_use.h"
#include "catena/findings/evidence.h"
#include "catena/findings/next_measurement.h"
#include "catena/findings/pattern.h"
#include "catena/findings/quantities.h"
#include "catena/findings/repetition.h"
#include "catena/findings/rules.h"

namespace catena {
namespace {

constexpr std::size_t kReasons = 3;
constexpr std::size_t kNext = 3;

bool is(const AllQuantities& all, const std::string& name, bool wanted) {
  return holds({name, Comparison::kIs, wanted ? 1.0 : 0.0}, all, std::nullopt);
}

bool is_on_a_side(const AllQuantities& all, const char* name, bool wanted) {
  return std::ranges::any_of(kSides, [&](Side side) {
    return holds({name, Comparison::kIs, wanted ? 1.0 : 0.0}, all, side);
  });
}

/// A leg whose stop cannot be spoken of: not known, or perhaps stopped over the whole range.
bool a_leg_is_open(const AllQuantities& all) {
  return is_on_a_side(all, "leg_is_known", false) || is_on_a_side(all, "stop_may_lie_before", true);
}

/// A leg whose stop was looked for and is neither shown nor ruled out.
bool a_stop_is_undecided(const AllQuantities& all) {
  return is_on_a_side(all, "stop_is_undecided", true);
}

/// The class and the name of its sentences in rules.json.
struct Situation {
  AnswerClass answer_class;
  const char* name;
};

/// No pain is reported: what may be said of the pattern beside that.
const char* situation_without_pain(double probability, const AllQuantities& all,
                                   const ClassCuts& cuts) {
  if (!is(all, "has_run", true)) return "no_pain_no_run";
  if (probability >= cuts.possibly_from) return "no_pain_pattern";
  const bool shows_no_sign =
      probability < cuts.not_below && !a_leg_is_open(all) && !a_stop_is_undecided(all);
  return shows_no_sign ? "no_pain" : "no_pain_undecided";
}

Situation situation_of(double probability, int pain_points, const AllQuantities& all,
                       const ClassCuts& cuts) {
  using enum AnswerClass;
  const bool pain_is_unlike = pain_points <= cuts.pain_speaks_against_to;
  if (is(all, "has_pain", false)) {
    return {kProbablyNot, situation_without_pain(probability, all, cuts)};
  }
  if (is(all, "hurts_low_back", false)) return {kProbablyNot, "pain_elsewhere"};
  if (is(all, "has_run", false)) return {kCannotTell, "no_run"};
  if (std::isnan(probability)) return {kCannotTell, "no_share"};
  if (probability >= cuts.yes_from) {
    if (!is(all, "has_pain", true)) return {kPossibly, "possibly_no_symptoms"};
    if (pain_is_unlike) return {kPossibly, "possibly_pain_unlike"};
    if (!is(all, "thorax_is_seen", true)) return {kPossibly, "possibly_no_thorax"};
    if (pain_points < cuts.pain_fits_from) return {kPossibly, "possibly_pain_unclear"};
    return {kYesProbably, "yes"};
  }
  if (probability >= cuts.possibly_from) {
    return pain_is_unlike ? Situation{kProbablyNot, "pain_unlike"}
                          : Situation{kPossibly, "possibly"};
  }
  if (probability >= cuts.not_below) return {kCannotTell, "cannot_tell"};
  if (a_leg_is_open(all)) return {kCannotTell, "incomplete"};
  return {kProbablyNot, a_stop_is_undecided(all) ? "probably_not_undecided" : "probably_not"};
}

/// The strongest sentences for the runner, those that speak the answer's way first.
std::vector<std::string> reasons_of(const SortedEvidence& evidence, AnswerClass answer_class,
                                    const PatternAssumptions& assumed) {
  std::vector<const Evidence*> ranked;
  const auto strength = [](const Evidence* e) {
    return std::abs(e->log_odds) + std::abs(e->pain_points);
  };
  const auto add = [&](const std::vector<Evidence>& list) {
    const std::size_t first = ranked.size();
    for (const Evidence& e : list) ranked.push_back(&e);
    std::stable_sort(
        ranked.begin() + static_cast<std::ptrdiff_t>(first), ranked.end(),
        [&](const Evidence* a, const Evidence* b) { return strength(a) > strength(b); });
  };
  const bool says_yes =
      answer_class == AnswerClass::kYesProbably || answer_class == AnswerClass::kPossibly;
  // What cannot be told is told first where nothing else can be.
  if (answer_class == AnswerClass::kCannotTell) add(evidence.context);
  add(says_yes ? evidence.for_it : evidence.against_it);
  if (answer_class == AnswerClass::kProbablyNot) add(evidence.context);
  add(says_yes ? evidence.against_it : evidence.for_it);
  add(evidence.context);
  std::vector<std::string> reasons;
  if (answer_class == AnswerClass::kProbablyNot && evidence.against_it.empty()) {
    reasons.push_back(fmt::format(
        "Nothing in your recordings shows it clearly: before anything is recorded {:.0f} of 100 "
        "runners are taken to have such a pattern, and yours make it less likely.",
        100.0 * assumed.pattern_prior));
  }
  for (const Evidence* e : ranked) {
    if (reasons.size() == kReasons) break;
    if (std::ranges::find(reasons, e->for_runner) == reasons.end()) {
      reasons.push_back(e->for_runner);
    }
  }
  return reasons;
}

std::vector<std::string> assumptions_of(const RunFindings& run,
                                        const std::optional<Examination>& exam,
                                        const std::vector<CapacityAndUse>& capacities,
                                        const Rules& rules) {
  const PatternAssumptions& assumed = rules.pattern;
  std::vector<std::string> sentences;
  if (run.has_run) {
    sentences.push_back(fmt::format(
        "The pattern is present when, with the hips free, peak low back extension would fall by at "
        "least {:.1f} deg; before any recording this is taken to be so in {:.0f} of 100 runners.",
        assumed.smallest_change_rad * kDegPerRad, 100.0 * assumed.pattern_prior));
    if (!run.has_thorax) {
      sentences.push_back(fmt::format(
          "No thorax was seen: the low back is taken to have between {:.1f} and {:.1f} of the "
          "pelvis's part.",
          assumed.least_split, assumed.most_split));
    }
  }
  const bool has_offset = std::ranges::any_of(
      capacities, [](const CapacityAndUse& row) { return row.offset_sd_rad > 0.0; });
  if (has_offset) {
    sentences.push_back(
        fmt::format("The zero of the examination and the zero of the run differ by an unknown "
                    "amount (SD {:.0f} "
                    "deg).",
                    assumed.exam_zero_sd_rad * kDegPerRad));
  }
  if (!exam) {
    sentences.emplace_back("No examination and no symptoms were given.");
  } else if (!exam->symptoms.has_pain) {
    sentences.emplace_back("How the pain behaves was not asked.");
  }
  return sentences;
}

/// What the run and the examination say of the pattern, and how far each moved it.
struct WeighedPattern {
  Pattern pattern;
  LogOddsMoved moved;
};

WeighedPattern weigh(const RunFindings& run, const std::vector<CapacityAndUse>& capacities,
                     const PatternAssumptions& assumed) {
  WeighedPattern weighed;
  weighed.pattern = pattern_of_run(run, assumed);
  for (const Side side : kSides) {
    const double by_run = pattern_probability(weighed.pattern, assumed, side);
    if (std::isnan(by_run)) continue;
    weighed.moved.by_run.at(side) = log_odds(by_run) - log_odds(assumed.hip_pattern_prior);
  }
  for (const Side side : kSides) {
    const std::optional<HipEnd> end = hip_end(capacities, side, assumed);
    const double before = pattern_probability(weighed.pattern, assumed, side);
    if (!end || std::isnan(before)) continue;
    weighed.pattern = with_hip_end(std::move(weighed.pattern), side, *end, assumed);
    const double after = pattern_probability(weighed.pattern, assumed, side);
    weighed.moved.by_exam.at(side) = log_odds(after) - log_odds(before);
  }
  return weighed;
}

void hold_back(const Rules& rules, Answer& answer) {
  const AnswerSentences& sentences = rules.answers.at("held_back");
  answer.held_back = true;
  answer.situation = "held_back";
  answer.for_runner = sentences.runner;
  answer.for_clinician = sentences.clinician;
}

}  // namespace

std::string name_of(AnswerClass answer) {
  switch (answer) {
    case AnswerClass::kCannotTell:
      return "cannot tell from this recording";
    case AnswerClass::kProbablyNot:
      return "probably not";
    case AnswerClass::kPossibly:
      return "possibly";
    case AnswerClass::kYesProbably:
      return "yes, probably";
  }
  return "";
}

Answer find_answer(const RunFindings& run, const std::optional<Examination>& exam,
                   const std::vector<RecordedCapacity>& recorded) {
  const Rules& rules = answer_rules();
  Answer answer;
  answer.repetition = repetition_of(run.loads, exam);

  // Safety first: nothing is said while a red flag is present.
  if (exam && !assess_safety(*exam).present.empty()) {
    hold_back(rules, answer);
    return answer;
  }

  // How far each hip can go and is asked to; how probable the pattern is by all of it.
  answer.capacity_and_use = capacity_and_use(run, exam, recorded, rules);
  const WeighedPattern weighed = weigh(run, answer.capacity_and_use, rules.pattern);
  const Pattern& pattern = weighed.pattern;
  answer.probability = pattern_probability(pattern, rules.pattern);
  for (const Side side : kSides) {
    answer.probability_of_hip.at(side) = pattern_probability(pattern, rules.pattern, side);
  }
  if (std::isfinite(answer.probability)) {
    answer.probability_note = "calibrated on simulated runners only";
  }

  // Numbers to evidence, evidence to a class.
  const AllQuantities quantities = collect_quantities(run, exam, answer.capacity_and_use, pattern);
  SortedEvidence evidence = apply_rules(rules, quantities, weighed.moved);
  const Situation situation =
      situation_of(answer.probability, evidence.pain_points, quantities, rules.cuts);
  answer.answer_class = situation.answer_class;
  answer.situation = situation.name;
  const AnswerSentences& sentences = rules.answers.at(situation.name);
  answer.for_runner = sentences.runner;
  answer.for_clinician = sentences.clinician;
  answer.reasons = reasons_of(evidence, situation.answer_class, rules.pattern);
  answer.evidence_for = std::move(evidence.for_it);
  answer.evidence_against = std::move(evidence.against_it);
  answer.context = std::move(evidence.context);
  answer.assumed = assumptions_of(run, exam, answer.capacity_and_use, rules);

  // What would tell more.
  answer.next = open_measurements({run, exam, recorded, pattern}, rules);
  if (answer.next.size() > kNext) answer.next.resize(kNext);
  return answer;
}

}  // namespace catena
