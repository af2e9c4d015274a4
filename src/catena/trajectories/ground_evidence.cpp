#include "catena/trajectories/ground_evidence.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "catena/trajectories/lost_position.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Some hundred frames show how a recording lies.
constexpr Eigen::Index kMostSamples = 500;
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

// A runner on a belt wanders less and slower than this; nobody wanders two metres.
constexpr double kShortestTravel_m = 0.5;   // NOLINT(readability-identifier-naming)
constexpr double kLongestWander_m = 2.0;    // NOLINT(readability-identifier-naming)
constexpr double kSlowestTravel_m_s = 0.5;  // NOLINT(readability-identifier-naming)
constexpr double kFootHeight_m = 0.10;      // NOLINT(readability-identifier-naming)
constexpr double kOnTheGround_m = 0.012;    // NOLINT(readability-identifier-naming)
constexpr double kStillUpwards_m_s = 0.15;  // NOLINT(readability-identifier-naming)
constexpr std::size_t kFewestStances = 20;  // samples of points on the ground

double quantile(std::vector<double>& values, double part) {
  if (values.empty()) return kNaN;
  const auto index = static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return values[static_cast<std::size_t>(index)];
}

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

Eigen::Vector3d across(const Eigen::Vector3d& v, LabAxis up) {
  const Eigen::Vector3d u = unit_vector(up);
  return v - v.dot(u) * u;
}

// Mean place of those of the points that one sample shows; NaN when none is.
Eigen::Vector3d middle(const SampledPoints& points, Eigen::Index sample,
                       const std::vector<Eigen::Index>& of) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  int n = 0;
  for (const Eigen::Index point : of) {
    const Eigen::Vector3d p = points.places_m.row(sample).segment<3>(3 * point);
    if (p.hasNaN()) continue;
    sum += p;
    ++n;
  }
  return n > 0 ? Eigen::Vector3d(sum / n) : Eigen::Vector3d::Constant(kNaN);
}

// Mean way from one group of points to another; zero when no sample shows both.
Eigen::Vector3d mean_way(const SampledPoints& points, const std::vector<Eigen::Index>& from,
                         const std::vector<Eigen::Index>& to) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  int n = 0;
  if (from.empty() || to.empty()) return sum;
  for (Eigen::Index i = 0; i < points.places_m.rows(); ++i) {
    const Eigen::Vector3d way = middle(points, i, to) - middle(points, i, from);
    if (way.hasNaN()) continue;
    sum += way;
    ++n;
  }
  return n > 0 ? Eigen::Vector3d(sum / n) : sum;
}

// The speed that most of the body has: the median over the points seen for long, axis by axis.
Eigen::Vector3d body_speed(const SampledPoints& points) {
  const double longest_s = points.seen_s.size() > 0 ? points.seen_s.maxCoeff() : 0.0;
  std::array<std::vector<double>, 3> speeds;
  for (Eigen::Index j = 0; j < points.seen_s.size(); ++j) {
    if (!points.moves[static_cast<std::size_t>(j)]) continue;
    if (!(points.seen_s[j] > 0.0) || points.seen_s[j] < 0.5 * longest_s) continue;
    for (std::size_t k = 0; k < 3; ++k) {
      speeds[k].push_back(points.net_speed_m_s(static_cast<Eigen::Index>(k), j));
    }
  }
  if (speeds[0].empty()) return Eigen::Vector3d::Zero();
  return {quantile(speeds[0], 0.5), quantile(speeds[1], 0.5), quantile(speeds[2], 0.5)};
}

// How far the body goes along each axis.
Eigen::Vector3d travelled(const SampledPoints& points) {
  const double duration_s = points.seen_s.size() > 0 ? points.seen_s.maxCoeff() : 0.0;
  return duration_s * body_speed(points).cwiseAbs();
}

