// The leg-behind budget: who puts the thigh behind the body, hip, low back or lean.
//
// Rotations in three dimensions do not add; angular velocities do. With the chain rooted at the
// thorax, w_thigh = w_thorax + w_pelvis/thorax + w_thigh/pelvis, and the thigh's angle from
// gravity in the plane of progression changes by g . w_thigh, so each part's contribution is the
// integral of g . w_part. They sum to the change of the angle, with no remainder.
// Derivation, signs and limits: docs/methods/budget.md.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "catena/gait/segment_motion.h"
#include "catena/model/chain_map.h"

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
  double rest_rad = 0.0;      // by pelvic rotation and drop; an integral of its own, and
                              // total = sagittal + rest
};

/// hip extension +, low back extension +, forward lean +. pelvis = low_back + lean.
struct Budget {
  bool has_thorax = false;  // false: low_back and lean are NaN, only their sum is known
  Contribution hip, low_back, lean, pelvis;
  double thigh_rad = 0.0;  // change of the thigh's angle, computed directly from the postures
};

struct BudgetOptions {
  // Equal parts into which each step is cut before each part is divided further, as far as the
  // integral needs. More than 1 changes nothing above rounding; it is there to show that.
  int substeps = 1;
};

/// From one posture to another, each relative rotation (thorax in progression, pelvis in thorax,
/// thigh in pelvis) moving at constant angular velocity.
///
/// returns    NaN in every number when a posture holds NaN, or when the thigh comes to point
///            straight sideways on the way (within 1e-4 rad), where its angle means nothing.
///            A change of more than pi is counted along the way, not wrapped
/// depends    without a thorax in both postures the chain is rooted at the pelvis
Budget budget_between(const ChainPosture& from, const ChainPosture& to,
                      const BudgetOptions& options = {});

/// From the last instant before `peak_frame` at which the thigh is vertical to the peak, frame by
/// frame. That instant mostly lies between two frames: it is found on the way between them.
///
/// first_frame  where to stop looking: the frame of the peak before, or 0
/// returns      none when the thigh was not seen vertical since first_frame, is not behind the
///              vertical at the peak, or a frame on the way is lost
std::optional<Budget> budget_gained(const SegmentMotion& motion, Side side, int peak_frame,
                                    int first_frame, const BudgetOptions& options = {});

/// The posture of one side at one frame.
ChainPosture posture_at(const SegmentMotion& motion, Side side, int frame);

/// Every link upright: where absolute angles are counted from.
ChainPosture upright_posture(bool has_thorax);

/// Mean posture (rotation averages) over the frames of a standing trial; NaN if it has none.
ChainPosture mean_posture(const SegmentMotion& motion, Side side);

/// The same chain without its thorax, for a runner whose other recordings have none.
ChainPosture without_thorax(const ChainPosture& posture);

}  // namespace catena
