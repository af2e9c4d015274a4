#include "catena/chain/stride_result.h"

#include <cmath>

namespace catena {

std::vector<StrideResult> find_strides(const SegmentMotion& motion, Side side,
                                       const std::optional<ChainPosture>& standing, int recording,
                                       const ThighPeakOptions& options) {
  const std::vector<ThighPeak> peaks = find_thigh_peaks(thigh_extension_curve_rad(motion, side),
                                                        motion.time_s, motion.rate_hz, options);
  const ChainPosture upright = upright_posture(motion.has_thorax);

  std::vector<StrideResult> strides;
  int previous_frame = 0;
  for (const ThighPeak& peak : peaks) {
    const ChainPosture posture = posture_at(motion, side, peak.frame);
    StrideResult stride;
    stride.recording = recording;
    stride.peak_frame = peak.frame;
    stride.peak_time_s = peak.time_s;
    stride.absolute = budget_between(upright, posture);
    stride.at_peak = budget_between(standing.value_or(upright), posture);
    stride.gained = budget_gained(motion, side, peak.frame, previous_frame);
    strides.push_back(stride);
    previous_frame = peak.frame;
  }
  return strides;
}

}  // namespace catena
