#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/synthetic/running_motion.h"

namespace catena {
namespace {

using Eigen::AngleAxisd;
using Eigen::Matrix3d;
using Eigen::Vector3d;

constexpr double kTurn = 2.0 * std::numbers::pi;

/// Shapes over a stride. Phase of thigh, hip: since the thigh's peak. Of knee and ankle: since
/// initial contact. Values after the mean curves of Fukuchi et al. 2017 and Novacheck 1998.
struct Shapes {
  PeriodicCurve thigh_drop;  // times (1 - cos) / 2: no slope at the peak and no second zero
  PeriodicCurve adduction_deg, knee_deg, knee_swing, ankle_deg, subtalar_deg;
};

PeriodicCurve curve(std::initializer_list<double> phase, std::initializer_list<double> value) {
  return {
      Eigen::Map<const Eigen::VectorXd>(phase.begin(), static_cast<Eigen::Index>(phase.size())),
      Eigen::Map<const Eigen::VectorXd>(value.begin(), static_cast<Eigen::Index>(value.size()))};
}

const Shapes& shapes() {
  static const Shapes all = {
      .thigh_drop = curve({0.0, 0.1, 0.2, 0.3, 0.39, 0.5, 0.58, 0.68, 0.8, 0.9},
                          {1.15, 1.30, 1.42, 1.27, 1.13, 0.94, 0.91, 0.93, 0.99, 1.06}),
      .adduction_deg = curve({0.0, 0.25, 0.45, 0.58, 0.75, 0.88}, {-2.0, -3.5, 0.0, 3.0, 8.0, 3.5}),
      .knee_deg = curve({0.0, 0.08, 0.17, 0.28, 0.36, 0.42, 0.52, 0.69, 0.88, 0.95},
                        {14.0, 29.0, 41.0, 33.0, 28.0, 27.0, 22.0, 16.0, 13.0, 11.0}),
      .knee_swing = curve({0.0, 0.2, 0.36, 0.44, 0.54, 0.62, 0.69, 0.78, 0.88, 0.95},
                          {0.0, 0.0, 0.01, 0.15, 0.58, 0.90, 1.0, 0.90, 0.47, 0.12}),
      .ankle_deg = curve({0.0, 0.08, 0.21, 0.30, 0.38, 0.46, 0.58, 0.70, 0.85},
                         {6.0, 12.0, 23.0, 15.0, -7.0, -18.0, -6.0, 2.0, 4.0}),
      .subtalar_deg = curve({0.0, 0.1, 0.2, 0.35, 0.5, 0.8}, {5.0, -3.0, -6.0, 2.0, 4.0, 5.0}),
  };
  return all;
}

double on_speed(std::initializer_list<double> values, double speed_m_s) {
  static const Eigen::VectorXd speeds = Eigen::VectorXd{{2.5, 3.5, 5.0, 7.0, 9.0}};
  return interpolate_level(speeds, Eigen::Map<const Eigen::VectorXd>(values.begin(), speeds.size()),
                           speed_m_s);
}

void set(Eigen::VectorXd& q, int index, double value) {
  if (index != kNone) q[index] = value;
}

Matrix3d turn(double about_z, double about_x, double about_y) {
  return (AngleAxisd(about_z, Vector3d::UnitZ()) * AngleAxisd(about_x, Vector3d::UnitX()) *
          AngleAxisd(about_y, Vector3d::UnitY()))
      .toRotationMatrix();
}

/// Sets pelvis and trunk so that their long axes, seen from the side, lean by these angles.
void set_trunk(Eigen::VectorXd& q, const RunnerCoordinates& index, const Matrix3d& pelvis,
               const Matrix3d& torso) {
  const Matrix3d lumbar = pelvis.transpose() * torso;
  q[index.lumbar_extension] = std::atan2(-lumbar(0, 1), lumbar(1, 1));
  q[index.lumbar_bending] = std::asin(std::clamp(lumbar(2, 1), -1.0, 1.0));
  q[index.lumbar_rotation] = std::atan2(-lumbar(2, 0), lumbar(2, 2));
}

/// Hip flexion that brings the thigh's long axis, seen from the side, to an angle behind the
/// vertical, whatever pelvis and adduction are.
double hip_flexion_for(const Matrix3d& pelvis, double adduction, std::size_t side, double thigh) {
  // The long axis is cos a (sin f X - cos f Y) -+ sin a Z in the pelvis's axes; its component
  // along e, across the wanted direction in the sagittal plane, must vanish.
  const Vector3d e(std::cos(thigh), -std::sin(thigh), 0.0);
  const double along_x = pelvis.col(0).dot(e);
  const double along_y = pelvis.col(1).dot(e);
  const double along_z = pelvis.col(2).dot(e);
  const double out = side == 0 ? 1.0 : -1.0;
  const double c = out * std::tan(adduction) * along_z / std::hypot(along_x, along_y);
  return std::atan2(along_y, along_x) + std::asin(std::clamp(c, -1.0, 1.0));
}

void set_leg(Eigen::VectorXd& q, const RunnerCoordinates& index, const RunnerStyle& style,
             const StrideInstant& now, std::size_t side, const Matrix3d& pelvis) {
  const double phase = now.phase.at(side);
  const double since_contact = phase + kContactToPeak;
  const double v = now.speed_m_s;
  const Shapes& s = shapes();
  const double range =
      style.thigh_range_factor * on_speed({46.0, 57.0, 72.0, 92.0, 110.0}, v) * kRadPerDeg;
  const double drop = 0.5 * (1.0 - std::cos(kTurn * phase)) * s.thigh_drop(phase);
  const double adduction = style.adduction_factor * s.adduction_deg(phase) * kRadPerDeg;
  q[index.hip_adduction.at(side)] = adduction;
  q[index.hip_flexion.at(side)] =
      hip_flexion_for(pelvis, adduction, side, now.peak_thigh.at(side) - range * drop);
  q[index.hip_rotation.at(side)] = style.hip_rotation_rad * std::sin(kTurn * (phase + 0.1));
  const double swing_deg = on_speed({79.0, 82.0, 92.0, 104.0, 112.0}, v);
  q[index.knee.at(side)] =
      style.knee_factor * kRadPerDeg *
      (s.knee_deg(since_contact) + swing_deg * std::max(0.0, s.knee_swing(since_contact)));
  set(q, index.ankle.at(side), style.ankle_factor * s.ankle_deg(since_contact) * kRadPerDeg);
  set(q, index.subtalar.at(side), s.subtalar_deg(since_contact) * kRadPerDeg);
}

void set_arm(Eigen::VectorXd& q, const RunnerCoordinates& index, const RunnerStyle& style,
             double swing, std::size_t side) {
  const double forward = (side == 0 ? 1.0 : -1.0) * swing;
  set(q, index.arm_flex.at(side), style.arm_swing_rad * forward);
  set(q, index.arm_add.at(side), -12.0 * kRadPerDeg);
  set(q, index.arm_rot.at(side), 15.0 * kRadPerDeg);
  set(q, index.elbow.at(side), style.elbow_rad + 8.0 * kRadPerDeg * forward);
}

/// Keeps a locked coordinate where the model holds it.
void hold_locked(const Model& model, Eigen::VectorXd& q) {
  for (std::size_t i = 0; i < model.coordinates.size(); ++i) {
    const Coordinate& c = model.coordinates[i];
    if (c.locked) q[static_cast<Eigen::Index>(i)] = c.default_value;
  }
}

}  // namespace

RunnerCoordinates::RunnerCoordinates(const Model& model)
    : tilt(find_coordinate(model, "pelvis_tilt")),
      list(find_coordinate(model, "pelvis_list")),
      rotation(find_coordinate(model, "pelvis_rotation")),
      tx(find_coordinate(model, "pelvis_tx")),
      ty(find_coordinate(model, "pelvis_ty")),
      tz(find_coordinate(model, "pelvis_tz")),
      lumbar_extension(find_coordinate(model, "lumbar_extension")),
      lumbar_bending(find_coordinate(model, "lumbar_bending")),
      lumbar_rotation(find_coordinate(model, "lumbar_rotation")) {
  for (std::size_t side = 0; side < 2; ++side) {
    const auto find = [&](const std::string& name) {
      return find_coordinate(model, name + (side == 0 ? "_r" : "_l"));
    };
    hip_flexion.at(side) = find("hip_flexion");
    hip_adduction.at(side) = find("hip_adduction");
    hip_rotation.at(side) = find("hip_rotation");
    knee.at(side) = find("knee_angle");
    ankle.at(side) = find("ankle_angle");
    subtalar.at(side) = find("subtalar_angle");
    mtp.at(side) = find("mtp_angle");
    arm_flex.at(side) = find("arm_flex");
    arm_add.at(side) = find("arm_add");
    arm_rot.at(side) = find("arm_rot");
    elbow.at(side) = find("elbow_flex");
  }
}

Eigen::VectorXd running_pose(const Model& model, const RunnerCoordinates& index,
                             const RunnerStyle& style, const StrideInstant& now) {
  Eigen::VectorXd q = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(model.coordinates.size()));
  // Twice per stride, and nothing at any peak: the planted posture stands there.
  const double between_peaks = 0.5 * (1.0 - std::cos(kTurn * now.step_phase));
  const double pelvis_tilt = now.peak_pelvis - style.pelvis_dip_rad * between_peaks;
  const double lean = now.peak_lean - style.lean_dip_rad * between_peaks;
  // Once per stride: the trailing leg's side of the pelvis stays back, the shoulders turn against
  // it, and the pelvis drops on the swing side.
  const double stride = now.step_phase / 2.0;
  const double list = style.list_rad * std::sin(kTurn * (stride + style.list_phase));
  const double rotation = -style.rotation_rad * std::cos(kTurn * (stride + style.rotation_phase));
  const double torso_list = -style.torso_list_rad * std::sin(kTurn * stride);
  const double torso_rotation = style.torso_rotation_rad * std::cos(kTurn * stride);

