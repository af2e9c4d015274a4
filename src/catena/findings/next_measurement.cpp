#include "catena/findings/next_measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "catena/chain/recording_plan.h"
#include "catena/core/units.h"
#include "catena/exam/exam_tests.h"

namespace catena {
namespace {

std::string percent(double probability) { return fmt::format("{:.0f} %", 100.0 * probability); }

double now_or_before(const KnownSoFar& known, const Rules& rules) {
  return std::isfinite(known.probability) ? known.probability : rules.pattern.pattern_prior;
}

constexpr const char* kHipTest = "modified_thomas";

bool is_recorded(const KnownSoFar& known, const char* test, Side side) {
  return std::ranges::any_of(known.recorded, [&](const RecordedCapacity& position) {
    return position.test == test && position.side == side;
  });
}

/// The end of both hips, recorded in the run's own laboratory, so that its zero is the run's.
/// Unrecorded it would hardly ever be distinguishable from use.
void add_recorded_hip(const KnownSoFar& known, const Rules& rules,
                      std::vector<NextMeasurement>& open) {
  const ExamTest* test = find_test(kHipTest);
  if (test == nullptr || known.pattern.weight.size() == 0) return;
  const HipEnd end = {0.0, rules.pattern.recorded_sd_rad, rules.pattern.recorded_speaks};
  NextMeasurement next;
  Expected best;
  bool is_open = false;
  for (const Side side : kSides) {
    if (is_recorded(known, kHipTest, side)) continue;
    is_open = true;
    const Expected of_side = expect_hip_end(known.pattern, side, end, rules.pattern);
    if (of_side.bits >= best.bits) best = of_side;
  }
  if (!is_open) return;
  constexpr double kMinutesToRecord = 3.0;
  next.id = "modified_thomas_recorded";
  next.name = "modified Thomas test with the pelvis held, recorded with the same markers";
  next.minutes = test->minutes + kMinutesToRecord;
  next.expected_bits = best.bits;
  next.could_change = fmt::format(
      "A hip that ends early would make the pattern's probability about {}, one that goes on "
      "further about {}.",
      percent(best.if_early_probability), percent(best.if_late_probability));
  open.push_back(next);
}

/// Speeds or a ramp, as far as the table of planned recordings says what they would tell.
void add_recording(const KnownSoFar& known, const Rules& rules, const RecordingPlan& plan,
                   NextMeasurement next, std::vector<NextMeasurement>& open) {
  const Result<PlanOutlook> outlook = outlook_of(plan);
  if (!outlook || !outlook->middle || !std::isfinite(outlook->middle->power)) return;
  const Outlook& middle = *outlook->middle;
  const double accused = std::isfinite(middle.accused) ? middle.accused : 0.05;
  const Expected expected = expect_yes_or_no(now_or_before(known, rules), middle.power, accused);
  next.expected_bits = expected.bits;
  next.could_change = fmt::format(
      "A stop that is found in it would make the pattern's probability about {}, none about {}.",
      percent(expected.if_early_probability), percent(expected.if_late_probability));
  open.push_back(next);
}

void add_recordings(const KnownSoFar& known, const Rules& rules,
                    std::vector<NextMeasurement>& open) {
  constexpr double kSlowest_m_s = 2.5;  // NOLINT(readability-identifier-naming)
  constexpr double kFastest_m_s = 4.5;  // NOLINT(readability-identifier-naming)
  constexpr double kManyStrides = 30.0;
  RecordingPlan ramp;
  ramp.ramp_from_m_s = kSlowest_m_s;
  ramp.ramp_to_m_s = kFastest_m_s;
  ramp.ramp_s = 75.0;
  NextMeasurement by_ramp;
  by_ramp.id = "ramp";
  by_ramp.name = "a ramp: the treadmill's speed rising steadily for 75 s";
  by_ramp.minutes = 4.0;
  add_recording(known, rules, ramp, by_ramp, open);

  constexpr int kEnough = 5;
  if (known.run.n_demands >= kEnough) return;
  RecordingPlan speeds;
  speeds.speeds_m_s = {2.5, 3.0, 3.5, 4.0, 4.5};
  speeds.strides = kManyStrides;
  NextMeasurement by_speeds;
  by_speeds.id = "five_speeds";
  by_speeds.name = "five speeds from slow to fast, 30 s each";
  by_speeds.minutes = 8.0;
  add_recording(known, rules, speeds, by_speeds, open);
}

/// Which part of the pelvis's turn is the low back's.
void add_thorax(const KnownSoFar& known, const Rules& rules, std::vector<NextMeasurement>& open) {
  if (!known.run.has_run || known.run.has_thorax || known.pattern.weight.size() == 0) return;
  // Once the part is known, each draw's relief is known up to that part: the pattern is present
  // where the least part already suffices, absent where the most does not.
  const PatternAssumptions& assumed = rules.pattern;
  double raw = 0.0;
  double surely = 0.0;
  for (Eigen::Index i = 0; i < known.pattern.weight.size(); ++i) {
    const double relief = known.pattern.relief_rad.row(i).maxCoeff();
    if (relief >= assumed.smallest_change_rad) raw += known.pattern.weight[i];
    if (relief * assumed.least_split / assumed.most_split >= assumed.smallest_change_rad) {
      surely += known.pattern.weight[i];
    }
  }
  if (!(raw > 0.0)) return;
  const Expected expected = expect_yes_or_no(raw, 1.0 - 0.5 * (1.0 - surely / raw), raw - surely);
  NextMeasurement next;
  next.id = "thorax_markers";
  next.name = "the same speeds with markers on C7, T8 and the sternum";
  next.minutes = 15.0;
  next.expected_bits = expected.bits;
  next.could_change =
      "Low back and forward lean could be told apart, without which the answer cannot be more "
      "than possibly.";
  open.push_back(next);
}

/// How the pain behaves decides between possibly and yes, probably, if the pattern is there.
void add_symptoms(const KnownSoFar& known, const Rules& rules, std::vector<NextMeasurement>& open) {
  if (known.exam && known.exam->symptoms.has_pain) return;
  NextMeasurement next;
  next.id = "symptoms";
  next.name = "the questions about the pain and about red flags (catena exam)";
  next.minutes = 2.0;
  // Of the answer, not of the pattern: where the pattern is present, a yes or no at even odds.
  next.expected_bits = now_or_before(known, rules);
  next.could_change =
      "Without them the answer cannot be more than possibly; pain that comes with running alone "
      "would speak for it, pain in daily life or at rest against it.";
  open.push_back(next);
}

}  // namespace

std::vector<NextMeasurement> open_measurements(const KnownSoFar& known, const Rules& rules) {
  std::vector<NextMeasurement> open;
  add_symptoms(known, rules, open);
  add_recordings(known, rules, open);
  add_recorded_hip(known, rules, open);
  add_thorax(known, rules, open);
  std::ranges::stable_sort(open, std::ranges::greater(), &NextMeasurement::expected_bits);
  return open;
}

}  // namespace catena
