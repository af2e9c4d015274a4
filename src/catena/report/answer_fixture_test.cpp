#include "catena/report/answer_fixture.h"

#include <gtest/gtest.h>

#include <limits>

#include "catena/core/normal_estimate.h"
#include "catena/core/units.h"
#include "catena/report/results_fixture.h"
#include "catena/report/take_up_fixture.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Estimate degrees(double value, double low, double high) {
  return {value * kRadPerDeg, low * kRadPerDeg, high * kRadPerDeg, 0.90, "planted"};
}

Evidence evidence_of(const std::string& rule, std::optional<Side> side, double log_odds,
                     const Estimate& value, const std::string& unit,
                     const std::string& for_clinician) {
  Evidence evidence;
  evidence.rule = rule;
  evidence.side = side;
  evidence.log_odds = log_odds;
  evidence.value = value;
  evidence.unit = unit;
  evidence.for_clinician = for_clinician;
  evidence.for_runner =
      "Your " + std::string(side ? kSideNames.at(*side) : "low back") + " side: " + for_clinician;
  evidence.source = "Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298";
  evidence.grade = "B";
  return evidence;
}

Evidence pain_of(const std::string& rule, int points, const std::string& for_clinician) {
  Evidence evidence = evidence_of(rule, std::nullopt, 0.0, {}, "", for_clinician);
  evidence.pain_points = points;
  evidence.grade = "judgement";
  evidence.source = "own judgement, stated as such";
  return evidence;
}

CapacityAndUse extension_of(Side side, double capacity_deg, double use_deg, double offset_sd_deg,
                            CapacityVerdict verdict) {
  CapacityAndUse row;
  row.joint = "hip";
  row.direction = "extension";
  row.side = side;
  row.test = "modified_thomas";
  row.capacity_rad = degrees(capacity_deg, capacity_deg - 7.0, capacity_deg + 7.0);
  row.use_rad = degrees(use_deg, use_deg - 2.0, use_deg + 2.0);
  const double half_deg = kNormal90 * offset_sd_deg + 7.0;
  const double left_deg = capacity_deg - use_deg;
  row.left_rad = degrees(left_deg, left_deg - half_deg, left_deg + half_deg);
  row.offset_sd_rad = offset_sd_deg * kRadPerDeg;
  row.verdict = verdict;
  row.sentence =
      "Whether the run takes this hip to the end of its extension is not distinguishable from the "
      "error of the two measurements.";
  if (verdict == CapacityVerdict::kReached) {
    row.sentence = "The run takes this hip to the end that was recorded on the table.";
  }
  return row;
}

std::vector<NextMeasurement> next_of() {
  return {{"ramp", "a ramp: the treadmill's speed rising steadily for 75 s", 5.0, 0.31,
           "If the hip goes on giving, the answer would become \"probably not\"; if it comes to a "
           "stop, \"yes, probably\"."},
          {"modified_thomas_recorded",
           "the modified Thomas position, recorded in the laboratory with the markers on", 6.0,
           0.22, "It takes the unknown offset between table and run out of the comparison."},
          {"prone_hip_extension", "prone hip extension with the pelvis held", 3.0, 0.05,
           "It would move the probability by a few percent in either direction."}};
}

Repetition repetition_of(bool has_thorax) {
  Repetition repetition;
  const auto within = [](double value, double part) {
    return Estimate{value, value * (1.0 - part), value * (1.0 + part), 0.90, "planted"};
  };
  const struct {
    const char *recording, *demand;
    double strides, excursion;
  } rows[] = {{"run1", "3.5 m/s", 406.0, 14.2},
              {"run2", "5 m/s", 310.0, 17.0},
              {"run3", "7 m/s", 260.0, 19.5},
              {"run4", "9 m/s", 231.0, 22.1}};
  for (const auto& row : rows) {
    RepetitionOfDemand demand;
    demand.recording = row.recording;
    demand.demand = row.demand;
    demand.strides_per_km = within(row.strides, 0.02);
    const double per_km = row.strides * row.excursion;
    demand.strides_per_session = within(8.0 * row.strides, 0.02);
    demand.strides_per_week = within(30.0 * row.strides, 0.02);
    if (has_thorax) {
      demand.excursion_deg_per_stride = within(row.excursion, 0.06);
      demand.excursion_deg_per_km = within(per_km, 0.07);
      demand.relative_per_km = within(per_km / (406.0 * 14.2), 0.08);
      demand.excursion_deg_per_week = within(30.0 * per_km, 0.07);
    }
    repetition.demands.push_back(demand);
  }
  repetition.sentence =
      has_thorax ? "Relative to your own slowest recording your low back moved 0.91 times as far a "
                   "kilometre at 5 m/s."
                 : "How far the low back moves is not known without thorax markers.";
  return repetition;
}

