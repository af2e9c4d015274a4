// The files of languages/ as they stand there, put into the program when it is built.
#pragma once

#include <span>
#include <string_view>

namespace catena {

struct LanguageFile {
  std::string_view name;  // "de.json"
  std::string_view text;
};

std::span<const LanguageFile> language_files();

}  // namespace catena
