#include "catena/trajectories/ground_evidence.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

constexpr std::size_t kFewestPoints = 8;  // fewer have no shape
// A direction belongs to an axis when it is at most 37 degrees off.
constexpr double kAlongAxis = 0.8;

constexpr double kSmallestPlate_m2 = 0.01;  // NOLINT(readability-identifier-naming)
// A body is this much taller than wide, else the axis does not stand out.
constexpr double kTaller = 1.2;
constexpr double kLongTravel_m = 1.0;    // NOLINT(readability-identifier-naming)
constexpr double kShortestBody_m = 0.5;  // a child's legs; NOLINT(readability-identifier-naming)
// The feet swing this much more about the body than head or pelvis do.
constexpr double kMoreSwing = 1.5;

LabAxis axis_of(int index, bool positive) {
  return static_cast<LabAxis>(2 * index + (positive ? 0 : 1));
}

// The axis that a direction lies along; none when it lies between two.
std::optional<LabAxis> axis_along(const Eigen::Vector3d& direction) {
  int index = 0;
  const double largest = direction.cwiseAbs().maxCoeff(&index);
  if (!(largest > kAlongAxis * direction.norm())) return std::nullopt;  // true for zero and NaN
  return axis_of(index, direction[index] > 0.0);
}

// Extent of the body along each axis, the median over the samples; NaN for too few points.
Eigen::Vector3d typical_extent(const SampledPoints& points) {
  std::array<std::vector<double>, 3> extents_m;
  for (Eigen::Index i = 0; i < points.places_m.rows(); ++i) {
    Eigen::Vector3d low = Eigen::Vector3d::Constant(std::numeric_limits<double>::infinity());
    Eigen::Vector3d high = -low;
    std::size_t n_seen = 0;
    for (std::size_t j = 0; j < points.moves.size(); ++j) {
      const Eigen::Vector3d p = points.places_m.row(i).segment<3>(static_cast<Eigen::Index>(3 * j));
      if (!points.moves[j] || p.hasNaN()) continue;
      ++n_seen;
      low = low.cwiseMin(p);
      high = high.cwiseMax(p);
    }
    if (n_seen < kFewestPoints) continue;
    for (int k = 0; k < 3; ++k) extents_m[static_cast<std::size_t>(k)].push_back(high[k] - low[k]);
  }
  return {quantile(extents_m[0], 0.5), quantile(extents_m[1], 0.5), quantile(extents_m[2], 0.5)};
}

// Mean height along an axis, and how far each point swings about the body across it.
struct PointSwing {
  double height_m = 0.0;
  double swing_m = 0.0;
};

std::vector<PointSwing> swings_about_body(const SampledPoints& points, int axis) {
  // The body's middle of each sample: of the samples that show most of it.
  std::vector<Eigen::Index> body;
  for (std::size_t j = 0; j < points.moves.size(); ++j) {
    if (points.moves[j]) body.push_back(static_cast<Eigen::Index>(j));
  }
  const Eigen::Index n_samples = points.places_m.rows();
  Eigen::MatrixX3d middle_m = Eigen::MatrixX3d::Constant(n_samples, 3, kNaN);
  for (Eigen::Index i = 0; i < n_samples; ++i) {
    const auto n_seen =
        static_cast<std::size_t>(std::count_if(body.begin(), body.end(), [&](Eigen::Index j) {
          return !std::isnan(points.places_m(i, 3 * j));
        }));
    if (5 * n_seen >= 4 * body.size()) middle_m.row(i) = middle(points, i, body).transpose();
  }

  std::vector<PointSwing> swings;
  for (const Eigen::Index j : body) {
    Eigen::RowVector3d sum = Eigen::RowVector3d::Zero();
    Eigen::RowVector3d squares = Eigen::RowVector3d::Zero();
    double n = 0.0;
    for (Eigen::Index i = 0; i < n_samples; ++i) {
      const Eigen::RowVector3d p = points.places_m.row(i).segment<3>(3 * j) - middle_m.row(i);
      if (p.hasNaN()) continue;
      sum += p;
      squares += p.cwiseAbs2();
      n += 1.0;
    }
    if (n < 3.0) continue;
    Eigen::RowVector3d variance = (squares / n - (sum / n).cwiseAbs2()).cwiseMax(0.0);
    variance[axis] = 0.0;
    swings.push_back({sum[axis] / n, std::sqrt(variance.sum())});
  }
  return swings;
}

