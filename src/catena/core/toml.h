// toml++ as it is used here: included by .cpp files only, and given what to_ascii_toml made.
#pragma once

#include <string_view>

#include "catena/core/ascii_toml.h"
#include "catena/core/error.h"

// Errors as values. Assertions off, because version 3.3 has one for what is a plain error two lines
// later ("[+]"); and not by NDEBUG, which turns assertions into promises to the optimizer.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

namespace catena {

/// The top table, its texts as to_ascii_toml writes them; where a node stands in the file is
/// said by place_in_toml.
///
/// hint       what a person can do about a file that is no TOML
/// errors     kBadFormat: no TOML, at file:line:column; or what to_ascii_toml refuses
Result<toml::table> parse_toml(std::string_view bytes, std::string_view source,
                               std::string_view hint);

}  // namespace catena
