#include "catena/math/rigid_fit.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <limits>

#include "catena/math/random_stream.h"

namespace catena {
namespace {

Eigen::Matrix3Xd some_places(Eigen::Index n, std::uint64_t seed) {
  RandomStream stream(seed);
  Eigen::Matrix3Xd places(3, n);
  for (double& x : places.reshaped()) x = 0.1 * stream.normal();
  return places;
}

RigidTransform some_motion(std::uint64_t seed) {
  RandomStream stream = RandomStream(seed).child("motion");
  const Eigen::Vector3d axis(stream.normal(), stream.normal(), stream.normal());
  const Eigen::Vector3d shift(stream.normal(), stream.normal(), stream.normal());
  return {Eigen::AngleAxisd(stream.uniform(-3.0, 3.0), axis.normalized()).toRotationMatrix(),
          shift};
}

Eigen::Matrix3Xd moved(const RigidTransform& motion, const Eigen::Matrix3Xd& places) {
  return (motion.rotation * places).colwise() + motion.translation;
}

TEST(RigidFit, RecoversAMotionWithThreePointsOrMore) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    for (const Eigen::Index n : {3, 4, 9}) {
      const Eigen::Matrix3Xd places = some_places(n, seed);
      const RigidTransform motion = some_motion(seed);
      const RigidFit fit = fit_rigid(places, moved(motion, places));
      EXPECT_EQ(fit.n_used, n);
      EXPECT_NEAR(fit.rms_m, 0.0, 1e-7);
      EXPECT_LT((fit.images_from_places.rotation - motion.rotation).norm(), 1e-9);
      EXPECT_LT((fit.images_from_places.translation - motion.translation).norm(), 1e-9);
    }
  }
}

// The least squares have no neighbour that fits better.
TEST(RigidFit, LeavesLessThanEveryMotionNearby) {
  Eigen::Matrix3Xd images = moved(some_motion(7), some_places(5, 7)) + 0.2 * some_places(5, 8);
  const Eigen::VectorXd weights{{1.0, 2.0, 0.5, 1.0, 3.0}};
  const Eigen::Matrix3Xd places = some_places(5, 7);
  const RigidFit fit = fit_rigid(places, images, weights);
  const auto left = [&](const RigidTransform& motion) {
    const Eigen::VectorXd squared =
        (moved(motion, places) - images).colwise().squaredNorm().transpose();
    return std::sqrt(weights.dot(squared) / weights.sum());
  };
  EXPECT_NEAR(left(fit.images_from_places), fit.rms_m, 1e-12);
  for (int axis = 0; axis < 3; ++axis) {
    for (const double step : {-1e-3, 1e-3}) {
      RigidTransform near = fit.images_from_places;
      near.translation[axis] += step;
      EXPECT_GT(left(near), fit.rms_m);
      near = fit.images_from_places;
      near.rotation =
          Eigen::AngleAxisd(step, Eigen::Vector3d::Unit(axis)).toRotationMatrix() * near.rotation;
      EXPECT_GT(left(near), fit.rms_m);
    }
  }
}

TEST(RigidFit, NeverMirrors) {
  const Eigen::Matrix3Xd places = some_places(5, 3);
  const Eigen::Matrix3Xd mirrored = Eigen::Vector3d(1.0, 1.0, -1.0).asDiagonal() * places;
  const RigidFit fit = fit_rigid(places, mirrored);
  EXPECT_NEAR(fit.images_from_places.rotation.determinant(), 1.0, 1e-12);
  EXPECT_GT(fit.rms_m, 0.02);
}

TEST(RigidFit, PassesOverLostPoints) {
  const Eigen::Matrix3Xd places = some_places(6, 4);
  const RigidTransform motion = some_motion(4);
  Eigen::Matrix3Xd images = moved(motion, places);
  images.col(2).setConstant(std::numeric_limits<double>::quiet_NaN());
  const RigidFit fit = fit_rigid(places, images);
  EXPECT_EQ(fit.n_used, 5);
  EXPECT_LT((fit.images_from_places.rotation - motion.rotation).norm(), 1e-9);
  images.setConstant(std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(fit_rigid(places, images).n_used, 0);
  EXPECT_TRUE(std::isnan(fit_rigid(places, images).rms_m));
}

// Two points: half of what their distance changed lies at each end.
TEST(RigidFit, OfTwoPointsTellsHowTheirDistanceChanged) {
  Eigen::Matrix3Xd places = Eigen::Matrix3Xd::Zero(3, 2);
  places(0, 1) = 0.10;
  Eigen::Matrix3Xd images = Eigen::Matrix3Xd::Zero(3, 2);
  images(1, 1) = 0.12;
  const RigidFit fit = fit_rigid(places, images);
  EXPECT_NEAR(fit.rms_m, 0.01, 1e-12);
}

TEST(PrincipalReach, OfALineHasOneAxis) {
  Eigen::Matrix3Xd line(3, 5);
  for (int i = 0; i < 5; ++i) line.col(i) = 0.1 * i * Eigen::Vector3d(1.0, 2.0, -2.0);
  line.conservativeResize(3, 6);
  line.col(5).setConstant(std::numeric_limits<double>::quiet_NaN());
  const Eigen::Vector3d reach = principal_reach_m(line);
  EXPECT_NEAR(reach[0], 0.3 * std::sqrt(2.0), 1e-9);
  EXPECT_NEAR(reach[1], 0.0, 1e-7);
  EXPECT_NEAR(reach[2], 0.0, 1e-7);
}

}  // namespace
}  // namespace catena
