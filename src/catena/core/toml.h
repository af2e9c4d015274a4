// toml++ as it is used here: included by .cpp files only, and given what to_ascii_toml made.
#pragma once

#include "catena/core/ascii_toml.h"

// Errors as values. Assertions off, because version 3.3 has one for what is a plain error two lines
// later ("[+]"); and not by NDEBUG, which turns assertions into promises to the optimizer.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")
