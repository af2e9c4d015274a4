// The registry's files as they stand in marker_sets/, put into the program when it is built.
#pragma once

#include <span>
#include <string_view>

namespace catena {

struct EmbeddedFile {
  std::string_view name;  // "cast.toml"
  std::string_view bytes;
};

std::span<const EmbeddedFile> marker_set_files();

}  // namespace catena
