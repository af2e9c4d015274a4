// Where the real recordings lie that tests may use. Included by tests only.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace catena {

/// CATENA_DATA when it is set, else ../shared/data beside the project; empty where absent: the
/// test then says GTEST_SKIP() << "skipped: no ../shared/data".
inline std::filesystem::path test_data() {
  const char* given = std::getenv("CATENA_DATA");  // NOLINT(concurrency-mt-unsafe)
#ifdef CATENA_SOURCE_DIR
  const std::filesystem::path project = CATENA_SOURCE_DIR;
#else
  const std::filesystem::path project = ".";
#endif
  const std::filesystem::path folder =
      given != nullptr && *given != '\0' ? given : project / ".." / "shared" / "data";
  std::error_code ignored;
  return std::filesystem::is_directory(folder, ignored) ? folder : std::filesystem::path();
}

}  // namespace catena
