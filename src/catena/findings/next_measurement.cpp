#include "catena/findings/next_measurement.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "catena/exam/exam_tests.h"
#include "catena/findings/expected_information.h"

namespace catena {
namespace {

std::string percent(double probability) { return fmt::format("{:.0f} %", 100.0 * probability); }

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
  if (test == nullptr) return;
  const HipEnd end = {0.0, rules.pattern.recorded_sd_rad, rules.pattern.recorded_speaks};
  Expected best;
  for (const Side side : kSides) {
    if (is_recorded(known, kHipTest, side)) continue;
    const Expected of_side = expect_hip_end(known.pattern, side, end, rules.pattern);
    if (of_side.bits >= best.bits) best = of_side;
  }
  constexpr double kMinutesToRecord = 3.0;
  open.push_back(
      {.id = "modified_thomas_recorded",
       .name = "modified Thomas test with the pelvis held, recorded with the same markers",
       .minutes = test->minutes + kMinutesToRecord,
       .expected_bits = best.bits,
       .could_change = fmt::format(
           "A hip that ends early would make the pattern's probability about {}, one that goes on "
           "further about {}.",
           percent(best.if_low_probability), percent(best.if_high_probability))});
}

/// By how much the relief at the farthest demand errs when each of these evenly spaced demands
/// strays by one, and the curve bends in the middle: ordinary least squares.
double error_of_relief(int n_demands) {
  Eigen::MatrixXd design(n_demands, 3);
  for (int i = 0; i < n_demands; ++i) {
    const double x = static_cast<double>(i) / (n_demands - 1);
    design.row(i) << 1.0, x, std::max(0.0, x - 0.5);
  }
  return 0.5 * std::sqrt((design.transpose() * design).inverse()(2, 2));
}

/// How far this runner's demands stray, strides' scatter and all.
double straying_rad(const RunFindings& run, double strides) {
  const TakeUpPrior prior;
  double deviation_rad = prior.typical_deviation_rad;
  for (const Side side : kSides) {
    const TakeUp& take_up = run.legs.at(side).take_up;
    if (!std::isfinite(take_up.hip.estimate.value)) continue;
    deviation_rad = 0.5 * (take_up.deviation_low_rad + take_up.deviation_high_rad);
    break;  // one for both legs
  }
  return std::hypot(deviation_rad, prior.stride_sd_rad / std::sqrt(strides));
}

std::string recording_could_change(const Expected& expected) {
  return fmt::format(
      "A stop that is found in it would make the pattern's probability about {}, none about {}.",
      percent(expected.if_high_probability), percent(expected.if_low_probability));
}

/// Five speeds, or a ramp, which finds stops about as often where posture drifts as the estimator
/// supposes. How posture drifts along a ramp nobody has published, and where it walks or steps a
/// ramp misleads (docs/hip-stop.md): it is trusted in so many of ten runners.
void add_recordings(const KnownSoFar& known, const Rules& rules,
                    std::vector<NextMeasurement>& open) {
  constexpr int kDemands = 5;
  constexpr double kStrides = 30.0;
  constexpr double kRampSpeaks = 0.7;
  const double sd_rad = error_of_relief(kDemands) * straying_rad(known.run, kStrides);
  const bool nothing_yet = known.pattern.weight.size() == 0;
  const Pattern pattern = nothing_yet ? pattern_before_run(rules.pattern) : known.pattern;
  if (known.run.n_demands < kDemands) {
    const Expected expected = expect_relief(pattern, sd_rad, 1.0, rules.pattern);
    open.push_back({.id = "five_speeds",
                    .name = "five speeds from slow to fast, 30 s each",
                    .minutes = 8.0,
                    .expected_bits = expected.bits,
                    .could_change = recording_could_change(expected)});
  }
  const Expected expected = expect_relief(pattern, sd_rad, kRampSpeaks, rules.pattern);
  open.push_back({.id = "ramp",
                  .name = "a ramp: the treadmill's speed rising steadily for 75 s",
                  .minutes = 4.0,
                  .expected_bits = expected.bits,
                  .could_change = recording_could_change(expected)});
}

/// Which part of the pelvis's turn is the low back's.
void add_thorax(const KnownSoFar& known, const Rules& rules, std::vector<NextMeasurement>& open) {
  if (!known.run.has_run || known.run.has_thorax) return;
  open.push_back({.id = "thorax_markers",
                  .name = "the same speeds with markers on C7, T8 and the sternum",
                  .minutes = 15.0,
                  .expected_bits = expect_low_back_part(known.pattern, rules.pattern).bits,
                  .could_change =
                      "Low back and forward lean could be told apart, without which the "
                      "answer cannot be more than possibly."});
}

/// How the pain behaves, and whether a red flag is present: of the answer, not of the pattern, so
/// there are no bits to expect of it.
NextMeasurement questions() {
  return {.id = "symptoms",
          .name = "the questions about the pain and about red flags (catena exam)",
          .minutes = 2.0,
          .could_change =
              "They ask about red flags, which come before any answer; without them "
              "the answer cannot be more than possibly."};
}

}  // namespace

std::vector<NextMeasurement> open_measurements(const KnownSoFar& known, const Rules& rules) {
  std::vector<NextMeasurement> open;
  add_recordings(known, rules, open);
  add_recorded_hip(known, rules, open);
  add_thorax(known, rules, open);
  // What would hardly move the answer is not worth anyone's minutes.
  constexpr double kWorthwhileBits = 0.02;
  std::erase_if(open,
                [](const NextMeasurement& next) { return next.expected_bits < kWorthwhileBits; });
  std::ranges::stable_sort(open, std::ranges::greater(), &NextMeasurement::expected_bits);
  // The questions always are, and safety comes first.
  const bool was_asked = known.exam && known.exam->symptoms.has_pain;
  if (!was_asked) open.insert(open.begin(), questions());
  return open;
}

}  // namespace catena
