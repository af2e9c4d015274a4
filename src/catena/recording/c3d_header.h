// The first block of a C3D file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "catena/core/error.h"
#include "catena/recording/c3d.h"

namespace catena {

inline constexpr std::size_t kC3dBlock = 512;  // NOLINT(readability-identifier-naming)

/// The header's record of twelve words, as it stands.
struct C3dHeader {
  C3dProcessor processor = C3dProcessor::kIntel;
  std::size_t parameters_at = 0, parameters_end = 0;  // bytes of the parameter section
  int n_points = 0;
  int analog_per_frame = 0;  // channels times samples
  int first_frame = 0, last_frame = 0;
  int samples_per_frame = 0;
  double scale = 0.0;  // negative: real numbers
  std::size_t data_at = 0;
  double rate_hz = 0.0;
};

/// errors     kBadFormat: too short, text, or no C3D; a pointer beyond the end of the file
Result<C3dHeader> read_c3d_header(std::string_view bytes, const std::string& source);

}  // namespace catena
