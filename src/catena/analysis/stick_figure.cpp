#include "catena/analysis/stick_figure.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "catena/analysis/bones.h"
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
  const Eigen::Vector3d hip = pose[static_cast<std::size_t>(body.chain.thigh[side])].translation;
  const auto seen = [&](const Eigen::Vector3d& x) {
    return Eigen::Vector2d((x - hip).dot(forward), x.y() - hip.y());
  };
  for (const BodyPicture::Bone& bone :
       bones_of(model, body.chain, pose, stride->absolute.has_thorax)) {
    const auto is = [&](const char* part) { return bone.name.starts_with(part); };
    if (!is("thigh") && !is("shank") && !is("foot") && !is("pelvis") && !is("trunk")) continue;
    figure.bones.push_back({bone.name, seen(bone.from_m), seen(bone.to_m)});
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
