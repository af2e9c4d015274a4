// C3D's data section: frames of interleaved words into columns of doubles.
#pragma once

#include <string_view>
#include <vector>

#include "catena/recording/c3d.h"
#include "catena/recording/c3d_layout.h"
#include "catena/recording/c3d_meaning.h"

namespace catena {

struct C3dDataCounts {
  std::size_t n_beyond = 0;  // positions with a good residual, but no place
};

/// Fills markers, outputs, fourth words and analog values.
///
/// A position is lost (NaN) where its fourth word is negative, or where a coordinate is no number
/// or, for markers, is so far away that it can only be a maker's sign for "hidden"; its fourth word
/// is negative then. Exact zeros are kept: the trajectories layer counts them as lost.
C3dDataCounts read_c3d_data(std::string_view file, const C3dLayout& layout, double per_metre,
                            const C3dPoints& points, const C3dChannels& channels, C3dFile& out);

}  // namespace catena
