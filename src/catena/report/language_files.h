// The files of languages/ as they stand there, put into the program when it is built.
#pragma once

#include <span>

#include "catena/core/embedded_file.h"

namespace catena {

std::span<const EmbeddedFile> language_files();

}  // namespace catena
