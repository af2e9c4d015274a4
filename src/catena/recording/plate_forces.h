// From a force plate's channels to the force on the body, where it acts, and the free moment.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/recording.h"

namespace catena {

/// What one plate pushes with, sample by sample, in the axes of its file.
struct PlateForces {
  int type = 0;  // as in the file
  double rate_hz = 0.0;
  double first_s = 0.0;             // time of the first sample, on the clock of the points
  Eigen::MatrixX3d force_n;         // (n_samples, 3) on the body; NaN where a channel is lost
  Eigen::MatrixX3d cop_m;           // (n_samples, 3) on the plate's surface
  Eigen::MatrixX3d free_moment_nm;  // (n_samples, 3) on the body, along the surface's normal
  Eigen::Matrix<double, 3, 4> corners_m = Eigen::Matrix<double, 3, 4>::Zero();
  Eigen::Vector3d up = Eigen::Vector3d::Zero();  // the surface's normal, to the body's side
  std::vector<std::string> notes;                // one sentence each
};

struct PlateOptions {
  // Pressing less than this, a plate knows no centre of pressure: the plate's middle is given and
  // the free moment is 0, never NaN. A plate of 0.1 % of 10 kN errs by some newtons, which is
  // centimetres at 20 N.
  double lowest_force_n = 20.0;
  // Takes off what the plate reads, on the mean, in the samples that FORCE_PLATFORM:ZERO names, if
  // it is unloaded there. Off as in OpenSim, because software writes that parameter unasked.
  bool subtract_baseline = false;
  // Somewhere on the side of the plate where the body is, in m. Without it the specification
  // decides: the plate's own z axis, made by its corners, points away from the body.
  std::optional<Eigen::Vector3d> body_m;
  double first_s = 0.0;  // time of the first sample
};

/// Forces of one plate.
///
/// The corners are never quite a rectangle: the plate's axes are the orthonormal ones nearest to
/// its edges, its middle is the mean of the corners. Channels hold the force on the body in the
/// plate's axes (z away from the body), so a loaded plate reads negative; where the sum of the
/// load (samples above 100 N) pulls the body into the ground, the file has the force on the plate
/// instead, all signs are turned and a note says so. ORIGIN leads from the sensors' origin to the
/// surface's middle; makers who give the opposite vector betray themselves by a surface below the
/// sensors, and all three components are turned (for types 3, 6, 7 and 11, where the first two are
/// distances, the third).
///
/// Types 1 to 4, with the calibration matrix of type 4 (the result is in N and in N times the unit
/// of length); 5 (6 x 8 matrix), 6 (four sensors of three axes) and 7 (type 3 with a matrix).
/// Type 11 as 7, without its belt's rotation and shift; type 12 gives the vertical force alone;
/// type 21 as 4, on the plane of its corners: what is left out is a note.
///
/// errors     kUnsupported: another type; kMissingData: a channel that is not recorded, no corners
///            that span a plate; kBadFormat: a matrix of the wrong size or not finite
/// source     C3D User Guide, FORCE_PLATFORM group; Kistler force plate formulae (types 3 and 7)
Result<PlateForces> plate_forces(const ForcePlateSetup& setup, const AnalogRecording& analog,
                                 const PlateOptions& options = {});

/// All plates of a recording, one entry for each of its setups. What a plate lacks is said in
/// notes, never an error: an entry without samples is a plate that cannot be used. The points show
/// on which side of the plates the body is.
struct RecordedForces {
  std::vector<PlateForces> plates;
  std::vector<std::string> notes;  // those of all plates: "Force plate 2: ..."
};
RecordedForces recorded_forces(const Recording& recording, const PlateOptions& options = {});

/// Mean of the force along the plate's normal over all samples; NaN where there are none.
double mean_vertical_force_n(const PlateForces& plate);

/// The same forces in other axes.
///
/// ground_from_lab   a rotation: the points' own
PlateForces turned(const PlateForces& plate, const Eigen::Matrix3d& ground_from_lab);
RecordedForces turned(RecordedForces forces, const Eigen::Matrix3d& ground_from_lab);

}  // namespace catena
