// Values back into the words of a C3D data section.
#pragma once

#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/c3d.h"
#include "catena/recording/c3d_meaning.h"
#include "catena/recording/c3d_renew.h"

namespace catena {

/// Makes POINT:SCALE such that every value can be stored, keeping the one that is there if it will
/// do. Returns it, positive.
double renew_point_scale(const C3dFile& file, double per_metre, const C3dWriteOptions& options,
                         std::vector<C3dGroup>& groups);

/// Makes ANALOG:SCALE, OFFSET, GEN_SCALE and FORMAT such that every value can be stored, keeping
/// those that are there if they will do: as integers, if the values are whole counts of them.
C3dChannels renew_analog_scales(const AnalogRecording& analog, const C3dWriteOptions& options,
                                std::vector<C3dGroup>& groups);

/// How values become words.
struct C3dCoding {
  C3dWriteOptions options;
  double per_metre = 1000.0;
  double point_scale = 1.0;
  std::size_t samples_per_frame = 0;
  C3dChannels channels;
  C3dOrder order;
};

/// The data section.
///
/// errors     kUnsupported: a value that the processor or integers do not have
Result<std::string> encode_c3d_data(const C3dFile& file, const C3dCoding& coding);

}  // namespace catena
