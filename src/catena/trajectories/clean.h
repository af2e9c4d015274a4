// From points as recorded to points fit for use: exchanged labels put right, spikes taken out, gaps
// filled within limits. Every repair is listed.
#pragma once

#include <optional>
#include <vector>

#include "catena/core/error.h"
#include "catena/trajectories/body_shape.h"
#include "catena/trajectories/gaps.h"
#include "catena/trajectories/marker_clusters.h"
#include "catena/trajectories/repair.h"
#include "catena/trajectories/spikes.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

/// The usual cutoff for markers on runners: 10 Hz, fourth order, zero lag, as in Fukuchi, Fukuchi &
/// Duarte 2017, PeerJ 5:e3298; authors go from 6 to 15 Hz, and higher in sprinting.
inline constexpr double kRunningCutoff_hz = 10.0;  // NOLINT(readability-identifier-naming)

struct CleanOptions {
  bool swaps = true;
  bool spikes = true;
  bool gaps = true;
  SpikeOptions spike;
  GapOptions gap;
  // Low-pass of every marker after all repairs, see math/butterworth. Off where inverse kinematics
  // follows: joint angles are filtered after it, and twice would be once too often.
  std::optional<double> smooth_hz;
};

struct CleanCounts {
  int swaps = 0;
  int suspected_swaps = 0;
  int spikes = 0;
  int breaks = 0;
  int gaps_filled = 0;
  int gaps_left = 0;
  Eigen::Index positions_filled = 0;
  Eigen::Index positions_lost = 0;  // in the end, of points that are seen at all
};

struct Cleaned {
  Trajectories trajectories;
  std::vector<Repair> repairs;  // swaps, spikes, gaps, breaks left; each by point and frame
  CleanCounts counts;
};

/// Repairs a recording, in this order: exchanged labels, spikes, gaps, low-pass.
///
/// clusters   which markers ride on one segment; none: found from the motion
/// reference  the shape of the same body in another recording (standing, another run) or in its
///            model; nullptr: only what the recording itself shows is repaired
/// errors     kBadOption: a limit or cutoff that is negative or not a number
/// depends    see swaps.h, spikes.h, gaps.h for the rules and their limits
Result<Cleaned> clean(const Trajectories& trajectories, const MarkerClusters& clusters,
                      const BodyShape* reference = nullptr, const CleanOptions& options = {});

}  // namespace catena
