// Strides by searched peaks of thigh extension: no contact event is needed.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace catena {

struct ThighPeakOptions {
  // Zero-lag fourth-order low-pass used to find the instant, not to change any angle. 12 Hz lies
  // in the field's 6 to 15 Hz for running.
  double cutoff_hz = 12.0;
  // The thigh must swing at least this far forward on both sides of a peak (or to the end of the
  // recording on one side). Walking swings about 40 degrees, running 50 and more.
  double min_prominence_rad = 0.35;
  // No runner takes more than 2.5 strides a second.
  double min_interval_s = 0.4;
};

struct ThighPeak {
  int frame = 0;  // nearest frame
  double time_s = 0.0;
};

/// thigh_extension_rad   (n_frames), NaN where unknown; peaks next to a gap or an end are left out
std::vector<ThighPeak> find_thigh_peaks(const Eigen::VectorXd& thigh_extension_rad,
                                        const Eigen::VectorXd& time_s, double rate_hz,
                                        const ThighPeakOptions& options = {});

}  // namespace catena
