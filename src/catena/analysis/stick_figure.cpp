#include "catena/analysis/stick_figure.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "catena/core/units.h"
#include "catena/kinematics/forward_kinematics.h"

namespace catena {
namespace {

/// The stride nearest to the mean of the demand with the farthest mean thigh extension.
const StrideResult* choose_stride(const LegResult& leg, const std::vector<std::string>& demands) {
  std::map<std::string, std::pair<double, int>> sums;
  const auto demand = [&](const StrideResult& s) {
    return demands[static_cast<std::size_t>(s.recording)];
  };
  for (const StrideResult& stride : leg.strides) {
    auto& [sum, count] = sums[demand(stride)];
    sum += stride.absolute.thigh_rad;
    ++count;
  }
  double farthest = -std::numeric_limits<double>::infinity();
  std::string label;
  for (const auto& [name, of] : sums) {
    const double mean = of.first / of.second;
    if (mean > farthest) {
      farthest = mean;
      label = name;
    }
  }
  const StrideResult* nearest = nullptr;
  for (const StrideResult& stride : leg.strides) {
    if (demand(stride) != label) continue;
    const double off = std::abs(stride.absolute.thigh_rad - farthest);
    if (!nearest || off < std::abs(nearest->absolute.thigh_rad - farthest)) nearest = &stride;
  }
  return nearest;
}

/// The point of a body or of those beyond it that lies farthest from its own origin: the toe of a
/// foot, the shoulders or head of a trunk.
Eigen::Vector3d far_end(const Model& model, const Pose& pose, int body, bool along_y) {
  std::vector<bool> beyond(model.bodies.size(), false);
  beyond[static_cast<std::size_t>(body)] = true;
  const RigidTransform& at = pose[static_cast<std::size_t>(body)];
  Eigen::Vector3d end = at * (along_y ? Eigen::Vector3d(0, 0.4, 0) : Eigen::Vector3d(0.15, 0, 0));
  double farthest = 0.0;
  for (const ModelMarker& marker : model.markers) {
    int b = marker.body;
    if (!along_y) {
      while (b != kGround && b != body) b = model.joints[static_cast<std::size_t>(b - 1)].parent;
    }
    if (b != body) continue;
    const Eigen::Vector3d in_ground =
        pose[static_cast<std::size_t>(marker.body)] * marker.position_in_body_m;
    const Eigen::Vector3d local = inverse(at) * in_ground;
    const double reach = along_y ? local.y() : local.x();
    if (reach > farthest) {
      farthest = reach;
      // Along the segment's own axis: markers stand on the skin, to one side.
      end = at * (along_y ? Eigen::Vector3d(local.x() * 0.3, local.y(), 0)
                          : Eigen::Vector3d(local.x(), 0.5 * local.y(), 0));
    }
  }
  return end;
}

}  // namespace

StickFigure draw_stick_figure(const BodySetup& body, const std::vector<FittedRun>& runs, Side side,
                              const LegResult& leg, const std::vector<std::string>& demands) {
  StickFigure figure;
  const StrideResult* stride = choose_stride(leg, demands);
  if (!stride) return figure;
  const FittedRun& run = runs[static_cast<std::size_t>(stride->recording)];
  const Model& model = body.model;
  Eigen::VectorXd q = run.fit.motion.q.row(stride->peak_frame).transpose();
  const Eigen::VectorXd neutral = default_pose(model);
  for (Eigen::Index i = 0; i < q.size(); ++i) {
    if (std::isnan(q[i])) q[i] = neutral[i];  // limbs not seen hang as the model has them
  }
  const Pose pose = forward_kinematics(model, q);

  // Into the plane of progression, from the hip of this leg.
  const double heading = run.segments.heading_rad;
  const Eigen::Vector3d forward(std::cos(heading), 0.0, -std::sin(heading));
  const auto origin_of = [&](int b) { return pose[static_cast<std::size_t>(b)].translation; };
  const Eigen::Vector3d hip = origin_of(body.chain.thigh[side]);
  const auto seen = [&](const Eigen::Vector3d& x) {
    return Eigen::Vector2d((x - hip).dot(forward), x.y() - hip.y());
  };
  const auto bone = [&](const std::string& name, const Eigen::Vector3d& from,
                        const Eigen::Vector3d& to) {
    figure.bones.push_back({name, seen(from), seen(to)});
  };
  for (const Side s : kSides) {
    const std::string suffix = s == kRight ? "_r" : "_l";
    const Eigen::Vector3d top = origin_of(body.chain.thigh[s]);
    if (body.chain.shank[s] == kNone) continue;
    const Eigen::Vector3d knee = origin_of(body.chain.shank[s]);
    bone("thigh" + suffix, top, knee);
    const int foot = body.chain.foot[s];
    if (foot == kNone) continue;
    const int joint_of_ankle = model.joints[static_cast<std::size_t>(foot - 1)].parent;
    const bool talus = joint_of_ankle != body.chain.shank[s] && joint_of_ankle != kGround;
    const Eigen::Vector3d ankle = origin_of(talus ? joint_of_ankle : foot);
    bone("shank" + suffix, knee, ankle);
    bone("foot" + suffix, ankle, far_end(model, pose, foot, false));
  }
  const Eigen::Vector3d hips =
      0.5 * (origin_of(body.chain.thigh[kRight]) + origin_of(body.chain.thigh[kLeft]));
  if (body.chain.thorax != kNone && stride->absolute.has_thorax) {
    const Eigen::Vector3d low_back = origin_of(body.chain.thorax);
    bone("pelvis", hips, low_back);
    bone("trunk", low_back, far_end(model, pose, body.chain.thorax, true));
  } else {
    bone("pelvis", hips, far_end(model, pose, body.chain.pelvis, true));
  }

  figure.known = true;
  figure.recording = run.name;
  figure.time_s = stride->peak_time_s;
  figure.thigh_deg = stride->absolute.thigh_rad * kDegPerRad;
  figure.hip_deg = stride->absolute.hip.total_rad * kDegPerRad;
  figure.pelvis_deg = stride->absolute.pelvis.total_rad * kDegPerRad;
  figure.low_back_deg = stride->absolute.low_back.total_rad * kDegPerRad;
  figure.lean_deg = stride->absolute.lean.total_rad * kDegPerRad;
  return figure;
}

}  // namespace catena