  q[index.tilt] = -pelvis_tilt;
  q[index.list] = list;
  q[index.rotation] = rotation;
  const Matrix3d pelvis = turn(-pelvis_tilt, list, rotation);
  set_trunk(q, index, pelvis, turn(-lean, torso_list, torso_rotation));
  const double arm_swing = std::cos(kTurn * stride);
  for (std::size_t side = 0; side < 2; ++side) {
    set_leg(q, index, style, now, side, pelvis);
    set_arm(q, index, style, arm_swing, side);
  }
  hold_locked(model, q);
  return q;
}

Eigen::VectorXd standing_pose(const SyntheticBody& body, const RunnerStyle& style) {
  const RunnerCoordinates index(body.model);
  Eigen::VectorXd q =
      Eigen::VectorXd::Zero(static_cast<Eigen::Index>(body.model.coordinates.size()));
  q[index.tilt] = -style.standing.pelvis();
  const Matrix3d pelvis = turn(-style.standing.pelvis(), 0.0, 0.0);
  set_trunk(q, index, pelvis, turn(-style.standing.lean, 0.0, 0.0));
  for (std::size_t side = 0; side < 2; ++side) {
    const double thigh = style.standing.thigh();
    const double adduction = -style.standing_abduction_rad;
    q[index.hip_adduction.at(side)] = adduction;
    q[index.hip_flexion.at(side)] = hip_flexion_for(pelvis, adduction, side, thigh);
    q[index.knee.at(side)] = style.standing_knee_rad;
    // The sole is level: the foot turns back what thigh and knee have turned.
    set(q, index.ankle.at(side), thigh + style.standing_knee_rad);
    set(q, index.arm_add.at(side), -12.0 * kRadPerDeg);
    set(q, index.elbow.at(side), 15.0 * kRadPerDeg);
  }
  hold_locked(body.model, q);
  q[index.ty] -= lowest_sole_height_m(body, q);
  return q;
}

}  // namespace catena
