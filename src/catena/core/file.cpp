#include "catena/core/file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>

namespace catena {
namespace fs = std::filesystem;

namespace {

std::string reason() { return std::generic_category().message(errno); }

void remove_quietly(const std::vector<fs::path>& paths) {
  std::error_code ignored;
  for (const fs::path& path : paths) fs::remove(path, ignored);
}

/// The folders on the way to this one that are not there yet, the deepest first.
std::vector<fs::path> missing_folders(const fs::path& folder) {
  std::vector<fs::path> missing;
  std::error_code ignored;
  for (fs::path at = folder; !at.empty() && !fs::exists(at, ignored); at = at.parent_path()) {
    missing.push_back(at);
    if (at == at.parent_path()) break;
  }
  return missing;
}

/// Writes a file that must not be there yet.
bool write_new(const fs::path& path, const std::string& bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wbx");
  if (!file) return false;
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const int first_errno = errno;
  const bool closed = std::fclose(file) == 0;
  if (!written) errno = first_errno;
  return written && closed;
}

/// Refuses names that cannot be given to a file here: two alike, or a folder or device in the way.
Result<void> check_targets(const fs::path& folder, const FileSet& files) {
  std::set<std::string> names;
  for (const auto& [name, bytes] : files) {
    const fs::path target = folder / name;
    if (!names.insert(name).second) {
      return fail(Errc::kCannotWrite, "two of the files to write have this name", target.string(),
                  "name the inputs differently");
    }
    std::error_code ignored;
    const fs::file_status status = fs::status(target, ignored);
    if (!fs::exists(status) || fs::is_regular_file(status)) continue;
    return fail(Errc::kCannotWrite,
                fs::is_directory(status) ? "a folder of this name is in the way"
                                         : "this is a device or pipe, not a file",
                target.string(), "choose another output");
  }
  return {};
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::size_t max_bytes) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (!fs::exists(status)) {
    return fail(Errc::kCannotRead, "there is no such file", path.string(), "check the path");
  }
  if (fs::is_directory(status)) {
    return fail(Errc::kCannotRead, "this is a folder, not a file", path.string(),
                "name the file inside it");
  }
  if (fs::is_character_file(status) || fs::is_block_file(status)) {
    return fail(Errc::kCannotRead, "this is a device, not a file", path.string(),
                "name a file, or pipe one into /dev/stdin");
  }
  const auto too_large = [&] {
    return fail(Errc::kCannotRead,
                "the file is larger than " + std::to_string(max_bytes >> 20) + " MB", path.string(),
                "cut the recording into shorter ones");
  };
  if (fs::is_regular_file(status) && fs::file_size(path, code) > max_bytes && !code) {
    return too_large();
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return fail(Errc::kCannotRead, "the file cannot be opened: " + reason(), path.string(),
                "check its permissions");
  }
  std::string bytes;
  // At once what is needed, so that no larger copy is made while the text grows.
  if (const auto size = fs::file_size(path, code); fs::is_regular_file(status) && !code) {
    bytes.reserve(size);
  }
  std::string chunk(std::size_t{1} << 18, '\0');
  while (stream) {
    stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    bytes.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > max_bytes) return too_large();
  }
  if (stream.bad()) {
    return fail(Errc::kCannotRead, "reading broke off", path.string(),
                "check the disk or the connection to it");
  }
  return bytes;
}

Result<void> write_files(const fs::path& folder, const FileSet& files) {
  std::error_code code;
  std::error_code ignored;
  const std::vector<fs::path> made = missing_folders(folder);
  fs::create_directories(folder, code);
  if (code || !fs::is_directory(folder, ignored)) {
    const std::string why = fs::exists(folder, ignored)
                                ? "this is a file, not a folder"
                                : "cannot make the folder: " + code.message();
    remove_quietly(made);
    return fail(Errc::kCannotWrite, why, folder.string(), "choose another output folder");
  }
  // Everything is written under temporary names before the first rename.
  std::vector<fs::path> temporary;
  const auto give_up = [&](Error error) {
    remove_quietly(temporary);
    remove_quietly(made);  // those that are empty
    return tl::make_unexpected(std::move(error));
  };
  if (auto free = check_targets(folder, files); !free) return give_up(free.error());
  const std::string beginning = ".catena-" + std::to_string(getpid()) + "-";
  for (const auto& [name, bytes] : files) {
    const fs::path path = folder / (beginning + std::to_string(temporary.size()) + ".part");
    fs::remove(path, ignored);
    temporary.push_back(path);
    if (write_new(path, bytes)) continue;
    const std::string hint = errno == ENOSPC ? "free some space or choose another output folder"
                                             : "choose another output folder";
    return give_up(
        {Errc::kCannotWrite, "cannot write: " + reason(), (folder / name).string(), hint});
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    const fs::path target = folder / files[i].first;
    fs::rename(temporary[i], target, code);
    if (!code) continue;
    return give_up({Errc::kCannotWrite, "cannot rename into place: " + code.message(),
                    target.string(), "choose another output folder"});
  }
  return {};
}

Result<void> write_file(const fs::path& path, std::string bytes) {
  const fs::path folder = path.parent_path();
  return write_files(folder.empty() ? "." : folder, {{path.filename().string(), std::move(bytes)}});
}

}  // namespace catena
