// The only place that asks what day it is.
#pragma once

#include <string>

namespace catena {

/// "2026-03-14", in universal time.
std::string today();

}  // namespace catena