// Points that stand in the room while the body moves: starting blocks, a corner of the treadmill.
void find_what_moves(SampledPoints& points) {
  constexpr double kStill_m = 0.01;      // NOLINT(readability-identifier-naming)
  constexpr double kBodyMoves_m = 0.10;  // NOLINT(readability-identifier-naming)
  constexpr double kLongEnough_s = 1.0;  // NOLINT(readability-identifier-naming)
  const auto n_points = static_cast<std::size_t>(points.seen_s.size());
  std::vector<double> ranges_m(n_points, kNaN);
  std::vector<double> known;
  for (std::size_t j = 0; j < n_points; ++j) {
    double range_m = 0.0;
    bool any = false;
    for (int k = 0; k < 3; ++k) {
      double low = std::numeric_limits<double>::infinity();
      double high = -low;
      for (const double x : points.places_m.col(static_cast<Eigen::Index>(3 * j) + k)) {
        if (std::isnan(x)) continue;
        low = std::min(low, x);
        high = std::max(high, x);
        any = true;
      }
      range_m = std::max(range_m, high - low);
    }
    if (!any) continue;
    ranges_m[j] = range_m;
    known.push_back(range_m);
  }
  points.moves.assign(n_points, true);
  if (!(quantile(known, 0.75) > kBodyMoves_m)) return;  // the feet, when anything
  for (std::size_t j = 0; j < n_points; ++j) {
    const bool long_enough = points.seen_s[static_cast<Eigen::Index>(j)] > kLongEnough_s;
    points.moves[j] = !(long_enough && ranges_m[j] < kStill_m);
  }
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

// How low each point comes: the 5th percentile of its heights; NaN when it is hardly seen.
Eigen::VectorXd floors_of(const SampledPoints& points, LabAxis up) {
  const Eigen::Vector3d u = unit_vector(up);
  Eigen::VectorXd floors_m = Eigen::VectorXd::Constant(points.seen_s.size(), kNaN);
  for (Eigen::Index j = 0; j < floors_m.size(); ++j) {
    std::vector<double> heights_m;
    for (Eigen::Index i = 0; i < points.places_m.rows(); ++i) {
      const double height_m = points.places_m.row(i).segment<3>(3 * j).dot(u);
      if (!std::isnan(height_m)) heights_m.push_back(height_m);
    }
    if (10 * heights_m.size() > static_cast<std::size_t>(points.places_m.rows())) {
      floors_m[j] = quantile(heights_m, 0.05);
    }
  }
  return floors_m;
}

std::vector<Eigen::Index> foot_points(const SampledPoints& points, const BodyPoints& body,
                                      const Eigen::VectorXd& floors_m) {
  std::vector<Eigen::Index> feet = body.feet[0];
  feet.insert(feet.end(), body.feet[1].begin(), body.feet[1].end());
  if (!feet.empty()) return feet;
  double lowest_m = std::numeric_limits<double>::infinity();
  for (Eigen::Index j = 0; j < floors_m.size(); ++j) {
    if (points.moves[static_cast<std::size_t>(j)] && floors_m[j] < lowest_m) lowest_m = floors_m[j];
  }
  for (Eigen::Index j = 0; j < floors_m.size(); ++j) {
    const bool low = floors_m[j] < lowest_m + kFootHeight_m;  // false for NaN
    if (low && points.moves[static_cast<std::size_t>(j)]) feet.push_back(j);
  }
  return feet;
}

// The horizontal speeds of points that are low, and rise or sink no faster than this.
std::vector<Eigen::Vector3d> speeds_near_ground(const SampledPoints& points, const BodyPoints& body,
                                                LabAxis up, double fastest_upwards_m_s) {
  const Eigen::Vector3d u = unit_vector(up);
  const Eigen::VectorXd floors_m = floors_of(points, up);
  std::vector<Eigen::Vector3d> speeds;
  for (const Eigen::Index j : foot_points(points, body, floors_m)) {
    for (Eigen::Index i = 0; i < points.places_m.rows(); ++i) {
      const double height_m = points.places_m.row(i).segment<3>(3 * j).dot(u);
      const Eigen::Vector3d speed = points.speeds_m_s.row(i).segment<3>(3 * j);
      if (!(height_m < floors_m[j] + kOnTheGround_m)) continue;
      if (!(std::abs(speed.dot(u)) < fastest_upwards_m_s)) continue;  // true for NaN
      speeds.push_back(across(speed, up));
    }
  }
  return speeds;
}

// What most of the speeds are; none when fewer than half are within a quarter of it or 0.3 m/s.
std::optional<Eigen::Vector3d> speed_agreed_on(const std::vector<Eigen::Vector3d>& speeds) {
  if (speeds.size() < kFewestStances) return std::nullopt;
  Eigen::Vector3d typical = Eigen::Vector3d::Zero();
  for (int k = 0; k < 3; ++k) {
    std::vector<double> component;
    for (const Eigen::Vector3d& speed : speeds) component.push_back(speed[k]);
    typical[k] = quantile(component, 0.5);
  }
  std::vector<double> off;
  for (const Eigen::Vector3d& speed : speeds) off.push_back((speed - typical).norm());
  if (quantile(off, 0.5) > std::max(0.3, 0.25 * typical.norm())) return std::nullopt;
  return typical;
}

// The horizontal speed that feet have while they stand. On a belt of 4.5 m/s the markers that are
// low but may land or leave show 4.3, those that neither rise nor sink 4.5.
std::optional<Eigen::Vector3d> speed_of_standing_feet(const SampledPoints& points,
                                                      const BodyPoints& body, LabAxis up) {
  for (const double fastest_m_s : {kStillUpwards_m_s, std::numeric_limits<double>::infinity()}) {
    const auto speed = speed_agreed_on(speeds_near_ground(points, body, up, fastest_m_s));
    if (speed) return speed;
  }
  return std::nullopt;
}

}  // namespace

