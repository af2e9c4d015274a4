// A body fitted to the runner's own recordings: lengths, joints, axes, marker places and poses
// together, as one least-squares problem, with how sure each of them is.
#pragma once

#include <Eigen/Core>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/kinematics/model_shape.h"
#include "catena/model/model.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

/// How far a body's skin markers leave their places on the bone in running, root-mean-square of the
/// distance, before anything was measured.
struct SkinPrior {
  double size_m = 0.0035;
  // Coordinates that it follows: those of the joints that bound the segment.
  std::vector<int> drivers;
};

/// What is believed of a body before the recordings are looked at.
struct BodyPrior {
  // The most likely body, with every recorded marker where it is most likely to be worn. Markers
  // bear the recordings' labels.
  Model model;
  std::vector<ShapeParameter> shape;
  // How well each marker's place is known beforehand, per axis of its body; a marker put anywhere
  // has a large one.
  std::vector<Eigen::Vector3d> marker_sd_m;
  std::vector<SkinPrior> skin;  // (n_bodies)
  // SD of each coordinate in quiet standing about the model's default pose. It settles how the
  // frames of segments lie that carry no landmark.
  std::vector<double> standing_sd_rad;  // (n_coordinates)
  std::vector<std::string> assumptions;
};

/// One recording for the fit.
struct FitTrial {
  const Trajectories* trajectories = nullptr;
  bool standing = false;  // upright and still: joints are near the model's default
};

struct BodyFitOptions {
  int standing_frames = 4;  // of each standing trial
  int run_frames = 72;      // of all runs together
  int max_iterations = 30;
  // SD of the joints' angles about the default pose in all frames but standing ones: only says that
  // joints do not turn round and round.
  double pose_sd_rad = 1.0;
  // Shares of the skin's motion, see synthetic/runner.h: common to a segment's markers.
  double skin_coherent = 0.7;
  // Camera noise and whatever else is not explained, per axis: the start of its own estimate.
  double noise_sd_m = 0.003;
  // Beyond this many SD a marker counts less and less (Huber's loss).
  double outlier_sd = 3.5;
  int threads = 0;  // 0: as many as the machine has
  std::function<void(double fraction)> progress;
};

/// Laplace's covariance takes the sizes of noise and skin for known and each marker's skin for
/// alike on a segment. Planted runners, whose markers differ by a factor of two, err this much more
/// (docs/body-fit.md); every stated SD is widened by it, but never beyond what was believed before.
inline constexpr double kUnknownSizes = 1.1;  // NOLINT(readability-identifier-naming)

/// How well one marker follows the fitted body over the frames that were used.
struct FittedMarker {
  int frames = 0;
  double rms_m = 0.0;
  Eigen::Vector3d place_sd_m = Eigen::Vector3d::Zero();
};

struct BodyFit {
  Model model;             // fitted; markers where running has them on average
  Eigen::VectorXd values;  // (n_shape)
  // Covariance of the shape's values and, behind them, of the markers' places in their bodies
  // (three each, in the model's order).
  Eigen::MatrixXd covariance;
  std::vector<FittedMarker> markers;
  std::vector<double> noise_sd_m;  // (n_bodies) per axis; NaN without markers
  // For inverse kinematics with this body: a marker counts by how little it strays from the bone,
  // noise and skin together; the steadiest body's markers have weight 1.
  std::vector<MarkerTask> weights;
  double skin_scale = 1.0;  // the skin's motion against what was believed beforehand
  int frames = 0;
  int iterations = 0;
  bool converged = false;
  double rms_m = 0.0;  // of the rigid fitted body's markers over the frames used
  std::vector<std::string> assumptions;
};

/// Finds the body and the poses that are most likely for the recordings.
///
/// prior      its markers' names are the recordings' labels
/// returns    the most likely body and the covariance about it (Laplace)
/// errors     kMissingData: no trial shows enough markers to place the body
/// depends    the same result for any number of threads
/// source     simultaneous fit of body and poses by least squares: Reinbolt et al. 2005, J Biomech
///            38:621; Werling et al. 2023, PLoS One 18:e0295152; the skin's motion as a straight
///            line in the neighbouring joint angles: Camomilla et al. 2009, J Biomech 42:1991
Result<BodyFit> fit_body(const BodyPrior& prior, const std::vector<FitTrial>& trials,
                         const BodyFitOptions& options = {});

}  // namespace catena
