// published_figures.json as it stands beside this file, put into the program when it is built.
#pragma once

#include <string_view>

namespace catena {

std::string_view published_figures_file();

}  // namespace catena
