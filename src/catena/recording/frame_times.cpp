#include "catena/recording/frame_times.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "catena/core/text.h"

namespace catena {
namespace {

// A rate within this of the header's is the header's; beyond it the header is stale.
constexpr double kRateAgreement = 0.02;

bool all_finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

double median_step(const std::vector<double>& times) {
  std::vector<double> steps(times.size() - 1);
  for (std::size_t i = 1; i < times.size(); ++i) steps[i - 1] = times[i] - times[i - 1];
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

// Largest distance of the column from an even clock.
double largest_departure(const std::vector<double>& column_s, const FrameTimes& times) {
  double largest = 0.0;
  for (std::size_t i = 0; i < column_s.size(); ++i) {
    const double even = times.first_s + times.frame[i] / times.rate_hz;
    largest = std::max(largest, std::abs(column_s[i] - even));
  }
  return largest;
}

void number_rows(FrameTimes& times, std::size_t n_rows) {
  times.frame.resize(n_rows);
  std::iota(times.frame.begin(), times.frame.end(), 0);
  times.n_frames = static_cast<int>(n_rows);
}

// A column may count milliseconds or frames. Returns what one of its units is, in seconds.
double column_unit_s(const TimeColumn& column, double rate_hz, FrameTimes& times) {
  const double step = median_step(column.time_s);
  if (std::abs(step * rate_hz / 1000.0 - 1.0) < kRateAgreement) {
    times.notes.emplace_back("The time column was taken as milliseconds.");
    return 1e-3;
  }
  if (column.decimals == 0 && step == 1.0 && rate_hz >= 5.0) {
    times.notes.emplace_back("The time column counts frames; time was built from the rate.");
    return 1.0 / rate_hz;
  }
  return 1.0;
}

// How far a time in the column may be from the true one: nothing where the frame's duration has no
// more digits than the column shows, 0.004 s in a column of three.
double rounding_s(double digit_s, double rate_hz) {
  const double digits = 1.0 / (rate_hz * digit_s);
  const bool exact =
      std::round(digits) >= 1.0 && std::abs(digits - std::round(digits)) < 1e-6 * digits;
  return exact ? 0.0 : digit_s;
}

// Three steps of four are this one.
bool is_even(const std::vector<double>& time_s, double step_s, double tolerance_s) {
  std::size_t n_equal = 0;
  for (std::size_t i = 1; i < time_s.size(); ++i) {
    n_equal += std::abs(time_s[i] - time_s[i - 1] - step_s) <= tolerance_s ? 1U : 0U;
  }
  return n_equal >= 2 && 4 * n_equal >= 3 * (time_s.size() - 1);
}

// A column that steps evenly at another rate than the header's: the rows were thinned out, or the
// header was left over from another file.
//
// digit_s    the last digit that the column shows
void prefer_column_rate(const std::vector<double>& time_s, double digit_s, FrameTimes& times) {
  const double header_step_s = 1.0 / times.rate_hz;
  const double step_s = median_step(time_s);
  // The step itself may have been rounded, as 1/60 s is to 0.017 s.
  const double allowed_s = std::max(kRateAgreement * header_step_s, 0.51 * digit_s);
  if (step_s <= 0.0 || std::abs(step_s - header_step_s) <= allowed_s) return;
  if (!is_even(time_s, step_s, 1.01 * digit_s + 0.1 * step_s)) return;
  // The mean over all steps; every k-th frame of the header's rate where that is it but for a
  // short step at the end.
  double n_steps = 0.0;
  for (std::size_t i = 1; i < time_s.size(); ++i) {
    n_steps += std::round((time_s[i] - time_s[i - 1]) / step_s);
  }
  double rate_hz = n_steps / (time_s.back() - time_s.front());
  const double k = std::round(times.rate_hz / rate_hz);
  if (k >= 2.0 && std::abs(times.rate_hz / (k * rate_hz) - 1.0) < 0.01) rate_hz = times.rate_hz / k;
  // False for NaN too.
  if (!(rate_hz >= kLowestRate_hz && rate_hz <= kHighestRate_hz)) return;
  times.notes.push_back("The time column steps by " + in_words(1.0 / rate_hz) + " s, not by the " +
                        in_words(header_step_s) + " s of the rate " + in_words(times.rate_hz) +
                        " Hz in the header; the column was taken.");
  times.rate_hz = rate_hz;
}

Error broken_time(const std::string& how, double from_s, double to_s, std::string where) {
  return {Errc::kBadFormat,
          "time " + how + " from " + in_words(from_s) + " s to " + in_words(to_s) + " s",
          std::move(where), "split the file into its recordings, or correct its time column"};
}

// Gives each row its tick. A step of several frames is a gap.
//
// resolution_s   how far a time may be rounded; beyond half a frame it hides gaps, and only jumps
//                are found
Result<void> find_gaps(const std::vector<double>& time_s, double resolution_s,
                       const TimeColumn& column, std::string_view source, FrameTimes& times) {
  int missing = 0;
  int gaps = 0;
  const int most_missing = static_cast<int>(time_s.size());
  const bool is_coarse = resolution_s >= 0.4 / times.rate_hz;
  for (std::size_t i = 1; i < time_s.size(); ++i) {
    const double step_s = time_s[i] - time_s[i - 1];
    const double sure_step_s = is_coarse ? step_s - 2.0 * resolution_s : step_s;
    double skipped = std::max(0.0, std::round(sure_step_s * times.rate_hz) - 1.0);
    const bool back = step_s < -resolution_s - 0.5 / times.rate_hz;
    if (back || skipped > most_missing - missing) {
      return tl::make_unexpected(broken_time(back ? "goes back" : "jumps", time_s[i - 1], time_s[i],
                                             place(source, column.line[i], 2)));
    }
    if (is_coarse) skipped = 0.0;
    missing += static_cast<int>(skipped);
    gaps += skipped > 0.0 ? 1 : 0;
    times.frame[i] = times.frame[i - 1] + 1 + static_cast<int>(skipped);
  }
  times.n_frames = times.frame.back() + 1;
  if (missing > 0) {
    times.notes.push_back(std::to_string(missing) + (missing == 1 ? " frame is" : " frames are") +
                          " not in the file (the time column jumps " + std::to_string(gaps) +
                          (gaps == 1 ? " time" : " times") + ") and count as lost.");
  }
  return {};
}

}  // namespace

int used_decimals(std::string_view field) {
  field = trim(field);
  // With an exponent the digits say little: taken as exact.
  if (field.find_first_of("eE") != std::string_view::npos) return 15;
  const std::size_t point = field.find('.');
  if (point == std::string_view::npos) return 0;
  while (field.back() == '0') field.remove_suffix(1);
  return static_cast<int>(std::min<std::size_t>(field.size() - point - 1, 15));
}

Result<FrameTimes> settle_times(const TimeColumn& column, double rate_hz, std::string_view source) {
  FrameTimes times;
  times.rate_hz = rate_hz;
  std::vector<double> time_s = column.time_s;
  number_rows(times, time_s.size());
  if (time_s.empty()) return times;
  // A column that cannot be read or never moves: the rate alone.
  if (!all_finite(time_s)) {
    times.first_s = std::isfinite(time_s.front()) ? time_s.front() : 0.0;
    times.notes.emplace_back("The time column has gaps; time was built from the rate.");
    return times;
  }
  times.first_s = time_s.front();
  if (time_s.size() == 1) return times;
  if (std::all_of(time_s.begin(), time_s.end(), [&](double t) { return t == time_s[0]; })) {
    times.notes.emplace_back("The time column stands still; time was built from the rate.");
    return times;
  }

  // Within the column's own rounding nothing needs to be said.
  const double unit_s = column_unit_s(column, rate_hz, times);
  for (double& t : time_s) t *= unit_s;
  times.first_s = time_s.front();
  const double digit_s = unit_s * std::pow(10.0, -column.decimals);
  double resolution_s = rounding_s(digit_s, rate_hz);
  const double span_s = std::abs(time_s.back() - time_s.front());
  const auto agrees = [&] {
    const double silent_s = 1.001 * resolution_s + 1e-5 * span_s + 0.02 / times.rate_hz;
    return largest_departure(time_s, times) <= silent_s;
  };
  if (agrees()) return times;

  prefer_column_rate(time_s, digit_s, times);
  resolution_s = rounding_s(digit_s, times.rate_hz);
  auto done = find_gaps(time_s, resolution_s, column, source, times);
  if (!done) return tl::make_unexpected(done.error());
  if (!agrees()) {
    times.notes.push_back("The time column departs by up to " +
                          in_words(largest_departure(time_s, times)) + " s from the rate of " +
                          in_words(times.rate_hz) + " Hz; time was built from the rate.");
  }
  return times;
}

}  // namespace catena
