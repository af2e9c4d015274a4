// Positions that were lost: filled where others tell them, left lost where nobody does.
#pragma once

#include <Eigen/Core>
#include <limits>
#include <vector>

#include "catena/trajectories/marker_clusters.h"

namespace catena {

struct GapOptions {
  // Three or more other markers of the segment, and those of its neighbours, say where the lost one
  // is once the frames that show it have taught how skin moves it (see learned_place). Its error
  // does not grow with the gap: 1 to 6 mm RMS over 0.06 to 1 s in public recordings of running at
  // 3.5 to 9 m/s. So the limit is what was seen: a gap is no longer than this part of the frames
  // that show the marker, and the error on frames that were not learned from is no larger than what
  // skin does.
  double longest_of_seen = 1.0 / 3.0;
  double largest_error_m = 0.010;
  // Where too few frames teach, the marker is carried along as it sat on the segment before and
  // after: 20 mm off after half a second in the same recordings, within 10 mm up to here.
  double longest_carried_s = 0.25;
  // A cubic from either side. Laboratories' software stops at 10 frames, 0.1 s at 100 Hz; in slow
  // movements 0.2 s are still good (Howarth & Callaghan 2010, Comput Methods Biomech Biomed Engin
  // 13:847). A running leg turns round sooner: at 0.06 s the worst frame is off by 1 to 4 mm in
  // half of the gaps and by 16 mm in one of twenty (the same recordings up to 4.5 m/s), at 0.1 s by
  // 34 mm.
  double longest_by_spline_s = 0.06;
};

enum class GapFill { kByCluster, kBySpline, kLeftLost };

struct FoundGap {
  int point = 0;
  Eigen::Index first_frame = 0;
  Eigen::Index last_frame = 0;
  GapFill fill = GapFill::kLeftLost;
  // RMS error of the same fill on frames that were seen and not learned from; NaN where unknown.
  double error_m = std::numeric_limits<double>::quiet_NaN();
};

/// Fills gaps: by the cluster where three other members are seen throughout the gap and beside it,
/// else by a cubic whose ends and slopes are those of the frames on either side. What is longer
/// than the limits stays NaN; at the recording's ends only the cluster fills. A point that is never
/// seen is no gap. Short gaps are filled from what was recorded; long ones, by the cluster only,
/// may lean on others' short ones. At a gap's ends the fill meets the recorded positions.
///
/// points_m   (n_frames, 3 n_points)
std::vector<FoundGap> fill_gaps(Eigen::MatrixXd& points_m, const PointClusters& clusters,
                                double rate_hz, const GapOptions& options = {});

}  // namespace catena
