// rules.json as it stands beside this file, put into the program when it is built.
#pragma once

#include <string_view>

namespace catena {

std::string_view rules_file();

}  // namespace catena
