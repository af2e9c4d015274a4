// C3D, the binary file of motion laboratories: points, analog channels, plates, events.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "catena/core/error.h"
#include "catena/recording/recording.h"

namespace catena {

/// One parameter: an array of up to seven dimensions, the first running fastest.
struct C3dParameter {
  std::string name;
  std::string description;
  bool locked = false;
  std::vector<int> dims;  // empty: a single value
  // Text is one string of all characters, to be cut by dims[0].
  std::variant<std::string, std::vector<std::int8_t>, std::vector<std::int16_t>, std::vector<float>>
      values;
};

struct C3dGroup {
  std::string name;
  std::string description;
  bool locked = false;
  std::vector<C3dParameter> parameters;
};

enum class C3dProcessor { kIntel, kDec, kSgi };
enum class C3dNumbers { kInteger, kReal };

/// A C3D file: what it says of the movement, and what else must come back when it is written again.
struct C3dFile {
  Recording recording;
  std::vector<C3dGroup> groups;  // all parameters, in the file's order
  // (n_frames, n_points) fourth word of each point, markers and outputs as they follow in the file:
  // cameras and residual; negative where lost.
  Eigen::MatrixXf cameras_and_residual;
  int first_frame = 1;
  C3dProcessor processor = C3dProcessor::kIntel;
  C3dNumbers numbers = C3dNumbers::kReal;
};

/// Reads a C3D file's contents.
///
/// source     the file's path; used in error places and for the recording's name
/// errors     kBadFormat, kUnsupported, kMissingData
Result<C3dFile> parse_c3d(std::string_view bytes, std::string_view source);

Result<C3dFile> read_c3d(const std::filesystem::path& path);

struct C3dWriteOptions {
  C3dProcessor processor = C3dProcessor::kIntel;
  C3dNumbers numbers = C3dNumbers::kReal;
};

/// A C3D file that reads back as the same values.
///
/// errors     kUnsupported: more than the format can hold
Result<std::string> write_c3d(const C3dFile& file, const C3dWriteOptions& options = {});

}  // namespace catena
