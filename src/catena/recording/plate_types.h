// What each kind of force plate's channels mean. Used by plate_forces.cpp only.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/plate_forces.h"

namespace catena {

/// Forces in a plate's own axes.
struct PlateWrench {
  Eigen::MatrixX3d force_n;    // (n_samples, 3)
  Eigen::MatrixX3d moment_nm;  // (n_samples, 3) about the sensors' origin
  Eigen::Vector3d surface_from_sensors_m = Eigen::Vector3d::Zero();
  Eigen::MatrixX2d cop_m;          // (n_samples, 2) from the surface's middle; given by type 1 only
  Eigen::VectorXd free_moment_nm;  // (n_samples)
  bool has_cop = false;            // cop_m and free_moment_nm are there already
  bool gives_no_cop = false;       // nothing tells where the force acts
};

/// The plate's own channels, (n_samples, 6, 8 or 12), baseline taken off where asked for.
///
/// errors     kUnsupported: another type; kMissingData: a channel that is not recorded
Result<Eigen::MatrixXd> plate_channels(const ForcePlateSetup& setup, const AnalogRecording& analog,
                                       const PlateOptions& options,
                                       std::vector<std::string>& notes);

/// From channels to forces and moments in SI.
///
/// side       +1 where the plate's z axis points to the body, else -1
/// errors     kBadFormat: a calibration matrix of the wrong size or not finite
Result<PlateWrench> plate_wrench(const ForcePlateSetup& setup, const AnalogRecording& analog,
                                 const Eigen::MatrixXd& channels, double side,
                                 std::vector<std::string>& notes);

/// Whether the samples that the file names as unloaded are so: below a tenth of the greatest load.
///
/// vertical   the reading of each sample, of either sign, in any unit
bool is_unloaded_where_named(const ForcePlateSetup& setup, const Eigen::VectorXd& vertical);

/// Metres in the file's unit of length; mm where it is unknown.
double length_unit_m(const ForcePlateSetup& setup);

/// Whether the file has Kistler's correction for a plate of that make.
bool has_cop_polynomial(const ForcePlateSetup& setup);

/// Kistler's correction of the centre of pressure for the plate's bending.
///
/// polynomial     twelve coefficients for lengths in unit_m
Eigen::Vector2d kistler_corrected(const Eigen::Vector2d& cop_m,
                                  const std::vector<double>& polynomial, double unit_m);

}  // namespace catena