Answer answer_of(AnswerClass answer_class, double right, double left) {
  Answer answer;
  answer.answer_class = answer_class;
  answer.probability = std::max(right, left);
  answer.probability_of_hip = {right, left};
  answer.probability_note = "calibrated on simulated runners only";
  answer.assumed = {
      "Between the table's zero and the run's lie 8 degrees (SD) that nobody measured.",
      "Before any recording a hip that stops was taken to be present in one runner of four."};
  answer.next = next_of();
  answer.repetition = repetition_of(true);
  return answer;
}

Safety all_clear() {
  Safety safety;
  safety.n_asked = safety.n_questions = 14;
  safety.sentence = "None of the 14 warning signs that were asked about was reported.";
  return safety;
}

}  // namespace

Examination fixture_exam() {
  Examination exam;
  exam.name = "Anna <Example>";
  exam.id = "R-014";
  exam.date = "2026-03-14";
  exam.examiner = "B. Therapist";
  exam.age_years = 34.0;
  for (const Side side : kSides) {
    ExamValue thomas;
    thomas.test = "modified_thomas";
    thomas.side = side;
    thomas.value = (side == kRight ? 2.0 : 9.0) * kRadPerDeg;
    thomas.sem = 5.6 * kRadPerDeg;
    thomas.method = "goniometer";
    thomas.pelvis_controlled = true;
    exam.values.push_back(thomas);
    ExamValue fadir;
    fadir.test = "fadir";
    fadir.side = side;
    fadir.value = 0.0;
    fadir.provokes_pain = false;
    exam.values.push_back(fadir);
  }
  exam.symptoms.has_pain = true;
  exam.symptoms.places = {PainPlace::kLowBack, PainPlace::kButtock};
  exam.symptoms.during_run = exam.symptoms.after_run = true;
  exam.symptoms.in_daily_life = false;
  exam.symptoms.by_extension = true;
  exam.symptoms.duration_weeks = 10.0;
  exam.symptoms.worst_0_10 = 5.0;
  exam.training = {30.0, 8.0, 15.0};
  exam.red_flags = {{"cauda_equina", false}, {"trauma", false}, {"fever", std::nullopt}};
  exam.notes = {"The left straight leg raise was written as 400 degrees and was left out."};
  return exam;
}

Results fixture_yes() {
  Results results = fixture_with_verdict(StopVerdict::kReached);
  results.examination = fixture_exam();
  results.safety = all_clear();
  Answer answer = answer_of(AnswerClass::kYesProbably, 0.86, 0.31);
  answer.for_runner =
      "Yes, probably: your pattern is consistent with a right hip that comes to a stop and a low "
      "back that does "
      "the rest, and your pain behaves as it would with that";
  answer.for_clinician =
      "The right hip is consistent with a stop near 31\u00b0; freeing it would let peak low back "
      "extension fall by more than its smallest detectable change, and the pain follows running "
      "and extension";
  answer.reasons = {
      "When you run faster your right hip stops giving at about 31\u00b0, and your low back takes "
      "up what is missing.",
      "On the table your right hip extends 7\u00b0 less than your left one, which is as much as "
      "can "
      "be told apart.",
      "Your low back hurts in and after running and not in daily life, as it would if running "
      "asked too much of it."};
  answer.evidence_for = {
      evidence_of("hip_stop", kRight, 2.41, {0.975, kNan, kNan, 0.90, "planted"}, "probability",
                  "The hip is consistent with a stop within the range that was recorded."),
      evidence_of("thomas", kRight, 0.84, {2.0, -7.2, 11.2, 0.90, "planted"}, "deg",
                  "The modified Thomas test lies below that of most runners, pelvis held."),
      pain_of("runs_only", 1, "The pain comes with running and is absent in daily life."),
      pain_of("by_extension", 1, "Bending backward brings the familiar pain on.")};
  answer.evidence_against = {evidence_of(
      "left_not_reached", kLeft, -0.62, {0.02, kNan, kNan, 0.90, "planted"}, "probability",
      "The left hip is not consistent with a stop within the range that was recorded.")};
  answer.context = {
      evidence_of("low_back_share", kRight, 0.0, {0.35, -0.05, 0.75, 0.90, "planted"}, "share",
                  "The low back's share of each further degree; a share describes, it is not a "
                  "fault."),
      evidence_of("static_tests_predict_little", std::nullopt, 0.0, {}, "",
                  "Static hip extension hardly predicts extension in running (r 0.16 in 26 "
                  "runners).")};
  answer.capacity_and_use = {
      extension_of(kRight, 27.0, 31.0, 0.0, CapacityVerdict::kReached),
      extension_of(kLeft, 9.0, 33.0, 8.0, CapacityVerdict::kNotDistinguishable)};
  results.answer = answer;
  return results;
}

