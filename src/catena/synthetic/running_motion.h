// The body's coordinates at any instant of a run, as smooth curves through the planted peaks.
#pragma once

#include <array>
#include <vector>

#include "catena/synthetic/body.h"
#include "catena/synthetic/foot_on_ground.h"
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

/// One foot's time on the ground.
struct Footfall {
  double contact_s = 0.0, toe_off_s = 0.0;
  double place_m = 0.0;       // on the ground, along the way of the runner: under the flat ankle
  double push_off_rad = 0.0;  // the foot's pitch at toe-off
  double peak_s = 0.0;        // of the thigh, after toe-off
  // By how much hip, knee and ankle then differ from the leg's own swing, rad, and how fast that
  // changes, rad/s.
  Eigen::Vector3d left_rad = Eigen::Vector3d::Zero();
  Eigen::Vector3d left_rad_s = Eigen::Vector3d::Zero();
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

  /// When each foot is on the ground: right, left; those of the recording and of two strides before
  /// and after it.
  [[nodiscard]] const std::array<std::vector<Footfall>, 2>& footfalls() const { return footfalls_; }

  /// Seconds since each foot last touched the ground: right, left.
  [[nodiscard]] std::array<double, 2> since_contact_s(double time_s) const;

 private:
  [[nodiscard]] StrideInstant instant_at(double time_s) const;
  [[nodiscard]] double time_at_phase(std::size_t side, double phase) const;
  [[nodiscard]] double travelled_m(double time_s) const;
  /// The pose before the feet are put on the ground.
  [[nodiscard]] Eigen::VectorXd free_pose(double time_s) const;
  /// Returns by how much some leg is too short for its footfalls, m; none: 0.
  double plan_footfalls();
  [[nodiscard]] Footfall plan_footfall(std::size_t side, int stride) const;
  [[nodiscard]] FootTarget target_of(const Footfall& foot, double time_s) const;
  [[nodiscard]] Eigen::Vector3d on_the_ground_rad(std::size_t side, const Footfall& foot,
                                                  double time_s, const Eigen::VectorXd& q) const;
  void lift_swinging_foot(std::size_t side, double time_s, Eigen::VectorXd& q) const;
  void put_foot_down(std::size_t side, double time_s, Eigen::VectorXd& q) const;

  const SyntheticBody& body_;
  const RunnerOptions& options_;
  const RunnerStyle& style_;
  StridePlan plan_;
  RunnerCoordinates index_;
  std::array<KnotCurve, 2> phase_of_leg_;
  KnotCurve step_phase_;
  std::array<LegIndices, 2> legs_;
  double hip_drop_m_ = 0.0;
  std::array<std::vector<Footfall>, 2> footfalls_;  // in order of time
};

/// Coordinates for an instant, the pelvis's translations left at zero.
Eigen::VectorXd running_pose(const Model& model, const RunnerCoordinates& index,
                             const RunnerStyle& style, const StrideInstant& instant);

/// The runner standing on both feet.
Eigen::VectorXd standing_pose(const SyntheticBody& body, const RunnerStyle& style);

}  // namespace catena
