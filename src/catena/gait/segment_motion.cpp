#include "catena/gait/segment_motion.h"

#include <cmath>
#include <limits>

#include "catena/core/rotation.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/math/butterworth.h"

namespace catena {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Over this far and faster than this the pelvis travels; a runner on a belt wanders less.
constexpr double kShortestTravelM = 1.0;
constexpr double kSlowestTravelMS = 0.5;
// The way is straight when the distance made good is this part of the path or more.
constexpr double kStraightness = 0.9;
// Further off than 60 degrees from the way it faces, the pelvis goes sideways or backwards.
constexpr double kLeastFacing = 0.5;
// The pelvis bobs at 2.5 to 3.5 Hz and sways at half of that: 1 Hz leaves the way itself.
constexpr double kPathCutoffHz = 1.0;
// Sprint starts tip the pelvis by up to 60 degrees for some frames, never on average.
constexpr double kLeastUpright = 0.5;

struct Travel {
  double speed_m_s = kNan;
  Eigen::Vector2d displacement_m = Eigen::Vector2d::Zero();  // x, z in ground
  bool travels = false;
};

// Fills lost samples between known ones with straight lines and cuts off lost ends.
Eigen::VectorXd without_gaps(const Eigen::VectorXd& x) {
  Eigen::Index first = 0;
  Eigen::Index last = x.size() - 1;
  while (first < x.size() && !std::isfinite(x(first))) ++first;
  while (last > first && !std::isfinite(x(last))) --last;
  if (first >= x.size()) return Eigen::VectorXd();

  Eigen::VectorXd filled = x.segment(first, last - first + 1);
  Eigen::Index known = 0;
  for (Eigen::Index k = 1; k < filled.size(); ++k) {
    if (!std::isfinite(filled(k))) continue;
    for (Eigen::Index lost = known + 1; lost < k; ++lost) {
      const double part = static_cast<double>(lost - known) / static_cast<double>(k - known);
      filled(lost) = filled(known) + part * (filled(k) - filled(known));
    }
    known = k;
  }
  return filled;
}

// How far and how fast the pelvis goes over the ground.
Travel pelvis_travel(const Eigen::VectorXd& x_m, const Eigen::VectorXd& z_m, double rate_hz) {
  Travel travel;
  const Eigen::VectorXd x = without_gaps(x_m);
  const Eigen::VectorXd z = without_gaps(z_m);
  if (x.size() < 2 || !(rate_hz > 0.0)) return travel;
  const Eigen::VectorXd smooth_x = low_pass_zero_lag(x, rate_hz, kPathCutoffHz);
  const Eigen::VectorXd smooth_z = low_pass_zero_lag(z, rate_hz, kPathCutoffHz);

  double path_m = 0.0;
  for (Eigen::Index k = 1; k < x.size(); ++k) {
    path_m += std::hypot(smooth_x(k) - smooth_x(k - 1), smooth_z(k) - smooth_z(k - 1));
  }
  const double duration_s = static_cast<double>(x.size() - 1) / rate_hz;
  travel.speed_m_s = path_m / duration_s;
  travel.displacement_m = {smooth_x(x.size() - 1) - smooth_x(0),
                           smooth_z(x.size() - 1) - smooth_z(0)};
  const double made_good_m = travel.displacement_m.norm();
  travel.travels = made_good_m > kShortestTravelM && made_good_m > kSlowestTravelMS * duration_s &&
                   made_good_m > kStraightness * path_m;
  return travel;
}

// Turn about y that brings ground x to a horizontal direction (x, z).
double heading_of(const Eigen::Vector2d& direction) {
  return std::atan2(-direction.y(), direction.x());
}

// Sum over the frames with a pose of one axis of a body, in ground.
Eigen::Vector3d sum_of_axis(const std::vector<Eigen::Matrix3d>& ground_from_body, int axis) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (const Eigen::Matrix3d& rotation : ground_from_body) {
    if (rotation.allFinite()) sum += rotation.col(axis);
  }
  return sum;
}

void turn_all(std::vector<Eigen::Matrix3d>& rotations, const Eigen::Matrix3d& turn) {
  for (Eigen::Matrix3d& rotation : rotations) rotation = turn * rotation;
}

