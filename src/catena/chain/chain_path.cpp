#include "catena/chain/chain_path.h"

#include <cmath>

#include "catena/core/rotation.h"

namespace catena {

SteadyTurn steady_turn(const Eigen::Matrix3d& from, const Eigen::Matrix3d& to) {
  SteadyTurn turn;
  turn.start = from;
  const Eigen::Vector3d omega_in_child = rotation_vector(from.transpose() * to);
  turn.omega_in_parent = from * omega_in_child;
  turn.angle_rad = omega_in_child.norm();
  if (turn.angle_rad > 0.0) {
    const Eigen::Vector3d k = omega_in_child / turn.angle_rad;
    turn.cross << 0.0, -k.z(), k.y(), k.z(), 0.0, -k.x(), -k.y(), k.x(), 0.0;
    turn.cross_2 = turn.cross * turn.cross;
  }
  return turn;
}

Eigen::Matrix3d rotation_at(const SteadyTurn& turn, double s) {
  // Rodrigues, with 1 - cos written so that small angles keep their digits.
  const double half_sine = std::sin(0.5 * turn.angle_rad * s);
  Eigen::Matrix3d child =
      std::sin(turn.angle_rad * s) * turn.cross + (2.0 * half_sine * half_sine) * turn.cross_2;
  child.diagonal().array() += 1.0;
  return turn.start * child;
}

ChainPath chain_path(const ChainPosture& from, const ChainPosture& to) {
  ChainPath path;
  path.has_thorax = from.thorax.has_value() && to.thorax.has_value();

  // Relative rotations, child in parent, from the root outwards.
  if (path.has_thorax) {
    path.thorax = steady_turn(*from.thorax, *to.thorax);
    path.pelvis_in_thorax =
        steady_turn(from.thorax->transpose() * from.pelvis, to.thorax->transpose() * to.pelvis);
  } else {
    path.pelvis_in_thorax = steady_turn(from.pelvis, to.pelvis);
  }
  path.thigh_in_pelvis =
      steady_turn(from.pelvis.transpose() * from.thigh, to.pelvis.transpose() * to.thigh);

  path.turn_rad =
      path.thorax.angle_rad + path.pelvis_in_thorax.angle_rad + path.thigh_in_pelvis.angle_rad;
  return path;
}

ChainRates rates_at(const ChainPath& path, double s) {
  const Eigen::Matrix3d thorax = rotation_at(path.thorax, s);
  const Eigen::Matrix3d pelvis = thorax * rotation_at(path.pelvis_in_thorax, s);
  ChainRates rates;
  rates.thigh_axis = -(pelvis * rotation_at(path.thigh_in_pelvis, s).col(1));
  rates.omega_thorax = path.thorax.omega_in_parent;
  rates.omega_pelvis_rel_thorax = thorax * path.pelvis_in_thorax.omega_in_parent;
  rates.omega_thigh_rel_pelvis = pelvis * path.thigh_in_pelvis.omega_in_parent;
  return rates;
}

ChainPosture posture_on_path(const ChainPath& path, double s) {
  const Eigen::Matrix3d thorax = rotation_at(path.thorax, s);
  ChainPosture posture;
  if (path.has_thorax) posture.thorax = thorax;
  posture.pelvis = thorax * rotation_at(path.pelvis_in_thorax, s);
  posture.thigh = posture.pelvis * rotation_at(path.thigh_in_pelvis, s);
  return posture;
}

}  // namespace catena
