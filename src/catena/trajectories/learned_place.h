// Where a marker is, from the markers around it: learned from the frames that show it.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

namespace catena {

/// A marker's place in the frame of its segment's other markers, as a linear function of where the
/// markers around are in that frame. So what skin does as the joints bend is told as well, which a
/// fixed place does not.
///
/// source     Gloersen & Federolf 2016, PLoS ONE 11:e0152616, for markers that tell of each other;
///            here in the segment's own frame, by ridge regression
struct LearnedPlace {
  std::vector<int> mates;    // of the segment: three or more
  std::vector<int> around;   // the mates and markers of neighbouring segments
  Eigen::Matrix3Xd mates_m;  // (3, n_mates) mean shape of the mates: the frame
  Eigen::VectorXd mean_m;    // (3 n_around) mean places of the markers around
  Eigen::Vector3d center_m = Eigen::Vector3d::Zero();  // mean place of the marker
  Eigen::MatrixXd slopes;                              // (3 n_around, 3)
  // RMS error on frames that were not learned from: every half of the recording, in ten parts,
  // told by the other half.
  double error_m = 0.0;
};

/// Learns from at most five hundred frames that show the marker and all around it; none when they
/// are fewer than three for each number that is to be learned from.
std::optional<LearnedPlace> learn_place(const Eigen::MatrixXd& points_m, int point,
                                        const std::vector<int>& mates,
                                        const std::vector<int>& others);

/// The marker's position in a frame; none where one of the markers around is lost.
std::optional<Eigen::Vector3d> place_in(const LearnedPlace& learned,
                                        const Eigen::MatrixXd& points_m, Eigen::Index frame);

}  // namespace catena
