// What is in a recorded file, and what is missing from it.
#pragma once

#include <Eigen/Core>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/point_recording.h"
#include "catena/recording/table.h"

namespace catena {

enum class FileKind { kPoints, kTable };

/// How much of one point or column is lost.
struct Loss {
  std::string label;
  double fraction = 0.0;  // of the frames
};

struct Inspection {
  std::string file;  // as given
  FileKind kind = FileKind::kPoints;
  int n_frames = 0;      // or rows
  double rate_hz = 0.0;  // of a table: its mean; NaN for a single row
  double first_s = 0.0, last_s = 0.0;
  bool in_degrees = false;            // of a table
  std::vector<std::string> labels;    // points, or columns beside time
  double lost_fraction = 0.0;         // of all positions or values
  std::vector<Loss> losses;           // those with any, worst first
  Eigen::Vector3d low_m, high_m;      // box of all points, in the file's axes; NaN for a table
  std::vector<std::string> notes;     // what the reader had to assume
  std::vector<std::string> problems;  // what should be looked at before analysis
};

/// A position that is NaN or exactly 0 0 0 counts as lost.
Inspection inspect(const PointRecording& recording, std::string_view file);
Inspection inspect(const Table& table, std::string_view file);

/// Reads a TRC, MOT or STO file, told apart by what is in it, not by its name.
Result<Inspection> inspect_file(const std::filesystem::path& path);

/// Lines for a terminal, at most 100 columns wide, each ending in LF.
std::string to_text(const Inspection& inspection);

}  // namespace catena
