// Labels followed from frame to frame: where two or three of them change places.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace catena {

/// Points whose labels may be exchanged, and where each position came from.
struct LabelledPoints {
  Eigen::MatrixXd points_m;               // (n_frames, 3 n_points)
  std::vector<std::vector<int>> sources;  // [point][frame]: the point that held this in the file
};
LabelledPoints unchanged(const Eigen::MatrixXd& points_m);

/// Gives each of the points from point k on what the next of them holds, the last what the first
/// does, in frames [first, last].
void exchange(LabelledPoints& labelled, const std::vector<int>& points, Eigen::Index first,
              Eigen::Index last);

/// Exchanges labels wherever two (or three) of them jump onto each other's path, so that no label
/// changes from one marker to another within the recording. Which of the markers a label should
/// mean is not decided here: labels mean what they meant in most frames.
///
/// A label's path is continued from the two frames before, over no more than some hundredths of a
/// second in which it is lost. Labels change places where the exchanged positions lie three times
/// nearer to the paths than the labelled ones, which themselves lie 10 mm or more off: a body's
/// markers are farther apart than that, and no marker bends its path so much unless the frames are
/// few, when the others of its segment bend alike.
void follow_labels(LabelledPoints& labelled, double rate_hz);

/// The pieces of a label's path: frames from first to last between losses too long for the path to
/// be continued, and between breaks that no exchange explains. In each a label means one marker.
struct Piece {
  Eigen::Index first = 0;
  Eigen::Index last = 0;
};
std::vector<Piece> pieces_of(const LabelledPoints& labelled, int point, double rate_hz);

}  // namespace catena
