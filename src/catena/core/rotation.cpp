#include "catena/core/rotation.h"

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <cmath>
#include <limits>

namespace catena {

Eigen::Vector3d rotation_vector(const Eigen::Matrix3d& rotation) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  if (!rotation.allFinite()) return Eigen::Vector3d::Constant(kNan);

  // By way of the quaternion, whose largest part is taken first, so that neither end loses digits:
  // the trace alone gives the angle to 1e-8 only, near 0 and near pi.
  const Eigen::Quaterniond q = Eigen::Quaterniond(rotation).normalized();
  const double sine = q.vec().norm();
  if (sine == 0.0) return Eigen::Vector3d::Zero();
  const double sign = q.w() < 0.0 ? -1.0 : 1.0;
  const double angle_rad = 2.0 * std::atan2(sine, std::abs(q.w()));
  return q.vec() * (sign * angle_rad / sine);
}

Eigen::Matrix3d rotation_from_vector(const Eigen::Vector3d& vector_rad) {
  const double angle_rad = vector_rad.norm();
  if (angle_rad == 0.0) return Eigen::Matrix3d::Identity();
  return Eigen::AngleAxisd(angle_rad, vector_rad / angle_rad).toRotationMatrix();
}

Eigen::Matrix3d mean_rotation(std::span<const Eigen::Matrix3d> rotations) {
  // Sum of q q': the sign of each quaternion drops out.
  Eigen::Matrix4d sum = Eigen::Matrix4d::Zero();
  int n_used = 0;
  for (const Eigen::Matrix3d& rotation : rotations) {
    if (!rotation.allFinite()) continue;
    const Eigen::Vector4d q = Eigen::Quaterniond(rotation).normalized().coeffs();
    sum += q * q.transpose();
    ++n_used;
  }
  if (n_used == 0) {
    return Eigen::Matrix3d::Constant(std::numeric_limits<double>::quiet_NaN());
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix4d> solver(sum);
  const Eigen::Vector4d largest = solver.eigenvectors().col(3);
  return Eigen::Quaterniond(largest).normalized().toRotationMatrix();
}

Eigen::Matrix3d rotation_about_up(double angle_rad) {
  return Eigen::AngleAxisd(angle_rad, Eigen::Vector3d::UnitY()).toRotationMatrix();
}

}  // namespace catena
