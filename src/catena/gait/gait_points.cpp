#include "catena/gait/gait_points.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "catena/math/statistics.h"
#include "catena/model/chain_map.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Of the way from heel to toe tip. The fifth and first metatarsal heads lie at 63 and 73 % of a
// foot's length (Winter 2009); markers of the heel stand behind it, those of the toe on top.
constexpr double kBallPart = 0.7;
// A marker that is seen in less than this part of the frames of its fellows is no help to a mean.
constexpr double kSeenAsOften = 0.9;
// The pelvis travels when it goes farther and faster than a runner on a belt wanders.
constexpr double kShortestTravelM = 1.0;
constexpr double kSlowestTravelMS = 0.5;
// The ground frame's axis is the nearest of the file's: more than this off it nobody goes.
constexpr double kFarthestHeadingRad = 0.8;  // 46 degrees
// Hip centres by the distance between the anterior spines, from their middle (Bell et al. 1990).
constexpr double kHipBehind = 0.19, kHipBelow = 0.30, kHipBeside = 0.36;

using Path = Eigen::MatrixX3d;
using Indices = std::vector<Eigen::Index>;

Path path_of(const Trajectories& points, Eigen::Index point) {
  return points.points_m.middleCols<3>(3 * point);
}

Eigen::Index n_seen(const Path& path) { return path.rows() - path.col(0).array().isNaN().count(); }

// Mean of those markers that are seen about as often as the best of them; NaN where one is lost.
Path mean_of(const Trajectories& points, const Indices& of) {
  Eigen::Index most = 0;
  for (const Eigen::Index point : of) most = std::max(most, n_seen(path_of(points, point)));
  if (most == 0) return {};
  Path sum = Path::Zero(points.points_m.rows(), 3);
  double n = 0.0;
  for (const Eigen::Index point : of) {
    const Path path = path_of(points, point);
    if (static_cast<double>(n_seen(path)) < kSeenAsOften * static_cast<double>(most)) continue;
    sum += path;
    n += 1.0;
  }
  return sum / n;
}

Indices without(const Indices& all, const Indices& these) {
  Indices rest;
  for (const Eigen::Index point : all) {
    if (std::find(these.begin(), these.end(), point) == these.end()) rest.push_back(point);
  }
  return rest;
}

// The marker of a foot that is on the whole farthest behind (sign -1) or ahead (+1) of the others.
std::optional<Eigen::Index> outermost(const Trajectories& points, const Indices& foot,
                                      double sign) {
  std::optional<Eigen::Index> best;
  double farthest_m = -std::numeric_limits<double>::infinity();
  for (const Eigen::Index point : foot) {
    double from_others_m = 0.0;
    for (const Eigen::Index other : foot) {
      if (other == point) continue;
      const double apart_m =
          median_of_known(path_of(points, point).col(0) - path_of(points, other).col(0));
      if (!std::isnan(apart_m)) from_others_m += sign * apart_m;
    }
    if (n_seen(path_of(points, point)) == 0 || from_others_m <= farthest_m) continue;
    farthest_m = from_others_m;
    best = point;
  }
  return best;
}

// Heel, ball and toe of one foot; what is not known as a landmark is said.
void find_foot(const Trajectories& points, const BodyPoints& body, std::size_t side,
               GaitPoints& out) {
  const Indices& foot = body.feet.at(side);
  if (foot.empty()) return;
  const auto take = [&](const char* what, double sign) -> Path {
    const auto point = outermost(points, foot, sign);
    if (!point) return {};
    out.notes.push_back(fmt::format(
        "No marker is known to be on the {} {}: {}, the {} of that foot's markers, stands for it.",
        kSideNames.at(side), what, points.labels.at(static_cast<std::size_t>(*point)),
        sign < 0.0 ? "hindmost" : "foremost"));
    return path_of(points, *point);
  };
  out.heel_m.at(side) = mean_of(points, body.heels.at(side));
  if (out.heel_m.at(side).rows() == 0) out.heel_m.at(side) = take("heel", -1.0);

  const Indices tips = without(body.toes.at(side), body.balls.at(side));
  out.ball_m.at(side) = mean_of(points, body.balls.at(side));
  out.toe_m.at(side) = mean_of(points, tips);
  if (out.toe_m.at(side).rows() == 0) out.toe_m.at(side) = out.ball_m.at(side);
  if (out.toe_m.at(side).rows() == 0) out.toe_m.at(side) = take("toes", 1.0);
}

Indices in_both(const Indices& some, const Indices& others) {
  Indices both;
  for (const Eigen::Index point : some) {
    if (std::find(others.begin(), others.end(), point) != others.end()) both.push_back(point);
  }
  return both;
}

