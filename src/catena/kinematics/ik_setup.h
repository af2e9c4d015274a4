// Weights from an OpenSim inverse kinematics set-up or task set (.xml).
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/model/model.h"

namespace catena {

/// What a set-up says of the fit. Its file names are kept for the reader, not opened.
struct IkSetup {
  std::vector<MarkerTask> marker_tasks;
  std::vector<CoordinateTask> coordinate_tasks;  // value NaN: the coordinate's default
  double coupler_weight = std::numeric_limits<double>::infinity();
  std::optional<std::array<double, 2>> time_range_s;
  std::string task_file;  // the tasks are in this file, relative to the set-up; empty: inside
  std::vector<std::string> notes;
};

/// Reads an InverseKinematicsTool (either spelling) or a bare IKTaskSet.
///
/// errors     kBadFormat: not such a file; kUnsupported: coordinate values from a file
Result<IkSetup> parse_ik_setup(std::string_view bytes, std::string_view source);

/// Reads a set-up and, beside it, the task file that it names.
///
/// bytes      what stands in the set-up's own file at `path`
Result<IkSetup> parse_ik_setup_with_tasks(std::string_view bytes,
                                          const std::filesystem::path& path);
Result<IkSetup> read_ik_setup(const std::filesystem::path& path);

/// Options with the set-up's weights; only the markers that it names take part.
///
/// errors     kMismatch: a task names a coordinate that the model has not, or most of the markers
///            are not the model's; kMissingData: no marker has a weight above 0
Result<InverseKinematicsOptions> options_from_setup(const IkSetup& setup, const Model& model);

/// An OpenSim document with the markers' weights as an IKTaskSet, which parse_ik_setup and OpenSim
/// read.
std::string write_ik_tasks(const std::vector<MarkerTask>& tasks);

}  // namespace catena
