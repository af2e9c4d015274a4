// exam_tests.json as it stands beside this file, put into the program when it is built.
#pragma once

#include <string_view>

namespace catena {

std::string_view exam_tests_file();

}  // namespace catena
