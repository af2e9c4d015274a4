// A file of the source tree that was put into the program when it was built (cmake/embed.cmake).
#pragma once

#include <string_view>

namespace catena {

struct EmbeddedFile {
  std::string_view name;  // "de.json"
  std::string_view text;
};

}  // namespace catena
