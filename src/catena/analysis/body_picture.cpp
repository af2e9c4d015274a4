#include "catena/analysis/body_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "catena/analysis/bones.h"
#include "catena/kinematics/forward_kinematics.h"
#include "catena/model/chain_map.h"

namespace catena {
namespace {

void add_markers(const Model& model, const Pose& pose, const Trajectories& trajectories,
                 Eigen::Index frame, BodyPicture& picture) {
  const Eigen::Vector3d lost = Eigen::Vector3d::Constant(std::numeric_limits<double>::quiet_NaN());
  double sum_m2 = 0.0;
  int shared = 0;
  for (const ModelMarker& marker : model.markers) {
    const auto found =
        std::find(trajectories.labels.begin(), trajectories.labels.end(), marker.name);
    if (found == trajectories.labels.end()) continue;
    const Eigen::Index point = found - trajectories.labels.begin();
    const Eigen::Vector3d measured = trajectories.points_m.block<1, 3>(frame, 3 * point);
    const Eigen::Vector3d in_model =
        pose[static_cast<std::size_t>(marker.body)] * marker.position_in_body_m;
    picture.markers.push_back({marker.name, measured.allFinite() ? measured : lost, in_model});
    if (!measured.allFinite()) continue;
    sum_m2 += (measured - in_model).squaredNorm();
    ++shared;
  }
  picture.marker_rms_m = std::sqrt(sum_m2 / shared);  // NaN of none
}

void add_joints(const Model& model, const ChainMap& chain, const Pose& pose, BodyPicture& picture) {
  const auto add = [&](const std::string& name, int body) {
    if (body == kNone) return;
    picture.joints.push_back({name, pose[static_cast<std::size_t>(body)].translation});
  };
  for (const Side side : kSides) {
    const std::string of = kSideNames[side];
    add(of + " hip", chain.thigh[side]);
    add(of + " knee", chain.shank[side]);
    if (chain.foot[side] == kNone) continue;
    const int above = model.joints[static_cast<std::size_t>(chain.foot[side] - 1)].parent;
    add(of + " ankle", above == chain.shank[side] ? chain.foot[side] : above);
  }
  add("low back", chain.thorax);
}

/// Whether a marker rides on the thorax or beyond. A trunk that nobody saw is not drawn.
bool shows_trunk(const Model& model, const ChainMap& chain, const BodyPicture& picture) {
  return std::any_of(picture.markers.begin(), picture.markers.end(), [&](const auto& shown) {
    int body = model.markers[static_cast<std::size_t>(find_marker(model, shown.label))].body;
    while (body != kGround && body != chain.thorax) {
      body = model.joints[static_cast<std::size_t>(body - 1)].parent;
    }
    return chain.thorax != kNone && body == chain.thorax;
  });
}

}  // namespace

Eigen::Matrix3d runner_from_ground(const Pose& pose, int pelvis) {
  const Eigen::Vector3d facing = pose[static_cast<std::size_t>(pelvis)].rotation.col(0);
  const double across = std::hypot(facing.x(), facing.z());
  if (!(across > 0.1)) return Eigen::Matrix3d::Identity();  // lies on the back: nothing is forward
  const double c = facing.x() / across, s = facing.z() / across;
  Eigen::Matrix3d turn;
  turn << c, 0.0, s, 0.0, 1.0, 0.0, -s, 0.0, c;
  return turn;
}

Result<BodyPicture> picture_body(const Model& model, const Eigen::VectorXd& q,
                                 const Trajectories& trajectories, Eigen::Index frame) {
  CATENA_TRY(chain, find_chain(model));
  if (frame < 0 || frame >= trajectories.points_m.rows()) {
    return fail(Errc::kBadOption,
                fmt::format("there is no frame {} among {}", frame, trajectories.points_m.rows()));
  }
  Eigen::VectorXd posture = q;
  const Eigen::VectorXd neutral = default_pose(model);
  for (Eigen::Index i = 0; i < posture.size(); ++i) {
    if (std::isnan(posture[i])) posture[i] = neutral[i];
  }
  const Pose pose = forward_kinematics(model, posture);
  BodyPicture picture;
  picture.title = model.name;
  add_markers(model, pose, trajectories, frame, picture);
  picture.bones = bones_of(model, chain, pose, shows_trunk(model, chain, picture));
  add_joints(model, chain, pose, picture);

  const Eigen::Matrix3d turn = runner_from_ground(pose, chain.pelvis);
  const auto turned = [&](Eigen::Vector3d& point) { point = (turn * point).eval(); };
  for (BodyPicture::Bone& bone : picture.bones) {
    turned(bone.from_m);
    turned(bone.to_m);
  }
  for (BodyPicture::Marker& marker : picture.markers) {
    turned(marker.measured_m);
    turned(marker.in_model_m);
  }
  for (BodyPicture::JointCenter& joint : picture.joints) turned(joint.center_m);
  return picture;
}

Eigen::Index fullest_frame(const Trajectories& trajectories) {
  const Eigen::Index n = trajectories.points_m.rows();
  Eigen::Index best = n / 4, most = -1;
  for (Eigen::Index k = n / 4; k < std::max(n / 4 + 1, 3 * n / 4); ++k) {
    const Eigen::Index seen = (!trajectories.points_m.row(k).array().isNaN()).count();
    if (seen <= most) continue;
    most = seen;
    best = k;
  }
  return best;
}

}  // namespace catena
