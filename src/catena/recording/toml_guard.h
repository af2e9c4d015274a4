// What must not reach the TOML parser.
#pragma once

#include <string_view>

#include "catena/core/error.h"

namespace catena {

/// Refuses TOML that toml++ 3.3 cannot be given safely: files above 64 kB, because the tables of a
/// key "a.a.a..." are taken down one inside the other and exhaust the stack; characters beyond
/// ASCII outside of quotes and comments, on which its test for blanks has undefined behaviour; and,
/// so that the two cannot be mistaken for one another, strings over several lines.
///
/// errors     kBadFormat; the place is file:line:column
Result<void> check_is_safe_toml(std::string_view bytes, std::string_view source);

}  // namespace catena
