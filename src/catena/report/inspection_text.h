// What a look into a file found, for people and for programs.
#pragma once

#include <string>

#include "catena/core/error.h"
#include "catena/report/inspection.h"

namespace catena {

/// Lines for a terminal: ASCII but for what stands in the file, at most 100 columns where names are
/// short, about one screen; what is left out is counted.
std::string render_inspection(const Inspection& inspection);

/// One JSON object on one line; everything that was found. docs/session.md names the fields.
std::string render_inspection_json(const Inspection& inspection);

/// The object of a file that cannot be read: "file" and "error".
std::string render_inspection_json(const std::string& file, const Error& error);

}  // namespace catena
