// Positions far off a path for a few frames: marked as lost.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace catena {

struct SpikeOptions {
  // Longer excursions may be a body's: a foot is on the ground for 80 ms at the least.
  double longest_s = 0.02;
  // Nearer than this the skin is (10 to 20 mm at the thigh: Leardini et al. 2005, Gait Posture
  // 21:212), and what joint angles make of it is less than a degree.
  double least_size_m = 0.010;
  // What a marker on a runner's foot may do between two frames. Shank and shoe measure 5 to 30 g at
  // contact in running; a marker's path over a frame or two never shows the very peak.
  double largest_acceleration_m_s2 = 500.0;
  // In units of the marker's own noise.
  double least_noise_ratio = 8.0;
  // A path that breaks and does not come back: two glued markers' distance at the least.
  double least_break_m = 0.020;
};

struct FoundSpike {
  int point = 0;
  Eigen::Index first_frame = 0;
  Eigen::Index last_frame = 0;
  double size_m = 0.0;  // farthest from the bridged path
};

/// Finds excursions that leave a path and come back to it within some frames, where the frames
/// around them join smoothly, and sets them to NaN.
///
/// An excursion of w frames counts when it is farther from a cubic over the frames around it than
/// the largest acceleration could bring it there: a ((w + 1) dt)^2 / 12, the bound of a cubic's
/// error for an acceleration that comes and goes within it; and farther than least_size_m and
/// eight times the noise. The slope at contact bends the paths of all frames alike and is bridged
/// well.
///
/// points_m   (n_frames, 3 n_points)
std::vector<FoundSpike> lose_spikes(Eigen::MatrixXd& points_m, double rate_hz,
                                    const SpikeOptions& options = {});

/// Where a path breaks off and goes on elsewhere: two frames on either side that no speed in
/// between joins, by more than the largest acceleration could bend it in a frame and by more than
/// least_break_m. Which side is right cannot be said, so nothing is changed.
std::vector<FoundSpike> find_breaks(const Eigen::MatrixXd& points_m, double rate_hz,
                                    const SpikeOptions& options = {});

}  // namespace catena
