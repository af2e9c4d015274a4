// Any file of recorded points, told apart by what is in it.
#pragma once

#include <filesystem>
#include <string_view>

#include "catena/core/error.h"
#include "catena/recording/recording.h"

namespace catena {

/// Reads a TRC or C3D file's contents, told apart by their first bytes, not by the name.
///
/// errors     those of the two readers; kBadFormat: neither
Result<Recording> parse_recording(std::string_view bytes, std::string_view source);

Result<Recording> read_recording(const std::filesystem::path& path);

}  // namespace catena
