// From coordinates to segments: where every body is, and how it moves with each coordinate.
#pragma once

#include <Eigen/Core>

#include "catena/kinematics/motion.h"
#include "catena/model/model.h"

namespace catena {

/// Where every body is.
///
/// q          (n_coordinates) rad and m; couplers are not applied, see apply_couplers
/// returns    n_bodies transforms ground_from_body, ground first
Pose forward_kinematics(const Model& model, const Eigen::Ref<const Eigen::VectorXd>& q);

/// The same into a pose that is there already: takes no memory after the first time.
void forward_kinematics(const Model& model, const Eigen::Ref<const Eigen::VectorXd>& q, Pose& pose);

/// Every coordinate at its default, couplers applied.
Eigen::VectorXd default_pose(const Model& model);

/// Sets every coupled coordinate from the one it depends on.
void apply_couplers(const Model& model, Eigen::Ref<Eigen::VectorXd> q);

/// Markers in ground, (3 n_markers) x y z of each.
Eigen::VectorXd marker_positions(const Model& model, const Pose& pose);

/// Derivative of marker_positions by q, couplers not applied: (3 n_markers, n_coordinates).
Eigen::MatrixXd marker_jacobian(const Model& model, const Eigen::Ref<const Eigen::VectorXd>& q);

/// Derivative of each body's orientation: column j of block b is the angular velocity in ground
/// of body b per unit speed of coordinate j: (3 n_bodies, n_coordinates).
Eigen::MatrixXd angular_jacobian(const Model& model, const Eigen::Ref<const Eigen::VectorXd>& q);

}  // namespace catena