// Orientations in ground; the pelvis's way over the ground into x_m and z_m.
void run_model(const Model& model, const ChainMap& chain, const Motion& motion,
               SegmentMotion& segments, Eigen::MatrixX2d& pelvis_xz_m) {
  const Eigen::Matrix3d lost = Eigen::Matrix3d::Constant(kNan);
  const auto n_frames = static_cast<std::size_t>(motion.q.rows());
  segments.pelvis.assign(n_frames, lost);
  for (std::vector<Eigen::Matrix3d>& thigh : segments.thigh) thigh.assign(n_frames, lost);
  if (segments.has_thorax) segments.thorax.assign(n_frames, lost);
  pelvis_xz_m.setConstant(motion.q.rows(), 2, kNan);

  for (std::size_t k = 0; k < n_frames; ++k) {
    const auto row = static_cast<Eigen::Index>(k);
    const Eigen::VectorXd q = motion.q.row(row);
    // A lost coordinate (of a hand, a toe) loses the bodies beyond it and no other.
    if (q.array().isNaN().all()) continue;
    const Pose ground_from = forward_kinematics(model, q);
    const auto body = [&](int index) -> const RigidTransform& {
      return ground_from[static_cast<std::size_t>(index)];
    };
    segments.pelvis[k] = body(chain.pelvis).rotation;
    for (const Side side : kSides) {
      segments.thigh[side][k] = body(chain.thigh[side]).rotation;
    }
    if (segments.has_thorax) segments.thorax[k] = body(chain.thorax).rotation;
    pelvis_xz_m(row, 0) = body(chain.pelvis).translation.x();
    pelvis_xz_m(row, 1) = body(chain.pelvis).translation.z();
  }
}

}  // namespace

Result<SegmentMotion> segment_motion(const Model& model, const ChainMap& chain,
                                     const Motion& motion) {
  SegmentMotion segments;
  segments.rate_hz = motion.rate_hz;
  segments.time_s = motion.time_s;
  segments.has_thorax = chain.thorax != kNone;
  Eigen::MatrixX2d pelvis_xz_m;
  run_model(model, chain, motion, segments, pelvis_xz_m);

  // Is up up?
  const Eigen::Vector3d up = sum_of_axis(segments.pelvis, 1);
  const Eigen::Vector3d forward = sum_of_axis(segments.pelvis, 0);
  if (up.isZero(0.0) && forward.isZero(0.0)) {
    return fail(Errc::kMissingData, "no frame has a pose", motion.name,
                "check that the recording and the model share markers");
  }
  if (!(up.y() > kLeastUpright * up.norm())) {
    return fail(Errc::kMismatch, "the pelvis does not stand upright in this recording", motion.name,
                "if the vertical axis of the recording is z, say so: --up z");
  }

  // Which way does the runner go? The way the pelvis went, if it went that way facing forward.
  const Travel travel = pelvis_travel(pelvis_xz_m.col(0), pelvis_xz_m.col(1), motion.rate_hz);
  const Eigen::Vector2d facing(forward.x(), forward.z());
  segments.speed_m_s = travel.speed_m_s;
  segments.heading_by_path =
      travel.travels && travel.displacement_m.dot(facing) >
                            kLeastFacing * travel.displacement_m.norm() * facing.norm();
  segments.heading_rad = heading_of(segments.heading_by_path ? travel.displacement_m : facing);

  // From ground into the frame of progression.
  const Eigen::Matrix3d progression_from_ground = rotation_about_up(-segments.heading_rad);
  turn_all(segments.thorax, progression_from_ground);
  turn_all(segments.pelvis, progression_from_ground);
  for (std::vector<Eigen::Matrix3d>& thigh : segments.thigh) {
    turn_all(thigh, progression_from_ground);
  }
  return segments;
}

double thigh_extension_rad(const Eigen::Matrix3d& progression_from_thigh) {
  // The long axis towards the knee is -y of the thigh: behind is -x, down is -y.
  return std::atan2(progression_from_thigh(0, 1), progression_from_thigh(1, 1));
}

Eigen::VectorXd thigh_extension_curve_rad(const SegmentMotion& motion, Side side) {
  const std::vector<Eigen::Matrix3d>& thigh = motion.thigh[side];
  Eigen::VectorXd curve_rad(static_cast<Eigen::Index>(thigh.size()));
  for (std::size_t k = 0; k < thigh.size(); ++k) {
    curve_rad(static_cast<Eigen::Index>(k)) = thigh_extension_rad(thigh[k]);
  }
  return curve_rad;
}

}  // namespace catena
