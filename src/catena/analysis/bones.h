// A model's joint centres as bones that can be drawn.
#pragma once

#include <vector>

#include "catena/kinematics/motion.h"
#include "catena/model/chain_map.h"
#include "catena/model/model.h"
#include "catena/report/body_picture.h"

namespace catena {

/// Lines from joint centre to joint centre in ground: "thigh_r", "shank_r", "foot_r", ..., "pelvis"
/// from between the hips to the low back, "hips" from hip to hip, "trunk" from the low back to the
/// neck, "shoulders" from one to the other, "head", and "upper_arm_r", "forearm_r" where the model
/// has arms. Ends that no joint marks (toe, neck without arms) are where the markers of the segment
/// reach; the head is drawn, not measured.
///
/// with_trunk  false: the pelvis ends where its own markers do, and there is nothing above
std::vector<BodyPicture::Bone> bones_of(const Model& model, const ChainMap& chain, const Pose& pose,
                                        bool with_trunk);

}  // namespace catena
