// Where a C3D file's data lie and how they are stored: the header held against the parameters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/c3d.h"
#include "catena/recording/c3d_header.h"

namespace catena {

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
                                    std::string_view bytes, const std::string& source,
                                    std::vector<std::string>& notes);

}  // namespace catena
