#include "catena/validation/answer_study.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "catena/exam/exam_tests.h"
#include "catena/findings/rules.h"
#include "catena/math/random_stream.h"
#include "catena/validation/answer_score.h"
#include "catena/validation/for_each_session.h"

namespace catena {
namespace {

Answer answer_of(const PlantedCase& planted) {
  return find_answer(planted.run, planted.exam, planted.recorded);
}

/// The plan with one more measurement made; none where it has been made.
std::optional<CasePlan> with_measurement(CasePlan plan, const std::string& id) {
  if (id == "ramp") {
    plan.ramp_as_well = true;
  } else if (id == "five_speeds" && plan.cell.n_demands < 5) {
    plan.five_speeds_as_well = true;
  } else if (id == "modified_thomas" && plan.exam == PlantedExam::kNone) {
    plan.exam = PlantedExam::kPelvisHeld;
  } else if (id == "modified_thomas_recorded" && plan.exam != PlantedExam::kRecorded) {
    plan.exam = PlantedExam::kRecorded;
  } else if (id == "thorax_markers" && !plan.has_thorax) {
    plan.has_thorax = true;
  } else {
    return std::nullopt;
  }
  return plan;
}

constexpr std::array kMeasurements = {"ramp", "five_speeds", "modified_thomas",
                                      "modified_thomas_recorded", "thorax_markers"};

/// Makes every open measurement by itself and notes which was advised: the first of the advice that
/// says something of the pattern (questions about the pain do not).
void make_measurements(const PlantedCase& planted, const Answer& answer, std::uint64_t seed,
                       const TakeUpOptions& take_up, AnsweredCase& answered) {
  const ExamErrors errors = stated_exam_errors();
  for (const char* id : kMeasurements) {
    const std::optional<CasePlan> plan = with_measurement(planted.plan, id);
    if (!plan) continue;
    const double after = answer_of(plant_case(*plan, errors, seed, take_up)).probability;
    if (std::isnan(after)) continue;
    answered.made.push_back({id, bits_gained(answer.probability, after, answered.present)});
  }
  for (const NextMeasurement& next : answer.next) {
    if (std::ranges::find(answered.made, next.id, &MeasurementMade::id) == answered.made.end()) {
      continue;
    }
    answered.advised = next.id;
    return;
  }
}

AnsweredCase run_case(bool curved, bool with_advice, const AnswerStudyOptions& options,
                      const RandomStream& stream) {
  const double smallest_rad = answer_rules().pattern.smallest_change_rad;
  const std::uint64_t seed = stream.child("runner").bits();
  const PlantedCase planted = plant_case(draw_case_plan(curved, stream.child("plan")),
                                         stated_exam_errors(), seed, options.take_up);
  const Answer answer = answer_of(planted);
  AnsweredCase answered;
  answered.plan = planted.plan;
  answered.present = has_pattern(planted, smallest_rad);
  answered.undecidable = is_undecidable(planted, smallest_rad);
  for (const Side side : kSides) {
    answered.present_of_hip.at(side) = planted.session.hips.at(side).relief_rad >= smallest_rad;
  }
  answered.answer_class = answer.answer_class;
  answered.probability = answer.probability;
  answered.probability_of_hip = answer.probability_of_hip;
  if (with_advice && std::isfinite(answer.probability)) {
    make_measurements(planted, answer, seed, options.take_up, answered);
  }
  return answered;
}

}  // namespace

ExamErrors stated_exam_errors() {
  const PatternAssumptions& assumed = answer_rules().pattern;
  ExamErrors errors = {.flat_back_rad = assumed.flat_back_rad,
                       .zero_sd_rad = assumed.exam_zero_sd_rad,
                       .recorded_sd_rad = assumed.recorded_sd_rad};
  const ExamTest* test = find_test("modified_thomas");
  const auto sem = [test](bool held) {
    const TestError* error = test == nullptr ? nullptr : find_error(*test, "inclinometer", held);
    return error == nullptr ? 0.0 : error->sem.usable().value_or(0.0);
  };
  errors.held_sem_rad = sem(true);
  errors.free_sem_rad = sem(false);
  return errors;
}

std::vector<AnsweredCase> run_answer_study(bool curved, const AnswerStudyOptions& options) {
  const auto n = static_cast<std::size_t>(std::max(0, options.cases));
  std::vector<AnsweredCase> cases(n);
  const RandomStream family = RandomStream(options.seed).child(curved ? "curved" : "on a line");
  for_each_session(n, options.threads, [&](std::size_t i) {
    const bool with_advice = i < static_cast<std::size_t>(std::max(0, options.advised_cases));
    cases[i] = run_case(curved, with_advice, options, family.child("case", i));
  });
  return cases;
}

}  // namespace catena
