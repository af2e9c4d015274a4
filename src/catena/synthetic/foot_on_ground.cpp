#include "catena/synthetic/foot_on_ground.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/model/built_in_body.h"

namespace catena {
namespace {

using Eigen::Matrix2d;
using Eigen::Vector2d;
using Eigen::Vector3d;

// The sole is down by this part of stance, and the heel rises from that one on: recreational
// runners land on the heel and leave it at about half of stance (Novacheck 1998, Gait Posture
// 7:77).
constexpr double kSoleDown = 0.15;
constexpr double kHeelRises = 0.5;
constexpr double kLandingPitch_rad = 14.0 * kRadPerDeg;  // NOLINT(readability-identifier-naming)
// The knee stays bent by at least this much: a straight leg cannot follow.
constexpr double kStraightest_rad = 6.0 * kRadPerDeg;  // NOLINT(readability-identifier-naming)
constexpr double kSoft_m = 0.005;                      // NOLINT(readability-identifier-naming)

double pitch_at(double stance, double push_off_rad) {
  if (stance < kSoleDown) {
    const double left = std::min(1.0 - stance / kSoleDown, 1.3);
    return kLandingPitch_rad * left * left;
  }
  if (stance < kHeelRises) return 0.0;
  return push_off_rad * std::pow((stance - kHeelRises) / (1.0 - kHeelRises), 1.8);
}

/// Moves one coordinate a little and says where the ankle goes: x, y.
Vector2d derivative(const Model& model, const LegIndices& leg, int coordinate,
                    const Vector2d& here_m, Eigen::VectorXd q) {
  constexpr double kStep = 1e-5;
  q[coordinate] += kStep;
  return (ankle_m(model, leg, q).head<2>() - here_m) / kStep;
}

/// Draws a target that lies too far off towards the hip.
FootTarget within_reach(const Model& model, const LegIndices& leg, FootTarget target,
                        const Eigen::VectorXd& q) {
  const Vector3d hip_m =
      forward_kinematics(model, q)[static_cast<std::size_t>(leg.thigh)].translation;
  const double aside_m = ankle_m(model, leg, q).z() - hip_m.z();
  const Vector2d way_m = target.ankle_m - hip_m.head<2>();
  const double reach_m = std::sqrt(std::pow(longest_reach_m(leg), 2) - aside_m * aside_m);
  const double far_m = way_m.norm();
  const double left_m = kSoft_m * std::log1p(std::exp((reach_m - far_m) / kSoft_m));
  target.ankle_m = hip_m.head<2>() + way_m * ((reach_m - left_m) / far_m);
  return target;
}

}  // namespace

FootRoll foot_roll(double stance, double push_off_rad, const BodyDimensions& dimensions) {
  const double pitch = pitch_at(stance, push_off_rad);
  const Vector3d heel = calcaneus_from_ankle_m(dimensions);
  // What it turns about lies on the ground: the heel, then the tip of the toes.
  const double heel_x = heel.x() + 0.01;
  const double toe_x =
      heel.x() + toes_from_calcaneus_m(dimensions).x() + 0.28 * dimensions.foot_length_m - 0.01;
  const double pivot_x = pitch > 0.0 ? heel_x : toe_x;
  const double height_m = dimensions.ankle_height_m;
  FootRoll roll;
  roll.pitch_rad = pitch;
  roll.ankle_m << pivot_x - std::cos(pitch) * pivot_x - std::sin(pitch) * height_m,
      -std::sin(pitch) * pivot_x + std::cos(pitch) * height_m;
  return roll;
}

Vector3d ankle_m(const Model& model, const LegIndices& leg, const Eigen::VectorXd& q) {
  return forward_kinematics(model, q)[static_cast<std::size_t>(leg.shank)] *
         Vector3d(0.0, -leg.shank_length_m, 0.0);
}

double foot_pitch_rad(const Model& model, const LegIndices& leg, const Eigen::VectorXd& q) {
  if (leg.foot == kNone) return 0.0;
  const Vector3d forward =
      forward_kinematics(model, q)[static_cast<std::size_t>(leg.foot)].rotation.col(0);
  return std::atan2(forward.y(), forward.x());
}

double longest_reach_m(const LegIndices& leg) {
  const double a = leg.thigh_length_m;
  const double b = leg.shank_length_m;
  return std::sqrt(a * a + b * b + 2.0 * a * b * std::cos(kStraightest_rad));
}

void put_foot(const Model& model, const LegIndices& leg, const FootTarget& asked,
              Eigen::VectorXd& q) {
  const FootTarget target = within_reach(model, leg, asked, q);
  // Newton; the ankle's place is nearly a sum of two sines, so that the slopes last for some steps.
  Matrix2d angle_by_place = Matrix2d::Zero();
  double last_m = 0.0;
  for (int step = 0; step < 20; ++step) {
    const Vector2d here_m = ankle_m(model, leg, q).head<2>();
    const Vector2d rest_m = target.ankle_m - here_m;
    if (rest_m.norm() < 1e-6) break;
    if (step == 0 || rest_m.norm() > 0.3 * last_m) {
      Matrix2d by_angle;
      by_angle << derivative(model, leg, leg.hip_flexion, here_m, q),
          derivative(model, leg, leg.knee, here_m, q);
      if (std::abs(by_angle.determinant()) < 1e-4) break;  // straight
      angle_by_place = by_angle.inverse();
    }
    last_m = rest_m.norm();
    const Vector2d turn = (angle_by_place * rest_m).cwiseMax(-0.3).cwiseMin(0.3);
    q[leg.hip_flexion] += turn[0];
    q[leg.knee] = std::max(q[leg.knee] + turn[1], 0.5 * kStraightest_rad);
  }
  if (leg.ankle == kNone) return;
  for (int step = 0; step < 2; ++step) {
    q[leg.ankle] += target.pitch_rad - foot_pitch_rad(model, leg, q);
  }
}

double knee_for_ankle_height(const Model& model, const LegIndices& leg, double height_m,
                             const Eigen::VectorXd& q) {
  // Higher with every degree of bend: halve.
  double low = kStraightest_rad;
  double high = 100.0 * kRadPerDeg;
  Eigen::VectorXd trial = q;
  for (int step = 0; step < 30; ++step) {
    trial[leg.knee] = 0.5 * (low + high);
    (ankle_m(model, leg, trial).y() < height_m ? low : high) = trial[leg.knee];
  }
  return 0.5 * (low + high);
}

}  // namespace catena
