// joint_roles.csv as it stands beside this file, put into the program when it is built.
#pragma once

#include <string_view>

namespace catena {

std::string_view joint_roles_file();

}  // namespace catena
