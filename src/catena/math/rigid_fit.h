// The rigid motion that brings one set of points nearest to another.
#pragma once

#include <Eigen/Core>

#include "catena/core/rigid_transform.h"

namespace catena {

struct RigidFit {
  RigidTransform images_from_places;
  int n_used = 0;      // points known in both
  double rms_m = 0.0;  // what the motion leaves, over the points used; NaN when there is none
};

/// Weighted least squares over the points known in both; never a mirror image.
///
/// places, images  (3, n) in m; a point with NaN in either is passed over
/// weights         (n), zero or more; empty: all alike
/// source          Soderkvist & Wedin 1993, J Biomech 26:1473
RigidFit fit_rigid(const Eigen::Ref<const Eigen::Matrix3Xd>& places,
                   const Eigen::Ref<const Eigen::Matrix3Xd>& images,
                   const Eigen::Ref<const Eigen::VectorXd>& weights = Eigen::VectorXd());

/// How far known points reach from their centre along their three principal axes, RMS, farthest
/// first. The second is zero for points on one line: a fit's turn about that line is arbitrary.
Eigen::Vector3d principal_reach_m(const Eigen::Ref<const Eigen::Matrix3Xd>& points);

}  // namespace catena
