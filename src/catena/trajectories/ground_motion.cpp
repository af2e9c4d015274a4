// How the body goes over the ground, and which way it faces.
#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/trajectories/ground_evidence.h"

namespace catena {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// A runner on a belt wanders less and slower than this; nobody wanders two metres.
constexpr double kShortestTravel_m = 0.5;   // NOLINT(readability-identifier-naming)
constexpr double kLongestWander_m = 2.0;    // NOLINT(readability-identifier-naming)
constexpr double kSlowestTravel_m_s = 0.5;  // NOLINT(readability-identifier-naming)
constexpr double kFootHeight_m = 0.10;      // NOLINT(readability-identifier-naming)
constexpr double kOnTheGround_m = 0.012;    // NOLINT(readability-identifier-naming)
constexpr double kStillUpwards_m_s = 0.15;  // NOLINT(readability-identifier-naming)
constexpr std::size_t kFewestStances = 20;  // samples of points on the ground

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
