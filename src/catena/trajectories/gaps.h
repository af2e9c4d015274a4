// Positions that were lost: filled where others tell them, left lost where nobody does.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/trajectories/marker_clusters.h"

namespace catena {

struct GapOptions {
  // Three other markers of the segment say where the lost one is, but for what skin does to it in
  // between. Half a stride's worth: up to here the worst frame of a gap is off by 3 to 20 mm
  // (median; public recordings of running at 3.5 to 9 m/s), which is what skin does anyway.
  double longest_by_cluster_s = 0.25;
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
};

/// Fills gaps, each from what was recorded, never from what was filled.
///
/// By the cluster: at least three other members are seen throughout the gap, and with them the
/// lost one before it and after it; its place among them is carried over from both sides, weighted
/// by nearness. At the recording's ends from one side. Else by a cubic whose ends and slopes are
/// those of the frames on either side. What is longer than the limits stays NaN. A point that is
/// never seen is no gap.
///
/// points_m   (n_frames, 3 n_points)
std::vector<FoundGap> fill_gaps(Eigen::MatrixXd& points_m, const PointClusters& clusters,
                                double rate_hz, const GapOptions& options = {});

}  // namespace catena
