// TOML as its parser can be given it safely.
#pragma once

#include <string>
#include <string_view>

#include "catena/core/error.h"

namespace catena {

/// The same TOML in ASCII alone, "@C3" for the byte 0xC3 and "@40" for "@" itself: the test of
/// toml++ 3.3 for blanks has undefined behaviour on other characters, wherever it looks for the end
/// of a value. Texts come back by from_ascii_toml.
///
/// errors     kBadFormat: longer than 64 kB, or more than 8000 dots: the tables of a key "a.a.a..."
///            are taken down one inside the other, and more of them would exhaust the stack
Result<std::string> to_ascii_toml(std::string_view bytes, std::string_view source);

/// A key or a text as it stood in the file. "@" without two hexadecimal digits stays.
std::string from_ascii_toml(std::string_view text);

/// "session.toml:7:12": where something stands in the file, from where it stands in ASCII.
std::string place_in_toml(std::string_view bytes, std::string_view source, unsigned line,
                          unsigned column);

}  // namespace catena
