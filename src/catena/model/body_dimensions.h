// How large a body is: measured, or by published proportions of the person's height.
#pragma once

#include <Eigen/Core>
#include <array>

namespace catena {

/// Shares of body mass; each limb segment once. Together with their twins they sum to one.
struct SegmentMassShares {
  double pelvis = 0.0;
  double torso = 0.0;  // with the head
  double thigh = 0.0;
  double shank = 0.0;
  double foot = 0.0;
  double upper_arm = 0.0;
  double forearm = 0.0;  // with the hand
};

/// Right before left where there are two. Points of the pelvis are counted from the midpoint of
/// the ASIS, of the torso from the L5/S1 joint: x forward, y up, z right.
struct BodyDimensions {
  double height_m = 0.0;
  double mass_kg = 0.0;
  bool female = false;
  double asis_width_m = 0.0;
  double pelvis_depth_m = 0.0;  // ASIS to PSIS
  // Line PSIS to ASIS below the pelvis frame's horizontal. 0: the frame is the one by ASIS and PSIS
  // in which hip and L5/S1 regressions are published; else the bone's own shape, as when a frame
  // comes from somewhere else.
  double psis_drop_rad = 0.0;
  std::array<Eigen::Vector3d, 2> hip_in_pelvis_m = {Eigen::Vector3d::Zero(),
                                                    Eigen::Vector3d::Zero()};
  Eigen::Vector3d lumbosacral_in_pelvis_m = Eigen::Vector3d::Zero();
  std::array<double, 2> thigh_length_m{};
  std::array<double, 2> shank_length_m{};
  // Turns of the knee's hinge away from the line to the right, about x and about y.
  std::array<Eigen::Vector2d, 2> knee_axis_tilt_rad = {Eigen::Vector2d::Zero(),
                                                       Eigen::Vector2d::Zero()};
  double knee_width_m = 0.0;    // between markers on the epicondyles
  double ankle_width_m = 0.0;   // between markers on the malleoli
  double ankle_height_m = 0.0;  // above the ground
  double foot_length_m = 0.0;   // heel to tip of the toes
  Eigen::Vector3d shoulder_in_torso_m = Eigen::Vector3d::Zero();  // right; left is its mirror
  double upper_arm_length_m = 0.0;
  double forearm_length_m = 0.0;
  SegmentMassShares mass_share;
};

/// The proportions of a person of whom height, mass and sex are known, the pelvis frame by ASIS and
/// PSIS. Both sides are alike.
///
/// source     lengths: Drillis & Contini 1966; masses: de Leva 1996, J Biomech 29:1223; hip centre
///            and L5/S1 as below
BodyDimensions proportional_dimensions(double height_m, double mass_kg, bool female);

/// The right hip's centre in the pelvis frame by ASIS and PSIS, m; the left is its mirror.
///
/// pelvis_depth_m   midpoint of the ASIS to midpoint of the PSIS
/// leg_length_m     0.53 of the height where it was not measured
/// source           Harrington et al. 2007, J Biomech 40:595 (leave-one-out error 5.2, 3.6, 3.2 mm)
Eigen::Vector3d harrington_hip_m(double pelvis_depth_m, double asis_width_m, double leg_length_m);

/// The L5/S1 joint in the pelvis frame by ASIS and PSIS, m.
///
/// source     Reed et al. 1999, as given by Dumas et al. 2007, J Biomech 40:543
Eigen::Vector3d reed_lumbosacral_m(double asis_width_m, bool female);

/// Where the shoulder stands above the L5/S1 joint in a body of this height that stands as Drillis
/// and Contini measured, m.
double shoulder_above_lumbosacral_m(const BodyDimensions& dimensions);

/// The top of the head in the torso's frame: as high above the ground as the person is tall, on
/// legs of the given lengths.
Eigen::Vector3d vertex_in_torso_m(const BodyDimensions& dimensions);

/// The joint of C7 on T1 in the torso's frame, under the spinous process that can be felt. Grade C.
Eigen::Vector3d neck_in_torso_m(const BodyDimensions& dimensions);

/// What all segments weigh together; made to be one by normalized.
double sum_of(const SegmentMassShares& shares);
SegmentMassShares normalized(const SegmentMassShares& shares);

}  // namespace catena