// +1: the swinging end is on the negative side, so positive is up; -1: the reverse; 0: not seen.
int up_by_swing(const SampledPoints& points, int axis) {
  constexpr double kLeastSwing_m = 0.05;  // NOLINT(readability-identifier-naming)
  std::vector<PointSwing> swings = swings_about_body(points, axis);
  if (swings.size() < kFewestPoints) return 0;
  std::sort(swings.begin(), swings.end(),
            [](const PointSwing& a, const PointSwing& b) { return a.height_m < b.height_m; });
  const std::size_t quarter = swings.size() / 4;
  double low_m = 0.0;
  double high_m = 0.0;
  for (std::size_t i = 0; i < quarter; ++i) {
    low_m += swings[i].swing_m / static_cast<double>(quarter);
    high_m += swings[swings.size() - 1 - i].swing_m / static_cast<double>(quarter);
  }
  if (low_m > kLeastSwing_m && low_m > kMoreSwing * high_m) return 1;
  if (high_m > kLeastSwing_m && high_m > kMoreSwing * low_m) return -1;
  return 0;
}

// Laboratories put their origin on the floor.
int up_by_origin(const SampledPoints& points, int axis) {
  constexpr double kNear_m = 0.2;  // NOLINT(readability-identifier-naming)
  constexpr double kFar_m = 0.6;   // NOLINT(readability-identifier-naming)
  std::vector<double> heights_m;
  for (std::size_t j = 0; j < points.moves.size(); ++j) {
    if (!points.moves[j]) continue;
    for (const double x : points.places_m.col(static_cast<Eigen::Index>(3 * j) + axis)) {
      if (!std::isnan(x)) heights_m.push_back(x);
    }
  }
  const double low_m = quantile(heights_m, 0.02);
  const double high_m = quantile(heights_m, 0.98);
  if (std::abs(low_m) < kNear_m && high_m > kFar_m) return 1;
  if (std::abs(high_m) < kNear_m && low_m < -kFar_m) return -1;
  return 0;
}

}  // namespace

std::optional<LabAxis> up_of_plates(const std::vector<ForcePlateSetup>& plates,
                                    const SampledPoints& points) {
  std::optional<LabAxis> found;
  for (const ForcePlateSetup& plate : plates) {
    // Twice the area, across the plate.
    const Eigen::Vector3d diagonal = plate.corners_m.col(2) - plate.corners_m.col(0);
    const Eigen::Vector3d other = plate.corners_m.col(3) - plate.corners_m.col(1);
    const Eigen::Vector3d normal = diagonal.cross(other);
    if (!(normal.norm() > 2.0 * kSmallestPlate_m2)) continue;
    std::optional<LabAxis> axis = axis_along(normal);
    if (!axis) return std::nullopt;

    // The runner is above it.
    const Eigen::Vector3d u = unit_vector(*axis);
    const double plate_height_m = plate.corners_m.rowwise().mean().dot(u);
    std::ptrdiff_t n_above = 0;
    std::ptrdiff_t n = 0;
    for (Eigen::Index i = 0; i < points.places_m.rows(); ++i) {
      for (Eigen::Index j = 0; j < points.seen_s.size(); ++j) {
        const double height_m = points.places_m.row(i).segment<3>(3 * j).dot(u);
        if (std::isnan(height_m)) continue;
        ++n;
        if (height_m > plate_height_m) ++n_above;
      }
    }
    if (n == 0 || (10 * n_above < 9 * n && 10 * n_above > n)) return std::nullopt;
    if (2 * n_above < n) axis = axis_along(-u);
    if (found && *found != *axis) return std::nullopt;
    found = axis;
  }
  return found;
}

std::optional<LabAxis> up_of_landmarks(const BodyPoints& body, const SampledPoints& points) {
  std::vector<Eigen::Index> feet = body.feet[0];
  feet.insert(feet.end(), body.feet[1].begin(), body.feet[1].end());
  // In a sprint start the feet are farther behind the pelvis than below it; but nobody travels up.
  const Eigen::Vector3d way = mean_way(points, feet, body.pelvis);
  return axis_along((travelled(points).array() > kLongTravel_m).select(0.0, way));
}

UpOfShape up_of_shape(const SampledPoints& points) {
  const Eigen::Vector3d extent_m = typical_extent(points);
  const Eigen::Vector3d travelled_m = travelled(points);
  int tallest = -1;
  for (int k = 0; k < 3; ++k) {
    if (travelled_m[k] > kLongTravel_m || std::isnan(extent_m[k])) continue;
    if (tallest < 0 || extent_m[k] > extent_m[tallest]) tallest = k;
  }
  if (tallest < 0 || extent_m[tallest] < kShortestBody_m) return {};
  for (int k = 0; k < 3; ++k) {
    if (k == tallest || travelled_m[k] > kLongTravel_m) continue;
    if (extent_m[tallest] < kTaller * extent_m[k]) return {};
  }

  const int by_swing = up_by_swing(points, tallest);
  const int by_origin = up_by_origin(points, tallest);
  const int direction = by_swing * by_origin == -1 ? 0 : by_swing + by_origin;
  return {axis_of(tallest, direction >= 0), direction != 0};
}

}  // namespace catena
