#include "catena/gait/segment_motion.h"

#include <cmath>
#include <limits>
#include <set>

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

void turn_all(Eigen::MatrixX3d& points_m, const Eigen::Matrix3d& turn) {
  points_m = (points_m * turn.transpose()).eval();
}

// Angles on the way from a body up to another that can be set apart from each other.
int freedoms_between(const Model& model, int from, int to) {
  std::set<int> free;
  for (int body = from; body != to && body != kGround;) {
    const Joint& joint = model.joints[static_cast<std::size_t>(body - 1)];
    for (std::size_t k = 0; k < 3; ++k) {
      int coordinate = joint.axes[k].coordinate;
      for (const CoordinateCoupler& coupler : model.couplers) {
        if (coupler.dependent == coordinate) coordinate = coupler.independent;
      }
      if (coordinate == kNone || model.coordinates[static_cast<std::size_t>(coordinate)].locked) {
        continue;
      }
      free.insert(coordinate);
    }
    body = joint.parent;
  }
  return static_cast<int>(free.size());
}

// Where one body's orientations and origins go, or the place of a joint on it.
struct BodyTrack {
  int body = kNone;
  std::vector<Eigen::Matrix3d>* rotations = nullptr;
  Eigen::MatrixX3d* places_m = nullptr;
  Eigen::Vector3d in_body_m = Eigen::Vector3d::Zero();
};

std::vector<BodyTrack> tracks_of(const Model& model, const ChainMap& chain,
                                 SegmentMotion& segments) {
  std::vector<BodyTrack> tracks = {{chain.pelvis, &segments.pelvis, &segments.pelvis_m}};
  if (chain.thorax != kNone) tracks.push_back({chain.thorax, &segments.thorax});
  for (const Side side : kSides) {
    tracks.push_back({chain.thigh[side], &segments.thigh[side], &segments.hip_m[side]});
    if (chain.shank[side] != kNone) tracks.push_back({chain.shank[side], &segments.shank[side]});
    if (chain.foot[side] == kNone) continue;
    tracks.push_back({chain.foot[side], &segments.foot[side], &segments.foot_m[side]});
    for (const Joint& joint : model.joints) {
      if (joint.parent != chain.foot[side]) continue;
      tracks.push_back({chain.foot[side], nullptr, &segments.toe_joint_m[side],
                        joint.parent_from_frame.translation});
      break;
    }
  }
  return tracks;
}

// Orientations and places in ground.
void run_model(const Model& model, const ChainMap& chain, const Motion& motion,
               SegmentMotion& segments) {
  const Eigen::Matrix3d lost = Eigen::Matrix3d::Constant(kNan);
  const Eigen::Index n_frames = motion.q.rows();
  const std::vector<BodyTrack> tracks = tracks_of(model, chain, segments);
  for (const BodyTrack& track : tracks) {
    if (track.rotations) track.rotations->assign(static_cast<std::size_t>(n_frames), lost);
    if (track.places_m) track.places_m->setConstant(n_frames, 3, kNan);
  }

  Eigen::VectorXd q(motion.q.cols());
  Pose ground_from;
  for (Eigen::Index k = 0; k < n_frames; ++k) {
    q = motion.q.row(k);
    // A lost coordinate (of a hand, a toe) loses the bodies beyond it and no other.
    if (q.array().isNaN().all()) continue;
    forward_kinematics(model, q, ground_from);
    for (const BodyTrack& track : tracks) {
      const RigidTransform& body = ground_from[static_cast<std::size_t>(track.body)];
      if (track.rotations) (*track.rotations)[static_cast<std::size_t>(k)] = body.rotation;
      if (track.places_m) track.places_m->row(k) = (body * track.in_body_m).transpose();
    }
  }
}

}  // namespace

Result<SegmentMotion> segment_motion(const Model& model, const ChainMap& chain,
                                     const Motion& motion) {
  SegmentMotion segments;
  segments.rate_hz = motion.rate_hz;
  segments.time_s = motion.time_s;
  segments.has_thorax = chain.thorax != kNone;
  run_model(model, chain, motion, segments);
  for (const Side side : kSides) {
    if (chain.shank[side] == kNone) continue;
    segments.knee_freedoms[side] = freedoms_between(model, chain.shank[side], chain.thigh[side]);
    if (chain.foot[side] == kNone) continue;
    segments.ankle_freedoms[side] = freedoms_between(model, chain.foot[side], chain.shank[side]);
  }

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
  const Travel travel =
      pelvis_travel(segments.pelvis_m.col(0), segments.pelvis_m.col(2), motion.rate_hz);
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
  turn_all(segments.pelvis_m, progression_from_ground);
  for (const Side side : kSides) {
    for (auto* rotations : {&segments.thigh[side], &segments.shank[side], &segments.foot[side]}) {
      turn_all(*rotations, progression_from_ground);
    }
    for (auto* places_m :
         {&segments.hip_m[side], &segments.foot_m[side], &segments.toe_joint_m[side]}) {
      turn_all(*places_m, progression_from_ground);
    }
  }
  return segments;
}

GaitPoints gait_points_of_body(const SegmentMotion& motion) {
  GaitPoints points;
  points.rate_hz = motion.rate_hz;
  points.time_s = motion.time_s;
  points.heel_m = motion.foot_m;
  points.toe_m = motion.toe_joint_m;
  points.hip_m = motion.hip_m;
  points.pelvis_m = motion.pelvis_m;
  points.belt_speed_m_s = motion.heading_by_path ? 0.0 : kNan;
  return points;
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
