// Whether what Catena writes keeps to the schemas in docs. Included by tests only, which are alone
// in starting another program.
#pragma once

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "catena/core/test_folder.h"

namespace catena {

/// Where not, a test says GTEST_SKIP() << "skipped: no python3-jsonschema".
inline bool can_check_schemas() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe)
  return std::system("python3 -c 'import jsonschema' > /dev/null 2>&1") == 0;
}

/// Whether every text follows docs/NAME.schema.json; what does not is printed, with its place.
inline bool follow_schema(const std::string& name, const std::vector<std::string>& texts) {
  const std::string root = CATENA_SOURCE_DIR;
  std::string command =
      "python3 '" + root + "/tools/check_schema.py' '" + root + "/docs/" + name + ".schema.json'";
  const TestFolder folder;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string file = (folder.path() / (std::to_string(i) + ".json")).string();
    std::ofstream(file, std::ios::binary) << texts[i];
    command += " '" + file + "'";
  }
  return std::system(command.c_str()) == 0;  // NOLINT(concurrency-mt-unsafe)
}

}  // namespace catena
