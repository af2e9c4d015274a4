#include "catena/analysis/bones.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

namespace catena {
namespace {

constexpr std::array<const char*, 2> kSuffix = {"_r", "_l"};

// A trunk of which no shoulder is known ends where its markers do. Markers farther from the low
// back than this are on the head; the neck is then drawn at two thirds of the way.
constexpr double kFarthestNeck_m = 0.58;  // NOLINT(readability-identifier-naming)
constexpr double kNeckOfHead = 0.65;

/// The point of a body or of those beyond it that lies farthest from its own origin: the toe of a
/// foot, the shoulders or head of a trunk.
Eigen::Vector3d far_end(const Model& model, const Pose& pose, int body, bool along_y) {
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

int find_sided(const Model& model, std::initializer_list<const char*> stems, Side side) {
  for (const char* stem : stems) {
    const int body = find_body(model, std::string(stem) + kSuffix[side]);
    if (body != kNone) return body;
  }
  return kNone;
}

struct Drawing {
  const Model& model;
  const ChainMap& chain;
  const Pose& pose;
  std::vector<BodyPicture::Bone> bones;

  Eigen::Vector3d origin_of(int body) const {
    return pose[static_cast<std::size_t>(body)].translation;
  }
  void add(const std::string& name, const Eigen::Vector3d& from, const Eigen::Vector3d& to) {
    bones.push_back({name, from, to});
  }
};

void add_leg(Drawing& drawing, Side side) {
  const ChainMap& chain = drawing.chain;
  const std::string suffix = kSuffix[side];
  const Eigen::Vector3d top = drawing.origin_of(chain.thigh[side]);
  if (chain.shank[side] == kNone) return;
  const Eigen::Vector3d knee = drawing.origin_of(chain.shank[side]);
  drawing.add("thigh" + suffix, top, knee);
  const int foot = chain.foot[side];
  if (foot == kNone) return;
  const int joint_of_ankle = drawing.model.joints[static_cast<std::size_t>(foot - 1)].parent;
  const bool talus = joint_of_ankle != chain.shank[side] && joint_of_ankle != kGround;
  const Eigen::Vector3d ankle = drawing.origin_of(talus ? joint_of_ankle : foot);
  drawing.add("shank" + suffix, knee, ankle);
  drawing.add("foot" + suffix, ankle, far_end(drawing.model, drawing.pose, foot, false));
}

/// How far down its own axis a body's markers reach: the wrist of a forearm without a hand.
Eigen::Vector3d low_end(const Drawing& drawing, int body) {
  double reach_m = 0.0;
  for (const ModelMarker& marker : drawing.model.markers) {
    if (marker.body == body) reach_m = std::min(reach_m, marker.position_in_body_m.y());
  }
  constexpr double kForearm_m = 0.25;  // NOLINT(readability-identifier-naming)
  const Eigen::Vector3d down(0.0, reach_m < -0.1 ? reach_m : -kForearm_m, 0.0);
  return drawing.pose[static_cast<std::size_t>(body)] * down;
}

void add_arm(Drawing& drawing, Side side) {
  const int upper = find_sided(drawing.model, {"humerus", "upperarm", "upper_arm"}, side);
  const int fore = find_sided(drawing.model, {"ulna", "forearm", "lowerarm", "radius"}, side);
  if (upper == kNone || fore == kNone) return;
  const std::string suffix = kSuffix[side];
  const Eigen::Vector3d elbow = drawing.origin_of(fore);
  drawing.add("upper_arm" + suffix, drawing.origin_of(upper), elbow);
  const int hand = find_sided(drawing.model, {"hand"}, side);
  if (hand != kNone) drawing.add("forearm" + suffix, elbow, drawing.origin_of(hand));
  if (hand == kNone) drawing.add("forearm" + suffix, elbow, low_end(drawing, fore));
}

// From the low back up: to between the shoulders and a little above, or as far as markers reach.
void add_trunk(Drawing& drawing) {
  const Eigen::Vector3d low_back = drawing.origin_of(drawing.chain.thorax);
  const int right = find_sided(drawing.model, {"humerus", "upperarm", "upper_arm"}, kRight);
  const int left = find_sided(drawing.model, {"humerus", "upperarm", "upper_arm"}, kLeft);
  Eigen::Vector3d neck = far_end(drawing.model, drawing.pose, drawing.chain.thorax, true);
  if ((neck - low_back).norm() > kFarthestNeck_m) {
    neck = low_back + kNeckOfHead * (neck - low_back);
  }
  if (right != kNone && left != kNone) {
    neck = 0.5 * (drawing.origin_of(right) + drawing.origin_of(left));
    drawing.add("shoulders", drawing.origin_of(right), drawing.origin_of(left));
  }
  drawing.add("trunk", low_back, neck);
  const Eigen::Vector3d along = neck - low_back;
  if (!(along.norm() > 1e-3)) return;
  const Eigen::Vector3d up = along.normalized();
  drawing.add("head", neck + 0.06 * up, neck + 0.19 * up);
}

}  // namespace

std::vector<BodyPicture::Bone> bones_of(const Model& model, const ChainMap& chain, const Pose& pose,
                                        bool with_trunk) {
  Drawing drawing{model, chain, pose, {}};
  for (const Side side : kSides) add_leg(drawing, side);
  const Eigen::Vector3d right_hip = drawing.origin_of(chain.thigh[kRight]);
  const Eigen::Vector3d left_hip = drawing.origin_of(chain.thigh[kLeft]);
  const Eigen::Vector3d hips = 0.5 * (right_hip + left_hip);
  drawing.add("hips", right_hip, left_hip);
  if (chain.thorax != kNone && with_trunk) {
    drawing.add("pelvis", hips, drawing.origin_of(chain.thorax));
    add_trunk(drawing);
    for (const Side side : kSides) add_arm(drawing, side);
  } else {
    drawing.add("pelvis", hips, far_end(model, pose, chain.pelvis, true));
  }
  return drawing.bones;
}

}  // namespace catena
