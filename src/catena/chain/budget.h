// The leg-behind budget: who puts the thigh behind the body, hip, low back or lean.
//
// Rotations in three dimensions do not add; angular velocities do. With the chain rooted at the
// thorax, w_thigh = w_thorax + w_pelvis/thorax + w_thigh/pelvis, and the thigh's angle from
// gravity in the plane of progression changes by g . w_thigh, so each part's contribution is the
// integral of g . w_part. They sum to the change of the angle, with no remainder.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "catena/gait/segment_motion.h"

namespace catena {

/// Orientations of the three links at one instant, progression_from_body.
struct ChainPosture {
  std::optional<Eigen::Matrix3d> thorax;  // none: pelvis and legs only
  Eigen::Matrix3d pelvis = Eigen::Matrix3d::Identity();
  Eigen::Matrix3d thigh = Eigen::Matrix3d::Identity();
};

/// What one part of the chain adds to thigh extension, rad.
struct Contribution {
  double total_rad = 0.0;
  double sagittal_rad = 0.0;  // by turning about the axis to the right
  double rest_rad = 0.0;      // by pelvic rotation and drop; total = sagittal + rest
};

/// hip extension +, low back extension +, forward lean +. pelvis = low_back + lean.
struct Budget {
  bool has_thorax = false;  // false: low_back and lean are NaN, only their sum is known
  Contribution hip, low_back, lean, pelvis;
  double thigh_rad = 0.0;  // change of the thigh's angle, computed directly from the postures
};

struct BudgetOptions {
  int substeps = 1;  // per frame interval, each with eight-point Gauss-Legendre
};

/// From one posture to another, each relative rotation (thorax in progression, pelvis in thorax,
/// thigh in pelvis) moving at constant angular velocity.
Budget budget_between(const ChainPosture& from, const ChainPosture& to,
                      const BudgetOptions& options = {});

/// From the last instant before `peak_frame` at which the thigh is vertical to the peak, frame by
/// frame; none when the thigh was not seen vertical since the peak before.
///
/// first_frame  where to stop looking: the frame of the peak before, or 0
std::optional<Budget> budget_gained(const SegmentMotion& motion, Side side, int peak_frame,
                                    int first_frame, const BudgetOptions& options = {});

/// The posture of one side at one frame.
ChainPosture posture_at(const SegmentMotion& motion, Side side, int frame);

/// Every link upright: where absolute angles are counted from.
ChainPosture upright_posture(bool has_thorax);

/// Mean posture (rotation averages) over the frames of a standing trial.
ChainPosture mean_posture(const SegmentMotion& motion, Side side);

}  // namespace catena
