// Where a C3D file's data lie and how they are stored: the header held against the parameters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/c3d.h"

namespace catena {

inline constexpr std::size_t kC3dBlock = 512;  // NOLINT(readability-identifier-naming)

/// The header's record of twelve words, as it stands.
struct C3dHeader {
  C3dProcessor processor = C3dProcessor::kIntel;
  std::size_t parameters_at = 0;  // byte of the parameter section
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

/// What is in the data section; all of it lies within the file.
struct C3dLayout {
  C3dNumbers numbers = C3dNumbers::kReal;
  std::size_t n_points = 0;
  std::size_t n_channels = 0;
  std::size_t samples_per_frame = 0;
  std::size_t n_frames = 0;
  std::size_t data_at = 0;      // byte of the first frame
  std::size_t frame_bytes = 0;  // of each frame
  int first_frame = 1;
  double rate_hz = 0.0;
  double point_scale = 1.0;  // of integers; positive

  std::size_t word_bytes() const { return numbers == C3dNumbers::kReal ? 4 : 2; }
};

/// Settles what header and parameters say. Where they differ, what fits the file's size is taken
/// and a note tells; where that leaves it open, counts and places are the header's, the number of
/// frames is the parameters' (LONG_FRAMES, TRIAL, FRAMES, in this order), and so is the rate.
///
/// errors     kMissingData: no frame, no point and no channel; kBadFormat: no usable rate or scale
Result<C3dLayout> settle_c3d_layout(const C3dHeader& header, const std::vector<C3dGroup>& groups,
                                    std::size_t file_size, const std::string& source,
                                    std::vector<std::string>& notes);

}  // namespace catena
