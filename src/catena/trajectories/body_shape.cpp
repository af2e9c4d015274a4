#include "catena/trajectories/body_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/math/rigid_fit.h"
#include "catena/math/statistics.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Markers are glued to within some millimetres; the weight of one that wanders less is the same.
constexpr double kGlued_m = 0.005;  // NOLINT(readability-identifier-naming)

// The median absolute deviation of a normal sample times this is its SD.
constexpr double kSdOfMad = 1.4826;

Eigen::Index n_seen(const Eigen::Matrix3Xd& points) {
  return (!points.row(0).array().isNaN()).count();
}

/// Medians, coordinate by coordinate, of what the frames say of each place; and the spread.
void take_medians(const std::vector<Eigen::Matrix3Xd>& seen, ClusterShape& shape) {
  std::vector<double> values;
  for (Eigen::Index k = 0; k < shape.places_m.cols(); ++k) {
    for (int axis = 0; axis < 3; ++axis) {
      values.clear();
      for (const Eigen::Matrix3Xd& frame : seen) {
        if (!std::isnan(frame(axis, k))) values.push_back(frame(axis, k));
      }
      shape.places_m(axis, k) = median(values);
    }
    values.clear();
    for (const Eigen::Matrix3Xd& frame : seen) {
      const double off_m = (frame.col(k) - shape.places_m.col(k)).norm();
      if (!std::isnan(off_m)) values.push_back(off_m);
    }
    shape.spread_m[k] = kSdOfMad * median(values);
  }
}

double median_distance_m(const Eigen::MatrixXd& points_m, const std::vector<Eigen::Index>& frames,
                         int one, int other) {
  std::vector<double> values;
  values.reserve(frames.size());
  for (const Eigen::Index f : frames) {
    const double d = (points_m.block<1, 3>(f, 3 * one) - points_m.block<1, 3>(f, 3 * other)).norm();
    if (!std::isnan(d)) values.push_back(d);
  }
  return median(values);
}

}  // namespace

std::vector<Eigen::Index> some_frames(Eigen::Index first, Eigen::Index last, Eigen::Index most) {
  std::vector<Eigen::Index> frames;
  const Eigen::Index n = last - first + 1;
  if (n <= 0) return frames;
  const Eigen::Index taken = std::min(n, most);
  for (Eigen::Index k = 0; k < taken; ++k) frames.push_back(first + (2 * k + 1) * n / (2 * taken));
  return frames;
}

Eigen::Matrix3Xd points_at(const Eigen::MatrixXd& points_m, Eigen::Index frame,
                           const std::vector<int>& sources) {
  Eigen::Matrix3Xd points(3, static_cast<Eigen::Index>(sources.size()));
  for (std::size_t k = 0; k < sources.size(); ++k) {
    const auto column = static_cast<Eigen::Index>(k);
    if (sources[k] < 0) {
      points.col(column).setConstant(kNaN);
    } else {
      points.col(column) = points_m.block<1, 3>(frame, 3 * sources[k]).transpose();
    }
  }
  return points;
}

ClusterShape cluster_shape(const Eigen::MatrixXd& points_m, const std::vector<int>& sources,
                           const std::vector<Eigen::Index>& frames) {
  const auto n = static_cast<Eigen::Index>(sources.size());
  ClusterShape shape;
  shape.places_m = Eigen::Matrix3Xd::Constant(3, n, kNaN);
  shape.spread_m = Eigen::VectorXd::Constant(n, kNaN);
  if (frames.empty()) return shape;
  std::vector<Eigen::Matrix3Xd> recorded;
  recorded.reserve(frames.size());
  for (const Eigen::Index f : frames) recorded.push_back(points_at(points_m, f, sources));

  // Start from the frame that shows most, then bring every frame to the shape so far. Markers that
  // wander lose their say.
  const auto fullest = std::max_element(recorded.begin(), recorded.end(),
                                        [](auto& a, auto& b) { return n_seen(a) < n_seen(b); });
  shape.places_m = *fullest;
  Eigen::VectorXd weights = Eigen::VectorXd::Ones(n);
  constexpr int kPasses = 3;
  for (int pass = 0; pass < kPasses; ++pass) {
    std::vector<Eigen::Matrix3Xd> in_cluster;
    in_cluster.reserve(recorded.size());
    for (const Eigen::Matrix3Xd& points : recorded) {
      const RigidFit fit = fit_rigid(points, shape.places_m, weights);
      // Two markers do not tell how a segment stands, unless it has no more.
      if (fit.n_used < std::min<Eigen::Index>(3, n)) continue;
      const RigidTransform& motion = fit.images_from_places;
      in_cluster.emplace_back((motion.rotation * points).colwise() + motion.translation);
    }
    if (in_cluster.empty()) break;
    take_medians(in_cluster, shape);
    const Eigen::ArrayXd spread = shape.spread_m.array();
    weights = spread.isNaN().select(0.0, 1.0 / (spread.square() + kGlued_m * kGlued_m));
  }
  return shape;
}

BodyShape describe_shape(const Eigen::MatrixXd& points_m, const PointClusters& clusters,
                         const std::vector<Eigen::Index>& frames) {
  const Eigen::Index n = points_m.cols() / 3;
  BodyShape shape;
  shape.places_m = Eigen::Matrix3Xd::Constant(3, n, kNaN);
  shape.spread_m = Eigen::VectorXd::Constant(n, kNaN);
  for (const std::vector<int>& points : clusters.members) {
    const ClusterShape of = cluster_shape(points_m, points, frames);
    for (std::size_t k = 0; k < points.size(); ++k) {
      shape.places_m.col(points[k]) = of.places_m.col(static_cast<Eigen::Index>(k));
      shape.spread_m[points[k]] = of.spread_m[static_cast<Eigen::Index>(k)];
    }
  }
  shape.distance_m = Eigen::MatrixXd::Zero(n, n);
  for (int i = 0; i < n; ++i) {
    for (int j = i + 1; j < n; ++j) {
      shape.distance_m(i, j) = median_distance_m(points_m, frames, i, j);
      shape.distance_m(j, i) = shape.distance_m(i, j);
    }
  }
  return shape;
}

BodyShape describe_shape(const Trajectories& trajectories, const MarkerClusters& clusters) {
  constexpr Eigen::Index kMostFrames = 100;
  // Only what a cluster names: a file may hold thousands of points.
  std::vector<std::string> labels;
  std::vector<Eigen::Index> columns;
  for (const std::vector<std::string>& members : clusters.members) {
    for (const std::string& label : members) {
      const int point = point_of(trajectories, label);
      if (point < 0) continue;
      labels.push_back(label);
      for (Eigen::Index axis = 0; axis < 3; ++axis) columns.push_back(3 * point + axis);
    }
  }
  const Eigen::MatrixXd points_m = trajectories.points_m(Eigen::all, columns);
  BodyShape shape = describe_shape(points_m, place_clusters(clusters, labels),
                                   some_frames(0, points_m.rows() - 1, kMostFrames));
  shape.labels = labels;
  return shape;
}

double median_distance_m(const Eigen::MatrixXd& points_m, int one, int other) {
  constexpr Eigen::Index kMostFrames = 500;
  return median_distance_m(points_m, some_frames(0, points_m.rows() - 1, kMostFrames), one, other);
}

int point_of(const Trajectories& trajectories, const std::string& label) {
  const auto at = std::find(trajectories.labels.begin(), trajectories.labels.end(), label);
  return at == trajectories.labels.end() ? -1 : static_cast<int>(at - trajectories.labels.begin());
}

}  // namespace catena
