// From markers to coordinates: weighted least squares with bounds, frame by frame.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/kinematics/motion.h"
#include "catena/model/model.h"
#include "catena/trajectories/trajectories.h"

namespace catena {

struct MarkerTask {
  std::string marker;
  double weight = 1.0;  // 0 leaves the marker out
};

/// Pulls a coordinate towards a value (constant here; from a file when the set-up names one).
struct CoordinateTask {
  std::string coordinate;
  double weight = 0.0;
  double value = 0.0;  // rad or m
};

struct InverseKinematicsOptions {
  // Markers not named here get default_marker_weight.
  std::vector<MarkerTask> marker_tasks;
  double default_marker_weight = 1.0;
  std::vector<CoordinateTask> coordinate_tasks;
  // Finite: couplers are pulled, not enforced, as OpenSim does with a finite constraint_weight.
  double coupler_weight = std::numeric_limits<double>::infinity();
  // A frame has converged when the step just taken was shorter than this, in rad and m. Newton's
  // steps shrink a hundredfold or more, so the answer is then good to about 1e-9.
  double step_tolerance = 1e-7;
  int max_iterations = 60;
  // Frames are solved in chunks of this many, each started anew, so that the answer does not
  // depend on the number of threads.
  int chunk_frames = 32;
  int threads = 0;  // 0: as many as the machine has
  // Frames solved side by side by SIMD: 8, 4 or 2 where the processor can, 1 for one after another.
  // 0: the most it can. Changes the answer by rounding only.
  int lanes = 0;
  std::function<void(double fraction)> progress;  // called from the solving threads
};

/// Not converged is a value, not an error.
struct InverseKinematics {
  Motion motion;
  std::vector<int> marker_index;  // model marker of each used marker
  // (n_frames, n_used_markers) distance; NaN where lost. Good to step_tolerance.
  Eigen::MatrixXd residual_m;
  Eigen::VectorXd rms_m;        // (n_frames) over the markers seen
  Eigen::VectorXi worst;        // (n_frames) index into marker_index
  Eigen::VectorXi iterations;   // (n_frames)
  std::vector<bool> converged;  // (n_frames)
  std::vector<std::string> assumptions;
};

/// Finds the coordinates that bring the model's markers nearest to the measured ones.
///
/// trajectories  in ground, m; NaN where lost
/// returns       one pose per frame; NaN where too few markers were seen
/// errors        kMissingData: no marker in common, or a moving segment is never seen;
///               kUnsupported: couplers in a circle, or more lanes than the processor has
/// depends       a frame starts from the one before it in its chunk; the same result for any
///               number of threads
/// source        Lu & O'Connor 1999, J Biomech 32:129 (global optimisation)
Result<InverseKinematics> inverse_kinematics(const Model& model, const Trajectories& trajectories,
                                             const InverseKinematicsOptions& options = {});

}  // namespace catena
