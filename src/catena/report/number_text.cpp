#include "catena/report/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catena/core/units.h"

namespace catena {
namespace {

// Intervals this wide or wider are printed without decimals.
constexpr double kWideIntervalDeg = 5.0;
constexpr double kWideIntervalMm = 5.0;

std::string with_interval(const Estimate& estimate, int decimals, Script script,
                          const std::string& unit) {
  if (!std::isfinite(estimate.value)) return "not known";
  const std::string value = plain_number(estimate.value, decimals, script) + unit;
  if (!std::isfinite(estimate.low) || !std::isfinite(estimate.high)) {
    return value + " (no interval)";
  }
  return fmt::format("{} ({} to {})", value, plain_number(estimate.low, decimals, script),
                     plain_number(estimate.high, decimals, script));
}

Estimate times(double factor, Estimate estimate) {
  for (double* value : {&estimate.value, &estimate.low, &estimate.high}) *value *= factor;
  return estimate;
}

}  // namespace

std::string degrees_text(const Estimate& estimate, Script script, const std::string& unit) {
  const bool wide = estimate.high - estimate.low >= kWideIntervalDeg;
  return with_interval(estimate, wide ? 0 : 1, script, unit);
}

std::string angle_text(const Estimate& estimate_rad, Script script, const std::string& unit) {
  return degrees_text(times(kDegPerRad, estimate_rad), script, unit);
}

std::string share_text(const Estimate& estimate, Script script) {
  return with_interval(estimate, 2, script, "");
}

std::string centimetres_text(const Estimate& estimate_m, Script script, const std::string& unit) {
  return with_interval(times(1e2, estimate_m), 1, script, unit);
}

std::string millimetres_text(const Estimate& estimate_m, Script script, const std::string& unit) {
  const Estimate in_mm = times(1e3, estimate_m);
  return with_interval(in_mm, in_mm.high - in_mm.low >= kWideIntervalMm ? 0 : 1, script, unit);
}

std::string probability_text(double probability) {
  if (!std::isfinite(probability)) return "not known";
  if (probability < 0.01) return "under 1 %";
  if (probability > 0.99) return "over 99 %";
  return fmt::format("{:.0f} %", 100.0 * probability);
}

std::string plain_number(double value, int decimals, Script script) {
  if (!std::isfinite(value)) return "not known";
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const bool negative = text.front() == '-';
  if (negative) text.erase(0, 1);
  const bool is_zero =
      std::all_of(text.begin(), text.end(), [](char c) { return c == '0' || c == '.'; });
  if (!negative || is_zero) return text;
  return (script == Script::kAscii ? "-" : "\u2212") + text;
}

}  // namespace catena
