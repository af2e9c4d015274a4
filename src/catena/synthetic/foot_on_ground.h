// Feet that stay where they touch: in stance the sole rolls over the ground from heel to toes, and
// the leg follows.
#pragma once

#include <Eigen/Core>

#include "catena/synthetic/body.h"

namespace catena {

/// How the foot stands at one instant of its roll.
struct FootRoll {
  double pitch_rad = 0.0;  // toes up +
  // The ankle from where the ground lies under it in the flat foot: forward, up.
  Eigen::Vector2d ankle_m = Eigen::Vector2d::Zero();
};

/// Heel first, flat, and off over the toes.
///
/// stance         0 at contact, 1 at toe-off; the roll goes on smoothly beyond both
/// push_off_rad   pitch at toe-off, below zero
FootRoll foot_roll(double stance, double push_off_rad, const BodyDimensions& dimensions);

/// Where a leg is asked to put its foot.
struct FootTarget {
  Eigen::Vector2d ankle_m = Eigen::Vector2d::Zero();  // ground: x, y
  double pitch_rad = 0.0;
};

/// Indices of what moves one leg in the sagittal plane, and of what it moves.
struct LegIndices {
  int hip_flexion = kNone, knee = kNone, ankle = kNone;  // coordinates; ankle: kNone without feet
  int thigh = kNone, shank = kNone, foot = kNone;        // bodies
  double thigh_length_m = 0.0, shank_length_m = 0.0;
};

/// Turns hip, knee and ankle so that the foot stands where it is asked to; all other coordinates
/// stay. Where the leg would have to be all but straight, the foot gives way, without a jolt.
///
/// q          (n_coordinates), with hip and knee near the answer
void put_foot(const Model& model, const LegIndices& leg, const FootTarget& target,
              Eigen::VectorXd& q);

/// Hip angle kept, the knee angle at which the ankle has this height with the shank behind the
/// knee; as near as it gets.
double knee_for_ankle_height(const Model& model, const LegIndices& leg, double height_m,
                             const Eigen::VectorXd& q);

/// Farther than this from the hip, the ankle can hardly be: the knee is then bent by 6 degrees.
double longest_reach_m(const LegIndices& leg);

/// Toes up +; 0 without feet.
double foot_pitch_rad(const Model& model, const LegIndices& leg, const Eigen::VectorXd& q);

/// Centre of the ankle in ground.
Eigen::Vector3d ankle_m(const Model& model, const LegIndices& leg, const Eigen::VectorXd& q);

}  // namespace catena
