// One file format into another, and what is lost on the way.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/c3d.h"
#include "catena/recording/grf_file.h"
#include "catena/recording/plate_forces.h"
#include "catena/recording/table.h"

namespace catena {

/// What a file may become. Of a C3D file's, kMot are its ground forces, kSto its analog channels;
/// a table becomes either as it is.
enum class FileFormat { kTrc, kC3d, kMot, kSto };

/// "trc", "c3d", "mot" or "sto", with or without a dot, in any capitals; none for another word.
std::optional<FileFormat> format_named(std::string_view ending);

/// A file as read: points with all that a C3D file has beside them, or a table.
struct Convertible {
  std::optional<C3dFile> file;  // of a TRC file: its points alone
  std::optional<Table> table;
  bool is_trc = false;
  std::vector<std::string> notes;  // of the reader
};

/// Reads C3D, TRC, MOT or STO, told apart by what is in it.
///
/// errors     those of the four readers
Result<Convertible> parse_convertible(std::string_view bytes, std::string_view source);

/// Turns points and force plates into other axes; what the maker's software computed stays as it
/// is, and a note says so.
///
/// ground_from_lab   a rotation
/// errors            kUnsupported: a table, whose columns may be anything
Result<void> turn(Convertible& input, const Eigen::Matrix3d& ground_from_lab);

struct ConvertOptions {
  PlateOptions plates;
  // Forces to be written as MOT instead of those of each plate, as when feet were told apart.
  std::optional<GroundForces> forces;
};

/// One output: its format, and the name that its first line gives.
struct ConvertTarget {
  FileFormat format = FileFormat::kTrc;
  std::string name;
};

struct Converted {
  std::vector<std::string> contents;  // of each output, in the order of the targets
  // What of the input is in none of the outputs or was changed: one sentence each.
  std::vector<std::string> notes;
};

/// Writes a file in other formats.
///
/// Coordinates and times go over without loss: text has as many digits as it takes to read back
/// the same number, C3D has 32-bit reals as it always has. Points keep the axes they have.
///
/// errors     kUnsupported: a format that the input cannot become; kMissingData: no markers for
///            TRC, no usable force plate for MOT, no analog channels for STO; those of write_c3d
Result<Converted> convert(const Convertible& input, const std::vector<ConvertTarget>& targets,
                          const ConvertOptions& options = {});

/// TRC, MOT and STO, each where the points, plates and channels of the input have something for it.
std::vector<FileFormat> all_formats(const Convertible& input);

}  // namespace catena
