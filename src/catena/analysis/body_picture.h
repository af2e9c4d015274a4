// A model in one posture with the markers that were measured there, ready to be drawn.
#pragma once

#include <Eigen/Core>

#include "catena/core/error.h"
#include "catena/kinematics/motion.h"
#include "catena/model/model.h"
#include "catena/report/body_picture.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

/// The picture of one frame, in the frame of the runner: forward is where the pelvis faces.
///
/// q             the posture, (n_coordinates); what is NaN hangs at the model's default
/// trajectories  in ground, m, under the model's names; points that the model lacks are left out
/// errors        kMissingData: the model has no pelvis or thigh; kBadOption: there is no such frame
Result<BodyPicture> picture_body(const Model& model, const Eigen::VectorXd& q,
                                 const Trajectories& trajectories, Eigen::Index frame);

/// Turns ground about its upward axis until the pelvis faces along x.
Eigen::Matrix3d runner_from_ground(const Pose& pose, int pelvis);

/// Of the frames in the middle half of the recording, the one that shows most markers, the first of
/// equals.
Eigen::Index fullest_frame(const Trajectories& trajectories);

}  // namespace catena
