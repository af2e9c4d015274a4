#include "catena/math/rigid_fit.h"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <Eigen/SVD>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace catena {

RigidFit fit_rigid(const Eigen::Ref<const Eigen::Matrix3Xd>& places,
                   const Eigen::Ref<const Eigen::Matrix3Xd>& images,
                   const Eigen::Ref<const Eigen::VectorXd>& weights) {
  assert(places.cols() == images.cols());
  assert(weights.size() == 0 || weights.size() == places.cols());
  RigidFit fit;
  const auto weight = [&](Eigen::Index i) {
    // A sum is NaN when any of its terms is.
    if (std::isnan(places.col(i).sum() + images.col(i).sum())) return 0.0;
    return weights.size() == 0 ? 1.0 : weights[i];
  };

  // Centres.
  double total = 0.0;
  Eigen::Vector3d place_center = Eigen::Vector3d::Zero();
  Eigen::Vector3d image_center = Eigen::Vector3d::Zero();
  for (Eigen::Index i = 0; i < places.cols(); ++i) {
    const double w = weight(i);
    if (!(w > 0.0)) continue;
    ++fit.n_used;
    total += w;
    place_center += w * places.col(i);
    image_center += w * images.col(i);
  }
  if (fit.n_used == 0) {
    fit.rms_m = std::numeric_limits<double>::quiet_NaN();
    return fit;
  }
  place_center /= total;
  image_center /= total;

  // The turn: from the covariance of places and images, without its mirror part.
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  double squares = 0.0;
  for (Eigen::Index i = 0; i < places.cols(); ++i) {
    const double w = weight(i);
    if (!(w > 0.0)) continue;
    const Eigen::Vector3d place = places.col(i) - place_center;
    const Eigen::Vector3d image = images.col(i) - image_center;
    covariance += w * image * place.transpose();
    squares += w * (place.squaredNorm() + image.squaredNorm());
  }
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(covariance,
                                              Eigen::ComputeFullU | Eigen::ComputeFullV);
  const double handed = (svd.matrixU() * svd.matrixV().transpose()).determinant();
  const Eigen::Vector3d signs(1.0, 1.0, handed < 0.0 ? -1.0 : 1.0);
  fit.images_from_places.rotation = svd.matrixU() * signs.asDiagonal() * svd.matrixV().transpose();
  fit.images_from_places.translation =
      image_center - fit.images_from_places.rotation * place_center;
  const double left = squares - 2.0 * svd.singularValues().dot(signs);
  fit.rms_m = std::sqrt(std::max(0.0, left) / total);
  return fit;
}

Eigen::Vector3d principal_reach_m(const Eigen::Ref<const Eigen::Matrix3Xd>& points) {
  Eigen::Vector3d center = Eigen::Vector3d::Zero();
  Eigen::Matrix3d moments = Eigen::Matrix3d::Zero();
  double n = 0.0;
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    const Eigen::Vector3d point = points.col(i);
    if (point.hasNaN()) continue;
    n += 1.0;
    center += point;
    moments += point * point.transpose();
  }
  if (n == 0.0) return Eigen::Vector3d::Zero();
  center /= n;
  moments = moments / n - center * center.transpose();
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> axes(moments, Eigen::EigenvaluesOnly);
  return axes.eigenvalues().reverse().cwiseMax(0.0).cwiseSqrt();
}

}  // namespace catena
