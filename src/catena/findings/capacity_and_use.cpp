#include "catena/findings/capacity_and_use.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <functional>

#include "catena/core/normal_estimate.h"
#include "catena/core/units.h"

namespace catena {
namespace {

/// A test whose value is the end of a joint direction that the run uses.
struct ComparedTest {
  const char* test;
  const char* joint;
  const char* direction;
  Estimate LegFindings::* use;
  bool flat_back = false;  // the pelvis is tipped back from how it stands
};

constexpr std::array kComparedTests = {
    ComparedTest{"modified_thomas", "hip", "extension", &LegFindings::hip_use_rad, true},
    ComparedTest{"prone_hip_extension", "hip", "extension", &LegFindings::hip_use_rad, true},
    ComparedTest{"hip_internal_rotation", "hip", "internal rotation",
                 &LegFindings::hip_rotation_in_use_rad},
    ComparedTest{"hip_external_rotation", "hip", "external rotation",
                 &LegFindings::hip_rotation_out_use_rad},
    ComparedTest{"weight_bearing_lunge", "ankle", "dorsiflexion", &LegFindings::ankle_use_rad}};

/// Zero where there is no interval.
double known_sd(const Estimate& estimate) {
  const double sd = sd_of(estimate);
  return std::isfinite(sd) ? sd : 0.0;
}

std::string sentence_of(const CapacityAndUse& row) {
  const auto deg = [](double rad) { return rad * kDegPerRad; };
  const std::string what = fmt::format("{} {} of the {} side", row.joint, row.direction,
                                       kSideNames.at(static_cast<std::size_t>(row.side)));
  if (row.verdict == CapacityVerdict::kReached) {
    return fmt::format(
        "The run uses {} up to its end: {:.0f} deg are left (90 % {:.0f} to {:.0f}).", what,
        deg(row.left_rad.value), deg(row.left_rad.low), deg(row.left_rad.high));
  }
  if (row.verdict == CapacityVerdict::kNotReached) {
    return fmt::format(
        "The run does not ask for all of {}: {:.0f} deg are left (90 % {:.0f} to {:.0f}), so it is "
        "not a restriction for this run.",
        what, deg(row.left_rad.value), deg(row.left_rad.low), deg(row.left_rad.high));
  }
  if (!std::isfinite(row.left_rad.low)) {
    return fmt::format(
        "Whether the run uses all of {} is not distinguishable: no error of this test is known "
        "well enough.",
        what);
  }
  if (row.left_rad.high < 0.0) {
    return fmt::format(
        "Whether the run uses all of {} is not distinguishable: it went {:.0f} deg further in the "
        "run than in the examination, so the two zeros lie further apart than was assumed{}.",
        what, -deg(row.left_rad.value),
        row.offset_sd_rad > 0.0 ? "; record the examined position itself to remove that" : "");
  }
  const char* why = row.offset_sd_rad > 0.0
                        ? "the zero of the examination and that of the run differ by an unknown "
                          "amount; record the examined position itself to remove it"
                        : "the error of the measurement is too large";
  return fmt::format(
      "Whether the run uses all of {} is not distinguishable: {:.0f} deg are left (90 % {:.0f} to "
      "{:.0f}); {}.",
      what, deg(row.left_rad.value), deg(row.left_rad.low), deg(row.left_rad.high), why);
}

/// capacity and use stand in the row; what is left, and the verdict.
void compare(double capacity_sd_rad, const Rules& rules, CapacityAndUse& row) {
  const double sd = std::hypot(capacity_sd_rad, known_sd(row.use_rad), row.offset_sd_rad);
  row.left_rad =
      normal_estimate(row.capacity_rad.value + row.offset_rad - row.use_rad.value, sd,
                      "errors of examination and run, and the offset between their zeros");
  // Nobody uses more than there is: what seems so by much shows two zeros that lie apart, and an
  // interval too wide to tell the end from its neighbourhood shows nothing.
  const double within = rules.reached_within_rad;
  const bool is_near = row.left_rad.high < within && row.left_rad.high > -within;
  const bool is_narrow = row.left_rad.high - row.left_rad.low < 4.0 * within;
  if (is_near && is_narrow) {
    row.verdict = CapacityVerdict::kReached;
  } else if (row.left_rad.low > 0.0) {
    row.verdict = CapacityVerdict::kNotReached;
  }
  row.sentence = sentence_of(row);
}

}  // namespace

std::vector<CapacityAndUse> capacity_and_use(const RunFindings& run,
                                             const std::optional<Examination>& exam,
                                             const std::vector<RecordedCapacity>& recorded,
                                             const Rules& rules) {
  std::vector<CapacityAndUse> rows;
  for (const Side side : kSides) {
    const LegFindings& leg = run.legs.at(side);
    for (const ComparedTest& compared : kComparedTests) {
      const Estimate& use = leg.*compared.use;
      if (!std::isfinite(use.value)) continue;
      CapacityAndUse row;
      row.joint = compared.joint;
      row.direction = compared.direction;
      row.side = side;
      row.test = compared.test;
      row.use_rad = use;
      bool is_recorded = false;
      for (const RecordedCapacity& position : recorded) {
        if (position.test != compared.test || position.side != side) continue;
        is_recorded = true;
        const double sd =
            std::hypot(known_sd(position.hip_extension_rad), rules.pattern.recorded_sd_rad);
        row.capacity_rad = normal_estimate(position.hip_extension_rad.value, sd,
                                           "the examined position, recorded: " + position.file);
        compare(sd, rules, row);
        rows.push_back(row);
        break;
      }
      if (is_recorded || !exam) continue;
      const ExamValue* value = find_value(*exam, compared.test, side);
      if (value == nullptr || !std::isfinite(value->value)) continue;
      row.offset_rad = compared.flat_back ? rules.pattern.flat_back_rad : 0.0;
      row.offset_sd_rad = rules.pattern.exam_zero_sd_rad;
      row.capacity_rad = normal_estimate(value->value, value->sem, "error of the test");
      compare(value->sem, rules, row);
      rows.push_back(row);
    }
  }
  return rows;
}

std::optional<HipEnd> hip_end(const std::vector<CapacityAndUse>& rows, Side side,
                              const PatternAssumptions& assumptions) {
  double weight = 0.0;
  double sum = 0.0;
  double offset_sd = 0.0;
  for (const CapacityAndUse& row : rows) {
    if (row.side != side || row.joint != "hip" || row.direction != "extension") continue;
    // What is not distinguishable is no evidence.
    if (row.verdict == CapacityVerdict::kNotDistinguishable) continue;
    const double sd = known_sd(row.capacity_rad);
    if (!(sd > 0.0)) continue;
    if (row.offset_sd_rad == 0.0)
      return HipEnd{row.capacity_rad.value, sd, assumptions.recorded_speaks};
    sum += (row.capacity_rad.value + row.offset_rad) / (sd * sd);
    weight += 1.0 / (sd * sd);
    offset_sd = row.offset_sd_rad;
  }
  if (!(weight > 0.0)) return std::nullopt;
  // The tests' own errors average out; the offset of the exam's zero is theirs in common.
  return HipEnd{sum / weight, std::hypot(std::sqrt(1.0 / weight), offset_sd),
                assumptions.exam_speaks};
}

}  // namespace catena
