// Ground forces as OpenSim keeps them: columns of a .mot, in ground (x forward, y up, z right).
#pragma once

#include <Eigen/Core>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/plate_forces.h"
#include "catena/recording/recording.h"
#include "catena/recording/table.h"

namespace catena {

/// One force with its place and moment, sample by sample; NaN where the file has none.
struct GroundForce {
  std::string name;                      // what tells its columns apart: "", "1", "r", "calcn_l"
  EventSide side = EventSide::kGeneral;  // as its name says; a name without a side is general
  Eigen::MatrixX3d force_n;              // (n_samples, 3) on the body
  Eigen::MatrixX3d cop_m;                // (n_samples, 3) where it acts
  Eigen::MatrixX3d free_moment_nm;       // (n_samples, 3) about that place
};

struct GroundForces {
  std::string name;        // first line of the file
  Eigen::VectorXd time_s;  // (n_samples)
  std::vector<GroundForce> forces;
  std::vector<std::string> notes;
};

/// Finds the forces among a table's columns, in whatever order and capitals they stand.
///
/// Known are ground_force_vx (to vz; force), ground_force_px (place), ground_torque_x or
/// ground_moment_x or ground_force_mx (moment about the place), with one and the same word before
/// or within: 1_ground_force_vx, R_ground_force_vx, ground_force_r_vx, ground_force_calcn_l_vx.
/// A force without moments has none: 0, and a note.
///
/// errors     kMissingData: no force at all, or one that lacks columns
Result<GroundForces> ground_forces(const Table& table);

/// The same from a file's contents; errors of the table reader too.
Result<GroundForces> parse_grf(std::string_view bytes, std::string_view source);
Result<GroundForces> read_grf(const std::filesystem::path& path);

/// Plates become forces named "", "1", "2" and so on, as in OpenSim's examples; those without
/// samples are passed over. The plates are to be turned into ground before.
GroundForces ground_forces(const std::vector<PlateForces>& plates, std::string_view name);

/// A table that OpenSim reads as _grf.mot: force and place of each, then the moments. A name that
/// is a number goes in front (1_ground_force_vx), another goes within (ground_force_r_vx).
Table grf_table(const GroundForces& forces);

}  // namespace catena
