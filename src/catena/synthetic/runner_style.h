// How one synthetic runner runs, apart from what is planted.
#pragma once

#include <array>

#include "catena/synthetic/runner.h"

namespace catena {

/// Drawn once per runner; angles in rad.
struct RunnerStyle {
  double cadence_factor = 1.0;
  double thigh_range_factor = 1.0;
  double knee_factor = 1.0;
  double ankle_factor = 1.0;
  double adduction_factor = 1.0;
  // The pelvis tips back, and the trunk rights itself, between peaks.
  double pelvis_dip_rad = 0.0;
  double lean_dip_rad = 0.0;
  double list_rad = 0.0;
  double list_phase = 0.0;
  double rotation_rad = 0.0;
  double rotation_phase = 0.0;
  double torso_rotation_rad = 0.0;
  double torso_list_rad = 0.0;
  double hip_rotation_rad = 0.0;
  double arm_swing_rad = 0.0;
  double elbow_rad = 0.0;
  std::array<PlantedLine, 2> lines;
  // Standing.
  SagittalPosture standing;
  double standing_knee_rad = 0.0;
  double standing_abduction_rad = 0.0;
};

RunnerStyle draw_style(const RunnerOptions& options, RandomStream stream);

/// Peak thigh extension at a speed, rad; side 0 right, 1 left.
double peak_thigh_extension_rad(const RunnerOptions& options, double speed_m_s, std::size_t side);

/// The posture on the line at a thigh angle, moved by a departure; what the hip may not take beyond
/// its stop, the low back takes.
SagittalPosture posture_on_line(const PlantedLine& line, double thigh_rad,
                                const SagittalPosture& departure);

/// Strides per second at a speed (Fukuchi et al. 2017; Dorn et al. 2012 above 4.5 m/s).
double stride_rate_hz(double speed_m_s);

/// Share of the stride with the foot on the ground.
double duty_factor(double speed_m_s);

}  // namespace catena
