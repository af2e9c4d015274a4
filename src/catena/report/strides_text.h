// Events and strides of a recording, for people and for programs.
#pragma once

#include <string>

#include "catena/core/error.h"
#include "catena/report/recording_strides.h"

namespace catena {

/// A table for a terminal: ASCII but for what stands in the file, at most 100 columns where names
/// are short.
std::string render_strides(const RecordingStrides& strides);

/// One JSON object on one line; docs/strides.schema.json names the fields.
std::string render_strides_json(const RecordingStrides& strides);

/// The object of a file that cannot be read: "file" and "error".
std::string render_strides_json(const std::string& file, const Error& error);

/// JSON texts without a line's end, for other documents that hold them: a list of events; an object
/// of measures and strides.
std::string events_json(const GaitEvents& events);
std::string spatiotemporal_json(const Spatiotemporal& spatiotemporal);

}  // namespace catena
