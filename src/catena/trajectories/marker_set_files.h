// The registry's files as they stand in marker_sets/, put into the program when it is built.
#pragma once

#include <span>

#include "catena/core/embedded_file.h"

namespace catena {

std::span<const EmbeddedFile> marker_set_files();

}  // namespace catena
