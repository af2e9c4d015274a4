// A folder that is gone with the test. Included by tests only.
#pragma once

#include <stdlib.h>  // mkdtemp is POSIX's

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace catena {

/// A new empty folder in the system's place for temporary files, removed with all in it at the end.
class TestFolder {
 public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "catena_test_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
    path_ = name;
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace catena
