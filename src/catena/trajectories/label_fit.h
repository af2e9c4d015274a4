// How well labels fit a body's shape, as they are and exchanged.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/trajectories/body_shape.h"
#include "catena/trajectories/marker_clusters.h"

namespace catena {

/// Which point each label is taken from: (n_points), -1 for none.
using LabelSources = std::vector<int>;
LabelSources own_sources(std::size_t n_points);

/// How far labelled points lie from where a shape has them.
struct LabelMisfit {
  // RMS over the clusters touched, after the best rigid fit; NaN when no cluster shows two points.
  double cluster_m = 0.0;
  // RMS of how much nearer to some neighbours and farther from others the labels are than in the
  // shape, against each other: what bending of the joints between does to all alike drops out.
  // NaN when fewer than three neighbours are seen.
  double neighbours_m = 0.0;
};

/// Misfit of the labels `moved` and their clusters in the given frames.
///
/// shape      in the order of the points
LabelMisfit label_misfit(const Eigen::MatrixXd& points_m, const PointClusters& clusters,
                         const BodyShape& shape, const std::vector<int>& moved,
                         const LabelSources& sources, const std::vector<Eigen::Index>& frames);

enum class LabelVerdict { kKeep, kExchange, kDoubtful };

/// Whether exchanged labels fit clearly better than recorded ones.
///
/// A wrong label leaves markers off by a good part of their distance, 20 mm and more, a right one
/// by what skin does, some millimetres to 10 mm. So: exchanged labels must fit at least twice as
/// well, where nothing fits better than 3 mm (markers are glued on by hand and shoes give), and the
/// neighbouring segments must not speak against it. Where the cluster cannot tell (three markers
/// in an even triangle), the neighbours must say so by the same factor, and nothing fits them
/// better than 20 mm, for a running posture is not the standing one.
LabelVerdict judge(const LabelMisfit& recorded, const LabelMisfit& exchanged);

/// How far a recording's clusters are from a shape: the median over the clusters that show three
/// points or more; NaN when none does. A few exchanged labels do not change it.
double shape_misfit_m(const Trajectories& trajectories, const MarkerClusters& clusters,
                      const BodyShape& shape);

/// The part of a shape that other labels name, in their order; NaN where the shape lacks one.
BodyShape arranged(const BodyShape& shape, const std::vector<std::string>& labels);

}  // namespace catena
