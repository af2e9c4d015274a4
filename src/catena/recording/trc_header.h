// The five lines above the table of a TRC file. Used by trc.cpp only.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/core/text.h"

namespace catena {

struct TrcHeader {
  double rate_hz = 0.0;
  double units_per_metre = 1.0;
  double claimed_frames = std::numeric_limits<double>::quiet_NaN();
  double claimed_markers = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::string> labels;  // n_points, all different
  std::vector<std::string> notes;
};

/// Reads up to the first row of the table; irregular tabs, missing axis names and blank lines are
/// coped with.
///
/// errors     kBadFormat, kUnsupported (unit), kMissingData (no markers)
Result<TrcHeader> read_trc_header(LineReader& lines, std::string_view source);

}  // namespace catena