Results fixture_possibly() {
  Results results = fixture_with_verdict(StopVerdict::kUndecided);
  results.examination = fixture_exam();
  results.examination->values.resize(1);
  results.examination->red_flags.clear();
  results.safety.n_questions = 14;
  results.safety.sentence = "Of 14 warning signs none was asked about.";
  Answer answer = answer_of(AnswerClass::kPossibly, 0.52, 0.44);
  answer.for_runner =
      "Possibly: your pattern is consistent with hips that come to a stop, and as "
      "well with hips that do not";
  answer.for_clinician = "A stop of either hip can neither be shown nor ruled out";
  answer.reasons = {
      "Between your slowest and your fastest run your thigh went only a little "
      "further behind you, too little to see a hip stop."};
  answer.evidence_for = {evidence_of("thomas", kRight, 0.84, {2.0, -7.2, 11.2, 0.90, "planted"},
                                     "deg", "The modified Thomas test lies below most runners'.")};
  answer.capacity_and_use = {
      extension_of(kRight, 2.0, 31.0, 8.0, CapacityVerdict::kNotDistinguishable)};
  results.answer = answer;
  return results;
}

Results fixture_probably_not() {
  Results results = fixture_with_verdict(StopVerdict::kNotReached);
  results.examination = fixture_exam();
  results.safety = all_clear();
  Answer answer = answer_of(AnswerClass::kProbablyNot, 0.06, 0.08);
  answer.for_runner =
      "Probably not: your pattern is not consistent with hips that stop, as both go on giving as "
      "far back as you "
      "ran";
  answer.for_clinician = "Neither hip is consistent with a stop within the range recorded";
  answer.reasons = {"Your hips give half of each further degree, also at your fastest run.",
                    "Your pain comes in daily life as well, which speaks for something else."};
  answer.evidence_against = {
      evidence_of("not_reached", kRight, -1.9, {0.02, kNan, kNan, 0.90, "planted"}, "probability",
                  "The hip is not consistent with a stop within the range that was recorded."),
      pain_of("daily_life", -1, "The pain is there in daily life, without having run.")};
  answer.next.clear();
  results.answer = answer;
  return results;
}

Results fixture_cannot_tell() {
  Results results = fixture_one_demand();
  Answer answer = answer_of(AnswerClass::kCannotTell, kNan, kNan);
  answer.probability = kNan;
  answer.for_runner =
      "Cannot tell from this recording: one run at one speed cannot show whether your hips come to "
      "a stop; it takes runs at "
      "different speeds";
  answer.for_clinician = "One demand shows no change of hip, low back or lean";
  answer.reasons = {
      "All your strides asked for the same, so nothing shows what happens when the "
      "leg has to go further."};
  answer.repetition.demands.resize(1);
  for (Estimate* said : {&answer.repetition.demands[0].strides_per_session,
                         &answer.repetition.demands[0].strides_per_week,
                         &answer.repetition.demands[0].excursion_deg_per_week}) {
    *said = {};
  }
  results.answer = answer;
  return results;
}

Results fixture_answer_without_thorax() {
  Results results = fixture_without_thorax();
  results.answer = answer_of(AnswerClass::kPossibly, 0.38, 0.41);
  results.answer.for_runner =
      "Possibly: without markers on your trunk your low back cannot be told from "
      "leaning forward";
  results.answer.repetition = repetition_of(false);
  return results;
}

Results fixture_held_back() {
  Results results = fixture_yes();
  results.safety.present = {
      {"cauda_equina", Urgency::kToday, "New numbness around the groin or seat was reported.",
       "Go to an emergency department today.", "Finucane et al. 2020, JOSPT 50:350"},
      {"sacral_bone_stress", Urgency::kThisWeek,
       "One-sided low back pain on each landing, with pain on hopping on one leg.",
       "Stop running and hopping, and see a sports physician this week.", "Harris et al. 2016"}};
  results.safety.urgency = Urgency::kToday;
  results.safety.sentence = "Two of 14 warning signs were reported.";
  results.answer.held_back = true;
  return results;
}

std::vector<std::pair<std::string, Results>> answer_fixtures() {
  return {{"yes", fixture_yes()},
          {"possibly", fixture_possibly()},
          {"probably_not", fixture_probably_not()},
          {"cannot_tell", fixture_cannot_tell()},
          {"no_thorax", fixture_answer_without_thorax()},
          {"held_back", fixture_held_back()}};
}

TEST(AnswerFixture, HasEveryClassAndARedFlag) {
  std::vector<int> n_of_class(4, 0);
  int n_held_back = 0;
  for (const auto& [name, results] : answer_fixtures()) {
    ++n_of_class.at(static_cast<std::size_t>(results.answer.answer_class));
    n_held_back += results.answer.held_back ? 1 : 0;
  }
  for (const int n : n_of_class) EXPECT_GE(n, 1);
  EXPECT_EQ(n_held_back, 1);
}

}  // namespace catena
