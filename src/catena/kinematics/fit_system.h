// The least-squares problem of fitting a body: unknowns in a row, frames, and one Gauss-Newton
// step over all of them. The poses of each frame are eliminated first, so that what is left is as
// large as the body alone.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "catena/kinematics/body_fit.h"
#include "catena/kinematics/pose_plan.h"

namespace catena {

/// One frame: what was measured, and the pose as far as it is known.
struct FitFrame {
  Eigen::Matrix3Xd target_m;  // (3, n_markers) in ground; NaN where lost
  bool standing = false;
  Eigen::VectorXd q;        // (n_coordinates)
  Eigen::MatrixXd drivers;  // (max drivers, n_bodies): the skin's drivers, from standing, scaled
};

/// Where each unknown stands: shape first, then for each marker its place (three) and, where the
/// skin is let move, three for each driver of its body.
struct FitLayout {
  int n_shape = 0;
  int n_unknowns = 0;
  bool with_skin = false;
  std::vector<int> first_of_marker;
  std::vector<int> n_drivers;  // (n_bodies); 0 without skin
  std::vector<std::vector<int>> markers_of_body;
};

/// All unknowns but the poses, and the model that they make.
struct FitState {
  Model model;
  Eigen::VectorXd shape;                 // departures from the prior
  Eigen::Matrix3Xd place_m;              // (3, n_markers) in the body, at the standing posture
  std::vector<Eigen::Matrix3Xd> skin_m;  // per marker (3, n_drivers of its body)
  std::vector<double> noise_sd_m;        // (n_bodies)
  double skin_scale = 1.0;
};

/// The problem itself, the same from step to step.
struct FitProblem {
  const BodyPrior* prior = nullptr;
  const BodyFitOptions* options = nullptr;
  PosePlan plan;            // variables of the pose; its markers are not used
  Eigen::VectorXd neutral;  // default pose
  std::vector<FitFrame> frames;
  FitLayout layout;
};

FitLayout make_fit_layout(const BodyPrior& prior, bool with_skin);

/// What one linearisation leaves: the normal equations of the body's unknowns, and how each
/// frame's pose follows from them.
struct FitSystem {
  Eigen::MatrixXd information;     // (n, n) lower triangle; the poses eliminated, priors in
  Eigen::VectorXd pull;            // (n)
  double cost = 0.0;               // half the sum of squares, Huber's beyond the limit, with priors
  std::vector<double> squares_m2;  // (n_bodies) weighted squares of residuals
  std::vector<double> counts;      // (n_bodies) of the same, three a marker and frame
  std::vector<Eigen::MatrixXd> pose_factor, pose_coupling;  // per frame: L, L^-1 E
  std::vector<Eigen::VectorXd> pose_pull;                   // L^-1 g
};

FitSystem linearise(const FitProblem& problem, const FitState& state);

/// Moves state and poses by a step of the body's unknowns, scaled by `length`.
void take_step(const FitSystem& system, const Eigen::VectorXd& step, double length,
               FitProblem& problem, FitState& state);

/// Variance of one driver's coefficient, per axis and before the scale.
double skin_variance_m2(const SkinPrior& prior);

/// Precision of the skin's coefficients for one driver and axis, over a body's n markers, before
/// the scale: (n, n).
Eigen::MatrixXd skin_precision(const SkinPrior& prior, double coherent, Eigen::Index n_markers);

}  // namespace catena
