#include "catena/core/rotation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

namespace catena {
namespace {

constexpr double kPi = std::numbers::pi;

TEST(RotationVector, ComesBackForEveryAngleUpToHalfATurn) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  for (const double angle_rad : {0.0, 1e-12, 1e-8, 1e-4, 0.1, 1.0, 2.0, 3.0, kPi - 1e-6}) {
    for (int k = 0; k < 20; ++k) {
      const Eigen::Vector3d axis =
          Eigen::Vector3d(normal(random), normal(random), normal(random)).normalized();
      const Eigen::Vector3d back = rotation_vector(rotation_from_vector(axis * angle_rad));
      EXPECT_LT((back - axis * angle_rad).norm(), 2e-15 * (1.0 + angle_rad) + 1e-15) << angle_rad;
    }
  }
}

TEST(RotationVector, KeepsDigitsOfTinyAngles) {
  const Eigen::Vector3d tiny(1e-9, -2e-9, 3e-10);
  EXPECT_LT((rotation_vector(rotation_from_vector(tiny)) - tiny).norm(), 1e-16);
}

TEST(RotationVector, AtHalfATurnGivesTheSameRotationBack) {
  for (const Eigen::Vector3d& axis :
       {Eigen::Vector3d(1, 0, 0), Eigen::Vector3d(0, 1, 0), Eigen::Vector3d(0, 0, 1),
        Eigen::Vector3d(0.6, -0.8, 0), Eigen::Vector3d(-1, 2, 2)}) {
    const Eigen::Matrix3d half_turn =
        2.0 * axis.normalized() * axis.normalized().transpose() - Eigen::Matrix3d::Identity();
    const Eigen::Vector3d vector_rad = rotation_vector(half_turn);
    EXPECT_NEAR(vector_rad.norm(), kPi, 1e-14);
    EXPECT_LT((rotation_from_vector(vector_rad) - half_turn).norm(), 1e-14);
  }
}

TEST(RotationVector, OfLostDataIsLost) {
  const Eigen::Matrix3d lost = Eigen::Matrix3d::Constant(std::numeric_limits<double>::quiet_NaN());
  EXPECT_TRUE(rotation_vector(lost).array().isNaN().all());
}

TEST(MeanRotation, LiesHalfwayBetweenTwo) {
  const Eigen::Vector3d turn(0.4, -0.7, 0.2);
  const std::vector<Eigen::Matrix3d> two = {Eigen::Matrix3d::Identity(),
                                            rotation_from_vector(turn)};
  EXPECT_LT((mean_rotation(two) - rotation_from_vector(0.5 * turn)).norm(), 1e-14);
}

TEST(MeanRotation, PassesOverLostFrames) {
  const Eigen::Matrix3d lost = Eigen::Matrix3d::Constant(std::numeric_limits<double>::quiet_NaN());
  const Eigen::Matrix3d known = rotation_from_vector({0.1, 3.0, -0.2});
  EXPECT_LT((mean_rotation(std::vector<Eigen::Matrix3d>{lost, known, lost}) - known).norm(), 1e-14);
  EXPECT_TRUE(mean_rotation(std::vector<Eigen::Matrix3d>{lost}).array().isNaN().all());
}

TEST(RotationAboutUp, TakesForwardToTheLeftWhenPositive) {
  const Eigen::Vector3d turned = rotation_about_up(kPi / 2.0) * Eigen::Vector3d::UnitX();
  EXPECT_LT((turned - Eigen::Vector3d(0, 0, -1)).norm(), 1e-15);  // -z is left
}

}  // namespace
}  // namespace catena
