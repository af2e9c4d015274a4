#include "catena/synthetic/runner_style.h"

#include <algorithm>

#include "catena/core/units.h"
#include "catena/synthetic/periodic_curve.h"

namespace catena {
namespace {

constexpr double kReferenceSpeed_m_s = 3.5;

using Knots = Eigen::Array<double, 8, 1>;

double by_speed(const Knots& values, double speed_m_s) {
  static const Eigen::VectorXd speeds =
      (Knots() << 1.5, 2.5, 3.5, 4.5, 5.0, 6.0, 7.0, 9.0).finished().matrix();
  return interpolate_level(speeds, values.matrix(), speed_m_s);
}

}  // namespace

double stride_rate_hz(double speed_m_s) {
  return by_speed((Knots() << 1.29, 1.35, 1.425, 1.525, 1.57, 1.69, 1.83, 2.10).finished(),
                  speed_m_s);
}

double duty_factor(double speed_m_s) {
  return by_speed((Knots() << 0.43, 0.394, 0.348, 0.328, 0.31, 0.285, 0.265, 0.235).finished(),
                  speed_m_s);
}

double peak_thigh_extension_rad(const RunnerOptions& options, double speed_m_s, std::size_t side) {
  const Knots peak_deg = (Knots() << 14.0, 20.0, 26.0, 32.0, 34.0, 36.5, 39.0, 45.0).finished();
  const double reference_deg = by_speed(peak_deg, kReferenceSpeed_m_s);
  const double deg = reference_deg +
                     options.thigh_spread_scale * (by_speed(peak_deg, speed_m_s) - reference_deg) -
                     (side == 1 ? options.asymmetry_deg : 0.0);
  return deg * kRadPerDeg;
}

SagittalPosture posture_on_line(const PlantedLine& line, double thigh_rad,
                                const SagittalPosture& departure) {
  const double further = thigh_rad - line.center.thigh();
  SagittalPosture p;
  p.hip = line.center.hip + line.shares.hip * further + departure.hip;
  p.low_back = line.center.low_back + line.shares.low_back * further + departure.low_back;
  p.lean = line.center.lean + line.shares.lean * further + departure.lean;
  const double beyond = std::max(0.0, p.hip - line.hip_stop_rad);
  p.hip -= beyond;
  p.low_back += beyond;
  return p;
}

RunnerStyle draw_style(const RunnerOptions& options, RandomStream stream) {
  const double deg = kRadPerDeg;
  RunnerStyle s;
  s.cadence_factor = stream.normal(1.0, 0.03);
  s.thigh_range_factor = stream.normal(1.0, 0.05);
  s.knee_factor = stream.normal(1.0, 0.05);
  s.ankle_factor = stream.normal(1.0, 0.08);
  s.adduction_factor = stream.normal(1.0, 0.25);
  s.pelvis_dip_rad = std::max(2.0, stream.normal(6.5, 1.3)) * deg;
  s.lean_dip_rad = stream.normal(2.0, 1.0) * deg;
  s.list_rad = stream.normal(4.3, 0.8) * deg;
  s.list_phase = stream.normal(0.0, 0.03);
  s.rotation_rad = stream.normal(6.0, 1.2) * deg;
  s.rotation_phase = stream.normal(0.0, 0.03);
  s.torso_rotation_rad = stream.normal(6.0, 1.5) * deg;
  s.torso_list_rad = stream.normal(2.0, 0.7) * deg;
  s.hip_rotation_rad = stream.normal(4.0, 1.0) * deg;
  s.arm_swing_rad = stream.normal(24.0, 4.0) * deg;
  s.elbow_rad = stream.normal(95.0, 8.0) * deg;
  // Posture at 3.5 m/s: anterior tilt 7 (SD 5 between runners: Schache 1999), lean 8 (SD 3: Teng &
  // Powers 2015); the sides of one runner differ by about a degree.
  const double tilt = stream.normal(7.0, 5.0) * deg;
  const double lean = stream.normal(8.0, 3.0) * deg;
  for (std::size_t side = 0; side < 2; ++side) {
    PlantedLine& line = s.lines.at(side);
    line.shares = options.shares.at(side);
    line.hip_stop_rad = options.hip_stop_deg.at(side) * deg;
    const double side_tilt = tilt + stream.normal(0.0, 0.7) * deg;
    line.center.lean = lean + stream.normal(0.0, 0.5) * deg;
    line.center.low_back = side_tilt - line.center.lean;
    line.center.hip = peak_thigh_extension_rad(options, kReferenceSpeed_m_s, side) - side_tilt;
  }
  // Standing, the thighs and the trunk are upright to a few degrees.
  s.standing.lean = stream.normal(0.0, 2.0) * deg;
  s.standing.low_back = tilt - stream.normal(2.0, 3.0) * deg - s.standing.lean;
  s.standing.hip = stream.normal(0.0, 2.0) * deg - s.standing.pelvis();
  s.standing_knee_rad = std::max(0.0, stream.normal(3.0, 2.0)) * deg;
  s.standing_abduction_rad = stream.normal(3.0, 1.0) * deg;
  return s;
}

}  // namespace catena