SampledPoints sample_points(const PointRecording& recording, double farthest_m) {
  const Eigen::MatrixXd& p = recording.points_m;
  const Eigen::Index n_frames = p.rows();
  const auto n_points = static_cast<Eigen::Index>(recording.labels.size());
  const Eigen::Index step = std::max<Eigen::Index>(1, n_frames / kMostSamples);
  const Eigen::Index n_samples = (n_frames + step - 1) / step;
  // Speeds over 15 ms or two frames, so that noise at a high rate is none of speed.
  const double rate_hz = recording.rate_hz > 0.0 ? recording.rate_hz : 1.0;
  const double in_reach = std::clamp(0.0075 * rate_hz, 1.0, 1e3);
  const auto reach = static_cast<Eigen::Index>(std::lround(in_reach));
  SampledPoints out;
  out.places_m = Eigen::MatrixXd::Constant(n_samples, 3 * n_points, kNaN);
  out.speeds_m_s = out.places_m;
  out.net_speed_m_s = Eigen::MatrixXd::Zero(3, n_points);
  out.seen_s = Eigen::VectorXd::Zero(n_points);
  for (Eigen::Index j = 0; j < n_points; ++j) {
    const auto at = [&](Eigen::Index i) -> Eigen::RowVector3d {
      return p.row(i).segment<3>(3 * j);
    };
    const auto seen = [&](Eigen::Index i) { return is_seen(at(i), farthest_m); };
    for (Eigen::Index s = 0; s < n_samples; ++s) {
      const Eigen::Index i = s * step;
      if (!seen(i)) continue;
      out.places_m.row(s).segment<3>(3 * j) = at(i);
      if (i < reach || i + reach >= n_frames || !seen(i - reach) || !seen(i + reach)) continue;
      out.speeds_m_s.row(s).segment<3>(3 * j) =
          (at(i + reach) - at(i - reach)) * rate_hz / (2.0 * static_cast<double>(reach));
    }
    Eigen::Index first = 0;
    Eigen::Index last = n_frames - 1;
    while (first < n_frames && !seen(first)) ++first;
    while (last > first && !seen(last)) --last;
    if (last <= first) continue;
    out.seen_s[j] = static_cast<double>(last - first) / rate_hz;
    out.net_speed_m_s.col(j) = (at(last) - at(first)).transpose() / out.seen_s[j];
  }
  find_what_moves(out);
  return out;
}

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

MotionOverGround motion_over_ground(const SampledPoints& points, const BodyPoints& body,
                                    LabAxis up) {
  MotionOverGround out;
  out.body_m_s = across(body_speed(points), up);
  const double duration_s = points.seen_s.size() > 0 ? points.seen_s.maxCoeff() : 0.0;
  const double speed_m_s = out.body_m_s.norm();
  const double distance_m = speed_m_s * duration_s;
  out.travels = distance_m > kLongestWander_m ||
                (distance_m > kShortestTravel_m && speed_m_s > kSlowestTravel_m_s);
  out.standing_feet_m_s = speed_of_standing_feet(points, body, up);
  return out;
}

std::optional<Eigen::Vector3d> facing(const BodyPoints& body, const SampledPoints& points,
                                      LabAxis up) {
  constexpr double kShortest_m = 0.03;  // NOLINT(readability-identifier-naming)
  Eigen::Vector3d way = across(mean_way(points, body.pelvis_back, body.pelvis_front), up);
  for (std::size_t side = 0; side < 2; ++side) {
    way += across(mean_way(points, body.heels[side], body.toes[side]), up);
  }
  if (way.norm() > kShortest_m) return way;
  // The right side is to the right of the way that the body faces.
  way = unit_vector(up).cross(across(mean_way(points, body.left_of_pair, body.right_of_pair), up));
  if (way.norm() > kShortest_m) return way;
  return std::nullopt;
}

}  // namespace catena
