// Rotation matrices and rotation vectors (axis times angle), safe near no turn and near half a
// turn.
#pragma once

#include <Eigen/Core>
#include <span>

namespace catena {

/// The vector along the axis whose length is the angle, rad, in [0, pi]. At half a turn exactly,
/// where v and -v are the same rotation, one of the two. NaN in, NaN out.
Eigen::Vector3d rotation_vector(const Eigen::Matrix3d& rotation);

/// The rotation about the vector's direction by its length in rad.
Eigen::Matrix3d rotation_from_vector(const Eigen::Vector3d& vector_rad);

/// The rotation nearest to all of them: largest sum of squared cosines of the half angles.
/// Rotations that hold NaN are passed over; NaN when none is left.
///
/// source     Markley et al. 2007, J Guid Control Dyn 30:1193
Eigen::Matrix3d mean_rotation(std::span<const Eigen::Matrix3d> rotations);

/// The turn by angle_rad about y (up): takes x to (cos, 0, -sin).
Eigen::Matrix3d rotation_about_up(double angle_rad);

}  // namespace catena
