// The style sheet of the report.
#pragma once

#include <string_view>

namespace catena {

std::string_view page_style();

}  // namespace catena
