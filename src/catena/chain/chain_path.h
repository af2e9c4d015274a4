// The way from one posture of the chain to another, each relative rotation at constant angular
// velocity: what the budget integrates along.
#pragma once

#include <Eigen/Core>

#include "catena/chain/budget.h"

namespace catena {

/// A rotation that turns from one value to another about one axis at one speed.
struct SteadyTurn {
  Eigen::Matrix3d start = Eigen::Matrix3d::Identity();
  Eigen::Vector3d omega_in_parent = Eigen::Vector3d::Zero();  // rad per unit of s; constant
  double angle_rad = 0.0;
  Eigen::Matrix3d cross = Eigen::Matrix3d::Zero();    // [k]x, k the unit axis in the child
  Eigen::Matrix3d cross_2 = Eigen::Matrix3d::Zero();  // [k]x [k]x
};

SteadyTurn steady_turn(const Eigen::Matrix3d& from, const Eigen::Matrix3d& to);
Eigen::Matrix3d rotation_at(const SteadyTurn& turn, double s);

/// s in [0, 1]. Without a thorax its turn is nothing at all and the pelvis is rooted in the frame
/// of progression.
struct ChainPath {
  bool has_thorax = false;
  SteadyTurn thorax;            // in progression
  SteadyTurn pelvis_in_thorax;  // in progression when there is no thorax
  SteadyTurn thigh_in_pelvis;
  double turn_rad = 0.0;  // sum of the three angles: no point of the thigh's axis moves further
};

ChainPath chain_path(const ChainPosture& from, const ChainPosture& to);

/// The chain at one instant of the path: the thigh's long axis (unit, towards the knee) and the
/// angular velocities per unit of s, all in progression axes.
struct ChainRates {
  Eigen::Vector3d thigh_axis;
  Eigen::Vector3d omega_thorax;
  Eigen::Vector3d omega_pelvis_rel_thorax;
  Eigen::Vector3d omega_thigh_rel_pelvis;
};

ChainRates rates_at(const ChainPath& path, double s);
ChainPosture posture_on_path(const ChainPath& path, double s);

}  // namespace catena
