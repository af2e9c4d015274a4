// The only place that opens files. Parsers take bytes.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catena/core/error.h"

namespace catena {

/// Reads a whole file.
///
/// errors     kCannotRead: not there, a directory or device, not readable, or larger than max_bytes
Result<std::string> read_file(const std::filesystem::path& path,
                              std::size_t max_bytes = std::size_t{4} << 30);

/// Files to be written together, by name inside one folder.
using FileSet = std::vector<std::pair<std::string, std::string>>;

/// Writes all files or none: each goes to a temporary name first, and only when every one is
/// on disk are they renamed into place. Makes the folder if it is not there, and takes it away
/// again when nothing could be written.
///
/// errors     kCannotWrite; also: two files of one name, or a folder or device where one should go
Result<void> write_files(const std::filesystem::path& folder, const FileSet& files);

/// The same of one file, wherever it is to lie.
Result<void> write_file(const std::filesystem::path& path, std::string bytes);

}  // namespace catena
