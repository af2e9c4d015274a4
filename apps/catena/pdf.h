// report.pdf by a Chromium that is installed. Only the program does this, never the library.
#pragma once

#include <filesystem>
#include <optional>

#include "catena/core/error.h"

namespace catena {

/// A Chromium or Chrome on the PATH, or what $CATENA_CHROMIUM names; none: there is no such
/// program.
std::optional<std::filesystem::path> find_chromium();

/// Prints the page; `pdf` is written when it is whole.
///
/// errors     kCannotRead: the browser did not start, failed, or took longer than 60 s;
///            kCannotWrite. What stood at `pdf` before is then still there
Result<void> print_pdf(const std::filesystem::path& chromium, const std::filesystem::path& html,
                       const std::filesystem::path& pdf);

}  // namespace catena
