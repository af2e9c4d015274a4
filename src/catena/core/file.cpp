#include "catena/core/file.h"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace catena {
namespace fs = std::filesystem;

namespace {

void remove_quietly(const std::vector<fs::path>& paths) {
  std::error_code ignored;
  for (const fs::path& path : paths) fs::remove(path, ignored);
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
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return fail(Errc::kCannotRead, std::generic_category().message(errno), path.string(),
                "check its permissions");
  }
  std::string bytes;
  std::string chunk(std::size_t{1} << 20, '\0');
  while (stream) {
    stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    bytes.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > max_bytes) {
      return fail(Errc::kCannotRead,
                  "the file is larger than " + std::to_string(max_bytes) + " bytes", path.string(),
                  "cut the recording into shorter ones");
    }
  }
  if (stream.bad()) return fail(Errc::kCannotRead, "reading broke off", path.string());
  return bytes;
}

Result<void> write_files(const fs::path& folder, const FileSet& files) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) {
    return fail(Errc::kCannotWrite, "cannot make the folder: " + code.message(), folder.string(),
                "choose another output folder");
  }
  // Everything is written under temporary names before the first rename.
  std::vector<fs::path> temporary;
  for (const auto& [name, bytes] : files) {
    temporary.push_back(folder / ("." + name + ".part"));
    std::ofstream stream(temporary.back(), std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream) {
      const std::string reason = std::generic_category().message(errno);
      remove_quietly(temporary);
      return fail(Errc::kCannotWrite, "cannot write: " + reason, (folder / name).string(),
                  "free some space or choose another output folder");
    }
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    fs::rename(temporary[i], folder / files[i].first, code);
    if (code) {
      remove_quietly(temporary);
      return fail(Errc::kCannotWrite, "cannot rename into place: " + code.message(),
                  (folder / files[i].first).string());
    }
  }
  return {};
}

}  // namespace catena
