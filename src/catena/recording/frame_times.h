// Time from the rate, checked against a time column that may be rounded, gappy or stale.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

/// No camera is outside these bounds.
inline constexpr double kLowestRate_hz = 1e-2;  // NOLINT(readability-identifier-naming)
inline constexpr double kHighestRate_hz = 1e6;  // NOLINT(readability-identifier-naming)

/// An even clock, and the tick of each row that the file has.
struct FrameTimes {
  double first_s = 0.0;
  double rate_hz = 0.0;
  std::vector<int> frame;  // of each row, strictly increasing from 0; skips where rows are missing
  int n_frames = 0;        // of the even clock: frame.back() + 1
  std::vector<std::string> notes;
};

/// Digits after the point that a time column's field really uses: 3 for "4.983000".
int used_decimals(std::string_view field);

/// A time column as read.
struct TimeColumn {
  std::vector<double> time_s;  // of each row; NaN where it could not be read
  std::vector<int> line;       // of each row in the file, for error places
  int decimals = 0;            // the most digits after the point that any field uses
};

/// Settles the clock of a recording.
///
/// rate_hz    what the header says; positive and finite
/// source     the file's path, for error places
/// errors     kBadFormat: time goes back, or jumps so far that two recordings must have been
///            joined
Result<FrameTimes> settle_times(const TimeColumn& column, double rate_hz, std::string_view source);

}  // namespace catena
