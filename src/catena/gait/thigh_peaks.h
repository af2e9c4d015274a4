// Strides by searched peaks of thigh extension: no contact event is needed.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace catena {

struct ThighPeakOptions {
  // Zero-lag fourth-order low-pass used to find the instant, not to change any angle. 12 Hz lies
  // in the field's 6 to 15 Hz for running.
  double cutoff_hz = 12.0;
  // The thigh must swing at least this far forward on both sides of a peak. Walking swings about
  // 40 degrees, running 50 and more.
  double min_prominence_rad = 0.35;
  // Where the recording (or what is known of it) begins or ends inside one of the two swings, this
  // much of it is enough: 3 degrees is far above what noise leaves after the filter. Raise it for
  // very noisy recordings, which then lose their first and last strides.
  double min_end_swing_rad = 0.052;
  // No runner takes more than 2.5 strides a second.
  double min_interval_s = 0.4;
};

struct ThighPeak {
  int frame = 0;        // nearest frame
  double time_s = 0.0;  // between frames: found on the filtered curve, then, where noise allows, by
                        // a cubic through the measured samples within 21 ms
};

/// The instants at which the thigh is furthest behind, one a stride.
///
/// thigh_extension_rad   (n_frames), NaN where unknown. A peak counts when it is seen to rise and
///                       fall: within half a period of the cutoff (42 ms) from a gap or an end
///                       it is left out
/// returns    in order of time; of two nearer than min_interval_s the higher, of equal ones the
///            first. The middle of a flat top
/// depends    the search looks at all of the recording: half-seen peaks at its ends must lie in
///            the upper third of its range
std::vector<ThighPeak> find_thigh_peaks(const Eigen::VectorXd& thigh_extension_rad,
                                        const Eigen::VectorXd& time_s, double rate_hz,
                                        const ThighPeakOptions& options = {});

}  // namespace catena
