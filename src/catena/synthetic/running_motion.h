// The body's coordinates at any instant of a run, as smooth curves through the planted peaks.
#pragma once

#include <array>

#include "catena/synthetic/body.h"
#include "catena/synthetic/periodic_curve.h"
#include "catena/synthetic/runner_style.h"
#include "catena/synthetic/stride_plan.h"

namespace catena {

/// Strides from initial contact to the peak of thigh extension (42 % in 41 public runners).
inline constexpr double kContactToPeak = 0.42;

/// Where in the stride the runner is, and what the neighbouring peaks demand.
struct StrideInstant {
  double speed_m_s = 0.0;
  std::array<double, 2> phase{};       // of each leg in strides since its peak
  double step_phase = 0.0;             // in steps, even at right peaks, odd at left ones
  std::array<double, 2> peak_thigh{};  // rad, passing from the last peak's to the next one's
  double peak_pelvis = 0.0;            // rad, anterior tilt +
  double peak_lean = 0.0;              // rad
};

/// Indices of the coordinates that running needs; kNone where the body lacks the part.
struct RunnerCoordinates {
  explicit RunnerCoordinates(const Model& model);
  int tilt, list, rotation, tx, ty, tz;
  std::array<int, 2> hip_flexion{}, hip_adduction{}, hip_rotation{}, knee{}, ankle{}, subtalar{};
  std::array<int, 2> mtp{}, arm_flex{}, arm_add{}, arm_rot{}, elbow{};
  int lumbar_extension, lumbar_bending, lumbar_rotation;
};

class RunningMotion {
 public:
  /// Keeps references to body, options and style: they must outlive the motion.
  RunningMotion(const SyntheticBody& body, const RunnerOptions& options, const RunnerStyle& style,
                const StridePlan& plan);

  /// (n_coordinates) rad and m, at any time from 0 to the run's duration.
  [[nodiscard]] Eigen::VectorXd at(double time_s) const;

  /// About how long a stride takes at that time.
  [[nodiscard]] double stride_s(double time_s) const;

  /// Seconds since each foot last touched the ground: right, left.
  [[nodiscard]] std::array<double, 2> since_contact_s(double time_s) const;

 private:
  [[nodiscard]] StrideInstant instant_at(double time_s) const;
  [[nodiscard]] Eigen::Vector3d fit_height(double speed_m_s) const;

  const SyntheticBody& body_;
  const RunnerOptions& options_;
  const RunnerStyle& style_;
  StridePlan plan_;
  RunnerCoordinates index_;
  std::array<KnotCurve, 2> phase_of_leg_;
  KnotCurve step_phase_;
  // Height of the pelvis as mean, cosine and sine of the step, at a few speeds.
  Eigen::VectorXd height_speeds_m_s_;
  Eigen::MatrixXd height_m_;  // (n_speeds, 3)
};

/// Coordinates for an instant, the pelvis's translations left at zero.
Eigen::VectorXd running_pose(const Model& model, const RunnerCoordinates& index,
                             const RunnerStyle& style, const StrideInstant& instant);

/// The runner standing on both feet.
Eigen::VectorXd standing_pose(const SyntheticBody& body, const RunnerStyle& style);

}  // namespace catena
