// Any file of recorded points, told apart by what is in it.
#pragma once

#include <filesystem>
#include <string_view>

#include "catena/core/error.h"
#include "catena/recording/recording.h"

namespace catena {

/// C3D's second byte is a P, as in some texts; but texts have no zero among their first bytes.
bool looks_like_c3d(std::string_view bytes);

/// Whether the first word of a text is TRC's.
bool looks_like_trc(std::string_view bytes);

/// Reads a TRC or C3D file's contents, told apart by their first bytes, not by the name.
///
/// errors     those of the two readers; kBadFormat: neither; kUnsupported: JSON, see pose_json.h
Result<Recording> parse_recording(std::string_view bytes, std::string_view source);

Result<Recording> read_recording(const std::filesystem::path& path);

}  // namespace catena
