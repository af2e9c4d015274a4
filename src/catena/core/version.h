// The version that results say they were made with.
#pragma once

namespace catena {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace catena