// The hip centres from the anterior spines; or landmarks of the pelvis that face each other.
void find_hips(const Trajectories& points, const BodyPoints& body, GaitPoints& out) {
  const auto pair_among = [&](const Indices& of) -> std::optional<std::array<Eigen::Index, 2>> {
    for (std::size_t k = 0; k < body.right_of_pair.size(); ++k) {
      const Eigen::Index right = body.right_of_pair[k], left = body.left_of_pair[k];
      if (in_both(of, {right}).empty() || in_both(of, {left}).empty()) continue;
      return std::array<Eigen::Index, 2>{right, left};
    }
    return std::nullopt;
  };
  const auto front = pair_among(body.pelvis_front);
  const Path back_m = mean_of(points, body.pelvis_back);
  if (!front || back_m.rows() == 0) {
    const auto pair = pair_among(body.pelvis);
    for (std::size_t side = 0; side < 2; ++side) {
      out.hip_m.at(side) = pair && !front ? path_of(points, pair->at(side)) : out.pelvis_m;
    }
    return;
  }
  const Path right_m = path_of(points, front->at(0)), left_m = path_of(points, front->at(1));
  for (Path& hip_m : out.hip_m) hip_m.setConstant(points.points_m.rows(), 3, kNan);
  for (Eigen::Index i = 0; i < right_m.rows(); ++i) {
    const Eigen::Vector3d middle_m = 0.5 * (right_m.row(i) + left_m.row(i)).transpose();
    const Eigen::Vector3d across_m = (right_m.row(i) - left_m.row(i)).transpose();
    const Eigen::Vector3d forward_m = middle_m - back_m.row(i).transpose();
    const double width_m = across_m.norm();
    const Eigen::Vector3d z = across_m / width_m;
    const Eigen::Vector3d y = z.cross(forward_m).normalized();
    const Eigen::Vector3d x = y.cross(z);
    const Eigen::Vector3d both_m = middle_m - width_m * (kHipBehind * x + kHipBelow * y);
    out.hip_m[0].row(i) = (both_m + kHipBeside * width_m * z).transpose();
    out.hip_m[1].row(i) = (both_m - kHipBeside * width_m * z).transpose();
  }
}

// First and last known row of a path, and how far apart they are in time.
std::optional<Eigen::Vector3d> travel_m(const Path& path, double rate_hz) {
  Eigen::Index first = 0, last = path.rows() - 1;
  while (first <= last && std::isnan(path(first, 0))) ++first;
  while (last > first && std::isnan(path(last, 0))) --last;
  if (last <= first) return std::nullopt;
  const Eigen::Vector3d way_m = (path.row(last) - path.row(first)).transpose();
  const double duration_s = static_cast<double>(last - first) / rate_hz;
  const double far_m = std::hypot(way_m.x(), way_m.z());
  if (far_m < kShortestTravelM || far_m < kSlowestTravelMS * duration_s) return std::nullopt;
  return way_m;
}

// How standing feet are carried: the median velocity of the foot that is lower, in the lower half
// of its heights and going backwards.
std::optional<Eigen::Vector3d> belt_way(const GaitPoints& points) {
  std::vector<double> vx, vz;
  for (std::size_t side = 0; side < 2; ++side) {
    const Path& toe_m = points.toe_m.at(side);
    if (toe_m.rows() < 3) continue;
    std::vector<double> heights_m;
    for (const double y : toe_m.col(1)) {
      if (!std::isnan(y)) heights_m.push_back(y);
    }
    const double low_m = quantile(heights_m, 0.25);
    for (Eigen::Index i = 1; i + 1 < toe_m.rows(); ++i) {
      if (!(toe_m(i, 1) <= low_m)) continue;
      const Eigen::Vector3d v = 0.5 * points.rate_hz * (toe_m.row(i + 1) - toe_m.row(i - 1));
      if (!(v.x() < -kSlowestTravelMS)) continue;
      vx.push_back(v.x());
      vz.push_back(v.z());
    }
  }
  if (vx.size() < 20) return std::nullopt;
  return Eigen::Vector3d(-median(vx), 0.0, -median(vz));
}

void turn(Path& path, const Eigen::Matrix3d& progression_from_ground) {
  path = (path * progression_from_ground.transpose()).eval();
}

}  // namespace

Result<GaitPoints> gait_points(const Trajectories& points, const BodyPoints& body,
                               const GroundFrame& ground) {
  GaitPoints out;
  out.rate_hz = points.rate_hz;
  out.time_s = points.time_s;
  out.belt_speed_m_s = ground.treadmill ? ground.speed_m_s : 0.0;
  for (std::size_t side = 0; side < 2; ++side) find_foot(points, body, side, out);
  if (out.heel_m[0].rows() == 0 && out.heel_m[1].rows() == 0) {
    return fail(Errc::kMissingData, "no marker is known to be on a foot", points.name,
                "name the markers of the feet");
  }
  out.pelvis_m = mean_of(points, body.pelvis);
  find_hips(points, body, out);

  // The way of progression.
  const auto way_m = ground.treadmill ? belt_way(out) : travel_m(out.pelvis_m, out.rate_hz);
  const double heading_rad = way_m ? std::atan2(-way_m->z(), way_m->x()) : 0.0;
  if (std::abs(heading_rad) > kFarthestHeadingRad || !(heading_rad == heading_rad)) return out;
  out.heading_rad = heading_rad;
  const Eigen::Matrix3d progression_from_ground =
      Eigen::AngleAxisd(-heading_rad, Eigen::Vector3d::UnitY()).toRotationMatrix();
  for (std::size_t side = 0; side < 2; ++side) {
    for (auto* paths : {&out.heel_m, &out.ball_m, &out.toe_m, &out.hip_m}) {
      turn(paths->at(side), progression_from_ground);
    }
  }
  turn(out.pelvis_m, progression_from_ground);
  return out;
}

Eigen::MatrixX3d ball_of_foot_m(const GaitPoints& points, std::size_t side) {
  if (points.ball_m.at(side).rows() > 0) return points.ball_m.at(side);
  const Eigen::MatrixX3d &heel_m = points.heel_m.at(side), &toe_m = points.toe_m.at(side);
  if (heel_m.rows() == 0 || toe_m.rows() == 0) return {};
  return heel_m + kBallPart * (toe_m - heel_m);
}

}  // namespace catena
